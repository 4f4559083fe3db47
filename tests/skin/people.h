/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three skins that tests and tables speak of, and the generic black on them. */
#ifndef SKIN_PEOPLE_H
#define SKIN_PEOPLE_H

#include <tonsure/palette.h>
#include <tonsure/skin.h>

enum { LIGHT, MEDIUM, DARK, PEOPLE };

/* L*, a*, b* under D65/10, of forearm and forehead in the literature's order. */
typedef struct person {
    const char *name;
    tns_lab lab;
} person;

extern const person people[PEOPLE];

/* The skin that the fit finds for one of them. */
tns_skin skin_of(int who);

/* K and S, per ul/cm2 of mixed liquid, of one part of carbon black to so many of water. */
void black_of_shade(const tns_palette *palette, double shade, double K[TNS_BANDS],
                    double S[TNS_BANDS]);

/* Under D65/10. */
tns_lab seen_by_day(const tns_spectrum *spectrum);

#endif
