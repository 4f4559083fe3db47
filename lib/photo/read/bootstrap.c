/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "photo/correct/correction.h"
#include "photo/read/bootstrap.h"

enum { DRAWS = 200, ENOUGH_BLOCKS = 8, WIDE = 12, GOOD_BLOCKS = 144, MANY_BLOCKS = 65536 };

/* Of a region with too few pixels to tell, one standard deviation on each axis. */
static const double UNKNOWN_NOISE = 2;

typedef struct block {
    double xyz[3], count;
} block;

static void add(block *to, const block *more)
{
    for (int c = 0; c < 3; c++)
        to->xyz[c] += more->xyz[c];
    to->count += more->count;
}

static tns_lab lab_of(const block *sum)
{
    tns_xyz xyz = {sum->xyz[0] / sum->count, sum->xyz[1] / sum->count, sum->xyz[2] / sum->count};
    return tns_lab_from_xyz(xyz, tns_photo_white);
}

static int blocks_of(const tns_region_pixels *p, int size)
{
    return ((p->width + size - 1) / size) * ((p->height + size - 1) / size);
}

static int block_size(const tns_region_pixels *p)
{
    double area = (double)p->count * p->step * p->step;
    int size = (int)fmax(fmin(sqrt(area / ENOUGH_BLOCKS), WIDE), 1);
    while (area > (double)GOOD_BLOCKS * (size + 1) * (size + 1) || blocks_of(p, size) > MANY_BLOCKS)
        size++;
    return size;
}

/* Fills `blocks` and returns how many hold a pixel, those first. */
static int fill(const tns_region_pixels *p, int size, block *blocks)
{
    int across = (p->width + size - 1) / size, filled = 0;
    for (size_t i = 0; i < p->count; i++) {
        const tns_region_pixel *at = &p->item[i];
        block one = {{at->xyz[0], at->xyz[1], at->xyz[2]}, 1};
        add(&blocks[at->y / size * across + at->x / size], &one);
    }
    for (int i = 0; i < blocks_of(p, size); i++)
        if (blocks[i].count > 0)
            blocks[filled++] = blocks[i];
    return filled;
}

static void resample(const block *blocks, int count, uint64_t seed, tns_lab center,
                     double covariance[6])
{
    tns_random random = tns_random_make(seed);
    double unbiased = count / (count - 1.0); /* of as few blocks as there may be, it matters */
    for (int k = 0; k < DRAWS; k++) {
        block sum = {{0}, 0};
        for (int i = 0; i < count; i++)
            add(&sum, &blocks[tns_random_below(&random, (uint32_t)count)]);
        tns_lab lab = lab_of(&sum);
        double d[3] = {lab.L - center.L, lab.a - center.a, lab.b - center.b};
        for (int i = 0, m = 0; i < 3; i++)
            for (int j = i; j < 3; j++, m++)
                covariance[m] += unbiased * d[i] * d[j] / DRAWS;
    }
}

static void set_unknown(double covariance[6])
{
    covariance[0] = covariance[3] = covariance[5] = UNKNOWN_NOISE * UNKNOWN_NOISE;
}

tns_region_mean tns_region_mean_of(const tns_region_pixels *p, uint64_t seed)
{
    tns_region_mean out;
    memset(&out, 0, sizeof out);
    int size = block_size(p);
    block total = {{0}, 0}, *blocks = calloc((size_t)blocks_of(p, size), sizeof *blocks);
    for (size_t i = 0; i < p->count; i++) {
        const tns_region_pixel *at = &p->item[i];
        block one = {{at->xyz[0], at->xyz[1], at->xyz[2]}, 1};
        add(&total, &one);
        for (int c = 0; c < 3; c++)
            out.rgb[c] += at->rgb[c] / (double)p->count;
    }
    out.lab = lab_of(&total);
    int filled = blocks ? fill(p, size, blocks) : 0;
    if (filled >= ENOUGH_BLOCKS)
        resample(blocks, filled, seed, out.lab, out.covariance);
    else
        set_unknown(out.covariance);
    free(blocks);
    return out;
}
