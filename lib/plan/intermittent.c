/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdbool.h>

#include <tonsure/intermittent.h>

static const double ADI_CUT = 1.32, CV2_CUT = 0.49, USUAL_SMOOTHING = 0.1, BY_CHANCE = 0.05;
enum { HOLIDAY = 4, FEW = 3 }; /* periods without demand that mean nothing; demands that tell */

const char *tns_demand_class_name(tns_demand_class kind)
{
    static const char *const names[] = {"none", "smooth", "erratic", "intermittent", "lumpy"};
    return names[kind];
}

const char *tns_demand_method_name(tns_demand_method method)
{
    static const char *const names[] = {"SES", "Croston", "SBA", "SBJ", "TSB", "mean"};
    return names[method];
}

/* ---- class ---- */

static tns_demand_class class_of(double interval, double cv2)
{
    if (interval < ADI_CUT)
        return cv2 < CV2_CUT ? TNS_DEMAND_SMOOTH : TNS_DEMAND_ERRATIC;
    return cv2 < CV2_CUT ? TNS_DEMAND_INTERMITTENT : TNS_DEMAND_LUMPY;
}

tns_demand_pattern tns_demand_pattern_of(const double *used, size_t periods)
{
    tns_demand_pattern p = {.periods = periods, .silent = periods};
    double sum = 0, squares = 0;
    for (size_t i = 0; i < periods; i++) {
        if (!(used[i] > 0))
            continue;
        p.demands++;
        p.silent = periods - 1 - i;
        sum += used[i];
    }
    if (p.demands == 0)
        return p;
    double n = (double)p.demands;
    p.interval = (double)periods / n;
    p.size = sum / n;
    for (size_t i = 0; i < periods; i++)
        if (used[i] > 0)
            squares += (used[i] - p.size) * (used[i] - p.size);
    p.cv2 = p.demands > 1 ? squares / (n - 1) / (p.size * p.size) : 0;
    p.kind = class_of(p.interval, p.cv2);
    return p;
}

tns_demand_method tns_demand_method_for(const tns_demand_pattern *p)
{
    /* Of a period without demand the chance is 1 - 1/ADI; of `silent` of them, its power. */
    double missed = p->demands ? 1 - 1 / p->interval : 1;
    if (p->demands < FEW)
        return TNS_DEMAND_MEAN;
    if (p->silent > HOLIDAY && pow(missed, (double)p->silent) < BY_CHANCE)
        return TNS_DEMAND_TSB;
    return p->kind == TNS_DEMAND_SMOOTH ? TNS_DEMAND_SES : TNS_DEMAND_SBA;
}

/* ---- methods ---- */

static double mean_of(const double *used, size_t periods)
{
    double sum = 0;
    for (size_t i = 0; i < periods; i++)
        sum += used[i];
    return sum / (double)periods;
}

static double smooth_all(const double *used, size_t periods, double alpha)
{
    double level = mean_of(used, periods);
    for (size_t i = 0; i < periods; i++)
        level += alpha * (used[i] - level);
    return level;
}

/* Size and interval, each moved only when there is a demand. */
static double croston(const double *used, size_t periods, tns_smoothing s)
{
    double size = 0, interval = 0, since = 1;
    for (size_t i = 0; i < periods; i++) {
        if (!(used[i] > 0)) {
            since++;
            continue;
        }
        size += size > 0 ? s.size * (used[i] - size) : used[i];
        interval += interval > 0 ? s.interval * (since - interval) : since;
        since = 1;
    }
    return size / interval;
}

/* The chance of a demand moves every period, so that silence is heard. */
static double tsb(const double *used, size_t periods, const tns_demand_pattern *p, tns_smoothing s)
{
    double size = 0, chance = 1 / p->interval;
    for (size_t i = 0; i < periods; i++) {
        bool some = used[i] > 0;
        chance += s.interval * ((some ? 1 : 0) - chance);
        if (some)
            size += size > 0 ? s.size * (used[i] - size) : used[i];
    }
    return chance * size;
}

double tns_demand_forecast(tns_demand_method method, const double *used, size_t periods,
                           tns_smoothing smoothing)
{
    tns_demand_pattern pattern = tns_demand_pattern_of(used, periods);
    tns_smoothing s = {smoothing.size > 0 ? smoothing.size : USUAL_SMOOTHING,
                       smoothing.interval > 0 ? smoothing.interval : USUAL_SMOOTHING};
    if (pattern.demands == 0)
        return 0;
    switch (method) {
    case TNS_DEMAND_CROSTON:
        return croston(used, periods, s);
    case TNS_DEMAND_SBA:
        return croston(used, periods, s) * (1 - s.interval / 2);
    case TNS_DEMAND_SBJ:
        return croston(used, periods, s) * (1 - s.interval / (2 - s.interval));
    case TNS_DEMAND_TSB:
        return tsb(used, periods, &pattern, s);
    case TNS_DEMAND_MEAN:
        return mean_of(used, periods);
    case TNS_DEMAND_SES:
        break;
    }
    return smooth_all(used, periods, s.size);
}
