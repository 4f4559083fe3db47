/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The functions of base/vmath.h over arrays. */
#ifndef TESTS_BASE_VMATH_KERNELS_H
#define TESTS_BASE_VMATH_KERNELS_H

#include <stddef.h>

#include "base/cpu.h"

/* The second argument counts for atan2 only. */
typedef void array_function(size_t n, const double *x, const double *y, double *out);

typedef struct vmath_kernels {
    array_function *exp, *cbrt, *atan2, *sin_third;
} vmath_kernels;

TNS_KERNELS_DECLARE(vmath_kernels, vmath_kernels);

#endif
