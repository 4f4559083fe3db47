/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The color space that a picture says its pixels are in, as a profile of Little CMS. */
#ifndef PHOTO_DECODE_SPACE_H
#define PHOTO_DECODE_SPACE_H

#include <stddef.h>

#include <lcms2.h>

#include "photo/decode/pixels.h"

/*
 * The embedded profile; else the space of code points, of a PNG's gamma and chromaticities, of
 * EXIF; else sRGB. `description` gets its name, "" where nothing was said. NULL, with the error,
 * when the profile is broken or not for RGB, or the space is none of a photo's.
 */
cmsHPROFILE tns_space_open(cmsContext context, const tns_pixels *pixels, const char *name,
                           char *description, size_t size, tns_error *err);

/* Linear light with the primaries and the white of Rec. ITU-R BT.2020-2, table 3. */
cmsHPROFILE tns_space_open_working(cmsContext context);

#endif
