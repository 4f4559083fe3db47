/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which spots are hair, and at which magnification to look for it. */
#ifndef PHOTO_READ_VIEW_H
#define PHOTO_READ_VIEW_H

#include "photo/read/select.h"

typedef struct tns_view {
    tns_ground ground;
    tns_spots spots;
} tns_view;

/*
 * What is darker than the skin, where it shows best; or, with what was found so, what is brighter.
 * False without memory.
 */
bool tns_view_choose(const tns_light *light, const tns_plot *plot, const tns_layers *layers,
                     const tns_habit *dark, tns_view *out);
void tns_view_finish(tns_view *view);

#endif
