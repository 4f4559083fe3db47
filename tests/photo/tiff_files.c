/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <tiffio.h>

#include "photo/files.h"
#include "support/testing.h"

typedef struct buffer {
    unsigned char *data;
    toff_t length, at, room;
} buffer;

static tmsize_t read_bytes(thandle_t handle, void *into, tmsize_t size)
{
    buffer *b = handle;
    toff_t left = b->at < b->length ? b->length - b->at : 0;
    tmsize_t n = (toff_t)size < left ? size : (tmsize_t)left;
    memcpy(into, b->data + b->at, (size_t)n);
    b->at += (toff_t)n;
    return n;
}

static tmsize_t write_bytes(thandle_t handle, void *from, tmsize_t size)
{
    buffer *b = handle;
    toff_t end = b->at + (toff_t)size;
    if (end > b->room) {
        b->room = 2 * end;
        b->data = realloc(b->data, b->room);
        ck_assert(b->data != NULL);
    }
    if (b->at > b->length)
        memset(b->data + b->length, 0, b->at - b->length);
    memcpy(b->data + b->at, from, (size_t)size);
    b->at = end;
    b->length = end > b->length ? end : b->length;
    return size;
}

static toff_t seek(thandle_t handle, toff_t offset, int whence)
{
    buffer *b = handle;
    b->at = whence == SEEK_SET ? offset : whence == SEEK_CUR ? b->at + offset : b->length + offset;
    return b->at;
}

static int close_nothing(thandle_t handle)
{
    (void)handle;
    return 0;
}

static toff_t length_of(thandle_t handle)
{
    return ((buffer *)handle)->length;
}

static int map_nothing(thandle_t handle, void **base, toff_t *size)
{
    (void)handle;
    (void)base;
    (void)size;
    return 0;
}

static void unmap_nothing(thandle_t handle, void *base, toff_t size)
{
    (void)handle;
    (void)base;
    (void)size;
}

static void set_tags(TIFF *tiff, const picture *p, const tiff_kind *kind)
{
    int photometric = kind->photometric ? kind->photometric - 1 : PHOTOMETRIC_RGB;
    int compression = kind->compression ? kind->compression : COMPRESSION_NONE;
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, (uint32_t)p->width);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, (uint32_t)p->height);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, p->channels);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, p->bits);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, compression);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, photometric);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG,
                 kind->planar ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG);
    if (compression == COMPRESSION_JPEG) {
        TIFFSetField(tiff, TIFFTAG_JPEGQUALITY, 98);
        TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    }
    if (kind->predictor)
        TIFFSetField(tiff, TIFFTAG_PREDICTOR, kind->predictor);
    if (kind->format)
        TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, kind->format);
    if (p->orientation)
        TIFFSetField(tiff, TIFFTAG_ORIENTATION, p->orientation);
    if (p->icc)
        TIFFSetField(tiff, TIFFTAG_ICCPROFILE, (uint32_t)p->icc->length, p->icc->data);
    if (kind->extra) {
        uint16_t extra = (uint16_t)(kind->extra - 1);
        TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &extra);
    }
    if (photometric == PHOTOMETRIC_PALETTE) {
        static uint16_t map[256];
        TIFFSetField(tiff, TIFFTAG_COLORMAP, map, map, map);
    }
}

/* The piece at (x, y), in the layout of the file. */
static void write_piece(TIFF *tiff, const picture *p, const tiff_kind *kind, int x, int y,
                        int width, int height, int plane)
{
    size_t one = (size_t)p->bits / 8, in = one * (size_t)p->channels;
    size_t out = kind->planar ? one : in, used = 0;
    unsigned char *piece = calloc((size_t)width * (size_t)height, out);
    for (int row = y; row < y + height; row++)
        for (int column = x; column < x + width; column++, used += out)
            if (row < p->height && column < p->width)
                memcpy(piece + used,
                       (const unsigned char *)p->data +
                           ((size_t)row * (size_t)p->width + (size_t)column) * in +
                           (size_t)plane * one,
                       out);
    uint16_t sample = (uint16_t)plane;
    if (kind->tiled)
        ck_assert(TIFFWriteTile(tiff, piece, (uint32_t)x, (uint32_t)y, 0, sample) > 0);
    else {
        int rows = p->height - y < height ? p->height - y : height;
        uint32_t strip = TIFFComputeStrip(tiff, (uint32_t)y, sample);
        ck_assert(TIFFWriteEncodedStrip(tiff, strip, piece,
                                        (tmsize_t)((size_t)rows * (size_t)width * out)) > 0);
    }
    free(piece);
}

static void write_page(TIFF *tiff, const picture *p, const tiff_kind *kind)
{
    int width = kind->tiled ? 32 : p->width;
    int height = kind->tiled ? 16 : kind->rows_per_strip ? kind->rows_per_strip : p->height;
    set_tags(tiff, p, kind);
    if (kind->tiled) {
        TIFFSetField(tiff, TIFFTAG_TILEWIDTH, (uint32_t)width);
        TIFFSetField(tiff, TIFFTAG_TILELENGTH, (uint32_t)height);
    } else {
        TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, (uint32_t)height);
    }
    for (int plane = 0; plane < (kind->planar ? p->channels : 1); plane++)
        for (int y = 0; y < p->height; y += height)
            for (int x = 0; x < p->width; x += width)
                write_piece(tiff, p, kind, x, y, width, height, plane);
    ck_assert(TIFFWriteDirectory(tiff));
}

bytes tiff_of(const picture *p, const tiff_kind *kind)
{
    buffer b = {NULL, 0, 0, 0};
    const char *mode = kind->big ? "w8" : kind->big_endian ? "wb" : "wl";
    TIFF *tiff = TIFFClientOpen("test", mode, &b, read_bytes, write_bytes, seek, close_nothing,
                                length_of, map_nothing, unmap_nothing);
    ck_assert(tiff != NULL);
    if (kind->thumbnail) {
        static const unsigned char dark[8 * 8 * 3];
        picture small = {.width = 8, .height = 8, .channels = 3, .bits = 8, .data = dark};
        TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
        write_page(tiff, &small, &(tiff_kind){0});
    }
    for (int i = 0; i < (kind->pages ? kind->pages : 1); i++)
        write_page(tiff, p, kind);
    TIFFClose(tiff);
    return (bytes){b.data, (size_t)b.length};
}
