/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart in the window of a printed holder, where it must be. */
#ifndef PHOTO_TAGS_WINDOW_H
#define PHOTO_TAGS_WINDOW_H

#include <tonsure/context.h>

#include "photo/chart/placement.h"
#include "photo/correct/flat.h"
#include "photo/tags/sheet.h"

/*
 * Where in the holder's window the chart's colors come in its order: any size that fits, any way
 * round. Needs no edges: blur and few pixels do not matter as long as patches have a color of their
 * own. *score is the order score there, *second the best of another way round. False when the
 * holder has no window, or out of memory.
 */
bool tns_window_search(const tns_light *light, const tns_chart *chart, const tns_sheet *sheet,
                       tns_placement *out, double *score, double *second);

#endif
