/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levenberg-Marquardt on all bands at once, and what is known where it ends. */
#include <math.h>
#include <string.h>

#include "pigment/ink_equations.h"

static const double DAMPING_START = 1e-3, DAMPING_LEAST = 1e-9, DAMPING_MOST = 1e9;

/* A step that lowers the cost by less than this share is the last. */
static const double GAIN_LEAST = 1e-6;

static const double K2_MOST = 0.95;

static double cost(const tns_ink_system *s)
{
    double sum = 0;
    for (int b = 0; b < TNS_BANDS; b++) {
        const tns_band *band = &s->band[b];
        sum += tns_band_cost(band, s->x[b]);
        for (int p = 0; p < tns_band_parameters(band); p++) {
            double e = band->strength[p] * (s->x[b][p] - band->prior[p]);
            double bend = s->stiffness[b][p] > 0 ? tns_ink_system_bend(s, b, p) : 0;
            sum += e * e + s->stiffness[b][p] * bend * bend;
        }
    }
    return sum;
}

static void move(tns_ink_system *s, const double *step, double k2)
{
    size_t p = (size_t)tns_band_parameters(&s->band[0]);
    for (size_t b = 0; b < TNS_BANDS; b++)
        for (size_t i = 0; i < p; i++)
            s->x[b][i] += step[b * p + i];
    if (!s->fits_k2)
        return;
    tns_saunderson surface = s->band[0].surface;
    surface.k2 = fmin(fmax(surface.k2 + k2, 0), K2_MOST);
    tns_ink_system_set_surface(s, surface);
}

/* One step down, damped until it is one; the share of the cost it took, 0 when there is none. */
static double step_down(tns_ink_system *s, tns_ink_equations *q, double *damping, double *now)
{
    double from[TNS_BANDS][TNS_BAND_PARAMETERS_MAX];
    tns_saunderson surface = s->band[0].surface;
    memcpy(from, s->x, sizeof from);
    tns_ink_equations_set(q, s);
    for (; *damping < DAMPING_MOST; *damping *= 8) {
        if (!tns_ink_equations_factor(q, *damping))
            continue;
        double k2 = tns_ink_equations_solve(q, s, *damping);
        move(s, q->step, k2);
        double found = cost(s);
        if (found <= *now) {
            double gain = (*now - found) / fmax(*now, 1e-300);
            *damping = fmax(*damping / 8, DAMPING_LEAST);
            *now = found;
            return gain;
        }
        memcpy(s->x, from, sizeof from);
        tns_ink_system_set_surface(s, surface);
    }
    return 0;
}

static void predict_all(tns_ink_system *s)
{
    double K[TNS_FIT_PIGMENTS_MAX], S[TNS_FIT_PIGMENTS_MAX];
    for (int b = 0; b < TNS_BANDS; b++) {
        tns_band_coefficients(&s->band[b], s->x[b], K, S);
        for (size_t r = 0; r < s->rows; r++)
            s->predicted[r][b] = tns_band_predict(&s->band[b], r, K, S);
    }
}

bool tns_ink_system_descend(tns_ink_system *s, int steps)
{
    tns_ink_equations q;
    double damping = DAMPING_START, now = cost(s);
    if (!tns_ink_equations_init(&q, s))
        return false;
    for (int i = 0; i < steps; i++)
        if (step_down(s, &q, &damping, &now) < GAIN_LEAST)
            break;
    tns_ink_equations_finish(&q);
    predict_all(s);
    return true;
}

/* ---- what is known at x ---- */

/* k2's own uncertainty is everybody's. */
static void add_border(tns_ink_system *s, tns_ink_equations *q)
{
    size_t width = s->covariance.width;
    s->k2_variance = tns_ink_equations_k2_variance(q);
    if (isinf(s->k2_variance))
        return;
    for (size_t i = 0; i < q->n; i++)
        for (size_t j = i > width ? i - width : 0; j <= i; j++)
            *tns_banded_at(&s->covariance, i, j) += q->away[i] * q->away[j] * s->k2_variance;
}

/* k2's error goes together with x's: most of what it adds to x's variance a row never sees. */
static double leverage_of(const tns_ink_system *s, const tns_ink_equations *q, int b,
                          const tns_band_row *row)
{
    double sum = 0, away = 0;
    size_t first = (size_t)b * (size_t)tns_band_parameters(&s->band[b]);
    for (int i = 0; i < row->count; i++) {
        away += row->slope[i] * q->away[first + (size_t)row->place[i]];
        for (int j = 0; j < row->count; j++)
            sum += row->slope[i] * row->slope[j] *
                   tns_ink_system_covariance(s, b, row->place[i], b, row->place[j]);
    }
    if (!s->fits_k2 || isinf(s->k2_variance))
        return sum;
    return sum + row->by_k2 * (row->by_k2 - 2 * away) * s->k2_variance;
}

static void take_leverage(tns_ink_system *s, const tns_ink_equations *q)
{
    double K[TNS_FIT_PIGMENTS_MAX], S[TNS_FIT_PIGMENTS_MAX];
    tns_band_row row;
    for (int b = 0; b < TNS_BANDS; b++) {
        tns_band_coefficients(&s->band[b], s->x[b], K, S);
        for (size_t r = 0; r < s->rows; r++)
            s->leverage[r][b] = tns_band_linearize(&s->band[b], r, K, S, s->fits_k2, &row)
                                    ? fmin(fmax(leverage_of(s, q, b, &row), 0), 1)
                                    : 0;
    }
}

/* The mean of the slips of a pigment's films is known no better than they scatter. */
static void add_common(tns_ink_system *s)
{
    size_t p = (size_t)tns_band_parameters(&s->band[0]), n = (size_t)s->pigments;
    for (size_t i = 0; i < TNS_BANDS * p; i++)
        for (size_t j = i > s->covariance.width ? i - s->covariance.width : 0; j <= i; j++)
            *tns_banded_at(&s->covariance, i, j) += s->common[i % p % n][j % p % n];
}

bool tns_ink_system_take_stock(tns_ink_system *s)
{
    tns_ink_equations q;
    if (!tns_ink_equations_init(&q, s))
        return false;
    tns_ink_equations_set(&q, s);
    bool done = tns_ink_equations_factor(&q, 0) && tns_banded_invert(&q.factor, &s->covariance);
    if (done && s->fits_k2)
        add_border(s, &q);
    if (done)
        take_leverage(s, &q);
    if (done && s->slips)
        add_common(s);
    tns_ink_equations_finish(&q);
    return done;
}
