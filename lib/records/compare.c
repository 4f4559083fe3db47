/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <tonsure/records.h>

#include "records/parts.h"

static void set_color_number(tns_json *json, const char *key, double value)
{
    tns_json_set_number(json, key, tns_record_color(value));
}

static tns_json *json_from_comparison(const tns_comparison *c)
{
    tns_json *json = tns_record("tonsure/compare/1");
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
    tns_json *record = tns_record("tonsure/comparisons/1");
    tns_json *pairs = tns_json_array();
    for (size_t i = 0; i < count; i++)
        tns_json_append(pairs, json_from_comparison(&comparisons[i]));
    tns_json_set(record, "pairs", pairs);
    return tns_record_finish(record);
}
