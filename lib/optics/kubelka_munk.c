/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every form below is written in
 *
 *     t = sqrt(K (K + 2S))      A = K + t      P = A + S      D = 2 t P
 *     E = exp(-2 t X)           s = S (1 - E)                 v = 1 - Rg
 *
 * in which Kubelka's hyperbolic film over a backing becomes a quotient of positive terms,
 *
 *     R = (s (v P + A Rg) + D E Rg) / (D + s (v P - A)),
 *
 * with one square root, one exponential and one division, no cancellation near white and no
 * overflow for thick films. s A stays below D/2. Where t = 0 both sides vanish, and s/D is S X / P.
 */
#include <math.h>

#include <tonsure/kubelka_munk.h>

/* The slope of an opaque layer in K has no bound at K = 0; a solver's 0 x infinity would be NaN. */
static const double STEEPEST = 1e-6;

typedef struct film {
    double t, A, P, E, lost; /* lost = 1 - E */
    double s, D;
} film;

/*
 * 1 - exp(-z) and exp(-z) from one exponential. The plain difference has lost five bits by z =
 * 1/32; below, where it would lose more, expm1 does it.
 */
static double fade(double z, double *E)
{
    if (z < 1.0 / 32) {
        double lost = -expm1(-z);
        *E = 1 - lost;
        return lost;
    }
    *E = exp(-z);
    return 1 - *E;
}

static double root(double K, double S)
{
    return sqrt(K * (K + 2 * S));
}

static film film_of(double K, double S, double X)
{
    film f = {.t = root(K, S)};
    f.lost = fade(2 * f.t * X, &f.E);
    f.A = K + f.t;
    f.P = f.A + S;
    f.s = f.t > 0 ? S * f.lost : S * X;
    f.D = f.t > 0 ? 2 * f.t * f.P : 1;
    if (!(f.t > 0))
        f.P = 1; /* s P / D = S X */
    return f;
}

static double opaque(double K, double S, double t)
{
    return S > 0 ? S / (K + S + t) : 0;
}

double tns_km_opaque(double K, double S)
{
    return opaque(K, S, root(K, S));
}

tns_km_slopes tns_km_opaque_slopes(double K, double S)
{
    double t = root(K, S);
    tns_km_slopes out = {.R = opaque(K, S, t)};
    if (K > 0 || S > 0) {
        out.dR_dK = -out.R / fmax(t, STEEPEST * S);
        out.dR_dS = sqrt(K / (K + 2 * S)) / (K + S + t);
    }
    return out;
}

double tns_km_ratio(double R)
{
    return (1 - R) * (1 - R) / (2 * R);
}

static double over_backing(film f, double Rg)
{
    double hidden = (1 - Rg) * f.P;
    return (f.s * (hidden + f.A * Rg) + f.D * f.E * Rg) / (f.D + f.s * (hidden - f.A));
}

double tns_km_film(double K, double S, double X, double Rg)
{
    return over_backing(film_of(K, S, X), Rg);
}

/*
 * d(y coth y)/d(y^2) for y = t X: (coth y - y / sinh^2 y) / (2y). Near 0 the two terms cancel, and
 * the Taylor series (coefficients from Abramowitz, Stegun, 4.5.67) is good to 1e-14 below 0.1.
 */
static double coth_slope(double y)
{
    double y2 = y * y;
    if (y < 0.1)
        return 1.0 / 3 -
               y2 * (2.0 / 45 - y2 * (2.0 / 315 - y2 * (4.0 / 4725 - y2 * (2.0 / 18711))));
    double E, lost = fade(2 * y, &E);
    return (1 + E - 4 * y * E / lost) / (2 * y * lost);
}

/*
 * In R = (S - Rg (K + S - c)) / (K + S - Rg S + c), c = t coth(tX) is an even function of t, so its
 * slopes stay finite where t has none. Everything is multiplied by X to reach X = 0.
 */
tns_km_slopes tns_km_film_slopes(double K, double S, double X, double Rg)
{
    film f = film_of(K, S, X);
    double y = f.t * X;
    double c = y > 1e-8 ? y * (1 + f.E) / f.lost : 1;
    double c_slope = 2 * X * coth_slope(y);
    double c_K = c_slope * (K + S) * X, c_S = c_slope * K * X;
    double below = (K + S - Rg * S) * X + c;

    tns_km_slopes out = {.R = over_backing(f, Rg)};
    out.dR_dK = (Rg * (c_K - X) - out.R * (c_K + X)) / below;
    out.dR_dS = ((1 - Rg) * X + Rg * c_S - out.R * ((1 - Rg) * X + c_S)) / below;
    return out;
}

tns_layer tns_km_layer(double K, double S, double X)
{
    film f = film_of(K, S, X);
    double below = f.D + f.s * (f.P - f.A);
    tns_layer layer = {
        .R = f.s * f.P / below, .T = sqrt(f.E) * f.D / below, .Rb = f.s * f.P / below};
    return layer;
}

/* 1 / (1 - a b): the light between two reflecting faces. Two perfect mirrors pass nothing on. */
static double between(double a, double b)
{
    return a * b < 1 ? 1 / (1 - a * b) : 0;
}

tns_layer tns_layer_stack(tns_layer upper, tns_layer lower)
{
    double gain = between(upper.Rb, lower.R);
    tns_layer both = {
        .R = upper.R + upper.T * upper.T * lower.R * gain,
        .T = upper.T * lower.T * gain,
        .Rb = lower.Rb + lower.T * lower.T * upper.Rb * gain,
    };
    return both;
}

double tns_layer_over(tns_layer layer, double Rg)
{
    return layer.R + layer.T * layer.T * Rg * between(layer.Rb, Rg);
}
