/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "photo/read/view.h"

enum { DEAR = 2 }; /* levels up to it cost more than the rest together */

static const double ENOUGH = 4.2;  /* pixels of a hair's width: finer shows no more */
static const double NARROW = 6;    /* pixels: hairs so narrow are looked at more finely ... */
static const double AS_GOOD = 0.8; /* ... where that scores about as well */
static const double SAME = 0.7;    /* of a width: less is another thing */

void tns_view_finish(tns_view *v)
{
    tns_ground_finish(&v->ground);
    tns_spots_finish(&v->spots);
}

/*
 * A finer view of the same hairs is as good unless it loses some, and better where they are narrow;
 * one that makes other things of them, such as single hairs of several side by side or the edges
 * beside a reflex, must tell more.
 */
static bool is_better(const tns_view *now, const tns_view *best)
{
    double width = now->spots.width * now->ground.step;
    double coarser = best->spots.width * best->ground.step;
    bool is_same = width >= SAME * coarser && best->spots.width < NARROW;
    return now->spots.score > (is_same ? AS_GOOD : 1) * best->spots.score;
}

/* From coarse to fine, since the finest levels cost most and are often not needed. */
bool tns_view_choose(const tns_light *light, const tns_plot *plot, const tns_layers *layers,
                     bool bright, tns_view *out)
{
    *out = (tns_view){0};
    for (int i = layers->count - 1; i >= 0; i--) {
        tns_view now = {0};
        bool done = tns_ground_look(layers, i, bright, &now.ground) &&
                    tns_spots_find(light, plot, &now.ground, &now.spots) &&
                    tns_spots_keep_hairs(&now.spots, bright);
        now.spots.score *= sqrt(now.ground.step);
        bool better = is_better(&now, out);
        if (!done || better) {
            tns_view_finish(out);
            *out = now;
        } else {
            tns_view_finish(&now);
        }
        if (!done || (i <= DEAR && (!better || out->spots.width > ENOUGH)))
            return done;
    }
    return true;
}
