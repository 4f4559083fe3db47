/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole numbers by mean and variance. */
#include <math.h>

#include <gsl/gsl_cdf.h>
#include <tonsure/reorder.h>

#include "color/numeric.h"

/* A variance so near to the mean is that of Poisson: beyond, n of the negative binomial, m^2 over
   their difference, would outgrow the arithmetic. */
static const double ALIKE = 1e-4;
static const double LARGEST = 1e9; /* count that GSL's unsigned holds with ease */

typedef enum kind { CERTAIN, BINOMIAL, POISSON, NEGATIVE_BINOMIAL } kind;

typedef struct fitted {
    kind kind;
    double mean;
    double n, p; /* of the binomials */
} fitted;

static fitted fit(tns_moments count)
{
    double m = count.mean, v = count.variance;
    if (!(m > 0))
        return (fitted){.kind = CERTAIN};
    if (fabs(v - m) <= ALIKE * m)
        return (fitted){.kind = POISSON, .mean = m};
    if (v > m)
        return (fitted){NEGATIVE_BINOMIAL, m, m * m / (v - m), m / v};
    /* A whisker below, so that one booking, sure or not, is a draw of one and not of two. */
    double n = ceil(m * m / (m - v) - 1e-6);
    n = fmax(n, ceil(m - 1e-9));
    return (fitted){BINOMIAL, m, n, fmin(m / n, 1)};
}

/* P(N <= k) of whole k >= 0. */
static double within(const fitted *f, double k)
{
    unsigned whole = (unsigned)fmin(k, LARGEST);
    switch (f->kind) {
    case POISSON:
        return gsl_cdf_poisson_P(whole, f->mean);
    case NEGATIVE_BINOMIAL:
        return gsl_cdf_negative_binomial_P(whole, f->p, f->n);
    case BINOMIAL:
        return k >= f->n ? 1 : gsl_cdf_binomial_P(whole, f->p, (unsigned)f->n);
    case CERTAIN:
        break;
    }
    return 1;
}

double tns_count_within(tns_moments count, double k)
{
    tns_numeric_init();
    fitted f = fit(count);
    return k < 0 ? 0 : within(&f, floor(k));
}

double tns_count_quantile(tns_moments count, double chance)
{
    tns_numeric_init();
    fitted f = fit(count);
    double low = -1, high = 1; /* within(low) < chance <= within(high) */
    chance = fmin(chance, 1 - 1e-12);
    while (high < LARGEST && within(&f, high) < chance) {
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        double middle = floor(0.5 * (low + high));
        if (middle >= 0 && within(&f, middle) >= chance)
            high = middle;
        else
            low = middle;
    }
    return high;
}

/*
 * E[N; N > k] by the like of one n more or less: j f(j; n) = mean f(j - 1; n'), where n' is n for
 * Poisson, n + 1 for the negative binomial and n - 1 for the binomial.
 */
static double mean_above(const fitted *f, double k)
{
    fitted next = *f;
    if (f->kind == NEGATIVE_BINOMIAL)
        next.n++;
    if (f->kind == BINOMIAL)
        next.n--;
    return f->mean * (k < 1 ? 1 : 1 - within(&next, k - 1));
}

double tns_count_loss(tns_moments count, double k)
{
    tns_numeric_init();
    fitted f = fit(count);
    k = floor(k);
    if (f.kind == CERTAIN || k < 0)
        return fmax(count.mean - k, 0);
    return fmax(mean_above(&f, k) - k * (1 - within(&f, k)), 0);
}
