/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include <tonsure/colorimetry.h>
#include <tonsure/difference.h>

#include "color/numeric.h"
#include "pigment/fit_plan.h"

enum { FOLDS = 5, GROUPS_LEAST = 10, GROUPS_A_PIGMENT = 3 };

/* A k2 known no better than this is not known: theory and practice lie between 0.4 and 0.65. */
static const double K2_SD_MOST = 0.1;

void tns_sample_set_destroy(tns_sample_set *set)
{
    if (!set)
        return;
    free(set->samples);
    free(set);
}

void tns_fit_destroy(tns_fit *fit)
{
    if (!fit)
        return;
    tns_palette_destroy(fit->palette);
    free(fit->rows);
    free(fit);
}

static bool no_memory(tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_MEMORY, "fit: out of memory");
}

/* ---- how well rows are predicted ---- */

static double row_de00(const tns_ink_system *system, size_t row, const tns_viewing *viewing)
{
    tns_spectrum seen = tns_spectrum_constant(0), predicted = tns_ink_system_predict(system, row);
    memcpy(seen.value, system->seen[row], sizeof seen.value);
    return tns_de00(tns_lab_from_spectrum(&seen, viewing),
                    tns_lab_from_spectrum(&predicted, viewing));
}

static double row_rmse(const tns_ink_system *system, size_t row)
{
    tns_spectrum predicted = tns_ink_system_predict(system, row);
    double sum = 0;
    for (int b = 0; b < TNS_BANDS; b++) {
        double e = predicted.value[b] - system->seen[row][b];
        sum += e * e;
    }
    return sqrt(sum / TNS_BANDS);
}

static void judge(const tns_fit_plan *plan, const tns_ink_system *system, bool held_out,
                  const tns_viewing *viewing, tns_fit *fit)
{
    size_t row = 0, at = 0;
    for (size_t i = 0; i < plan->set->count; i++) {
        const tns_fit_sample *sample = &plan->set->samples[i];
        if (sample->kind == TNS_FIT_BACKING)
            continue;
        tns_fit_row *out = &fit->rows[at++];
        if (sample->held_out != held_out)
            continue;
        bool known = tns_fit_plan_has(plan, sample, held_out);
        snprintf(out->id, sizeof out->id, "%s", sample->id);
        out->held_out = held_out;
        out->de00 = known ? row_de00(system, row, viewing) : NAN;
        out->rmse = known ? row_rmse(system, row) : NAN;
        out->leverage = held_out ? 0 : system->leverage[row];
        out->left_out = NAN;
        row += known;
    }
}

static tns_fit_summary summarize(double *values, size_t count)
{
    tns_fit_summary out = {.count = count};
    if (count == 0)
        return out;
    gsl_sort(values, 1, count);
    out.mean = gsl_stats_mean(values, 1, count);
    out.median = gsl_stats_median_from_sorted_data(values, 1, count);
    out.p95 = gsl_stats_quantile_from_sorted_data(values, 1, count, 0.95);
    out.max = values[count - 1];
    return out;
}

static bool summaries(tns_fit *fit, tns_error *err)
{
    double *values = calloc(fit->count + 1, sizeof *values);
    if (!values)
        return no_memory(err);
    size_t n = 0;
    for (size_t i = 0; i < fit->count; i++)
        if (!fit->rows[i].held_out)
            values[n++] = fit->rows[i].de00;
    fit->fitted = summarize(values, n);
    n = 0;
    for (size_t i = 0; i < fit->count; i++) {
        double de = fit->folds > 0          ? fit->rows[i].left_out
                    : fit->rows[i].held_out ? fit->rows[i].de00
                                            : NAN;
        if (!isnan(de))
            values[n++] = de;
    }
    fit->held_out = summarize(values, n);
    free(values);
    return true;
}

/* ---- leaving groups out ---- */

/* The same mix, over whatever backing. */
static bool same_blend(const tns_blend *a, const tns_blend *b)
{
    if (a->film != b->film || a->count != b->count)
        return false;
    for (int i = 0; i < a->count; i++)
        if (a->pigment[i] != b->pigment[i] ||
            fabs(a->amount[i] - b->amount[i]) > 1e-6 * fabs(a->amount[i]))
            return false;
    return true;
}

/* The group of each row, numbered as they appear; how many there are. */
static size_t group_rows(const tns_ink_system *system, size_t *group)
{
    size_t groups = 0;
    for (size_t r = 0; r < system->rows; r++) {
        size_t other = 0;
        while (other < r && !same_blend(&system->blend[other], &system->blend[r]))
            other++;
        group[r] = other < r ? group[other] : groups++;
    }
    return groups;
}

/* Whether every pigment of a row is in a row that is used. */
static bool is_known(const tns_ink_system *system, size_t row)
{
    bool known[TNS_FIT_PIGMENTS_MAX] = {false};
    for (size_t r = 0; r < system->rows; r++)
        for (int i = 0; system->used[r] && i < system->blend[r].count; i++)
            known[system->blend[r].pigment[i]] = true;
    for (int i = 0; i < system->blend[row].count; i++)
        if (!known[system->blend[row].pigment[i]])
            return false;
    return true;
}

static bool solve_fold(const tns_ink_system *system, const size_t *group, size_t fold,
                       const tns_viewing *viewing, const tns_context *context, double *left_out,
                       tns_error *err)
{
    tns_ink_system *part = tns_ink_system_copy(system);
    if (!part)
        return no_memory(err);
    for (size_t r = 0; r < part->rows; r++)
        part->used[r] = group[r] % FOLDS != fold;
    bool done = tns_ink_system_solve(part, context, err);
    for (size_t r = 0; done && r < part->rows; r++)
        if (!part->used[r] && is_known(part, r))
            left_out[r] = row_de00(part, r, viewing);
    tns_ink_system_destroy(part);
    return done;
}

static void keep_left_out(const double *left_out, tns_fit *fit)
{
    size_t row = 0;
    for (size_t i = 0; i < fit->count; i++)
        if (!fit->rows[i].held_out)
            fit->rows[i].left_out = left_out[row++];
}

static bool leave_groups_out(const tns_ink_system *system, const tns_viewing *viewing,
                             const tns_context *context, tns_fit *fit, tns_error *err)
{
    size_t *group = calloc(system->rows, sizeof *group);
    double *left_out = calloc(system->rows, sizeof *left_out);
    bool done = group && left_out;
    size_t groups = done ? group_rows(system, group) : 0;
    bool enough = groups >= GROUPS_LEAST && groups >= GROUPS_A_PIGMENT * (size_t)system->pigments;
    for (size_t r = 0; done && r < system->rows; r++)
        left_out[r] = NAN;
    if (!done)
        no_memory(err);
    for (size_t fold = 0; done && enough && fold < FOLDS; fold++) {
        tns_context_progress(context, (1 + (double)fold) / (1 + FOLDS), "left out");
        done = solve_fold(system, group, fold, viewing, context, left_out, err);
    }
    if (done && enough) {
        fit->folds = FOLDS;
        keep_left_out(left_out, fit);
    } else if (done) {
        tns_warn(&fit->warnings,
                 "%zu different mixtures of %d pigments are too few to leave some out: nothing "
                 "says how well unseen mixtures are predicted",
                 groups, system->pigments);
    }
    free(group);
    free(left_out);
    return done;
}

/* ---- the whole ---- */

static bool solve(tns_ink_system *system, const tns_fit_options *options,
                  const tns_context *context, tns_fit *fit, tns_error *err)
{
    tns_saunderson surface = options->surface;
    if (!options->fit_k2)
        return tns_ink_system_solve(system, context, err);
    if (!tns_ink_system_solve_k2(system, &surface.k2, &fit->k2_sd, context, err))
        return false;
    if (fit->k2_sd <= K2_SD_MOST)
        return true;
    tns_warn(&fit->warnings,
             "k2 cannot be told from these samples (%.2f, standard deviation %.2f): %.3f was taken",
             surface.k2, fit->k2_sd, options->surface.k2);
    fit->k2_sd = 0;
    tns_ink_system_set_surface(system, options->surface);
    return tns_ink_system_solve(system, context, err);
}

static bool judge_all(const tns_fit_plan *plan, const tns_ink_system *system,
                      const tns_context *context, tns_fit *fit, tns_error *err)
{
    tns_viewing viewing;
    tns_ink_system *others = tns_fit_plan_system(plan, true, err);
    bool done = others && tns_viewing_find("D65/10", &viewing, err);
    if (done) {
        tns_ink_system_set_surface(others, system->band[0].surface);
        memcpy(others->x, system->x, sizeof others->x);
        judge(plan, system, false, &viewing, fit);
        judge(plan, others, true, &viewing, fit);
    }
    done =
        done && (plan->held_out_count > 0 || leave_groups_out(system, &viewing, context, fit, err));
    tns_ink_system_destroy(others);
    return done && summaries(fit, err);
}

static bool fill_fit(const tns_fit_plan *plan, const tns_context *context, tns_fit *fit,
                     tns_error *err)
{
    fit->count = plan->kept_count + plan->held_out_count;
    fit->rows = calloc(fit->count, sizeof *fit->rows);
    if (!fit->rows)
        return no_memory(err);
    tns_ink_system *system = tns_fit_plan_system(plan, false, err);
    bool done = system && solve(system, plan->options, context, fit, err) &&
                (fit->palette = tns_fit_palette(plan, system, err)) != NULL;
    if (done) {
        fit->noise = system->sigma_known ? system->band[0].noise * system->sigma : 0;
        fit->relative = system->sigma_known ? system->band[0].relative * system->sigma : 0;
        if (!plan->absolute)
            snprintf(fit->white, sizeof fit->white, "%s", tns_fit_pigment(plan, plan->white));
        done = judge_all(plan, system, context, fit, err);
    }
    if (done)
        tns_fit_doubts(plan, system, fit);
    tns_ink_system_destroy(system);
    return done;
}

tns_fit *tns_fit_solve(const tns_sample_set *set, const tns_fit_options *options,
                       const tns_context *context, tns_error *err)
{
    tns_fit_plan plan;
    tns_numeric_init();
    if (!tns_fit_plan_make(set, options, &plan, err))
        return NULL;
    tns_fit *fit = calloc(1, sizeof *fit);
    if (!fit) {
        no_memory(err);
        return NULL;
    }
    if (fill_fit(&plan, context, fit, err))
        return fit;
    tns_fit_destroy(fit);
    return NULL;
}
