/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/read/select.h"

/*
 * What is hair. Each is a ratio, so that neither light nor magnification enters:
 *   FAINT    of the usual hair's contrast: a hair may be thin, out of focus or fair
 *   THICK    usual widths: a mole, a bubble, a drop ...
 *   BUNDLE   ... unless it is long: hairs side by side
 */
static const double FAINT = 0.3, THICK = 2.5, BUNDLE = 6;

/*
 * What a spot takes of red over what it takes of green. Hair takes both. Blood lets red pass while
 * it takes nearly all of green (DEEP); red hair does not take so much. Brown spots and skin among
 * reflexes take less red than the hair in the same picture.
 */
static const double BLOOD = 0.68, DEEP = 0.5, RED_HAIR = 0.5, SAME_RED = 0.75;

/* What is paler than that and round is a pore or relief of the skin: pale hair shows as a line. */
static const double PALE = 0.16, LINE = 2;

static bool could_be(const tns_spot *spot)
{
    return spot->area >= TNS_LEAST_AREA && !spot->at_rim && spot->around < TNS_OPEN * spot->dark &&
           (spot->dark > PALE || spot->length > LINE * spot->width) &&
           tns_spot_redness(spot) > (spot->tint[1] > DEEP ? BLOOD : RED_HAIR);
}

static bool is_hair(const tns_spot *spot, const tns_usual *u)
{
    bool is_bundle = spot->width < BUNDLE * u->width && spot->length > 2 * spot->width;
    return could_be(spot) && tns_spot_redness(spot) > SAME_RED * u->redness &&
           spot->stand_out >= FAINT * u->stand_out && spot->length <= TNS_LONG * u->width &&
           (spot->width <= THICK * u->width || is_bundle);
}

bool tns_spots_keep_hairs(tns_spots *spots)
{
    tns_usual u;
    size_t kept = 0;
    if (!tns_spots_usual(spots, could_be, &u))
        return false;
    spots->score = 0;
    for (size_t i = 0; i < spots->count; i++) {
        const tns_spot *spot = &spots->spot[i];
        if (!is_hair(spot, &u))
            continue;
        spots->score += tns_spot_evidence(spot);
        spots->spot[kept++] = *spot;
    }
    spots->count = kept;
    spots->width = u.width;
    return true;
}
