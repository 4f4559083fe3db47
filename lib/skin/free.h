/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Skin as numbers without bounds, in units of what is known beforehand: all 0 is the typical one.
 */
#ifndef SKIN_FREE_H
#define SKIN_FREE_H

#include <tonsure/skin.h>

enum tns_skin_figure {
    TNS_SKIN_MELANIN,
    TNS_SKIN_BLOOD,
    TNS_SKIN_OXYGENATION,
    TNS_SKIN_SCATTERING,
    TNS_SKIN_EXPONENT,
    TNS_SKIN_DEPTH,
    TNS_SKIN_FIGURES
};

tns_skin tns_skin_from_free(const double z[TNS_SKIN_FIGURES]);

/* With each figure's slope in its own number. */
tns_skin tns_skin_from_free_slopes(const double z[TNS_SKIN_FIGURES],
                                   double slope[TNS_SKIN_FIGURES]);

/* The figures of a skin, in order, in their own units. */
void tns_skin_figures(const tns_skin *skin, double out[TNS_SKIN_FIGURES]);

#endif
