/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "photo/read/view.h"

/*
 * What is hair. Each is a ratio, so that neither light nor magnification enters:
 *   OPEN     of its own darkness: skin shows around a hair, not around a crease or a mole's edge
 *   FAINT    of the usual hair's contrast: a hair may be thin, out of focus or fair
 *   THICK    usual widths: a mole, a bubble, a drop ...
 *   BUNDLE   ... unless it is long: hairs side by side
 *   LONG     usual widths: a scratch, a fold, a hair not shaved
 *   SINGLE   quantile of the widths: some are of hairs side by side, none of less than one
 */
static const double OPEN = 0.4, FAINT = 0.3, THICK = 2.5, BUNDLE = 6, LONG = 45, SINGLE = 0.4;

/*
 * What a spot takes of red over what it takes of green. Hair takes both. Blood lets red pass while
 * it takes nearly all of green (DEEP); red hair does not take so much. Brown spots and skin among
 * reflexes take less red than the hair in the same picture.
 */
static const double BLOOD = 0.68, DEEP = 0.5, RED_HAIR = 0.5, SAME_RED = 0.75;

/*
 * White hair, among reflexes that are brighter and more:
 *   BRIGHT   over the skin
 *   SLENDER  widths of its length
 *   RARE     of what else is bright: if fewer are like hair, they are so by chance
 */
static const double BRIGHT = 0.15, SLENDER = 3, RARE = 0.3;

/* What is paler than that and round is a pore or relief of the skin: pale hair shows as a line. */
static const double PALE = 0.16, LINE = 2;

enum { LEAST_AREA = 4 };

typedef struct weighted {
    double value, weight;
} weighted;

static int by_value(const void *left, const void *right)
{
    double a = ((const weighted *)left)->value, b = ((const weighted *)right)->value;
    return (a > b) - (a < b);
}

static double weighted_quantile(weighted *v, size_t n, double share)
{
    double all = 0, sum = 0;
    qsort(v, n, sizeof *v, by_value);
    for (size_t i = 0; i < n; i++)
        all += v[i].weight;
    for (size_t i = 0; i < n; i++) {
        sum += v[i].weight;
        if (sum >= share * all)
            return v[i].value;
    }
    return 0;
}

/* How much of the red light a spot takes, over that of the green. */
static double redness(const tns_spot *spot)
{
    return spot->tint[1] > 0 ? spot->tint[0] / spot->tint[1] : spot->tint[0] > 0 ? 2 : 0;
}

static bool could_be(const tns_spot *spot)
{
    return spot->area >= LEAST_AREA && spot->around < OPEN * spot->dark &&
           (spot->dark > PALE || spot->length > LINE * spot->width) &&
           redness(spot) > (spot->tint[1] > DEEP ? BLOOD : RED_HAIR);
}

/* A reflex is a dot or ragged; a white hair is known by its straight length. */
static bool could_be_white(const tns_spot *spot)
{
    double filled = spot->area / (spot->length * spot->width);
    return spot->area >= LEAST_AREA && spot->around < OPEN * spot->dark && spot->dark > BRIGHT &&
           spot->length > SLENDER * spot->width && filled > 0.6 && filled < 1.5;
}

/*
 * How much a spot tells of hair: its length in widths, which is the same at every magnification,
 * times the square of what stands out, so that neither a mole nor a hundred grains of skin outvote
 * ten hairs.
 */
static double evidence(const tns_spot *spot)
{
    double widths = fmin(spot->area / (spot->width * spot->width), 10);
    return widths * sqrt(spot->width) * spot->stand_out * spot->stand_out;
}

typedef struct usual {
    double stand_out, width, redness;
} usual;

static bool find_usual(const tns_spots *spots, bool bright, usual *out)
{
    weighted *red = malloc((spots->count + 1) * sizeof *red);
    weighted *contrast = malloc((spots->count + 1) * sizeof *contrast);
    weighted *across = malloc((spots->count + 1) * sizeof *across);
    bool done = red && contrast && across;
    size_t n = 0;
    for (size_t i = 0; done && i < spots->count; i++) {
        const tns_spot *spot = &spots->spot[i];
        if (bright ? !could_be_white(spot) : !could_be(spot))
            continue;
        red[n] = (weighted){redness(spot), evidence(spot)};
        contrast[n] = (weighted){spot->stand_out, evidence(spot)};
        across[n++] = (weighted){spot->width, evidence(spot)};
    }
    if (done) {
        out->redness = weighted_quantile(red, n, 0.5);
        out->stand_out = weighted_quantile(contrast, n, 0.5);
        out->width = weighted_quantile(across, n, SINGLE);
    }
    free(red);
    free(contrast);
    free(across);
    return done;
}

/* Like the usual, or some of those side by side. */
static bool is_white(const tns_spot *spot, const usual *u)
{
    bool is_single = could_be_white(spot) && spot->width < 1.7 * u->width;
    bool is_bundle = spot->width < THICK * u->width && spot->length > 2.5 * spot->width &&
                     spot->length > 4 * u->width && spot->around < OPEN * spot->dark &&
                     spot->area > 0.5 * spot->length * u->width;
    return (is_single || is_bundle) && spot->stand_out >= 2 * FAINT * u->stand_out &&
           spot->width > 0.6 * u->width && spot->length <= LONG * u->width;
}

static bool is_hair(const tns_spot *spot, const usual *u)
{
    bool is_bundle = spot->width < BUNDLE * u->width && spot->length > 2 * spot->width;
    return could_be(spot) && redness(spot) > SAME_RED * u->redness &&
           spot->stand_out >= FAINT * u->stand_out && spot->length <= LONG * u->width &&
           (spot->width <= THICK * u->width || is_bundle);
}

bool tns_spots_keep_hairs(tns_spots *spots, bool bright)
{
    usual u = {0};
    size_t kept = 0, rivals = 0;
    if (!find_usual(spots, bright, &u))
        return false;
    spots->score = 0;
    for (size_t i = 0; i < spots->count; i++) {
        const tns_spot *spot = &spots->spot[i];
        if (bright ? !is_white(spot, &u) : !is_hair(spot, &u)) {
            rivals += spot->stand_out > u.stand_out / 2;
            continue;
        }
        spots->score += evidence(spot);
        spots->spot[kept++] = *spot;
    }
    bool is_chance = bright && (double)kept < RARE * (double)rivals;
    spots->count = is_chance ? 0 : kept;
    spots->score = is_chance ? 0 : spots->score;
    spots->width = u.width;
    return true;
}
