/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Learning: pigments that are known a little, moved by readings of mixes of them.
 *
 * log K and log S of every pigment in the mixes move along a few smooth curves over wavelength,
 *
 *     log K(l) = log K0(l) + sum_j t_j f_j(l),   f_0 = 1, f_1 = (l - 550 nm) / 100 nm,
 *
 * the others cosines, and t is the likeliest given the readings and the prior (MAP,
 * Levenberg-Marquardt). The prior is the palette's own: its deviations of K and S with their
 * correlation between bands, or where it has none its `uncertainty`; so one reading moves what is
 * well known little. A reading's covariance has the instrument's noise, a misfit of the model that
 * goes together over the bands, the scatter of the amounts, and what of the prior the curves leave
 * out. A reading may be a color alone.
 */
#ifndef TONSURE_LEARN_H
#define TONSURE_LEARN_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/characterise.h>
#include <tonsure/colorimetry.h>
#include <tonsure/context.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/palette.h>
#include <tonsure/spectrum.h>
#include <tonsure/warnings.h>

TNS_BEGIN_DECLS

enum { TNS_MIX_PARTS_MAX = 12, TNS_LEARN_CURVES_MAX = 8, TNS_LEARN_INKS_MAX = 24 };

/* A mix that was made and read. */
typedef struct tns_mix {
    char id[64];
    bool film;            /* else opaque */
    tns_spectrum backing; /* of a film, as seen bare */
    size_t part_count;
    int pigment[TNS_MIX_PARTS_MAX];   /* indices in the palette, diluents too */
    double amount[TNS_MIX_PARTS_MAX]; /* > 0; loads of a film, proportions when opaque */
    bool from_color;                  /* only `color` was read */
    tns_spectrum measured;
    tns_lab color;
    const tns_viewing *viewing; /* of that color; borrowed */
} tns_mix;

typedef struct tns_learn_options {
    int curves;       /* 1..TNS_LEARN_CURVES_MAX; 0 = 6; 2 = strength and slope alone */
    double strength;  /* prior deviation of log strength, K and S alike, beside the palette's own */
    double apart;     /* likewise of log S alone: how much it scatters for what it absorbs */
    double noise;     /* of one reading of reflectance; 0 = 0.002 */
    double color_sd;  /* of L*, a*, b* of a color read; 0 = 0.3 */
    double amount_cv; /* of each amount; 0 = 0.03 */
    bool whole;       /* nothing is left out in turn nor set aside: quick, for the evidence */
    bool refuse;      /* a pigment that the mixes contradict is an error, TNS_ERROR_WRONG_INK */
} tns_learn_options;

/* What was learned of a pigment. */
typedef struct tns_learned_ink {
    int pigment;
    size_t mixes; /* that hold it and were not set aside; 0 = it stays as it was */
    double K_factor[3], S_factor[3]; /* new over old at 450, 550, 650 nm */
    double K_sd, S_sd; /* relative, at 550 nm; 0 = it is fixed (S of a relative white) */
    double shift; /* how far it moved: root mean square in deviations of the prior; 1 is usual */
} tns_learned_ink;

/* dE00 under D65/10, of a color read under its own viewing. */
typedef struct tns_learned_mix {
    char id[64];
    tns_lab measured, before, after;
    double de00_before, de00_after;
    double de00_left_out; /* by what all other mixes teach */
    double misfit;        /* left out: root mean square of residual over deviation; 1 is usual */
    bool set_aside;       /* no amounts of these inks explain it: it has taught nothing */
} tns_learned_mix;

typedef struct tns_learned {
    tns_palette *palette; /* the prior's, with K, S and their deviations as learned; owned */
    size_t ink_count;
    tns_learned_ink ink[TNS_LEARN_INKS_MAX];
    size_t mix_count;
    tns_learned_mix *mixes;                  /* owned; in the order given */
    tns_fit_summary before, after, left_out; /* of the mixes not set aside */
    /* log of how likely the readings are under the prior (Laplace), but for a constant of the
       readings: between two priors, a difference of 4.6 is a hundred to one. */
    double evidence;
    tns_warnings warnings;
} tns_learned;

/*
 * The palette is left as it was. Fails with TNS_ERROR_USAGE on a mix that makes no sense (a part
 * twice, a film in a relative palette) and where K and S of all that was mixed are 0, with
 * TNS_ERROR_WRONG_INK as above, TNS_ERROR_CANCELLED.
 */
TNS_API tns_learned *tns_learn(const tns_palette *prior, const tns_mix *mixes, size_t count,
                               const tns_learn_options *options, const tns_context *context,
                               tns_error *err);

/* NULL is taken. */
TNS_API void tns_learned_destroy(tns_learned *learned);

TNS_END_DECLS

#endif
