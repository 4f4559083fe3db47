/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "photo/read/select.h"

/*
 * White hair, among reflexes that are brighter and more:
 *   BRIGHT   over the skin
 *   SLENDER  widths of its length
 *   OBLONG   its length over its breadth: a bubble's ring is as broad as long
 *   SHORT    likewise, when it lies as dark hair does
 *   FAINT    of the usual contrast
 *   THICK    usual widths: several side by side
 *   RARE     of what else is bright: if fewer are like hair, they are so by chance
 */
static const double BRIGHT = 0.15, SLENDER = 3, OBLONG = 1.4, SHORT = 1.8, FAINT = 0.6, THICK = 2.5,
                    RARE = 0.3;

/*
 * The way that hair lies:
 *   ALONG    length of the mean of doubled angles above which dark hair has one
 *   ASLANT   cosine of twice the angle to it, up to which a short line lies along
 *   CHANCE   share of lines of any direction that lie so
 *   SURE     standard deviations by which more must do
 *   ASTRAY   length of that mean below which a few lines have none
 *   RAYLEIGH lines times the square of their mean: chance has more in one of 150
 */
static const double ALONG = 0.4, ASLANT = 0.6, CHANCE = 0.295, SURE = 2.5, RAYLEIGH = 5,
                    ASTRAY = 0.5;

enum { FEWEST = 4, MANY = 8 }; /* lines by which a way is known, or shown not to be */

static bool could_be(const tns_spot *spot)
{
    return spot->area >= TNS_LEAST_AREA && !spot->at_rim && spot->around < TNS_OPEN * spot->dark &&
           spot->dark > BRIGHT;
}

/* A reflex is a dot or ragged; a white hair is known by its straight length. */
static bool is_slender(const tns_spot *spot)
{
    double filled = spot->area / (spot->length * spot->width);
    return could_be(spot) && spot->length > SLENDER * spot->width &&
           spot->length > OBLONG * spot->across && filled > 0.6 && filled < 1.5;
}

/* Like the usual, or some of those side by side; of width alone, dark hair's, none is known. */
static bool is_white(const tns_spot *spot, const tns_usual *u)
{
    bool is_single = is_slender(spot) && spot->width < 1.7 * u->width;
    bool is_bundle = could_be(spot) && spot->width < THICK * u->width &&
                     spot->length > 2.5 * spot->width && spot->length > 4 * u->width &&
                     spot->length > OBLONG * spot->across &&
                     spot->area > 0.5 * spot->length * u->width;
    return u->stand_out > 0 && (is_single || is_bundle) &&
           spot->stand_out >= FAINT * u->stand_out && spot->width > 0.6 * u->width &&
           spot->length <= TNS_LONG * u->width;
}

static void doubled(const tns_spot *spot, double *x, double *y)
{
    *x = spot->along_x * spot->along_x - spot->along_y * spot->along_y;
    *y = 2 * spot->along_x * spot->along_y;
}

static bool lies_along(const tns_spot *spot, const tns_habit *way)
{
    double x, y;
    doubled(spot, &x, &y);
    return x * way->x + y * way->y > ASLANT * hypot(way->x, way->y);
}

static bool is_line(const tns_spot *spot, const tns_usual *u)
{
    return could_be(spot) && spot->length > SHORT * spot->across &&
           spot->stand_out >= FAINT * u->stand_out && spot->width > 0.6 * u->width &&
           spot->width < 1.7 * u->width && spot->length <= TNS_LONG * u->width;
}

/* Of bright lines: how many, the mean of their doubled angles, and how many lie as dark hair. */
typedef struct lines {
    tns_habit mean;
    double along;
} lines;

static lines find_lines(const tns_spots *spots, const tns_usual *u, const tns_habit *dark)
{
    lines out = {{0}, 0};
    double x, y;
    for (size_t i = 0; i < spots->count; i++)
        if (is_line(&spots->spot[i], u)) {
            doubled(&spots->spot[i], &x, &y);
            out.mean.x += x;
            out.mean.y += y;
            out.mean.count++;
            out.along += lies_along(&spots->spot[i], dark);
        }
    out.mean.x /= fmax((double)out.mean.count, 1);
    out.mean.y /= fmax((double)out.mean.count, 1);
    return out;
}

/* More lines lie along than lines of any direction would. */
static bool lie_as_dark(const lines *l, const tns_habit *dark)
{
    double expected = CHANCE * (double)l->mean.count;
    return dark->count > FEWEST && hypot(dark->x, dark->y) > ALONG && l->along >= FEWEST &&
           l->along - expected > SURE * sqrt((1 - CHANCE) * expected);
}

/* Rayleigh's test that directions are uniform (Mardia and Jupp, Directional Statistics, 6.3). */
static bool lie_one_way(const lines *l)
{
    double square = l->mean.x * l->mean.x + l->mean.y * l->mean.y;
    return l->mean.count > FEWEST && (double)l->mean.count * square > RAYLEIGH;
}

/* So many that a way would show. */
static bool lie_anyhow(const lines *l)
{
    return l->mean.count >= MANY ||
           (l->mean.count > FEWEST && hypot(l->mean.x, l->mean.y) < ASTRAY);
}

/* The hairs first, and after them the lines that may be hair. */
static bool sort_out(tns_spots *spots, const bool *is_hair, const tns_usual *u)
{
    tns_spot *unsure = malloc((spots->count + 1) * sizeof *unsure);
    size_t kept = 0, others = 0;
    for (size_t i = 0; unsure && i < spots->count; i++) {
        tns_spot spot = spots->spot[i];
        if (is_hair[i])
            spots->spot[kept++] = spot;
        else if (is_line(&spot, u))
            unsure[others++] = spot;
    }
    if (!unsure)
        return false;
    for (size_t i = 0; i < others; i++)
        spots->spot[kept + i] = unsure[i];
    free(unsure);
    spots->count = kept;
    spots->unsure = others;
    return true;
}

/* Marks the hairs; how many else are as bright. */
static size_t mark_hairs(tns_spots *spots, const tns_usual *u, const tns_habit *way, bool *is_hair)
{
    size_t rivals = 0;
    for (size_t i = 0; i < spots->count; i++) {
        const tns_spot *spot = &spots->spot[i];
        is_hair[i] = (way && is_line(spot, u) && lies_along(spot, way)) || is_white(spot, u);
        if (is_hair[i])
            spots->score += tns_spot_evidence(spot);
        else
            rivals += spot->stand_out > u->stand_out / 2;
    }
    return rivals;
}

static bool are_chance(const bool *is_hair, size_t count, size_t rivals)
{
    size_t hairs = 0;
    for (size_t i = 0; i < count; i++)
        hairs += is_hair[i];
    return (double)hairs < RARE * (double)rivals;
}

static bool keep(tns_spots *spots, const tns_usual *u, const tns_habit *dark, bool *is_hair)
{
    lines l = find_lines(spots, u, dark);
    const tns_habit *way = lie_as_dark(&l, dark) ? dark : lie_one_way(&l) ? &l.mean : NULL;
    spots->score = 0;
    size_t rivals = mark_hairs(spots, u, way, is_hair);
    if (!way && (lie_anyhow(&l) || are_chance(is_hair, spots->count, rivals))) {
        spots->score = 0;
        memset(is_hair, 0, spots->count * sizeof *is_hair);
    }
    return sort_out(spots, is_hair, u);
}

bool tns_spots_keep_white(tns_spots *spots, const tns_habit *dark, int step)
{
    tns_usual u;
    bool *is_hair = malloc((spots->count + 1) * sizeof *is_hair);
    bool done = is_hair && tns_spots_usual(spots, is_slender, &u);
    if (done) {
        u.width = u.width > 0 ? u.width : dark->width_px / step;
        spots->width = u.width;
        done = keep(spots, &u, dark, is_hair);
    }
    free(is_hair);
    return done;
}
