/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The part of CIEDE2000 that chroma and hue make, from below, over rectangles of the (a*, b*)
 * plane.
 *
 * dE00^2 is a sum of two: (dL/S_L)^2, which depends on L* alone, and
 *
 *     g(a*, b*) = x^2 + y^2 + R_T x y,    x = dC'/S_C,  y = dH'/S_H,
 *
 * which does not depend on L*. For one target g is a fixed landscape, so it is laid out once: cells
 * around the target, in each a number that g does not fall below there, and above them the least of
 * every square of 2, 4, 8 ... cells, from which a few look-ups give the least of any rectangle.
 *
 * In a cell the factors lie in intervals: the chroma of the sample, hence the mean chroma, hence G
 * (which falls as it grows), hence a' = (1 + G) a* and C' of both colors; the cell in (a', b*)
 * fits a disk, which subtends the hue angle's interval. So |x|, |y| and |R_T| have intervals (T
 * changes by at most 2.41 a radian). R_T <= 0: the mixed term lowers g only where dC' and dH' may
 * have one sign; then x^2 + y^2 - r x y, r < 2 the highest |R_T|, has its least value over a box on
 * the edge of the least x or of the least y. Where the hues may be any, da'^2 + db*^2 = dC'^2 +
 * dH'^2 is used instead of the two. Notation and formula: Sharma, Wu, Dalal, Color Res. Appl. 30,
 * 21 (2005).
 */
#ifndef MATCH_BOUND_CHROMATIC_H
#define MATCH_BOUND_CHROMATIC_H

#include <tonsure/colorimetry.h>

enum { TNS_CHROMATIC_CELLS = 64, TNS_CHROMATIC_LEVELS = 6 };

/* A rectangle of the (a*, b*) plane; may reach to infinity. */
typedef struct tns_chromatic_area {
    double a_low, a_high, b_low, b_high;
} tns_chromatic_area;

typedef struct tns_chromatic {
    tns_chromatic_area area;
    int cells; /* along each side; 0 = no table, and the least is 0 */
    double cells_per_a, cells_per_b;
    float outside; /* g does not fall below this out of the area */
    /* [k]: of the square of 2^k cells that begins at the index */
    float least[TNS_CHROMATIC_LEVELS][TNS_CHROMATIC_CELLS * TNS_CHROMATIC_CELLS];
} tns_chromatic;

/*
 * The area is chosen so that outside of it g exceeds `enough`, if that is not too far away. `cells`
 * along each side, at most TNS_CHROMATIC_CELLS: the more the nearer to g, and the slower to make; 0
 * takes no time at all.
 */
void tns_chromatic_init(tns_chromatic *table, tns_lab target, double enough, int cells);

/* g is nowhere in the rectangle below this. */
double tns_chromatic_least(const tns_chromatic *table, tns_chromatic_area area);

/* The same for a small rectangle, computed afresh. */
double tns_chromatic_bound(tns_lab target, tns_chromatic_area area);

/*
 * A piece of a ring around the neutral axis: C* and the hue angle of a*, b*, in radians, no farther
 * than half a turn from the target's own, if that has one.
 */
typedef struct tns_chromatic_sector {
    double C_low, C_high, h_low, h_high;
} tns_chromatic_sector;

/*
 * g is nowhere in the sector below this. Much nearer to g than over a rectangle as large, since the
 * stretch 1 + G depends on C* alone and the hue of a', b* turns with that of a*, b*.
 */
double tns_chromatic_sector_bound(tns_lab target, tns_chromatic_sector sector);

#endif
