/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How early people book, and how much is used. */
#include <math.h>

#include <tonsure/demand.h>

enum { WEEK = 7 };

tns_pickup tns_pickup_usual(double mean_days)
{
    tns_pickup p = {{0}};
    for (int w = 0; w <= TNS_PICKUP_WEEKS; w++)
        p.share[w] = mean_days > 0 ? 1 - exp(-WEEK * w / mean_days) : 1;
    return p;
}

tns_pickup tns_pickup_of(const double *days_ahead, size_t count)
{
    tns_pickup p = {{0}};
    for (int w = 1; w <= TNS_PICKUP_WEEKS; w++) {
        size_t later = 0;
        for (size_t i = 0; i < count; i++)
            later += days_ahead[i] < WEEK * w;
        p.share[w] = count ? (double)later / (double)count : 1;
    }
    return p;
}

double tns_pickup_late(const tns_pickup *pickup, double days)
{
    double weeks = fmax(days, 0) / WEEK, whole = floor(weeks);
    if (weeks >= TNS_PICKUP_WEEKS)
        return pickup->share[TNS_PICKUP_WEEKS];
    const double *share = &pickup->share[(int)whole];
    return share[0] + (weeks - whole) * (share[1] - share[0]);
}

/* The periods that exponential smoothing weighs as if alike: (2 - alpha) / alpha of 0.1. */
static const double REMEMBERED = 19;

tns_usage tns_usage_of(const double *weeks, size_t count, double uses)
{
    tns_demand_pattern pattern = tns_demand_pattern_of(weeks, count);
    tns_usage u = {0};
    if (pattern.demands == 0 || !(uses > 0))
        return u;
    tns_demand_method method = tns_demand_method_for(&pattern);
    double total = pattern.size * (double)pattern.demands;
    u.per_day = tns_demand_forecast(method, weeks, count, (tns_smoothing){0}) / WEEK;
    u.size = total / uses;
    /* Of a week of several uses the spread is that of their number too: no more than was seen. */
    u.size_cv2 = pattern.cv2;
    u.rests_on = uses * fmin(1, REMEMBERED / (double)count);
    return u;
}
