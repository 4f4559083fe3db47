/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The normal approximation, and the newsvendor. */
#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include <tonsure/reorder.h>

#include "color/numeric.h"

/* Chances of nought and one have no quantile. */
static const double SUREST = 1 - 1e-12;

tns_moments tns_demand_over(tns_moments d, double periods, double periods_sd)
{
    return (tns_moments){periods * d.mean,
                         periods * d.variance + d.mean * d.mean * periods_sd * periods_sd};
}

double tns_normal_quantile(double chance)
{
    tns_numeric_init();
    return gsl_cdf_ugaussian_Pinv(fmin(fmax(chance, 1 - SUREST), SUREST));
}

double tns_reorder_point(tns_moments demand, double chance)
{
    return demand.mean + tns_normal_quantile(chance) * sqrt(demand.variance);
}

double tns_cycle_service(tns_moments demand, double s)
{
    if (!(demand.variance > 0))
        return s >= demand.mean ? 1 : 0;
    return gsl_cdf_ugaussian_P((s - demand.mean) / sqrt(demand.variance));
}

double tns_normal_loss(double k)
{
    return gsl_ran_ugaussian_pdf(k) - k * gsl_cdf_ugaussian_Q(k);
}

static double expected_shortage(tns_moments demand, double s)
{
    double sd = sqrt(demand.variance);
    return sd > 0 ? sd * tns_normal_loss((s - demand.mean) / sd) : fmax(demand.mean - s, 0);
}

double tns_fill_rate(tns_moments demand, double s, double quantity)
{
    return 1 - expected_shortage(demand, s) / quantity;
}

double tns_fill_rate_point(tns_moments demand, double quantity, double fill_rate)
{
    double allowed = (1 - fill_rate) * quantity;
    double low = 0, high = demand.mean + 10 * sqrt(demand.variance);
    if (expected_shortage(demand, low) <= allowed)
        return low;
    for (int i = 0; i < 60; i++) {
        double middle = 0.5 * (low + high);
        if (expected_shortage(demand, middle) > allowed)
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* ---- once ---- */

double tns_critical_ratio(double under, double over)
{
    return under + over > 0 ? under / (under + over) : 0;
}

double tns_newsvendor(tns_moments demand, double under, double over)
{
    return fmax(tns_reorder_point(demand, tns_critical_ratio(under, over)), 0);
}

double tns_newsvendor_count(tns_moments count, double under, double over)
{
    return tns_count_quantile(count, tns_critical_ratio(under, over));
}
