/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From linear light to colour: a black offset, a tone curve of two parameters shared by the
 * channels, a slope of the light over the picture, and a 3x3 matrix to XYZ, fitted together by
 * least squares.
 *
 *     y = bt709(rgb) - offset                the light in the primaries that cameras tone it in
 *     t = (y / (1 - shoulder y)) ^ tone      taken back from the maker's highlights and contrast
 *     XYZ / 100 = matrix t / exp(slope . position)
 *
 * A camera's JPEG is no linear record: the tone curve is its maker's, and the light falls unevenly
 * on the chart. Tone and slope trade off against each other, hence one fit, with a mild prior on
 * each (light alone: Finlayson, Darrodi, Mackiewicz, IS&T CIC 23 (2015)).
 */
#ifndef PHOTO_CORRECT_CORRECTION_H
#define PHOTO_CORRECT_CORRECTION_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/colorimetry.h>
#include <tonsure/error.h>

/* D50 as in ICC.1:2022, Y = 100. */
extern const tns_xyz tns_photo_white;

enum { TNS_CORRECTION_MIN_PATCHES = 10 };

/* A patch to fit to. Positions are in chart widths from the chart's middle, right and down. */
typedef struct tns_fit_patch {
    double rgb[3], x, y;
    tns_lab reference;
    double metric[3][3]; /* |metric d|^2 = weight dE00^2 of a small difference d in Lab */
} tns_fit_patch;

typedef struct tns_correction {
    double matrix[3][3];
    double tone, shoulder, slope[2], offset;
    double slope_covariance[3]; /* xx, xy, yy; of the last fit */
} tns_correction;

/* The upper triangle W with |W d|^2 = dE00^2 of a small difference d from `lab`. */
void tns_color_metric(tns_lab lab, double metric[3][3]);

/*
 * A patch ready to fit to. Skin tones and neutrals weigh twice: they are what is to be read
 * afterwards.
 */
tns_fit_patch tns_fit_patch_make(const double rgb[3], double x, double y, tns_lab reference);

/* The matrix alone (tone 1, no shoulder, slope or offset), linear least squares; n >= 3. */
bool tns_correction_linear(const tns_fit_patch *patches, size_t n, tns_correction *out);

/*
 * Levenberg-Marquardt from `start`, or from a linear fit of the matrix alone when it is NULL.
 * `*squares`: the sum of squared residuals, in weighted dE00.
 */
bool tns_correction_fit(const tns_fit_patch *patches, size_t n, const tns_correction *start,
                        tns_correction *out, double *squares, tns_error *err);

/* Under D50, Y = 100. */
tns_xyz tns_correction_xyz(const tns_correction *correction, const double rgb[3], double x,
                           double y);
tns_lab tns_correction_lab(const tns_correction *correction, const double rgb[3], double x,
                           double y);

#endif
