/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Only file that knows libpng, and its way of failing by longjmp. */
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "base/text.h"
#include "photo/decode/pixels.h"

typedef struct reader {
    png_structp png;
    png_infop info;
    const unsigned char *next, *end;
    const char *name;
    tns_pixels *out;
    int channels;
    char profile_fault[100]; /* what libpng says of the profile, kept or not */
    tns_error *err;
} reader;

static void fail(png_structp png, png_const_charp found)
{
    reader *r = png_get_error_ptr(png);
    tns_error_set(r->err, TNS_ERROR_FORMAT, "%s: broken PNG: %s", r->name, found);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp found)
{
    reader *r = png_get_error_ptr(png);
    if (strncmp(found, "iCCP", 4) == 0)
        tns_text_format(r->profile_fault, sizeof r->profile_fault, "%s", found);
}

static void take_bytes(png_structp png, png_bytep into, size_t count)
{
    reader *r = png_get_io_ptr(png);
    if ((size_t)(r->end - r->next) < count)
        png_error(png, "the file ends too early");
    memcpy(into, r->next, count);
    r->next += count;
}

static bool check_kind(const reader *r)
{
    png_byte type = png_get_color_type(r->png, r->info);
    if (type & PNG_COLOR_MASK_COLOR)
        return true;
    return tns_pixels_refuse(r->name, "a grey PNG, which holds no color", r->err);
}

static void ask_for_rgb(reader *r)
{
    png_set_expand(r->png);
    if (png_get_bit_depth(r->png, r->info) == 16) {
        const uint16_t one = 1;
        if (*(const unsigned char *)&one)
            png_set_swap(r->png);
    }
    png_set_interlace_handling(r->png);
    png_read_update_info(r->png, r->info);
    r->channels = png_get_channels(r->png, r->info);
    r->out->bits = png_get_bit_depth(r->png, r->info);
}

static bool is_chunk(const unsigned char *at, const char *type)
{
    return memcmp(at + 4, type, 4) == 0;
}

/* Primaries, curve, matrix, full range; where neither of the first is said, a profile may say it.
 */
static bool keep_code_points(const reader *r, const unsigned char said[4])
{
    const int unspecified = 2;
    if (said[2] != 0 || said[3] != 1)
        return tns_pixels_refuse(r->name, "a PNG of video's range or matrix", r->err);
    if (said[0] != unspecified || said[1] != unspecified) {
        r->out->primaries = said[0];
        r->out->transfer = said[1];
    }
    return true;
}

/*
 * Chunks before the pixels that libpng 1.6 does not know: acTL, of an animation, and cICP, code
 * points of the color space, which go before a profile (PNG, third edition, 4.3).
 */
static bool look_at_chunks(reader *r)
{
    const unsigned char *at = r->next + 8;
    while (r->end - at >= 12 && !is_chunk(at, "IDAT")) {
        uint32_t size =
            (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
        if (size > (size_t)(r->end - at) - 12)
            return true; /* libpng will say so */
        if (is_chunk(at, "acTL"))
            return tns_pixels_refuse(r->name, "an animated PNG", r->err);
        if (is_chunk(at, "cICP") && size == 4 && !keep_code_points(r, at + 8))
            return false;
        at += 12 + (size_t)size;
    }
    return true;
}

/* Some writers put JPEG's mark before the block. */
static void read_exif(const reader *r)
{
    png_uint_32 size = 0;
    png_bytep exif = NULL;
    if (png_get_eXIf_1(r->png, r->info, &size, &exif) && size > 6 &&
        memcmp(exif, "Exif\0", 6) == 0) {
        exif += 6;
        size -= 6;
    }
    r->out->orientation = tns_exif_read(exif, size, r->out);
}

static bool keep_color_space(const reader *r)
{
    tns_pixels *out = r->out;
    png_charp name;
    png_bytep icc;
    png_uint_32 size;
    int method, intent;
    double *c = out->chromaticity;
    bool has_profile = png_get_iCCP(r->png, r->info, &name, &method, &icc, &size) != 0;
    if (has_profile && !out->primaries && !tns_pixels_set_profile(out, icc, size, r->name, r->err))
        return false;
    if (!has_profile && r->profile_fault[0]) /* libpng drops what it finds faulty, but not all */
        tns_warn(&out->warnings, "color profile passed over: %s", r->profile_fault);
    out->says_srgb = png_get_sRGB(r->png, r->info, &intent) != 0;
    if (!png_get_gAMA(r->png, r->info, &out->gamma))
        out->gamma = 0;
    if (!png_get_cHRM(r->png, r->info, &c[0], &c[1], &c[2], &c[3], &c[4], &c[5], &c[6], &c[7]))
        memset(c, 0, sizeof out->chromaticity);
    read_exif(r);
    return true;
}

/*
 * Deflate makes no more than 1032 bytes of one. What says to hold more would have libpng fill
 * memory for rows before it finds that they are missing.
 */
static bool check_length(const reader *r)
{
    size_t length = (size_t)(r->end - r->next);
    size_t bits = (size_t)png_get_channels(r->png, r->info) * png_get_bit_depth(r->png, r->info);
    size_t n = (size_t)r->out->width * (size_t)r->out->height;
    return n > PIXEL_LIMIT || n * bits / 8 / 1032 <= length ||
           tns_error_set(r->err, TNS_ERROR_FORMAT, "%s: broken PNG: %d x %d pixels in %zu bytes",
                         r->name, r->out->width, r->out->height, length);
}

static void read_rows(const reader *r)
{
    size_t stride = (size_t)r->out->width * r->channels * (r->out->bits / 8);
    int passes = png_set_interlace_handling(r->png);
    for (int pass = 0; pass < passes; pass++)
        for (int y = 0; y < r->out->height; y++)
            png_read_row(r->png, (png_bytep)r->out->data + y * stride, NULL);
}

/* In its own function, so that no local lives across the jump. */
static bool decode(reader *r)
{
    if (setjmp(png_jmpbuf(r->png)))
        return false;
    png_set_user_limits(r->png, PIXEL_LIMIT, PIXEL_LIMIT);
    png_set_chunk_malloc_max(r->png, PROFILE_LIMIT);
    png_set_read_fn(r->png, r, take_bytes);
    png_read_info(r->png, r->info);
    r->out->width = (int)png_get_image_width(r->png, r->info);
    r->out->height = (int)png_get_image_height(r->png, r->info);
    if (!check_kind(r) || !check_length(r))
        return false;
    ask_for_rgb(r);
    if (!tns_pixels_allocate(r->out, r->channels, r->name, r->err))
        return false;
    read_rows(r);
    png_read_end(r->png, r->info);
    if (!keep_color_space(r))
        return false;
    return r->channels == 3 || tns_pixels_drop_alpha(r->out, "PNG", r->name, r->err);
}

static const char *version(void)
{
    return png_get_libpng_ver(NULL);
}

static bool decode_png(const unsigned char *bytes, size_t length, const char *name, tns_pixels *out,
                       tns_error *err)
{
    reader r = {.next = bytes, .end = bytes + length, .name = name, .out = out, .err = err};
    r.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &r, fail, on_warning);
    r.info = r.png ? png_create_info_struct(r.png) : NULL;
    bool done = r.info ? look_at_chunks(&r) && decode(&r)
                       : tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
    png_destroy_read_struct(&r.png, &r.info, NULL);
    return done;
}

const tns_decoder_module tns_module_png = {{TNS_VERSION}, decode_png, version};
