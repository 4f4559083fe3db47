/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What healed work teaches: how deep one hand's ink comes to lie and how much of it stays, from the
 * colors of healed dots; and how wide its dots count, from the tones of healed areas. Forecasts
 * start from wide priors (tonsure/healed.h); these narrow them for one hand.
 */
#ifndef TONSURE_FOLLOWUP_H
#define TONSURE_FOLLOWUP_H

#include <tonsure/healed.h>
#include <tonsure/zone.h>

TNS_BEGIN_DECLS

/* A dot that was read when it had healed. */
typedef struct tns_followup {
    const tns_palette *palette;
    tns_skin skin; /* fitted to the bare skin beside it */
    tns_specular specular;
    double K[TNS_BANDS], S[TNS_BANDS]; /* of the liquid that was used, per ul/cm2 */
    tns_lab seen;                      /* D65/10 */
    double covariance[6];              /* of that: LL, La, Lb, aa, ab, bb of one deviation */
} tns_followup;

/* 5 %, 50 % and 95 % of what a figure may be lie below. */
typedef struct tns_learned_range {
    double low, median, high;
} tns_learned_range;

typedef struct tns_learned_healing {
    tns_learned_range depth_mm;
    tns_learned_range load;  /* deposit times retention, ul/cm2: what colors tell of is their
                                product alone */
    tns_healing_terms terms; /* to be told from now on: depth_mm, and the deposit that gives the
                                load with the usual retention */
    double de00_before, de00_after; /* rms from what was seen, of forecasts by the priors' medians
                                       and by these terms; both 0 without follow-ups */
} tns_learned_healing;

/*
 * Ways of healing are drawn from the priors and weighed by how likely they make what was seen
 * (Bayes, by importance sampling). A follow-up counts as one of a hand that aims: its own scalp
 * scatters about the hand's figures as tonsure/healed.h says of figures that were told, so one
 * follow-up moves little and a dozen much. None gives the priors back. Fails as tns_surface_healed
 * does.
 */
TNS_API bool tns_healing_learn(const tns_followup *seen, size_t count, tns_learned_healing *out,
                               tns_error *err);

/* An area that was read when it had healed, and how its dots were planned. */
typedef struct tns_area_followup {
    tns_zone_color dot, skin, area; /* a healed dot alone, bare skin, and the area's mean */
    tns_dots_order order;
    double per_cm2, diameter_mm;
} tns_area_followup;

/*
 * How many times as wide as planned dots count in an area, with Yule and Nielsen's n held at the
 * value given: the two do the same to an area and cannot both be learned from areas. Before any
 * follow-up 1, within 0.6 to 1.6. Fails on figures that are no dots, or n out of 1..10.
 */
TNS_API bool tns_width_learn(const tns_area_followup *seen, size_t count, double n,
                             tns_learned_range *out, tns_error *err);

TNS_END_DECLS

#endif
