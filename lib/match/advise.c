/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>

#include "match/advise.h"

/* Relative scatter of one drop that is poured. */
static const double DROP_SCATTER = 0.05;
/* Below a tenth no instrument tells two readings apart; half a dE00 is what the eye begins to. */
static const double LEAST_MARGIN = 0.1, MOST_MARGIN = 0.5;
/* A factor further from 1 than so many spreads is a miscount, which the next drops do not share. */
static const double STRENGTH_SPREADS = 3;
static const double MOST_ADDITIONS = 2e7;

typedef struct table {
    const tns_advice_job *job;
    tns_component *components; /* the problem's, and the diluent */
    tns_mix *units;
    tns_additions additions;
} table;

/* What one unit of a pigment is worth, judged by what is in the pot. */
static double strength(const tns_pot *pot, const double *factor, int pigment)
{
    for (int i = 0; i < pot->count; i++)
        if (pot->components[i].pigment == pigment)
            return fabs(factor[i] - 1) <= STRENGTH_SPREADS * pot->spread[i] ? factor[i] : 1;
    return 1;
}

/* The pot and the units for other factors. */
static void set_factors(table *t, const double *factor)
{
    const tns_pot *pot = t->job->pot;
    tns_pot_mix(pot, factor, &t->additions.pot);
    for (int c = 0; c < t->additions.count; c++) {
        const tns_component *one = &t->components[c];
        double share = strength(pot, factor, one->pigment);
        t->units[c].amount = share * one->amount;
        for (int b = 0; b < TNS_BANDS; b++) {
            t->units[c].K[b] = share * one->K[b];
            t->units[c].S[b] = share * one->S[b];
        }
    }
}

static void table_finish(table *t)
{
    free(t->components);
    free(t->units);
}

static bool table_init(table *t, const tns_advice_job *job, tns_error *err)
{
    const tns_problem *problem = job->problem;
    size_t n = problem->count;
    *t = (table){.job = job,
                 .components = calloc(n + 1, sizeof *t->components),
                 .units = calloc(n + 1, sizeof *t->units)};
    if (!t->components || !t->units) {
        table_finish(t);
        return tns_error_set(err, TNS_ERROR_MEMORY, "correct: no memory for %zu pigments", n);
    }
    memcpy(t->components, problem->components, n * sizeof *t->components);
    if (job->may_dilute)
        t->components[n] =
            tns_component_make(problem->palette, problem->diluent_index, problem->unit, NULL);
    t->additions = (tns_additions){.goal = &problem->goal,
                                   .units = t->units,
                                   .offset = job->offset,
                                   .count = (int)n + job->may_dilute,
                                   .colored = (int)n,
                                   .max_pigments = job->max_pigments,
                                   .max_units = problem->max_units};
    set_factors(t, job->effective->factor);
    return true;
}

static void mix_of(const table *t, const tns_pick *pick, const double *extra, tns_coefficients *out)
{
    double units[TNS_PARTS_MAX];
    for (int i = 0; i < pick->count; i++)
        units[i] = pick->units[i] + (extra ? extra[i] : 0);
    tns_additions_mix(&t->additions, pick->count, pick->component, units, out);
}

/* ---- the margin ---- */

static tns_lab lab_of(const table *t, const tns_pick *pick, const double *extra)
{
    tns_coefficients mix;
    const tns_goal *goal = &t->job->problem->goal;
    mix_of(t, pick, extra, &mix);
    tns_spectrum seen = tns_additions_seen(&t->additions, &mix);
    return tns_lab_from_spectrum(&seen, &goal->viewings[0]);
}

/* Columns of the lower root of the factors' covariance; false where it has none. */
static bool covariance_root(const tns_advice_job *job, double root[TNS_POT_MAX][TNS_POT_MAX])
{
    size_t n = (size_t)job->pot->count;
    gsl_matrix *c = gsl_matrix_alloc(n, n);
    if (!c)
        return false;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++)
            gsl_matrix_set(c, i, k, job->effective->covariance[i][k]);
    bool done = gsl_linalg_cholesky_decomp1(c) == GSL_SUCCESS;
    for (size_t i = 0; i < n && done; i++)
        for (size_t k = 0; k < n; k++)
            root[i][k] = k <= i ? gsl_matrix_get(c, i, k) : 0;
    gsl_matrix_free(c);
    return done;
}

/* What the uncertainty of the factors moves the colour by: squared dE00, one standard deviation. */
static double factors_variance(table *t, const tns_pick *pick, tns_lab still)
{
    double root[TNS_POT_MAX][TNS_POT_MAX], factor[TNS_POT_MAX], sum = 0;
    const tns_advice_job *job = t->job;
    if (!covariance_root(job, root))
        return MOST_MARGIN * MOST_MARGIN;
    for (int k = 0; k < job->pot->count; k++) {
        for (int i = 0; i < job->pot->count; i++)
            factor[i] = job->effective->factor[i] * exp(root[i][k]);
        set_factors(t, factor);
        double de = tns_de00(still, lab_of(t, pick, NULL));
        sum += de * de;
    }
    set_factors(t, job->effective->factor);
    return sum;
}

static double pouring_variance(const table *t, const tns_pick *pick, tns_lab still)
{
    double sum = 0;
    for (int i = 0; i < pick->count; i++) {
        double extra[TNS_PARTS_MAX] = {0};
        extra[i] = DROP_SCATTER * sqrt(pick->units[i]);
        double de = tns_de00(still, lab_of(t, pick, extra));
        sum += de * de;
    }
    return sum;
}

static double margin_of(table *t, const tns_pick *pick)
{
    tns_lab still = lab_of(t, pick, NULL);
    double sd = sqrt(factors_variance(t, pick, still) + pouring_variance(t, pick, still));
    return fmin(fmax(sd, LEAST_MARGIN), MOST_MARGIN);
}

/* ---- the list ---- */

static void fill_parts(const table *t, const tns_pick *pick, tns_pot_addition *out)
{
    const tns_pot *pot = t->job->pot;
    double whole = 0;
    for (int i = 0; i < pot->count; i++)
        whole += pot->units[i] * pot->components[i].amount;
    out->part_count = (size_t)pick->count;
    for (int i = 0; i < pick->count; i++) {
        const tns_component *c = &t->components[pick->component[i]];
        double units = pick->units[i];
        out->units += pick->units[i];
        out->parts[i] = (tns_recipe_part){c->pigment, pick->units[i], units * c->amount,
                                          units * c->ml, units * c->g};
        whole += out->parts[i].fraction;
    }
    for (int i = 0; i < pick->count; i++)
        out->parts[i].fraction /= whole;
}

static tns_pot_addition addition_of(const table *t, const tns_pick *pick)
{
    tns_pot_addition made = {.objective = pick->objective};
    tns_coefficients mix;
    const tns_goal *goal = &t->job->problem->goal;
    fill_parts(t, pick, &made);
    mix_of(t, pick, NULL, &mix);
    made.predicted = tns_additions_seen(&t->additions, &mix);
    for (size_t v = 0; v < goal->viewing_count; v++) {
        made.color[v] = tns_color_from_spectrum(&made.predicted, &goal->viewings[v]);
        made.de00[v] = tns_de00(goal->target[v], made.color[v].lab);
    }
    return made;
}

/* The list that has the best left, each read up to at[]; -1 = all are read. */
static int next_best(const tns_toplist *lists, const size_t *at, int totals, double enough)
{
    int best = -1;
    for (int t = 0; t < totals; t++) {
        if (at[t] == lists[t].count)
            continue;
        double here = lists[t].picks[at[t]].objective;
        if (here <= enough)
            return t; /* fewest units first */
        if (best < 0 || here < lists[best].picks[at[best]].objective)
            best = t;
    }
    return best;
}

/*
 * Each list holds as many as are asked for, best first, so what is merged of them is the head of
 * the whole order.
 */
static bool fill_list(table *t, const tns_toplist *lists, tns_pot_correction *out, tns_error *err)
{
    int totals = t->additions.max_units + 1;
    size_t *at = calloc((size_t)totals, sizeof *at);
    out->additions = calloc(t->job->top, sizeof *out->additions);
    if (!at || !out->additions) {
        free(at);
        return tns_error_set(err, TNS_ERROR_MEMORY, "correct: out of memory");
    }
    int total = next_best(lists, at, totals, -1);
    if (total < 0) {
        free(at);
        return tns_error_set(err, TNS_ERROR_NUMERIC, "correct: no addition has a colour");
    }
    const tns_pick *best = &lists[total].picks[0];
    out->margin = margin_of(t, best);
    double enough = best->objective + out->margin;
    for (int next; out->addition_count < t->job->top;) {
        if ((next = next_best(lists, at, totals, enough)) < 0)
            break;
        const tns_pick *pick = &lists[next].picks[at[next]++];
        tns_pot_addition *one = &out->additions[out->addition_count++];
        *one = addition_of(t, pick);
        one->equally_good = pick->objective <= enough;
    }
    const tns_pot_addition *first = &out->additions[0];
    double tolerance = t->job->problem->tolerance;
    out->nothing = addition_of(t, &lists[0].picks[0]);
    out->within_tolerance = first->de00[0] <= tolerance;
    out->better_with_more = !out->within_tolerance && total == t->additions.max_units;
    free(at);
    return true;
}

static bool search(table *t, const tns_context *context, tns_pot_correction *out, tns_error *err)
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
        if ((done = tns_toplist_init(&lists[ready], t->job->top, err)))
            ready++;
    done = done && tns_additions_search(&t->additions, context, lists, &out->evaluated, err) &&
           fill_list(t, lists, out, err);
    while (ready > 0)
        tns_toplist_finish(&lists[--ready]);
    free(lists);
    return done;
}

bool tns_advise(const tns_advice_job *job, const tns_context *context, tns_pot_correction *out,
                tns_error *err)
{
    table t;
    if (!table_init(&t, job, err))
        return false;
    bool done = search(&t, context, out, err);
    table_finish(&t);
    return done;
}

bool tns_advise_nothing(const tns_advice_job *job, tns_pot_correction *out, tns_error *err)
{
    table t;
    tns_coefficients mix;
    tns_pick nothing = {0};
    if (!table_init(&t, job, err))
        return false;
    mix_of(&t, &nothing, NULL, &mix);
    nothing.objective = tns_additions_value(&t.additions, &mix, INFINITY);
    out->nothing = addition_of(&t, &nothing);
    table_finish(&t);
    return true;
}
