/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The light a picture holds, as everything that measures in it reads it: linear, and with the
 * lamps' and the lens' unevenness divided out where a blank frame tells of it.
 */
#ifndef PHOTO_CORRECT_FLAT_H
#define PHOTO_CORRECT_FLAT_H

#include <tonsure/image.h>

/* The unevenness of a blank frame, on a coarse grid over the picture. */
typedef struct tns_flat tns_flat;

/* A picture and the frame it is divided by (NULL: the light as it came). Both are borrowed. */
typedef struct tns_light {
    const tns_image *image;
    const tns_flat *flat;
} tns_light;

/* As tns_image_read. */
void tns_light_read(const tns_light *light, int x, int y, int count, float (*rgb)[3]);

/*
 * Of a picture of something white and even that fills the frame, taken by the same camera in the
 * same light as `image`: smoothed by about 1 % of its width. Its mean is taken out of each channel,
 * so that exposure and white balance stay. TNS_ERROR_UNSUPPORTED, by name: another shape, clipped,
 * too dark, or something to be seen in it. Destroy it.
 */
tns_flat *tns_flat_make(const tns_image *blank, const tns_image *image, tns_error *err);

/* NULL is taken. */
void tns_flat_destroy(tns_flat *flat);

#endif
