/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One band of a characterisation: K and S of all pigments from what the samples reflect there.
 *
 * Parameters are log K of each pigment, then log S of each but the one whose S is the unit. Every
 * parameter has a prior, normal about `prior`; `strength` is the residuals' deviation over the
 * prior's own and is > 0, so that a parameter no sample knows of stays put.
 */
#ifndef PIGMENT_BAND_H
#define PIGMENT_BAND_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/characterise.h>

enum { TNS_BAND_PARAMETERS_MAX = 2 * TNS_FIT_PIGMENTS_MAX };

/* A sample's part that is the same in all bands. */
typedef struct tns_blend {
    bool film;
    int count; /* of pigments in it */
    int pigment[TNS_FIT_PIGMENTS_MAX];
    double amount[TNS_FIT_PIGMENTS_MAX]; /* shares of an opaque sample, loads of a film */
    double slip;   /* log of a film's load over the stated one; 0 = as stated */
    double weight; /* of its squared residual; 0 = left out */
} tns_blend;

typedef struct tns_band {
    int pigments;
    int unit; /* the pigment whose S is 1; -1 = none: absolute scale */
    size_t rows;
    const tns_blend *blend;
    double *seen;    /* measured reflectance, one a row */
    double *backing; /* of a film, inside the medium, one a row */
    double *scale;   /* 1 / a reading's deviation, one a row */
    tns_saunderson surface;
    double prior[TNS_BAND_PARAMETERS_MAX], strength[TNS_BAND_PARAMETERS_MAX];
} tns_band;

int tns_band_parameters(const tns_band *band);

/* The place of log S of a pigment; -1 for the unit's. */
int tns_band_scattering(const tns_band *band, int pigment);

/* K and S from the parameters. */
void tns_band_coefficients(const tns_band *band, const double *x, double *K, double *S);

/* What a blend reflects, its slip included. */
double tns_band_predict(const tns_band *band, size_t row, const double *K, const double *S);

/* A row's residual and its slopes, all times its scale and the root of its sample's weight. */
typedef struct tns_band_row {
    double residual, by_k2;
    int count;
    int place[TNS_BAND_PARAMETERS_MAX];
    double slope[TNS_BAND_PARAMETERS_MAX];
} tns_band_row;

/* False for a row that does not count. by_k2 takes two more predictions and is left 0 unasked. */
bool tns_band_linearize(const tns_band *band, size_t row, const double *K, const double *S,
                        bool with_k2, tns_band_row *out);

/* The sum of weighted squared residuals, priors left aside. */
double tns_band_cost(const tns_band *band, const double *x);

/* Parameters to start from: Walowit's least squares, or films scanned over S. False: no memory. */
bool tns_band_start(const tns_band *band, double *x);

/* Room for solving bands of one size; NULL when out of memory. */
typedef struct tns_band_solver tns_band_solver;
tns_band_solver *tns_band_solver_create(size_t rows, int parameters);
void tns_band_solver_destroy(tns_band_solver *solver);

/* Levenberg-Marquardt from x, at most so many steps; x is never made worse. */
void tns_band_solve(tns_band_solver *solver, const tns_band *band, int steps, double *x);

#endif
