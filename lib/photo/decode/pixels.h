/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a decoder hands over, and the encoded pixels of an image. */
#ifndef PHOTO_DECODE_PIXELS_H
#define PHOTO_DECODE_PIXELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/image.h>

#include "base/module.h"

enum { PIXEL_LIMIT = 200000000, PROFILE_LIMIT = 8 << 20 };

typedef struct tns_pixels {
    int width, height;    /* as stored */
    int bits;             /* 8: `data` holds bytes; 16: uint16_t */
    void *data;           /* R, G, B interleaved, rows without padding */
    int depth;            /* bits of a channel in the file, e.g. 10; 0 = `bits` */
    int orientation;      /* EXIF, 1..8 */
    void *icc;            /* NULL = none */
    size_t icc_size;      /* bytes */
    bool says_srgb;       /* a PNG's sRGB chunk, or EXIF ColorSpace 1 */
    bool says_adobe_rgb;  /* EXIF ColorSpace 65535 with the interoperability of Adobe RGB */
    bool is_uncalibrated; /* EXIF ColorSpace 65535: some other space, which only a profile names */
    double gamma;         /* PNG's gAMA, as written there; 0 = none */
    double chromaticity[8];  /* PNG's cHRM: white, red, green, blue (x, y); all 0 = none */
    int primaries, transfer; /* code points of ITU-T H.273 (HEIC's nclx, PNG's cICP); 0 = none */
    bool is_linear;      /* from a sensor: encoded with sRGB's curve here, for want of another */
    double camera[3][3]; /* such a sensor's R, G, B, when white is (1, 1, 1), to BT.2020 */
    tns_warnings warnings;
} tns_pixels;

/* Frees what is inside. */
void tns_pixels_finish(tns_pixels *pixels);

/* Room for width x height pixels of `channels`; fails over PIXEL_LIMIT. `name` is for the error. */
bool tns_pixels_allocate(tns_pixels *pixels, int channels, const char *name, tns_error *err);

/* A copy of an ICC profile; fails over PROFILE_LIMIT. */
bool tns_pixels_set_profile(tns_pixels *pixels, const void *icc, size_t size, const char *name,
                            tns_error *err);

/* "<name>: <what>; export the photo as JPEG or 16-bit TIFF": sound, but not read. False. */
bool tns_pixels_refuse(const char *name, const char *what, tns_error *err);

/*
 * Drops the fourth channel, alpha, when it hides nothing; refuses the picture when it does. `what`
 * is the format's name.
 */
bool tns_pixels_drop_alpha(tns_pixels *pixels, const char *what, const char *name, tns_error *err);

/* Decoders. On failure the caller still finishes `out`; on success its orientation is set. */
typedef bool tns_decoder(const unsigned char *bytes, size_t length, const char *name,
                         tns_pixels *out, tns_error *err);

/* The version of the library behind each, up to a line's end. */
typedef const char *tns_decoder_version(void);

/* Each format is the record of a module. */
typedef struct tns_decoder_module {
    tns_module module;
    tns_decoder *decode;
    tns_decoder_version *version;
} tns_decoder_module;
extern TNS_API const tns_decoder_module tns_module_png, tns_module_tiff, tns_module_heic,
    tns_module_raw;

/* JPEG is written too: of a preview's size, a baseline file with nothing but its own header. */
typedef struct tns_jpeg_module {
    tns_decoder_module decoder; /* first: all formats are opened alike */
    bool (*write)(unsigned char *rgb, tns_preview *out);
} tns_jpeg_module;
extern TNS_API const tns_jpeg_module tns_module_jpeg;
bool tns_jpeg_write(unsigned char *rgb, tns_preview *out);

/* What the first bytes say a file is. */
typedef enum tns_file_kind {
    TNS_FILE_UNKNOWN,
    TNS_FILE_JPEG,
    TNS_FILE_PNG,
    TNS_FILE_TIFF,
    TNS_FILE_HEIC,
    TNS_FILE_RAW,
    TNS_FILE_OTHER
} tns_file_kind;

/* `*word` names the kind, e.g. "HEIC"; "" when unknown. */
tns_file_kind tns_file_sniff(const unsigned char *bytes, size_t length, const char **word);

/*
 * The orientation (1 when none or unknown) of an EXIF block, which is a TIFF file of its own, and
 * what it says of the color space, into `pixels`. NULL is no block.
 */
int tns_exif_read(const void *block, size_t size, tns_pixels *pixels);

/* Where the shown pixel (x, y) is stored, and how far on its right neighbour is, in pixels. */
typedef struct tns_stored {
    ptrdiff_t index, step;
} tns_stored;
tns_stored tns_orientation_stored(int orientation, int width, int height, int x, int y);

/*
 * Pixels as encoded, brought to 16 bit (8-bit values times 257), from (x, y) as shown to the right.
 * A camera raw photo, which has no encoding, is given that of sRGB.
 */
void tns_image_encoded(const tns_image *image, int x, int y, int count, uint16_t (*code)[3]);

/* Codes at an end of the encoding: >= 253/255, <= 1/255. */
enum { TNS_CODE_HIGH = 253 * 257, TNS_CODE_LOW = 257 };

/* Any channel is at one. */
bool tns_code_is_clipped(const uint16_t code[3]);

#endif
