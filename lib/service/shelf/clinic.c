/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/clinic.h>

#include "base/file.h"
#include "base/near.h"
#include "base/text.h"
#include "service/parts.h"

static const size_t PHOTO_MAX = 1u << 30;

/* ---- numbers ---- */

static bool read_number(const char *text, const char *letter, const char *what, int64_t *out,
                        tns_error *err)
{
    const char *digits = text + (tns_text_upper(text[0]) == letter[0]);
    return (tns_service_entry(digits, out, NULL)) ||
           tns_error_set(err, TNS_ERROR_USAGE, "expected a %s such as %s12, found \"%.40s\"", what,
                         letter, text);
}

bool tns_service_client(const char *text, int64_t *out, tns_error *err)
{
    return read_number(text, "C", "client", out, err);
}

bool tns_service_visit(const char *text, int64_t *out, tns_error *err)
{
    return read_number(text, "V", "visit", out, err);
}

bool tns_service_pot(const char *text, int64_t *out, tns_error *err)
{
    return read_number(text, "P", "pot", out, err);
}

void tns_service_doubt_pigment(const tns_palette *palette, const char *pigment,
                               tns_warnings *warnings)
{
    char near[TNS_NEAR_TEXT];
    if (tns_palette_index(palette, pigment) >= 0)
        return;
    tns_pigments_meant(palette, pigment, near, sizeof near);
    tns_warn(warnings,
             "palette %.40s has no pigment %.47s%.50s; no match finds it: stock product change "
             "ID --pigment NAME mends a slip",
             palette->name, pigment, near);
}

/* ---- areas, times ---- */

/* A hundredth of a square centimetre is a square millimetre. */
bool tns_service_area(const char *text, int64_t *mm2, tns_error *err)
{
    char number[32];
    size_t length = strlen(text), unit = tns_text_ends_with(text, "cm2") ? 3 : 0;
    bool fits = length - unit < sizeof number;
    snprintf(number, sizeof number, "%.*s", (int)(fits ? length - unit : 0), text);
    return (fits && tns_service_cents(number, mm2, NULL)) ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "expected square centimetres such as 120 or 12.5cm2, found \"%.40s\"",
                         text);
}

bool tns_service_ml(const char *text, int64_t *ul, tns_error *err)
{
    return (tns_service_thousandths(text, "ml", ul, NULL) && *ul > 0) ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "expected millilitres such as 3 or 2.5, found \"%.40s\"", text);
}

bool tns_service_minutes(const char *text, int *out, tns_error *err)
{
    char *end;
    long number = strtol(text, &end, 10);
    bool hours = strcmp(end, "h") == 0, minutes = strcmp(end, "min") == 0;
    if (end == text || number < 1 || number > 10000 || !(hours || minutes))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "expected a time such as 4h or 90min, found "
                             "\"%.40s\"",
                             text);
    *out = (int)number * (hours ? 60 : 1);
    return true;
}

/* From the root on, as it was typed else. */
static bool whole_path(const char *path, char out[2 * TNS_PATH_SIZE])
{
    char folder[TNS_PATH_SIZE] = "";
    bool known = path[0] == '/' || getcwd(folder, sizeof folder) != NULL;
    return known && snprintf(out, 2 * TNS_PATH_SIZE, "%s%s%s", folder, folder[0] ? "/" : "", path) <
                        2 * TNS_PATH_SIZE;
}

bool tns_service_photo(const char *path, tns_site_reading *out, tns_error *err)
{
    size_t length;
    char whole[2 * TNS_PATH_SIZE];
    char *bytes = tns_file_read(path, PHOTO_MAX, &length, err);
    if (!bytes)
        return false;
    out->has_photo = whole_path(path, whole);
    tns_stock_hash(bytes, length, out->photo);
    if (out->has_photo)
        tns_stock_hash(whole, strlen(whole), out->photo_path);
    free(bytes);
    return out->has_photo || tns_error_set(err, TNS_ERROR_IO, "%s: its folder is not known", path);
}
