/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decode/sense.h"

#include <math.h>

#include "base/text.h"

enum { GRAYS = 65, CORNERS = 8 };

/* What a table of few bits or a camera's noise may fall by, of white's light. */
static const double SLACK = 1e-3;

/* ITU-R BT.2020: luminance. */
static double light_of(const float rgb[3])
{
    return 0.2627 * (double)rgb[0] + 0.6780 * (double)rgb[1] + 0.0593 * (double)rgb[2];
}

static bool refuse(const char *what, const char *name, const char *why, tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_FORMAT, "%s: its %s makes no sense: %s", name, what, why);
}

static bool are_finite(const double *light, int count)
{
    for (int i = 0; i < count; i++)
        if (!(fabs(light[i]) < 100))
            return false;
    return true;
}

static bool rise(const double light[GRAYS])
{
    for (int i = 1; i < GRAYS; i++)
        if (light[i] < light[i - 1] - SLACK)
            return false;
    return true;
}

/*
 * Corners are numbered by their channels at full: 1 red, 2 green, 4 blue. Not the light: blue that
 * is no real color (ProPhoto RGB) has next to none.
 */
static bool all_count(const float corner[CORNERS][3])
{
    for (int channel = 1; channel < CORNERS; channel *= 2) {
        float most = 0;
        for (int c = 0; c < 3; c++)
            most = fmaxf(most, fabsf(corner[channel][c] - corner[0][c]));
        if (most < 0.05f)
            return false;
    }
    return true;
}

bool tns_sense_check(cmsHTRANSFORM transform, const char *what, const char *name, tns_error *err)
{
    float at[GRAYS + CORNERS][3], rgb[GRAYS + CORNERS][3];
    double light[GRAYS + CORNERS];
    char why[100];
    for (int i = 0; i < GRAYS + CORNERS; i++)
        for (int c = 0; c < 3; c++)
            at[i][c] = i < GRAYS ? (float)i / (GRAYS - 1) : (float)((i - GRAYS) >> c & 1);
    cmsDoTransform(transform, at, rgb, GRAYS + CORNERS);
    for (int i = 0; i < GRAYS + CORNERS; i++)
        light[i] = light_of(rgb[i]);
    double white = light[GRAYS - 1], half = light[GRAYS / 2];
    if (!are_finite(light, GRAYS + CORNERS))
        return refuse(what, name, "it leads to no colors", err);
    if (!rise(light))
        return refuse(what, name, "lighter grays become darker", err);
    tns_text_format(why, sizeof why, "white becomes %.3g, expected about 1", white);
    if (white < 0.5 || white > 1.5)
        return refuse(what, name, why, err);
    tns_text_format(why, sizeof why,
                    "gray of half the scale becomes %.2g of white's light, expected 0.05 to 0.75",
                    half / white);
    if (half < 0.05 * white || half > 0.75 * white)
        return refuse(what, name, why, err);
    return all_count((const float(*)[3])rgb + GRAYS) ||
           refuse(what, name, "one of its channels changes nothing", err);
}
