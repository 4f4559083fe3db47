/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an image is made of, for the files of this folder. */
#ifndef PHOTO_DECODE_INSIDE_H
#define PHOTO_DECODE_INSIDE_H

#include <tonsure/image.h>

#include "photo/decode/linear.h"
#include "photo/decode/pixels.h"

struct tns_image {
    tns_image_info info;
    tns_pixels pixels;
    tns_linear *linear;
};

#endif
