/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dots on skin: how much of it they cover, and how dot and skin blend to one tone where the eye no
 * longer tells them apart. What a dot looks like is decided by the bottle, what an area looks like
 * mostly by how many dots there are and how large; docs/zone.md tells both.
 */
#ifndef TONSURE_DOTS_H
#define TONSURE_DOTS_H

#include <tonsure/export.h>
#include <tonsure/spectrum.h>

TNS_BEGIN_DECLS

/* How dots lie beside each other. A hand's lie between the two; they differ in the overlap. */
typedef enum tns_dots_order {
    TNS_DOTS_RANDOM, /* anywhere, so some overlap: a = 1 - exp(-m) (Poisson) */
    TNS_DOTS_GRID    /* a square grid: a = m until they touch, at 79 % */
} tns_dots_order;

/* "random", "grid". */
TNS_API const char *tns_dots_order_name(tns_dots_order order);

/*
 * Healed dots are 0.10-0.15 mm wide, fresh ones up to 0.25 mm: about twice as wide (trade figures,
 * none measured). The spread is one standard deviation of healed width, relative, that takes
 * 0.10-0.15 mm for 95 % of a hand's dots.
 */
#define TNS_DOT_HEALED_MM 0.125
#define TNS_DOT_HEALED_OF_FRESH 0.5
#define TNS_DOT_SPREAD 0.1

/*
 * For orientation: terminal hairs per cm2 of scalp (Barman, Astore, Pecoraro, J. Invest. Dermatol.
 * 44 (1965): 175-300, mean 223), and the follicular units they leave from (a trade figure).
 */
#define TNS_HAIRS_LEAST 175
#define TNS_HAIRS_MOST 300
#define TNS_UNITS_LEAST 80
#define TNS_UNITS_MOST 120

/*
 * With m = N pi d^2 / 4 the dots' own area on a unit of skin, counted twice where they overlap: the
 * share a of skin that is covered, 0..1. N per cm2 and d in mm, both 0 or more.
 */
TNS_API double tns_dots_coverage(tns_dots_order order, double per_cm2, double diameter_mm);

/*
 * The inverse: the density, or the diameter, that covers so much; INFINITY for the whole of the
 * skin by random dots. Coverage 0..1, the other figure above 0.
 */
TNS_API double tns_dots_density(tns_dots_order order, double coverage, double diameter_mm);
TNS_API double tns_dots_diameter(tns_dots_order order, double coverage, double per_cm2);

/*
 * Yule and Nielsen 1951: R^(1/n) is mixed by area in each band. n = 1 (Murray 1936, Davies): light
 * comes out where it went in; n = 2: it comes out anywhere, so that dots also swallow light that
 * went in beside them. Skin scatters light over more than a dot's width, so it lies nearer to 2.
 * Printers take 1.7 for most of their work (Pearson, TAGA 1980); nobody has published one for dots
 * in skin. n cannot be told from the dots' effective area by readings of areas: take one of the two
 * from one's own follow-ups, never both.
 */
#define TNS_YULE_NIELSEN 1.7
#define TNS_YULE_NIELSEN_LEAST 1.0
#define TNS_YULE_NIELSEN_MOST 2.0

/* Coverage 0..1, n 1 or more. Reflectance below 0 counts as 0. It is an estimate where one of the
   two is. */
TNS_API tns_spectrum tns_dots_area(const tns_spectrum *dot, const tns_spectrum *skin,
                                   double coverage, double n);

TNS_END_DECLS

#endif
