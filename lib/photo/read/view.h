/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which spots are hair, and at which magnification to look for it. */
#ifndef PHOTO_READ_VIEW_H
#define PHOTO_READ_VIEW_H

#include "photo/read/spots.h"

typedef struct tns_view {
    tns_ground ground;
    tns_spots spots;
} tns_view;

/* What is darker than the skin, or brighter, where it shows best. False without memory. */
bool tns_view_choose(const tns_light *light, const tns_plot *plot, const tns_layers *layers,
                     bool bright, tns_view *out);
void tns_view_finish(tns_view *view);

/* Drops from `spots` what is unlike hair; sets their width and score. False without memory. */
bool tns_spots_keep_hairs(tns_spots *spots, bool bright);

#endif
