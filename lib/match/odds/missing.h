/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a shelf lacks, in the words of the trade. */
#ifndef MATCH_ODDS_MISSING_H
#define MATCH_ODDS_MISSING_H

#include <tonsure/match.h>

/* How dark and how light the shelf's single pigments come on the surface, L* of the mean. */
typedef struct tns_range {
    double darkest, lightest; /* undiluted and at the strongest dilution allowed */
    double bare;              /* the surface without ink; of a film */
    bool film;
    bool healed;   /* a film in living skin */
    int max_shade; /* 0 = nothing may be diluted */
} tns_range;

/*
 * From the nearest real mixture to the target. The largest of the differences in lightness, chroma
 * and hue, each over S_L, S_C, S_H of CIE94's kind at their middle, says what is missing, and one
 * nearly as large says it too. A target that is all but grey has no hue: what leads to it is told
 * by the direction in a*, b* alone.
 */
tns_missing tns_missing_make(tns_lab target, tns_lab nearest, const tns_range *shelf);

#endif
