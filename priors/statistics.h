/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The statistics that make a prior out of many spectra. */
#ifndef PRIORS_STATISTICS_H
#define PRIORS_STATISTICS_H

#include <stdbool.h>

#include "color/prior.h"

/* Growing sums over spectra, of z = log(R / (1 - R)). Starts as all zeros. */
typedef struct prior_sums {
    double count;
    double sum[TNS_BANDS];
    double products[TNS_BANDS][TNS_BANDS];
    double grey_count; /* the same of spectra near grey: each counts the less the more chroma */
    double grey_sum[TNS_BANDS];
} prior_sums;

/* Counts a spectrum `weight` times; `daylight` is where its chroma is looked at. */
void prior_add(prior_sums *sums, const tns_spectrum *spectrum, double weight,
               const tns_viewing *daylight);

/* Adds what another sum holds. */
void prior_merge(prior_sums *sums, const prior_sums *other);

/*
 * A kind all of whose spectra are alike: mean and covariance. `share` of the variance is that of a
 * random walk in z instead, so that any smooth spectrum is a little likely (LHTSS is the limit of
 * that): 0 where the spectra are all there is to know. False when they are too few.
 */
bool prior_about_mean(const prior_sums *sums, double share, tns_prior_row out[TNS_BANDS]);

/*
 * A kind of all hues, of which the spectra are examples only. One normal distribution about their
 * mean would give every gray the color that the others lack, so it is centred on what greys are;
 * its level is free, apart from its shape.
 */
bool prior_about_grey(const prior_sums *sums, double share, tns_prior_row out[TNS_BANDS]);

#endif
