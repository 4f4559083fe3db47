/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/cpu_kernels.h"

#include <math.h>

#include "base/lanes.h"

/* Products and sums that would differ if they were fused. */
static void mix(size_t n, const double *restrict a, const double *restrict b, double *restrict out)
{
    for (size_t i = 0; i < n; i++) {
        double x = a[i] * b[i] + a[i] / (b[i] * b[i] + 0.1);
        out[i] = x < 0 ? x * x - 3 * a[i] : sqrt(x);
    }
}

static double dot(const double *a, const double *b, int n)
{
    return tns_dot(a, b, n);
}

const trial_kernels TNS_KERNELS(trial_kernels) = {
#if defined(__AVX2__) && defined(__FMA__)
    .has_avx2 = true,
#endif
#if defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512BW__) && defined(__AVX512VL__)
    .has_avx512 = true,
#endif
    .mix = mix,
    .dot = dot,
};
