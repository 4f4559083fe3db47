/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Palettes out to files, and files in among the user's palettes. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/exchange.h>
#include <tonsure/file.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/text.h"
#include "pigment/identifiers.h"
#include "service/parts.h"

enum { FILE_LIMIT = 16 << 20 };

static void begin(tns_palette_copy *out, const char *action)
{
    memset(out, 0, sizeof *out);
    snprintf(out->action, sizeof out->action, "%s", action);
}

static void tell(const tns_palette *palette, tns_palette_copy *out)
{
    snprintf(out->palette, sizeof out->palette, "%s", palette->name);
    out->pigments = palette->count;
}

/* ---- out ---- */

static bool export(const tns_palette *palette, bool table, bool dry_run, tns_palette_copy *out,
                   tns_error *err)
{
    tell(palette, out);
    if (table)
        tns_exchange_palette_loss(palette, &out->warnings);
    out->replaced = access(out->path, F_OK) == 0;
    if (dry_run)
        return tns_file_expect_writable(out->path, NULL, err);
    char *text = table ? tns_exchange_write_palette(palette) : tns_palette_write(palette);
    out->written = text ? tns_text_save(out->path, text, err)
                        : tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", out->path);
    free(text);
    return out->written;
}

bool tns_service_palette_export(const char *asked, const char *path, bool dry_run,
                                tns_palette_copy *out, tns_error *err)
{
    bool table = tns_text_ends_with(path, ".csv");
    begin(out, "export");
    if (!table && !tns_text_ends_with(path, ".json"))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "%s: expected a name that ends with .json or .csv", path);
    if (!tns_text_copy(out->path, sizeof out->path, path))
        return tns_error_set(err, TNS_ERROR_IO, "palette: the path is too long: \"%.60s\"", path);
    tns_palette *palette = tns_palette_choose(asked, err);
    bool done = palette && export(palette, table, dry_run, out, err);
    tns_palette_destroy(palette);
    return done;
}

/* ---- in ---- */

/* A palette file begins with a brace, which no table does. */
static bool is_json(const char *text)
{
    text += strncmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0; /* some editors' mark */
    while (isspace((unsigned char)*text))
        text++;
    return *text == '{';
}

static tns_palette *load(const char *file, tns_error *err)
{
    size_t length;
    char *text = tns_file_read(file, FILE_LIMIT, &length, err);
    tns_palette *palette = !text           ? NULL
                           : is_json(text) ? tns_palette_parse(text, length, file, err)
                                           : tns_exchange_parse_palette(text, length, file, err);
    free(text);
    return palette;
}

/* What may be typed as a name, and be a file's in the user's folder. */
static bool set_name(tns_palette *palette, const char *file, const char *name, tns_error *err)
{
    const char *called = name ? name : palette->name;
    bool plain = tns_is_pigment_id(called) && called[0] != '.' && called[0] != '-' &&
                 !tns_text_ends_with(called, ".json") && strlen(called) < sizeof palette->name;
    if (!plain && name)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "--name: expected letters, digits, '.', '_' or '-', found \"%.60s\"",
                             name);
    if (!plain)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "%s: its name, \"%.60s\", is none that can be typed: say --name", file,
                             called);
    if (name)
        strcpy(palette->name, name);
    return true;
}

static bool is_shipped(const char *name)
{
    for (const char *const *shipped = tns_palette_shipped(); *shipped; shipped++)
        if (strcmp(*shipped, name) == 0)
            return true;
    return false;
}

/* *shadows: it will stand in for a shipped one for the first time. */
static bool expect_free(const char *name, bool force, tns_palette_copy *out, bool *shadows,
                        tns_error *err)
{
    bool own = access(out->path, F_OK) == 0;
    *shadows = is_shipped(name) && !own;
    out->replaced = own || is_shipped(name);
    if (!out->replaced || force)
        return true;
    return tns_error_set(err, TNS_ERROR_USAGE,
                         "palette %s: there is one of that name (%s): --name calls this one "
                         "otherwise, --force replaces it",
                         name, own ? out->path : "it came with this program");
}

/* "palettes/mine.json" -> "palettes/mine.learned", where there is such a folder. */
static void warn_of_learned(tns_palette_copy *out)
{
    char folder[sizeof out->path + 16];
    size_t length = strlen(out->path) - strlen(".json");
    snprintf(folder, sizeof folder, "%.*s.learned", (int)length, out->path);
    if (access(folder, F_OK) == 0)
        tns_warn(&out->warnings,
                 "mixes that were kept for another palette of this name stand beside it, in "
                 "%.40s.learned: palette learn takes them for this one's",
                 out->palette);
}

/* Nobody else changes files of the folder meanwhile. */
static bool put(const tns_palette *palette, bool force, tns_palette_copy *out, tns_error *err)
{
    bool shadows;
    char folder[TNS_PATH_SIZE];
    if (tns_user_palettes(folder) && !tns_folders_make(folder, false, err))
        return false;
    int lock = tns_file_lock(out->path);
    bool done = expect_free(palette->name, force, out, &shadows, err) &&
                tns_palette_save(palette, out->path, err);
    if (lock >= 0)
        close(lock);
    out->written = done;
    if (done && shadows)
        tns_palette_warn_of_shadow(palette->name, &out->warnings);
    return done;
}

static bool import(tns_palette *palette, const char *file, const char *name, bool force,
                   bool dry_run, tns_palette_copy *out, tns_error *err)
{
    bool shadows;
    if (!set_name(palette, file, name, err) ||
        !tns_palette_own_path(palette->name, out->path, sizeof out->path, err) ||
        !expect_free(palette->name, force, out, &shadows, err))
        return false;
    tell(palette, out);
    warn_of_learned(out);
    return dry_run ? tns_folders_expect_file(out->path, err) : put(palette, force, out, err);
}

bool tns_service_palette_import(const char *file, const char *name, bool force, bool dry_run,
                                tns_palette_copy *out, tns_error *err)
{
    begin(out, "import");
    tns_palette *palette = load(file, err);
    bool done = palette && import(palette, file, name, force, dry_run, out, err);
    tns_palette_destroy(palette);
    return done;
}
