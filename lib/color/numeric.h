/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COLOR_NUMERIC_H
#define COLOR_NUMERIC_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Call before any GSL function that can fail. GSL's default error handler aborts the process, which
 * a library must not do; this sets it off, once in the life of the process and safely from several
 * threads. From then on GSL reports by status codes alone, so check them.
 */
void tns_numeric_init(void);

/*
 * The lower Cholesky root of a symmetric matrix, in its place: n rows, `stride` numbers apart, of
 * which what is above the diagonal is neither read nor written. False where the square of a pivot
 * is not above `least`: not positive, or a column that all but depends on those before it. For the
 * few unknowns of a small problem; large ones are GSL's, banded ones pigment/banded.h's.
 */
bool tns_cholesky(double *matrix, size_t n, size_t stride, double least);

/* From that root: x becomes matrix^-1 x. */
void tns_cholesky_solve(const double *root, size_t n, size_t stride, double *x);

#endif
