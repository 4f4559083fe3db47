/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patches left out in turn, and all that was chosen chosen anew without them. */
#ifndef PHOTO_CORRECT_FOLDS_H
#define PHOTO_CORRECT_FOLDS_H

#include "photo/correct/calibration.h"

/* The patches used, ready to fit to in each edition, and after them the anchors. */
typedef struct tns_patch_set {
    int n, anchors;
    bool is_linear, tells_edition;
    bool is_stray[TNS_FIT_PATCHES_MAX]; /* by the fit to all */
    int index[TNS_FIT_PATCHES_MAX];
    tns_fit_patch patch[3][TNS_FIT_PATCHES_MAX]; /* by tns_edition */
} tns_patch_set;

/*
 * The problem without the patches whose `fold` is `out` (-1: with all), and without those that
 * prove to be strays; which these are is kept in `strays`, unless that is NULL.
 */
bool tns_fold_solve(const tns_patch_set *set, const int *fold, int out, const tns_solution *start,
                    tns_solution *solution, bool *strays, tns_error *err);

/*
 * Fills predicted, variance and de00 of `calibration`, and its summary, for the patches of the set.
 * Patches of large charts go out a few at a time.
 */
bool tns_folds_run(tns_calibration *calibration, const tns_patch_set *set,
                   const tns_solution *whole, const tns_context *context, tns_error *err);

/* Of any mean of fits and what it leaves. */
double tns_variance_of(const tns_average *average, const tns_local *local, const double rgb[3],
                       tns_point at, tns_lab lab);

#endif
