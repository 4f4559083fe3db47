/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the user's own files lie (XDG Base Directory Specification), and what the config file says.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "service/parts.h"

enum { CONFIG_LIMIT = 1 << 20 };

/* $<variable>/tonsure/<rest>, or the same below the home folder; false without either. */
static bool xdg_path(const char *variable, const char *below_home, const char *rest,
                     char out[TNS_PATH_SIZE])
{
    const char *base = getenv(variable);
    const char *home = getenv("HOME");
    int n = base && base[0] == '/' ? snprintf(out, TNS_PATH_SIZE, "%s/tonsure/%s", base, rest)
            : home && home[0]
                ? snprintf(out, TNS_PATH_SIZE, "%s/%s/tonsure/%s", home, below_home, rest)
                : -1;
    return n > 0 && n < TNS_PATH_SIZE;
}

bool tns_user_palettes(char out[TNS_PATH_SIZE])
{
    return xdg_path("XDG_DATA_HOME", ".local/share", "palettes", out);
}

bool tns_user_data(const char *name, char out[TNS_PATH_SIZE])
{
    return xdg_path("XDG_DATA_HOME", ".local/share", name, out);
}

bool tns_service_calibrations(char *path, size_t size)
{
    char own[TNS_PATH_SIZE];
    return xdg_path("XDG_DATA_HOME", ".local/share", "calibrations", own) &&
           tns_text_copy(path, size, own);
}

bool tns_setting(const char *key, char *value, size_t size, tns_error *err)
{
    char path[TNS_PATH_SIZE];
    size_t length;
    if (!xdg_path("XDG_CONFIG_HOME", ".config", "config.json", path) || access(path, F_OK) != 0)
        return true;
    char *text = tns_file_read(path, CONFIG_LIMIT, &length, err);
    tns_json *json = text ? tns_json_parse(text, length, path, err) : NULL;
    tns_json_at root = tns_json_root(json, path);
    bool done = json && tns_json_expect_object(&root, err) &&
                tns_json_opt_text(&root, key, value, size, err);
    tns_json_destroy(json);
    free(text);
    return done;
}
