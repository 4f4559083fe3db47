/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random numbers that are the same on every machine: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stdint.h>

typedef struct tns_random {
    uint64_t state;
} tns_random;

static inline tns_random tns_random_make(uint64_t seed)
{
    return (tns_random){seed};
}

static inline uint64_t tns_random_next(tns_random *random)
{
    uint64_t z = random->state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* In [0, 1), by 53 bits. */
static inline double tns_random_unit(tns_random *random)
{
    return (double)(tns_random_next(random) >> 11) * 0x1p-53;
}

/* 0 .. n-1, n > 0; the bias of 2^-32 n is of no matter here. */
static inline uint32_t tns_random_below(tns_random *random, uint32_t n)
{
    return (uint32_t)(((tns_random_next(random) >> 32) * n) >> 32);
}

#endif
