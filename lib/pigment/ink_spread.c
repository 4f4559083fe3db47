/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How K and S err, whatever it is that makes residuals: a slip of the pipette moves all bands of a
 * sample together, so that 36 bands say less than 36 readings would. Each sample's residuals are
 * taken with either sign, all bands together, as are the priors' own; the answer's first-order
 * response is compared with what its covariance says (the wild bootstrap by clusters: Cameron,
 * Gelbach, Miller, Rev. Econ. Stat. 90, 414 (2008)). How amounts scatter may be known beforehand:
 * what that moves a mix's samples by moves the answer too, though no residual shows it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "pigment/ink_equations.h"

enum { DRAWS = 48, LAGS = 10, HALVINGS = 30, WINDOW = 5 };

/* A pigment of few samples leans on all pigments, which count as so many. */
static const double SHARED = 12;

/* Without redundancy nothing tells; weighing errors, which are then most, move all bands. */
static const double UNTOLD_CORRELATION = 0.9;

static const double CORRELATION_MOST = 0.99;

/* A sign; the same ones in every fit. */
static double toss(tns_random *random)
{
    return tns_random_next(random) >> 63 ? 1 : -1;
}

/* Every draw's gradient, of x and of k2. */
typedef struct gradients {
    size_t n;
    double *of_x, *of_k2, *sign;
} gradients;

static void add_residual(gradients *g, size_t first, const tns_band_row *row, double leverage)
{
    double residual = row->residual / fmax(1 - leverage, 0.1);
    for (size_t d = 0; d < DRAWS; d++) {
        double e = g->sign[d] * residual;
        for (int i = 0; i < row->count; i++)
            g->of_x[d * g->n + first + (size_t)row->place[i]] += e * row->slope[i];
        g->of_k2[d] += e * row->by_k2;
    }
}

static void add_sample(gradients *g, const tns_ink_system *s, size_t r,
                       double (*K)[TNS_FIT_PIGMENTS_MAX], double (*S)[TNS_FIT_PIGMENTS_MAX])
{
    tns_band_row row;
    for (int b = 0; b < TNS_BANDS; b++)
        if (tns_band_linearize(&s->band[b], r, K[b], S[b], s->fits_k2, &row))
            add_residual(g, (size_t)b * (size_t)tns_band_parameters(&s->band[b]), &row,
                         s->leverage[r][b]);
}

static void add_prior(gradients *g, size_t at, size_t step, double strength, double stiffness,
                      tns_random *random)
{
    for (size_t d = 0; d < DRAWS; d++) {
        double *x = g->of_x + d * g->n, bend = sqrt(stiffness) * toss(random);
        x[at] += strength * toss(random);
        if (!(stiffness > 0))
            continue;
        x[at - step] += bend;
        x[at] -= 2 * bend;
        x[at + step] += bend;
    }
}

static void fill(gradients *g, const tns_ink_system *s, tns_random *random)
{
    double K[TNS_BANDS][TNS_FIT_PIGMENTS_MAX], S[TNS_BANDS][TNS_FIT_PIGMENTS_MAX];
    int parameters = tns_band_parameters(&s->band[0]);
    for (int b = 0; b < TNS_BANDS; b++) {
        tns_band_coefficients(&s->band[b], s->x[b], K[b], S[b]);
        for (int p = 0; p < parameters; p++)
            add_prior(g, (size_t)(b * parameters + p), (size_t)parameters, s->band[b].strength[p],
                      s->stiffness[b][p], random);
    }
    for (size_t r = 0; r < s->rows; r++) {
        for (size_t d = 0; d < DRAWS; d++)
            g->sign[d] = toss(random);
        add_sample(g, s, r, K, S);
    }
}

/* ---- responses ---- */

typedef struct tally {
    double square[TNS_BAND_PARAMETERS_MAX][TNS_BANDS]; /* mean, of a response over its deviation */
    double poured[TNS_BAND_PARAMETERS_MAX][TNS_BANDS]; /* of amounts that scatter, all summed */
    double product[2][LAGS + 1];                       /* of two so many bands apart: K, S */
    double k2_square;
} tally;

/* What the unknown mean of the slips adds to a parameter's variance, in all bands alike. */
static double common_variance(const tns_ink_system *s, int p)
{
    int pigment = p % s->pigments; /* films have no unit */
    return s->slips ? s->common[pigment][pigment] : 0;
}

static void count_parameter(const tns_ink_system *s, const double *step, int p, tally *out)
{
    double z[TNS_BANDS];
    double common[TNS_BANDS];
    int parameters = tns_band_parameters(&s->band[0]);
    for (int b = 0; b < TNS_BANDS; b++) {
        double deviation = sqrt(tns_ink_system_covariance(s, b, p, b, p));
        z[b] = step[b * parameters + p] / deviation;
        common[b] = sqrt(common_variance(s, p)) / deviation;
        out->square[p][b] += (z[b] * z[b] + common[b] * common[b]) / DRAWS;
    }
    for (int lag = 0; lag <= LAGS; lag++)
        for (int b = 0; b + lag < TNS_BANDS; b++)
            out->product[p >= s->pigments][lag] +=
                (z[b] * z[b + lag] + common[b] * common[b + lag]) / (TNS_BANDS - lag);
}

static void respond(tns_ink_system *s, tns_ink_equations *q, const gradients *g, tally *out)
{
    memset(out, 0, sizeof *out);
    for (size_t d = 0; d < DRAWS; d++) {
        memcpy(q->gradient, g->of_x + d * g->n, g->n * sizeof *q->gradient);
        q->k2_gradient = g->of_k2[d];
        double k2 = tns_ink_equations_solve(q, s, 0);
        out->k2_square += k2 * k2 / DRAWS;
        for (int p = 0; p < tns_band_parameters(&s->band[0]); p++)
            count_parameter(s, q->step, p, out);
    }
}

/* ---- amounts that scatter ---- */

enum { WHOLE_FILM = TNS_FIT_PIGMENTS_MAX }; /* its thickness, in the place of a pigment */

static bool is_in(const tns_blend *blend, int pigment)
{
    bool found = pigment == WHOLE_FILM && blend->film;
    for (int i = 0; i < blend->count; i++)
        found = found || blend->pigment[i] == pigment;
    return found && blend->weight > 0;
}

/* Samples of one mix, on whatever they lie, were poured and drawn down at once. */
static bool same_mix(const tns_blend *a, const tns_blend *b)
{
    bool same = a->film == b->film && a->count == b->count;
    for (int i = 0; same && i < a->count; i++)
        same = a->pigment[i] == b->pigment[i] &&
               fabs(a->amount[i] - b->amount[i]) <= 1e-6 * a->amount[i];
    return same;
}

static bool is_first_of_mix(const tns_ink_system *s, size_t r)
{
    for (size_t i = 0; i < r; i++)
        if (s->used[i] && same_mix(&s->blend[i], &s->blend[r]))
            return false;
    return s->used[r];
}

static bool is_of(const tns_band *band, int place, int pigment)
{
    return place == pigment || place == tns_band_scattering(band, pigment);
}

/*
 * A row's slope in the log of a pigment's amount: that in its log K and log S together. Of an
 * opaque sample ratios count alone, so that more of the unit, whose log S is none, is less of all
 * others.
 */
static double slope_of(const tns_band *band, const tns_band_row *row, int pigment)
{
    double sum = 0;
    bool unit = pigment == band->unit;
    for (int i = 0; i < row->count; i++)
        if (pigment == WHOLE_FILM || is_of(band, row->place[i], pigment) != unit)
            sum += unit ? -row->slope[i] : row->slope[i];
    return sum;
}

/* The gradient of a slip of one deviation in all samples of r's mix. */
static void pour(tns_ink_equations *q, const tns_ink_system *s, size_t r, int pigment)
{
    double K[TNS_FIT_PIGMENTS_MAX], S[TNS_FIT_PIGMENTS_MAX];
    tns_band_row row;
    memset(q->gradient, 0, q->n * sizeof *q->gradient);
    q->k2_gradient = 0;
    for (int b = 0; b < TNS_BANDS; b++) {
        size_t first = (size_t)b * (size_t)tns_band_parameters(&s->band[b]);
        tns_band_coefficients(&s->band[b], s->x[b], K, S);
        for (size_t i = r; i < s->rows; i++) {
            if (!same_mix(&s->blend[r], &s->blend[i]) ||
                !tns_band_linearize(&s->band[b], i, K, S, s->fits_k2, &row))
                continue;
            double moved = s->scatter * slope_of(&s->band[b], &row, pigment);
            for (int k = 0; k < row.count; k++)
                q->gradient[first + (size_t)row.place[k]] += moved * row.slope[k];
            q->k2_gradient += moved * row.by_k2;
        }
    }
}

static void count_pour(const tns_ink_system *s, const double *step, tally *out)
{
    int parameters = tns_band_parameters(&s->band[0]);
    for (int p = 0; p < parameters; p++)
        for (int b = 0; b < TNS_BANDS; b++) {
            double variance = tns_ink_system_covariance(s, b, p, b, p);
            double moved = step[b * parameters + p];
            out->poured[p][b] += moved * moved / variance;
        }
}

static void respond_to_pours(const tns_ink_system *s, tns_ink_equations *q, tally *out)
{
    for (size_t r = 0; r < s->rows; r++)
        for (int i = 0; is_first_of_mix(s, r) && i <= WHOLE_FILM; i++) {
            if (!is_in(&s->blend[r], i))
                continue;
            pour(q, s, r, i);
            double k2 = tns_ink_equations_solve(q, s, 0);
            out->k2_square += k2 * k2;
            count_pour(s, q->step, out);
        }
}

/* ---- what they tell ---- */

static double samples_with(const tns_ink_system *s, int pigment)
{
    double count = 0;
    for (size_t r = 0; r < s->rows; r++)
        for (int i = 0; i < s->blend[r].count; i++)
            count += s->blend[r].pigment[i] == pigment ? s->blend[r].weight : 0;
    return count;
}

/* About a band: single ones are drawn too few times. */
static double around(const double square[TNS_BANDS], int band)
{
    double sum = 0, weights = 0;
    for (int b = 0; b < TNS_BANDS; b++) {
        double weight = fmax(1 - abs(b - band) / (double)WINDOW, 0);
        sum += weight * square[b];
        weights += weight;
    }
    return sum / weights;
}

/* Of K or S: parameters from, from + 1, .. to - 1, of so many samples each. */
static void take_spreads(tns_ink_system *s, const tally *t, int from, int to, const double *samples)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        double usual = 0;
        for (int p = from; p < to; p++)
            usual += around(t->square[p], b) / (to - from);
        for (int p = from; p < to; p++) {
            double own = samples[p] * around(t->square[p], b);
            double shown = fmax((own + SHARED * usual) / (samples[p] + SHARED), 1);
            s->spread[b][p] = sqrt(shown + t->poured[p][b]);
        }
    }
}

/* The one figure whose powers add up to the correlations found, near and far. */
static double correlation_of(const double product[LAGS + 1])
{
    double sum = 0, low = 0, high = CORRELATION_MOST;
    for (int lag = 1; lag <= LAGS; lag++)
        sum += product[lag] / product[0];
    for (int i = 0; i < HALVINGS; i++) {
        double middle = 0.5 * (low + high), power = 1, found = 0;
        for (int lag = 1; lag <= LAGS; lag++)
            found += power *= middle;
        *(found < sum ? &low : &high) = middle;
    }
    return low;
}

static void take_all(tns_ink_system *s, const tally *t)
{
    double samples[TNS_BAND_PARAMETERS_MAX];
    int n = tns_band_parameters(&s->band[0]);
    for (int i = 0; i < s->pigments; i++) {
        int scattering = tns_band_scattering(&s->band[0], i);
        samples[i] = samples_with(s, i);
        if (scattering >= 0)
            samples[scattering] = samples[i];
    }
    take_spreads(s, t, 0, s->pigments, samples);
    take_spreads(s, t, s->pigments, n, samples);
    if (s->fits_k2)
        s->k2_variance = fmax(s->k2_variance, t->k2_square);
    s->correlation = correlation_of(t->product[0]);
    if (n > s->pigments) /* the safe one: errors that go together show more */
        s->correlation = fmax(s->correlation, correlation_of(t->product[1]));
}

bool tns_ink_system_learn_spread(tns_ink_system *s)
{
    tns_ink_equations q;
    tally found;
    for (int b = 0; b < TNS_BANDS; b++)
        for (int p = 0; p < TNS_BAND_PARAMETERS_MAX; p++)
            s->spread[b][p] = 1;
    s->correlation = UNTOLD_CORRELATION;
    if (!s->noise_known)
        return true;
    if (!tns_ink_equations_init(&q, s))
        return false;
    gradients g = {.n = q.n, .of_x = calloc(DRAWS * (q.n + 2), sizeof(double))};
    tns_ink_equations_set(&q, s);
    bool done = g.of_x && tns_ink_equations_factor(&q, 0);
    if (done) {
        tns_random random = tns_random_make(0);
        g.of_k2 = g.of_x + DRAWS * q.n;
        g.sign = g.of_k2 + DRAWS;
        fill(&g, s, &random);
        respond(s, &q, &g, &found);
        if (s->scatter > 0)
            respond_to_pours(s, &q, &found);
        take_all(s, &found);
    }
    free(g.of_x);
    tns_ink_equations_finish(&q);
    return done;
}
