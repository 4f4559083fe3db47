/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/team.h"
#include "match/odds/choices.h"
#include "match/odds/doubt.h"
#include "match/odds/missing.h"
#include "match/odds/odds.h"

typedef struct appraisal {
    const tns_match_request *request;
    const tns_appraise_terms *terms;
    tns_match *match;
    tns_odds_job odds;
    atomic_bool failed; /* some recipe's odds, for want of memory */
} appraisal;

/* ---- odds ---- */

static void state_odds(void *user, tns_team *team, size_t i)
{
    (void)team;
    appraisal *a = user;
    tns_error why;
    if (!tns_odds_state(&a->odds, &a->match->recipes[i], &why))
        atomic_store(&a->failed, true);
}

static size_t most_parts(const tns_match *match)
{
    size_t most = 0;
    for (size_t i = 0; i < match->recipe_count; i++)
        most = match->recipes[i].part_count > most ? match->recipes[i].part_count : most;
    return most;
}

/* A thread takes longer to begin than the odds of a dozen recipes. */
static int useful_threads(const appraisal *a)
{
    int threads = a->request->threads ? a->request->threads : tns_team_cores();
    int most = 1 + (int)(a->match->recipe_count / 12);
    return threads < most ? threads : most;
}

static bool state_all_odds(appraisal *a, const tns_context *context, tns_error *err)
{
    if (!tns_odds_begin(&a->odds, a->request, a->terms, most_parts(a->match), err))
        return false;
    bool done =
        tns_team_run(useful_threads(a), a->match->recipe_count, state_odds, a, context, "odds") ||
        tns_error_set(err, TNS_ERROR_CANCELLED, "match: cancelled");
    return done && (!atomic_load(&a->failed) ||
                    tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for the odds"));
}

/* ---- what they know nothing of ---- */

static bool uses(const tns_match *match, int pigment)
{
    for (size_t i = 0; i < match->recipe_count; i++)
        for (size_t k = 0; k < match->recipes[i].part_count; k++)
            if (match->recipes[i].parts[k].pigment == pigment)
                return true;
    return false;
}

static void leave_out_pigments(const appraisal *a)
{
    char ids[TNS_WARNING_SIZE] = "";
    const tns_palette *palette = a->request->palette;
    for (size_t i = 0; i < palette->count; i++) {
        size_t used = strlen(ids);
        if (!tns_doubt_is_stated(&palette->pigments[i]) && uses(a->match, (int)i))
            snprintf(ids + used, sizeof ids - used, "%s%s", used ? ", " : "",
                     palette->pigments[i].id);
    }
    if (ids[0])
        tns_warn(&a->match->odds_leave_out, "how well K and S are known of %s", ids);
}

static void leave_out(const appraisal *a)
{
    tns_warnings *out = &a->match->odds_leave_out;
    *out = (tns_warnings){0};
    leave_out_pigments(a);
    if (!a->terms || !a->terms->target_covariance)
        tns_warn(out, "how well the target is known");
    tns_warn(out, "how true the mixing model is");
    if (a->request->surfaces[0].kind == TNS_SURFACE_HEALED)
        tns_warn(out, "how true what is assumed of the skin and its healing is");
    else if (a->request->surfaces[0].kind != TNS_SURFACE_OPAQUE)
        tns_warn(out, "how much ink is laid down, what it lies on, and healing");
}

/* ---- what is missing ---- */

/* Of the mean over the surfaces. */
static tns_lab seen(const appraisal *a, const double *K, const double *S)
{
    tns_spectrum mean = tns_panel_mean(&a->odds.panel, K, S);
    return tns_lab_from_spectrum(&mean, &a->request->viewings[0]);
}

/* One part of stock ink with so many parts of diluent by volume. */
static tns_lab seen_alone(const appraisal *a, int pigment, int shade)
{
    const tns_match_request *r = a->request;
    int water = tns_palette_diluent(r->palette);
    const tns_pigment *diluent = water < 0 ? NULL : &r->palette->pigments[water];
    tns_component one =
        tns_component_make(r->palette, pigment, (tns_unit){.kind = TNS_UNIT_DROP}, diluent);
    tns_mix mix;
    tns_coefficients c;
    tns_component_dilute(&one, diluent, shade, &mix);
    tns_mix_coefficients(&mix, &c);
    return seen(a, c.K, c.S);
}

static bool may_be_used(const tns_match_request *r, int pigment)
{
    tns_pigment_kind kind = r->palette->pigments[pigment].kind;
    for (size_t i = 0; r->pigments && i < r->pigment_count; i++)
        if (r->pigments[i] == pigment)
            return true;
    return !r->pigments && (kind == TNS_PIGMENT || kind == TNS_PRESHADE);
}

static tns_range range_of(const appraisal *a)
{
    static const double nothing[TNS_BANDS];
    const tns_match_request *r = a->request;
    tns_range range = {.darkest = INFINITY,
                       .lightest = -INFINITY,
                       .film = r->surfaces[0].kind != TNS_SURFACE_OPAQUE,
                       .healed = r->surfaces[0].kind == TNS_SURFACE_HEALED,
                       .max_shade = a->match->search.max_shade};
    for (int i = 0; i < (int)r->palette->count; i++) {
        if (!may_be_used(r, i))
            continue;
        double neat = seen_alone(a, i, 0).L, thin = seen_alone(a, i, range.max_shade).L;
        range.darkest = fmin(range.darkest, fmin(neat, thin));
        range.lightest = fmax(range.lightest, fmax(neat, thin));
    }
    if (range.film)
        range.bare = seen(a, nothing, nothing).L;
    return range;
}

/* The best real mixture; what is missing to 1 is diluent. */
static bool nearest_color(const appraisal *a, tns_lab *out, tns_error *err)
{
    const tns_blend *blend = &a->match->best_possible;
    const tns_palette *palette = a->request->palette;
    double K[TNS_BANDS], S[TNS_BANDS], rest = 1;
    double *amounts = calloc(palette->count + 1, sizeof *amounts);
    if (!amounts)
        return tns_error_set(err, TNS_ERROR_MEMORY, "match: no memory for %zu pigments",
                             palette->count);
    for (size_t i = 0; i < blend->part_count; i++)
        rest -= amounts[blend->pigment[i]] = blend->fraction[i];
    if (a->match->search.max_shade > 0)
        amounts[tns_palette_diluent(palette)] = fmax(rest, 0);
    bool done = tns_mixture_coefficients(palette, amounts, K, S, err);
    free(amounts);
    if (done)
        *out = seen(a, K, S);
    return done;
}

static bool find_missing(const appraisal *a, tns_error *err)
{
    tns_lab nearest;
    if (a->match->in_gamut)
        return true;
    if (!nearest_color(a, &nearest, err))
        return false;
    tns_range range = range_of(a);
    a->match->missing = tns_missing_make(a->odds.target, nearest, &range);
    return true;
}

bool tns_match_appraise(const tns_match_request *request, const tns_appraise_terms *terms,
                        const tns_context *context, tns_match *match, tns_error *err)
{
    appraisal a = {.request = request, .terms = terms, .match = match};
    match->tolerance = request->tolerance > 0 ? request->tolerance : TNS_DEFAULT_TOLERANCE;
    bool done = state_all_odds(&a, context, err) && find_missing(&a, err);
    tns_odds_finish(&a.odds);
    if (!done)
        return false;
    leave_out(&a);
    tns_choices_mark_distinct(match);
    tns_choices_make(match, request->viewing_count > 1 && !request->target.reconstructed);
    return true;
}
