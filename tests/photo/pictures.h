/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small image files written in memory, sound ones and odd ones. */
#ifndef PHOTO_PICTURES_H
#define PHOTO_PICTURES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct bytes {
    unsigned char *data; /* free() it */
    size_t length;
} bytes;

typedef struct picture {
    int width, height;
    int channels; /* 3; 1 grey, 4 with alpha (PNG) or CMYK (JPEG) */
    int bits;     /* 8, or 16 with `data` in the machine's order (PNG) */
    const void *data;
    int orientation;  /* EXIF; 0 = no EXIF */
    int color_space;  /* EXIF; 0 = not said */
    const bytes *icc; /* NULL = none */
    bool progressive; /* or interlaced */
} picture;

bytes jpeg_of(const picture *p, int quality);
bytes png_of(const picture *p);

/* Profiles made with Little CMS: "sRGB"; "Display P3" (same curve, DCI-P3 primaries, D65); "table",
 * sRGB as a table to Lab; "grey". */
bytes profile_of(const char *name);

#endif
