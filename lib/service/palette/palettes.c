/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/file.h>

#include "base/text.h"
#include "service/parts.h"

/* The config file's, or the default. */
static bool configured(char *name, size_t size, tns_error *err)
{
    snprintf(name, size, TNS_DEFAULT_PALETTE);
    return tns_setting("palette", name, size, err);
}

/* What stands for the palette in force: the argument, the environment, the config file. */
bool tns_palette_chosen(const char *asked, char *name, size_t size, tns_error *err)
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
    char name[TNS_PATH_SIZE];
    return tns_palette_chosen(name_or_path, name, sizeof name, err) ? tns_palette_find(name, err)
                                                                    : NULL;
}

bool tns_is_palette_path(const char *name)
{
    return strchr(name, '/') || tns_text_ends_with(name, ".json");
}

bool tns_palette_keep(const tns_palette *palette, const char *path, bool dry_run, tns_error *err)
{
    return dry_run ? tns_file_expect_writable(path, NULL, err)
                   : tns_palette_save(palette, path, err);
}

/* ---- list ---- */

typedef struct list {
    tns_palette_entry *entries;
    size_t count;
} list;

/* A file that is no palette is an entry too: one of many must not hide the others. */
static bool append(list *l, const char *name, const char *place, tns_error *err)
{
    tns_palette_entry *more = realloc(l->entries, (l->count + 1) * sizeof *more);
    if (!more)
        return tns_error_set(err, TNS_ERROR_MEMORY, "palettes: out of memory");
    l->entries = more;
    tns_palette_entry *entry = &more[l->count++];
    memset(entry, 0, sizeof *entry);
    snprintf(entry->name, sizeof entry->name, "%s", name);
    snprintf(entry->place, sizeof entry->place, "%s", place);
    tns_palette *palette = tns_palette_find(name, &entry->fault);
    if (!palette)
        return true;
    entry->fault = (tns_error){0};
    snprintf(entry->version, sizeof entry->version, "%s", palette->version);
    entry->pigments = palette->count;
    entry->absolute = palette->model.absolute;
    tns_palette_destroy(palette);
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const tns_palette_entry *)a)->name, ((const tns_palette_entry *)b)->name);
}

static bool append_users(list *l, tns_error *err)
{
    char folder[TNS_PATH_SIZE];
    DIR *dir = tns_user_palettes(folder) ? opendir(folder) : NULL;
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
