/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Image files of the rarer kinds, written in memory as photo/pictures.h does; what checks them. */
#ifndef PHOTO_FILES_H
#define PHOTO_FILES_H

#include <stdint.h>

#include <tonsure/image.h>

#include "photo/pictures.h"

/* How a TIFF is laid out; 0 is the usual. Numbers are those of TIFF 6.0. */
typedef struct tiff_kind {
    int compression, photometric, predictor;
    bool tiled, planar, big, big_endian;
    int rows_per_strip;
    int extra;      /* ExtraSamples of the fourth channel + 1 */
    int format;     /* SampleFormat */
    int pages;      /* full ones */
    bool thumbnail; /* a small page before */
} tiff_kind;

bytes tiff_of(const picture *p, const tiff_kind *kind);

/* `data` of the picture is 16 bit. */
typedef struct heic_kind {
    int depth;                       /* 8, 10 or 12 */
    const char *chroma;              /* "420", "422", "444" */
    int primaries, transfer, matrix; /* of H.273; 0 = no nclx is said */
    bool is_limited;                 /* range */
    bool is_silent;                  /* the file says no code points; the coding does */
    bool is_gray;                    /* of the picture's green alone */
    int orientation;                 /* the file's own, as EXIF has it */
    bool exif;                       /* with the picture's EXIF, of picture.orientation, too */
    int photos;                      /* top-level ones */
    bool alpha;
} heic_kind;

bytes heic_of(const picture *p, const heic_kind *kind);

/* As phones write them: a grid of tiles, here of `columns` by 2, cut to width x height. */
typedef struct grid_kind {
    int columns, tile_width, tile_height, width, height;
    int quarters;        /* turned against the clock, as `irot` has it */
    int mirror;          /* 0: not; else 1 + what `imir` has */
    bool is_turned_last; /* mirrored before it is turned */
    bool is_cropped;     /* to all that there is */
    int tile_quarters;   /* each tile is turned by itself */
    bool is_wide;        /* ids of 32 bit, properties of 15 */
} grid_kind;

/* `tile` are HEICs of one picture each, all alike but for that. */
bytes heic_grid_of(const bytes *tile, const grid_kind *kind);

/* Which sensor a DNG is of. `data` of the picture is 16 bit, linear, as the sensor has it. */
typedef struct dng_kind {
    bool is_bayer;     /* RGGB; else three values a pixel */
    double matrix[9];  /* XYZ to sensor (ColorMatrix1, of D65) */
    double neutral[3]; /* AsShotNeutral */
    int black, white;  /* levels */
} dng_kind;

bytes dng_of(const picture *p, const dng_kind *kind);

/* Bytes of a little-endian TIFF, built up. */
size_t put_le(unsigned char *at, uint32_t value, int size);

/* The parsed image, or the test fails. */
tns_image *must_parse(bytes file, const char *label);

/* The test fails unless it is refused with the code, and the text has the name and the words. */
void expect_refusal(const char *label, const void *data, size_t length, tns_code code,
                    const char *says);

/* sRGB decoded, in BT.2020 primaries: IEC 61966-2-1 and the matrix of ITU-R BT.2087-0, 2.2. */
void expected_linear(const double code[3], double out[3]);

/* Linear BT.2020 to CIELAB under D65, and CIEDE2000 between two. */
double de00_between(const double a[3], const double b[3]);

/* Cut short at many lengths it is never read; with bytes flipped it is read or refused. */
void expect_no_harm(const char *label, bytes file, size_t needed);

/* Colors encoded in sRGB, of 16 bit, to those of Display P3, by Little CMS in floating point. */
void to_p3(const uint16_t *srgb, uint16_t *p3, int count);

#endif
