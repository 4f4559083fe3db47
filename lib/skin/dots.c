/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <tonsure/dots.h>

static const double PI = 3.14159265358979323846, MM2_IN_CM2 = 100;

const char *tns_dots_order_name(tns_dots_order order)
{
    return order == TNS_DOTS_GRID ? "grid" : "random";
}

/* The dots' own area on a unit of skin. */
static double load_of(double per_cm2, double diameter_mm)
{
    return per_cm2 / MM2_IN_CM2 * PI * diameter_mm * diameter_mm / 4;
}

/*
 * Of a square of the grid, edge 1, with a circle of radius r about its middle: when the circle
 * leaves the square, a segment beyond each edge belongs to the neighbors, who give one back.
 */
static double grid_coverage(double load)
{
    double r = sqrt(load / PI);
    if (r <= 0.5)
        return load;
    if (r >= sqrt(0.5))
        return 1;
    return load - 4 * (r * r * acos(0.5 / r) - 0.5 * sqrt(r * r - 0.25));
}

static double grid_load(double coverage)
{
    double low = PI / 4, high = PI / 2; /* they touch, and they leave no gap */
    if (coverage <= low)
        return coverage;
    for (int i = 0; i < 60; i++) {
        double mid = (low + high) / 2;
        *(grid_coverage(mid) < coverage ? &low : &high) = mid;
    }
    return high;
}

double tns_dots_coverage(tns_dots_order order, double per_cm2, double diameter_mm)
{
    double load = load_of(per_cm2, diameter_mm);
    return order == TNS_DOTS_GRID ? grid_coverage(load) : -expm1(-load);
}

static double load_for(tns_dots_order order, double coverage)
{
    return order == TNS_DOTS_GRID ? grid_load(coverage) : -log1p(-coverage);
}

double tns_dots_density(tns_dots_order order, double coverage, double diameter_mm)
{
    return load_for(order, coverage) / load_of(1, diameter_mm);
}

double tns_dots_diameter(tns_dots_order order, double coverage, double per_cm2)
{
    return sqrt(load_for(order, coverage) / load_of(per_cm2, 1));
}

tns_spectrum tns_dots_area(const tns_spectrum *dot, const tns_spectrum *skin, double coverage,
                           double n)
{
    tns_spectrum out = {.from_nm = fmax(dot->from_nm, skin->from_nm),
                        .to_nm = fmin(dot->to_nm, skin->to_nm)};
    const tns_spectrum *guess = skin->reconstructed ? skin : dot;
    out.reconstructed = guess->reconstructed;
    memcpy(out.prior, guess->prior, sizeof out.prior);
    for (int b = 0; b < TNS_BANDS; b++) {
        double u = pow(fmax(dot->value[b], 0), 1 / n), v = pow(fmax(skin->value[b], 0), 1 / n);
        out.value[b] = pow(v + coverage * (u - v), n);
    }
    return out;
}
