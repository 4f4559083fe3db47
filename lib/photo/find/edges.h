/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a picture is even and where it is not. */
#ifndef PHOTO_FIND_EDGES_H
#define PHOTO_FIND_EDGES_H

#include "photo/find/picture.h"

/*
 * Strongest step over two pixels, in any channel, of the picture smoothed by 3 by 3; 255 along the
 * border, which is no place for a patch. False when out of memory.
 */
bool tns_edges_of(const tns_reduced *picture, uint8_t *edge);

#endif
