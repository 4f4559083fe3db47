/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A bound on what a set of film mixtures looks like that keeps the bands linked. The intervals of
 * screen.h let every band take its own mixture of the set; but when one band is darker the others
 * are too, and chroma, a difference between bands, varies far less than intervals say.
 *
 * Per band a film over its backing, seen through what lies above, is a quotient,
 *
 *     R = base + A/D,   A = a_S S - a_K K,   D = p_K K + p_S S + G,   G = b coth b,
 *     b = sqrt(K (K + 2S)),
 *
 * all of a_S .. p_S >= 0. Around a middle mixture (0) let d be what D changes by without the
 * curvature of G, and g that curvature, G less its tangent, both over D_0. With r = A_0/D_0,
 * M the slope of R times the step in K and S (linear), N = M - r g, and any number x > -1,
 *
 *     (1 + x) (R - R_0) = M - r g + (D_0/D) N (x - d - g).                                 (1)
 *
 * Take for x the mean of d over the bands: a number that is linear in the mixture and the same in
 * all bands. What is left on the right beside M is small: the curvature, and by how much one band's
 * D changes more than the others', times the change itself.
 *
 * y, three numbers under each viewing, is linear in L*, a*, b*, and n, |n| = 1, a direction. How
 * far colors near enough to the target can be along n is known (linked_eye.c), its reach; so n
 * shows a set of mixtures to be too far if n y exceeds the reach on all of it. n y is a sum of
 * f(t), t for X, Y and Z over the white's, with signed weights. f is concave: where it is weighed
 * by less than zero it may be replaced by a tangent, elsewhere by the chord between the least and
 * the greatest t that are both of the set and near enough; n y can only become less, but for colors
 * that are too far anyway. So it is enough that with w the sum's weights of the bands, n y_0 the
 * sum for the middle mixture, and 1 + x > 0,
 *
 *     (1 + x) (n y_0 - reach) + sum over bands of w ((1 + x) (R - R_0)) > 0.               (2)
 *
 * By (1) this is linear in the mixture but for two terms, which are made smaller until they are
 * concave: then the least value over a convex hull is at a corner, and there all bands are added
 * up before the least is taken.
 *
 * g. With J = K + 2S, b = sqrt(K J) and v = (b_0/2) (K/K_0 + J/J_0), which is linear, is no less
 * than b (the mean of two beside their geometric mean), and touches it in the middle. G rises, and
 * its second derivative 2 (b coth b - 1)/sinh^2 b falls: b coth b - 1 is the sum of 2 b^2/(b^2 + (k
 * pi)^2) over k, sinh b the product of b and all 1 + (b/(k pi))^2. So
 *   - G(b) <= G(v), and G(v) less its tangent is (v - b_0)^2 times a number that falls with v: for
 *     v > b_0 at most half the second derivative there, below it at most what it is at the least b
 *     of all. Both are convex in the mixture, and so is the one made of both, g+.
 *   - G(b) is no less than its tangent in b, so g is no less than -(dG/db) (v - b)/D_0. p and q
 *     being the parts of v by K and by J, and h = |p - q|, b = 2 sqrt(p q) >= 4 p q/(p + q), so v -
 * b = h^2/(v + b) is at most h^2 v/(2 v^2 - h^2): v times a convex function of h/v that rises, so
 *     convex in h and v, and h is convex in the mixture: g-.
 * So -g- <= g <= g+ with convex ends, and any multiple of g has a convex upper end, `most`.
 *
 * The product. With s = x - d and any a > 0, N (s - g) = ((N + a (s - g))^2 - (N - a (s - g))^2)/4a
 * lies between minus the second part and the first. N - a (s - g) = M - a s + (a - r) g: without
 * its sign that is at most the greater of two convex functions, by the ends of g; the greater of
 * two is convex, and as it is not negative its square is. Likewise the other part. In place of the
 * product stand these, times the most that D_0/D can be: where w is positive the one, else the
 * other.
 *
 * D rises in K and in S, so D_0/D is greatest where both are least.
 *
 * Which mixture is the middle, which directions are tried and which a is taken changes nothing but
 * how much is ruled out: a direction is first that of the corners' mean y, then it turns to the
 * corner that lies least far along it (after Gilbert, SIAM J. Control 4, 61 (1966)). What is left
 * beside M is looked at only where that corner itself is beyond the reach, to first order.
 *
 * A film that stands for a blend (stand_in.h) leaves a rest: R is the film's and the rest, which is
 * taken to be the middle of what it is over the set; 1 + x times what it may be off that is taken
 * from (2) for each band.
 *
 * Rounding: sums of units are right to what screen.h says, and so is R. The middle is that of the
 * least and the greatest K and S, so no corner has more than twice its, and v is at most 2 b_0.
 * Sums over bands of the terms of M and d, in single precision, are right to 7e-6 of those, and the
 * terms of d make up no more than 1; p and q, sums of positive terms, to 3e-6. What is squared is
 * widened by that first. f is right to 5e-6, its slopes to 1e-6, what the middle gives g to 1e-6.
 * All of it is taken from (2).
 */
#ifndef MATCH_BOUND_LINKED_H
#define MATCH_BOUND_LINKED_H

#include <stdbool.h>

#include "match/bound/screen.h"
#include "match/goal.h"

enum {
    TNS_LINKED_VIEWINGS = 5, /* of the eye, the first; a bound need not look under all */
    TNS_LINKED_DIMS = 3 * TNS_LINKED_VIEWINGS,
    TNS_LINKED_LANES = 2 * TNS_LANES, /* as many, and x */
    TNS_LINKED_STEPS = 48,            /* along each side of a table of slopes, at most */
    TNS_LINKED_NODES = TNS_LINKED_STEPS + 1,
    TNS_LINKED_CELLS = 512 /* at most */
};

/* How near a table comes: steps of slopes, and cells of the plane of a* and b*, along each side. */
typedef struct tns_linked_detail {
    int steps;
    int cells; /* a multiple of 4 */
} tns_linked_detail;

/*
 * By slope m, from -most to most: no color near enough has a larger m (L* - target) - (dL/S_L)^2;
 * and the same of a* and b*, whose part of dE00^2 is g (chromatic.h).
 */
typedef struct tns_linked_lift {
    float weight; /* of the viewing */
    int steps;    /* along each side */
    float most[3];
    float L[TNS_LINKED_NODES], ab[TNS_LINKED_NODES * TNS_LINKED_NODES];
} tns_linked_lift;

/* The colors near enough. */
typedef struct tns_linked_eye {
    int viewings;                         /* 0 = nothing can be said */
    float row[TNS_LINKED_DIMS][TNS_WIDE]; /* of X, Y, Z over the white, under each viewing */
    float column[2][TNS_WIDE][TNS_LANES]; /* the same by band, in halves */
    float below[TNS_LINKED_LANES];        /* what a row's negative weights add up to */
    float U[TNS_LINKED_VIEWINGS][3][3];   /* y = U (L* + 16, a*, b*) - U target; upper triangle */
    float target[TNS_LINKED_VIEWINGS][3];
    tns_linked_lift lift[TNS_LINKED_VIEWINGS];
    float low[TNS_LINKED_LANES], high[TNS_LINKED_LANES]; /* X, Y, Z of what is near enough */
    float share[TNS_WIDE];                               /* of a band in the mean */
    double most; /* holds for objectives up to this, on one surface */
} tns_linked_eye;

typedef struct tns_linked_surface {
    const tns_screen_surface *screen;
    /* of R (linked.h) */
    double base[TNS_WIDE], a_K[TNS_WIDE], a_S[TNS_WIDE], p_K[TNS_WIDE], p_S[TNS_WIDE];
    float step; /* R is right to this, whatever the mixture */
} tns_linked_surface;

typedef struct tns_linked_kernels {
    /* Whether all mixtures of the films are farther than the radius; false = not known. */
    bool (*apart)(const tns_linked_surface *surface, const tns_linked_eye *eye,
                  const tns_screen_films *films, float radius);
} tns_linked_kernels;

TNS_KERNELS_DECLARE(tns_linked_kernels, tns_linked_kernels);

/* The surface is a film; borrows it. */
void tns_linked_surface_set(tns_linked_surface *out, const tns_screen_surface *screen);

/* For objectives of up to `most` on one surface; without viewings where nothing can be said. */
void tns_linked_eye_set(tns_linked_eye *eye, const tns_goal *goal, double most,
                        tns_linked_detail detail);

/* What `apart` is to be asked for an objective; INFINITY where nothing can be said. */
float tns_linked_radius(const tns_linked_eye *eye, double objective);

#endif
