/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies under an emulated instrument: reflectance in the 36 bands 380-730 nm. */
#ifndef EMULATORS_SAMPLE_H
#define EMULATORS_SAMPLE_H

#include <stdbool.h>

#include "model.h"

enum { EMU_BANDS = 36, EMU_FIRST_NM = 380, EMU_STEP_NM = 10 };

typedef struct emu_sample {
    double reflectance[EMU_BANDS]; /* 1 = the perfect reflecting diffuser */
} emu_sample;

/*
 * By `text`: "skin", "hair", "ink", "paper", "white", "black", "gray:0.2", or the path of a CSV
 * file whose rows are wavelength_nm,reflectance (linear between them, ends held; other rows are
 * skipped). False with `why`.
 */
bool emu_sample_read(const char *text, emu_sample *out, char why[EMU_TEXT_SIZE]);

/* Linear between bands, ends held. */
double emu_sample_at(const emu_sample *sample, double wavelength_nm);

/* Tristimulus values under an equal-energy light, near 1 for white: CIE 1931, by piecewise
   Gaussians (Wyman, Sloan, Shirley, JCGT 2 (2), 2013). */
void emu_sample_xyz(const emu_sample *sample, double xyz[3]);

#endif
