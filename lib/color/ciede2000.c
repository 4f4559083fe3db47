/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CIEDE2000 with the letters and equation numbers of Sharma, Wu, Dalal, "The CIEDE2000
 * color-difference formula: implementation notes, supplementary test data, and mathematical
 * observations", Color Res. Appl. 30, 21 (2005).
 */
#include <math.h>
#include <stdbool.h>

#include <tonsure/difference.h>

static const double pi = 3.14159265358979323846;

static double squared(double x)
{
    return x * x;
}

/* cos of an angle in degrees. */
static double cosine(double degrees)
{
    return cos(degrees * (pi / 180));
}

/* sqrt(C^7 / (C^7 + 25^7)), the chroma switch of eqs (4) and (17). */
static double chroma_switch(double c)
{
    const double c7 = c * squared(c * c * c), k7 = 6103515625.0;
    return sqrt(c7 / (c7 + k7));
}

/*
 * Hues farther apart than 180 degrees meet across 0, eqs (10) and (14). Two opposite colours lie at
 * 180 exactly, where the mean hue jumps and rounding would choose the side: so a gap of 180 to
 * 1e-9 degrees still counts as not farther, as it does in Sharma's pairs 9-16.
 */
static bool meet_across_zero(double h1, double h2)
{
    return fabs(h1 - h2) > 180 + 1e-9;
}

static double mean_hue(double h1, double h2)
{
    double sum = h1 + h2;
    if (!meet_across_zero(h1, h2))
        return sum / 2;
    return (sum < 360 ? sum + 360 : sum - 360) / 2;
}

static double hue_step(double h1, double h2)
{
    double step = h2 - h1;
    if (!meet_across_zero(h1, h2))
        return step;
    return step > 0 ? step - 360 : step + 360;
}

double tns_de00(tns_lab standard, tns_lab sample)
{
    /* a' = (1 + G) a, eqs (2)-(7) */
    double c_mean = (hypot(standard.a, standard.b) + hypot(sample.a, sample.b)) / 2;
    double stretch = 1 + 0.5 * (1 - chroma_switch(c_mean));
    tns_lch p1 = tns_lch_from_lab((tns_lab){standard.L, stretch * standard.a, standard.b});
    tns_lch p2 = tns_lch_from_lab((tns_lab){sample.L, stretch * sample.a, sample.b});

    /* differences and means, eqs (8)-(14); the hue of a grey counts for nothing */
    bool grey = p1.C * p2.C == 0;
    double dL = p2.L - p1.L, dC = p2.C - p1.C;
    double dH = grey ? 0 : 2 * sqrt(p1.C * p2.C) * sin(hue_step(p1.h, p2.h) / 2 * (pi / 180));
    double L = (p1.L + p2.L) / 2, C = (p1.C + p2.C) / 2;
    double h = grey ? p1.h + p2.h : mean_hue(p1.h, p2.h);

    /* weights and rotation, eqs (15)-(21) */
    double t = 1 - 0.17 * cosine(h - 30) + 0.24 * cosine(2 * h) + 0.32 * cosine(3 * h + 6) -
               0.20 * cosine(4 * h - 63);
    double sl = 1 + 0.015 * squared(L - 50) / sqrt(20 + squared(L - 50));
    double sc = 1 + 0.045 * C, sh = 1 + 0.015 * C * t;
    double rotation = 30 * exp(-squared((h - 275) / 25));
    double rt = -sin(2 * rotation * (pi / 180)) * 2 * chroma_switch(C);

    double l = dL / sl, c = dC / sc, u = dH / sh;
    return sqrt(fmax(l * l + c * c + u * u + rt * c * u, 0));
}
