/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COLOR_LHTSS_H
#define COLOR_LHTSS_H

#include <stdbool.h>

#include <tonsure/colorimetry.h>

/*
 * The reflectance of least hyperbolic tangent slope squared with the tristimulus values `wanted`.
 * False when there is none in (0, 1), or when it lies nearer to 0 or 1 than doubles can tell.
 */
bool tns_lhtss(const tns_viewing *viewing, tns_xyz wanted, double reflectance[TNS_BANDS]);

#endif
