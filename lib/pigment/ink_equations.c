/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pigment/ink_equations.h"

static const double pattern[] = {1, -2, 1}; /* of a second difference */

double tns_ink_system_bend(const tns_ink_system *s, int b, int p)
{
    return s->x[b - 1][p] - 2 * s->x[b][p] + s->x[b + 1][p];
}

void tns_ink_equations_finish(tns_ink_equations *q)
{
    tns_banded_finish(&q->matrix);
    tns_banded_finish(&q->factor);
    free(q->gradient);
}

bool tns_ink_equations_init(tns_ink_equations *q, const tns_ink_system *s)
{
    size_t p = (size_t)tns_band_parameters(&s->band[0]);
    memset(q, 0, sizeof *q);
    q->n = TNS_BANDS * p;
    bool matrix = tns_banded_init(&q->matrix, q->n, 2 * p);
    bool factor = tns_banded_init(&q->factor, q->n, 2 * p);
    q->gradient = calloc(4 * q->n, sizeof *q->gradient);
    if (!matrix || !factor || !q->gradient) {
        tns_ink_equations_finish(q);
        return false;
    }
    q->border = q->gradient + q->n;
    q->step = q->border + q->n;
    q->away = q->step + q->n;
    return true;
}

static void add_row(tns_ink_equations *q, size_t first, const tns_band_row *row)
{
    for (int i = 0; i < row->count; i++) {
        size_t place = first + (size_t)row->place[i];
        q->gradient[place] += row->slope[i] * row->residual;
        q->border[place] += row->slope[i] * row->by_k2;
        for (int j = 0; j < row->count; j++)
            if (row->place[i] >= row->place[j])
                *tns_banded_at(&q->matrix, place, first + (size_t)row->place[j]) +=
                    row->slope[i] * row->slope[j];
    }
    q->k2_gradient += row->by_k2 * row->residual;
    q->k2_square += row->by_k2 * row->by_k2;
}

static void add_readings(tns_ink_equations *q, const tns_ink_system *s, int b)
{
    const tns_band *band = &s->band[b];
    double K[TNS_FIT_PIGMENTS_MAX], S[TNS_FIT_PIGMENTS_MAX];
    size_t first = (size_t)b * (size_t)tns_band_parameters(band);
    tns_band_row row;
    tns_band_coefficients(band, s->x[b], K, S);
    for (size_t r = 0; r < s->rows; r++)
        if (tns_band_linearize(band, r, K, S, s->fits_k2, &row))
            add_row(q, first, &row);
}

static void add_priors(tns_ink_equations *q, const tns_ink_system *s, int b)
{
    const tns_band *band = &s->band[b];
    int parameters = tns_band_parameters(band);
    for (int p = 0; p < parameters; p++) {
        size_t at = (size_t)b * (size_t)parameters + (size_t)p;
        double square = band->strength[p] * band->strength[p];
        *tns_banded_at(&q->matrix, at, at) += square;
        q->gradient[at] += square * (s->x[b][p] - band->prior[p]);
        double stiffness = s->stiffness[b][p];
        for (size_t i = 0; stiffness > 0 && i < 3; i++) {
            size_t row = at + i * (size_t)parameters - (size_t)parameters;
            q->gradient[row] += stiffness * pattern[i] * tns_ink_system_bend(s, b, p);
            for (size_t j = 0; j <= i; j++)
                *tns_banded_at(&q->matrix, row, row - (i - j) * (size_t)parameters) +=
                    stiffness * pattern[i] * pattern[j];
        }
    }
}

void tns_ink_equations_set(tns_ink_equations *q, const tns_ink_system *s)
{
    tns_banded_clear(&q->matrix);
    memset(q->gradient, 0, 2 * q->n * sizeof *q->gradient);
    q->k2_gradient = q->k2_square = 0;
    for (int b = 0; b < TNS_BANDS; b++) {
        add_readings(q, s, b);
        add_priors(q, s, b);
    }
}

bool tns_ink_equations_factor(tns_ink_equations *q, double damping)
{
    memcpy(q->factor.entry, q->matrix.entry,
           q->n * (q->matrix.width + 1) * sizeof *q->matrix.entry);
    for (size_t i = 0; i < q->n; i++)
        *tns_banded_at(&q->factor, i, i) *= 1 + damping;
    return tns_banded_factor(&q->factor);
}

static double inner(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* What is left of k2's own square when x follows it. */
static double k2_rest(tns_ink_equations *q, double damping)
{
    memcpy(q->away, q->border, q->n * sizeof *q->away);
    tns_banded_solve(&q->factor, q->away);
    return q->k2_square * (1 + damping) - inner(q->border, q->away, q->n);
}

double tns_ink_equations_solve(tns_ink_equations *q, const tns_ink_system *s, double damping)
{
    double k2 = 0;
    memcpy(q->step, q->gradient, q->n * sizeof *q->step);
    tns_banded_solve(&q->factor, q->step);
    if (s->fits_k2)
        k2 = -(q->k2_gradient - inner(q->border, q->step, q->n)) / k2_rest(q, damping);
    for (size_t i = 0; i < q->n; i++)
        q->step[i] = -q->step[i] - (s->fits_k2 ? q->away[i] * k2 : 0);
    return k2;
}

double tns_ink_equations_k2_variance(tns_ink_equations *q)
{
    double rest = k2_rest(q, 0);
    return rest > 0 ? 1 / rest : INFINITY;
}
