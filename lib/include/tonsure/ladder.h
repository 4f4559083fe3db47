/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A ladder: the few mixes of one bottle that tell most of its K and S in a quarter of an hour.
 *
 * Which ones is computed, not listed. Candidates are the bottle alone, diluted, tinted with a white
 * and shaded with a black, and the partners alone, each in whole drops, read over the white and the
 * black half of a contrast card (or thick). Chosen are those that make
 *
 *     sum over bands and guesses of log det (information on log K, log S of the bottle)
 *
 * greatest in the time there is, the partners' own K and S being unknown too (Ds-optimality:
 * Atkinson, Donev, Tobias, Optimum Experimental Designs, Oxford (2007), 10.3). A reading's
 * deviation is hypot(0.002, 0.01 (R + 0.03)), a drop scatters by 5 %, a film's thickness by 3 %.
 * Greedy by information a minute, then by exchange. Guesses are a known pigment of the same Colour
 * Index at its strength, stronger and weaker by its uncertainty; without one a dark, a middle and a
 * light ink.
 */
#ifndef TONSURE_LADDER_H
#define TONSURE_LADDER_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/characterise.h>
#include <tonsure/context.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/palette.h>
#include <tonsure/saunderson.h>
#include <tonsure/spectrum.h>
#include <tonsure/warnings.h>

TNS_BEGIN_DECLS

enum { TNS_LADDER_STEPS_MAX = 32 };

/* What is in a mix of a ladder, in this order everywhere. */
typedef enum tns_ladder_part {
    TNS_LADDER_BOTTLE,
    TNS_LADDER_WHITE,
    TNS_LADDER_BLACK,
    TNS_LADDER_DILUENT,
    TNS_LADDER_PARTS
} tns_ladder_part;

typedef struct tns_ladder_request {
    const tns_palette *palette; /* borrowed: its model says how amounts are measured and K, S mix */
    /* Borrowed. Of the palette, or in its units; NULL = there is none. The bottle is needed for its
       id; `known` says whether its K and S mean anything. White or black may be the bottle. */
    const tns_pigment *part[TNS_LADDER_PARTS];
    bool known;
    bool opaque;    /* thick samples, for a relative scale; needs a white. Else films, absolute */
    double load;    /* of a film's mixed liquid, in the palette's load_unit; 0 = 2.4 (24 um) */
    double card[2]; /* reflectance of the card's white and black half; 0 = 0.85 and 0.05 */
    double minutes; /* 0 = 15; at least 5 */
    int drops;      /* of all parts in one mix at most; 0 = 24; at least 4 */
} tns_ladder_request;

typedef struct tns_ladder_step {
    char id[48]; /* "masstone", "dilution-2-20", "tint-2-18", "shade-11-1", "white-3-6" */
    int drops[TNS_LADDER_PARTS];
    double ml[TNS_LADDER_PARTS];
    double amount[TNS_LADDER_PARTS]; /* in a sample table: a film's loads, or shares when opaque */
    bool on_white, on_black;         /* which half to read; neither when opaque */
} tns_ladder_step;

typedef struct tns_ladder {
    size_t count, readings; /* the card's own two readings apart */
    tns_ladder_step step[TNS_LADDER_STEPS_MAX];
    bool opaque;
    double load;
    double minutes;   /* a mix and its film 75 s, a reading 15 s, weighing 20 drops 2 min */
    bool weigh_first; /* the bottle's drop was never weighed */
    /* What the readings should leave open of log K, log S of the bottle, median over the bands. */
    double K_sd, S_sd;
    tns_warnings warnings;
} tns_ladder;

/* Fails with TNS_ERROR_USAGE on a contradictory request. */
TNS_API bool tns_ladder_plan(const tns_ladder_request *request, tns_ladder *out, tns_error *err);

/* Whether a column of a sample table is taken as clear: water, sterile-water, diluent. */
TNS_API bool tns_sample_is_clear(const char *pigment);

/*
 * What a palette says of a sample of a set: pigments are found by id, clear columns (water,
 * diluent) need not be there. False, with the id named, when a pigment is not in the palette.
 */
TNS_API bool tns_sample_predict(const tns_palette *palette, const tns_sample_set *set, size_t index,
                                tns_spectrum *out, tns_error *err);

/*
 * dE00 (D65/10) of every sample of a set when its mix, over whatever backing, is left out of the
 * fit: set->count numbers, NaN for backings and where nothing can be fitted without the mix. As
 * many fits as there are mixes; for ladders, not for large sets.
 */
TNS_API bool tns_ladder_left_out(const tns_sample_set *set, const tns_fit_options *options,
                                 const tns_context *context, double *left_out, tns_error *err);

TNS_END_DECLS

#endif
