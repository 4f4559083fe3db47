/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "color/nnls.h"
#include "pigment/ink_system.h"

enum { FIRST_STEPS = 40, LATER_STEPS = 12, SCANNED_EVERY = 3, LAG = 3, REACH = 5 };

/* A reading's deviations until the samples tell: what good mixing and a good instrument give. */
static const double USUAL_NOISE = 0.001, USUAL_RELATIVE = 0.01;
static const double LEAST_NOISE = 1e-4, LEAST_RELATIVE = 1e-4;

/* No instrument scatters more: what does is the model's, and dark samples keep their say. */
static const double MOST_NOISE = 0.005;

/* The first prior, about the start: a factor of e^3 either way. */
static const double FIRST_SPREAD = 3;

/* How far log K or log S of a band may lie from between its neighbours, 10 nm either side. */
static const double CURVATURE_LEAST = 0.01, CURVATURE_MOST = 0.3;
static const double SAFETY = 1.5;

/* A misfit of so many medians counts half. */
static const double HALF_COUNTS_AT = 4;

/* No mirror lies below a film; the same end as in matching. */
static const double BRIGHTEST_BACKING = 0.9999;

/* ---- life ---- */

void tns_ink_system_destroy(tns_ink_system *system)
{
    if (!system)
        return;
    tns_band_solver_destroy(system->solver);
    free(system->blend);
    free(system->used);
    free(system->backing);
    free(system->seen);
    free(system->covariance);
    free(system->leverage);
    free(system->storage);
    free(system->square);
    free(system);
}

static bool allocate(tns_ink_system *s)
{
    size_t n = s->rows, p = (size_t)(2 * s->pigments - (s->unit >= 0));
    s->blend = calloc(n, sizeof *s->blend);
    s->used = calloc(n, sizeof *s->used);
    s->backing = calloc(n, sizeof *s->backing);
    s->seen = calloc(n, sizeof *s->seen);
    s->covariance = calloc(TNS_BANDS * p * p, sizeof(double));
    s->leverage = calloc(n, sizeof(double));
    s->storage = calloc(2 * n * TNS_BANDS, sizeof(double));
    s->square = calloc(n * TNS_BANDS, sizeof(double));
    s->solver = tns_band_solver_create(n, (int)p);
    return s->blend && s->used && s->backing && s->seen && s->square && s->covariance &&
           s->leverage && s->storage && s->solver;
}

tns_ink_system *tns_ink_system_create(size_t rows, int pigments, int unit)
{
    tns_ink_system *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->rows = rows;
    s->pigments = pigments;
    s->unit = unit;
    if (!allocate(s)) {
        tns_ink_system_destroy(s);
        return NULL;
    }
    for (size_t r = 0; r < rows; r++)
        s->used[r] = true;
    for (int b = 0; b < TNS_BANDS; b++) {
        tns_band *band = &s->band[b];
        band->noise = USUAL_NOISE;
        band->relative = USUAL_RELATIVE;
        band->pigments = pigments;
        band->unit = unit;
        band->rows = rows;
        band->blend = s->blend;
        band->seen = s->storage + (size_t)b * 2 * rows;
        band->backing = band->seen + rows;
    }
    return s;
}

tns_ink_system *tns_ink_system_copy(const tns_ink_system *system)
{
    tns_ink_system *s = tns_ink_system_create(system->rows, system->pigments, system->unit);
    if (!s)
        return NULL;
    memcpy(s->blend, system->blend, s->rows * sizeof *s->blend);
    memcpy(s->used, system->used, s->rows * sizeof *s->used);
    memcpy(s->backing, system->backing, s->rows * sizeof *s->backing);
    memcpy(s->seen, system->seen, s->rows * sizeof *s->seen);
    tns_ink_system_set_surface(s, system->band[0].surface);
    return s;
}

void tns_ink_system_set_surface(tns_ink_system *s, tns_saunderson surface)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        s->band[b].surface = surface;
        for (size_t r = 0; r < s->rows; r++) {
            double inside = tns_saunderson_internal(surface, s->backing[r][b]);
            s->band[b].seen[r] = s->seen[r][b];
            s->band[b].backing[r] = fmin(fmax(inside, 0), BRIGHTEST_BACKING);
        }
    }
}

/* ---- what it says of a row ---- */

tns_spectrum tns_ink_system_predict(const tns_ink_system *s, size_t row)
{
    tns_spectrum out = tns_spectrum_constant(0);
    double K[TNS_FIT_PIGMENTS_MAX], S[TNS_FIT_PIGMENTS_MAX];
    for (int b = 0; b < TNS_BANDS; b++) {
        tns_band_coefficients(&s->band[b], s->x[b], K, S);
        out.value[b] = tns_band_predict(&s->band[b], row, K, S);
    }
    return out;
}

static void row_residuals(const tns_ink_system *s, size_t row, double out[TNS_BANDS])
{
    tns_spectrum predicted = tns_ink_system_predict(s, row);
    for (int b = 0; b < TNS_BANDS; b++)
        out[b] =
            (predicted.value[b] - s->seen[row][b]) * tns_band_scale(&s->band[b], s->seen[row][b]);
}

double tns_ink_system_misfit(const tns_ink_system *s, size_t row)
{
    double e[TNS_BANDS], sum = 0;
    row_residuals(s, row, e);
    for (int b = 0; b < TNS_BANDS; b++)
        sum += e[b] * e[b];
    return sqrt(sum / TNS_BANDS);
}

double tns_ink_system_correlation(const tns_ink_system *s)
{
    double products = 0, squares = 0;
    for (size_t r = 0; r < s->rows; r++) {
        double e[TNS_BANDS];
        row_residuals(s, r, e);
        for (int b = 0; s->used[r] && b + 1 < TNS_BANDS; b++) {
            products += e[b] * e[b + 1];
            squares += 0.5 * (e[b] * e[b] + e[b + 1] * e[b + 1]);
        }
    }
    return squares > 0 ? fmin(fmax(products / squares, 0), 0.99) : 0;
}

/* ---- passes ---- */

static bool first_descent(tns_ink_system *s, int b)
{
    tns_band *band = &s->band[b];
    size_t bytes = (size_t)tns_band_parameters(band) * sizeof(double);
    bool scans = b % SCANNED_EVERY == 0;
    if (scans && !tns_band_start(band, s->x[b]))
        return false;
    if (!scans)
        memcpy(s->x[b], s->x[b - 1], bytes);
    memcpy(band->prior, s->x[b], bytes);
    for (int p = 0; p < tns_band_parameters(band); p++)
        band->strength[p] = 1 / FIRST_SPREAD;
    tns_band_solve(s->solver, band, FIRST_STEPS, s->x[b]);
    if (b == 0 || !scans)
        return true;
    double other[TNS_BAND_PARAMETERS_MAX];
    memcpy(other, s->x[b - 1], bytes);
    tns_band_solve(s->solver, band, FIRST_STEPS, other);
    if (tns_band_cost(band, other) < tns_band_cost(band, s->x[b]))
        memcpy(s->x[b], other, bytes);
    return true;
}

static double *covariance_of(const tns_ink_system *s, int b)
{
    size_t p = (size_t)tns_band_parameters(&s->band[b]);
    return s->covariance + (size_t)b * p * p;
}

static double variance(const tns_ink_system *s, int b, int p)
{
    int n = tns_band_parameters(&s->band[b]);
    return s->sigma * s->sigma * covariance_of(s, b)[p * n + p];
}

/* Covariance, leverage and the residuals' deviation at x. */
static bool take_stock(tns_ink_system *s, tns_error *err)
{
    double cost = 0, free_rows = 0;
    double *leverage = calloc(s->rows, sizeof *leverage);
    bool done = leverage != NULL;
    memset(s->leverage, 0, s->rows * sizeof *s->leverage);
    for (int b = 0; done && b < TNS_BANDS; b++) {
        done = tns_band_information(s->solver, &s->band[b], s->x[b], covariance_of(s, b), leverage);
        cost += done ? tns_band_cost(&s->band[b], s->x[b]) : 0;
        for (size_t r = 0; done && r < s->rows; r++) {
            s->leverage[r] += leverage[r] / TNS_BANDS;
            free_rows += s->blend[r].weight - leverage[r];
        }
    }
    free(leverage);
    size_t used = 0;
    for (size_t r = 0; r < s->rows; r++)
        used += s->used[r];
    s->sigma_known = used > (size_t)tns_band_parameters(&s->band[0]) && free_rows > 0.5 * TNS_BANDS;
    s->sigma = s->sigma_known ? fmax(sqrt(cost / free_rows), 1e-3) : 1;
    return done ||
           tns_error_set(err, TNS_ERROR_NUMERIC, "fit: the samples' equations are singular");
}

/*
 * How much a parameter bends from band to band beyond its errors: second differences over LAG bands
 * (which grow as LAG^2 while errors do not), each counted by how well it is known. What bends much,
 * as an edge does, leans little.
 */
static double curvature_of(const tns_ink_system *s, int p)
{
    double sum = 0, weights = 0, room = 0.05 * 0.05;
    for (int b = LAG; b + LAG < TNS_BANDS; b++) {
        double d = s->x[b][p] - 0.5 * (s->x[b - LAG][p] + s->x[b + LAG][p]);
        double v = variance(s, b, p) + 0.25 * (variance(s, b - LAG, p) + variance(s, b + LAG, p));
        double w = 1 / ((v + room) * (v + room));
        sum += w * (d * d - v);
        weights += w;
    }
    double curvature = SAFETY * sqrt(fmax(sum / weights, 0)) / (LAG * LAG);
    return fmin(fmax(curvature, CURVATURE_LEAST), CURVATURE_MOST);
}

/* A band's prior: the line through its neighbours, which count less the further they are. */
static void lean(const tns_ink_system *s, int b, int p, double curvature, double *prior,
                 double *var)
{
    double w0 = 0, w1 = 0, w2 = 0, y0 = 0, y1 = 0;
    for (int d = -REACH; d <= REACH; d++) {
        if (d == 0 || b + d < 0 || b + d >= TNS_BANDS)
            continue;
        double bend = curvature * d * d;
        double w = 1 / (variance(s, b + d, p) + bend * bend);
        w0 += w;
        w1 += w * d;
        w2 += w * d * d;
        y0 += w * s->x[b + d][p];
        y1 += w * d * s->x[b + d][p];
    }
    double determinant = w0 * w2 - w1 * w1;
    *prior = (w2 * y0 - w1 * y1) / determinant;
    *var = w2 / determinant + curvature * curvature;
}

/* Before this each band stood alone, so that what neighbours say is news. */
static void lean_on_neighbours(tns_ink_system *s)
{
    for (int p = 0; p < tns_band_parameters(&s->band[0]); p++) {
        double curvature = curvature_of(s, p);
        for (int b = 0; b < TNS_BANDS; b++) {
            double var = 1;
            lean(s, b, p, curvature, &s->band[b].prior[p], &var);
            s->band[b].strength[p] = s->sigma / sqrt(var);
        }
    }
}

/*
 * The two deviations of a reading, from the residuals of all bands: least squares on their squares,
 * each weighted by its own expected square (what maximum likelihood comes to in such a model).
 */
static void fit_deviations(const tns_ink_system *s, double *A, double *b, double out[2])
{
    double v[2] = {out[0] * out[0], out[1] * out[1]};
    size_t n = s->rows * TNS_BANDS;
    for (int round = 0; round < 8; round++) {
        for (size_t i = 0; i < n; i++) {
            size_t r = i / TNS_BANDS, band = i % TNS_BANDS;
            double level = fmax(s->seen[r][band], 0) + 0.03;
            double expected = v[0] + v[1] * level * level;
            double weight = s->used[r] ? s->blend[r].weight / expected : 0;
            A[2 * i] = weight;
            A[2 * i + 1] = weight * level * level;
            b[i] = weight * s->square[i];
        }
        tns_nnls((int)n, 2, A, b, v);
        v[0] = fmin(fmax(v[0], LEAST_NOISE * LEAST_NOISE), MOST_NOISE * MOST_NOISE);
        v[1] = fmax(v[1], LEAST_RELATIVE * LEAST_RELATIVE);
    }
    out[0] = sqrt(v[0]);
    out[1] = sqrt(v[1]);
}

static bool learn_deviations(tns_ink_system *s, tns_error *err)
{
    size_t n = s->rows * TNS_BANDS;
    double *A = calloc(3 * n, sizeof *A);
    if (!A)
        return tns_error_set(err, TNS_ERROR_MEMORY, "fit: out of memory");
    for (size_t r = 0; r < s->rows; r++) {
        tns_spectrum predicted = tns_ink_system_predict(s, r);
        for (size_t b = 0; b < TNS_BANDS; b++) {
            double e = predicted.value[b] - s->seen[r][b];
            s->square[r * TNS_BANDS + b] = e * e / fmax(1 - s->leverage[r], 0.1);
        }
    }
    double found[2] = {s->band[0].noise, s->band[0].relative};
    fit_deviations(s, A, A + 2 * n, found);
    free(A);
    for (int b = 0; b < TNS_BANDS; b++) {
        s->band[b].noise = found[0];
        s->band[b].relative = found[1];
    }
    return true;
}

static double median_misfit(const tns_ink_system *s, const double *misfit, double *room)
{
    size_t n = 0;
    for (size_t r = 0; r < s->rows; r++)
        if (s->used[r])
            room[n++] = misfit[r];
    gsl_sort(room, 1, n);
    return n > 0 ? gsl_stats_median_from_sorted_data(room, 1, n) : 0;
}

/* Cauchy's weights on a sample's misfit in all bands together; 1 where the fit is all but exact. */
static bool weigh_samples(tns_ink_system *s, tns_error *err)
{
    double *misfit = calloc(2 * s->rows, sizeof *misfit);
    if (!misfit)
        return tns_error_set(err, TNS_ERROR_MEMORY, "fit: out of memory");
    for (size_t r = 0; r < s->rows; r++)
        misfit[r] =
            s->used[r] ? tns_ink_system_misfit(s, r) / sqrt(fmax(1 - s->leverage[r], 0.1)) : 0;
    double usual = fmax(median_misfit(s, misfit, misfit + s->rows), 1e-2);
    for (size_t r = 0; r < s->rows; r++) {
        double times = misfit[r] / (HALF_COUNTS_AT * usual);
        s->blend[r].weight = !s->used[r] ? 0 : s->sigma_known ? 1 / (1 + times * times) : 1;
    }
    free(misfit);
    return true;
}

static bool cancelled(const tns_context *context, tns_error *err)
{
    if (!tns_context_cancelled(context))
        return false;
    tns_error_set(err, TNS_ERROR_CANCELLED, "fit: cancelled");
    return true;
}

static bool first_pass(tns_ink_system *s, const tns_context *context, tns_error *err)
{
    for (size_t r = 0; r < s->rows; r++)
        s->blend[r].weight = s->used[r];
    for (int b = 0; b < TNS_BANDS; b++) {
        if (cancelled(context, err))
            return false;
        if (!first_descent(s, b))
            return tns_error_set(err, TNS_ERROR_MEMORY, "fit: out of memory");
    }
    return take_stock(s, err);
}

static void descend(tns_ink_system *s, int steps)
{
    for (int b = 0; b < TNS_BANDS; b++)
        tns_band_solve(s->solver, &s->band[b], steps, s->x[b]);
}

/*
 * Once more with weights and deviations learned, each band by itself; then all together. Without
 * redundancy the readings are met as they are: nothing tells how far to trust them.
 */
static bool later_passes(tns_ink_system *s, const tns_context *context, tns_error *err)
{
    for (int pass = 0; pass < 2; pass++) {
        if (cancelled(context, err) || !weigh_samples(s, err) ||
            (s->sigma_known && !learn_deviations(s, err)))
            return false;
        if (pass > 0 && s->sigma_known)
            lean_on_neighbours(s);
        descend(s, LATER_STEPS);
        if (!take_stock(s, err))
            return false;
    }
    return true;
}

bool tns_ink_system_solve(tns_ink_system *s, const tns_context *context, tns_error *err)
{
    return first_pass(s, context, err) && later_passes(s, context, err);
}

/* ---- k2 ---- */

static double total_cost(const tns_ink_system *s)
{
    double sum = 0;
    for (int b = 0; b < TNS_BANDS; b++)
        sum += tns_band_cost(&s->band[b], s->x[b]);
    return sum;
}

/* The bands' best at that k2. */
static double cost_at(tns_ink_system *s, double k2)
{
    tns_saunderson surface = s->band[0].surface;
    surface.k2 = k2;
    tns_ink_system_set_surface(s, surface);
    descend(s, LATER_STEPS);
    return total_cost(s);
}

/*
 * Coarse to fine about the least, then the curvature there: var = 2 sigma^2 / cost''. Residuals of
 * neighbouring bands go together, so that 36 bands say less than 36 readings would.
 */
bool tns_ink_system_solve_k2(tns_ink_system *s, double *k2, double *sd, const tns_context *context,
                             tns_error *err)
{
    if (!first_pass(s, context, err))
        return false;
    double best = 0, least = INFINITY, step = 0.15;
    for (double at = 0; at < 0.8; at += step) {
        double cost = cost_at(s, at);
        if (cost < least) {
            least = cost;
            best = at;
        }
    }
    double curvature = 0;
    for (int round = 0; round < 4; round++) {
        double low = fmax(best - step, 0), high = fmin(best + step, 0.9);
        double middle = 0.5 * (low + high), h = 0.5 * (high - low);
        double below = cost_at(s, low), at = cost_at(s, middle), above = cost_at(s, high);
        curvature = (below - 2 * at + above) / (h * h);
        double move = curvature > 0 ? 0.5 * (below - above) / (curvature * h) : 0;
        best = fmin(fmax(middle + move, low), high);
        step *= 0.4;
    }
    if (cancelled(context, err))
        return false;
    double sigma = s->sigma;
    cost_at(s, best);
    double rho = tns_ink_system_correlation(s);
    *k2 = best;
    *sd = curvature > 0 ? sigma * sqrt(2 / curvature * (1 + rho) / (1 - rho)) : INFINITY;
    return take_stock(s, err) && later_passes(s, context, err);
}
