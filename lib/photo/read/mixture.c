/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/read/mixture.h"
#include "photo/correct/correction.h"

enum { BINS = 200 }; /* of half an L* */

static const double EXPLAINED = 0.7, APART = 10, LEAST_SHARE = 0.03;

static double lightness(const tns_region_pixel *p)
{
    tns_xyz grey = {tns_photo_white.X * p->xyz[1] / 100, p->xyz[1],
                    tns_photo_white.Z * p->xyz[1] / 100};
    return tns_lab_from_xyz(grey, tns_photo_white).L;
}

static int bin_of(double L)
{
    double bin = L * BINS / 100;
    return bin < 0 ? 0 : bin < BINS ? (int)bin : BINS - 1;
}

static double middle(int bin)
{
    return (bin + 0.5) * 100 / BINS;
}

/* Parted below bin `at`. */
static tns_mixture parted(const double *share, int at)
{
    tns_mixture m = {0, 0, 0};
    for (int i = 0; i < BINS; i++) {
        m.dark_share += i < at ? share[i] : 0;
        *(i < at ? &m.dark_L : &m.light_L) += share[i] * middle(i);
    }
    if (m.dark_share > 0)
        m.dark_L /= m.dark_share;
    if (m.dark_share < 1)
        m.light_L /= 1 - m.dark_share;
    return m;
}

static double between(const tns_mixture *m)
{
    double apart = m->light_L - m->dark_L;
    return m->dark_share * (1 - m->dark_share) * apart * apart;
}

static double variance(const double *share)
{
    double mean = 0, sum = 0;
    for (int i = 0; i < BINS; i++)
        mean += share[i] * middle(i);
    for (int i = 0; i < BINS; i++)
        sum += share[i] * (middle(i) - mean) * (middle(i) - mean);
    return sum;
}

tns_mixture tns_mixture_of(const tns_region_pixels *p)
{
    double share[BINS] = {0};
    tns_mixture best = {0, 0, 0};
    for (size_t i = 0; i < p->count; i++)
        share[bin_of(lightness(&p->item[i]))] += 1 / (double)p->count;
    for (int at = 1; at < BINS; at++) {
        tns_mixture m = parted(share, at);
        if (between(&m) > between(&best))
            best = m;
    }
    bool two = between(&best) > EXPLAINED * variance(share) &&
               best.light_L - best.dark_L >= APART && best.dark_share >= LEAST_SHARE &&
               best.dark_share <= 1 - LEAST_SHARE;
    return two ? best : (tns_mixture){0, 0, 0};
}
