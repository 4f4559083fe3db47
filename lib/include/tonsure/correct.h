/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Correct: a pot that has been mixed and read, and is not what was wanted. First what is really in
 * it is estimated, then the whole units to add are found exactly. Nothing can be taken out.
 *
 * Effective amounts c of the pot's parts, nominally c0, by least squares:
 *
 *     least over c of  |R(measured) - R(c)|^2 / noise^2 + sum of ((c_i / c0_i - 1) / spread_i)^2
 *
 * with what the palette is unsure of (K and S of each pigment, by its covariance or uncertainty)
 * beside the noise, as a covariance of R. Given amounts the residual tells the pot's bottles better
 * than the palette does: amounts and bottles have one distribution, and the odds are drawn from it.
 *
 * So with every part as counted, and with one of them miscounted, by more than a spread: its prior
 * is log-normal, a double or a half, with a chance of 1 in 20. The likeliest account is told; the
 * odds are drawn from all, each by its chance.
 *
 * f_i = c_i / c0_i is a part's factor. What is added is taken to be as strong as what is in: f_i
 * holds for it too, unless f_i lies beyond three spreads, which is a miscount and not a strength.
 *
 * What of the residual is not noise is taken to stay: it is added to every prediction.
 *
 * A reading that no such amounts explain is not one of these inks: then nothing is advised, the
 * correction is `refused`, and a pigment of the palette that would explain it is named. So it is
 * where another ink instead of one of them is far likelier, all bands together.
 */
#ifndef TONSURE_CORRECT_H
#define TONSURE_CORRECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/match.h>

TNS_BEGIN_DECLS

typedef struct tns_pot_request {
    const tns_palette *palette; /* borrowed, as all below */
    const tns_surface *surface; /* on which the pot was read and will be used */

    size_t part_count; /* 1..TNS_PARTS_MAX: what was put in, a diluent among it (film only) */
    int parts[TNS_PARTS_MAX];
    double units[TNS_PARTS_MAX]; /* of each, > 0, not always whole: drops, or ml, g by `unit` */

    tns_spectrum measured; /* reconstructed = only its color counts: three numbers, not 36 */
    const tns_viewing *measured_viewing; /* of that color; NULL = the first of `viewings` */
    tns_spectrum target;

    const tns_viewing *viewings; /* as in tns_match_request */
    double weights[TNS_VIEWINGS_MAX];
    size_t viewing_count;

    double noise;       /* of one reading, one standard deviation of reflectance; 0 = 0.002 */
    double color_noise; /* of a color alone, of each of L*, a*, b*; 0 = 0.3 */
    double spread;      /* of an amount about its nominal one, relative; 0 = 0.10 */

    const int *pigments;  /* that may be added; NULL = all but diluents and additives */
    size_t pigment_count; /* 0 with `pigments` = the diluent alone */
    bool no_diluent;      /* else, on a film, the palette's diluent may be added too */
    int max_pigments;     /* different ones in one addition; 0 = 3; at most TNS_PARTS_MAX - 1 */
    int max_units;        /* added in all, of pigments: a diluent is not counted; 0 = 10 */
    int max_shade;        /* to which the pot may be thinned; 0 = 40 */
    bool never_darker;    /* nothing that leaves L* under the first viewing below the target's */
    int top;              /* 0 = 5 */
    tns_unit unit;
    double tolerance; /* 0 = 2.0, dE00 under the first viewing */

    /* For the odds, LL, La, Lb, aa, ab, bb of one standard deviation under the first viewing: how
       well the target is known, and by how much the reading of the pot may be off as a whole
       beyond `noise`. NULL = exactly, not at all. */
    const double *target_covariance, *measured_covariance;
} tns_pot_request;

/* What was put in, and what it acts like. */
typedef struct tns_pot_part {
    int pigment;
    double nominal, effective; /* in the measure of the request's units */
    double factor;             /* effective / nominal */
    double factor_sd;          /* one standard deviation about it, over all accounts */
    double
        spread; /* of the prior: the request's, and the pigment's own uncertainty in quadrature */
} tns_pot_part;

/*
 * What is to be expected of an addition that is made once, as tns_odds of a recipe; p_better is the
 * chance that it comes nearer than the pot as it is, 0 of nothing added. And how much of
 * it is due to the pot's amounts, with the bottles to be expected by them; to the scatter of what
 * is added; to bottles other than those; and to the target and the reading (root mean square of
 * what the color moves by).
 */
typedef struct tns_pot_odds {
    double de00_p95, p_within, p_darker, p_better;
    double by_pot, by_pouring, by_palette, by_reading;
} tns_pot_odds;

/* What may be added; part_count 0 = nothing. `fraction` of a part is its share of the new pot. */
typedef struct tns_pot_addition {
    size_t part_count; /* a diluent comes last */
    tns_recipe_part parts[TNS_PARTS_MAX];
    int units;         /* of all parts together */
    int pigment_units; /* of them */
    double ml;         /* of the pot with it, by what was counted */
    double shade;      /* of the pot with it: diluent to one of pigment */
    tns_pot_odds odds;
    bool equally_good; /* as the best, within `margin` */
    bool thins;        /* diluent alone, and within the tolerance under the first viewing, or, in a
                          pot darker than the target, not told from the best by the odds */
    double objective;  /* sqrt(sum of weights x dE00^2), as in a match */
    double de00[TNS_VIEWINGS_MAX];
    tns_spectrum predicted;
    tns_color color[TNS_VIEWINGS_MAX];
} tns_pot_addition;

/* What of the reading the best amounts leave unexplained. */
typedef struct tns_pot_residual {
    double rmse;  /* of reflectance; of L*, a*, b* when only a color was read */
    double worst; /* measured - explained where it is largest against what is expected */
    double worst_nm;
    double expected; /* there: one standard deviation of noise and of the palette's K and S */
    double ratio;    /* root mean square of residual / expected; about 1 for the right inks */
    double
        color_ratio; /* the same of the color that bands and noise make under the first viewing */
    double de00;     /* the largest over the viewings */
} tns_pot_residual;

typedef struct tns_pot_correction {
    size_t part_count;
    tns_pot_part parts[TNS_PARTS_MAX];
    bool from_color; /* only a color was read */
    double ml;       /* of the pot as it is, by what was counted, */
    bool has_shade;  /* where dilution matters, */
    double shade;    /* and its diluent to one of pigment */
    tns_pot_residual residual;

    double measured_de00[TNS_VIEWINGS_MAX]; /* of the reading itself against the target */
    tns_color measured_color[TNS_VIEWINGS_MAX];
    tns_color target_color[TNS_VIEWINGS_MAX];
    tns_pot_addition nothing; /* what the model says of the pot as it is */

    bool refused;         /* de00 > 0.5 and ratio > 2, color_ratio > 3 or another ink is likelier by
                             far, or a color alone that asks for a part's fifth or fivefold: then
                             there are no additions */
    int suspect;          /* a pigment that would explain the reading, or -1 */
    double suspect_units; /* so much of it */
    char reason[240];     /* "" unless refused */

    size_t addition_count; /* the advised one first; owned by the correction */
    tns_pot_addition *additions;
    double margin;         /* dE00 that the reading's noise and a drop's scatter make; 0.1 to 0.5 */
    bool better_with_more; /* the best uses all units allowed and misses the tolerance, */
    bool thinner_is_nearer; /* or is as thin as max_shade allows */
    bool within_tolerance;  /* the advised one, under the first viewing */
    size_t pigments;        /* that might be added, the diluent apart */
    uint64_t evaluated;     /* additions rated; a proven bound ruled out the others */
    tns_warnings warnings;
} tns_pot_correction;

/*
 * Of each addition of pigments the best amount of diluent is listed, in whole units, and none where
 * that is as near within `margin`. Order: diluent alone where that reaches the tolerance, or takes
 * a pot that reads darker than the target as near as the scatter of the outcome tells, for it is
 * the easiest thing to do with a pot too dark; then those whose objective is within `margin` of the
 * best, fewest units of pigment first, then by objective; the others follow by objective. Adding
 * nothing is one of them. Of a pot that reads darker than the target nothing is listed that makes
 * it darker yet, unless its objective is lower by more than half a dE00 and by more than two
 * standard deviations of the reading, nor what has a pigment darker than the target by itself,
 * unless it is nearer than all without by more than the scatter of the outcome; to a lighter pot
 * nothing is advised whose p_darker is above a half. Before what has a p_better below 0.75 stands
 * adding nothing, unless that is water in a pot too dark or never_darker forbids. A warning tells
 * of what would come nearer. Fails with TNS_ERROR_USAGE on a contradictory request and for over 20
 * million additions of pigments to try, TNS_ERROR_NO_RECIPE when never_darker leaves none,
 * TNS_ERROR_NUMERIC, TNS_ERROR_CANCELLED. The caller destroys the correction.
 */
TNS_API tns_pot_correction *tns_pot_correct(const tns_pot_request *request,
                                            const tns_context *context, tns_error *err);

/* NULL is taken. */
TNS_API void tns_pot_correction_destroy(tns_pot_correction *correction);

TNS_END_DECLS

#endif
