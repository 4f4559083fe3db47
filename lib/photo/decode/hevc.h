/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The coded pictures of a HEIC, decoded by libde265 for libheif in place of libheif's own way,
 * whose conversion to R, G, B repeats half the chroma and rounds to 8 bit, and which gives Y, Cb,
 * Cr to nobody.
 */
#ifndef PHOTO_DECODE_HEVC_H
#define PHOTO_DECODE_HEVC_H

#include <stdbool.h>

/* What the file says of its color, which goes before what the coded picture says. */
typedef struct tns_hevc_color {
    bool is_said;
    int matrix, primaries; /* code points of H.273 */
    bool is_limited;
} tns_hevc_color;

typedef struct tns_hevc_file {
    tns_hevc_color color;
    int width, height; /* of its photo; what is coded may be a tile of it, or a little larger */
} tns_hevc_file;

/*
 * The name of the decoder, for heif_decoding_options.decoder_id; NULL where libheif does not take
 * it. libheif hands nothing through to a decoder, so `file`, which must live until
 * tns_hevc_end(), holds for this thread: let libheif decode in no other. What is coded far larger
 * than the file says is refused before room is made for it.
 */
const char *tns_hevc_begin(const tns_hevc_file *file);
void tns_hevc_end(void);

#endif
