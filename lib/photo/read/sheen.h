/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a surface mirrors of the lamp, told from its own color and left out. */
#ifndef PHOTO_READ_SHEEN_H
#define PHOTO_READ_SHEEN_H

#include <stdbool.h>

#include "photo/read/pixel.h"

/*
 * Dichromatic reflection (Shafer, Color Res. Appl. 10, 210 (1985)): what is mirrored has the color
 * of the light, white once corrected. A pixel is left out that is brighter than the usual by three
 * standard deviations and pulled toward white: the usual of the region, which finds broad gleams,
 * and that of the 16 x 16 pixels around it, which finds small spots where the light or the surface
 * changes over the region. On a neutral surface only the region's brightness can tell.
 *
 * Takes them out of `pixels`, whose order stays; false when out of memory.
 */
bool tns_sheen_drop(tns_region_pixels *pixels);

#endif
