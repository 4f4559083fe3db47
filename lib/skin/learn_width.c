/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "skin/learned.h"

/* The logarithm of the factor, on a grid. */
enum { STEPS = 400 };
static const double FARTHEST = 1.2;

/* Before anything was read, and of one zone's dots about those of their hand (docs/zone.md). */
static const double PRIOR_SPREAD = 0.25, ZONE_SPREAD = 0.1;

/* What no reading of an area is surer of than this, in L*. */
static const double LEAST_SPREAD = 0.1;

static double factor_at(int step)
{
    return exp(FARTHEST * (2.0 * step / STEPS - 1));
}

static double lightness_of(const tns_area_followup *f, double n, double factor,
                           const tns_viewing *day)
{
    double coverage = tns_dots_coverage(f->order, f->per_cm2, f->diameter_mm * factor);
    tns_spectrum area = tns_dots_area(&f->dot.spectrum, &f->skin.spectrum, coverage, n);
    return tns_lab_from_spectrum(&area, day).L;
}

/* The skin's own reading counts nearly whole: what it is off, the area told from it is off too. */
static double variance_of(const tns_area_followup *f, double n, double factor,
                          const tns_viewing *day)
{
    const double step = 0.05;
    double up = lightness_of(f, n, factor * exp(step), day);
    double down = lightness_of(f, n, factor * exp(-step), day);
    double by_width = (up - down) / (2 * step) * ZONE_SPREAD;
    return f->area.covariance[0] + f->skin.covariance[0] + by_width * by_width +
           LEAST_SPREAD * LEAST_SPREAD;
}

static bool check(const tns_area_followup *f, tns_error *err)
{
    bool dots =
        isfinite(f->per_cm2) && f->per_cm2 > 0 && isfinite(f->diameter_mm) && f->diameter_mm > 0;
    return dots || tns_error_set(err, TNS_ERROR_USAGE,
                                 "follow-up: expected dots above 0 per cm2 and above 0 mm wide, "
                                 "found %g of %g mm",
                                 f->per_cm2, f->diameter_mm);
}

bool tns_width_learn(const tns_area_followup *seen, size_t count, double n, tns_learned_range *out,
                     tns_error *err)
{
    tns_viewing day;
    double likely[STEPS + 1];
    tns_weighed factor[STEPS + 1];
    if (!(n >= 1 && n <= 10))
        return tns_error_set(err, TNS_ERROR_USAGE, "follow-up: expected n from 1 to 10, found %g",
                             n);
    for (size_t i = 0; i < count; i++)
        if (!check(&seen[i], err))
            return false;
    if (!tns_viewing_find("D65/10", &day, err))
        return false;
    for (int k = 0; k <= STEPS; k++) {
        factor[k].value = factor_at(k);
        double away = log(factor[k].value) / PRIOR_SPREAD;
        likely[k] = -away * away / 2;
        for (size_t i = 0; i < count; i++) {
            double read = tns_lab_from_spectrum(&seen[i].area.spectrum, &day).L;
            double off = lightness_of(&seen[i], n, factor[k].value, &day) - read;
            double variance = variance_of(&seen[i], n, factor[k].value, &day);
            likely[k] -= (off * off / variance + log(variance)) / 2;
        }
    }
    tns_weights_from_logs(likely, STEPS + 1);
    for (int k = 0; k <= STEPS; k++)
        factor[k].weight = likely[k];
    *out = tns_learned_range_of(factor, STEPS + 1);
    return true;
}
