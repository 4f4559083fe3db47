/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Characterising: from measured samples of known mixtures to K and S of every pigment.
 *
 * Opaque samples alone give a relative scale (white S = 1); films over measured backings give an
 * absolute one, per unit of the amounts. Each band starts from linear least squares in K and S
 * (Walowit, McCarthy, Berns, Color Res. Appl. 12, 340 (1987)) with rows weighted by what the
 * reflectance tells, K and S >= 0. Then all bands are brought down together by Levenberg-Marquardt
 * on reflectance in log K and log S, with k2 if it is asked for. docs/fitting.md says what is taken
 * as given (smooth spectra but for edges), what is learned, and how well it does.
 */
#ifndef TONSURE_CHARACTERISE_H
#define TONSURE_CHARACTERISE_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/context.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/palette.h>
#include <tonsure/saunderson.h>
#include <tonsure/spectrum.h>
#include <tonsure/warnings.h>

TNS_BEGIN_DECLS

enum { TNS_FIT_PIGMENTS_MAX = 31 };

typedef enum tns_fit_kind {
    TNS_FIT_OPAQUE,
    TNS_FIT_FILM,
    TNS_FIT_BACKING /* no pigment at all: what a film may lie on */
} tns_fit_kind;

typedef struct tns_fit_sample {
    char id[64]; /* unique in its set */
    tns_fit_kind kind;
    size_t backing; /* of a film: the index of its bare backing */
    double amount[TNS_FIT_PIGMENTS_MAX];
    tns_spectrum measured;
    bool held_out;   /* takes no part in the fit */
    bool unreadable; /* held out, and what was read is no reflectance */
} tns_fit_sample;

typedef struct tns_sample_set {
    size_t pigment_count;
    char pigment[TNS_FIT_PIGMENTS_MAX][TNS_ID_SIZE];
    size_t count;
    tns_fit_sample *samples; /* owned by the set */
    char passed_over[112];   /* columns of its table that are none of these, for a warning */
} tns_sample_set;

/* NULL is taken. */
TNS_API void tns_sample_set_destroy(tns_sample_set *set);

typedef struct tns_fit_options {
    tns_saunderson surface; /* of the readings; k2 is the start when it is fitted */
    bool fit_k2;
    const char *white; /* opaque samples alone: whose S is 1; NULL = found by name or brightness */
    const char *name;  /* of the palette; NULL = "fitted" */
    tns_amount_basis basis;
    const char *load_unit; /* of films' amounts; NULL = "ul/cm2" */
    bool left_out_apart;   /* by the caller: where too few are there for folds, say nothing of it */
    double
        scatter; /* of each amount and of a film's thickness, relative, the same in all samples of
                    one mix: few samples do not show it, so that stated errors take it up; 0 */
} tns_fit_options;

/* How well one sample is predicted; dE00 under D65/10. */
typedef struct tns_fit_row {
    char id[64];
    bool held_out;
    double de00;     /* NaN: held out and unreadable, or with a pigment that was not fitted */
    double rmse;     /* of reflectance over the bands */
    double leverage; /* 0..1: how far the fit follows this sample alone; 0 when held out */
    double left_out; /* dE00 when its group was left out of the fit; NaN without groups */
} tns_fit_row;

/* Zeros when count is 0. */
typedef struct tns_fit_summary {
    size_t count;
    double mean, median, p95, max;
} tns_fit_summary;

typedef struct tns_fit {
    tns_palette *palette; /* owned by the fit */
    size_t count;
    tns_fit_row *rows; /* owned by the fit; backings have none */
    tns_fit_summary fitted;
    tns_fit_summary held_out; /* by name, or by leaving out one group after the other */
    int folds;                /* of the latter; 0 = by name or not at all */
    char white[TNS_ID_SIZE];  /* "" in an absolute palette */
    double k2_sd;             /* 0 = k2 was given */
    double noise, relative;   /* a reading's deviation: noise, and so much of R + 0.03 */
    double load_sd;           /* how far films' loads slip, relative; 0 = taken as stated */
    bool even_weights;        /* by R + 0.03 alone; left-out samples did not speak against it */
    tns_warnings warnings;
} tns_fit;

/*
 * Fits every pigment that a sample not held out contains. Left-out figures come from the samples
 * held out; with none, from five groups left out in turn where there are three different mixtures
 * a pigment or more (replicates stay together). NULL on failure: TNS_ERROR_USAGE for too few
 * samples, a pigment that is in none of them and a white nobody knows, TNS_ERROR_FORMAT where no
 * sample is left to fit, TNS_ERROR_NUMERIC, TNS_ERROR_CANCELLED.
 */
TNS_API tns_fit *tns_fit_solve(const tns_sample_set *set, const tns_fit_options *options,
                               const tns_context *context, tns_error *err);

/* NULL is taken. */
TNS_API void tns_fit_destroy(tns_fit *fit);

TNS_END_DECLS

#endif
