/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weighed draws of a figure, and their quantiles. */
#ifndef SKIN_LEARNED_H
#define SKIN_LEARNED_H

#include <tonsure/followup.h>

typedef struct tns_weighed {
    double value, weight;
} tns_weighed;

/* Logarithms of likelihoods become weights that sum to 1. */
void tns_weights_from_logs(double *log_likelihood, size_t count);

/* Sorts the draws; their weights sum to 1. Between draws it runs straight. */
tns_learned_range tns_learned_range_of(tns_weighed *draws, size_t count);

#endif
