/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Only file that knows libde265. */
#include "photo/decode/hevc.h"

#include <stdint.h>
#include <stdlib.h>
#include <threads.h>

#include <libde265/de265.h>
#include <libheif/heif.h>
#include <libheif/heif_plugin.h>

#include "base/pages.h"
#include "photo/decode/sps.h"
#include "photo/decode/ycc.h"

#define NAME "tonsure-hevc"

static thread_local const tns_hevc_file *file_said;

/* A tile, of which a small photo may be a part; and by how much coding rounds a size up. */
enum { TILE_MOST = 1024, ROUNDED_BY = 64 };

enum { GIVEN_BACK = 64 }; /* rows at a time */

static struct heif_error answer(enum heif_error_code code, enum heif_suberror_code more,
                                const char *text)
{
    return (struct heif_error){code, more, text};
}

static struct heif_error fine(void)
{
    return answer(heif_error_Ok, heif_suberror_Unspecified, "");
}

static struct heif_error no_memory(void)
{
    return answer(heif_error_Memory_allocation_error, heif_suberror_Unspecified, "out of memory");
}

static struct heif_error broken(const char *text)
{
    return answer(heif_error_Decoder_plugin_error, heif_suberror_Unspecified, text);
}

static const char *say_name(void)
{
    return NAME;
}

/* Least of all, so that nobody gets it who does not ask for it by its name. */
static int rank(enum heif_compression_format format)
{
    return format == heif_compression_HEVC ? 1 : 0;
}

static struct heif_error open_decoder(void **out)
{
    *out = de265_new_decoder();
    return *out ? fine() : no_memory();
}

static void close_decoder(void *decoder)
{
    de265_free_decoder(decoder);
}

static void be_strict(void *decoder, int flag)
{
    (void)decoder; /* it always is */
    (void)flag;
}

static bool fits(uint32_t coded, int said)
{
    return coded <= TILE_MOST || (int64_t)coded <= (int64_t)said + ROUNDED_BY;
}

static bool both_fit(uint32_t width, uint32_t height, int said_width, int said_height)
{
    return fits(width, said_width) && fits(height, said_height);
}

/*
 * The decoder makes room by what the set says, whatever the file says around it. Of a photo that is
 * turned some writers, libheif's among them, say the size that it has when turned; it takes as
 * much.
 */
static bool is_as_large_as_said(const uint8_t *nal, size_t length)
{
    uint32_t width, height;
    return !tns_sps_is(nal, length) ||
           (tns_sps_size(nal, length, &width, &height) && file_said &&
            (both_fit(width, height, file_said->width, file_said->height) ||
             both_fit(width, height, file_said->height, file_said->width)));
}

/* NAL units, each after its length in 4 bytes. */
static struct heif_error take(void *decoder, const void *data, size_t size)
{
    const uint8_t *at = data;
    while (size > 0) {
        size_t length = 0;
        for (size_t i = 0; i < 4 && i < size; i++)
            length = length << 8 | at[i];
        if (size < 4 || length > size - 4 || length > INT32_MAX)
            return answer(heif_error_Decoder_plugin_error, heif_suberror_End_of_data,
                          "coded data is cut short");
        if (!is_as_large_as_said(at + 4, length))
            return broken("the coded picture is larger than the file says");
        if (de265_push_NAL(decoder, at + 4, (int)length, 0, NULL) != DE265_OK)
            return no_memory();
        at += 4 + length;
        size -= 4 + length;
    }
    return fine();
}

/* What the decoder complains of but goes on: where it no longer shows what was taken. */
static bool is_harmless(de265_error warning)
{
    return warning == DE265_WARNING_NO_WPP_CANNOT_USE_MULTITHREADING ||
           warning == DE265_WARNING_NUMBER_OF_THREADS_LIMITED_TO_MAXIMUM ||
           warning == DE265_WARNING_SPS_MISSING_CANNOT_DECODE_SEI;
}

/* NULL, and why not. */
static const struct de265_image *decode(void *decoder, const char **why)
{
    int more = 1;
    const struct de265_image *picture = NULL;
    de265_error found = de265_flush_data(decoder);
    while (found == DE265_OK && more && !picture) {
        found = de265_decode(decoder, &more);
        picture = de265_peek_next_picture(decoder);
    }
    *why = found == DE265_OK ? "no picture in the coded data" : de265_get_error_text(found);
    if (found != DE265_OK)
        return NULL;
    for (found = de265_get_warning(decoder); found != DE265_OK; found = de265_get_warning(decoder))
        if (!is_harmless(found)) {
            *why = de265_get_error_text(found);
            return NULL;
        }
    return picture;
}

static void find_planes(const struct de265_image *from, tns_ycc *to)
{
    enum de265_chroma chroma = de265_get_chroma_format(from);
    to->width = de265_get_image_width(from, 0);
    to->height = de265_get_image_height(from, 0);
    to->bits = de265_get_bits_per_pixel(from, 0);
    to->across = chroma == de265_chroma_mono ? 0 : chroma == de265_chroma_444 ? 1 : 2;
    to->down = chroma == de265_chroma_420 ? 2 : 1;
    for (int c = 0; c < (to->across ? 3 : 1); c++) {
        int stride = 0;
        to->plane[c].data = de265_get_image_plane(from, c, &stride);
        to->plane[c].stride = stride;
        to->plane[c].width = de265_get_image_width(from, c);
        to->plane[c].height = de265_get_image_height(from, c);
        if (de265_get_bits_per_pixel(from, c) != to->bits)
            to->bits = 0; /* unequal, which no camera writes */
    }
}

static void find_color(const struct de265_image *from, tns_ycc *to)
{
    to->matrix = de265_get_image_matrix_coefficients(from);
    to->primaries = de265_get_image_colour_primaries(from);
    to->is_limited = !de265_get_image_full_range_flag(from);
    if (file_said && file_said->color.is_said) {
        to->matrix = file_said->color.matrix;
        to->primaries = file_said->color.primaries;
        to->is_limited = file_said->color.is_limited;
    }
}

/* A row of chroma takes that before it too. The decoder gives one picture, and only this once. */
static void give_back(const tns_ycc *from, int y)
{
    for (int c = 0; c < 3; c++) {
        int rows = c == 0 ? y + 1 : y / from->down - 1;
        if (rows > 0 && from->plane[c].data)
            tns_pages_give_back((void *)from->plane[c].data, (size_t)rows * from->plane[c].stride);
    }
}

static struct heif_error convert(const tns_ycc *from, struct heif_image *to)
{
    static const enum heif_channel channel[3] = {heif_channel_R, heif_channel_G, heif_channel_B};
    uint8_t *plane[3];
    int stride[3];
    for (int c = 0; c < 3; c++) {
        struct heif_error found =
            heif_image_add_plane(to, channel[c], from->width, from->height, from->bits);
        if (found.code != heif_error_Ok)
            return found;
        plane[c] = heif_image_get_plane(to, channel[c], &stride[c]);
    }
    float *scratch = malloc(tns_ycc_scratch(from) * sizeof *scratch);
    if (!scratch)
        return no_memory();
    for (int y = 0; y < from->height; y++) {
        void *row[3];
        for (int c = 0; c < 3; c++)
            row[c] = plane[c] + (ptrdiff_t)y * stride[c];
        tns_ycc_row(from, y, scratch, row);
        if (y % GIVEN_BACK == GIVEN_BACK - 1)
            give_back(from, y);
    }
    free(scratch);
    return fine();
}

static struct heif_error give(void *decoder, struct heif_image **out)
{
    const char *why;
    tns_ycc picture = {0};
    const struct de265_image *coded = decode(decoder, &why);
    if (!coded)
        return broken(why);
    find_planes(coded, &picture);
    find_color(coded, &picture);
    if (!tns_ycc_is_readable(&picture))
        return answer(heif_error_Unsupported_feature, heif_suberror_Unsupported_color_conversion,
                      "a coding of color that no camera writes");
    struct heif_error found =
        heif_image_create(picture.width, picture.height, heif_colorspace_RGB, heif_chroma_444, out);
    if (found.code == heif_error_Ok)
        found = convert(&picture, *out);
    if (found.code != heif_error_Ok && *out) {
        heif_image_release(*out);
        *out = NULL;
    }
    return found;
}

static const struct heif_decoder_plugin plugin = {
    .plugin_api_version = 3,
    .get_plugin_name = say_name,
    .does_support_format = rank,
    .new_decoder = open_decoder,
    .free_decoder = close_decoder,
    .push_data = take,
    .decode_image = give,
    .set_strict_decoding = be_strict,
    .id_name = NAME,
};

static once_flag offered = ONCE_FLAG_INIT;
static bool is_taken;

static void offer(void)
{
    is_taken = heif_register_decoder_plugin(&plugin).code == heif_error_Ok;
}

const char *tns_hevc_begin(const tns_hevc_file *file)
{
    call_once(&offered, offer);
    file_said = file;
    return is_taken ? NAME : NULL;
}

void tns_hevc_end(void)
{
    file_said = NULL;
}
