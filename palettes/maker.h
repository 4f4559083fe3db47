/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the programs that make the shipped palettes share. */
#ifndef PALETTES_MAKER_H
#define PALETTES_MAKER_H

#include <stdbool.h>

#include <tonsure/palette.h>

#include "base/csv.h"

/* Figures are shipped with this many digits: far below their uncertainty, and steady to the byte.
 */
enum { SHIPPED_DIGITS = 6 };

/* A text that must fit in its field; the programs' own texts always do. */
#define SET_TEXT(field, text) snprintf((field), sizeof(field), "%s", (text))

/* Rounds K and S to SHIPPED_DIGITS. */
void round_figures(tns_palette *palette);

/* The column of that name; false with an error that names it. */
bool find_column(const tns_csv *csv, const char *name, size_t *out, tns_error *err);

/* The samples at the 36 bands of a row, from its column SPEC_380 on. */
bool read_bands(const tns_csv *csv, size_t row, double out[TNS_BANDS], tns_error *err);

/* Saves the palette, or says on stderr why not, and gives the exit status. Destroys the palette. */
int finish_palette(tns_palette *palette, const char *path, tns_error *err);

#endif
