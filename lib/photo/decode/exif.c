/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orientation and colour space. Nothing else of EXIF is looked at, least of all where it was. */
#include <libexif/exif-data.h>

#include "photo/decode/pixels.h"

enum { EXIF_SRGB = 1, EXIF_UNCALIBRATED = 65535 };

/* A tag of one unsigned short; 0 when absent or of another kind. */
static int short_tag(ExifData *data, ExifIfd ifd, ExifTag tag)
{
    ExifEntry *entry = exif_content_get_entry(data->ifd[ifd], tag);
    if (!entry || entry->format != EXIF_FORMAT_SHORT || entry->size < 2)
        return 0;
    return exif_get_short(entry->data, exif_data_get_byte_order(data));
}

int tns_exif_read(tns_pixels *pixels)
{
    ExifData *data =
        pixels->exif ? exif_data_new_from_data(pixels->exif, (unsigned)pixels->exif_size) : NULL;
    if (!data)
        return 1;
    int orientation = short_tag(data, EXIF_IFD_0, EXIF_TAG_ORIENTATION);
    int space = short_tag(data, EXIF_IFD_EXIF, EXIF_TAG_COLOR_SPACE);
    exif_data_unref(data);
    pixels->says_srgb |= space == EXIF_SRGB;
    pixels->is_uncalibrated = space == EXIF_UNCALIBRATED;
    if (orientation > 8)
        tns_warn(&pixels->warnings, "unknown EXIF orientation %d: shown as stored", orientation);
    return orientation >= 1 && orientation <= 8 ? orientation : 1;
}
