/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The luminance of an area is Y(a) = sum w_b (v_b + a (u_b - v_b))^n, with u and v the dot's and
 * the skin's R^(1/n) and w >= 0. Each term is convex in a for n >= 1, so Y is. Where the skin is
 * lighter than the target and the dot is not, {a: Y <= wanted} is a piece of [0, 1] that ends at 1
 * and begins at the one crossing. A tangent of a convex curve lies below it: Newton's step from
 * where Y is above the target ends before the crossing, so that steps from a = 0 near it from one
 * side, at the end with twice the digits each.
 */
#include <math.h>

#include "skin/zone.h"

static double luminance(const tns_spectrum *spectrum, const tns_viewing *viewing)
{
    return tns_xyz_from_spectrum(spectrum, viewing).Y;
}

/* R^(1/n) of dot and skin, and what a band counts in Y. */
typedef struct roots {
    double dot[TNS_BANDS], skin[TNS_BANDS], n;
    tns_spectrum area, slope;
} roots;

static void take_roots(const tns_zone_case *given, roots *out)
{
    out->n = given->n;
    for (int b = 0; b < TNS_BANDS; b++) {
        out->dot[b] = pow(fmax(given->dot.value[b], 0), 1 / given->n);
        out->skin[b] = pow(fmax(given->skin.value[b], 0), 1 / given->n);
    }
}

/* Y is linear in the reflectances, so the slopes of those give its slope. */
static void mix(roots *r, double coverage)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        double step = r->dot[b] - r->skin[b], m = r->skin[b] + coverage * step;
        double less = m > 0 ? pow(m, r->n - 1) : 0;
        r->area.value[b] = less * m;
        r->slope.value[b] = r->n * less * step;
    }
}

static double crossing(const tns_zone_case *given)
{
    roots r = {0};
    double a = 0;
    take_roots(given, &r);
    for (int i = 0; i < 100; i++) {
        mix(&r, a);
        double above = luminance(&r.area, &given->viewing) - given->wanted;
        double step = -above / luminance(&r.slope, &given->viewing);
        if (!(step > 1e-15))
            break;
        a = fmin(a + step, 1);
    }
    return a;
}

double tns_zone_coverage(const tns_zone_case *given, tns_zone_reach *reach)
{
    double skin = luminance(&given->skin, &given->viewing);
    double dot = luminance(&given->dot, &given->viewing);
    *reach = dot >= skin            ? TNS_ZONE_PALE
             : given->wanted > skin ? TNS_ZONE_LIGHTER
             : given->wanted <= dot ? TNS_ZONE_DARKER
                                    : TNS_ZONE_REACHED;
    return *reach == TNS_ZONE_REACHED ? crossing(given) : *reach == TNS_ZONE_LIGHTER ? 0 : 1;
}

void tns_zone_fill(const tns_zone_request *request, double coverage, tns_zone_dots *dots)
{
    dots->coverage = coverage;
    dots->per_cm2 = request->per_cm2;
    dots->diameter_mm = request->diameter_mm;
    if (!(request->per_cm2 > 0))
        dots->per_cm2 = tns_dots_density(request->order, coverage, request->diameter_mm);
    else if (!(request->diameter_mm > 0))
        dots->diameter_mm = tns_dots_diameter(request->order, coverage, request->per_cm2);
    else
        dots->coverage = tns_dots_coverage(request->order, request->per_cm2, request->diameter_mm);
}

bool tns_zone_is_sought(const tns_zone_request *request)
{
    return !(request->per_cm2 > 0) || !(request->diameter_mm > 0);
}
