/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/palette.h>

#include "base/text.h"

/* palettes/NAME.json, embedded by lib/pigment/CMakeLists.txt. */
extern const char tns_palette_text_generic_smp[];
extern const char tns_palette_text_kimera[];

enum { SHIPPED = 2, PATH_SIZE = 4096 };

static const char *const shipped_names[SHIPPED + 1] = {"generic-smp", "kimera", NULL};
static const char *const shipped_texts[SHIPPED] = {tns_palette_text_generic_smp,
                                                   tns_palette_text_kimera};

const char *const *tns_palette_shipped(void)
{
    return shipped_names;
}

static bool is_path(const char *text)
{
    return strchr(text, '/') || tns_text_ends_with(text, ".json");
}

/* XDG Base Directory Specification: a relative $XDG_DATA_HOME counts as unset. */
static bool user_folder(char *out, size_t size)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    int n = -1;
    if (data && data[0] == '/')
        n = snprintf(out, size, "%s/tonsure/palettes", data);
    else if (home && home[0] == '/')
        n = snprintf(out, size, "%s/.local/share/tonsure/palettes", home);
    return n > 0 && (size_t)n < size;
}

/* The user's own palette of that name, when there is a file. */
static bool user_file(const char *name, char *out, size_t size)
{
    char folder[PATH_SIZE];
    if (!user_folder(folder, sizeof folder))
        return false;
    int n = snprintf(out, size, "%s/%s.json", folder, name);
    return n > 0 && (size_t)n < size && access(out, F_OK) == 0;
}

static void tell_unknown(const char *name, tns_error *err)
{
    char folder[PATH_SIZE], own[PATH_SIZE + 32] = "";
    if (user_folder(folder, sizeof folder))
        snprintf(own, sizeof own, ", and the files in %s", folder);
    tns_error_set(
        err, TNS_ERROR_NOT_FOUND,
        "palette \"%.60s\": not known; known are %s, %s%s; a file's path has a '/' or ends "
        "in .json",
        name, shipped_names[0], shipped_names[1], own);
}

tns_palette *tns_palette_find(const char *name_or_path, tns_error *err)
{
    char path[PATH_SIZE];
    if (is_path(name_or_path))
        return tns_palette_load(name_or_path, err);
    if (user_file(name_or_path, path, sizeof path))
        return tns_palette_load(path, err);
    for (int i = 0; i < SHIPPED; i++)
        if (strcmp(name_or_path, shipped_names[i]) == 0)
            return tns_palette_parse(shipped_texts[i], strlen(shipped_texts[i]), name_or_path, err);
    tell_unknown(name_or_path, err);
    return NULL;
}
