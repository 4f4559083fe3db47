/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>

#include "base/sort.h"
#include "photo/correct/folds.h"
#include "photo/correct/strays.h"

enum { FOLDS_MOST = 36, FOLDS_OF_MANY = 24 };

/*
 * Beyond the patches residuals err by more than the kriging says, and so does the fit: with a patch
 * its two, four and six likest left out as well, real photos' bars hold 95 % by the square, and 94,
 * 93 and 91 % without it.
 */
static double beyond(double left)
{
    return left > 1 ? left * left : left;
}

double tns_variance_of(const tns_average *average, const tns_local *local, const double rgb[3],
                       tns_point at, tns_lab lab)
{
    const double patch = 1.7; /* what a patch's residual varies by, in the units of the kriging */
    double left = tns_local_variance(local, lab);
    return (patch * tns_average_variance(average, rgb, at.x, at.y) + 1) * beyond(left);
}

/* A set's patches without those of a fold. */
typedef struct kept_patches {
    tns_fit_problem problem;
    int from[TNS_FIT_PATCHES_MAX]; /* of the set */
    tns_fit_patch patch[3][TNS_FIT_PATCHES_MAX];
} kept_patches;

/* `left`: of those, too, none is taken; or NULL. */
static void keep(const tns_patch_set *set, const int *fold, int out, const bool *left,
                 kept_patches *kept)
{
    int editions = set->tells_edition ? 3 : 1, n = 0;
    for (int i = 0; i < set->n + set->anchors; i++) {
        if (i < set->n && ((out >= 0 && fold[i] == out) || (left && left[i])))
            continue;
        for (int e = 0; e < editions; e++)
            kept->patch[e][n] = set->patch[e][i];
        kept->from[n++] = i;
    }
    kept->problem = (tns_fit_problem){.n = n - set->anchors,
                                      .anchors = set->anchors,
                                      .is_linear = set->is_linear,
                                      .tells_edition = set->tells_edition,
                                      .patches = {kept->patch[0], kept->patch[1], kept->patch[2]}};
}

bool tns_fold_solve(const tns_patch_set *set, const int *fold, int out, const tns_solution *start,
                    tns_solution *solution, bool *strays, tns_error *err)
{
    bool left[TNS_FIT_PATCHES_MAX] = {false};
    kept_patches kept;
    int stray = 0;
    bool done = true;
    while (done && stray >= 0) {
        keep(set, fold, out, left, &kept);
        done = tns_solution_make(&kept.problem, start, solution, err);
        stray = -1;
        if (done && kept.problem.n > TNS_CALIBRATION_MIN_PATCHES)
            stray = tns_stray_find(&solution->average.fit[0], kept.patch[solution->edition]);
        if (stray >= 0)
            left[kept.from[stray]] = true;
    }
    if (strays)
        memcpy(strays, left, (size_t)set->n * sizeof *strays);
    return done;
}

static void predict(tns_calibration *c, const tns_patch_set *set, int i, const tns_solution *by)
{
    const tns_fit_patch *patch = &set->patch[0][i];
    const tns_correction *correction = &by->average.correction;
    int at = set->index[i];
    tns_lab lab =
        tns_local_apply(&by->local, tns_correction_lab(correction, patch->rgb, patch->x, patch->y));
    c->predicted[at] = lab;
    c->variance[at] =
        tns_variance_of(&by->average, &by->local, patch->rgb, (tns_point){patch->x, patch->y}, lab);
    /* Against the reference that is shown, whichever edition the fold took for the chart's. */
    c->de00[at] = tns_de00(c->chart.patch[at].reference, lab);
}

/* The matrix alone, which others fit: the figure to compare with. */
static void predict_plainly(const tns_patch_set *set, const int *fold, int out, tns_edition edition,
                            const tns_color_fit *start, double *de, tns_color_fit *fit)
{
    static const tns_model plain = {.degree = 1, .is_plain = true};
    kept_patches kept;
    keep(set, fold, out, set->is_stray, &kept);
    bool done =
        tns_color_fit_make(&plain, kept.problem.patches[edition], kept.problem.n, start, fit, NULL);
    for (int i = 0; i < set->n && done && out >= 0; i++)
        if (fold[i] == out) {
            const tns_fit_patch *p = &set->patch[edition][i];
            de[i] =
                tns_de00(p->reference, tns_correction_lab(&fit->correction, p->rgb, p->x, p->y));
        }
}

static bool is_skin(const char *name)
{
    return strcmp(name, "dark skin") == 0 || strcmp(name, "light skin") == 0;
}

/* Means over all patches of the set, and over the skin patches (NaN: there are none). */
static void means_of(const tns_calibration *c, const tns_patch_set *set, const double *de,
                     double *mean, double *skin)
{
    int skins = 0;
    *mean = *skin = 0;
    for (int i = 0; i < set->n; i++) {
        bool counts = is_skin(c->chart.patch[set->index[i]].name);
        if (set->is_stray[i])
            continue;
        *mean += de[i] / c->used_count;
        *skin += counts ? de[i] : 0;
        skins += counts;
    }
    *skin = skins ? *skin / skins : NAN;
}

static void summarise(tns_calibration *c, const tns_patch_set *set)
{
    double de[TNS_FIT_PATCHES_MAX];
    int n = 0;
    for (int i = 0; i < set->n; i++)
        de[i] = c->de00[set->index[i]];
    means_of(c, set, de, &c->loo_mean, &c->skin_de00);
    for (int i = 0; i < set->n; i++)
        if (!set->is_stray[i])
            de[n++] = de[i];
    tns_sort_numbers(de, (size_t)n);
    double at = 0.95 * (n - 1);
    int below = (int)at;
    c->loo_max = de[n - 1];
    c->loo_p95 = de[below] + (at - below) * (de[below + (below + 1 < n)] - de[below]);
}

static bool run_plainly(tns_calibration *c, const tns_patch_set *set, const int *fold, int folds,
                        tns_edition edition, tns_error *err)
{
    double de[TNS_FIT_PATCHES_MAX] = {0};
    tns_color_fit *fit = malloc(2 * sizeof *fit);
    if (!fit)
        return tns_error_set(err, TNS_ERROR_MEMORY, "photo: out of memory");
    predict_plainly(set, fold, -1, edition, NULL, de, &fit[0]);
    for (int k = 0; k < folds; k++)
        predict_plainly(set, fold, k, edition, &fit[0], de, &fit[1]);
    means_of(c, set, de, &c->plain_mean, &c->plain_skin);
    free(fit);
    return true;
}

bool tns_folds_run(tns_calibration *c, const tns_patch_set *set, const tns_solution *whole,
                   const tns_context *context, tns_error *err)
{
    int fold[TNS_FIT_PATCHES_MAX], n = c->used_count, next = 0;
    int folds = n > FOLDS_MOST ? FOLDS_OF_MANY : n;
    for (int i = 0; i < set->n; i++) /* each fold looks for strays anew */
        fold[i] = set->is_stray[i] ? -1 : next++ % folds;
    tns_solution *solution = malloc(sizeof *solution);
    bool done = solution || tns_error_set(err, TNS_ERROR_MEMORY, "photo: out of memory");
    for (int k = 0; k < folds && done; k++) {
        if (tns_context_cancelled(context))
            done = tns_error_set(err, TNS_ERROR_CANCELLED, "photo: cancelled");
        done = done && tns_fold_solve(set, fold, k, whole, solution, NULL, err);
        for (int i = 0; i < set->n && done; i++)
            if (fold[i] == k)
                predict(c, set, i, solution);
        tns_context_progress(context, 0.5 + 0.4 * k / folds, "correction");
    }
    free(solution);
    if (done)
        summarise(c, set);
    return done && run_plainly(c, set, fold, folds, whole->edition, err);
}
