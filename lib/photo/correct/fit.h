/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A correction fitted to patches by least squares, and what leaving each out would do to it. */
#ifndef PHOTO_CORRECT_FIT_H
#define PHOTO_CORRECT_FIT_H

#include <tonsure/chart.h>

#include "photo/correct/terms.h"

enum { TNS_FIT_PATCHES_MIN = 10, TNS_FIT_PATCHES_MAX = TNS_CHART_PATCHES_MAX + 16 };

typedef struct tns_color_fit {
    tns_model model;
    tns_correction correction;
    int n;           /* patches */
    double squares;  /* sum of squared residuals, in weighted dE00, without the priors' */
    double residual; /* standard deviation of one, which the priors are weighed against */
    double root[TNS_PARAMETERS_MAX][TNS_PARAMETERS_MAX]; /* Cholesky's, of the normal matrix */
} tns_color_fit;

/* The matrix alone, linear least squares near the references; n >= 3. */
bool tns_correction_linear(const tns_fit_patch *patches, int n, tns_correction *out);

/*
 * Levenberg and Marquardt's descent from `start`, a fit of nearly the same patches, or from the
 * matrix alone when it is NULL. Running out of steps does no harm: what is reached is a correction,
 * only not the best one.
 */
bool tns_color_fit_make(const tns_model *model, const tns_fit_patch *patches, int n,
                        const tns_color_fit *start, tns_color_fit *out, tns_error *err);

/*
 * What each patch's residual becomes when the patch is left out, to first order: (I - H)^-1 r with
 * H the patch's block of the hat matrix (Cook, Weisberg, Residuals and Influence in Regression,
 * 1982). In unweighted dE00 along the axes of the metric, found less reference; `plain`: r itself.
 */
void tns_color_fit_leave_out(const tns_color_fit *fit, const tns_fit_patch *patches,
                             double (*plain)[3], double (*left_out)[3]);

/*
 * Variance of the corrected color that comes from the fit alone, in dE00^2 averaged over the axes
 * and in units of a residual's.
 */
double tns_color_fit_variance(const tns_color_fit *fit, const double rgb[3], double x, double y);

#endif
