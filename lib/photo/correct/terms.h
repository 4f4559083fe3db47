/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The correction's parameters in a row, and how a color moves with each. */
#ifndef PHOTO_CORRECT_TERMS_H
#define PHOTO_CORRECT_TERMS_H

#include "photo/correct/correction.h"

/* A patch to fit to. Positions are in chart widths from the chart's middle, right and down. */
typedef struct tns_fit_patch {
    double rgb[3], x, y;
    tns_lab reference;
    double metric[3][3]; /* |metric d| = weight dE00 of a small difference d in Lab */
    double weight;
    bool is_anchor; /* a surface of the photo itself, read by an instrument */
    double noise;   /* variance of its color as known, in units of a chart patch's */
} tns_fit_patch;

/* What is fitted, and how freely. */
typedef struct tns_model {
    int degree;
    double ridge;   /* standard deviation of the terms beyond the matrix */
    bool is_linear; /* the light is linear already: no tone, no shoulder */
    bool is_plain;  /* the matrix alone, as most tools fit it */
    bool drifts;    /* with the light's color drifting over the chart, to see whether it does */
} tns_model;

enum { TNS_PARAMETERS_MAX = 9 + 3 * TNS_EXTRA_MAX + 14 };

/* The matrix and the terms beyond it, row by row; then those with a prior, see tns_parameter_prior.
 */
int tns_parameter_count(const tns_model *model);

/*
 * Standard deviation of the prior about zero, in the parameter's own unit; 0 = free.
 */
double tns_parameter_prior(const tns_model *model, int parameter);

void tns_parameters_get(const tns_model *model, const tns_correction *from, double *p);
void tns_parameters_set(const tns_model *model, const double *p, tns_correction *to);

/* Where in the row the slope of the light stands: x, then y; -1 in a plain model. */
int tns_slope_parameter(const tns_model *model);

/* Where the four drifts stand, red along x and y, then blue; for a model that drifts. */
int tns_drift_parameter(const tns_model *model);

/*
 * A patch's residual in weighted dE00 and, unless `rows` is NULL, its three rows of the Jacobian,
 * each of TNS_PARAMETERS_MAX.
 */
void tns_residual(const tns_model *model, const tns_correction *correction,
                  const tns_fit_patch *patch, double residual[3],
                  double rows[3][TNS_PARAMETERS_MAX]);

/* metric x dLab/dXYZ, XYZ over 100: from a step in XYZ to a step in the residual. */
void tns_metric_by_xyz(const tns_fit_patch *patch, const double xyz[3], double out[3][3]);

/* Linear light in the primaries of ITU-R BT.709. */
void tns_bt709(const double rgb[3], double out[3]);

/* The upper triangle W with |W d|^2 = dE00^2 of a small difference d from `lab`. */
void tns_color_metric(tns_lab lab, double metric[3][3]);

/*
 * A patch ready to fit to. Skin tones and neutrals weigh twice: they are what is to be read
 * afterwards.
 */
tns_fit_patch tns_fit_patch_make(const double rgb[3], double x, double y, tns_lab reference);

/* Makes it weigh `factor` of what it did. */
void tns_fit_patch_weigh(tns_fit_patch *patch, double factor);

/* What is to be read afterwards: skin tones, browns and neutrals. */
bool tns_is_skin_or_neutral(tns_lab lab);

#endif
