/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "records/parts.h"
#include "records/shelf_get.h"

bool tns_json_get_whole(const tns_json_at *at, const char *key, int64_t lo, int64_t *out,
                        tns_error *err)
{
    return tns_json_get_int64(at, key, lo, TNS_JSON_WHOLE_MAX, out, err);
}

bool tns_json_get_known(const tns_json_at *at, const char *key, int64_t *out, tns_error *err)
{
    *out = 0;
    return !tns_json_has(at, key) || tns_json_get_whole(at, key, 0, out, err);
}

bool tns_json_id(const tns_json_at *at, char letter, int64_t *out, tns_error *err)
{
    char text[24], *end = text;
    if (!tns_json_text(at, text, sizeof text, err))
        return false;
    bool begins = text[0] == letter && text[1] >= '1' && text[1] <= '9';
    *out = begins ? strtoll(text + 1, &end, 10) : 0;
    return (begins && *end == '\0' && *out <= TNS_JSON_WHOLE_MAX) ||
           tns_json_fail(at, err, TNS_ERROR_FORMAT, "expected %c and a number, found \"%s\"",
                         letter, text);
}

bool tns_json_get_id(const tns_json_at *at, const char *key, char letter, int64_t *out,
                     tns_error *err)
{
    tns_json_at member = tns_json_member(at, key);
    return tns_json_id(&member, letter, out, err);
}

bool tns_json_opt_id(const tns_json_at *at, const char *key, char letter, int64_t *out,
                     tns_error *err)
{
    return !tns_json_has(at, key) || tns_json_get_id(at, key, letter, out, err);
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool tns_json_get_hash(const tns_json_at *at, const char *key, unsigned char out[TNS_HASH_SIZE],
                       tns_error *err)
{
    char text[2 * TNS_HASH_SIZE + 1];
    tns_json_at member = tns_json_member(at, key);
    if (!tns_json_get_text(at, key, text, sizeof text, err))
        return false;
    bool right = strlen(text) == 2 * TNS_HASH_SIZE;
    for (int i = 0; right && i < TNS_HASH_SIZE; i++) {
        int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
        right = high >= 0 && low >= 0;
        out[i] = (unsigned char)(right ? 16 * high + low : 0);
    }
    return right || tns_json_fail(&member, err, TNS_ERROR_FORMAT, "expected %d hexadecimal digits",
                                  2 * TNS_HASH_SIZE);
}

/* ---- amounts ---- */

bool tns_json_get_price(const tns_json_at *at, const char *key, int64_t *millicents, tns_error *err)
{
    static const double PRICE_MAX = 1e9, MILLICENTS = 1e5;
    double price = 0;
    if (!tns_json_opt_number(at, key, 0, PRICE_MAX, &price, err))
        return false;
    *millicents = (int64_t)llround(price * MILLICENTS);
    return true;
}

bool tns_json_get_either(const tns_json_at *at, const char *begin, int64_t lo, bool *pieces,
                         int64_t *out, tns_error *err)
{
    char key[48];
    snprintf(key, sizeof key, "%spc", begin);
    *pieces = tns_json_has(at, key);
    if (!*pieces)
        snprintf(key, sizeof key, "%sul", begin);
    return tns_json_get_whole(at, key, lo, out, err);
}
