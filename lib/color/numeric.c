/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <pthread.h>

#include <gsl/gsl_errno.h>

#include "color/numeric.h"

static void set_handler_off(void)
{
    gsl_set_error_handler_off();
}

void tns_numeric_init(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, set_handler_off);
}

bool tns_cholesky(double *matrix, size_t n, size_t stride, double least)
{
    for (size_t i = 0; i < n; i++) {
        double *row = matrix + i * stride;
        for (size_t j = 0; j <= i; j++) {
            const double *other = matrix + j * stride;
            double rest = row[j];
            for (size_t k = 0; k < j; k++)
                rest -= row[k] * other[k];
            if (i == j && !(rest > least))
                return false;
            row[j] = i == j ? sqrt(rest) : rest / other[j];
        }
    }
    return true;
}

void tns_cholesky_solve(const double *root, size_t n, size_t stride, double *x)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++)
            x[i] -= root[i * stride + k] * x[k];
        x[i] /= root[i * stride + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            x[i] -= root[k * stride + i] * x[k];
        x[i] /= root[i * stride + i];
    }
}
