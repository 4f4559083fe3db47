/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sets of pigments with real amounts, beside NLopt's SLSQP (Kraft, DFVLR-FB 88-28 (1988)) on the
 * same sets: from equal parts, slopes by differences, every mixture seen and compared by the
 * library's own functions. Of many sets the rival gets each twentieth, and its time is multiplied.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#ifdef BENCH_NLOPT
#include <nlopt.h>
#endif

#include <tonsure/difference.h>
#include <tonsure/match.h>

#include "bench/timing.h"
#include "support/draw.h"

enum { LAMPS = 3, SHELF_MAX = 48, PARTS = 4, STRIDE = 20, TOP = 10 };

typedef struct shelf {
    tns_palette palette;
    tns_pigment pigments[SHELF_MAX];
    tns_surface surface;
    tns_viewing viewings[LAMPS];
    tns_match_request request;
} shelf;

/* A floor and one hump somewhere in the visible. */
static void draw_curve(uint64_t *state, double most, double out[TNS_BANDS])
{
    double center = draw_between(state, 0, TNS_BANDS), width = draw_between(state, 4, 12);
    double floor = most * draw_between(state, 0.02, 0.3), hump = most * draw(state);
    for (int b = 0; b < TNS_BANDS; b++)
        out[b] = floor + hump * exp(-(b - center) * (b - center) / (width * width));
}

/* A mixture of the shelf, tinged: near what it reaches, as a target of the trade is. */
static void set_target(shelf *s, uint64_t *state)
{
    double amounts[SHELF_MAX] = {0}, K[TNS_BANDS], S[TNS_BANDS], tinge[TNS_BANDS];
    for (size_t i = 0; i < s->palette.count; i += 3)
        amounts[i] = draw(state);
    draw_curve(state, 0.2, tinge);
    tns_mixture_coefficients(&s->palette, amounts, K, S, NULL);
    s->request.target = tns_surface_reflectance(&s->surface, K, S);
    for (int b = 0; b < TNS_BANDS; b++)
        s->request.target.value[b] *= 0.9 + tinge[b];
}

static void fill(shelf *s, int count)
{
    static const char *const lamps[LAMPS] = {"D65/10", "A/10", "F11/10"};
    uint64_t state = 11;
    tns_error err;
    memset(s, 0, sizeof *s);
    s->palette.pigments = s->pigments;
    s->palette.count = (size_t)count;
    for (int i = 0; i < count; i++) {
        snprintf(s->pigments[i].id, sizeof s->pigments[i].id, "p%d", i);
        draw_curve(&state, exp(draw_between(&state, -3, 3)), s->pigments[i].K);
        draw_curve(&state, draw_between(&state, 0.2, 4), s->pigments[i].S);
    }
    s->surface = tns_surface_opaque(&s->palette);
    for (int i = 0; i < LAMPS; i++)
        if (!tns_viewing_find(lamps[i], &s->viewings[i], &err))
            exit(EXIT_FAILURE);
    s->request = (tns_match_request){.palette = &s->palette,
                                     .surfaces = &s->surface,
                                     .surface_count = 1,
                                     .viewings = s->viewings,
                                     .weights = {1, 0.25, 0.25},
                                     .viewing_count = LAMPS,
                                     .max_pigments = PARTS,
                                     .top = TOP,
                                     .threads = 1,
                                     .continuous = true};
    set_target(s, &state);
}

static double time_ours(const shelf *s, tns_search *search, double *best)
{
    timing t;
    tns_error err;
    for (int i = 0; i < RUNS; i++) {
        double started = processor_seconds();
        tns_match *match = tns_match_solve(&s->request, NULL, &err);
        if (!match) {
            fprintf(stderr, "%s\n", err.text);
            exit(EXIT_FAILURE);
        }
        t.run[i] = processor_seconds() - started;
        *search = match->search;
        *best = match->recipes[0].objective;
        tns_match_destroy(match);
    }
    return median_seconds(t);
}

#ifdef BENCH_NLOPT
typedef struct rival {
    const shelf *s;
    tns_lab target[LAMPS];
    int set[PARTS + 1], count;
    double best;
} rival;

static double squared(const rival *r, const double *x)
{
    double amounts[SHELF_MAX] = {0}, K[TNS_BANDS], S[TNS_BANDS], sum = 0;
    for (int i = 0; i < r->count; i++)
        amounts[r->set[i]] = x[i] + 1e-9;
    tns_mixture_coefficients(&r->s->palette, amounts, K, S, NULL);
    tns_spectrum seen = tns_surface_reflectance(&r->s->surface, K, S);
    for (int v = 0; v < LAMPS; v++) {
        double de = tns_de00(r->target[v], tns_lab_from_spectrum(&seen, &r->s->viewings[v]));
        sum += r->s->request.weights[v] * de * de;
    }
    return sum;
}

static double objective(unsigned n, const double *x, double *slope, void *user)
{
    const double step = 1e-6;
    double here = squared(user, x), moved[PARTS];
    memcpy(moved, x, n * sizeof *x);
    for (unsigned i = 0; slope && i < n; i++) {
        moved[i] += step;
        slope[i] = (squared(user, moved) - here) / step;
        moved[i] = x[i];
    }
    return here;
}

static double one_whole(unsigned n, const double *x, double *slope, void *user)
{
    (void)user;
    double sum = -1;
    for (unsigned i = 0; i < n; i++) {
        sum += x[i];
        if (slope)
            slope[i] = 1;
    }
    return sum;
}

static void solve(rival *r)
{
    double x[PARTS], least;
    nlopt_opt opt = nlopt_create(NLOPT_LD_SLSQP, (unsigned)r->count);
    nlopt_set_min_objective(opt, objective, r);
    nlopt_set_lower_bounds1(opt, 0);
    nlopt_set_upper_bounds1(opt, 1);
    nlopt_add_equality_constraint(opt, one_whole, NULL, 1e-9);
    nlopt_set_ftol_abs(opt, 1e-6);
    nlopt_set_maxeval(opt, 100);
    for (int i = 0; i < r->count; i++)
        x[i] = 1.0 / r->count;
    if (nlopt_optimize(opt, x, &least) > 0)
        r->best = fmin(r->best, sqrt(least));
    nlopt_destroy(opt);
}

/* Every twentieth of the sets of one size. */
static void solve_sets(rival *r, int at, int from, long *index)
{
    if (at == r->count || at == PARTS) {
        if ((*index)++ % STRIDE == 0)
            solve(r);
        return;
    }
    for (r->set[at] = from; r->set[at] < (int)r->s->palette.count; r->set[at]++)
        solve_sets(r, at + 1, r->set[at] + 1, index);
}

static void print_rival(const shelf *s, double ours)
{
    rival r = {.s = s, .best = INFINITY};
    long index = 0;
    for (int v = 0; v < LAMPS; v++)
        r.target[v] = tns_lab_from_spectrum(&s->request.target, &s->viewings[v]);
    double started = processor_seconds();
    for (r.count = 1; r.count <= PARTS; r.count++)
        solve_sets(&r, 0, 0, &index);
    double theirs = STRIDE * (processor_seconds() - started);
    printf("; NLopt SLSQP, once each, about %.1f s; ratio %.0f\n", theirs, theirs / ours);
}
#else
static void print_rival(const shelf *s, double ours)
{
    (void)s;
    (void)ours;
    printf("; NLopt: SKIPPED, it is not there (libnlopt-dev)\n");
}
#endif

int main(void)
{
    static const int sizes[] = {12, 24, 48};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        static shelf s;
        tns_search search;
        double best;
        fill(&s, sizes[i]);
        double ours = time_ours(&s, &search, &best);
        printf("real: top %d sets, 4 of %d: %.3f s, %llu sets, %llu descents, best %.4f", TOP,
               sizes[i], ours, (unsigned long long)search.recipes,
               (unsigned long long)search.evaluated, best);
        print_rival(&s, ours);
    }
    return EXIT_SUCCESS;
}
