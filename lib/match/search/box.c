/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "match/search/box.h"

/* With so few units left to share out, the recipes of a box so many times as large are counted. */
enum { COUNTED = 32, LARGER = 16 };

bool tns_box_clip(tns_box *box, tns_total total)
{
    int least = 0, most = 0;
    for (int i = 0; i < box->count; i++) {
        least += box->low[i];
        most += box->high[i];
    }
    if (least > total.units || (total.exactly && most < total.units))
        return false;
    for (int i = 0; i < box->count; i++) {
        int room = total.units - least + box->low[i], need = total.units - most + box->high[i];
        box->high[i] = box->high[i] < room ? box->high[i] : room;
        box->low[i] = total.exactly && box->low[i] < need ? need : box->low[i];
    }
    return true;
}

/* The ways to share out so many units, to each pigment as many as its range or fewer. */
static double ways(const tns_box *box, int left)
{
    double before[COUNTED + 1] = {1}, after[COUNTED + 1];
    for (int i = 0; i < box->count; i++) {
        int range = box->high[i] - box->low[i];
        double window = 0;
        for (int n = 0; n <= left; n++) {
            window += before[n] - (n > range ? before[n - range - 1] : 0);
            after[n] = window;
        }
        memcpy(before, after, ((size_t)left + 1) * sizeof *before);
    }
    return before[left];
}

double tns_box_size(const tns_box *box, tns_total total, double few)
{
    double shades = box->thin - box->thick + 1, all = shades, widest = 1;
    int left = total.units;
    for (int i = 0; i < box->count; i++) {
        double range = box->high[i] - box->low[i] + 1;
        all *= range;
        widest = fmax(widest, range);
        left -= box->low[i];
    }
    if (!total.exactly)
        return all;
    double most = all / widest;
    bool counts = most > few && most <= LARGER * few && left <= COUNTED;
    return counts ? shades * ways(box, left) : most;
}
