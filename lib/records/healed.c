/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a record says of healed skin: how ink may heal in it, and the layers it was taken for. */
#include <stddef.h>

#include "base/text.h"
#include "records/parts.h"

/* One figure of something, by its key in the record. */
typedef struct figure {
    const char *key;
    size_t offset;
    double most;
} figure;

static const figure ways[] = {
    {"depth_mm", offsetof(tns_healing, depth_mm), TNS_DEEPEST_MM},
    {"thickness_mm", offsetof(tns_healing, thickness_mm), TNS_DEEPEST_MM},
    {"deposit", offsetof(tns_healing, deposit), TNS_MOST_DEPOSIT},
    {"retention", offsetof(tns_healing, retention), 1},
};

static const figure layers[] = {
    {"melanin", offsetof(tns_skin, melanin), 1},
    {"blood", offsetof(tns_skin, blood), 1},
    {"oxygenation", offsetof(tns_skin, oxygenation), 1},
    {"scattering", offsetof(tns_skin, scattering), 1e6},
    {"depth_mm", offsetof(tns_skin, depth_mm), 1e6},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static double at_offset(const void *value, size_t offset)
{
    return *(const double *)((const char *)value + offset);
}

static double *place_of(void *value, size_t offset)
{
    return (double *)((char *)value + offset);
}

/* ---- writing ---- */

static tns_json *json_from_range(const tns_healed *healed, size_t offset)
{
    tns_json *json = tns_json_object();
    tns_json_set_number(json, "low", tns_record_color(at_offset(&healed->low, offset)));
    tns_json_set_number(json, "median", tns_record_color(at_offset(&healed->median, offset)));
    tns_json_set_number(json, "high", tns_record_color(at_offset(&healed->high, offset)));
    return json;
}

static tns_json *json_from_layers(const tns_skin_fit *fit)
{
    tns_json *json = tns_json_object();
    for (size_t i = 0; i < COUNT(layers); i++)
        tns_json_set_number(json, layers[i].key,
                            tns_record_color(at_offset(&fit->skin, layers[i].offset)));
    tns_json_set_number(json, "exponent", tns_record_color(fit->skin.exponent));
    tns_json_set_number(json, "fit_de00", tns_record_color(fit->de00));
    tns_json_set_number(json, "ita", tns_record_color(fit->ita));
    return json;
}

void tns_json_set_healed(tns_json *surface, const tns_healed *healed, const tns_skin_fit *skin)
{
    for (size_t i = 0; i < COUNT(ways); i++)
        tns_json_set(surface, ways[i].key, json_from_range(healed, ways[i].offset));
    tns_json_set(surface, "skin", json_from_layers(skin));
    tns_json_set_text(surface, "note", tns_healed_note());
}

/* ---- reading ---- */

static bool get_range(const tns_json_at *surface, const figure *f, tns_healed_record *out,
                      tns_error *err)
{
    tns_json_at at;
    return tns_json_get_object(surface, f->key, &at, err) &&
           tns_json_get_number(&at, "low", 0, f->most, place_of(&out->low, f->offset), err) &&
           tns_json_get_number(&at, "median", 0, f->most, place_of(&out->median, f->offset), err) &&
           tns_json_get_number(&at, "high", 0, f->most, place_of(&out->high, f->offset), err);
}

static bool get_layers(const tns_json_at *surface, tns_healed_record *out, tns_error *err)
{
    tns_json_at at;
    if (!tns_json_get_object(surface, "skin", &at, err))
        return false;
    for (size_t i = 0; i < COUNT(layers); i++)
        if (!tns_json_get_number(&at, layers[i].key, 0, layers[i].most,
                                 place_of(&out->skin, layers[i].offset), err))
            return false;
    return tns_json_get_number(&at, "exponent", -100, 100, &out->skin.exponent, err) &&
           tns_json_get_number(&at, "fit_de00", 0, 1000, &out->fit_de00, err) &&
           tns_json_get_number(&at, "ita", -180, 180, &out->ita, err);
}

bool tns_json_get_healed(const tns_json_at *surface, tns_healed_record *out, tns_error *err)
{
    for (size_t i = 0; i < COUNT(ways); i++)
        if (!get_range(surface, &ways[i], out, err))
            return false;
    return get_layers(surface, out, err) &&
           tns_json_get_text(surface, "note", out->note, sizeof out->note, err);
}

/* ---- what single scalps may show ---- */

static tns_json *json_from_end(tns_lab lab)
{
    tns_json *json = tns_json_object();
    tns_json_set_number(json, "L", tns_record_amount(lab.L));
    tns_json_set_number(json, "a", tns_record_amount(lab.a));
    tns_json_set_number(json, "b", tns_record_amount(lab.b));
    return json;
}

tns_json *tns_json_from_span(const tns_healed_span *span)
{
    tns_json *json = tns_json_object();
    tns_json_set(json, "low", json_from_end(span->low));
    tns_json_set(json, "high", json_from_end(span->high));
    return json;
}

static bool get_end(const tns_json_at *span, const char *name, tns_lab *out, tns_error *err)
{
    tns_json_at at;
    return tns_json_get_object(span, name, &at, err) &&
           tns_json_get_number(&at, "L", 0, 100, &out->L, err) &&
           tns_json_get_number(&at, "a", -1000, 1000, &out->a, err) &&
           tns_json_get_number(&at, "b", -1000, 1000, &out->b, err);
}

bool tns_json_opt_span(const tns_json_at *recipe, tns_healed_span *out, bool *has, tns_error *err)
{
    tns_json_at at = tns_json_member(recipe, "healed");
    *has = at.node != NULL;
    return !*has || (tns_json_expect_object(&at, err) && get_end(&at, "low", &out->low, err) &&
                     get_end(&at, "high", &out->high, err));
}

/* ---- the blue risk ---- */

tns_json *tns_json_from_blue(const tns_blue_risk *risk)
{
    tns_json *json = tns_json_object();
    tns_json_set_number(json, "db", tns_record_amount(risk->db));
    tns_json_set_number(json, "low", tns_record_amount(risk->db_low));
    tns_json_set_number(json, "high", tns_record_amount(risk->db_high));
    tns_json_set_number(json, "by_depth", tns_record_amount(risk->by_depth));
    if (!risk->cure[0])
        return json;
    tns_json *cure = tns_json_object();
    tns_json_set_text(cure, "pigment", risk->cure);
    tns_json_set_number(cure, "share", tns_record_amount(risk->cure_share));
    tns_json_set_number(cure, "db", tns_record_amount(risk->cured_db));
    tns_json_set_number(cure, "de00", tns_record_amount(risk->cured_de00));
    tns_json_set(json, "cure", cure);
    return json;
}

static bool get_cure(const tns_json_at *at, tns_blue_risk *out, tns_error *err)
{
    return tns_json_get_text(at, "pigment", out->cure, sizeof out->cure, err) &&
           tns_json_get_number(at, "share", 0, 1000, &out->cure_share, err) &&
           tns_json_get_number(at, "db", -1000, 1000, &out->cured_db, err) &&
           tns_json_get_number(at, "de00", 0, 1000, &out->cured_de00, err);
}

bool tns_json_opt_blue(const tns_json_at *record, tns_blue_risk *out, tns_error *err)
{
    tns_json_at at = tns_json_member(record, "blue_risk");
    if (!at.node)
        return true;
    out->known = true;
    tns_json_at cure = tns_json_member(&at, "cure");
    return tns_json_expect_object(&at, err) &&
           tns_json_get_number(&at, "db", -1000, 1000, &out->db, err) &&
           tns_json_get_number(&at, "low", -1000, 1000, &out->db_low, err) &&
           tns_json_get_number(&at, "high", -1000, 1000, &out->db_high, err) &&
           tns_json_get_number(&at, "by_depth", -1000, 1000, &out->by_depth, err) &&
           (!cure.node || (tns_json_expect_object(&cure, err) && get_cure(&cure, out, err)));
}
