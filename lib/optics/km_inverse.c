/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From what a film reflects and lets through to what it is. With a = (K + S)/S written as N/M and
 * B = sqrt(N^2 - M^2), so that a layer that only absorbs is M = 0 and not an infinite a:
 *
 *     K X = y (N - M) / B,     S X = y M / B,     y = t X.
 */
#include <math.h>

#include <tonsure/kubelka_munk.h>

/* Readings are rounded: what leaves the possible by no more than this is taken as on its edge. */
static const double SLACK = 1e-12;

/* arg -> f(arg)/arg for an odd function f with slope 1 at 0. */
static double over_argument(double (*f)(double), double x)
{
    return fabs(x) > 1e-8 ? f(x) / x : 1;
}

bool tns_km_from_backings(double R1, double g1, double R2, double g2, double *KX, double *SX)
{
    if (g1 == g2)
        return false;
    if (R1 == g1 && R2 == g2) {
        *KX = *SX = 0;
        return true;
    }
    double N = (1 + R1 * g1) * (R2 - g2) - (1 + R2 * g2) * (R1 - g1);
    double M = 2 * (g1 * R2 - g2 * R1);
    double sign = N < 0 ? -1 : 1;
    N *= sign;
    M *= sign;
    if (!(N > 0) || M < -SLACK * N || M > N * (1 + SLACK))
        return false;
    M = fmin(fmax(M, 0), N);
    double B = sqrt((N - M) * (N + M));

    /* The pair in which the film shows more fixes the thickness. W = M (K+S-c)/S with c = B coth y.
     */
    bool first = fabs(R1 - g1) > fabs(R2 - g2);
    double R = first ? R1 : R2, g = first ? g1 : g2;
    double W = (M * (1 + R * g) - N * (R + g)) / (R - g);
    if (!(W > B * (1 + SLACK)))
        return false;
    double y_over_B = over_argument(atanh, B / W) / W;
    *KX = y_over_B * (N - M);
    *SX = y_over_B * M;
    return true;
}

bool tns_km_from_layer(double R0, double T, double *KX, double *SX)
{
    double absorbed = 1 - R0 - T;
    if (!(R0 >= 0 && T > 0 && absorbed >= -SLACK))
        return false;
    double M = 2 * R0;
    double N_less_M = fmax(absorbed, 0) * (1 - R0 + T);
    double N_plus_M = (1 + R0 - T) * (1 + R0 + T);
    double B = sqrt(N_less_M * N_plus_M);
    double y_over_B = over_argument(asinh, B / (2 * T)) / (2 * T);
    *KX = y_over_B * N_less_M;
    *SX = y_over_B * M;
    return true;
}
