/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connected parts of what is even in a picture, by their moments. */
#ifndef PHOTO_FIND_COMPONENTS_H
#define PHOTO_FIND_COMPONENTS_H

#include <stdbool.h>
#include <stdint.h>

/* Sums over a part's pixels. */
typedef struct tns_moments {
    double n, x, y, xx, xy, yy;
} tns_moments;

/* Told of each part, once. */
typedef void (*tns_component_seen)(const tns_moments *part, void *data);

/*
 * Pixels whose edge is under `limit`, connected by their sides, row by row by runs. False when out
 * of memory.
 */
bool tns_components_each(const uint8_t *edge, int width, int height, int limit,
                         tns_component_seen seen, void *data);

#endif
