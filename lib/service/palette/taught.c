/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/palette/taught.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/file.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/text.h"

enum { MIXES_LIMIT = 64 << 20, VERSIONS_MAX = 100000 };

/* "clinic/mine.json" -> "clinic/mine.learned" */
static bool set_folder(tns_taught *t, tns_error *err)
{
    size_t n = strlen(t->path);
    n -= tns_text_ends_with(t->path, ".json") ? strlen(".json") : 0;
    int size = snprintf(t->folder, sizeof t->folder, "%.*s.learned", (int)n, t->path);
    return (size_t)size + 32 < sizeof t->folder ||
           tns_error_set(err, TNS_ERROR_IO, "learn: the path is too long");
}

static void path_of(const tns_taught *t, const char *file, char out[TNS_PATH_SIZE])
{
    snprintf(out, TNS_PATH_SIZE, "%.980s/%.40s", t->folder, file);
}

static void version_path(const tns_taught *t, int version, char out[TNS_PATH_SIZE])
{
    char file[40];
    snprintf(file, sizeof file, "%d.json", version);
    path_of(t, file, out);
}

/* A file that need not be there. */
static bool load_palette(const char *path, tns_palette **out, tns_error *err)
{
    *out = access(path, F_OK) == 0 ? tns_palette_load(path, err) : NULL;
    return *out || access(path, F_OK) != 0;
}

static bool load_mixes(tns_taught *t, tns_error *err)
{
    char path[TNS_PATH_SIZE];
    size_t length;
    path_of(t, "mixes.json", path);
    if (access(path, F_OK) != 0)
        return true;
    char *text = tns_file_read(path, MIXES_LIMIT, &length, err);
    bool done = text && tns_kept_mixes_parse(text, length, path, &t->kept, err);
    free(text);
    return done;
}

bool tns_taught_load(tns_taught *t, tns_error *err)
{
    char path[TNS_PATH_SIZE];
    if (!set_folder(t, err))
        return false;
    path_of(t, "base.json", path);
    if (!load_palette(path, &t->base, err))
        return false;
    for (version_path(t, 1, path); t->version < VERSIONS_MAX && access(path, F_OK) == 0;
         version_path(t, t->version + 1, path))
        t->version++;
    version_path(t, t->version, path);
    return load_palette(path, &t->last, err) && load_mixes(t, err);
}

static bool put_mixes(const tns_taught *t, bool dry_run, tns_error *err)
{
    char path[TNS_PATH_SIZE];
    path_of(t, "mixes.json", path);
    if (dry_run)
        return tns_folders_expect_file(path, err);
    char *text = tns_kept_mixes_write(&t->kept);
    bool done = text ? tns_text_save(path, text, err)
                     : tns_error_set(err, TNS_ERROR_MEMORY, "learn: out of memory");
    free(text);
    return done;
}

static bool put_palette(const tns_palette *palette, const char *path, bool dry_run, tns_error *err)
{
    return dry_run ? tns_folders_expect_file(path, err) : tns_palette_save(palette, path, err);
}

bool tns_taught_save(const tns_taught *t, const tns_palette *base, const tns_palette *palette,
                     bool learned, bool dry_run, tns_error *err)
{
    char path[TNS_PATH_SIZE];
    path_of(t, "base.json", path);
    if (!tns_folders_make(t->folder, dry_run, err) || !put_palette(base, path, dry_run, err) ||
        !put_mixes(t, dry_run, err))
        return false;
    version_path(t, t->version + 1, path);
    return !palette || ((!learned || put_palette(palette, path, dry_run, err)) &&
                        put_palette(palette, t->path, dry_run, err));
}

void tns_taught_finish(tns_taught *t)
{
    tns_palette_destroy(t->base);
    tns_palette_destroy(t->last);
    tns_kept_mixes_destroy(&t->kept);
}
