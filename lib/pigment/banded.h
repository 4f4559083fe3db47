/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Symmetric positive matrices of which only a band about the diagonal is not zero: factored, solved
 * and inverted within the band, at a cost of n width^2.
 */
#ifndef PIGMENT_BANDED_H
#define PIGMENT_BANDED_H

#include <stdbool.h>
#include <stddef.h>

typedef struct tns_banded {
    size_t n, width; /* so many entries left of the diagonal */
    double *entry;   /* rows of width + 1, the diagonal last */
} tns_banded;

/* All zero. False when out of memory. */
bool tns_banded_init(tns_banded *matrix, size_t n, size_t width);
void tns_banded_finish(tns_banded *matrix);

/* Row i's entry of column j, i - width <= j <= i. */
static inline double *tns_banded_at(const tns_banded *matrix, size_t i, size_t j)
{
    return &matrix->entry[(i + 1) * (matrix->width + 1) - 1 - (i - j)];
}

void tns_banded_clear(tns_banded *matrix);

/* Cholesky's factor in its place; false when the matrix is not positive. */
bool tns_banded_factor(tns_banded *matrix);

/* From a factor: solves in place. */
void tns_banded_solve(const tns_banded *factor, double *x);

/*
 * From a factor: the inverse within the band, in `out` of the same size. Takahashi, Fagan, Chen,
 * Proc. 8th PICA Conf. (1973): each column of the inverse needs only later ones within the band.
 * False when out of memory.
 */
bool tns_banded_invert(const tns_banded *factor, tns_banded *out);

#endif
