/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the photo of a HEIC is to be turned and mirrored. libheif turns it into a second copy, as
 * large as the first; here a turn is a matter of coordinates.
 */
#ifndef PHOTO_DECODE_HEIC_TURN_H
#define PHOTO_DECODE_HEIC_TURN_H

#include <stddef.h>

/*
 * As EXIF's orientation, 2 to 8, where turning and mirroring is all that is to be done with the
 * photo, so that libheif may leave it. 1: nothing is, or libheif has to do it, as what is cropped
 * too, what has parts that are turned by themselves, and what is told more than once.
 */
int tns_heic_turn(const unsigned char *bytes, size_t length);

#endif
