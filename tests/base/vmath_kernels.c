/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/vmath_kernels.h"

#include "base/vmath.h"

static void exp_of(size_t n, const double *restrict x, const double *restrict y,
                   double *restrict out)
{
    (void)y;
    for (size_t i = 0; i < n; i++)
        out[i] = tns_vexp(x[i]);
}

static void cbrt_of(size_t n, const double *restrict x, const double *restrict y,
                    double *restrict out)
{
    (void)y;
    for (size_t i = 0; i < n; i++)
        out[i] = tns_vcbrt(x[i]);
}

static void atan2_of(size_t n, const double *restrict x, const double *restrict y,
                     double *restrict out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = tns_vatan2(y[i], x[i]);
}

static void sin_third_of(size_t n, const double *restrict x, const double *restrict y,
                         double *restrict out)
{
    (void)y;
    for (size_t i = 0; i < n; i++)
        out[i] = tns_vsin_third(x[i]);
}

const vmath_kernels TNS_KERNELS(vmath_kernels) = {exp_of, cbrt_of, atan2_of, sin_third_of};
