/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mixes that were kept to learn from. */
#include <stdlib.h>
#include <string.h>

#include <tonsure/palette_records.h>

#include "records/parts.h"

#define SCHEMA "tonsure/mixes/1"

enum { MIXES_MAX = 10000 };

static const double AMOUNT_MAX = 1e9;
static const char *const kinds[] = {"opaque", "film"};

/* ---- Writing ---- */

static tns_json *json_from_mix(const tns_kept_mix *mix)
{
    tns_json *json = tns_json_object(), *parts = tns_json_array(), *surface = tns_json_object();
    for (size_t i = 0; i < mix->part_count; i++) {
        tns_json *part = tns_json_object();
        tns_json_set_text(part, "pigment", mix->pigment[i]);
        tns_json_set_number(part, "amount", mix->amount[i]);
        tns_json_append(parts, part);
    }
    tns_json_set_text(json, "id", mix->id);
    tns_json_set_text_if(json, "time", mix->time);
    tns_json_set(json, "parts", parts);
    tns_json_set_text(surface, "kind", kinds[mix->film]);
    if (mix->film) {
        tns_json_set_number(surface, "load", mix->load);
        tns_json_set(surface, "backing", tns_json_from_reading(&mix->backing));
    }
    tns_json_set(json, "surface", surface);
    tns_json_set(json, "measured", tns_json_from_reading(&mix->measured));
    return json;
}

char *tns_kept_mixes_write(const tns_kept_mixes *mixes)
{
    tns_json *record = tns_record(SCHEMA), *list = tns_json_array();
    for (size_t i = 0; i < mixes->count; i++)
        tns_json_append(list, json_from_mix(&mixes->mixes[i]));
    tns_json_set(record, "mixes", list);
    return tns_record_finish(record);
}

/* ---- Reading ---- */

static bool get_amount(const tns_json_at *at, const char *key, double *out, tns_error *err)
{
    if (!tns_json_get_number(at, key, 0, AMOUNT_MAX, out, err))
        return false;
    tns_json_at member = tns_json_member(at, key);
    return *out > 0 ||
           tns_json_fail(&member, err, TNS_ERROR_RANGE, "expected more than 0, found 0");
}

static bool get_parts(const tns_json_at *at, tns_kept_mix *out, tns_error *err)
{
    tns_json_at list;
    size_t count;
    if (!tns_json_get_list(at, "parts", TNS_MIX_PARTS_MAX, &list, &count, err))
        return false;
    if (count == 0)
        return tns_json_fail(&list, err, TNS_ERROR_FORMAT, "expected a part, found none");
    for (; out->part_count < count; out->part_count++) {
        tns_json_at part = tns_json_item(&list, out->part_count);
        if (!tns_json_expect_object(&part, err) ||
            !tns_json_get_text(&part, "pigment", out->pigment[out->part_count], TNS_ID_SIZE, err) ||
            !get_amount(&part, "amount", &out->amount[out->part_count], err))
            return false;
    }
    return true;
}

static bool get_surface(const tns_json_at *at, tns_kept_mix *out, tns_error *err)
{
    tns_json_at surface;
    int kind = 0;
    if (!tns_json_get_object(at, "surface", &surface, err) ||
        !tns_json_get_choice(&surface, "kind", kinds, 2, &kind, err))
        return false;
    out->film = kind == 1;
    if (!out->film)
        return true;
    tns_json_at backing = tns_json_member(&surface, "backing");
    return get_amount(&surface, "load", &out->load, err) &&
           tns_json_reading(&backing, &out->backing, err) &&
           (out->backing.has_spectrum ||
            tns_json_fail(&backing, err, TNS_ERROR_FORMAT, "expected \"spectrum\", found none"));
}

static bool get_mix(const tns_json_at *at, tns_kept_mix *out, tns_error *err)
{
    tns_json_at measured = tns_json_member(at, "measured");
    return tns_json_expect_object(at, err) &&
           tns_json_get_text(at, "id", out->id, sizeof out->id, err) &&
           tns_json_opt_text(at, "time", out->time, sizeof out->time, err) &&
           get_parts(at, out, err) && get_surface(at, out, err) &&
           tns_json_reading(&measured, &out->measured, err);
}

static bool get_mixes(const tns_json_at *at, void *record, tns_error *err)
{
    tns_kept_mixes *out = record;
    tns_json_at list;
    size_t count;
    if (!tns_record_expect(at, SCHEMA, err) ||
        !tns_json_get_list(at, "mixes", MIXES_MAX, &list, &count, err) ||
        !(out->mixes = tns_record_array(&list, count, sizeof *out->mixes, err)))
        return false;
    for (; out->count < count; out->count++) {
        tns_json_at item = tns_json_item(&list, out->count);
        if (!get_mix(&item, &out->mixes[out->count], err))
            return false;
    }
    return true;
}

bool tns_kept_mixes_parse(const char *text, size_t length, const char *name, tns_kept_mixes *out,
                          tns_error *err)
{
    memset(out, 0, sizeof *out);
    if (tns_record_parse(text, length, name, get_mixes, out, err))
        return true;
    tns_kept_mixes_destroy(out);
    return false;
}

void tns_kept_mixes_destroy(tns_kept_mixes *mixes)
{
    free(mixes->mixes);
    memset(mixes, 0, sizeof *mixes);
}
