/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pigment/banded.h"

bool tns_banded_init(tns_banded *matrix, size_t n, size_t width)
{
    matrix->n = n;
    matrix->width = width;
    matrix->entry = calloc(n * (width + 1), sizeof *matrix->entry);
    return matrix->entry != NULL;
}

void tns_banded_finish(tns_banded *matrix)
{
    free(matrix->entry);
    matrix->entry = NULL;
}

void tns_banded_clear(tns_banded *matrix)
{
    memset(matrix->entry, 0, matrix->n * (matrix->width + 1) * sizeof *matrix->entry);
}

/* The first column of row i that the band holds. */
static size_t first_of(const tns_banded *matrix, size_t i)
{
    return i > matrix->width ? i - matrix->width : 0;
}

static double dot(const double *a, const double *b, size_t n)
{
    double even = 0, odd = 0;
    for (size_t i = 0; i + 1 < n; i += 2) {
        even += a[i] * b[i];
        odd += a[i + 1] * b[i + 1];
    }
    return even + odd + (n % 2 ? a[n - 1] * b[n - 1] : 0);
}

bool tns_banded_factor(tns_banded *m)
{
    for (size_t i = 0; i < m->n; i++) {
        size_t from = first_of(m, i);
        double *row = tns_banded_at(m, i, from);
        for (size_t j = from; j < i; j++) {
            const double *other =
                tns_banded_at(m, j, from > first_of(m, j) ? from : first_of(m, j));
            size_t start = from > first_of(m, j) ? from : first_of(m, j);
            row[j - from] = (row[j - from] - dot(row + (start - from), other, j - start)) /
                            *tns_banded_at(m, j, j);
        }
        double rest = row[i - from] - dot(row, row, i - from);
        if (!(rest > 0))
            return false;
        row[i - from] = sqrt(rest);
    }
    return true;
}

void tns_banded_solve(const tns_banded *factor, double *x)
{
    for (size_t i = 0; i < factor->n; i++) {
        size_t from = first_of(factor, i);
        const double *row = tns_banded_at(factor, i, from);
        x[i] = (x[i] - dot(row, x + from, i - from)) / row[i - from];
    }
    for (size_t i = factor->n; i-- > 0;) {
        size_t from = first_of(factor, i);
        const double *row = tns_banded_at(factor, i, from);
        x[i] /= row[i - from];
        for (size_t k = from; k < i; k++)
            x[k] -= row[k - from] * x[i];
    }
}

/* sums = Z column over the rows after j that the band ties to it; Z is symmetric. */
static void multiply_after(const tns_banded *Z, size_t j, size_t last, const double *column,
                           double *sums)
{
    memset(sums, 0, (last - j) * sizeof *sums);
    for (size_t i = j + 1; i <= last; i++) {
        const double *row = tns_banded_at(Z, i, j + 1);
        for (size_t k = j + 1; k < i; k++) {
            sums[i - j - 1] += row[k - j - 1] * column[k - j - 1];
            sums[k - j - 1] += row[k - j - 1] * column[i - j - 1];
        }
        sums[i - j - 1] += row[i - j - 1] * column[i - j - 1];
    }
}

bool tns_banded_invert(const tns_banded *factor, tns_banded *out)
{
    double *column = calloc(2 * (factor->width + 1), sizeof *column);
    if (!column)
        return false;
    double *sums = column + factor->width + 1;
    for (size_t j = factor->n; j-- > 0;) {
        size_t last = j + factor->width < factor->n ? j + factor->width : factor->n - 1;
        double pivot = *tns_banded_at(factor, j, j), sum = 0;
        for (size_t k = j + 1; k <= last; k++)
            column[k - j - 1] = *tns_banded_at(factor, k, j) / pivot;
        multiply_after(out, j, last, column, sums);
        for (size_t i = j + 1; i <= last; i++) {
            *tns_banded_at(out, i, j) = -sums[i - j - 1];
            sum += column[i - j - 1] * sums[i - j - 1];
        }
        *tns_banded_at(out, j, j) = 1 / (pivot * pivot) + sum;
    }
    free(column);
    return true;
}
