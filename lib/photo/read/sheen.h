/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a surface mirrors of the lamp, told from its own color and left out. */
#ifndef PHOTO_READ_SHEEN_H
#define PHOTO_READ_SHEEN_H

#include <stdbool.h>

#include "photo/read/pixel.h"

/*
 * Dichromatic reflection (Shafer, Color Res. Appl. 10, 210 (1985)): what is mirrored has the color
 * of the light, white once corrected. A pixel is left out that is brighter than the usual of the
 * region by three standard deviations and pulled toward white; on a neutral surface brightness
 * alone must do. More than the share `most` of the region is no gleam but another thing: then none
 * is left out.
 *
 * Takes them out of `pixels`, whose order stays; false when out of memory.
 */
bool tns_sheen_drop(tns_region_pixels *pixels, double most);

/*
 * The same against the 16 x 16 pixels around: finds small spots where the light or the surface
 * changes over the region. For one kind of thing only: bare skin among hair of a stronger color
 * would pass for a gleam.
 */
bool tns_sheen_drop_spots(tns_region_pixels *pixels);

#endif
