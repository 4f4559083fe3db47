/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What it costs in certainty to tell a bare color under another illuminant or observer. */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "service/parts.h"

/*
 * Half widths at k = 2, L*, a*, b*: the 95th percentile of |converted - true| over spectra that are
 * known, the larger of both directions, at the chroma where it no longer grows.
 * tests/service/moved.c measures it anew.
 *   daylight   D50/2 <-> D65/10 through the estimated spectrum
 *   lamp       A, F2, F11 <-> daylight through the estimated spectrum
 *   adapted    D50/2 <-> D65/10 by Bradford or CAT16
 * Over 1269 Munsell chips, 2324 paints and 4392 skins, taken for anything; skin taken for skin over
 * the skins, and a tenth more, since its prior has seen them.
 */
static const double daylight[3] = {0.4, 3.9, 2.2};
static const double lamp[3] = {1.5, 6.0, 2.6};
static const double skin_daylight[3] = {0.12, 1.2, 0.7};
static const double skin_lamp[3] = {0.45, 1.9, 0.75};
static const double adapted[3] = {2.9, 7.0, 4.6};

/* Grey has no metamers to speak of: below this chroma the cost falls in proportion, to a floor. */
static const double FULL_CHROMA = 12, FLOOR = 0.2;

static bool is_daylight(const char *illuminant)
{
    return illuminant[0] == 'D' && isdigit((unsigned char)illuminant[1]);
}

static const double *through_spectrum(const char *prior, bool days)
{
    if (strcmp(prior, tns_prior_name(TNS_PRIOR_SKIN)) == 0)
        return days ? skin_daylight : skin_lamp;
    return days ? daylight : lamp;
}

tns_uncertainty tns_moving_cost(const tns_color *from, const tns_viewing *to, const char *prior)
{
    bool days = is_daylight(from->illuminant) && is_daylight(to->illuminant);
    const double *full = prior ? through_spectrum(prior, days) : adapted;
    double chroma = hypot(from->lab.a, from->lab.b);
    double share = fmin(fmax(chroma / FULL_CHROMA, FLOOR), 1);
    return (tns_uncertainty){
        .L = share * full[0], .a = share * full[1], .b = share * full[2], .k = 2};
}
