/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads tonsure/correct/1 into a value that needs no palette. */
#include <stdlib.h>
#include <string.h>

#include <tonsure/records.h>

#include "records/parts.h"

enum { ADDITIONS_MAX = 10000, UNITS_MAX = 1000000000 };

/* Beyond what a pot can come to: amounts, factors, weighted dE00. */
static const double MOST = 1e9;

static bool get_pot_part(const tns_json_at *at, tns_pot_part_record *out, tns_error *err)
{
    return tns_json_expect_object(at, err) &&
           tns_json_get_text(at, "pigment", out->pigment, sizeof out->pigment, err) &&
           tns_json_get_number(at, "amount", 0, MOST, &out->nominal, err) &&
           tns_json_get_number(at, "effective", 0, MOST, &out->effective, err) &&
           tns_json_get_number(at, "factor", 0, MOST, &out->factor, err) &&
           tns_json_get_number(at, "factor_sd", 0, MOST, &out->factor_sd, err) &&
           tns_json_get_number(at, "spread", 0, MOST, &out->spread, err);
}

static bool get_recipe(const tns_json_at *record, tns_correct_record *out, tns_error *err)
{
    tns_json_at list;
    if (!tns_json_get_list(record, "recipe", TNS_PARTS_MAX, &list, &out->part_count, err))
        return false;
    for (size_t i = 0; i < out->part_count; i++) {
        tns_json_at item = tns_json_item(&list, i);
        if (!get_pot_part(&item, &out->parts[i], err))
            return false;
    }
    return true;
}

static bool get_residual(const tns_json_at *record, tns_correct_record *out, tns_error *err)
{
    static const char *const kinds[] = {"spectrum", "color"};
    tns_json_at at;
    int kind = 0;
    tns_pot_residual *r = &out->residual;
    bool done = tns_json_get_object(record, "residual", &at, err) &&
                tns_json_get_choice(&at, "of", kinds, 2, &kind, err) &&
                tns_json_get_number(&at, "rmse", 0, MOST, &r->rmse, err) &&
                tns_json_get_number(&at, "ratio", 0, MOST, &r->ratio, err) &&
                tns_json_get_number(&at, "de00", 0, MOST, &r->de00, err) &&
                tns_json_opt_number(&at, "worst_nm", 0, MOST, &r->worst_nm, err) &&
                tns_json_opt_number(&at, "worst", -MOST, MOST, &r->worst, err) &&
                tns_json_opt_number(&at, "expected", 0, MOST, &r->expected, err);
    out->from_color = kind == 1;
    return done;
}

/* Differences by the illuminants that the record's own `now` has. */
static bool get_de00(const tns_json_at *at, const tns_correct_record *record, double *out,
                     tns_error *err)
{
    tns_json_at figures;
    size_t count = 0;
    char names[TNS_VIEWINGS_MAX][TNS_NAME_SIZE];
    if (!tns_json_get_object(at, "de00", &figures, err) ||
        !tns_json_figures(&figures, 1000, names, out, &count, err))
        return false;
    for (size_t i = 0; i < count || i < record->viewing_count; i++)
        if (i >= count || i >= record->viewing_count ||
            strcmp(names[i], record->illuminant[i]) != 0)
            return tns_json_fail(&figures, err, TNS_ERROR_FORMAT,
                                 "expected the same illuminants as in now.de00");
    return true;
}

static bool get_prediction(const tns_json_at *at, const tns_correct_record *record,
                           tns_addition_record *out, tns_error *err)
{
    tns_json_at predicted = tns_json_member(at, "predicted");
    return tns_json_get_number(at, "objective", 0, MOST, &out->objective, err) &&
           get_de00(at, record, out->de00, err) &&
           tns_json_reading(&predicted, &out->predicted, err);
}

/* Of a record made before there were odds, 0. */
static bool opt_odds(const tns_json_at *at, tns_pot_odds *out, tns_error *err)
{
    tns_json_at by;
    return tns_json_opt_number(at, "de00_p95", 0, MOST, &out->de00_p95, err) &&
           tns_json_opt_number(at, "p_within", 0, 1, &out->p_within, err) &&
           tns_json_opt_number(at, "p_darker", 0, 1, &out->p_darker, err) &&
           tns_json_opt_number(at, "p_better", 0, 1, &out->p_better, err) &&
           (!tns_json_has(at, "moved_by") ||
            (tns_json_get_object(at, "moved_by", &by, err) &&
             tns_json_get_number(&by, "pot", 0, MOST, &out->by_pot, err) &&
             tns_json_get_number(&by, "pouring", 0, MOST, &out->by_pouring, err) &&
             tns_json_get_number(&by, "palette", 0, MOST, &out->by_palette, err) &&
             tns_json_get_number(&by, "reading", 0, MOST, &out->by_reading, err)));
}

static bool opt_volume(const tns_json_at *at, double *ml, double *shade, tns_error *err)
{
    return tns_json_opt_number(at, "ml", 0, MOST, ml, err) &&
           tns_json_opt_number(at, "shade", 0, MOST, shade, err);
}

static bool get_now(const tns_json_at *record, tns_correct_record *out, tns_error *err)
{
    tns_json_at now, de00, nothing;
    return tns_json_get_object(record, "now", &now, err) &&
           tns_json_get_object(&now, "de00", &de00, err) &&
           tns_json_figures(&de00, 1000, out->illuminant, out->measured_de00, &out->viewing_count,
                            err) &&
           tns_json_get_object(&now, "nothing_added", &nothing, err) &&
           get_prediction(&nothing, out, &out->nothing, err) &&
           opt_volume(&now, &out->ml, &out->shade, err);
}

static bool get_addition(const tns_json_at *at, int place, const tns_correct_record *record,
                         tns_addition_record *out, tns_error *err)
{
    int rank = 0;
    tns_json_at list;
    if (!tns_json_expect_object(at, err) ||
        !tns_json_get_integer(at, "rank", place, place, &rank, err) ||
        !tns_json_get_list(at, "parts", TNS_PARTS_MAX, &list, &out->part_count, err))
        return false;
    for (size_t i = 0; i < out->part_count; i++) {
        tns_json_at item = tns_json_item(&list, i);
        if (!tns_json_get_part(&item, "pigment", &out->parts[i], err))
            return false;
    }
    return tns_json_get_integer(at, "drops", 0, UNITS_MAX, &out->units, err) &&
           tns_json_get_bool(at, "equally_good", &out->equally_good, err) &&
           opt_volume(at, &out->ml, &out->shade, err) && opt_odds(at, &out->odds, err) &&
           get_prediction(at, record, out, err);
}

/* They stand in the order of their ranks; a refused pot has none. */
static bool get_additions(const tns_json_at *record, tns_correct_record *out, tns_error *err)
{
    tns_json_at list;
    size_t count = 0;
    if (!tns_json_get_list(record, "additions", ADDITIONS_MAX, &list, &count, err))
        return false;
    out->additions = tns_record_array(&list, count, sizeof *out->additions, err);
    while (out->additions && out->addition_count < count) {
        tns_json_at item = tns_json_item(&list, out->addition_count);
        int place = (int)++out->addition_count;
        if (!get_addition(&item, place, out, &out->additions[place - 1], err))
            return false;
    }
    return out->additions != NULL;
}

static bool get_verdict(const tns_json_at *record, tns_correct_record *out, tns_error *err)
{
    static const char *const words[] = {"advised", "refused"};
    int status = 0;
    if (!tns_json_get_choice(record, "status", words, 2, &status, err) ||
        !tns_json_opt_text(record, "reason", out->reason, sizeof out->reason, err))
        return false;
    out->refused = status == 1;
    tns_json_at suspect = tns_json_member(record, "suspect");
    return !suspect.node ||
           (tns_json_expect_object(&suspect, err) &&
            tns_json_get_text(&suspect, "pigment", out->suspect, sizeof out->suspect, err) &&
            tns_json_get_number(&suspect, "amount", 0, MOST, &out->suspect_amount, err));
}

static bool get_search(const tns_json_at *record, tns_correct_record *out, tns_error *err)
{
    tns_json_at at;
    uint64_t pigments = 0;
    bool done = tns_json_get_object(record, "search", &at, err) &&
                tns_json_get_count(&at, "pigments", &pigments, err) &&
                tns_json_get_count(&at, "evaluated", &out->evaluated, err) &&
                tns_json_get_bool(&at, "exact", &out->exact, err);
    out->pigments = (size_t)pigments;
    return done;
}

static bool get_correct(const tns_json_at *at, void *record, tns_error *err)
{
    tns_correct_record *out = record;
    if (!tns_record_expect(at, "tonsure/correct/1", err))
        return false;
    tns_json_at measured = tns_json_member(at, "measured"), target = tns_json_member(at, "target");
    return tns_json_reading(&measured, &out->measured, err) &&
           tns_json_reading(&target, &out->target, err) &&
           tns_json_get_text(at, "palette", out->palette, sizeof out->palette, err) &&
           tns_json_get_surface(at, &out->surface, err) && tns_json_get_unit(at, &out->unit, err) &&
           tns_json_get_text(at, "answer", out->sentence, sizeof out->sentence, err) &&
           get_verdict(at, out, err) && get_recipe(at, out, err) && get_residual(at, out, err) &&
           get_now(at, out, err) && get_additions(at, out, err) &&
           tns_json_get_number(at, "margin", 0, MOST, &out->margin, err) &&
           get_search(at, out, err) &&
           tns_json_opt_left_out(at, &out->left_out, &out->left_out_count, err) &&
           tns_json_get_bool(at, "within_tolerance", &out->within_tolerance, err) &&
           tns_json_get_bool(at, "better_with_more", &out->better_with_more, err) &&
           tns_json_opt_bool(at, "thinner_is_nearer", &out->thinner_is_nearer, err) &&
           tns_json_opt_warnings(at, &out->warnings, err) &&
           tns_json_opt_error(at, &out->failure, err);
}

void tns_correct_record_destroy(tns_correct_record *record)
{
    if (!record)
        return;
    free(record->additions);
    free(record->left_out);
    free(record);
}

tns_correct_record *tns_correct_parse(const char *text, size_t length, const char *name,
                                      tns_error *err)
{
    tns_correct_record *out = tns_record_new(sizeof *out, name, err);
    if (out && tns_record_parse(text, length, name, get_correct, out, err))
        return out;
    tns_correct_record_destroy(out);
    return NULL;
}
