/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "photo/read/hairs.h"

/*
 * What is hair. Each is a ratio, so that neither light nor magnification enters:
 *   FAINT of the usual hair's contrast: a hair may be thin, out of focus or fair
 *   OPEN  of its own darkness: skin shows around a hair, not around a crease or a mole's edge
 *   THICK usual widths: a mole, a bubble, a drop
 *   LONG  usual widths: a scratch, a fold, a hair not shaved
 *   BLOOD of green's contrast: blood takes green and lets red pass, hair takes both
 */
static const double FAINT = 0.3, OPEN = 0.4, THICK = 2.5, LONG = 45, BLOOD = 0.55;

enum { LEAST_AREA = 4 };

typedef struct weighted {
    double value, weight;
} weighted;

static int by_value(const void *left, const void *right)
{
    double a = ((const weighted *)left)->value, b = ((const weighted *)right)->value;
    return (a > b) - (a < b);
}

static double weighted_median(weighted *v, size_t n)
{
    double all = 0, sum = 0;
    qsort(v, n, sizeof *v, by_value);
    for (size_t i = 0; i < n; i++)
        all += v[i].weight;
    for (size_t i = 0; i < n; i++) {
        sum += v[i].weight;
        if (sum >= all / 2)
            return v[i].value;
    }
    return 0;
}

static bool could_be(const tns_spot *spot)
{
    return spot->area >= LEAST_AREA && spot->around < OPEN * spot->dark &&
           spot->tint[0] > BLOOD * spot->tint[1];
}

/*
 * How much a spot tells of hair: its length in widths, which is the same at every magnification,
 * times the square of what stands out, so that neither a mole nor a hundred grains of skin outvote
 * ten hairs.
 */
static double evidence(const tns_spot *spot)
{
    return fmin(spot->area / (spot->width * spot->width), 10) * spot->stand_out * spot->stand_out;
}

/* The usual contrast and width. */
static bool find_usual(const tns_spots *spots, double *stand_out, double *width)
{
    weighted *contrast = malloc((spots->count + 1) * sizeof *contrast);
    weighted *across = malloc((spots->count + 1) * sizeof *across);
    bool done = contrast && across;
    size_t n = 0;
    for (size_t i = 0; done && i < spots->count; i++) {
        const tns_spot *spot = &spots->spot[i];
        if (!could_be(spot))
            continue;
        contrast[n] = (weighted){spot->stand_out, evidence(spot)};
        across[n++] = (weighted){spot->width, evidence(spot)};
    }
    if (done) {
        *stand_out = weighted_median(contrast, n);
        *width = weighted_median(across, n);
    }
    free(contrast);
    free(across);
    return done;
}

bool tns_spots_keep_hairs(tns_spots *spots)
{
    double stand_out, width;
    size_t kept = 0;
    if (!find_usual(spots, &stand_out, &width))
        return false;
    spots->score = 0;
    for (size_t i = 0; i < spots->count; i++) {
        const tns_spot *spot = &spots->spot[i];
        if (!could_be(spot) || spot->stand_out < FAINT * stand_out || spot->width > THICK * width ||
            spot->length > LONG * width)
            continue;
        spots->score += evidence(spot);
        spots->spot[kept++] = *spot;
    }
    spots->count = kept;
    spots->width = width;
    return true;
}
