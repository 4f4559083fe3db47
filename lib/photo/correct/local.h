/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a correction leaves is alike for like colors: a camera's maker treats skin, foliage and sky
 * each in its own way. The residuals are interpolated between the patches by simple kriging
 * (Krige 1951; Rasmussen, Williams, Gaussian Processes for Machine Learning, 2006, ch. 2), so that
 * the correction bends a little toward what is known near a color and nowhere else.
 */
#ifndef PHOTO_CORRECT_LOCAL_H
#define PHOTO_CORRECT_LOCAL_H

#include "photo/correct/fit.h"

typedef struct tns_local {
    int n; /* 0: nothing is added anywhere */
    tns_lab at[TNS_FIT_PATCHES_MAX];
    bool is_anchor[TNS_FIT_PATCHES_MAX];
    double share[TNS_FIT_PATCHES_MAX][3]; /* of the residuals, in dE00 along the metric's axes */
    double root[TNS_FIT_PATCHES_MAX][TNS_FIT_PATCHES_MAX]; /* Cholesky's, of their covariance */
} tns_local;

/* Of what a correction leaves of `n` patches, and of anchors, that it was not fitted to. */
bool tns_local_make(const tns_correction *correction, const tns_fit_patch *patches, int n,
                    tns_local *out);

/* A color that the correction found, with what is left near it added. */
tns_lab tns_local_apply(const tns_local *local, tns_lab lab);

/*
 * How much of the residual's variance is not known at a color: 1.7 far from all patches, of which
 * 0.7 are a surface's own; next to an anchor little more than the anchor's.
 */
double tns_local_variance(const tns_local *local, tns_lab lab);

/*
 * What the others do not say of each patch: its residual less their guess at it (Dubrule, Math.
 * Geology 15, 687 (1983)), to be added to what was found, as all here.
 */
void tns_local_leave_out(const tns_local *local, double (*unsaid)[3]);

#endif
