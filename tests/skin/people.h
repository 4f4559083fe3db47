/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Skins that tests and tables speak of, and the generic black on them. */
#ifndef SKIN_PEOPLE_H
#define SKIN_PEOPLE_H

#include <tonsure/palette.h>
#include <tonsure/skin.h>

enum { LIGHT, MEDIUM, OLIVE, DARK, PEOPLE };

/* L*, a*, b* of bare skin under D65/10, and of the dots wanted in it. */
typedef struct person {
    const char *name;
    tns_lab lab, dot;
} person;

extern const person people[PEOPLE];

/* Ends the program, with the error told, unless it is done. */
void must(bool done, const tns_error *err);

/* What the fit finds for one of them. */
tns_skin_fit fit_of(int who);
tns_skin skin_of(int who);

/* K and S, per ul/cm2 of mixed liquid, of one part of carbon black to so many of water. */
void black_of_shade(const tns_palette *palette, double shade, double K[TNS_BANDS],
                    double S[TNS_BANDS]);

/* Under D65/10. */
tns_lab seen_by_day(const tns_spectrum *spectrum);

#endif
