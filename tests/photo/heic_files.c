/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <libheif/heif.h>

#include "photo/files.h"
#include "support/testing.h"

static void must(struct heif_error found)
{
    ck_assert_msg(found.code == heif_error_Ok, "%s", found.message);
}

static struct heif_image *gray_of(const picture *p)
{
    struct heif_image *image = NULL;
    int stride = 0;
    must(heif_image_create(p->width, p->height, heif_colorspace_monochrome, heif_chroma_monochrome,
                           &image));
    must(heif_image_add_plane(image, heif_channel_Y, p->width, p->height, 8));
    unsigned char *to = heif_image_get_plane(image, heif_channel_Y, &stride);
    const uint16_t *from = p->data;
    for (int i = 0; i < p->width * p->height; i++)
        to[i / p->width * stride + i % p->width] = (unsigned char)(from[3 * i + 1] >> 8);
    return image;
}

static struct heif_image *image_of(const picture *p, const heic_kind *kind)
{
    if (kind->is_gray)
        return gray_of(p);
    struct heif_image *image = NULL;
    int channels = kind->alpha ? 4 : 3, stride = 0;
    enum heif_chroma chroma = kind->depth == 8 ? (kind->alpha ? heif_chroma_interleaved_RGBA
                                                              : heif_chroma_interleaved_RGB)
                                               : heif_chroma_interleaved_RRGGBB_LE;
    must(heif_image_create(p->width, p->height, heif_colorspace_RGB, chroma, &image));
    must(heif_image_add_plane(image, heif_channel_interleaved, p->width, p->height, kind->depth));
    unsigned char *to = heif_image_get_plane(image, heif_channel_interleaved, &stride);
    const uint16_t *from = p->data;
    for (int y = 0; y < p->height; y++, to += stride)
        for (int i = 0; i < p->width * channels; i++, from++) {
            unsigned most = (1u << kind->depth) - 1, code = (*from * most + 32767) / 65535;
            put_le(to + i * (kind->depth == 8 ? 1 : 2), code, kind->depth == 8 ? 1 : 2);
        }
    if (p->icc)
        must(heif_image_set_raw_color_profile(image, "prof", p->icc->data, p->icc->length));
    return image;
}

static struct heif_color_profile_nclx *nclx_of(const heic_kind *kind)
{
    struct heif_color_profile_nclx *nclx = heif_nclx_color_profile_alloc();
    must(heif_nclx_color_profile_set_color_primaries(nclx, (uint16_t)kind->primaries));
    must(heif_nclx_color_profile_set_transfer_characteristics(nclx, (uint16_t)kind->transfer));
    must(heif_nclx_color_profile_set_matrix_coefficients(nclx, (uint16_t)kind->matrix));
    nclx->full_range_flag = !kind->is_limited;
    return nclx;
}

static void encode(struct heif_context *context, const picture *p, const heic_kind *kind)
{
    struct heif_encoder *encoder = NULL;
    must(heif_context_get_encoder_for_format(context, heif_compression_HEVC, &encoder));
    must(heif_encoder_set_parameter(encoder, "chroma", kind->chroma ? kind->chroma : "444"));
    must(heif_encoder_set_lossless(encoder, 1));
    must(heif_encoder_set_parameter(encoder, "preset", "ultrafast"));
    struct heif_image *image = image_of(p, kind);
    struct heif_encoding_options *options = heif_encoding_options_alloc();
    struct heif_color_profile_nclx *nclx = kind->primaries ? nclx_of(kind) : NULL;
    if (nclx) {
        must(heif_image_set_nclx_color_profile(image, nclx));
        options->output_nclx_profile = nclx;
        options->save_two_colr_boxes_when_ICC_and_nclx_available = 1;
        options->macOS_compatibility_workaround_no_nclx_profile = kind->is_silent;
    }
    options->save_alpha_channel = kind->alpha;
    if (kind->orientation)
        options->image_orientation = (enum heif_orientation)kind->orientation;
    struct heif_image_handle *handle = NULL;
    must(heif_context_encode_image(context, image, encoder, options, &handle));
    if (kind->exif) {
        unsigned char exif[26] = "II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0";
        exif[18] = (unsigned char)p->orientation;
        must(heif_context_add_exif_metadata(context, handle, exif, sizeof exif));
    }
    heif_image_handle_release(handle);
    heif_nclx_color_profile_free(nclx);
    heif_encoding_options_free(options);
    heif_image_release(image);
    heif_encoder_release(encoder);
}

static struct heif_error keep(struct heif_context *context, const void *data, size_t size,
                              void *user)
{
    bytes *out = user;
    (void)context;
    out->data = malloc(size);
    ck_assert(out->data != NULL);
    memcpy(out->data, data, size);
    out->length = size;
    return (struct heif_error){heif_error_Ok, heif_suberror_Unspecified, "kept"};
}

bytes heic_of(const picture *p, const heic_kind *kind)
{
    bytes out = {NULL, 0};
    struct heif_context *context = heif_context_alloc();
    struct heif_writer writer = {1, keep};
    for (int i = 0; i < (kind->photos ? kind->photos : 1); i++)
        encode(context, p, kind);
    must(heif_context_write(context, &writer, &out));
    heif_context_free(context);
    return out;
}
