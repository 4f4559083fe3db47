/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CIEDE2000 (kL = kC = kH = 1) without branches, for one pair and for kernels over many alike, with
 * the letters and equation numbers of Sharma, Wu, Dalal, "The CIEDE2000 color-difference formula:
 * implementation notes, supplementary test data, and mathematical observations", Color Res. Appl.
 * 30, 21 (2005).
 *
 * Their hues h1', h2' are not computed. Let P = C1' C2', and the dot and the cross product of
 * (a1', b1) and (a2', b2) be P cos dh and P sin dh.
 *
 *   dH' = 2 sqrt(P) sin(dh/2) is 2 cross / r up to a gap of 90 degrees and +-r beyond it, where
 *   r^2 = 2 (P + |dot|) cancels in neither.
 *
 *   The mean hue h' is the direction of the bisector of the two unit vectors on the side of the
 *   shorter arc: of their sum up to 90 degrees; beyond, where the sum cancels, of a perpendicular
 *   to their difference. Times P, either has the length sqrt(P) r. That gives cos h' and sin h',
 *   and those of 2h', 3h' and 4h' are polynomials in them. An angle is left in the rotation only.
 *
 *   A grey has P = 0, hence dH' = 0, and what the mean hue then is does not count.
 */
#ifndef COLOR_CIEDE2000_H
#define COLOR_CIEDE2000_H

#include <math.h>

#include <tonsure/colorimetry.h>

#include "base/vmath.h"

TNS_KERNEL_INLINE double tns_ciede2000_length(double x, double y)
{
    return sqrt(x * x + y * y);
}

/* sqrt(C^7 / (C^7 + 25^7)), the chroma switch of eqs (4) and (17). */
TNS_KERNEL_INLINE double tns_ciede2000_switch(double c)
{
    double c3 = c * c * c, c7 = c3 * c3 * c;
    return sqrt(c7 / (c7 + 6103515625.0));
}

/*
 * Which way the shorter arc runs from the first hue to the second: 1 if they rise. Gaps of 180
 * degrees to 1e-9 degrees count as not meeting across 0 (see tns_de00), so there they rise if the
 * first is the lower one, that is in 0..180: told by the one that lies further towards +a', whose
 * hue is 0 when less than 1e-9 degrees below it.
 */
TNS_KERNEL_INLINE double tns_ciede2000_side(double cross, double P, double a1, double b1, double a2,
                                            double b2)
{
    const double sine = 1.7453292519943296e-11; /* of 1e-9 degrees */
    double right = a1 > a2 ? b1 : b2, first = a1 > a2 ? 1 : -1;
    double lower = right >= -sine * fabs(a1 - a2) / 2 ? first : -first, rising = cross > 0 ? 1 : -1;
    return fabs(cross) > P * sine ? rising : lower;
}

/* Eq (15), from c = cos h', s = sin h'. */
TNS_KERNEL_INLINE double tns_ciede2000_t(double c, double s)
{
    const double cos30 = 0.8660254037844387, sin30 = 0.5;
    const double cos6 = 0.9945218953682733, sin6 = 0.10452846326765347;
    const double cos63 = 0.45399049973954675, sin63 = 0.8910065241883679;
    double c2 = 2 * c * c - 1, s2 = 2 * s * c;
    double c3 = c * (2 * c2 - 1), s3 = s * (2 * c2 + 1);
    double c4 = 2 * c2 * c2 - 1, s4 = 2 * s2 * c2;
    return 1 - 0.17 * (c * cos30 + s * sin30) + 0.24 * c2 + 0.32 * (c3 * cos6 - s3 * sin6) -
           0.20 * (c4 * cos63 + s4 * sin63);
}

/* R_T / R_C: -sin(2 dtheta), eqs (16) and (19), of the hue of (x, y) in 0..360 degrees. */
TNS_KERNEL_INLINE double tns_ciede2000_rotation(double y, double x)
{
    const double pi = 3.14159265358979323846, degree = pi / 180;
    double h = tns_vatan2(y, x);
    double off = ((h < 0 ? h + 2 * pi : h) - 275 * degree) * (1 / (25 * degree));
    return -tns_vsin_third(pi / 3 * tns_vexp(-off * off));
}

TNS_KERNEL_INLINE double tns_ciede2000(tns_lab p, tns_lab q)
{
    const double tiny = 1e-300; /* keeps 0/0 out, and is lost in all else */

    /* a' = (1 + G) a and C', eqs (2)-(6) */
    double c_mean = (tns_ciede2000_length(p.a, p.b) + tns_ciede2000_length(q.a, q.b)) / 2;
    double stretch = 1 + 0.5 * (1 - tns_ciede2000_switch(c_mean));
    double a1 = stretch * p.a, b1 = p.b, a2 = stretch * q.a, b2 = q.b;
    double C1 = tns_ciede2000_length(a1, b1), C2 = tns_ciede2000_length(a2, b2);

    /* differences and means, eqs (8)-(14); (x, y) is the bisector times P */
    double dL = q.L - p.L, dC = C2 - C1, C = (C1 + C2) / 2, from50 = (p.L + q.L) / 2 - 50;
    double P = C1 * C2, dot = a1 * a2 + b1 * b2, cross = a1 * b2 - a2 * b1;
    double wide = dot < 0 ? tns_ciede2000_side(cross, P, a1, b1, a2, b2) : 0;
    double r2 = 2 * (P + fabs(dot)), r = sqrt(r2 + tiny);
    double dH = dot < 0 ? wide * r : 2 * cross / r;
    double other = dot < 0 ? -C1 : C1;
    double va = a1 * C2 + a2 * other, vb = b1 * C2 + b2 * other;
    double x = dot < 0 ? -wide * vb : va, y = dot < 0 ? wide * va : vb;
    double scale = 1 / sqrt(P * r2 + tiny);

    /* weights and rotation, eqs (15)-(21) */
    double l2 = from50 * from50, root = sqrt(20 + l2);
    double l = dL * root / (root + 0.015 * l2);
    double c = dC / (1 + 0.045 * C);
    double h = dH / (1 + 0.015 * C * tns_ciede2000_t(x * scale, y * scale));
    double rt = tns_ciede2000_rotation(y, x) * 2 * tns_ciede2000_switch(C);
    double sum = l * l + c * c + h * h + rt * c * h;
    return sqrt(sum < 0 ? 0 : sum);
}

#endif
