/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pigments that were measured, put onto the palette in use: the others stay as they are. */
#ifndef SERVICE_PALETTE_MERGE_H
#define SERVICE_PALETTE_MERGE_H

#include <tonsure/palette.h>

/*
 * Why K and S of the one do not mix with those of the other, told of `base`; NULL = they do. The
 * second leaves open whether relative scales are of one white.
 */
const char *tns_merge_hindrance(const tns_palette *base, const tns_palette *measured);
const char *tns_merge_other_kind(const tns_palette *base, const tns_palette *measured);

/*
 * Gives a fitted pigment all that its bottle is besides K, S and their errors: names, Colour Index,
 * ingredients, drop, cost.
 */
void tns_pigment_carry(const tns_pigment *from, tns_pigment *to);

/* The same for each that has a pigment of its id on `known`. */
void tns_palette_carry(const tns_palette *known, tns_palette *fitted);

/* In place of the pigment of its id, or behind the last one. */
bool tns_palette_put(tns_palette *palette, const tns_pigment *pigment, tns_error *err);

/*
 * All pigments of `measured` onto `base`, which takes its name and says in its provenance what is
 * new; a clear diluent only where `base` has none.
 */
bool tns_palette_merge(tns_palette *base, const tns_palette *measured, const char *what,
                       tns_error *err);

#endif
