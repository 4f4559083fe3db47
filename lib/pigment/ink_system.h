/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All bands of a characterisation. After a first descent each band leans on its neighbours, where
 * log K and log S are smooth, no more than the samples leave open, and a sample whose residuals are
 * large in all bands together counts less.
 */
#ifndef PIGMENT_INK_SYSTEM_H
#define PIGMENT_INK_SYSTEM_H

#include <tonsure/context.h>

#include "pigment/band.h"

typedef struct tns_ink_system {
    int pigments, unit;
    size_t rows;
    tns_blend *blend; /* its weight is the sample's robust one; 0 when the sample is left out */
    bool *used;
    double (*backing)[TNS_BANDS]; /* as seen bare, a row */
    double (*seen)[TNS_BANDS];
    tns_band band[TNS_BANDS];
    double x[TNS_BANDS][TNS_BAND_PARAMETERS_MAX];
    double *covariance; /* of x for unit residuals: bands x parameters x parameters */
    double *leverage;   /* a row, mean over bands */
    double sigma;       /* of residuals over a reading's deviation */
    bool sigma_known;   /* false: the samples are too few to tell, and a usual figure stands */
    double *square;     /* of a residual of reflectance, a row and band */
    double *storage;
    tns_band_solver *solver;
} tns_ink_system;

/* Rows are to be filled in; every row is used until told otherwise. NULL when out of memory. */
tns_ink_system *tns_ink_system_create(size_t rows, int pigments, int unit);
void tns_ink_system_destroy(tns_ink_system *system);

/* A copy of the question, unsolved. */
tns_ink_system *tns_ink_system_copy(const tns_ink_system *system);

/* Takes the readings inside a surface; to be called before solving. */
void tns_ink_system_set_surface(tns_ink_system *system, tns_saunderson surface);

bool tns_ink_system_solve(tns_ink_system *system, const tns_context *context, tns_error *err);

/*
 * The same with k2 as one more unknown for all bands jointly: the descent of the bands is nested in
 * that of k2. *sd is k2's standard deviation.
 */
bool tns_ink_system_solve_k2(tns_ink_system *system, double *k2, double *sd,
                             const tns_context *context, tns_error *err);

tns_spectrum tns_ink_system_predict(const tns_ink_system *system, size_t row);

/* Root mean square over the bands of a row's residuals over a reading's deviation. */
double tns_ink_system_misfit(const tns_ink_system *system, size_t row);

/* Of residuals in neighbouring bands, 0..0.99. */
double tns_ink_system_correlation(const tns_ink_system *system);

#endif
