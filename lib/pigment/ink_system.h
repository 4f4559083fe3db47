/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All bands of a characterisation together. log K and log S of a pigment are smooth from band to
 * band but for edges; a sample whose residuals are large in all bands together counts less; what a
 * reading scatters by is learned.
 */
#ifndef PIGMENT_INK_SYSTEM_H
#define PIGMENT_INK_SYSTEM_H

#include <tonsure/context.h>

#include "pigment/band.h"
#include "pigment/banded.h"

/* What a residual counts. */
typedef enum tns_fit_weights {
    TNS_WEIGHTS_LEARNED, /* by a reading's deviation, as the residuals show it */
    TNS_WEIGHTS_EVEN     /* by R + 0.03 alone: about the same for the eye at every lightness */
} tns_fit_weights;

typedef struct tns_ink_system {
    int pigments, unit;
    size_t rows;
    tns_blend *blend; /* its weight is the sample's robust one; 0 when the sample is left out */
    bool *used;
    double (*backing)[TNS_BANDS]; /* as seen bare, a row */
    double (*seen)[TNS_BANDS];
    double *storage; /* of the bands' rows */
    tns_band band[TNS_BANDS];
    bool fits_k2;
    tns_fit_weights weights;
    bool slips;     /* films' loads may be other than stated */
    double scatter; /* of amounts and loads, known beforehand; 0 = the samples show it */

    /* ---- the answer ---- */

    double x[TNS_BANDS][TNS_BAND_PARAMETERS_MAX];
    double (*predicted)[TNS_BANDS]; /* a row's reflectance at x */
    double noise, relative;         /* a reading's deviation: noise^2 + (relative (R + 0.03))^2 */
    double slip_sd;                 /* of the log of a film's load */
    /* Covariance of what the slips of two pigments' films have in common, which is in K and S. */
    double common[TNS_FIT_PIGMENTS_MAX][TNS_FIT_PIGMENTS_MAX];
    bool noise_known; /* false: the samples are too few to tell, and usual figures stand */
    double bend[TNS_BAND_PARAMETERS_MAX]; /* a parameter's usual second difference over the bands */
    double stiffness[TNS_BANDS][TNS_BAND_PARAMETERS_MAX]; /* 1 / its variance; 0 at the ends */
    tns_banded covariance;         /* of x, band by band, within two bands of each other */
    double (*leverage)[TNS_BANDS]; /* a row */
    double k2_variance;
    double spread[TNS_BANDS][TNS_BAND_PARAMETERS_MAX]; /* of errors, over what it says; >= 1 */
    double correlation; /* of errors in neighbouring bands, 0..0.99 */
    tns_band_solver *solver;
} tns_ink_system;

/* Rows are to be filled in; every row is used until told otherwise. NULL when out of memory. */
tns_ink_system *tns_ink_system_create(size_t rows, int pigments, int unit);
void tns_ink_system_destroy(tns_ink_system *system);

/* A copy of the question, with the answer to go on from; its covariance is left out. */
tns_ink_system *tns_ink_system_copy(const tns_ink_system *system);

/* Takes the readings inside a surface; to be called before solving. */
void tns_ink_system_set_surface(tns_ink_system *system, tns_saunderson surface);

/* With fits_k2, k2 is one more unknown of all bands, and the surface's is where it starts. */
bool tns_ink_system_solve(tns_ink_system *system, const tns_context *context, tns_error *err);

/* From an answer that stands, for other weights or with slips. */
bool tns_ink_system_solve_on(tns_ink_system *system, const tns_context *context, tns_error *err);

/*
 * For the rows that are used: x starts where the whole's answer stands, and nothing else of it is
 * kept. Fewer passes, since this is for judging alone.
 */
bool tns_ink_system_solve_part(tns_ink_system *part, tns_error *err);

/* Whether learned deviations are more than an instrument scatters. */
bool tns_ink_system_model_errs(const tns_ink_system *system);

/* What a row as stated reflects at x, whether or not it was there when x was found. */
tns_spectrum tns_ink_system_predict(const tns_ink_system *system, size_t row);

/* Root mean square over the bands of a row's residuals over a reading's deviation. */
double tns_ink_system_misfit(const tns_ink_system *system, size_t row);

/* Mean over bands. */
double tns_ink_system_leverage(const tns_ink_system *system, size_t row);

/* Of two parameters' errors, in bands at most two apart, the spread left aside. */
double tns_ink_system_covariance(const tns_ink_system *system, int band, int parameter,
                                 int other_band, int other_parameter);

/* ---- the parts of solving ---- */

/* Levenberg-Marquardt on all bands, at most so many steps. False when out of memory. */
bool tns_ink_system_descend(tns_ink_system *system, int steps);

/* Covariance and leverage at x. */
bool tns_ink_system_take_stock(tns_ink_system *system);

/* How x would err if each sample's residuals, all bands together, had the other sign or not. */
bool tns_ink_system_learn_spread(tns_ink_system *system);

/* Something mild to begin with; then how each parameter bends, from x and its covariance. */
void tns_ink_system_start_stiffness(tns_ink_system *system);
void tns_ink_system_learn_stiffness(tns_ink_system *system);

/* A reading's deviation from the residuals; a sample's weight. False when out of memory. */
bool tns_ink_system_learn_noise(tns_ink_system *system);
bool tns_ink_system_weigh(tns_ink_system *system);

/* Films' loads may slip from now on; then the likeliest slips. False when out of memory. */
void tns_ink_system_start_slips(tns_ink_system *system);
bool tns_ink_system_learn_slips(tns_ink_system *system);

/* The rows' scales for that deviation, at the reflectances predicted or as seen. */
void tns_ink_system_set_scales(tns_ink_system *system, bool predicted);

#endif
