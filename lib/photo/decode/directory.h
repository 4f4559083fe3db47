/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The directories of a TIFF file ("image file directories", TIFF 6.0, section 2), which EXIF blocks
 * and most camera raw files have as well. Only looked up: nothing is copied, and no offset of the
 * file is believed before it is known to lie inside.
 */
#ifndef PHOTO_DECODE_DIRECTORY_H
#define PHOTO_DECODE_DIRECTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct tns_tiff_bytes {
    const unsigned char *data;
    size_t length;
    bool is_big_endian;
    uint32_t first; /* directory */
} tns_tiff_bytes;

/* False when there is no TIFF header; BigTIFF has another one. */
bool tns_tiff_open(const unsigned char *data, size_t length, tns_tiff_bytes *out);

/*
 * Value `index` of a tag that holds bytes (or text), shorts or longs, in the directory at an
 * offset. False when there is none.
 */
bool tns_tiff_number(const tns_tiff_bytes *tiff, uint32_t directory, uint16_t tag, uint32_t index,
                     uint32_t *value);

/* Where the next directory of the chain lies; 0 = none. */
uint32_t tns_tiff_next(const tns_tiff_bytes *tiff, uint32_t directory);

#endif
