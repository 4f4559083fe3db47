/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/difference.h>

#include "match/odds/missing.h"

/* Chroma below which nobody names a hue, and lightness of what is called black and white. */
static const double GREY = 6, BLACK = 25, WHITE = 85;
/* A brown is a dark orange. */
static const double BROWN_L = 60, BROWN_C = 45;
/* A difference so near the largest is told with it. */
static const double AS_LARGE = 0.6;
/* What is this far beyond the shelf's darkest or lightest cannot be mixed, L*. */
static const double BEYOND = 0.2;

/* A hue's name up to an angle h_ab, and what it is called that lies beside it, by rising hue and by
 * falling. Unique hues lie near 25, 90, 162 and 246 degrees. */
typedef struct hue {
    double below;
    const char *name, *up, *down;
} hue;

static const hue hues[] = {
    {45, "red", "yellower", "bluer"},     {75, "orange", "yellower", "redder"},
    {105, "yellow", "greener", "redder"}, {190, "green", "bluer", "yellower"},
    {290, "blue", "redder", "greener"},   {345, "purple", "redder", "bluer"},
    {360.1, "red", "yellower", "bluer"},
};
static const hue brown = {90, "brown", "yellower", "redder"};

static const hue *hue_of(tns_lab lab)
{
    tns_lch lch = tns_lch_from_lab(lab);
    const hue *found = hues;
    while (lch.h >= found->below)
        found++;
    bool is_brown = lab.L < BROWN_L && lch.C < BROWN_C && lch.h >= 40 && lch.h < brown.below;
    return is_brown ? &brown : found;
}

static bool is_grey(tns_lab lab)
{
    return hypot(lab.a, lab.b) < GREY;
}

static const char *grey_name(tns_lab lab)
{
    return lab.L < BLACK ? "black" : lab.L < WHITE ? "grey" : "white";
}

/* Which way a step in a*, b* goes: 0 red, 1 yellow, 2 green, 3 blue. */
static int direction(double a, double b)
{
    double h = tns_lch_from_lab((tns_lab){50, a, b}).h;
    return h < 55 || h >= 330 ? 0 : h < 125 ? 1 : h < 205 ? 2 : 3;
}

/* Differences as long as their parts of a color difference. */
typedef struct steps {
    double lightness, chroma, hue;
} steps;

static steps steps_of(tns_lab from, tns_lab to, tns_difference d)
{
    double L = (from.L + to.L) / 2 - 50;
    double C = (hypot(from.a, from.b) + hypot(to.a, to.b)) / 2;
    return (steps){d.dL / (1 + 0.015 * L * L / sqrt(20 + L * L)), d.dC / (1 + 0.045 * C),
                   d.dH / (1 + 0.015 * C)};
}

/* ---- sentences ---- */

static bool say_limit(double dL, tns_lab target, const tns_range *shelf, char *text, size_t size)
{
    if (dL < 0 && shelf->darkest > target.L + BEYOND)
        snprintf(text, size, "none of these pigments is dark enough%s",
                 shelf->healed ? " in healed skin"
                 : shelf->film ? " at this load"
                               : "");
    else if (dL > 0 && shelf->max_shade > 0 && shelf->lightest < target.L - BEYOND &&
             shelf->bare > target.L)
        snprintf(text, size, "needs more water: a shade above %d", shelf->max_shade);
    else if (dL > 0 && shelf->lightest < target.L - BEYOND)
        snprintf(text, size, "none of these pigments is light enough");
    else
        return false;
    return true;
}

static void say_grey(tns_lab target, tns_lab nearest, char *text, size_t size)
{
    static const char *const toward[] = {"redder", "yellower", "greener", "bluer"};
    static const char *const excess[] = {"red", "yellow", "green", "blue"};
    if (is_grey(nearest))
        snprintf(text, size, "needs a %s %s",
                 toward[direction(target.a - nearest.a, target.b - nearest.b)], grey_name(target));
    else
        snprintf(text, size, "needs a neutral %s: what comes near is too %s", grey_name(target),
                 excess[direction(nearest.a, nearest.b)]);
}

/* "needs a yellower, darker red": the largest first. */
static void say_colored(steps s, double largest, tns_lab target, char *text, size_t size)
{
    const hue *h = hue_of(target);
    const struct {
        double size;
        const char *word;
    } all[] = {{s.hue, s.hue > 0 ? h->up : h->down},
               {s.chroma, s.chroma > 0 ? "stronger" : "duller"},
               {s.lightness, s.lightness > 0 ? "lighter" : "darker"}};
    bool said[3] = {false};
    snprintf(text, size, "needs a ");
    for (int n = 0; n < 3; n++) {
        int next = -1;
        for (int i = 0; i < 3; i++)
            if (!said[i] && (next < 0 || fabs(all[i].size) > fabs(all[next].size)))
                next = i;
        said[next] = true;
        size_t used = strlen(text);
        if (n == 0 || fabs(all[next].size) >= AS_LARGE * largest)
            snprintf(text + used, size - used, "%s%s", n ? ", " : "", all[next].word);
    }
    size_t used = strlen(text);
    snprintf(text + used, size - used, " %s", h->name);
}

static void say(const tns_range *shelf, steps s, tns_lab target, tns_lab nearest, char *text,
                size_t size)
{
    double color = is_grey(target) ? hypot(s.chroma, s.hue) : fmax(fabs(s.chroma), fabs(s.hue));
    bool by_lightness = fabs(s.lightness) >= color;
    if (by_lightness && say_limit(s.lightness, target, shelf, text, size))
        return;
    if (!is_grey(target))
        say_colored(s, fmax(fabs(s.lightness), color), target, text, size);
    else if (by_lightness)
        snprintf(text, size, "needs a %s %s", s.lightness > 0 ? "lighter" : "darker",
                 grey_name(target));
    else
        say_grey(target, nearest, text, size);
}

tns_missing tns_missing_make(tns_lab target, tns_lab nearest, const tns_range *shelf)
{
    tns_difference d = tns_difference_make(nearest, target);
    tns_missing made = {.nearest = nearest, .dL = d.dL, .dC = d.dC, .dH = d.dH};
    say(shelf, steps_of(nearest, target, d), target, nearest, made.text, sizeof made.text);
    return made;
}
