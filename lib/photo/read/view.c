/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "photo/read/view.h"

enum {
    DEAR = 2, /* levels up to it cost more than the rest together */
    MANY = 8, /* dark hairs whose width is to be believed */
    BARE = 2  /* image pixels to one, where nothing shows how wide hair is */
};

static const double ENOUGH = 4.2;  /* pixels of a hair's width: finer shows no more */
static const double NARROW = 6;    /* pixels: hairs so narrow are looked at more finely ... */
static const double AS_GOOD = 0.8; /* ... where that scores about as well */
static const double WIDE = 4;      /* pixels of a hair's width: it would show */
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
    if (now->spots.score <= 0 && best->spots.score <= 0)
        return now->spots.unsure > best->spots.unsure;
    bool is_same = width >= SAME * coarser && best->spots.width < NARROW;
    return now->spots.score > (is_same ? AS_GOOD : 1) * best->spots.score;
}

static bool look(const tns_light *light, const tns_plot *plot, const tns_layers *layers, int level,
                 const tns_habit *dark, tns_view *out)
{
    *out = (tns_view){0};
    bool done = tns_ground_look(layers, level, dark != NULL, &out->ground) &&
                tns_spots_find(light, plot, &out->ground, &out->spots) &&
                (dark ? tns_spots_keep_white(&out->spots, dark, out->ground.step)
                      : tns_spots_keep_hairs(&out->spots));
    out->spots.score *= sqrt(out->ground.step);
    return done;
}

/* Where no bright hair has shown yet: whether it would at this level, as wide as dark hair. */
static bool would_show(const tns_habit *dark, int step)
{
    return dark->count >= MANY ? dark->width_px > WIDE * step : step <= BARE;
}

/* Whether a level is fine enough: what is finer would cost more than it tells. */
static bool is_enough(const tns_view *best, bool better, const tns_habit *dark, int level)
{
    if (level > DEAR)
        return false;
    if (dark && best->spots.score <= 0)
        return would_show(dark, 1 << level);
    return !better || best->spots.width > ENOUGH;
}

/* From coarse to fine, since the finest levels cost most and are often not needed. */
bool tns_view_choose(const tns_light *light, const tns_plot *plot, const tns_layers *layers,
                     const tns_habit *dark, tns_view *out)
{
    *out = (tns_view){0};
    for (int i = layers->count - 1; i >= 0; i--) {
        tns_view now;
        bool done = look(light, plot, layers, i, dark, &now), better = is_better(&now, out);
        if (!done || better) {
            tns_view_finish(out);
            *out = now;
        } else {
            tns_view_finish(&now);
        }
        if (!done || is_enough(out, better, dark, i))
            return done;
    }
    return true;
}
