/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What sets of mixtures look like, by vector code in single precision: the inner loops of the
 * search. Results are bounds, with what rounding may cost already added or stated; whoever needs
 * a value itself computes it in double precision elsewhere.
 *
 * A set of mixtures is given by inks (its corners), sums of units, whose convex hull it lies in.
 * Per band its reflectance cannot leave an interval:
 *   - R falls in K and rises in S, on every surface.
 *   - Along a ray K = q S the ink grows thicker and nothing else, and by the growth law
 *     dR/dX = S (R^2 - 2aR + 1) R moves to one side only: from the backing to the opaque layer.
 *   - K, S, and the ratio q have their extremes over a hull at its corners (q is
 *     linear-fractional, and so are K and S by amount).
 * So the brightest mixture is no brighter than the brighter end of the piece of the ray q = least
 * that lies in the box of K and S, and the darkest likewise on q = most. Opaque: q alone counts.
 *
 * Y/Yn, X/Xn - Y/Yn and Y/Yn - Z/Zn are sums over bands with signed weights, each an interval; the
 * inner function f of CIE L*a*b* rises and is concave, so that L*, a* and b* have their extremes at
 * ends of those.
 *
 * Rounding, in halves of the last place of 1 (e = 2^-24): sums of units are right to 24 e, their
 * ratio to 50 e, the opaque R to 60 e; a film, computed in double precision from such K and S, to
 * 48 e of 1, since |dR/dlnK| and |dR/dlnS| are below 1. Both are taken as 64 e. What lies above
 * multiplies that by at most 1/(1 - k2)/(1 - Rb). Sums over bands are right to 48 e, those over n
 * blended surfaces to n + 2 more.
 */
#ifndef MATCH_BOUND_SCREEN_H
#define MATCH_BOUND_SCREEN_H

#include <stdbool.h>

#include <tonsure/match.h>

#include "base/cpu.h"
#include "match/mixture.h"

enum {
    TNS_WIDE = 40, /* bands, rounded up to whole vectors; the rest weighs nothing */
    TNS_SCREEN_PARTS = TNS_PARTS_MAX + 1,
    TNS_LANES = 8 /* viewings, or mixtures of a row, side by side */
};

#define TNS_INK_ERROR 4e-6F
#define TNS_SUM_ERROR 3e-6F

/* For each surface of a blend, and two more. */
#define TNS_BLEND_ERROR 6e-8F

/* What the cube root and the last steps may be off, in L*, a*, b*. */
static const float TNS_LAST_STEPS[3] = {0.0005F, 0.002F, 0.001F};

/* A sum of units; per amount of liquid they are what a surface shows. */
typedef struct tns_ink {
    float K[TNS_WIDE], S[TNS_WIDE];
    float amount;
} tns_ink;

/* base + n unit */
typedef struct tns_corner {
    const tns_ink *base, *unit;
    float n;
} tns_corner;

typedef struct tns_screen_surface {
    bool opaque, bare;    /* bare: nothing above, no correction */
    float load[TNS_WIDE]; /* the same in all bands, but for a film that stands for others */
    float host_K[TNS_WIDE], host_S[TNS_WIDE], backing[TNS_WIDE];
    float c0[TNS_WIDE], c1[TNS_WIDE], c2[TNS_WIDE]; /* seen: c0 + c1 R / (1 - c2 R) */
    float share, step;                  /* the ink's R is right to so much of it, and to so much */
    const struct tns_screen_rest *rest; /* added to what is seen (rest.h); NULL = nothing is */
} tns_screen_surface;

/* What is seen as one: a surface, or several blended. */
typedef struct tns_screen_sight {
    int count;
    const tns_screen_surface *surfaces;
    const float *share; /* of each in the blend, their sum 1; NULL for one surface */
} tns_screen_sight;

/* Weights over the white: of X, Y, Z, and of the steps Y, X - Y, Y - Z. */
typedef struct tns_screen_eye {
    float xyz[TNS_VIEWINGS_MAX][3][TNS_WIDE];
    float step[TNS_VIEWINGS_MAX][3][TNS_WIDE];
    float size[TNS_VIEWINGS_MAX][3][TNS_WIDE]; /* of the steps, without sign */
    int viewings;
} tns_screen_eye;

/* L*, a*, b* under each viewing, from and to. */
typedef struct tns_screen_reach {
    float low[3][TNS_LANES], high[3][TNS_LANES];
} tns_screen_reach;

/* L*, a*, b* under one viewing of as many mixtures as there are lanes. */
typedef struct tns_screen_row {
    float lab[3][TNS_LANES];
} tns_screen_row;

/* As many mixtures as there are lanes: of each ink so much in each. */
typedef struct tns_screen_parts {
    int count; /* 1..TNS_SCREEN_PARTS */
    const tns_ink *ink[TNS_SCREEN_PARTS];
    float amount[TNS_SCREEN_PARTS][TNS_LANES];
} tns_screen_parts;

/* The films at corners, and what they span by band. */
enum { TNS_FILMS_MAX = 64 };
typedef struct tns_screen_films {
    int count; /* 0 = not filled in: too many; of an opaque layer only R_low and R_high are */
    float K[TNS_FILMS_MAX][TNS_WIDE], S[TNS_FILMS_MAX][TNS_WIDE];
    float K_low[TNS_WIDE], K_high[TNS_WIDE], S_low[TNS_WIDE], S_high[TNS_WIDE];
    float q_low[TNS_WIDE], q_high[TNS_WIDE];  /* of K/S */
    float R_low[TNS_WIDE], R_high[TNS_WIDE];  /* as seen, with what rounding may cost their sums */
    float rest[TNS_WIDE], rest_off[TNS_WIDE]; /* the rest's middle, and how far it is off that */
} tns_screen_films;

typedef struct tns_screen_kernels {
    /* out = a + n b + c */
    void (*add)(tns_ink *out, const tns_ink *a, int n, const tns_ink *b, const tns_ink *c);
    /* Bounds on all mixtures of the corners, count >= 1; `films` may be NULL, and are filled in of
       one surface alone. */
    void (*reach)(const tns_screen_sight *sight, const tns_screen_eye *eye,
                  const tns_corner *corners, int count, tns_screen_films *films,
                  tns_screen_reach *out);
    /* Colors of single mixtures, under each viewing; right to tns_screen_row_error. */
    void (*row)(const tns_screen_sight *sight, const tns_screen_eye *eye,
                const tns_screen_parts *mixtures, tns_screen_row *out);
} tns_screen_kernels;

TNS_KERNELS_DECLARE(tns_screen_kernels, tns_screen_kernels);

void tns_screen_surface_set(tns_screen_surface *out, const tns_surface *surface);
void tns_screen_eye_add(tns_screen_eye *eye, const tns_viewing *viewing);

/* How far L*, a*, b* of a row may be off. */
void tns_screen_row_error(const tns_screen_sight *sight, double out[3]);

void tns_ink_set(tns_ink *ink, const tns_mix *mix);

#endif
