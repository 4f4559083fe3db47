/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <tonsure/difference.h>

static const double pi = 3.14159265358979323846;

static double squared(double x)
{
    return x * x;
}

double tns_de76(tns_lab standard, tns_lab sample)
{
    return sqrt(squared(sample.L - standard.L) + squared(sample.a - standard.a) +
                squared(sample.b - standard.b));
}

double tns_hyab(tns_lab standard, tns_lab sample)
{
    return fabs(sample.L - standard.L) + hypot(sample.a - standard.a, sample.b - standard.b);
}

/*
 * dH = 2 sqrt(C1 C2) sin(dh/2) without the angles, hence without their wrap: from cos dh or from
 * sin dh, whichever does not cancel (Seve, Color Res. Appl. 16, 217 (1991)).
 */
static double hue_difference(tns_lab standard, tns_lab sample, double c1, double c2)
{
    double cross = standard.a * sample.b - standard.b * sample.a; /* C1 C2 sin dh */
    double dot = standard.a * sample.a + standard.b * sample.b;   /* C1 C2 cos dh */
    if (dot < 0)
        return copysign(sqrt(2 * (c1 * c2 - dot)), cross);
    return cross == 0 ? 0 : cross / sqrt((c1 * c2 + dot) / 2);
}

tns_difference tns_difference_make(tns_lab standard, tns_lab sample)
{
    double c1 = hypot(standard.a, standard.b), c2 = hypot(sample.a, sample.b);
    return (tns_difference){sample.L - standard.L, sample.a - standard.a, sample.b - standard.b,
                            c2 - c1, hue_difference(standard, sample, c1, c2)};
}

/* CIE 116:1995. */
double tns_de94(tns_lab standard, tns_lab sample)
{
    tns_difference d = tns_difference_make(standard, sample);
    double c = hypot(standard.a, standard.b);
    return sqrt(squared(d.dL) + squared(d.dC / (1 + 0.045 * c)) + squared(d.dH / (1 + 0.015 * c)));
}

/* BS 6923:1988; Clarke, McDonald, Rigg, J. Soc. Dyers Colour. 100, 128 (1984). */
double tns_cmc(tns_lab standard, tns_lab sample, double l, double c)
{
    tns_difference d = tns_difference_make(standard, sample);
    tns_lch s = tns_lch_from_lab(standard);
    double sl = s.L < 16 ? 0.511 : 0.040975 * s.L / (1 + 0.01765 * s.L);
    double sc = 0.0638 * s.C / (1 + 0.0131 * s.C) + 0.638;
    double c4 = squared(squared(s.C));
    double f = sqrt(c4 / (c4 + 1900));
    double t = s.h >= 164 && s.h <= 345 ? 0.56 + fabs(0.2 * cos((s.h + 168) * (pi / 180)))
                                        : 0.36 + fabs(0.4 * cos((s.h + 35) * (pi / 180)));
    double sh = sc * (f * t + 1 - f);
    return sqrt(squared(d.dL / (l * sl)) + squared(d.dC / (c * sc)) + squared(d.dH / sh));
}
