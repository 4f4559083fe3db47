/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From linear light to color: a black offset, a tone curve shared by the channels, the slope of
 * the light over the picture, and a root polynomial to XYZ whose first degree is a 3x3 matrix.
 *
 *     y = bt709(rgb) - offset                the light in the primaries that cameras tone it in
 *     t = (y / (1 - shoulder y)) ^ tone      taken back from the maker's highlights and contrast;
 *                                            red and blue may lean from the shared exponent
 *     t = t / exp(slope . p + bend . p p)    the light at the place p
 *     XYZ / 100 = matrix t + extra e(t)      e: roots of products, less what a matrix could do
 *
 * A camera's JPEG is no linear record: the tone curve is its maker's, and the light falls unevenly
 * on the chart. Tone and slope trade off against each other, hence one fit, with a mild prior on
 * each (light alone: Finlayson, Darrodi, Mackiewicz, IS&T CIC 23 (2015)). The roots grow with the
 * exposure as the light does: Finlayson, Mackiewicz, Hurlbert, IEEE Trans. Image Process. 24, 1460
 * (2015).
 */
#ifndef PHOTO_CORRECT_CORRECTION_H
#define PHOTO_CORRECT_CORRECTION_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/colorimetry.h>
#include <tonsure/error.h>

/* D50 as in ICC.1:2022, Y = 100. */
extern const tns_xyz tns_photo_white;

enum { TNS_EXTRA_MAX = 10 }; /* terms beyond the matrix: 3 of degree 2, 10 of degree 3 */

typedef struct tns_correction {
    int degree; /* 0 and 1: the matrix alone; 2, 3 */
    double matrix[3][3], extra[3][TNS_EXTRA_MAX];
    double tone, lean[2];               /* log exponents of red and blue beside the shared one */
    double shoulder, slope[2], bend[3]; /* bend: of xx, xy, yy */
    double offset;
    double drift[2][2]; /* of log red and of log blue beside green, along x and y: mixed light */
    double slope_covariance[3]; /* xx, xy, yy; of the last fit */
} tns_correction;

/* Under D50, Y = 100. Positions are in chart widths from the chart's middle, right and down. */
tns_xyz tns_correction_xyz(const tns_correction *correction, const double rgb[3], double x,
                           double y);
tns_lab tns_correction_lab(const tns_correction *correction, const double rgb[3], double x,
                           double y);

/* How many terms a degree adds to the matrix. */
int tns_extra_count(int degree);

#endif
