/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Least squares with x >= 0: Lawson, Hanson, Solving Least Squares Problems (1974), chapter 23, the
 * active-set method. GSL has none.
 */
#ifndef COLOR_NNLS_H
#define COLOR_NNLS_H

#include <stdbool.h>

enum { TNS_NNLS_MAX = 64 };

/*
 * Minimizes |A x - b|^2 over x >= 0; A has `rows` rows of `columns` numbers, 1 <= columns <=
 * TNS_NNLS_MAX. Columns that depend on each other get one of the answers. False when the sets still
 * change after 3 columns + 30 rounds; x is then feasible, but not the best.
 */
bool tns_nnls(int rows, int columns, const double *A, const double *b, double *x);

#endif
