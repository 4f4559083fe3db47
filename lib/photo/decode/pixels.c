/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "photo/decode/pixels.h"

bool tns_pixels_allocate(tns_pixels *pixels, int channels, const char *name, tns_error *err)
{
    if (pixels->width <= 0 || pixels->height <= 0)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: a picture of %d x %d pixels", name,
                             pixels->width, pixels->height);
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

bool tns_pixels_set_profile(tns_pixels *pixels, const void *icc, size_t size, const char *name,
                            tns_error *err)
{
    if (size > PROFILE_LIMIT)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: ICC profile of %zu bytes, over 8 MB", name,
                             size);
    if (!icc || size == 0)
        return true;
    pixels->icc = malloc(size);
    if (!pixels->icc)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
    memcpy(pixels->icc, icc, size);
    pixels->icc_size = size;
    return true;
}

bool tns_pixels_refuse(const char *name, const char *what, tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_UNSUPPORTED,
                         "%s: %s; export the photo as JPEG or 16-bit TIFF", name, what);
}

bool tns_pixels_drop_alpha(tns_pixels *pixels, const char *what, const char *name, tns_error *err)
{
    size_t width = (size_t)pixels->bits / 8, n = (size_t)pixels->width * (size_t)pixels->height;
    unsigned char *from = pixels->data, *to = pixels->data;
    static const unsigned char opaque[2] = {0xFF, 0xFF};
    for (size_t i = 0; i < n; i++, from += 4 * width, to += 3 * width) {
        if (memcmp(from + 3 * width, opaque, width) != 0)
            return tns_error_set(err, TNS_ERROR_UNSUPPORTED,
                                 "%s: %s with transparent pixels; expected an opaque photo "
                                 "(flatten it, or export it as JPEG)",
                                 name, what);
        memmove(to, from, 3 * width);
    }
    void *shorter = realloc(pixels->data, n * 3 * width);
    if (shorter)
        pixels->data = shorter;
    return true;
}

void tns_pixels_finish(tns_pixels *pixels)
{
    free(pixels->data);
    free(pixels->icc);
    memset(pixels, 0, sizeof *pixels);
}
