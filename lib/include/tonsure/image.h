/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A picture as it came from the camera: pixels kept as encoded, made linear where they are read.
 *
 * JPEG, PNG and TIFF (8 and 16 bit), HEIC and camera raw with DNG, told by content, not by name.
 * The EXIF orientation, of a HEIC its own, is applied once, to coordinates only. An embedded
 * ICC profile leads through Little CMS (relative colorimetric, no black point compensation) into
 * linear light with the primaries and the white of ITU-R BT.2020, wide enough that no camera's red
 * is cut; so do code points (HEIC's nclx, PNG's cICP), a PNG's gamma and chromaticities, and what
 * EXIF says of the color space; without any sRGB is assumed, with a warning. Camera raw is
 * demosaiced, white balanced as shot, and goes there by the camera's color matrix, linear all the
 * way. EXIF GPS data are never read, let alone kept.
 *
 * What could hold no color, or another than one photo, is refused by name with the way out: gray,
 * CMYK and Lab; palettes of TIFF; numbers in floating point; transparency that shows; animations,
 * sequences, several pages; HDR encodings.
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
    int bits;          /* per channel in the file, e.g. 8, 10, 16 */
    bool is_linear;    /* straight from a sensor: no camera has bent its tones */
    char format[16];   /* "jpeg", "png", "tiff", "heic", "raw" */
    char profile[80];  /* the embedded profile's description, or what EXIF, PNG or HEIC says;
                          "camera matrix" of raw; "" = nothing is said, read as sRGB */
    tns_warnings warnings;
} tns_image_info;

/*
 * Decodes a file, or bytes in memory that `name` stands for in errors. TNS_ERROR_FORMAT: not an
 * image, broken or cut short. TNS_ERROR_UNSUPPORTED: what is refused by name, and formats whose
 * module is not installed. TNS_ERROR_MEMORY: over 200 megapixels, an ICC profile over 8 MB, a file
 * over 1 GB; all asked before memory is. The bytes are done with when it returns.
 */
TNS_API tns_image *tns_image_load(const char *path, tns_error *err);
TNS_API tns_image *tns_image_parse(const void *bytes, size_t length, const char *name,
                                   tns_error *err);

/*
 * What is read and by which libraries, for a person: "JPEG by libjpeg-turbo 2.1.5, ..."; what is
 * not installed is said to be so. Loads every module.
 */
TNS_API void tns_image_formats(char *text, size_t size);

/* NULL is taken. */
TNS_API void tns_image_destroy(tns_image *image);

/* Borrowed from the image. */
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

/*
 * The same pixels as CIE 1976 L*a*b* under D50/2, with the encoding's white at L* 100: what ICC
 * calls the relative colorimetric Lab of the file (Bradford's matrix leads from D65 to D50). No
 * chart has corrected it. For whole frames, by vector code: within 0.001 of double precision, the
 * same bits on every machine, some 3 ns a pixel of an 8-bit photo.
 */
TNS_API void tns_image_lab(const tns_image *image, int x, int y, int count, float (*lab)[3]);

TNS_END_DECLS

#endif
