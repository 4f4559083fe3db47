/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of L*a*b*: touched, filled, outlined. */
#ifndef MATCH_GAMUT_GAMUT_CELLS_H
#define MATCH_GAMUT_GAMUT_CELLS_H

#include <tonsure/estimate.h>
#include <tonsure/gamut.h>

tns_gamut *tns_gamut_create(double cell, tns_error *err);

/* A cell of the shell. */
void tns_gamut_touch(tns_gamut *gamut, tns_lab lab);

/* All that the shell keeps from outside is within, and so is the shell. */
bool tns_gamut_fill(tns_gamut *gamut, tns_error *err);

/* A cell more, after filling. */
void tns_gamut_add(tns_gamut *gamut, tns_lab lab);

#endif
