/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <tonsure/records.h>

#include "records/parts.h"

#define SCHEMA "tonsure/compare/1"
#define SCHEMA_LIST "tonsure/comparisons/1"

enum { PAIRS_MAX = 1000000 };

/* Beyond what colors inside reason can differ by, in any formula. */
static const double DIFFERENCE_MAX = 1000;

static void set_color_number(tns_json *json, const char *key, double value)
{
    tns_json_set_number(json, key, tns_record_color(value));
}

static tns_json *json_from_comparison(const tns_comparison *c)
{
    tns_json *json = tns_record(SCHEMA);
    tns_json_set(json, "a", tns_json_from_color(&c->a));
    tns_json_set(json, "b", tns_json_from_color(&c->b));
    set_color_number(json, "de76", c->de76);
    set_color_number(json, "de94", c->de94);
    set_color_number(json, "cmc", c->cmc);
    set_color_number(json, "de00", c->de00);
    set_color_number(json, "hyab", c->hyab);
    set_color_number(json, "dL", c->difference.dL);
    set_color_number(json, "da", c->difference.da);
    set_color_number(json, "db", c->difference.db);
    set_color_number(json, "dC", c->difference.dC);
    set_color_number(json, "dH", c->difference.dH);
    tns_json *ita = tns_json_object();
    set_color_number(ita, "a", c->ita_a);
    set_color_number(ita, "b", c->ita_b);
    tns_json_set(json, "ita", ita);
    if (c->metamerism_count > 0) {
        tns_json *metamerism = tns_json_object();
        for (size_t i = 0; i < c->metamerism_count; i++)
            set_color_number(metamerism, c->metamerism_illuminant[i], c->metamerism[i]);
        tns_json_set(json, "metamerism", metamerism);
    }
    tns_json_set(json, "warnings", tns_json_from_warnings(&c->warnings));
    return json;
}

char *tns_comparison_write(const tns_comparison *comparison)
{
    return tns_record_finish(json_from_comparison(comparison));
}

char *tns_comparisons_write(const tns_comparison *comparisons, size_t count)
{
    tns_json *record = tns_record(SCHEMA_LIST);
    tns_json *pairs = tns_json_array();
    for (size_t i = 0; i < count; i++)
        tns_json_append(pairs, json_from_comparison(&comparisons[i]));
    tns_json_set(record, "pairs", pairs);
    return tns_record_finish(record);
}

static bool get_distance(const tns_json_at *at, const char *key, double *out, tns_error *err)
{
    return tns_json_get_number(at, key, 0, DIFFERENCE_MAX, out, err);
}

static bool get_step(const tns_json_at *at, const char *key, double *out, tns_error *err)
{
    return tns_json_get_number(at, key, -DIFFERENCE_MAX, DIFFERENCE_MAX, out, err);
}

static bool get_ita(const tns_json_at *at, tns_comparison *out, tns_error *err)
{
    tns_json_at ita;
    return tns_json_get_object(at, "ita", &ita, err) &&
           tns_json_get_number(&ita, "a", -180, 180, &out->ita_a, err) &&
           tns_json_get_number(&ita, "b", -180, 180, &out->ita_b, err);
}

static bool get_metamerism(const tns_json_at *at, tns_comparison *out, tns_error *err)
{
    if (!tns_json_has(at, "metamerism"))
        return true;
    tns_json_at object;
    return tns_json_get_object(at, "metamerism", &object, err) &&
           tns_json_figures(&object, 1000, out->metamerism_illuminant, out->metamerism,
                            &out->metamerism_count, err);
}

static bool get_comparison(const tns_json_at *at, void *record, tns_error *err)
{
    tns_comparison *out = record;
    tns_difference *d = &out->difference;
    return tns_record_expect(at, SCHEMA, err) && tns_json_get_read_color(at, "a", &out->a, err) &&
           tns_json_get_read_color(at, "b", &out->b, err) &&
           get_distance(at, "de76", &out->de76, err) && get_distance(at, "de94", &out->de94, err) &&
           get_distance(at, "cmc", &out->cmc, err) && get_distance(at, "de00", &out->de00, err) &&
           get_distance(at, "hyab", &out->hyab, err) && get_step(at, "dL", &d->dL, err) &&
           get_step(at, "da", &d->da, err) && get_step(at, "db", &d->db, err) &&
           get_step(at, "dC", &d->dC, err) && get_step(at, "dH", &d->dH, err) &&
           get_ita(at, out, err) && get_metamerism(at, out, err) &&
           tns_json_opt_warnings(at, &out->warnings, err);
}

bool tns_comparison_parse(const char *text, size_t length, const char *name, tns_comparison *out,
                          tns_error *err)
{
    memset(out, 0, sizeof *out);
    return tns_record_parse(text, length, name, get_comparison, out, err);
}

static tns_comparison *get_pairs(const tns_json_at *at, size_t *count, tns_error *err)
{
    tns_json_at list;
    if (!tns_record_expect(at, SCHEMA_LIST, err) ||
        !tns_json_get_list(at, "pairs", PAIRS_MAX, &list, count, err))
        return NULL;
    tns_comparison *pairs = tns_record_array(&list, *count, sizeof *pairs, err);
    for (size_t i = 0; pairs && i < *count; i++) {
        tns_json_at item = tns_json_item(&list, i);
        if (!get_comparison(&item, &pairs[i], err)) {
            free(pairs);
            pairs = NULL;
        }
    }
    return pairs;
}

tns_comparison *tns_comparisons_parse(const char *text, size_t length, const char *name,
                                      size_t *count, tns_error *err)
{
    *count = 0;
    tns_json *json = tns_json_parse(text, length, name, err);
    tns_json_at root = tns_json_root(json, name);
    tns_comparison *pairs = json ? get_pairs(&root, count, err) : NULL;
    tns_json_destroy(json);
    if (!pairs)
        *count = 0;
    return pairs;
}
