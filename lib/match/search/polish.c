/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_multifit_nlinear.h>

#include <tonsure/difference.h>

#include "base/lanes.h"
#include "color/numeric.h"
#include "color/tristimulus.h"
#include "match/search/polish.h"

enum { ROUNDS = 40 };

/* Keeps logarithms finite where a part is missing, and a missing part within reach. */
static const double LEAST_SHARE = 1e-4;

/* Holds what the colors do not determine; 1e-4 of a color difference per e-fold is not seen. */
static const double TETHER = 1e-4;

/* dR/dK of an opaque layer is infinite at K = 0, where a step in K still does what it does here. */
static const double LEAST_ABSORPTION = 1e-12;

typedef struct polisher {
    const tns_problem *problem;
    const tns_support *start;
    int reference; /* the largest part; its logarithm stays 0 */
    size_t unknowns;
} polisher;

static bool dilutes(const polisher *p)
{
    return p->problem->max_shade > 0;
}

static void support_at(const polisher *p, const gsl_vector *x, tns_support *out)
{
    *out = *p->start;
    double sum = 0, most = 0;
    size_t next = 0;
    for (int i = 0; i < out->count; i++) {
        out->units[i] = i == p->reference ? 0 : gsl_vector_get(x, next++);
        most = fmax(most, out->units[i]);
    }
    for (int i = 0; i < out->count; i++)
        sum += out->units[i] = exp(out->units[i] - most);
    for (int i = 0; i < out->count; i++)
        out->units[i] /= sum;
    if (dilutes(p))
        out->shade = p->problem->max_shade / (1 + exp(-gsl_vector_get(x, next)));
}

static void unknowns_of(const polisher *p, gsl_vector *x)
{
    const tns_support *s = p->start;
    size_t next = 0;
    for (int i = 0; i < s->count; i++)
        if (i != p->reference)
            gsl_vector_set(x, next++, log(fmax(s->units[i], LEAST_SHARE) / s->units[p->reference]));
    if (dilutes(p)) {
        double share = s->shade / p->problem->max_shade;
        share = fmin(fmax(share, LEAST_SHARE), 1 - LEAST_SHARE);
        gsl_vector_set(x, next, log(share / (1 - share)));
    }
}

/* The vector from the target to a color, as long as dE00. */
static void stretched(tns_lab target, tns_lab lab, double de00, double out[3])
{
    double de = tns_de76(target, lab);
    double stretch = de > 1e-9 ? de00 / de : 1;
    out[0] = stretch * (lab.L - target.L);
    out[1] = stretch * (lab.a - target.a);
    out[2] = stretch * (lab.b - target.b);
}

/* Its slopes in L*, a*, b*, by central differences: dE00 has no others worth writing. */
static void stretched_slopes(tns_lab target, tns_lab lab, double out[3][3])
{
    const double step = 1e-4, L = lab.L, a = lab.a, b = lab.b;
    const tns_lab around[6] = {{L + step, a, b}, {L - step, a, b}, {L, a + step, b},
                               {L, a - step, b}, {L, a, b + step}, {L, a, b - step}};
    double de00[6], more[3], less[3];
    tns_de00_samples(target, around, 6, de00);
    for (int axis = 0; axis < 3; axis++) {
        stretched(target, around[2 * axis], de00[2 * axis], more);
        stretched(target, around[2 * axis + 1], de00[2 * axis + 1], less);
        for (int i = 0; i < 3; i++)
            out[i][axis] = (more[i] - less[i]) / (2 * step);
    }
}

static double residual_weight(const tns_goal *goal, size_t sight, size_t viewing)
{
    return sqrt(tns_goal_share(goal, sight) * goal->weights[viewing]);
}

static int residuals(const gsl_vector *x, void *params, gsl_vector *out)
{
    const polisher *p = params;
    const tns_goal *goal = &p->problem->goal;
    tns_support support;
    tns_coefficients mix;
    support_at(p, x, &support);
    tns_support_mix(p->problem, &support, &mix);
    size_t row = 0;
    for (size_t s = 0; s < tns_goal_sights(goal); s++) {
        tns_spectrum seen = tns_goal_seen(goal, s, &mix);
        for (size_t v = 0; v < goal->viewing_count; v++) {
            double r[3], weight = residual_weight(goal, s, v);
            tns_lab lab = tns_lab_from_spectrum(&seen, &goal->viewings[v]);
            stretched(goal->target[v], lab, tns_de00(goal->target[v], lab), r);
            for (int i = 0; i < 3; i++)
                gsl_vector_set(out, row++, weight * r[i]);
        }
    }
    for (size_t i = 0; i < p->unknowns; i++)
        gsl_vector_set(out, row++, TETHER * gsl_vector_get(x, i));
    return GSL_SUCCESS;
}

/* Slopes of the mixture's coefficients in one unknown. */
typedef struct direction {
    double K[TNS_BANDS], S[TNS_BANDS];
} direction;

static void part_direction(double share, const tns_mix *unit, double amount,
                           const tns_coefficients *mix, direction *out)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        out->K[b] = share * (unit->K[b] - mix->K[b] * unit->amount) / amount;
        out->S[b] = share * (unit->S[b] - mix->S[b] * unit->amount) / amount;
    }
}

/*
 * With K = sum u_i K_i / sum u_i A_i and u_i proportional to exp(x_i): dK/dx_i = u_i (K_i - K A_i)
 * / sum u A. The shade, which moves by `shade_step` with its unknown, adds diluent in proportion to
 * what each unit takes.
 */
static void directions_at(const polisher *p, const tns_support *s, const tns_coefficients *mix,
                          double shade_step, direction out[TNS_PARTS_MAX])
{
    tns_mix units[TNS_PARTS_MAX];
    double amount = 0, dilution = 0;
    for (int i = 0; i < s->count; i++) {
        const tns_component *part = &p->problem->components[s->component[i]];
        tns_component_dilute(part, p->problem->diluent, s->shade, &units[i]);
        amount += s->units[i] * units[i].amount;
        dilution += s->units[i] * part->dilution;
    }
    size_t next = 0;
    for (int i = 0; i < s->count; i++)
        if (i != p->reference)
            part_direction(s->units[i], &units[i], amount, mix, &out[next++]);
    if (!dilutes(p))
        return;
    tns_mix diluent = {.amount = 1};
    memcpy(diluent.K, p->problem->diluent->K, sizeof diluent.K);
    memcpy(diluent.S, p->problem->diluent->S, sizeof diluent.S);
    part_direction(shade_step * dilution, &diluent, amount, mix, &out[next]);
}

static double logit_step(const polisher *p, double shade)
{
    return dilutes(p) ? shade * (1 - shade / p->problem->max_shade) : 0;
}

static void reflectance_slopes(const tns_goal *goal, size_t sight, const tns_coefficients *mix,
                               tns_spectrum *seen, tns_km_slopes slopes[TNS_BANDS])
{
    tns_coefficients tinted = *mix;
    for (int b = 0; b < TNS_BANDS; b++)
        tinted.K[b] = fmax(mix->K[b], LEAST_ABSORPTION);
    tns_goal_slopes(goal, sight, &tinted, slopes);
    *seen = (tns_spectrum){.from_nm = TNS_FIRST_NM, .to_nm = TNS_LAST_NM};
    for (int b = 0; b < TNS_BANDS; b++)
        seen->value[b] = slopes[b].R;
}

/* A sight, and what each unknown does to it by band. */
typedef struct sighted {
    tns_spectrum seen;
    double moved[TNS_PARTS_MAX][TNS_BANDS];
} sighted;

static sighted sight_at(const tns_goal *goal, size_t s, const tns_coefficients *mix,
                        const direction *directions, size_t count)
{
    sighted at;
    tns_km_slopes slopes[TNS_BANDS];
    reflectance_slopes(goal, s, mix, &at.seen, slopes);
    for (size_t j = 0; j < count; j++)
        for (int b = 0; b < TNS_BANDS; b++)
            at.moved[j][b] =
                slopes[b].dR_dK * directions[j].K[b] + slopes[b].dR_dS * directions[j].S[b];
    return at;
}

/* How the stretched vector of one viewing moves with each band of what is seen. */
static void stretched_by_bands(const sighted *at, const tns_viewing *viewing, tns_lab target,
                               tns_lab lab, double out[3][TNS_BANDS])
{
    double by_lab[3][3], lab_by[3][TNS_BANDS];
    stretched_slopes(target, lab, by_lab);
    tns_lab_by_bands(&at->seen, viewing, lab_by);
    for (int i = 0; i < 3; i++)
        for (int b = 0; b < TNS_BANDS; b++)
            out[i][b] = by_lab[i][0] * lab_by[0][b] + by_lab[i][1] * lab_by[1][b] +
                        by_lab[i][2] * lab_by[2][b];
}

/* Three rows of the Jacobian: one viewing of one sight. */
static void slope_rows(const polisher *p, size_t s, size_t v, const sighted *at, size_t row,
                       gsl_matrix *out)
{
    const tns_goal *goal = &p->problem->goal;
    const tns_viewing *viewing = &goal->viewings[v];
    double by[3][TNS_BANDS], weight = residual_weight(goal, s, v);
    stretched_by_bands(at, viewing, goal->target[v], tns_lab_from_spectrum(&at->seen, viewing), by);
    for (size_t j = 0; j < p->unknowns; j++)
        for (size_t i = 0; i < 3; i++)
            gsl_matrix_set(out, row + i, j, weight * tns_dot(by[i], at->moved[j], TNS_BANDS));
}

static int jacobian(const gsl_vector *x, void *params, gsl_matrix *out)
{
    const polisher *p = params;
    const tns_goal *goal = &p->problem->goal;
    tns_support support;
    tns_coefficients mix;
    direction directions[TNS_PARTS_MAX];
    support_at(p, x, &support);
    tns_support_mix(p->problem, &support, &mix);
    directions_at(p, &support, &mix, logit_step(p, support.shade), directions);
    gsl_matrix_set_zero(out);
    size_t row = 0;
    for (size_t s = 0; s < tns_goal_sights(goal); s++) {
        sighted at = sight_at(goal, s, &mix, directions, p->unknowns);
        for (size_t v = 0; v < goal->viewing_count; v++, row += 3)
            slope_rows(p, s, v, &at, row, out);
    }
    for (size_t i = 0; i < p->unknowns; i++)
        gsl_matrix_set(out, row + i, i, TETHER);
    return GSL_SUCCESS;
}

static size_t row_count(const polisher *p)
{
    const tns_goal *goal = &p->problem->goal;
    return 3 * tns_goal_sights(goal) * goal->viewing_count + p->unknowns;
}

/* Runs the solver; false when it could not start. */
static bool run(polisher *p, gsl_vector *x, tns_support *out)
{
    gsl_multifit_nlinear_parameters options = gsl_multifit_nlinear_default_parameters();
    gsl_multifit_nlinear_fdf system = {
        .f = residuals, .df = jacobian, .n = row_count(p), .p = p->unknowns, .params = p};
    gsl_multifit_nlinear_workspace *space =
        gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &options, system.n, system.p);
    if (!space)
        return false;
    int info = 0;
    unknowns_of(p, x);
    bool started = gsl_multifit_nlinear_init(x, &system, space) == GSL_SUCCESS;
    if (started) {
        gsl_multifit_nlinear_driver(ROUNDS, 1e-6, 1e-12, 1e-12, NULL, NULL, &info, space);
        support_at(p, gsl_multifit_nlinear_position(space), out);
    }
    gsl_multifit_nlinear_free(space);
    return started;
}

/* Where it ends is judged by the caller. */
static bool descend(polisher *p, tns_support *out)
{
    tns_numeric_init();
    gsl_vector *x = gsl_vector_alloc(p->unknowns);
    bool done = x && run(p, x, out);
    gsl_vector_free(x);
    return done;
}

/* ---- where the shade is all there is to choose ---- */

/* Half the sum of squared residuals at a shade, its slope, and its bend to first order. */
typedef struct shaded {
    double shade, square, slope, bend;
} shaded;

static void add_viewing(const polisher *p, size_t s, size_t v, const sighted *at, shaded *out)
{
    const tns_goal *goal = &p->problem->goal;
    const tns_viewing *viewing = &goal->viewings[v];
    tns_lab lab = tns_lab_from_spectrum(&at->seen, viewing);
    double r[3], by[3][TNS_BANDS], weight = tns_goal_share(goal, s) * goal->weights[v];
    stretched(goal->target[v], lab, tns_de00(goal->target[v], lab), r);
    stretched_by_bands(at, viewing, goal->target[v], lab, by);
    for (int i = 0; i < 3; i++) {
        double move = tns_dot(by[i], at->moved[0], TNS_BANDS);
        out->square += weight * r[i] * r[i] / 2;
        out->slope += weight * r[i] * move;
        out->bend += weight * move * move;
    }
}

static shaded look_at_shade(const polisher *p, double shade)
{
    const tns_goal *goal = &p->problem->goal;
    shaded out = {.shade = shade};
    tns_support support = *p->start;
    tns_coefficients mix;
    direction thinner[TNS_PARTS_MAX]; /* the shade's alone, of one pigment */
    support.shade = shade;
    tns_support_mix(p->problem, &support, &mix);
    directions_at(p, &support, &mix, 1, thinner);
    for (size_t s = 0; s < tns_goal_sights(goal); s++) {
        sighted at = sight_at(goal, s, &mix, thinner, 1);
        for (size_t v = 0; v < goal->viewing_count; v++)
            if (goal->weights[v] > 0)
                add_viewing(p, s, v, &at, &out);
    }
    return out;
}

/*
 * Of one pigment the shade alone is unknown, and its best is often at an end of the range, which a
 * logit only creeps up to. Newton's steps within the range; after the first, which is Gauss's, the
 * bend is what the last step met.
 */
static double best_shade(const polisher *p)
{
    const double most = p->problem->max_shade, still = 1e-8 * most;
    shaded at = look_at_shade(p, fmin(p->start->shade, most));
    double bend = at.bend;
    for (int round = 0; round < ROUNDS; round++) {
        double next = fmin(fmax(at.shade - at.slope / bend, 0), most);
        if (!(fabs(next - at.shade) > still))
            break;
        shaded there = look_at_shade(p, next);
        if (there.square > at.square) {
            bend *= 4;
            continue;
        }
        double met = (there.slope - at.slope) / (there.shade - at.shade);
        bend = met > 0 ? met : there.bend;
        at = there;
    }
    return at.shade;
}

static int largest(const tns_support *support)
{
    int most = 0;
    for (int i = 1; i < support->count; i++)
        if (support->units[i] > support->units[most])
            most = i;
    return most;
}

void tns_polish(const tns_problem *problem, tns_support *support)
{
    polisher p = {.problem = problem, .start = support, .reference = largest(support)};
    p.unknowns = (size_t)support->count - 1 + (problem->max_shade > 0 ? 1 : 0);
    if (p.unknowns == 0)
        return;
    tns_support end = *support;
    if (support->count == 1)
        end.shade = best_shade(&p);
    else if (!descend(&p, &end))
        return;
    tns_support_rate(problem, &end);
    if (end.objective < support->objective)
        *support = end;
}

void tns_polish_starts(const tns_problem *problem, tns_support *support)
{
    tns_support even = *support;
    tns_polish(problem, support);
    if (support->count == 1)
        return; /* which is equal parts */
    for (int i = 0; i < even.count; i++)
        even.units[i] = 1.0 / even.count;
    tns_support_rate(problem, &even);
    tns_polish(problem, &even);
    if (even.objective < support->objective)
        *support = even;
}
