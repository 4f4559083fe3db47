/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A zone: what an area will look like at talking distance when dots of one color stand on skin so
 * many to the cm2, or how many match the tone of another area, the donor zone say. The color of a
 * dot and the tone of an area are different targets: this never turns the one into the other.
 */
#ifndef TONSURE_ZONE_H
#define TONSURE_ZONE_H

#include <stdbool.h>

#include <tonsure/colorimetry.h>
#include <tonsure/dots.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/reading.h>
#include <tonsure/spectrum.h>

TNS_BEGIN_DECLS

/* What was read, and how well that is known under D65/10: LL, La, Lb, aa, ab, bb of one standard
   deviation; all 0 = exactly. */
typedef struct tns_zone_color {
    tns_spectrum spectrum;
    double covariance[6];
} tns_zone_color;

typedef struct tns_zone_request {
    tns_zone_color dot, skin; /* one dot alone; the bare skin between dots */
    bool has_target;
    tns_zone_color target; /* the mean of an area */
    tns_dots_order order;
    double per_cm2;         /* 0 = sought, then there is a target */
    double diameter_mm;     /* healed; 0 = sought; not both */
    double diameter_spread; /* of what is given: one standard deviation, relative */
    double n, n_least, n_most;
} tns_zone_request;

typedef enum tns_zone_reach {
    TNS_ZONE_GIVEN,   /* nothing was sought */
    TNS_ZONE_REACHED, /* there are dots that give the target's L* */
    TNS_ZONE_LIGHTER, /* the target is lighter than the bare skin: dots only darken */
    TNS_ZONE_DARKER,  /* the target is darker than the dot itself */
    TNS_ZONE_PALE     /* the dot is no darker than the skin: no number of them darkens it */
} tns_zone_reach;

/* "given", "reached", "lighter-than-skin", "darker-than-dots", "dots-not-darker". */
TNS_API const char *tns_zone_reach_name(tns_zone_reach reach);

/* Dots, what they cover and the area they make, D65/10. */
typedef struct tns_zone_dots {
    double n, per_cm2, diameter_mm, coverage;
    tns_lab area;
    double de00_to_skin;
    double de00_to_target; /* 0 without one */
} tns_zone_dots;

/* 95 % of what is not known: the readings, n evenly over its range, the dots' width. */
typedef struct tns_zone_range {
    double least, most; /* most may be INFINITY */
} tns_zone_range;

typedef struct tns_zone {
    tns_zone_reach reach;
    /*
     * As given, or with what was sought: so that L* is the target's, for that is what dots change.
     * What is left of de00_to_target is hue and chroma, which no number of dots mends. Out of
     * reach: no dots when the target is lighter than the skin, else what is sought is INFINITY.
     */
    tns_zone_dots dots;
    tns_zone_dots by_n[2]; /* the same with the least n and with the most */
    tns_zone_dots fresh;   /* as wide as dots are at first; their color is not told apart */
    tns_zone_range per_cm2, diameter_mm, coverage; /* of what is not given; else twice the value */
    bool within_doubt;         /* out of reach, but by no more than the readings may be wrong */
    tns_lab dot, skin, target; /* D65/10 */
    tns_reading area;          /* predicted, D65/10, with its uncertainty (k = 2) */
} tns_zone;

/*
 * Newton's method on the luminance of the area, which is convex in the coverage for n >= 1, falls
 * from the skin's to the dot's, and so has one crossing, that is neared from below and never
 * overshot. The ranges are of 1024 draws, the same on every machine; readings count as independent,
 * which is too wide for those of one photo. Fails without memory.
 */
TNS_API bool tns_zone_solve(const tns_zone_request *request, tns_zone *out, tns_error *err);

TNS_END_DECLS

#endif
