/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <tonsure/appraise.h>

#include "records/worth.h"

static const double DE_MAX = 1000, TOLERANCE_MAX = 1e6;

/* ---- writing ---- */

void tns_json_set_odds(tns_json *recipe, const tns_recipe *value)
{
    const tns_odds *odds = &value->odds;
    tns_json_set_bool(recipe, "distinct", value->distinct);
    if (!value->has_odds)
        return;
    tns_json *moved = tns_json_object();
    tns_json_set_number(moved, "pouring", tns_record_amount(odds->by_pouring));
    tns_json_set_number(moved, "palette", tns_record_amount(odds->by_palette));
    tns_json_set_number(moved, "target", tns_record_amount(odds->by_target));
    if (odds->by_healing > 0)
        tns_json_set_number(moved, "healing", tns_record_amount(odds->by_healing));
    tns_json_set_number(recipe, "de00_p95", tns_record_amount(odds->de00_p95));
    tns_json_set_number(recipe, "p_within", tns_record_amount(odds->p_within));
    tns_json_set_number(recipe, "p_darker", tns_record_amount(odds->p_darker));
    tns_json_set(recipe, "moved_by", moved);
}

void tns_json_set_one_more(tns_json *part, const tns_recipe *recipe, double one_more)
{
    if (recipe->has_odds)
        tns_json_set_number(part, "one_more", tns_record_amount(one_more));
}

static bool has_odds(const tns_match *match)
{
    return match->recipe_count > 0 && match->recipes[0].has_odds;
}

static tns_json *json_from_choices(const tns_match *match)
{
    const tns_choices *c = &match->choices;
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "closest", (long long)c->closest + 1);
    if (has_odds(match))
        tns_json_set_integer(json, "surest", (long long)c->surest + 1);
    tns_json_set_integer(json, "simplest", (long long)c->simplest + 1);
    if (c->has_metamerism)
        tns_json_set_integer(json, "least_metameric", (long long)c->least_metameric + 1);
    if (c->has_cost)
        tns_json_set_integer(json, "cheapest", (long long)c->cheapest + 1);
    return json;
}

static tns_json *json_from_missing(const tns_missing *missing, const tns_color *like)
{
    tns_color nearest = *like;
    tns_json *json = tns_json_object();
    nearest.lab = missing->nearest;
    tns_json_set_text(json, "text", missing->text);
    tns_json_set(json, "nearest", tns_json_from_color(&nearest));
    tns_json_set_number(json, "dL", tns_record_color(missing->dL));
    tns_json_set_number(json, "dC", tns_record_color(missing->dC));
    tns_json_set_number(json, "dH", tns_record_color(missing->dH));
    return json;
}

static tns_json *json_from_terms(const tns_match_answer *answer)
{
    tns_json *json = tns_json_object();
    tns_json_set_number(json, "tolerance", answer->match->tolerance);
    tns_json_set_number(json, "darker_step", TNS_DARKER_STEP);
    tns_json_set(json, "leave_out", tns_json_from_warnings(&answer->match->odds_leave_out));
    return json;
}

void tns_json_set_worth(tns_json *record, const tns_match_answer *answer)
{
    const tns_match *match = answer->match;
    if (has_odds(match))
        tns_json_set(record, "odds", json_from_terms(answer));
    if (match->choices.made)
        tns_json_set(record, "choices", json_from_choices(match));
    if (match->missing.text[0] && match->recipe_count > 0)
        tns_json_set(record, "missing",
                     json_from_missing(&match->missing, &match->recipes[0].color[0]));
}

/* ---- reading ---- */

bool tns_json_opt_one_more(const tns_json_at *part, double *out, tns_error *err)
{
    return tns_json_opt_number(part, "one_more", 0, DE_MAX, out, err);
}

static bool opt_moved_by(const tns_json_at *recipe, tns_odds *out, tns_error *err)
{
    tns_json_at at;
    return !tns_json_has(recipe, "moved_by") ||
           (tns_json_get_object(recipe, "moved_by", &at, err) &&
            tns_json_get_number(&at, "pouring", 0, DE_MAX, &out->by_pouring, err) &&
            tns_json_get_number(&at, "palette", 0, DE_MAX, &out->by_palette, err) &&
            tns_json_get_number(&at, "target", 0, DE_MAX, &out->by_target, err) &&
            tns_json_opt_number(&at, "healing", 0, DE_MAX, &out->by_healing, err));
}

/* The three stand together. */
bool tns_json_opt_odds(const tns_json_at *recipe, tns_recipe_record *out, tns_error *err)
{
    tns_odds *odds = &out->odds;
    out->has_odds = tns_json_has(recipe, "de00_p95");
    if (!tns_json_opt_bool(recipe, "distinct", &out->distinct, err))
        return false;
    return !out->has_odds ||
           (tns_json_get_number(recipe, "de00_p95", 0, DE_MAX, &odds->de00_p95, err) &&
            tns_json_get_number(recipe, "p_within", 0, 1, &odds->p_within, err) &&
            tns_json_get_number(recipe, "p_darker", 0, 1, &odds->p_darker, err) &&
            opt_moved_by(recipe, odds, err));
}

/* A rank of the list, as an index. */
static bool get_rank(const tns_json_at *at, const char *key, size_t count, size_t *out,
                     tns_error *err)
{
    int rank = 0;
    if (!tns_json_get_integer(at, key, 1, (int)count, &rank, err))
        return false;
    *out = (size_t)rank - 1;
    return true;
}

static bool opt_rank(const tns_json_at *at, const char *key, size_t count, bool *has, size_t *out,
                     tns_error *err)
{
    *has = tns_json_has(at, key);
    return !*has || get_rank(at, key, count, out, err);
}

static bool opt_choices(const tns_json_at *record, size_t count, tns_choices *out, tns_error *err)
{
    tns_json_at at;
    bool surest;
    out->made = tns_json_has(record, "choices");
    return !out->made || (tns_json_get_object(record, "choices", &at, err) &&
                          get_rank(&at, "closest", count, &out->closest, err) &&
                          opt_rank(&at, "surest", count, &surest, &out->surest, err) &&
                          get_rank(&at, "simplest", count, &out->simplest, err) &&
                          opt_rank(&at, "least_metameric", count, &out->has_metamerism,
                                   &out->least_metameric, err) &&
                          opt_rank(&at, "cheapest", count, &out->has_cost, &out->cheapest, err));
}

static bool opt_missing(const tns_json_at *record, tns_missing *out, tns_error *err)
{
    tns_json_at at;
    tns_color nearest;
    if (!tns_json_has(record, "missing"))
        return true;
    bool done = tns_json_get_object(record, "missing", &at, err) &&
                tns_json_get_text(&at, "text", out->text, sizeof out->text, err) &&
                tns_json_get_computed(&at, "nearest", &nearest, err) &&
                tns_json_get_number(&at, "dL", -DE_MAX, DE_MAX, &out->dL, err) &&
                tns_json_get_number(&at, "dC", -DE_MAX, DE_MAX, &out->dC, err) &&
                tns_json_get_number(&at, "dH", -DE_MAX, DE_MAX, &out->dH, err);
    if (done)
        out->nearest = nearest.lab;
    return done;
}

static bool opt_terms(const tns_json_at *record, tns_match_record *out, tns_error *err)
{
    tns_json_at at;
    return !tns_json_has(record, "odds") ||
           (tns_json_get_object(record, "odds", &at, err) &&
            tns_json_get_number(&at, "tolerance", 0, TOLERANCE_MAX, &out->tolerance, err) &&
            tns_json_opt_number(&at, "darker_step", 0, DE_MAX, &out->darker_step, err) &&
            tns_json_opt_sentences(&at, "leave_out", &out->odds_leave_out, err));
}

bool tns_json_opt_worth(const tns_json_at *record, tns_match_record *out, tns_error *err)
{
    return opt_terms(record, out, err) &&
           opt_choices(record, out->recipe_count, &out->choices, err) &&
           opt_missing(record, &out->missing, err);
}
