/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far colors that count for different shares lie apart. */
#ifndef MATCH_SPAN_H
#define MATCH_SPAN_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/colorimetry.h>

/*
 * Of L*, a*, b*, each alone, the least values that 5 % and 95 % of the weight do not exceed; the
 * weights sum to 1, count >= 1. False only without memory.
 */
bool tns_span_of(const tns_lab *labs, const double *weight, size_t count, tns_lab *low,
                 tns_lab *high);

#endif
