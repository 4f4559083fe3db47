/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting in pictures of known truth. */
#ifndef TESTS_PHOTO_COUNTING_H
#define TESTS_PHOTO_COUNTING_H

#include "photo/read/follicles.h"
#include "render/stubble.h"

tns_image *counting_image(const unsigned char *rgb, int width, int height);
tns_follicles counting_look(const unsigned char *rgb, int width, int height, double mm_per_px);

/* Of units; boxes match that share 0.3 of what they cover together. 1 where there are none. */
double counting_f1(const stubble_picture *truth, const tns_follicles *found);

#endif
