/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lays a drawing of the chart, squares on a frame, over the image by Gauss-Newton steps: the levels
 * of each square and of the frame round it are the image's own, so that only shapes count.
 */
#ifndef PHOTO_FIND_ALIGN_H
#define PHOTO_FIND_ALIGN_H

#include "photo/chart/placement.h"

/* The part of an image where a chart lies, small enough that a pitch is 20-40 pixels if it can. */
typedef struct tns_close_up {
    int x, y, width, height, factor;
    uint8_t (*rgb)[3];
} tns_close_up;

/* False when out of memory, or when no part of the chart is in the image. */
bool tns_close_up_make(const tns_image *image, const tns_chart *chart,
                       const tns_placement *placement, tns_close_up *out);
void tns_close_up_finish(tns_close_up *close_up);

/*
 * Moves the placement's map. `blur` is that of the drawing's edges, in pitches: a wide one catches
 * from afar. False when the steps lead nowhere.
 */
bool tns_align(const tns_close_up *close_up, const tns_chart *chart, const bool *takes, double blur,
               tns_placement *placement);

/*
 * How far a patch lies from its place, in pitches. False when its edges do not tell, on all sides.
 */
bool tns_align_patch(const tns_close_up *close_up, const tns_chart *chart, int patch, double blur,
                     const tns_placement *placement, tns_point *off);

/*
 * The share of what varies in and round a patch, in place, that its square on the frame explains:
 * 1 = it shows its whole outline and nothing else.
 */
double tns_align_share(const tns_close_up *close_up, const tns_chart *chart, int patch, double blur,
                       const tns_placement *placement);

#endif
