/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A kernel file for the tests of base/cpu.h. */
#ifndef TESTS_BASE_CPU_KERNELS_H
#define TESTS_BASE_CPU_KERNELS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/cpu.h"

typedef struct trial_kernels {
    bool has_avx2, has_avx512; /* what the compiler was told */
    void (*mix)(size_t n, const double *a, const double *b, double *out);
    double (*dot)(const double *a, const double *b, int n);
} trial_kernels;

TNS_KERNELS_DECLARE(trial_kernels, trial_kernels);

#endif
