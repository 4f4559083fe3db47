/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Only file that knows libtiff. */
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tiffio.h>

#include "base/text.h"
#include "photo/decode/pixels.h"

/* The file in memory, and what libtiff had to say first. */
typedef struct reader {
    const unsigned char *bytes;
    toff_t length, at;
    const char *name;
    char fault[160];
    bool is_damaged;
    tns_pixels *out;
    TIFF *tiff;
    tns_error *err;
} reader;

/* Strips and tiles alike: what libtiff decodes at once. */
typedef struct pieces {
    bool tiled, planar;
    uint32_t width, height; /* of one */
    int channels;           /* in the file, of which those beyond 3 are extra */
    tmsize_t size;          /* bytes of one; all channels, or one when planar */
} pieces;

static int keep_fault(TIFF *tiff, void *user, const char *module, const char *format, va_list args)
    TNS_PRINTF(4, 0);
static int look_at_warning(TIFF *tiff, void *user, const char *module, const char *format,
                           va_list args) TNS_PRINTF(4, 0);

static int keep_fault(TIFF *tiff, void *user, const char *module, const char *format, va_list args)
{
    reader *r = user;
    (void)tiff;
    (void)module;
    if (r->fault[0] == '\0')
        tns_text_vformat(r->fault, sizeof r->fault, format, args);
    return 1;
}

/*
 * Most warnings are about tags. But what a JPEG strip lacks is filled with grey and only warned of
 * (photo/decode/jpeg.c).
 */
static int look_at_warning(TIFF *tiff, void *user, const char *module, const char *format,
                           va_list args)
{
    reader *r = user;
    char text[sizeof r->fault];
    (void)tiff;
    tns_text_vformat(text, sizeof text, format, args);
    if (!module || strcmp(module, "JPEGLib") != 0 || strstr(text, "extraneous"))
        return 1;
    r->is_damaged = true;
    if (r->fault[0] == '\0')
        memcpy(r->fault, text, sizeof r->fault);
    return 1;
}

static tmsize_t read_bytes(thandle_t handle, void *into, tmsize_t size)
{
    reader *r = handle;
    toff_t left = r->at < r->length ? r->length - r->at : 0;
    tmsize_t n = (toff_t)size < left ? size : (tmsize_t)left;
    memcpy(into, r->bytes + r->at, (size_t)n);
    r->at += (toff_t)n;
    return n;
}

static tmsize_t write_nothing(thandle_t handle, void *from, tmsize_t size)
{
    (void)handle;
    (void)from;
    (void)size;
    return -1;
}

static toff_t seek(thandle_t handle, toff_t offset, int whence)
{
    reader *r = handle;
    r->at = whence == SEEK_SET ? offset : whence == SEEK_CUR ? r->at + offset : r->length + offset;
    return r->at;
}

static int close_nothing(thandle_t handle)
{
    (void)handle;
    return 0;
}

static toff_t length_of(thandle_t handle)
{
    return ((reader *)handle)->length;
}

/* The bytes stay where they are; libtiff reads them in place. */
static int map(thandle_t handle, void **base, toff_t *size)
{
    reader *r = handle;
    union {
        const unsigned char *in;
        void *out; /* libtiff only reads */
    } bytes = {r->bytes};
    *base = bytes.out;
    *size = r->length;
    return 1;
}

static void unmap(thandle_t handle, void *base, toff_t size)
{
    (void)handle;
    (void)base;
    (void)size;
}

static bool broken(const reader *r)
{
    return tns_error_set(r->err, TNS_ERROR_FORMAT, "%s: broken TIFF: %s", r->name,
                         r->fault[0] ? r->fault : "it does not hold what it says");
}

static bool refuse(const reader *r, const char *what)
{
    return tns_pixels_refuse(r->name, what, r->err);
}

static uint16_t tag_of(const reader *r, uint32_t tag)
{
    uint16_t value = 0;
    TIFFGetFieldDefaulted(r->tiff, tag, &value);
    return value;
}

/* Pages besides the photo: thumbnails and masks do not count (TIFF 6.0, NewSubfileType). */
static bool choose_page(reader *r)
{
    int pages = 0;
    tdir_t chosen = 0;
    do {
        uint32_t kind = 0;
        TIFFGetField(r->tiff, TIFFTAG_SUBFILETYPE, &kind);
        if (kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK))
            continue;
        if (pages++ == 0)
            chosen = TIFFCurrentDirectory(r->tiff);
    } while (pages < 2 && TIFFReadDirectory(r->tiff));
    if (pages > 1)
        return refuse(r, "a TIFF of several pages; expected one photo");
    return TIFFSetDirectory(r->tiff, chosen) || broken(r);
}

static bool check_photometric(const reader *r)
{
    uint16_t jpeg = COMPRESSION_JPEG;
    switch (tag_of(r, TIFFTAG_PHOTOMETRIC)) {
    case PHOTOMETRIC_RGB:
        return true;
    case PHOTOMETRIC_YCBCR:
        return (tag_of(r, TIFFTAG_COMPRESSION) == jpeg &&
                tag_of(r, TIFFTAG_PLANARCONFIG) == PLANARCONFIG_CONTIG) ||
               refuse(r, "a YCbCr TIFF not compressed as JPEG");
    case PHOTOMETRIC_MINISBLACK:
    case PHOTOMETRIC_MINISWHITE:
        return refuse(r, "a grey TIFF, which holds no color");
    case PHOTOMETRIC_SEPARATED:
        return refuse(r, "a CMYK TIFF, made for print");
    case PHOTOMETRIC_PALETTE:
        return refuse(r, "a TIFF with a palette of colors, which is no photo");
    case PHOTOMETRIC_CIELAB:
    case PHOTOMETRIC_ICCLAB:
    case PHOTOMETRIC_ITULAB:
        return refuse(r, "a Lab TIFF; expected RGB");
    default:
        return refuse(r, "a TIFF of other than RGB");
    }
}

static bool check_samples(const reader *r)
{
    uint16_t bits = tag_of(r, TIFFTAG_BITSPERSAMPLE);
    uint16_t format = tag_of(r, TIFFTAG_SAMPLEFORMAT);
    if (format == SAMPLEFORMAT_IEEEFP)
        return refuse(r, "a TIFF of floating-point numbers");
    if (format != SAMPLEFORMAT_UINT && format != SAMPLEFORMAT_VOID)
        return refuse(r, "a TIFF of signed or complex numbers");
    if (bits != 8 && bits != 16)
        return refuse(r, "a TIFF of other than 8 or 16 bits a channel");
    return true;
}

static bool check_compression(const reader *r)
{
    uint16_t compression = tag_of(r, TIFFTAG_COMPRESSION);
    if (compression == COMPRESSION_OJPEG)
        return refuse(r, "a TIFF compressed as JPEG in the old way");
    if (!TIFFIsCODECConfigured(compression))
        return refuse(r, "a TIFF of an unknown compression");
    return true;
}

/* Before any memory is asked for. */
static bool set_size(const reader *r)
{
    uint32_t width = 0, height = 0;
    TIFFGetField(r->tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(r->tiff, TIFFTAG_IMAGELENGTH, &height);
    if (width == 0 || height == 0 || width > INT_MAX || height > INT_MAX)
        return tns_error_set(r->err, TNS_ERROR_FORMAT, "%s: a TIFF of %u x %u pixels", r->name,
                             (unsigned)width, (unsigned)height);
    if ((uint64_t)width * height > PIXEL_LIMIT)
        return tns_error_set(r->err, TNS_ERROR_MEMORY, "%s: %u x %u pixels, over 200 million",
                             r->name, (unsigned)width, (unsigned)height);
    r->out->width = (int)width;
    r->out->height = (int)height;
    r->out->bits = tag_of(r, TIFFTAG_BITSPERSAMPLE);
    return true;
}

/* The first extra channel may be alpha; it must then hide nothing, premultiplied or not. */
static bool has_alpha(const reader *r, int channels)
{
    uint16_t count = 0, *kinds = NULL;
    TIFFGetFieldDefaulted(r->tiff, TIFFTAG_EXTRASAMPLES, &count, &kinds);
    return channels > 3 && count > 0 && kinds[0] != EXTRASAMPLE_UNSPECIFIED;
}

static bool set_pieces(const reader *r, pieces *p)
{
    *p = (pieces){.tiled = TIFFIsTiled(r->tiff) != 0,
                  .planar = tag_of(r, TIFFTAG_PLANARCONFIG) == PLANARCONFIG_SEPARATE,
                  .width = (uint32_t)r->out->width,
                  .channels = tag_of(r, TIFFTAG_SAMPLESPERPIXEL)};
    if (p->channels < 3)
        return broken(r);
    if (p->tiled) {
        TIFFGetField(r->tiff, TIFFTAG_TILEWIDTH, &p->width);
        TIFFGetField(r->tiff, TIFFTAG_TILELENGTH, &p->height);
    } else {
        TIFFGetFieldDefaulted(r->tiff, TIFFTAG_ROWSPERSTRIP, &p->height);
        if (p->height > (uint32_t)r->out->height)
            p->height = (uint32_t)r->out->height;
    }
    if (p->width > PIXEL_LIMIT || p->height > PIXEL_LIMIT)
        return tns_error_set(r->err, TNS_ERROR_MEMORY, "%s: TIFF tiles of %u x %u pixels", r->name,
                             (unsigned)p->width, (unsigned)p->height);
    p->size = p->tiled ? TIFFTileSize(r->tiff) : TIFFStripSize(r->tiff);
    uint64_t needed = (uint64_t)p->width * p->height * (uint64_t)(p->planar ? 1 : p->channels) *
                      (uint64_t)(r->out->bits / 8);
    if (p->height == 0 || p->width == 0 || p->size <= 0 || (uint64_t)p->size < needed)
        return broken(r);
    if (needed > (uint64_t)PIXEL_LIMIT * 8)
        return tns_error_set(r->err, TNS_ERROR_MEMORY, "%s: TIFF tiles of %u x %u pixels", r->name,
                             (unsigned)p->width, (unsigned)p->height);
    return true;
}

/* `kept` channels of the piece at (x, y) into the picture; `first` of them, when planar. */
static void put_piece(const reader *r, const pieces *p, const unsigned char *piece, uint32_t x,
                      uint32_t y, int first, int kept)
{
    size_t width = (size_t)r->out->bits / 8, take = p->planar ? 1 : (size_t)kept;
    size_t in = width * (p->planar ? 1 : (size_t)p->channels), out = width * (size_t)kept;
    uint32_t columns = (uint32_t)r->out->width - x, rows = (uint32_t)r->out->height - y;
    columns = columns < p->width ? columns : p->width;
    rows = rows < p->height ? rows : p->height;
    for (uint32_t row = 0; row < rows; row++) {
        const unsigned char *from = piece + (size_t)row * p->width * in;
        unsigned char *to = (unsigned char *)r->out->data +
                            ((size_t)(y + row) * (size_t)r->out->width + x) * out +
                            (size_t)first * width;
        for (uint32_t column = 0; column < columns; column++, from += in, to += out)
            memcpy(to, from, take * width);
    }
}

static bool read_piece(const reader *r, const pieces *p, uint32_t x, uint32_t y, int plane,
                       void *into, tmsize_t size)
{
    uint16_t sample = (uint16_t)plane;
    if (p->tiled)
        return TIFFReadEncodedTile(r->tiff, TIFFComputeTile(r->tiff, x, y, 0, sample), into,
                                   size) == size;
    return TIFFReadEncodedStrip(r->tiff, TIFFComputeStrip(r->tiff, y, sample), into, size) >= size;
}

/* A strip that has the layout of the picture is decoded where it belongs. */
static bool read_whole_rows(const reader *r, const pieces *p)
{
    size_t stride = (size_t)r->out->width * (size_t)p->channels * (size_t)(r->out->bits / 8);
    for (uint32_t y = 0; y < (uint32_t)r->out->height; y += p->height) {
        uint32_t rows =
            (uint32_t)r->out->height - y < p->height ? (uint32_t)r->out->height - y : p->height;
        if (!read_piece(r, p, 0, y, 0, (unsigned char *)r->out->data + y * stride,
                        (tmsize_t)(rows * stride)))
            return broken(r);
    }
    return true;
}

static bool read_piecewise(const reader *r, const pieces *p, int kept)
{
    unsigned char *piece = calloc(1, (size_t)p->size);
    bool done = piece || tns_error_set(r->err, TNS_ERROR_MEMORY, "%s: out of memory", r->name);
    size_t row_bytes =
        (size_t)p->width * (size_t)(p->planar ? 1 : p->channels) * (size_t)(r->out->bits / 8);
    for (int plane = 0; plane < (p->planar ? kept : 1) && done; plane++)
        for (uint32_t y = 0; y < (uint32_t)r->out->height && done; y += p->height)
            for (uint32_t x = 0; x < (uint32_t)r->out->width && done; x += p->width) {
                uint32_t rows = (uint32_t)r->out->height - y;
                tmsize_t size =
                    p->tiled || rows > p->height ? p->size : (tmsize_t)(rows * row_bytes);
                done = read_piece(r, p, x, y, plane, piece, size) || broken(r);
                if (done)
                    put_piece(r, p, piece, x, y, plane, kept);
            }
    free(piece);
    return done;
}

static bool read_pixels(const reader *r)
{
    pieces p;
    if (!set_pieces(r, &p))
        return false;
    int kept = has_alpha(r, p.channels) ? 4 : 3;
    if (!tns_pixels_allocate(r->out, kept, r->name, r->err))
        return false;
    bool direct = !p.tiled && !p.planar && p.channels == kept;
    if (direct ? !read_whole_rows(r, &p) : !read_piecewise(r, &p, kept))
        return false;
    if (r->is_damaged)
        return broken(r);
    return kept == 3 || tns_pixels_drop_alpha(r->out, "TIFF", r->name, r->err);
}

/* A classic TIFF is an EXIF block itself; libtiff knows the orientation of a BigTIFF too. */
static bool keep_color_space(const reader *r)
{
    uint32_t size = 0;
    void *icc = NULL;
    int orientation = tag_of(r, TIFFTAG_ORIENTATION);
    tns_exif_read(r->bytes, (size_t)r->length, r->out);
    r->out->orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
    if (!TIFFGetField(r->tiff, TIFFTAG_ICCPROFILE, &size, &icc))
        return true;
    return tns_pixels_set_profile(r->out, icc, size, r->name, r->err);
}

static bool decode(reader *r)
{
    if (!choose_page(r) || !check_compression(r) || !check_samples(r) || !check_photometric(r) ||
        !set_size(r) || !keep_color_space(r))
        return false;
    if (tag_of(r, TIFFTAG_PHOTOMETRIC) == PHOTOMETRIC_YCBCR)
        TIFFSetField(r->tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    return read_pixels(r);
}

static const char *version(void)
{
    const char *text = TIFFGetVersion(); /* "LIBTIFF, Version 4.5.0", and lines below */
    const char *digit = strpbrk(text, "0123456789");
    return digit ? digit : text;
}

static bool decode_tiff(const unsigned char *bytes, size_t length, const char *name,
                        tns_pixels *out, tns_error *err)
{
    reader r = {.bytes = bytes, .length = length, .name = name, .out = out, .err = err};
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (!options)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
    TIFFOpenOptionsSetErrorHandlerExtR(options, keep_fault, &r);
    TIFFOpenOptionsSetWarningHandlerExtR(options, look_at_warning, &r);
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, (tmsize_t)PIXEL_LIMIT * 8);
    r.tiff = TIFFClientOpenExt(name, "r", &r, read_bytes, write_nothing, seek, close_nothing,
                               length_of, map, unmap, options);
    TIFFOpenOptionsFree(options);
    bool done = r.tiff ? decode(&r) : broken(&r);
    if (r.tiff)
        TIFFClose(r.tiff);
    return done;
}

const tns_decoder_module tns_module_tiff = {{TNS_VERSION}, decode_tiff, version};
