/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tonsure/service.h>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"

enum { PATH_SIZE = 1024, CONFIG_LIMIT = 1 << 20 };

#define DEFAULT_PALETTE "generic-smp"

/* $<variable>/tonsure/<rest>, or the same below the home folder; false without either. */
static bool xdg_path(const char *variable, const char *below_home, const char *rest,
                     char out[PATH_SIZE])
{
    const char *base = getenv(variable);
    const char *home = getenv("HOME");
    int n = base && base[0] == '/' ? snprintf(out, PATH_SIZE, "%s/tonsure/%s", base, rest)
            : home && home[0] ? snprintf(out, PATH_SIZE, "%s/%s/tonsure/%s", home, below_home, rest)
                              : -1;
    return n > 0 && n < PATH_SIZE;
}

static bool user_folder(char out[PATH_SIZE])
{
    return xdg_path("XDG_DATA_HOME", ".local/share", "palettes", out);
}

/* The config file's "palette", or the default; a broken config file is an error, a missing none. */
static bool configured(char *name, size_t size, tns_error *err)
{
    char path[PATH_SIZE];
    size_t length;
    snprintf(name, size, DEFAULT_PALETTE);
    if (!xdg_path("XDG_CONFIG_HOME", ".config", "config.json", path) || access(path, F_OK) != 0)
        return true;
    char *text = tns_file_read(path, CONFIG_LIMIT, &length, err);
    tns_json *json = text ? tns_json_parse(text, length, path, err) : NULL;
    tns_json_at root = tns_json_root(json, path);
    bool done = json && tns_json_expect_object(&root, err) &&
                tns_json_opt_text(&root, "palette", name, size, err);
    tns_json_destroy(json);
    free(text);
    return done;
}

/* What stands for the palette in force: the argument, the environment, the config file. */
static bool chosen_name(const char *asked, char *name, size_t size, tns_error *err)
{
    const char *environment = getenv("TONSURE_PALETTE");
    const char *said = asked ? asked : environment && environment[0] ? environment : NULL;
    if (!said)
        return configured(name, size, err);
    return tns_text_copy(name, size, said) ||
           tns_error_set(err, TNS_ERROR_USAGE, "palette: the name is too long: \"%.60s\"", said);
}

tns_palette *tns_palette_choose(const char *name_or_path, tns_error *err)
{
    char name[PATH_SIZE];
    return chosen_name(name_or_path, name, sizeof name, err) ? tns_palette_find(name, err) : NULL;
}

static bool is_path(const char *name)
{
    return strchr(name, '/') || tns_text_ends_with(name, ".json");
}

/* ---- list ---- */

typedef struct list {
    tns_palette_entry *entries;
    size_t count;
} list;

static bool append(list *l, const char *name, const char *place, tns_error *err)
{
    tns_palette *palette = tns_palette_find(name, err);
    tns_palette_entry *more = palette ? realloc(l->entries, (l->count + 1) * sizeof *more) : NULL;
    if (palette && !more)
        tns_error_set(err, TNS_ERROR_MEMORY, "palettes: out of memory");
    if (more) {
        tns_palette_entry *entry = &more[l->count++];
        memset(entry, 0, sizeof *entry);
        snprintf(entry->name, sizeof entry->name, "%s", name);
        snprintf(entry->version, sizeof entry->version, "%s", palette->version);
        snprintf(entry->place, sizeof entry->place, "%s", place);
        entry->pigments = palette->count;
        entry->absolute = palette->model.absolute;
        l->entries = more;
    }
    tns_palette_destroy(palette);
    return more != NULL;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const tns_palette_entry *)a)->name, ((const tns_palette_entry *)b)->name);
}

static bool append_users(list *l, tns_error *err)
{
    char folder[PATH_SIZE];
    DIR *dir = user_folder(folder) ? opendir(folder) : NULL;
    bool done = true;
    for (struct dirent *file; done && dir && (file = readdir(dir));) {
        char name[256];
        if (!tns_text_ends_with(file->d_name, ".json"))
            continue;
        snprintf(name, sizeof name, "%s", file->d_name);
        name[strlen(name) - strlen(".json")] = '\0';
        done = append(l, name, "user", err);
    }
    if (dir)
        closedir(dir);
    return done;
}

static bool listed(const list *l, const char *name)
{
    for (size_t i = 0; i < l->count; i++)
        if (strcmp(l->entries[i].name, name) == 0)
            return true;
    return false;
}

tns_palette_entry *tns_service_palettes(size_t *count, tns_error *err)
{
    list l = {0};
    bool done = append_users(&l, err); /* first: a user's copy stands before a shipped one */
    for (const char *const *name = tns_palette_shipped(); done && *name; name++)
        done = listed(&l, *name) || append(&l, *name, "shipped", err);
    if (!done) {
        free(l.entries);
        return NULL;
    }
    qsort(l.entries, l.count, sizeof *l.entries, by_name);
    *count = l.count;
    return l.entries;
}

/* ---- change ---- */

static bool make_folders(const char *path, tns_error *err)
{
    char part[PATH_SIZE];
    for (const char *slash = strchr(path + 1, '/');; slash = strchr(slash + 1, '/')) {
        size_t n = slash ? (size_t)(slash - path) : strlen(path);
        memcpy(part, path, n);
        part[n] = '\0';
        if (mkdir(part, 0777) != 0 && errno != EEXIST)
            return tns_error_set(err, TNS_ERROR_IO, "%s: cannot be made: %s", part,
                                 strerror(errno));
        if (!slash)
            return true;
    }
}

/* A palette to be changed: loaded, and where it will be written. */
static tns_palette *open_for_change(const char *asked, tns_palette_change *out, tns_error *err)
{
    char name[PATH_SIZE], folder[PATH_SIZE];
    if (!chosen_name(asked, name, sizeof name, err))
        return NULL;
    bool fits;
    if (is_path(name)) {
        fits = tns_text_copy(out->path, sizeof out->path, name);
    } else {
        if (!user_folder(folder)) {
            tns_error_set(err, TNS_ERROR_IO, "palette: neither HOME nor XDG_DATA_HOME is set");
            return NULL;
        }
        fits = (size_t)snprintf(out->path, sizeof out->path, "%s/%s.json", folder, name) <
               sizeof out->path;
    }
    if (!fits) {
        tns_error_set(err, TNS_ERROR_IO, "palette: the path is too long: \"%.60s\"", name);
        return NULL;
    }
    tns_palette *palette = tns_palette_find(name, err);
    if (palette)
        snprintf(out->palette, sizeof out->palette, "%s", palette->name);
    return palette;
}

static bool save_change(const tns_palette *palette, bool dry_run, tns_palette_change *out,
                        tns_error *err)
{
    char folder[PATH_SIZE];
    bool to_user = user_folder(folder) && strncmp(out->path, folder, strlen(folder)) == 0;
    if (dry_run)
        return true;
    out->written =
        (!to_user || make_folders(folder, err)) && tns_palette_save(palette, out->path, err);
    return out->written;
}

/* "CI 77266" however it was typed. */
static bool same_index(const char *asked, const char *listed_index)
{
    const char *a = strncmp(asked, "CI", 2) == 0 ? asked + 2 : asked;
    const char *b = strncmp(listed_index, "CI", 2) == 0 ? listed_index + 2 : listed_index;
    a += strspn(a, " ");
    b += strspn(b, " ");
    return strcmp(a, b) == 0;
}

/* The modelled pigment that has this index alone: one of several is a mixture. */
static const tns_pigment *modelled(const tns_palette *palette, const char *color_index)
{
    for (size_t i = 0; i < palette->count; i++) {
        const tns_pigment *p = &palette->pigments[i];
        if (p->origin == TNS_ORIGIN_MODELLED && p->color_index_count == 1 &&
            same_index(color_index, p->color_index[0]))
            return p;
    }
    return NULL;
}

/* Lower case, what is no letter or digit becomes one '-'. */
static void id_from_name(const char *name, char id[TNS_ID_SIZE])
{
    size_t n = 0;
    for (; *name && n + 1 < TNS_ID_SIZE; name++) {
        bool plain = isalnum((unsigned char)*name) && (unsigned char)*name < 0x80;
        if (plain)
            id[n++] = (char)tolower((unsigned char)*name);
        else if (n > 0 && id[n - 1] != '-')
            id[n++] = '-';
    }
    while (n > 0 && id[n - 1] == '-')
        n--;
    id[n] = '\0';
}

static bool append_pigment(tns_palette *palette, const tns_pigment *model, const char *name,
                           tns_palette_change *out, tns_error *err)
{
    tns_pigment added = *model;
    id_from_name(name, added.id);
    if (!added.id[0] || !tns_text_copy(added.name, sizeof added.name, name))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "--name: expected 1 to %zu bytes, found \"%.60s\"",
                             sizeof added.name - 1, name);
    if (tns_palette_index(palette, added.id) >= 0)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "--name: palette %s has a pigment \"%s\" already", palette->name,
                             added.id);
    snprintf(added.source, sizeof added.source,
             "modelled after %s (%s); this bottle was not measured", model->id,
             model->color_index[0]);
    /* What belongs to a bottle, not to its Colour Index, is not known. */
    added.drop_ml = 0;
    added.cost_per_ml = 0;
    added.has_sterile = added.sterile = false;
    tns_pigment *more = realloc(palette->pigments, (palette->count + 1) * sizeof *more);
    if (!more)
        return tns_error_set(err, TNS_ERROR_MEMORY, "palette: out of memory");
    palette->pigments = more;
    more[palette->count++] = added;
    snprintf(out->pigment, sizeof out->pigment, "%s", added.id);
    out->drop_ml = tns_pigment_drop_ml(&added);
    return true;
}

static bool fits_models(const tns_palette *palette, tns_error *err)
{
    if (palette->model.absolute && palette->model.basis == TNS_BY_VOLUME)
        return true;
    return tns_error_set(err, TNS_ERROR_USAGE,
                         "palette %s: a modelled pigment needs an absolute palette by volume; this "
                         "one is %s, by %s",
                         palette->name, palette->model.absolute ? "absolute" : "relative",
                         palette->model.basis == TNS_BY_VOLUME ? "volume" : "mass");
}

static bool add_modelled(tns_palette *palette, const char *color_index, const char *name,
                         tns_palette_change *out, tns_error *err)
{
    if (!fits_models(palette, err))
        return false;
    tns_palette *models = tns_palette_find(DEFAULT_PALETTE, err);
    if (!models)
        return false;
    const tns_pigment *model = modelled(models, color_index);
    bool done = model ? append_pigment(palette, model, name, out, err)
                      : tns_error_set(err, TNS_ERROR_USAGE,
                                      "--color-index: no model of \"%.40s\" (see tonsure palette "
                                      "show %s)",
                                      color_index, DEFAULT_PALETTE);
    tns_palette_destroy(models);
    return done;
}

bool tns_service_palette_add(const char *palette, const char *color_index, const char *name,
                             bool dry_run, tns_palette_change *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    snprintf(out->action, sizeof out->action, "add");
    tns_palette *p = open_for_change(palette, out, err);
    bool done =
        p && add_modelled(p, color_index, name, out, err) && save_change(p, dry_run, out, err);
    if (done)
        tns_warn(&out->warnings,
                 "%s is a model of its Colour Index, not of this bottle: confidence C",
                 out->pigment);
    tns_palette_destroy(p);
    return done;
}

/* "20=0.83g": so many drops weigh so much. */
static bool parse_weighing(const char *text, double *drops, double *grams, tns_error *err)
{
    char count[32], weight[32];
    const char *equals = strchr(text, '=');
    bool shaped = equals && tns_text_ends_with(text, "g") &&
                  (size_t)(equals - text) < sizeof count &&
                  tns_text_copy(weight, sizeof weight, equals + 1);
    if (shaped) {
        memcpy(count, text, (size_t)(equals - text));
        count[equals - text] = '\0';
        weight[strlen(weight) - 1] = '\0';
    }
    return (shaped && tns_text_number(count, drops, NULL) && *drops >= 1 && *drops <= 1000 &&
            *drops == (int)*drops && tns_text_number(weight, grams, NULL) && *grams > 0 &&
            *grams < 1000) ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "--weigh: expected DROPS=GRAMSg, as 20=0.83g, found "
                         "\"%.60s\"",
                         text);
}

static bool set_drop(tns_palette *palette, const char *pigment, double drops, double grams,
                     tns_palette_change *out, tns_error *err)
{
    int index = tns_palette_index(palette, pigment);
    if (index < 0)
        return tns_error_set(err, TNS_ERROR_USAGE, "palette %s has no pigment \"%.60s\"",
                             palette->name, pigment);
    tns_pigment *p = &palette->pigments[index];
    double ml = grams / drops / tns_pigment_density(p);
    if (ml < 0.005 || ml > 0.2)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "--weigh: a drop holds 0.005 to 0.2 ml, found %.4f ml", ml);
    if (p->density_g_ml == 0)
        tns_warn(&out->warnings, "%s has no density: 1 g/ml was taken", p->id);
    p->drop_ml = tns_round_digits(ml, 4);
    out->drop_ml = p->drop_ml;
    snprintf(out->pigment, sizeof out->pigment, "%s", p->id);
    return true;
}

bool tns_service_palette_drop(const char *palette, const char *pigment, const char *weigh,
                              bool dry_run, tns_palette_change *out, tns_error *err)
{
    double drops, grams;
    memset(out, 0, sizeof *out);
    snprintf(out->action, sizeof out->action, "drop");
    if (!parse_weighing(weigh, &drops, &grams, err))
        return false;
    tns_palette *p = open_for_change(palette, out, err);
    bool done =
        p && set_drop(p, pigment, drops, grams, out, err) && save_change(p, dry_run, out, err);
    tns_palette_destroy(p);
    return done;
}
