/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A picture as it came from the camera: pixels kept as encoded, made linear where they are read.
 *
 * JPEG and PNG (8 and 16 bit), told by content, not by name. The EXIF orientation is applied to
 * coordinates only. An embedded ICC profile leads through Little CMS (relative colorimetric, no
 * black point compensation) into linear light with the primaries and the white of ITU-R BT.2020,
 * wide enough that no camera's red is cut; without one sRGB is assumed, with a warning. EXIF GPS
 * data are never read.
 */
#ifndef TONSURE_IMAGE_H
#define TONSURE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/warnings.h>

TNS_BEGIN_DECLS

/* Opaque; unchanging once made, so that several threads may read it. */
typedef struct tns_image tns_image;

typedef struct tns_image_info {
    int width, height; /* as shown: the EXIF orientation applied */
    int orientation;   /* EXIF, 1..8; 1 = stored as shown */
    int bits;          /* per channel: 8 or 16 */
    char format[16];   /* "jpeg", "png" */
    char profile[80];  /* the embedded profile's description, or what EXIF or PNG says; "" = nothing
                          is said, read as sRGB */
    tns_warnings warnings;
} tns_image_info;

/*
 * Decodes a file, or bytes in memory that `name` stands for in errors. TNS_ERROR_FORMAT: not an
 * image, broken or cut short. TNS_ERROR_UNSUPPORTED, by name: TIFF, HEIC, camera raw and others;
 * CMYK, grey, transparency. TNS_ERROR_MEMORY: over 200 megapixels or an ICC profile over 8 MB.
 */
TNS_API tns_image *tns_image_load(const char *path, tns_error *err);
TNS_API tns_image *tns_image_parse(const void *bytes, size_t length, const char *name,
                                   tns_error *err);

/* NULL is taken. */
TNS_API void tns_image_destroy(tns_image *image);

TNS_API const tns_image_info *tns_image_describe(const tns_image *image);

/*
 * `count` pixels to the right of (x, y), as shown, as linear R, G, B; 1 = the encoding's white.
 * They must lie inside the image.
 */
TNS_API void tns_image_read(const tns_image *image, int x, int y, int count, float (*rgb)[3]);

/* A picture made small: a JPEG in sRGB, turned as shown, that holds pixels and nothing else. */
typedef struct tns_preview {
    int width, height;
    unsigned char *bytes;
    unsigned long length;
} tns_preview;

/* At most `side` pixels wide and high, never larger than the image. tns_preview_finish() it. */
TNS_API bool tns_image_preview(const tns_image *image, int side, tns_preview *out, tns_error *err);

/* Frees what is inside; an emptied one is taken. */
TNS_API void tns_preview_finish(tns_preview *preview);

TNS_END_DECLS

#endif
