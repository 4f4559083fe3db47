/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changes a palette: a bottle added, a drop weighed. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/text.h"
#include "service/parts.h"

/* A palette while it is changed: nobody else changes files of that folder meanwhile. */
typedef struct change {
    tns_palette *palette;
    int lock; /* -1 = none */
    bool shadows;
} change;

bool tns_palette_own_path(const char *name, char *out, size_t size, tns_error *err)
{
    char folder[TNS_PATH_SIZE];
    int n = -1;
    if (tns_is_palette_path(name))
        n = snprintf(out, size, "%s", name);
    else if (tns_user_palettes(folder))
        n = snprintf(out, size, "%s/%s.json", folder, name);
    else
        return tns_error_set(err, TNS_ERROR_IO, "palette: neither HOME nor XDG_DATA_HOME is set");
    return (size_t)n < size ||
           tns_error_set(err, TNS_ERROR_IO, "palette: the path is too long: \"%.60s\"", name);
}

bool tns_palette_will_shadow(const char *name, const char *path)
{
    for (const char *const *shipped = tns_palette_shipped(); *shipped; shipped++)
        if (strcmp(*shipped, name) == 0)
            return access(path, F_OK) != 0;
    return false;
}

void tns_palette_warn_of_shadow(const char *name, tns_warnings *warnings)
{
    tns_warn(warnings,
             "from now on %s is your own copy, no longer the palette that came with this program; "
             "delete the copy to have that again",
             name);
}

static bool begin(const char *asked, bool dry_run, change *c, tns_palette_change *out,
                  tns_error *err)
{
    char name[TNS_PATH_SIZE], folder[TNS_PATH_SIZE];
    *c = (change){.lock = -1};
    if (!tns_palette_chosen(asked, name, sizeof name, err) ||
        !tns_palette_own_path(name, out->path, sizeof out->path, err))
        return false;
    c->shadows = tns_palette_will_shadow(name, out->path);
    if (!dry_run) {
        if (!tns_is_palette_path(name) && tns_user_palettes(folder) &&
            !tns_folders_make(folder, false, err))
            return false;
        c->lock = tns_file_lock(out->path);
    }
    c->palette = tns_palette_find(name, err);
    if (c->palette)
        snprintf(out->palette, sizeof out->palette, "%s", c->palette->name);
    return c->palette != NULL;
}

/* Saves what was `done`, and lets go. */
static bool finish(change *c, bool done, bool dry_run, tns_palette_change *out, tns_error *err)
{
    if (done && dry_run)
        done = tns_folders_expect_file(out->path, err);
    else if (done)
        done = out->written = tns_palette_save(c->palette, out->path, err);
    if (done && out->written && c->shadows)
        tns_palette_warn_of_shadow(out->palette, &out->warnings);
    if (c->lock >= 0)
        close(c->lock);
    tns_palette_destroy(c->palette);
    return done;
}

/* Lower case, what is no letter or digit becomes one '-'. */
static void id_from_name(const char *name, char id[TNS_ID_SIZE])
{
    size_t n = 0;
    for (; *name && n + 1 < TNS_ID_SIZE; name++) {
        bool plain = isalnum((unsigned char)*name) && (unsigned char)*name < 0x80;
        if (plain)
            id[n++] = tns_text_lower(*name);
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
    if (!added.id[0]) /* a name without a Latin letter or digit */
        id_from_name(model->color_index[0], added.id);
    if (!name[0] || !tns_text_copy(added.name, sizeof added.name, name))
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
    tns_palette *models = tns_palette_find(TNS_DEFAULT_PALETTE, err);
    if (!models)
        return false;
    const tns_pigment *model = tns_pigment_modelled(models, color_index);
    bool done = model ? append_pigment(palette, model, name, out, err)
                      : tns_error_set(err, TNS_ERROR_USAGE,
                                      "--color-index: no model of \"%.40s\" (see tonsure palette "
                                      "show %s)",
                                      color_index, TNS_DEFAULT_PALETTE);
    tns_palette_destroy(models);
    return done;
}

static bool add(const char *palette, const char *color_index, const char *name, bool dry_run,
                tns_palette_change *out, tns_error *err)
{
    change c;
    memset(out, 0, sizeof *out);
    snprintf(out->action, sizeof out->action, "add");
    bool done = begin(palette, dry_run, &c, out, err) &&
                add_modelled(c.palette, color_index, name, out, err);
    if (done)
        tns_warn(&out->warnings,
                 "%s is a model of its Colour Index, not of this bottle: confidence C",
                 out->pigment);
    return finish(&c, done, dry_run, out, err);
}

/* Tried dry first, so that what is refused makes no folder. */
bool tns_service_palette_add(const char *palette, const char *color_index, const char *name,
                             bool dry_run, tns_palette_change *out, tns_error *err)
{
    return add(palette, color_index, name, true, out, err) &&
           (dry_run || add(palette, color_index, name, false, out, err));
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

static bool weigh_drop(const char *palette, const char *pigment, const char *weigh, bool dry_run,
                       tns_palette_change *out, tns_error *err)
{
    double drops, grams;
    change c;
    memset(out, 0, sizeof *out);
    snprintf(out->action, sizeof out->action, "drop");
    if (!parse_weighing(weigh, &drops, &grams, err))
        return false;
    bool done = begin(palette, dry_run, &c, out, err) &&
                set_drop(c.palette, pigment, drops, grams, out, err);
    return finish(&c, done, dry_run, out, err);
}

bool tns_service_palette_drop(const char *palette, const char *pigment, const char *weigh,
                              bool dry_run, tns_palette_change *out, tns_error *err)
{
    return weigh_drop(palette, pigment, weigh, true, out, err) &&
           (dry_run || weigh_drop(palette, pigment, weigh, false, out, err));
}
