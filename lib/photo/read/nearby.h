/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which of many rectangles hold a point, without a look at all of them: they are sorted into square
 * cells about as large as they are, so that a picture of a hundred thousand dots costs what its
 * dots cost, and not their square.
 */
#ifndef PHOTO_READ_NEARBY_H
#define PHOTO_READ_NEARBY_H

#include <stdbool.h>
#include <stddef.h>

typedef struct tns_rect {
    double x0, y0, x1, y1;
} tns_rect;

typedef struct tns_nearby {
    double x, y, side; /* of the first cell, and of all */
    int across, down;
    size_t *end;    /* of a cell's members; a cell's first is the end of the one before */
    size_t *member; /* indices of rectangles, rising in each cell */
} tns_nearby;

/* False without memory. Finish it in either case. */
bool tns_nearby_make(const tns_rect *rect, size_t count, tns_nearby *out);
void tns_nearby_finish(tns_nearby *nearby);

/* The indices, rising, of all that hold the point (edges too) and of some beside it. */
const size_t *tns_nearby_at(const tns_nearby *nearby, double x, double y, size_t *count);

#endif
