/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "photo/decode/pixels.h"

bool tns_pixels_allocate(tns_pixels *pixels, int channels, const char *name, tns_error *err)
{
    size_t n = (size_t)pixels->width * (size_t)pixels->height;
    if (n > PIXEL_LIMIT)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: %d x %d pixels, over 200 million", name,
                             pixels->width, pixels->height);
    pixels->data = malloc(n * (size_t)channels * (size_t)(pixels->bits / 8));
    if (!pixels->data)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: no memory for %d x %d pixels", name,
                             pixels->width, pixels->height);
    return true;
}

void tns_pixels_finish(tns_pixels *pixels)
{
    free(pixels->data);
    free(pixels->icc);
    free(pixels->exif);
    memset(pixels, 0, sizeof *pixels);
}
