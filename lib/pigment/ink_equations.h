/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The normal equations of all bands at once. Second differences tie a parameter to itself two bands
 * away, so that J'J is banded; k2, which every row knows of, is a border of one row, taken out by
 * its Schur complement.
 */
#ifndef PIGMENT_INK_EQUATIONS_H
#define PIGMENT_INK_EQUATIONS_H

#include "pigment/ink_system.h"

typedef struct tns_ink_equations {
    size_t n; /* of unknowns without k2 */
    tns_banded matrix, factor;
    double *gradient, *border; /* of x; between x and k2 */
    double *step, *away;       /* of x; matrix^-1 border */
    double k2_gradient, k2_square;
} tns_ink_equations;

/* False when out of memory. */
bool tns_ink_equations_init(tns_ink_equations *equations, const tns_ink_system *system);
void tns_ink_equations_finish(tns_ink_equations *equations);

/* Sets them up at the system's x, and factors them with that share added to the diagonal. */
void tns_ink_equations_set(tns_ink_equations *equations, const tns_ink_system *system);
bool tns_ink_equations_factor(tns_ink_equations *equations, double damping);

/* From a factor and the gradient: the step of x, and of k2 as returned (0 when it is not fitted).
 */
double tns_ink_equations_solve(tns_ink_equations *equations, const tns_ink_system *system,
                               double damping);

/* k2's variance at a factor without damping; leaves `away` behind. */
double tns_ink_equations_k2_variance(tns_ink_equations *equations);

/* x(b - 1) - 2 x(b) + x(b + 1) of a parameter. */
double tns_ink_system_bend(const tns_ink_system *system, int band, int parameter);

#endif
