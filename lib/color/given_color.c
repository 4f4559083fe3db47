/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "color/given_color.h"

/* Where terms are of the size of 1, and how far from there they go on. */
static const double MIDDLE[3] = {58, 10, 15}, UNIT[3] = {8, 4, 4}, FARTHEST = 2;

/* In L*, a*, b*; nearer than any reading. */
static const double SETTLED = 1e-5;

void tns_color_terms(tns_lab daylight, double out[TNS_COLOR_TERMS])
{
    const double lab[3] = {daylight.L, daylight.a, daylight.b};
    double x[4] = {1}, far = 0;
    for (int i = 0; i < 3; i++) {
        x[i + 1] = (lab[i] - MIDDLE[i]) / UNIT[i];
        far = hypot(far, x[i + 1]);
    }
    for (int i = 1; far > FARTHEST && i < 4; i++)
        x[i] *= FARTHEST / far;
    int n = 0;
    for (int i = 0; i < 4; i++)
        for (int j = i; j < 4; j++)
            for (int k = j; k < 4; k++)
                out[n++] = x[i] * x[j] * x[k];
}

static void set_mean(const tns_given_color_row by_color[TNS_BANDS], tns_lab daylight,
                     tns_prior_row table[TNS_BANDS])
{
    double term[TNS_COLOR_TERMS];
    tns_color_terms(daylight, term);
    for (int b = 0; b < TNS_BANDS; b++) {
        table[b][1] = 0;
        for (int i = 0; i < TNS_COLOR_TERMS; i++)
            table[b][1] += by_color[b][1 + i] * term[i];
    }
}

static tns_lab daylight_of(const double reflectance[TNS_BANDS], const tns_viewing *daylight)
{
    tns_spectrum s = tns_spectrum_constant(0);
    memcpy(s.value, reflectance, sizeof s.value);
    return tns_lab_from_spectrum(&s, daylight);
}

static double apart(tns_lab a, tns_lab b)
{
    return fmax(fabs(a.L - b.L), fmax(fabs(a.a - b.a), fabs(a.b - b.b)));
}

/*
 * Under D65/10 the color is known beforehand and the second round finds it settled; under another
 * lamp it moves by less and less, for metamers of one kind differ little.
 */
bool tns_prior_given_color(const tns_prior_row table[TNS_BANDS],
                           const tns_given_color_row by_color[TNS_BANDS],
                           const tns_viewing *viewing, tns_xyz wanted,
                           double reflectance[TNS_BANDS], double *distance)
{
    enum { ROUNDS = 40 };
    double moved = INFINITY, from_mean;
    tns_prior_row given[TNS_BANDS];
    tns_viewing daylight;
    if (!tns_viewing_find("D65/10", &daylight, NULL) ||
        !tns_prior_likeliest(table, viewing, wanted, reflectance, distance))
        return false;
    memcpy(given, table, sizeof given);
    tns_lab at = daylight_of(reflectance, &daylight);
    for (int round = 0; moved > SETTLED; round++) {
        set_mean(by_color, at, given);
        if (round == ROUNDS || !tns_prior_likeliest((const tns_prior_row *)given, viewing, wanted,
                                                    reflectance, &from_mean))
            return false;
        tns_lab next = daylight_of(reflectance, &daylight);
        moved = apart(at, next);
        at = next;
    }
    return true;
}
