/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A number that tells whether two machines or compilers gave the same bits. */
#ifndef SUPPORT_CHECKSUM_H
#define SUPPORT_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

#include "base/vmath.h"

/* FNV-1a, over whole numbers in place of bytes, so that their order in memory is no matter. */
static inline uint64_t checksum(const double *values, size_t n)
{
    uint64_t sum = 14695981039346656037u;
    for (size_t i = 0; i < n; i++)
        sum = (sum ^ tns_bits_of(values[i])) * 1099511628211u;
    return sum;
}

#endif
