/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include <tonsure/colorimetry.h>

#include "color/numeric.h"
#include "pigment/fit_folds.h"
#include "pigment/fit_plan.h"

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
        out->de00 = known ? tns_fit_row_de00(system, row, viewing) : NAN;
        out->rmse = known ? row_rmse(system, row) : NAN;
        out->leverage = held_out ? 0 : tns_ink_system_leverage(system, row);
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

/* ---- the whole ---- */

/* With k2, unless the samples do not tell it. */
static bool solve(tns_ink_system *system, const tns_fit_options *options,
                  const tns_context *context, tns_fit *fit, tns_error *err)
{
    system->fits_k2 = options->fit_k2;
    if (!tns_ink_system_solve(system, context, err))
        return false;
    if (!options->fit_k2)
        return true;
    double sd = sqrt(system->k2_variance);
    if (system->noise_known && sd <= K2_SD_MOST)
        return true;
    if (system->noise_known)
        tns_warn(&fit->warnings,
                 "k2 cannot be told from these samples (%.2f, standard deviation %.2f): %.3f was "
                 "taken",
                 system->band[0].surface.k2, sd, options->surface.k2);
    else
        tns_warn(&fit->warnings, "k2 cannot be told from so few samples: %.3f was taken",
                 options->surface.k2);
    system->fits_k2 = false;
    tns_ink_system_set_surface(system, options->surface);
    return tns_ink_system_solve(system, context, err);
}

/* Another way of fitting, and whether it is taken unless it is worse, or only where it is better.
 */
typedef struct way {
    tns_fit_weights weights;
    bool slips, to_be_better;
} way;

static bool is_taken(const way *w, const tns_fit_folds *other, const tns_fit_folds *folds,
                     size_t rows)
{
    return w->to_be_better ? tns_fit_folds_worse(folds, other, rows)
                           : !tns_fit_folds_worse(other, folds, rows);
}

static bool try_way(const way *w, tns_ink_system **system, tns_fit_folds *folds,
                    const tns_viewing *viewing, const tns_context *context, tns_error *err)
{
    tns_fit_folds others;
    tns_ink_system *other = tns_ink_system_copy(*system);
    if (!other || !tns_fit_folds_init(&others, *system, err)) {
        tns_ink_system_destroy(other);
        return no_memory(err);
    }
    other->weights = w->weights;
    if (w->slips)
        tns_ink_system_start_slips(other);
    bool done = tns_ink_system_solve_on(other, context, err) &&
                tns_fit_folds_run(&others, other, viewing, context, err);
    if (done && is_taken(w, &others, folds, other->rows)) {
        tns_ink_system *before = *system;
        tns_fit_folds folds_before = *folds;
        *system = other;
        *folds = others;
        other = before;
        others = folds_before;
    }
    tns_ink_system_destroy(other);
    tns_fit_folds_finish(&others);
    return done;
}

static bool has_films(const tns_ink_system *system)
{
    for (size_t r = 0; r < system->rows; r++)
        if (system->blend[r].film)
            return true;
    return false;
}

/*
 * Weights by what readings scatter are best where the model is true. Where residuals are more than
 * an instrument scatters, the model errs, and weights even to the eye are taken unless left-out
 * samples are predicted worse; loads that slip, where they are predicted better: what slips explain
 * may be the model's own error, and then they lead astray.
 */
static bool choose_way(tns_ink_system **system, tns_fit_folds *folds, const tns_viewing *viewing,
                       const tns_context *context, tns_error *err)
{
    static const way even = {TNS_WEIGHTS_EVEN, false, false},
                     slips = {TNS_WEIGHTS_LEARNED, true, true};
    return try_way(&even, system, folds, viewing, context, err) &&
           (!has_films(*system) || try_way(&slips, system, folds, viewing, context, err));
}

static void keep_left_out(const tns_fit_folds *folds, tns_fit *fit)
{
    size_t row = 0;
    fit->folds = TNS_FIT_FOLDS;
    for (size_t i = 0; i < fit->count; i++)
        if (!fit->rows[i].held_out)
            fit->rows[i].left_out = folds->left_out[row++];
}

static bool judge_all(const tns_fit_plan *plan, const tns_ink_system *system,
                      const tns_fit_folds *folds, const tns_viewing *viewing, tns_fit *fit,
                      tns_error *err)
{
    tns_ink_system *others = tns_fit_plan_system(plan, true, err);
    if (!others)
        return false;
    tns_ink_system_set_surface(others, system->band[0].surface);
    memcpy(others->x, system->x, sizeof others->x);
    judge(plan, system, false, viewing, fit);
    judge(plan, others, true, viewing, fit);
    tns_ink_system_destroy(others);
    if (plan->held_out_count == 0 && folds->enough)
        keep_left_out(folds, fit);
    else if (plan->held_out_count == 0 && !plan->options->left_out_apart)
        tns_warn(&fit->warnings,
                 "%zu different mixtures of %d pigments are too few to leave some out: nothing "
                 "says how well unseen mixtures are predicted",
                 folds->groups, system->pigments);
    return summaries(fit, err);
}

/* What is solved goes into the fit. */
static bool report(const tns_fit_plan *plan, const tns_ink_system *system,
                   const tns_fit_folds *folds, const tns_viewing *viewing, tns_fit *fit,
                   tns_error *err)
{
    fit->palette = tns_fit_palette(plan, system, err);
    if (!fit->palette)
        return false;
    fit->noise = system->noise_known ? system->noise : 0;
    fit->relative = system->noise_known ? system->relative : 0;
    fit->load_sd = system->slips ? system->slip_sd : 0;
    fit->even_weights = system->weights == TNS_WEIGHTS_EVEN;
    if (system->fits_k2)
        fit->k2_sd = sqrt(system->k2_variance);
    if (!plan->absolute)
        snprintf(fit->white, sizeof fit->white, "%s", tns_fit_pigment(plan, plan->white));
    if (!judge_all(plan, system, folds, viewing, fit, err))
        return false;
    tns_fit_doubts(plan, system, fit);
    return true;
}

static bool solve_and_report(const tns_fit_plan *plan, tns_ink_system **system,
                             const tns_context *context, tns_fit *fit, tns_error *err)
{
    tns_viewing viewing;
    tns_fit_folds folds;
    if (!tns_viewing_find("D65/10", &viewing, err) ||
        !solve(*system, plan->options, context, fit, err) ||
        !tns_fit_folds_init(&folds, *system, err))
        return false;
    tns_context_progress(context, 0.4, "left out");
    bool errs = folds.enough && tns_ink_system_model_errs(*system), done = true;
    if (errs || (folds.enough && plan->held_out_count == 0))
        done = tns_fit_folds_run(&folds, *system, &viewing, context, err);
    if (errs)
        done = done && choose_way(system, &folds, &viewing, context, err);
    done = done && report(plan, *system, &folds, &viewing, fit, err);
    tns_fit_folds_finish(&folds);
    return done;
}

static bool fill_fit(const tns_fit_plan *plan, const tns_context *context, tns_fit *fit,
                     tns_error *err)
{
    fit->count = plan->kept_count + plan->held_out_count;
    fit->rows = calloc(fit->count, sizeof *fit->rows);
    if (!fit->rows)
        return no_memory(err);
    tns_ink_system *system = tns_fit_plan_system(plan, false, err);
    bool done = system && solve_and_report(plan, &system, context, fit, err);
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
