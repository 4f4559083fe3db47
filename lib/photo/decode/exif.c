/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Orientation and color space. Nothing else of EXIF is looked at, least of all where it was. */
#include "photo/decode/directory.h"
#include "photo/decode/pixels.h"

/* EXIF 2.32: 4.6.4 A, 4.6.3, 4.6.5 B. */
enum { ORIENTATION = 0x0112, EXIF_DIRECTORY = 0x8769, COLOR_SPACE = 0xA001, SRGB = 1 };
enum { UNCALIBRATED = 65535, INTEROPERABILITY_DIRECTORY = 0xA005, INTEROPERABILITY_INDEX = 1 };

static uint32_t number(const tns_tiff_bytes *tiff, uint32_t directory, uint16_t tag, uint32_t index)
{
    uint32_t value;
    return tns_tiff_number(tiff, directory, tag, index, &value) ? value : 0;
}

/*
 * DCF 2.0, 5.2: a camera that is set to Adobe RGB embeds no profile, but says "R03" beside
 * ColorSpace 65535.
 */
static bool says_r03(const tns_tiff_bytes *tiff, uint32_t exif)
{
    uint32_t at = number(tiff, exif, INTEROPERABILITY_DIRECTORY, 0);
    return number(tiff, at, INTEROPERABILITY_INDEX, 0) == 'R' &&
           number(tiff, at, INTEROPERABILITY_INDEX, 1) == '0' &&
           number(tiff, at, INTEROPERABILITY_INDEX, 2) == '3';
}

int tns_exif_read(const void *block, size_t size, tns_pixels *pixels)
{
    tns_tiff_bytes tiff;
    if (!block || !tns_tiff_open(block, size, &tiff))
        return 1;
    uint32_t orientation = number(&tiff, tiff.first, ORIENTATION, 0);
    uint32_t exif = number(&tiff, tiff.first, EXIF_DIRECTORY, 0);
    uint32_t space = number(&tiff, exif, COLOR_SPACE, 0);
    pixels->says_srgb |= space == SRGB;
    pixels->is_uncalibrated = space == UNCALIBRATED;
    pixels->says_adobe_rgb = space == UNCALIBRATED && says_r03(&tiff, exif);
    if (orientation > 8)
        tns_warn(&pixels->warnings, "unknown EXIF orientation %u: shown as stored",
                 (unsigned)orientation);
    return orientation >= 1 && orientation <= 8 ? (int)orientation : 1;
}
