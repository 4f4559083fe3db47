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

/* Eight numbers side by side. */
enum { TNS_FLOAT_LANES = 8 };

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

/*
 * In each lane, the sums of weight[i][k] a[k] and of weight[i][k] b[k] over k, in order; a and b
 * are rows of lanes. Six sums at once, so that none waits for another.
 */
TNS_KERNEL_INLINE void tns_lane_dots(const float *const weight[3], const float *a, const float *b,
                                     int n, float to_a[3][TNS_FLOAT_LANES],
                                     float to_b[3][TNS_FLOAT_LANES])
{
#ifdef __GNUC__
    typedef float lanes __attribute__((vector_size(TNS_FLOAT_LANES * sizeof(float))));
    lanes sum_a[3] = {{0}}, sum_b[3] = {{0}}, x, y;
    for (int k = 0; k < n; k++) {
        memcpy(&x, a + k * TNS_FLOAT_LANES, sizeof x);
        memcpy(&y, b + k * TNS_FLOAT_LANES, sizeof y);
        for (int i = 0; i < 3; i++) {
            sum_a[i] += weight[i][k] * x;
            sum_b[i] += weight[i][k] * y;
        }
    }
    memcpy(to_a, sum_a, sizeof sum_a);
    memcpy(to_b, sum_b, sizeof sum_b);
#else
    for (int i = 0; i < 3; i++)
        for (int lane = 0; lane < TNS_FLOAT_LANES; lane++) {
            to_a[i][lane] = to_b[i][lane] = 0;
            for (int k = 0; k < n; k++) {
                to_a[i][lane] += weight[i][k] * a[k * TNS_FLOAT_LANES + lane];
                to_b[i][lane] += weight[i][k] * b[k * TNS_FLOAT_LANES + lane];
            }
        }
#endif
}

/*
 * In each of so many doubles' lanes, the sums of weight[i][k] a[k * row] over k, in order; a row of
 * `a` has at least so many. Six sums at once, so that none waits for another.
 */
enum { TNS_DOUBLE_LANES = 8 };

TNS_KERNEL_INLINE void tns_lane_sums(const double *const weight[3], const double *a, size_t row,
                                     int n, double *const out[3])
{
#ifdef __GNUC__
    enum { HALF = TNS_DOUBLE_LANES / 2 };
    typedef double lanes __attribute__((vector_size(HALF * sizeof(double))));
    lanes low[3] = {{0}}, high[3] = {{0}}, x, y;
    for (int k = 0; k < n; k++) {
        memcpy(&x, a + (size_t)k * row, sizeof x);
        memcpy(&y, a + (size_t)k * row + HALF, sizeof y);
        for (int i = 0; i < 3; i++) {
            low[i] += weight[i][k] * x;
            high[i] += weight[i][k] * y;
        }
    }
    for (int i = 0; i < 3; i++) {
        memcpy(out[i], &low[i], sizeof low[i]);
        memcpy(out[i] + HALF, &high[i], sizeof high[i]);
    }
#else
    for (int i = 0; i < 3; i++)
        for (int lane = 0; lane < TNS_DOUBLE_LANES; lane++) {
            out[i][lane] = 0;
            for (int k = 0; k < n; k++)
                out[i][lane] += weight[i][k] * a[(size_t)k * row + (size_t)lane];
        }
#endif
}

/*
 * The sum of a[i] x[i] + b[i] y[i] over n, a multiple of 8: every eighth into one of eight sums s,
 * and the result is ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7)).
 */
TNS_KERNEL_INLINE float tns_lane_dot_pair(const float *a, const float *x, const float *b,
                                          const float *y, int n)
{
#ifdef __GNUC__
    typedef float lanes __attribute__((vector_size(TNS_FLOAT_LANES * sizeof(float))));
    lanes sum = {0}, c, u, d, v;
    for (int i = 0; i < n; i += TNS_FLOAT_LANES) {
        memcpy(&c, a + i, sizeof c);
        memcpy(&u, x + i, sizeof u);
        memcpy(&d, b + i, sizeof d);
        memcpy(&v, y + i, sizeof v);
        sum += c * u + d * v;
    }
#else
    float sum[TNS_FLOAT_LANES] = {0};
    for (int i = 0; i < n; i++)
        sum[i % TNS_FLOAT_LANES] += a[i] * x[i] + b[i] * y[i];
#endif
    return ((sum[0] + sum[4]) + (sum[1] + sum[5])) + ((sum[2] + sum[6]) + (sum[3] + sum[7]));
}

#endif
