/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include <tonsure/appraise.h>
#include <tonsure/difference.h>

#include "match/pot/additions.h"
#include "match/pot/advise.h"
#include "match/pot/advise_table.h"
#include "match/pot/expect.h"
#include "match/pot/spare.h"

/* An improvement of two standard deviations of the reading is one. */
static const double SIGNIFICANT = 2;
static const double MOST_ADDITIONS = 2e7;

/*
 * Of a pot that reads darker than the target nothing makes the color darker yet, unless it comes
 * nearer by more than the eye begins to see and the reading can be off by: water, or white, takes
 * little of it back. Pigment that is darker by itself has to earn it too.
 */
static void spare_a_dark_pot(tns_advise_table *t, const tns_pot_correction *c)
{
    const tns_pick nothing = {0};
    tns_lab now = c->nothing.color[0].lab;
    if (!(c->measured_color[0].lab.L < c->target_color[0].lab.L))
        return;
    double sd =
        sqrt(tns_advise_pot_variance(t, &nothing, now) + tns_advise_reading_variance(t, now));
    tns_spare_mark(t->job, t->additions.colored, t->components, t->dark);
    t->additions.dark = t->dark;
    t->additions.least_L = now.L;
    t->additions.worth = c->nothing.objective - fmax(SIGNIFICANT * sd, TNS_MOST_MARGIN);
}

/* ---- one addition ---- */

static void fill_parts(const tns_advise_table *t, const tns_pick *pick, tns_pot_addition *out)
{
    const tns_pot *pot = &t->job->pot;
    double whole = 0, pigment_ml = t->additions.pigment_ml, diluent_ml = t->additions.diluent_ml;
    for (int i = 0; i < pot->count; i++)
        whole += pot->units[i] * pot->components[i].amount;
    out->part_count = (size_t)pick->count;
    for (int i = 0; i < pick->count; i++) {
        const tns_component *c = &t->components[pick->component[i]];
        bool thins = pick->component[i] == t->additions.colored;
        double units = pick->units[i];
        out->units += pick->units[i];
        out->pigment_units += thins ? 0 : pick->units[i];
        *(thins ? &diluent_ml : &pigment_ml) += units * c->ml;
        out->parts[i] = (tns_recipe_part){c->pigment, pick->units[i], units * c->amount,
                                          units * c->ml, units * c->g};
        whole += out->parts[i].fraction;
    }
    for (int i = 0; i < pick->count; i++)
        out->parts[i].fraction /= whole;
    out->ml = pigment_ml + diluent_ml;
    out->shade = tns_pot_shade(diluent_ml, pigment_ml);
}

static tns_pot_addition addition_of(const tns_advise_table *t, const tns_pick *pick)
{
    tns_pot_addition made = {.objective = pick->objective};
    tns_coefficients mix;
    const tns_goal *goal = &t->job->problem.goal;
    fill_parts(t, pick, &made);
    tns_advise_mix(t, pick, NULL, &mix);
    made.predicted = tns_additions_seen(&t->additions, &mix);
    for (size_t v = 0; v < goal->viewing_count; v++) {
        made.color[v] = tns_color_from_spectrum(&made.predicted, &goal->viewings[v]);
        made.de00[v] = tns_de00(goal->target[v], made.color[v].lab);
    }
    return made;
}

/* Whatever is allowed: the pot as it is may be darker than that. */
static tns_pot_addition nothing_added(const tns_advise_table *t)
{
    tns_coefficients mix;
    tns_pick nothing = {0};
    tns_pot_addition made;
    tns_advise_mix(t, &nothing, NULL, &mix);
    made = addition_of(t, &nothing);
    for (size_t v = 0; v < t->job->problem.goal.viewing_count; v++)
        made.objective += t->job->problem.goal.weights[v] * made.de00[v] * made.de00[v];
    made.objective = sqrt(made.objective);
    return made;
}

/* ---- the list ---- */

/* Without its diluent, when that is as near as it need be. */
static tns_pick thinned_no_more_than_needed(const tns_advise_table *t, const tns_pick *pick,
                                            double enough)
{
    tns_coefficients mix;
    tns_pick plain = *pick;
    if (plain.count == 0 || plain.component[plain.count - 1] != t->additions.colored)
        return plain;
    plain.count--;
    tns_advise_mix(t, &plain, NULL, &mix);
    plain.objective = tns_additions_value(&t->additions, &mix, enough);
    return plain.objective <= enough ? plain : *pick;
}

/* The risky ones last, where the odds are known. */
static int compare_additions(const void *first, const void *second)
{
    const tns_pot_addition *a = first, *b = second;
    if (tns_spare_is_risky(a) != tns_spare_is_risky(b))
        return tns_spare_is_risky(a) ? 1 : -1;
    if (a->thins != b->thins)
        return a->thins ? -1 : 1;
    if (a->equally_good != b->equally_good)
        return a->equally_good ? -1 : 1;
    if (a->equally_good && a->pigment_units != b->pigment_units)
        return a->pigment_units - b->pigment_units;
    int order = (a->objective > b->objective) - (a->objective < b->objective);
    return order ? order : a->units - b->units;
}

static const tns_pick *best_of(const tns_toplist *lists, int totals)
{
    const tns_pick *best = NULL;
    for (int t = 0; t < totals; t++)
        if (lists[t].count > 0 && (!best || lists[t].picks[0].objective < best->objective))
            best = &lists[t].picks[0];
    return best;
}

static bool fail_empty(const tns_advise_table *t, tns_error *err)
{
    return t->job->problem.goal.never_darker
               ? tns_error_set(err, TNS_ERROR_NO_RECIPE,
                               "correct: nothing that may be added makes the pot as light as the "
                               "target")
               : tns_error_set(err, TNS_ERROR_NUMERIC, "correct: no addition has a color");
}

/* Whether the advised addition takes all that may be added of pigment, or of diluent. */
static void judge(const tns_advise_table *t, tns_pot_correction *out)
{
    const tns_pot_addition *best = &out->additions[0];
    const tns_additions *a = &t->additions;
    double added_ml = 0;
    int diluent = 0;
    for (size_t i = 0; i < best->part_count; i++)
        if (best->units > best->pigment_units && i + 1 == best->part_count)
            diluent = best->parts[i].units;
        else
            added_ml += best->parts[i].ml;
    bool missed = best->de00[0] > t->job->problem.tolerance;
    out->within_tolerance = !missed;
    out->better_with_more = missed && best->pigment_units == a->max_units;
    out->thinner_is_nearer = missed && a->count > a->colored &&
                             best->color[0].lab.L < out->target_color[0].lab.L &&
                             diluent == tns_additions_most_diluent(a, added_ml);
}

/* What the odds do not tell from the best: for a dark pot that is near enough for diluent alone. */
static double not_told_apart(const tns_advise_table *t, const tns_pick *best)
{
    tns_pot_addition one = addition_of(t, best);
    return t->additions.dark ? best->objective + tns_spare_scatter(t->job, &one) : 0;
}

/*
 * Each list holds as many as are asked for, best first, so what is merged of them is the head of
 * the whole order.
 */
static bool fill_list(tns_advise_table *t, const tns_toplist *lists, tns_pot_correction *out,
                      tns_error *err)
{
    int totals = t->additions.max_units + 1;
    const tns_pick *best = best_of(lists, totals);
    if (!best)
        return fail_empty(t, err);
    out->additions = calloc((size_t)totals * t->job->problem.top, sizeof *out->additions);
    if (!out->additions)
        return tns_error_set(err, TNS_ERROR_MEMORY, "correct: out of memory");
    out->margin = tns_advise_margin(t, best);
    double enough = best->objective + out->margin, told = not_told_apart(t, best);
    for (int n = 0; n < totals; n++)
        for (size_t i = 0; i < lists[n].count; i++) {
            tns_pick pick = thinned_no_more_than_needed(t, &lists[n].picks[i], enough);
            tns_pot_addition *one = &out->additions[out->addition_count++];
            *one = addition_of(t, &pick);
            one->equally_good = pick.objective <= enough;
            one->thins = one->part_count > 0 && one->pigment_units == 0 &&
                         (one->de00[0] <= t->job->problem.tolerance ||
                          (one->objective <= told && one->objective < out->nothing.objective));
        }
    qsort(out->additions, out->addition_count, sizeof *out->additions, compare_additions);
    if (out->addition_count > t->job->problem.top)
        out->addition_count = t->job->problem.top;
    judge(t, out);
    return true;
}

/* First without the pigments that are darker than a target the pot should be as light as; then
 * those with them that come nearer by more than the outcome scatters. */
static bool search_all(tns_advise_table *t, const tns_context *context, tns_toplist *lists,
                       tns_additions_tally *tally, tns_error *err)
{
    tns_additions *a = &t->additions;
    tns_additions_tally clean = {.withheld = INFINITY};
    if (a->dark) {
        if (!tns_additions_search(a, context, lists, &clean, err))
            return false;
        const tns_pick *best = best_of(lists, a->max_units + 1);
        tns_pot_addition one = best ? addition_of(t, best) : (tns_pot_addition){0};
        a->with_dark = true;
        a->dark_worth = best ? best->objective - tns_spare_scatter(t->job, &one) : INFINITY;
    }
    if (!tns_additions_search(a, context, lists, tally, err))
        return false;
    tally->evaluated += clean.evaluated;
    tally->withheld = fmin(tally->withheld, clean.withheld);
    return true;
}

static bool search(tns_advise_table *t, const tns_context *context, tns_additions_tally *tally,
                   tns_pot_correction *out, tns_error *err)
{
    size_t totals = (size_t)t->additions.max_units + 1, ready = 0;
    if (tns_additions_count(&t->additions) > MOST_ADDITIONS)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "correct: %.3g additions to try are more than %.0g; allow fewer "
                             "drops or pigments",
                             tns_additions_count(&t->additions), MOST_ADDITIONS);
    tns_toplist *lists = calloc(totals, sizeof *lists);
    bool done = lists || tns_error_set(err, TNS_ERROR_MEMORY, "correct: out of memory");
    while (done && ready < totals)
        if ((done = tns_toplist_init(&lists[ready], t->job->problem.top, err)))
            ready++;
    done = done && search_all(t, context, lists, tally, err) && fill_list(t, lists, out, err);
    if (done)
        out->evaluated += tally->evaluated;
    while (ready > 0)
        tns_toplist_finish(&lists[--ready]);
    free(lists);
    return done;
}

static void forget(tns_pot_correction *out)
{
    free(out->additions);
    out->additions = NULL;
    out->addition_count = 0;
}

static bool search_with_odds(tns_advise_table *t, const tns_context *context,
                             tns_additions_tally *tally, tns_pot_correction *out, tns_error *err)
{
    forget(out);
    bool done = search(t, context, tally, out, err);
    for (size_t i = 0; i < out->addition_count && done; i++)
        tns_expect(t->job, &out->additions[i]);
    return done;
}

/*
 * Of a pot that reads lighter than the target nothing is advised that by its odds is likelier than
 * not to be visibly darker: what is withheld begins at the target's L* and goes up from there. In
 * the end nothing is added.
 */
static bool spare_a_light_pot(tns_advise_table *t, const tns_context *context,
                              tns_additions_tally *tally, tns_pot_correction *out, tns_error *err)
{
    double as_it_is = out->nothing.color[0].lab.L;
    bool done = true;
    for (double L = out->target_color[0].lab.L;
         done && tns_spare_is_risky(&out->additions[0]) && L < as_it_is; L += TNS_DARKER_STEP) {
        t->additions.least_L = L;
        done = search_with_odds(t, context, tally, out, err);
    }
    if (!done)
        return false;
    qsort(out->additions, out->addition_count, sizeof *out->additions, compare_additions);
    judge(t, out);
    return true;
}

bool tns_advise(const tns_pot_job *job, const tns_context *context, tns_pot_correction *out,
                tns_error *err)
{
    tns_advise_table t;
    if (!tns_advise_table_init(&t, job, err))
        return false;
    out->nothing = nothing_added(&t);
    spare_a_dark_pot(&t, out);
    tns_additions_tally tally;
    bool dark = t.additions.dark != NULL, done = search_with_odds(&t, context, &tally, out, err);
    if (done && !dark)
        done = spare_a_light_pot(&t, context, &tally, out, err);
    if (done) {
        tns_spare_say(dark, tally.withheld, out);
        tns_spare_an_unclear_gain(job, out);
        judge(&t, out);
    }
    tns_advise_table_finish(&t);
    return done;
}

bool tns_advise_nothing(const tns_pot_job *job, tns_pot_correction *out, tns_error *err)
{
    tns_advise_table t;
    if (!tns_advise_table_init(&t, job, err))
        return false;
    out->nothing = nothing_added(&t);
    tns_advise_table_finish(&t);
    return true;
}
