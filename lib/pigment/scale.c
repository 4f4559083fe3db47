/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/text.h"
#include "pigment/scale.h"

enum { DIGITS = 6, SD_DIGITS = 3, CORRELATION_DECIMALS = 3 };

/*
 * What no fit can tell of itself: two tables are mixed with other pipettes, drops or scales (3 % of
 * an amount, as in learning from a mix), and read on other days (half a percent of full scale).
 */
static const double DISPENSED = 0.03, READ = 0.005;

/* Of log K and log S that nobody stated an error of, as in learning. */
static const double USUAL_SD = 0.1;

/* A white of S = 1 is that by definition; this keeps its weight finite. */
static const double LEAST_SD = 1e-6;

/* Three deviations: one in 370 of those that are the same. */
static const double ANOTHER = 3;

/* ---- one ink ---- */

/* The scale is told by it: S is given, not fitted. */
static bool is_unit(const tns_pigment *p)
{
    for (int b = 0; b < TNS_BANDS; b++)
        if (p->S[b] != 1)
            return false;
    return true;
}

/* Variances and covariance of log K and log S. */
typedef struct log_error {
    double K, S, both;
} log_error;

static log_error error_of(const tns_pigment *p, bool unit, int b)
{
    double usual = p->uncertainty > 0 ? p->uncertainty : USUAL_SD, K = usual, S = usual;
    if (p->has_covariance && p->K[b] > 0)
        K = p->K_sd[b] / p->K[b];
    if (p->has_covariance && p->S[b] > 0)
        S = p->S_sd[b] / p->S[b];
    if (unit)
        return (log_error){.K = K * K};
    double together = p->has_covariance ? p->KS_correlation[b] : 0;
    return (log_error){.K = K * K, .S = S * S, .both = together * K * S};
}

/* What two readings of one ink leave open of log K/S, by d ln(K/S)/dR = -2 / (1 - R) - 1 / R. */
static double reading_variance(double K, double S)
{
    double q = K / S, R = 1 / (1 + q + sqrt(q * (q + 2)));
    double slope = READ * (2 / (1 - R) + 1 / R);
    return 2 * slope * slope; /* of one, and of the other */
}

/* The weight of log K beside log S: the one that errs least, 0 to 1 so that noise is not magnified.
 */
static double weight_of_K(log_error e)
{
    double spread = e.K + e.S - 2 * e.both;
    return spread > 0 ? fmin(fmax((e.S - e.both) / spread, 0), 1) : 0.5;
}

static double mixed_sd(log_error e, double w)
{
    double variance = w * w * e.K + 2 * w * (1 - w) * e.both + (1 - w) * (1 - w) * e.S;
    return sqrt(fmax(variance, LEAST_SD * LEAST_SD));
}

/* A white is told by S, which makes it the white; what has no S, or no K, by the other. */
static void compare_band(const tns_pigment *one, const tns_pigment *other, bool by_S, log_error e,
                         int b, tns_strength *out)
{
    bool K = one->K[b] > 0 && other->K[b] > 0, S = one->S[b] > 0 && other->S[b] > 0;
    double w = by_S || !K ? 0 : !S ? 1 : weight_of_K(e);
    out->sd[b] = INFINITY;
    if (w < 1 ? !S : !K)
        return;
    out->times[b] = w > 0 ? w * log(one->K[b] / other->K[b]) : 0;
    out->times[b] += w < 1 ? (1 - w) * log(one->S[b] / other->S[b]) : 0;
    out->sd[b] = hypot(mixed_sd(e, w), by_S ? 0 : DISPENSED);
}

/* The square of what K/S differs by, in deviations; NaN where it is not known. */
static double masstone_square(const tns_pigment *one, const tns_pigment *other, log_error e, int b)
{
    double differs = log(one->K[b] / one->S[b] / (other->K[b] / other->S[b]));
    return differs * differs / (e.K + e.S - 2 * e.both + reading_variance(one->K[b], one->S[b]));
}

tns_strength tns_strength_compare(const tns_pigment *one, const tns_pigment *other)
{
    tns_strength out = {.masstone = 0};
    bool unit = is_unit(one), other_unit = is_unit(other);
    double squares = 0;
    int n = 0;
    for (int b = 0; b < TNS_BANDS; b++) {
        log_error a = error_of(one, unit, b), c = error_of(other, other_unit, b);
        log_error e = {a.K + c.K, a.S + c.S, a.both + c.both};
        compare_band(one, other, unit || other_unit, e, b, &out);
        double square = masstone_square(one, other, e, b);
        squares += isfinite(square) ? square : 0;
        n += isfinite(square);
    }
    out.masstone = n > 0 ? sqrt(squares / n) : 0;
    return out;
}

double tns_strength_usual(const tns_strength *strength, double *sd)
{
    double sum = 0, weights = 0, deviation = 0;
    for (int b = 0; b < TNS_BANDS; b++) {
        double weight = 1 / (strength->sd[b] * strength->sd[b]);
        sum += weight * strength->times[b];
        weights += weight;
        deviation += weight > 0 ? weight * strength->sd[b] : 0;
    }
    *sd = weights > 0 ? deviation / weights : INFINITY;
    return weights > 0 ? exp(sum / weights) : NAN;
}

bool tns_strength_is_another(double deviations)
{
    return deviations > ANOTHER;
}

/* ---- several ---- */

/* The mean by weight, but for one of them (`count` = none). */
static tns_scale mean_without(const tns_strength *ties, size_t count, size_t without)
{
    tns_scale out;
    for (int b = 0; b < TNS_BANDS; b++) {
        double sum = 0, weights = 0;
        for (size_t i = 0; i < count; i++) {
            double weight = i == without ? 0 : 1 / (ties[i].sd[b] * ties[i].sd[b]);
            sum += weight * ties[i].times[b];
            weights += weight;
        }
        out.times[b] = weights > 0 ? sum / weights : 0;
        out.sd[b] = weights > 0 ? 1 / sqrt(weights) : INFINITY;
    }
    return out;
}

tns_scale tns_scale_of(const tns_strength *ties, size_t count)
{
    return mean_without(ties, count, count);
}

double tns_scale_doubt(const tns_strength *ties, size_t count, size_t which)
{
    tns_scale others = mean_without(ties, count, which);
    double squares = 0;
    int n = 0;
    for (int b = 0; b < TNS_BANDS; b++) {
        double open = hypot(ties[which].sd[b], others.sd[b]);
        double z = (ties[which].times[b] - others.times[b]) / open;
        squares += isfinite(open) ? z * z : 0;
        n += isfinite(open);
    }
    return n > 0 ? sqrt(squares / n) : 0;
}

/* ---- applied ---- */

static double scaled_sd(double sd, double value, double times, double error)
{
    return tns_round_digits(times * hypot(sd, value * error), SD_DIGITS);
}

/* The scale's error moves K and S together. */
static double scaled_correlation(const tns_pigment *p, double error, int b)
{
    double K = p->K[b] > 0 ? p->K_sd[b] / p->K[b] : 0, S = p->S[b] > 0 ? p->S_sd[b] / p->S[b] : 0;
    double both = p->KS_correlation[b] * K * S + error * error;
    double most = hypot(K, error) * hypot(S, error);
    double correlation = most > 0 ? fmin(fmax(both / most, -1), 1) : 0;
    return tns_round_decimals(correlation, CORRELATION_DECIMALS);
}

static void apply_band(double times, double error, tns_pigment *p, int b)
{
    p->KS_correlation[b] = scaled_correlation(p, error, b);
    p->K_sd[b] = scaled_sd(p->K_sd[b], p->K[b], times, error);
    p->S_sd[b] = scaled_sd(p->S_sd[b], p->S[b], times, error);
    p->K[b] = tns_round_digits(p->K[b] * times, DIGITS);
    p->S[b] = tns_round_digits(p->S[b] * times, DIGITS);
}

void tns_scale_apply(const tns_scale *scale, tns_pigment *p)
{
    double squares = 0;
    for (int b = 0; b < TNS_BANDS; b++) {
        double error = scale->sd[b] > 2 * LEAST_SD ? scale->sd[b] : 0;
        apply_band(exp(scale->times[b]), error, p, b);
        squares += error * error / TNS_BANDS;
    }
    p->uncertainty = tns_round_digits(hypot(p->uncertainty, sqrt(squares)), SD_DIGITS);
}
