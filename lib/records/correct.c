/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <tonsure/records.h>

#include "records/parts.h"

static const char *id_of(const tns_correct_answer *answer, int pigment)
{
    return answer->request->palette->pigments[pigment].id;
}

static tns_json *json_from_recipe(const tns_correct_answer *answer)
{
    const tns_pot_correction *c = answer->correction;
    tns_json *parts = tns_json_array();
    for (size_t i = 0; i < c->part_count; i++) {
        const tns_pot_part *part = &c->parts[i];
        tns_json *json = tns_json_object();
        tns_json_set_text(json, "pigment", id_of(answer, part->pigment));
        tns_json_set_number(json, "amount", tns_record_amount(part->nominal));
        tns_json_set_number(json, "effective", tns_record_amount(part->effective));
        tns_json_set_number(json, "factor", tns_record_color(part->factor));
        tns_json_set_number(json, "factor_sd", tns_record_color(part->factor_sd));
        tns_json_set_number(json, "spread", tns_record_color(part->spread));
        tns_json_append(parts, json);
    }
    return parts;
}

static tns_json *json_from_residual(const tns_pot_correction *c)
{
    const tns_pot_residual *r = &c->residual;
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "of", c->from_color ? "color" : "spectrum");
    tns_json_set_number(json, "rmse", tns_record_color(r->rmse));
    tns_json_set_number(json, "ratio", tns_record_amount(r->ratio));
    tns_json_set_number(json, "color_ratio", tns_record_amount(r->color_ratio));
    tns_json_set_number(json, "de00", tns_record_color(r->de00));
    if (c->from_color)
        return json;
    tns_json_set_number(json, "worst_nm", r->worst_nm);
    tns_json_set_number(json, "worst", tns_record_color(r->worst));
    tns_json_set_number(json, "expected", tns_record_color(r->expected));
    return json;
}

static tns_json *json_from_de00(const tns_correct_answer *answer, const double *de00)
{
    tns_json *json = tns_json_object();
    for (size_t i = 0; i < answer->request->viewing_count; i++)
        tns_json_set_number(json, answer->request->viewings[i].illuminant,
                            tns_record_color(de00[i]));
    return json;
}

static void set_prediction(tns_json *json, const tns_correct_answer *answer,
                           const tns_pot_addition *addition)
{
    tns_reading predicted = {.what = answer->target->what,
                             .source.kind = TNS_SOURCE_PREDICTED,
                             .has_spectrum = true,
                             .spectrum = addition->predicted,
                             .has_color = true,
                             .color = addition->color[0]};
    tns_json_set_number(json, "objective", tns_record_color(addition->objective));
    tns_json_set(json, "de00", json_from_de00(answer, addition->de00));
    tns_json_set(json, "predicted", tns_json_from_reading(&predicted));
}

static void set_odds(tns_json *json, const tns_pot_odds *odds)
{
    tns_json *by = tns_json_object();
    tns_json_set_number(json, "de00_p95", odds->de00_p95);
    tns_json_set_number(json, "p_within", odds->p_within);
    tns_json_set_number(json, "p_darker", odds->p_darker);
    tns_json_set_number(json, "p_better", odds->p_better);
    tns_json_set_number(by, "pot", tns_record_color(odds->by_pot));
    tns_json_set_number(by, "pouring", tns_record_color(odds->by_pouring));
    tns_json_set_number(by, "palette", tns_record_color(odds->by_palette));
    tns_json_set_number(by, "reading", tns_record_color(odds->by_reading));
    tns_json_set(json, "moved_by", by);
}

static void set_volume(tns_json *json, double ml, bool has_shade, double shade)
{
    tns_json_set_number(json, "ml", tns_record_amount(ml));
    if (has_shade)
        tns_json_set_number(json, "shade", tns_record_amount(shade));
}

/* Before: what the reading itself says, and what the model says of the pot as it is. */
static tns_json *json_from_now(const tns_correct_answer *answer)
{
    tns_json *json = tns_json_object();
    tns_json *nothing = tns_json_object();
    tns_json_set(json, "de00", json_from_de00(answer, answer->correction->measured_de00));
    set_prediction(nothing, answer, &answer->correction->nothing);
    tns_json_set(json, "nothing_added", nothing);
    set_volume(json, answer->correction->ml, answer->correction->has_shade,
               answer->correction->shade);
    return json;
}

static tns_json *json_from_addition(const tns_correct_answer *answer,
                                    const tns_pot_addition *addition, size_t rank)
{
    tns_json *json = tns_json_object();
    tns_json *parts = tns_json_array();
    for (size_t i = 0; i < addition->part_count; i++) {
        tns_json *part = tns_json_object();
        tns_json_set_text(part, "pigment", id_of(answer, addition->parts[i].pigment));
        tns_json_set_amounts(part, &addition->parts[i]);
        tns_json_append(parts, part);
    }
    tns_json_set_integer(json, "rank", (long long)rank);
    tns_json_set(json, "parts", parts);
    tns_json_set_integer(json, "drops", addition->units);
    tns_json_set_bool(json, "equally_good", addition->equally_good);
    set_volume(json, addition->ml, answer->correction->has_shade, addition->shade);
    set_prediction(json, answer, addition);
    set_odds(json, &addition->odds);
    return json;
}

static tns_json *json_from_search(const tns_pot_correction *c)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "pigments", (long long)c->pigments);
    tns_json_set_integer(json, "evaluated", (long long)c->evaluated);
    tns_json_set_bool(json, "exact", !c->refused);
    return json;
}

static void set_verdict(tns_json *record, const tns_correct_answer *answer)
{
    const tns_pot_correction *c = answer->correction;
    tns_json_set_text(record, "status", c->refused ? "refused" : "advised");
    tns_json_set_text_if(record, "reason", c->reason);
    if (c->suspect < 0)
        return;
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "pigment", id_of(answer, c->suspect));
    tns_json_set_number(json, "amount", tns_record_amount(c->suspect_units));
    tns_json_set(record, "suspect", json);
}

char *tns_correct_write(const tns_correct_answer *answer, const tns_error *failure)
{
    const tns_pot_correction *c = answer->correction;
    tns_json *record = tns_record("tonsure/correct/1");
    tns_json_set(record, "measured", tns_json_from_reading(answer->measured));
    tns_json_set(record, "target", tns_json_from_reading(answer->target));
    tns_json_set_text(record, "palette", answer->request->palette->name);
    tns_json_set(record, "surface",
                 tns_json_from_surface(answer->request->palette, answer->request->surface));
    tns_json_set(record, "unit", tns_json_from_unit(&answer->request->unit));
    tns_json_set_text(record, "answer", answer->sentence);
    set_verdict(record, answer);
    tns_json_set(record, "recipe", json_from_recipe(answer));
    tns_json_set(record, "residual", json_from_residual(c));
    tns_json_set(record, "now", json_from_now(answer));
    tns_json *additions = tns_json_array();
    for (size_t i = 0; i < c->addition_count; i++)
        tns_json_append(additions, json_from_addition(answer, &c->additions[i], i + 1));
    tns_json_set(record, "additions", additions);
    tns_json_set_number(record, "margin", tns_record_color(c->margin));
    tns_json_set(record, "search", json_from_search(c));
    tns_json_set(record, "left_out",
                 tns_json_from_left_out(answer->left_out, answer->left_out_count));
    tns_json_set_bool(record, "within_tolerance", c->within_tolerance);
    tns_json_set_bool(record, "better_with_more", c->better_with_more);
    tns_json_set_bool(record, "thinner_is_nearer", c->thinner_is_nearer);
    tns_json_set(record, "warnings", tns_json_from_warnings(&c->warnings));
    if (failure)
        tns_json_set(record, "error", tns_json_from_error(failure));
    return tns_record_finish(record);
}
