/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "service/parts.h"

struct tns_correct_service {
    tns_reading measured, target;
    tns_surface surface;
    tns_viewing viewings[TNS_VIEWINGS_MAX];
    tns_viewing measured_viewing;
    double target_covariance[6], measured_covariance[6];
    tns_palette palette; /* with the drops asked for; else its pigments are NULL */
    int *pigments;
    tns_left_out *left_out;
    tns_pot_request request;
    tns_pot_correction *correction;
    tns_correct_answer answer;
    tns_warnings warnings;
};

/* ---- what is in the pot ---- */

static bool fill_parts(const tns_palette *palette, const double *amounts, tns_pot_request *out,
                       tns_error *err)
{
    for (size_t i = 0; i < palette->count; i++) {
        if (!(amounts[i] > 0))
            continue;
        if (out->part_count == TNS_PARTS_MAX)
            return tns_error_set(err, TNS_ERROR_USAGE, "recipe: expected at most %d parts",
                                 TNS_PARTS_MAX);
        out->parts[out->part_count] = (int)i;
        out->units[out->part_count++] = amounts[i];
    }
    return true;
}

static bool set_recipe(const tns_correct_order *order, tns_pot_request *out, tns_error *err)
{
    bool has_diluent;
    double *amounts = calloc(order->palette->count + 1, sizeof *amounts);
    if (!amounts)
        return tns_error_set(err, TNS_ERROR_MEMORY, "correct: out of memory");
    bool done = tns_recipe_parse(order->palette, order->recipe, amounts, &has_diluent, err) &&
                fill_parts(order->palette, amounts, out, err);
    free(amounts);
    return done;
}

/* ---- what was read, what was wanted ---- */

/* A color alone counts under the lamp it was read under, with the certainty it states. */
static bool set_color(tns_correct_service *s, tns_error *err)
{
    const tns_reading *r = &s->measured;
    const tns_uncertainty *u = &r->uncertainty;
    if (r->has_color && !tns_color_viewing(&r->color, &s->measured_viewing, err))
        return false;
    if (r->has_color)
        s->request.measured_viewing = &s->measured_viewing;
    if (r->has_uncertainty && u->k > 0)
        s->request.color_noise = (u->L + u->a + u->b) / (3 * u->k);
    return true;
}

static bool set_readings(const tns_correct_order *order, tns_correct_service *s, tns_error *err)
{
    s->measured = *order->measured;
    s->target = *order->target;
    tns_prior measured = tns_prior_on(order->surface, &s->measured);
    tns_prior target = tns_prior_on(order->surface, &s->target);
    if (!tns_reachable_spectrum(&s->measured, measured, &s->request.measured, &s->warnings, err)) {
        tns_error_prefix(err, "measured");
        return false;
    }
    if (!tns_reachable_spectrum(&s->target, target, &s->request.target, &s->warnings, err)) {
        tns_error_prefix(err, "target");
        return false;
    }
    tns_warn_of_reading(&s->warnings, "the reading of the pot", &s->measured);
    tns_warn_of_reading(&s->warnings, "the target", &s->target);
    if (s->request.target.reconstructed)
        tns_warn_of_estimate(&s->warnings, "the target", s->request.target.prior);
    s->request.noise = order->noise / 100;
    return !s->request.measured.reconstructed || set_color(s, err);
}

/* ---- what may be added ---- */

static bool is_asked_for(const tns_correct_order *order, const tns_left_out *only,
                         const tns_left_out *without, size_t i)
{
    return (!order->only || only[i].pigment[0]) && !without[i].pigment[0];
}

static void choose(const tns_correct_order *order, const tns_left_out *only,
                   const tns_left_out *without, tns_correct_service *s)
{
    const tns_palette *palette = order->palette;
    int diluent = tns_palette_diluent(palette);
    for (size_t i = 0; i < palette->count; i++) {
        tns_pigment_kind kind = palette->pigments[i].kind;
        if ((kind == TNS_PIGMENT || kind == TNS_PRESHADE) && is_asked_for(order, only, without, i))
            s->pigments[s->request.pigment_count++] = (int)i;
    }
    s->request.pigments = s->pigments;
    s->request.no_diluent = diluent < 0 || !is_asked_for(order, only, without, (size_t)diluent);
}

static bool set_pigments(const tns_correct_order *order, tns_correct_service *s, tns_error *err)
{
    const tns_palette *palette = order->palette;
    size_t n = palette->count;
    tns_left_out *only = calloc(2 * n + 1, sizeof *only), *without = only ? only + n : NULL;
    s->pigments = calloc(n + 1, sizeof *s->pigments);
    s->left_out = calloc(n + 1, sizeof *s->left_out);
    bool done = (only && s->pigments && s->left_out) ||
                tns_error_set(err, TNS_ERROR_MEMORY, "correct: out of memory");
    done = done && tns_pigments_mark(palette, "--only", order->only, only, NULL, err) &&
           tns_pigments_mark(palette, "--without", order->without, without, &s->warnings, err);
    if (done) {
        choose(order, only, without, s);
        s->answer.left_out_count =
            tns_left_out_list(palette, order->only ? only : NULL, without, s->left_out);
        tns_warn_of_silent(&s->warnings, palette, without, s->pigments, s->request.pigment_count);
    }
    free(only);
    return done;
}

/* What the odds know of the readings. A color's own error is in the fit of the pot already. */
static void set_errors(tns_correct_service *s)
{
    tns_pot_request *r = &s->request;
    if (tns_reading_covariance(&s->target, &r->target, &s->viewings[0], s->target_covariance))
        r->target_covariance = s->target_covariance;
    if (!r->measured.reconstructed &&
        tns_reading_covariance(&s->measured, &r->measured, &s->viewings[0], s->measured_covariance))
        r->measured_covariance = s->measured_covariance;
}

/* A pot is read while there is something to add to it. */
static bool check_surface(const char *surface, tns_error *err)
{
    return !tns_surface_is_healed(surface) ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "correct: nothing can be added when it has healed; name what the pot was "
                         "read on: opaque or film:BACKING,LOAD");
}

static bool prepare(const tns_correct_order *order, tns_correct_service *s, tns_error *err)
{
    tns_pot_request *r = &s->request;
    r->palette = order->drop_ml ? &s->palette : order->palette;
    r->surface = &s->surface;
    r->viewings = s->viewings;
    r->max_pigments = order->max_pigments;
    r->max_units = order->drops;
    r->top = order->top;
    r->tolerance = order->tolerance;
    r->max_shade = order->max_shade;
    r->never_darker = order->never_darker;
    const char *illuminants = order->illuminants ? order->illuminants : "D65,A,F11";
    return check_surface(order->surface, err) &&
           (!order->drop_ml ||
            tns_palette_with_drops(order->palette, order->drop_ml, &s->palette, err)) &&
           set_readings(order, s, err) && set_recipe(order, r, err) &&
           tns_unit_parse(order->unit, &r->unit, err) &&
           tns_surface_parse(order->surface, order->palette, &s->surface, &s->warnings, err) &&
           tns_viewings_parse(illuminants, s->viewings, TNS_VIEWINGS_MAX, &r->viewing_count, err) &&
           tns_weights_parse(order->weights, r->target.reconstructed, r->viewing_count, r->weights,
                             err) &&
           set_pigments(order, s, err);
}

tns_correct_service *tns_service_correct(const tns_correct_order *order, const tns_context *context,
                                         tns_error *err)
{
    tns_correct_service *service = calloc(1, sizeof *service);
    if (!service) {
        tns_error_set(err, TNS_ERROR_MEMORY, "correct: out of memory");
        return NULL;
    }
    bool ready = prepare(order, service, err);
    if (ready)
        set_errors(service);
    if (ready)
        service->correction = tns_pot_correct(&service->request, context, err);
    if (!service->correction) {
        tns_correct_service_destroy(service);
        return NULL;
    }
    tns_warn_all(&service->correction->warnings, &service->warnings);
    tns_correct_answer *answer = &service->answer;
    answer->measured = &service->measured;
    answer->target = &service->target;
    answer->request = &service->request;
    answer->correction = service->correction;
    answer->left_out = service->left_out;
    tns_correct_sentence(answer, answer->sentence, sizeof answer->sentence);
    return service;
}

const tns_correct_answer *tns_correct_service_answer(const tns_correct_service *service)
{
    return &service->answer;
}

void tns_correct_service_destroy(tns_correct_service *service)
{
    if (!service)
        return;
    tns_pot_correction_destroy(service->correction);
    free(service->palette.pigments);
    free(service->pigments);
    free(service->left_out);
    free(service);
}
