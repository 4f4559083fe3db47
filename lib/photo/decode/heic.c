/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * HEIC by libheif, cropped and put together from tiles as the file says; what is only turned and
 * mirrored stays as it is coded, and is turned where it is read. What is coded in HEVC, alpha too,
 * is decoded to R, G, B by photo/decode/hevc.c.
 */
#include <stdlib.h>
#include <string.h>

#include <libheif/heif.h>

#include "base/pages.h"
#include "photo/decode/heic_links.h"
#include "photo/decode/heic_turn.h"
#include "photo/decode/hevc.h"
#include "photo/decode/pixels.h"

enum { GIVEN_BACK = 64 }; /* rows at a time */

/* What one call holds. */
typedef struct reader {
    const char *name;
    tns_pixels *out;
    tns_error *err;
    struct heif_context *context;
    struct heif_image_handle *handle;
    struct heif_image *image;
} reader;

typedef struct plane {
    uint8_t *data;
    int stride; /* bytes */
    int width, height, bits;
} plane;

static bool refuse(const reader *r, const char *what)
{
    return tns_pixels_refuse(r->name, what, r->err);
}

static bool fail(const reader *r, struct heif_error found)
{
    switch (found.code) {
    case heif_error_Memory_allocation_error:
        return tns_error_set(r->err, TNS_ERROR_MEMORY, "%s: %s", r->name, found.message);
    case heif_error_Unsupported_filetype:
    case heif_error_Unsupported_feature:
        return tns_error_set(r->err, TNS_ERROR_UNSUPPORTED,
                             "%s: %s; export the photo as JPEG or 16-bit TIFF", r->name,
                             found.message);
    default:
        return tns_error_set(r->err, TNS_ERROR_FORMAT, "%s: broken HEIC: %s", r->name,
                             found.message);
    }
}

/* A file may hold several photos (a burst); the one it names as its own counts. */
static bool open_photo(reader *r, const unsigned char *bytes, size_t length)
{
    r->context = heif_context_alloc();
    if (!r->context)
        return tns_error_set(r->err, TNS_ERROR_MEMORY, "%s: out of memory", r->name);
    struct heif_error found =
        heif_context_read_from_memory_without_copy(r->context, bytes, length, NULL);
    if (found.code == heif_error_Ok)
        found = heif_context_get_primary_image_handle(r->context, &r->handle);
    if (found.code != heif_error_Ok)
        return fail(r, found);
    heif_context_set_max_decoding_threads(r->context, 0); /* photo/decode/hevc.h */
    int photos = heif_context_get_number_of_top_level_images(r->context);
    if (photos > 1)
        tns_warn(&r->out->warnings, "the file holds %d photos; its main one is read", photos);
    return true;
}

/* Before anything is decoded. */
static bool check_size(const reader *r)
{
    int64_t sizes[2][2] = {
        {heif_image_handle_get_width(r->handle), heif_image_handle_get_height(r->handle)},
        {heif_image_handle_get_ispe_width(r->handle),
         heif_image_handle_get_ispe_height(r->handle)}};
    for (int i = 0; i < 2; i++)
        if (sizes[i][0] * sizes[i][1] > PIXEL_LIMIT)
            return tns_error_set(r->err, TNS_ERROR_MEMORY, "%s: %d x %d pixels, over 200 million",
                                 r->name, (int)sizes[i][0], (int)sizes[i][1]);
    return true;
}

static tns_hevc_color color_of_file(const reader *r)
{
    struct heif_color_profile_nclx *nclx = NULL;
    tns_hevc_color color = {0};
    color.is_said =
        heif_image_handle_get_nclx_color_profile(r->handle, &nclx).code == heif_error_Ok;
    if (color.is_said) {
        color.matrix = (int)nclx->matrix_coefficients;
        color.primaries = (int)nclx->color_primaries;
        color.is_limited = !nclx->full_range_flag;
    }
    if (nclx) /* even where libheif knows no such code points it leaves this behind */
        heif_nclx_color_profile_free(nclx);
    return color;
}

static bool decode_photo(reader *r)
{
    struct heif_decoding_options *options = heif_decoding_options_alloc();
    if (!options)
        return tns_error_set(r->err, TNS_ERROR_MEMORY, "%s: out of memory", r->name);
    const tns_hevc_file file = {.color = color_of_file(r),
                                .width = heif_image_handle_get_ispe_width(r->handle),
                                .height = heif_image_handle_get_ispe_height(r->handle)};
    options->strict_decoding = 1;
    options->ignore_transformations = r->out->orientation != 1;
    options->decoder_id = tns_hevc_begin(&file);
    struct heif_error found = heif_decode_image(r->handle, &r->image, heif_colorspace_undefined,
                                                heif_chroma_undefined, options);
    tns_hevc_end();
    heif_decoding_options_free(options);
    return found.code == heif_error_Ok || fail(r, found);
}

static bool keep_profile(const reader *r)
{
    size_t size = heif_image_handle_get_raw_color_profile_size(r->handle);
    if (size == 0 || size > PROFILE_LIMIT)
        return tns_pixels_set_profile(r->out, NULL, size, r->name, r->err);
    void *icc = malloc(size);
    if (!icc)
        return tns_error_set(r->err, TNS_ERROR_MEMORY, "%s: out of memory", r->name);
    struct heif_error found = heif_image_handle_get_raw_color_profile(r->handle, icc);
    r->out->icc = icc;
    r->out->icc_size = size;
    return found.code == heif_error_Ok || fail(r, found);
}

/* Code points of the file's own; those of the coded picture, which may differ, do not count. */
static void keep_code_points(const reader *r)
{
    struct heif_color_profile_nclx *nclx = NULL;
    bool known = heif_image_handle_get_nclx_color_profile(r->handle, &nclx).code == heif_error_Ok;
    if (known && (nclx->color_primaries != heif_color_primaries_unspecified ||
                  nclx->transfer_characteristics != heif_transfer_characteristic_unspecified)) {
        r->out->primaries = (int)nclx->color_primaries;
        r->out->transfer = (int)nclx->transfer_characteristics;
    }
    if (nclx) /* even where libheif knows no such code points it leaves this behind */
        heif_nclx_color_profile_free(nclx);
}

static bool get_plane(const reader *r, enum heif_channel channel, plane *p)
{
    p->data = heif_image_get_plane(r->image, channel, &p->stride);
    p->width = heif_image_get_width(r->image, channel);
    p->height = heif_image_get_height(r->image, channel);
    p->bits = heif_image_get_bits_per_pixel_range(r->image, channel);
    bool fits = p->data && p->bits >= 8 && p->bits <= 16 && p->width == r->out->width &&
                p->height == r->out->height;
    return fits ||
           tns_error_set(r->err, TNS_ERROR_FORMAT, "%s: broken HEIC: planes do not fit", r->name);
}

static unsigned code_at(const plane *p, int x, int y)
{
    const uint8_t *row = p->data + (ptrdiff_t)y * p->stride;
    if (p->bits == 8)
        return row[x];
    uint16_t code;
    memcpy(&code, row + 2 * (ptrdiff_t)x, sizeof code);
    return code & ((1u << p->bits) - 1);
}

/* Codes of more than 8 bits are brought to 16. */
static void copy_row(const tns_pixels *out, const plane p[3], int y)
{
    unsigned most = (1u << p[0].bits) - 1;
    size_t first = 3 * (size_t)y * (size_t)out->width;
    uint8_t *narrow = (uint8_t *)out->data + first;
    uint16_t *wide = (uint16_t *)out->data + first;
    for (int x = 0; x < out->width; x++)
        for (int c = 0; c < 3; c++) {
            unsigned code = code_at(&p[c], x, y);
            if (out->bits == 8)
                *narrow++ = (uint8_t)code;
            else
                *wide++ = (uint16_t)((code * 65535 + most / 2) / most);
        }
}

/* Three planes and their copy would be twice the photo: what is copied of them is given back. */
static void move_rows(const tns_pixels *out, const plane p[3])
{
    for (int y = 0; y < out->height; y++) {
        copy_row(out, p, y);
        if (y % GIVEN_BACK == GIVEN_BACK - 1)
            for (int c = 0; c < 3; c++)
                tns_pages_give_back(p[c].data, (size_t)(y + 1) * (size_t)p[c].stride);
    }
}

static bool check_alpha(const reader *r)
{
    plane alpha;
    if (!heif_image_has_channel(r->image, heif_channel_Alpha))
        return true;
    if (!get_plane(r, heif_channel_Alpha, &alpha))
        return false;
    for (int y = 0; y < r->out->height; y++)
        for (int x = 0; x < r->out->width; x++)
            if (code_at(&alpha, x, y) != (1u << alpha.bits) - 1)
                return refuse(r, "a HEIC with transparent pixels; expected an opaque photo");
    return true;
}

/* Room was checked for what the file said, which is of the photo as shown. */
static bool is_as_large_as_said(const reader *r)
{
    bool turned = r->out->orientation >= 5;
    int width = turned ? r->out->height : r->out->width;
    int height = turned ? r->out->width : r->out->height;
    int said_width = heif_image_handle_get_width(r->handle);
    int said_height = heif_image_handle_get_height(r->handle);
    return (width <= said_width && height <= said_height) ||
           tns_error_set(r->err, TNS_ERROR_FORMAT,
                         "%s: broken HEIC: %d x %d pixels are coded, %d x %d are said", r->name,
                         width, height, said_width, said_height);
}

static bool take_pixels(const reader *r)
{
    static const enum heif_channel channels[3] = {heif_channel_R, heif_channel_G, heif_channel_B};
    plane p[3];
    for (int c = 0; c < 3; c++)
        if (!get_plane(r, channels[c], &p[c]))
            return false;
    if (p[1].bits != p[0].bits || p[2].bits != p[0].bits)
        return refuse(r, "a HEIC of channels of unequal depth");
    r->out->bits = p[0].bits == 8 ? 8 : 16;
    r->out->depth = p[0].bits;
    if (!check_alpha(r) || !tns_pixels_allocate(r->out, 3, r->name, r->err))
        return false;
    move_rows(r->out, p);
    return true;
}

/*
 * What EXIF says beside the file does not count. To alpha libheif gives the size of the photo as
 * shown, also where it is told not to turn.
 */
static int turn_of(const reader *r, const unsigned char *bytes, size_t length)
{
    return heif_image_handle_has_alpha_channel(r->handle) ? 1 : tns_heic_turn(bytes, length);
}

static bool decode(reader *r, const unsigned char *bytes, size_t length)
{
    tns_pixels *out = r->out;
    if (!open_photo(r, bytes, length) || !check_size(r) || !keep_profile(r))
        return false;
    out->orientation = turn_of(r, bytes, length);
    if (!decode_photo(r))
        return false;
    out->width = heif_image_get_primary_width(r->image);
    out->height = heif_image_get_primary_height(r->image);
    keep_code_points(r);
    return is_as_large_as_said(r) && take_pixels(r);
}

static const char *version(void)
{
    return heif_get_version();
}

static bool decode_heic(const unsigned char *bytes, size_t length, const char *name,
                        tns_pixels *out, tns_error *err)
{
    reader r = {.name = name, .out = out, .err = err};
    bool done = tns_heic_check_links(bytes, length, name, err) && decode(&r, bytes, length);
    if (r.image)
        heif_image_release(r.image);
    if (r.handle)
        heif_image_handle_release(r.handle);
    if (r.context)
        heif_context_free(r.context);
    return done;
}

const tns_decoder_module tns_module_heic = {{TNS_VERSION}, decode_heic, version};
