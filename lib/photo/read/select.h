/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which spots are hair: darker than the skin, or brighter. */
#ifndef PHOTO_READ_SELECT_H
#define PHOTO_READ_SELECT_H

#include "photo/read/spots.h"

/*
 * What the dark hair of a picture is like, by which bright hair is known. `x` and `y` are the mean
 * of doubled angles, weighted by length: 1 long where all hairs lie one way, 0 where they lie any.
 */
typedef struct tns_habit {
    double width_px; /* of the image; 0 = no dark hair */
    double x, y;
    size_t count;
} tns_habit;

/* Drops from `spots` what is unlike hair; sets their width and score. False without memory. */
bool tns_spots_keep_hairs(tns_spots *spots);

/* The same of spots that are brighter than the skin; `step` image pixels to one of theirs. */
bool tns_spots_keep_white(tns_spots *spots, const tns_habit *dark, int step);

enum { TNS_LEAST_AREA = 4 }; /* pixels of a spot that may be hair */

#define TNS_OPEN 0.4 /* of its own darkness: skin shows around a hair, not around a mole's edge */
#define TNS_LONG 45  /* usual widths: a scratch, a fold, a hair not shaved */

/* How much a spot tells of hair. */
double tns_spot_evidence(const tns_spot *spot);

/* Of the spots for which `could_be`, weighted by their evidence. */
typedef struct tns_usual {
    double stand_out, width, redness;
} tns_usual;

/* False without memory. */
bool tns_spots_usual(const tns_spots *spots, bool (*could_be)(const tns_spot *), tns_usual *out);

/* How much of the red light a spot takes, over that of the green. */
double tns_spot_redness(const tns_spot *spot);

#endif
