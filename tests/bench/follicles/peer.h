/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The simple way to count: at a quarter of the size, darker than the median of the surroundings by
 * four robust deviations; what hangs together is one.
 */
#ifndef BENCH_FOLLICLES_PEER_H
#define BENCH_FOLLICLES_PEER_H

#include "render/stubble.h"

typedef struct found_box {
    double x0, y0, x1, y1;
} found_box;

int count_by_threshold(const stubble_picture *picture, found_box *out, int most);

#endif
