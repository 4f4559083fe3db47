/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables and pictures of docs/skin.md, made anew. */
#ifndef SKIN_TABLES_H
#define SKIN_TABLES_H

#include <stdio.h>

#include <tonsure/healed.h>

/* The mean of ways of healing and 5 and 95 % of them. */
typedef struct spanned {
    double mean, low, high;
} spanned;

/* Of values that are lost. */
spanned span_of(double *values, size_t count);

/* Each writes its table as Markdown. */
void write_blue(const tns_palette *palette, FILE *out);
void write_ladder(const tns_palette *palette, FILE *out);
void write_photons(FILE *out);

/* A worked case: a person's skin, the dots wanted in it, what was found for them. */
typedef struct worked {
    int who;
    tns_skin_fit fit;
    tns_spectrum target, dot, low, high; /* of the dots: wanted, healed, 5 % and 95 % of the ways */
    tns_forecast seen;
    double de_p95; /* 19 ways in 20 come so near the dots wanted, dE00 */
    char recipe[120];
    double density, diameter_mm, coverage, n;
    tns_spectrum area;
} worked;

worked work_out(const tns_palette *palette, int who);
void write_cases(const tns_palette *palette, FILE *out);

/* SVG: the spectra, and the dots and the area as swatches. */
void draw_case(const worked *c, FILE *out);

#endif
