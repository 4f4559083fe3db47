/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A shelf of twelve inks and water. */
#ifndef SUPPORT_TWELVE_INKS_H
#define SUPPORT_TWELVE_INKS_H

#include <tonsure/palette.h>

enum { TWELVE = 12 };

/* Inks of the trade, and paints made into inks: K and S beside the trade's white. */
static inline tns_palette twelve_inks(const tns_palette *inks, const tns_palette *paints,
                                      tns_pigment room[TWELVE + 1])
{
    static const char *const chosen[] = {"cold-yellow", "orange",           "red",  "magenta",
                                         "violet",      "blue-green-shade", "green"};
    const tns_pigment *white = &inks->pigments[tns_palette_index(inks, "titanium-dioxide")];
    tns_palette made = *inks;
    size_t n = 0;
    for (size_t i = 0; i < inks->count; i++)
        if (inks->pigments[i].kind == TNS_PIGMENT)
            room[n++] = inks->pigments[i];
    for (size_t i = 0; i < sizeof chosen / sizeof *chosen && n < TWELVE; i++, n++) {
        room[n] = paints->pigments[tns_palette_index(paints, chosen[i])];
        for (int b = 0; b < TNS_BANDS; b++) {
            room[n].K[b] *= white->S[b];
            room[n].S[b] *= white->S[b];
        }
    }
    for (size_t i = 0; i < inks->count; i++)
        if (inks->pigments[i].kind == TNS_DILUENT)
            room[n++] = inks->pigments[i];
    made.pigments = room;
    made.count = n;
    return made;
}

#endif
