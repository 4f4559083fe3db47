/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sums for kernels (base/cpu.h). Compilers may not change the order of a sum, and left to
 * themselves do not always see one that is in lanes already; so the order is fixed here, and said
 * to them in their own words (the vector types of gcc and clang, which fit into narrower registers
 * by halves).
 */
#ifndef BASE_LANES_H
#define BASE_LANES_H

#include <string.h>

#include "base/cpu.h"

/*
 * The sum of a[i] b[i], of n products, n a multiple of 4: every fourth product goes into one of
 * four sums s, and the result is (s0 + s1) + (s2 + s3).
 */
TNS_KERNEL_INLINE double tns_dot(const double *a, const double *b, int n)
{
#ifdef __GNUC__
    typedef double lanes __attribute__((vector_size(4 * sizeof(double))));
    lanes sum = {0}, x, y;
    for (int i = 0; i < n; i += 4) {
        memcpy(&x, a + i, sizeof x);
        memcpy(&y, b + i, sizeof y);
        sum += x * y;
    }
#else
    double sum[4] = {0};
    for (int i = 0; i < n; i++)
        sum[i % 4] += a[i] * b[i];
#endif
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

#endif
