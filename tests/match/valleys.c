/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Real amounts against another way to find them: GSL's simplex (Nelder, Mead, Comput. J. 7, 308
 * (1965)) from many random places, on amounts and colors by the library's public functions alone.
 */
#include <stdlib.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_multimin.h>

#include <tonsure/difference.h>

#include "shelf.h"

enum { PIGMENTS = 5, PARTS = 3, PROBLEMS = 20, STARTS = 4, ROUNDS = 160, SETS_MAX = 1 << PIGMENTS };

enum { SHADE_MAX = 40 };

typedef struct trial {
    shelf s;
    tns_surface surface;
    tns_viewing viewings[2];
    tns_lab target[2];
    tns_match_request request;
    int set[PARTS], count;
} trial;

static bool is_film(const trial *t)
{
    return t->surface.kind == TNS_SURFACE_FILM;
}

/* Dark hair that rises to red; skin between two plateaus; a paint with one hump; a near mixture. */
static void draw_target(trial *t, int kind, uint64_t *state)
{
    double *R = t->request.target.value, amounts[SHELF_MAX] = {0}, K[TNS_BANDS], S[TNS_BANDS];
    double low = draw_between(state, 0.01, 0.08), rise = draw_between(state, 0.02, 0.6);
    double center = draw_between(state, 12, 26), width = draw_between(state, 2, 8);
    tns_error err;
    draw_curve(state, draw_between(state, 0.1, 0.9), R);
    for (int b = 0; b < TNS_BANDS && kind < 2; b++)
        R[b] = kind == 0 ? low + rise / 4 * (b / 36.0) * (b / 36.0)
                         : low + rise / (1 + exp((center - b) / width));
    if (kind < 3)
        return;
    for (int i = 0; i < PIGMENTS; i++)
        amounts[i] = draw(state);
    ck_assert(tns_mixture_coefficients(&t->s.palette, amounts, K, S, &err));
    t->request.target = tns_surface_reflectance(&t->surface, K, S);
}

static void start(trial *t, int round, uint64_t *state)
{
    tns_spectrum backing = tns_spectrum_constant(0);
    tns_error err;
    memset(t, 0, sizeof *t);
    fill_shelf(&t->s, PIGMENTS, true, TNS_BY_VOLUME, state);
    t->surface = tns_surface_opaque(&t->s.palette);
    draw_curve(state, 0.8, backing.value);
    if (round % 3 == 2)
        ck_assert(tns_surface_film(&t->s.palette, &backing, draw_between(state, 0.3, 2),
                                   &t->surface, &err));
    t->viewings[0] = viewing_of("D65/10");
    t->viewings[1] = viewing_of("A/10");
    t->request = (tns_match_request){.palette = &t->s.palette,
                                     .surfaces = &t->surface,
                                     .surface_count = 1,
                                     .viewings = t->viewings,
                                     .weights = {1, 0.25},
                                     .viewing_count = 2,
                                     .max_pigments = PARTS,
                                     .max_shade = SHADE_MAX,
                                     .continuous = true,
                                     .top = 8};
    draw_target(t, round % 4, state);
    for (int v = 0; v < 2; v++)
        t->target[v] = tns_lab_from_spectrum(&t->request.target, &t->viewings[v]);
}

/* Logarithms of the set's volumes; of a film the last unknown is the logit of the shade. */
static void amounts_at(const trial *t, const gsl_vector *x, double *amounts)
{
    double sum = 0, shade = 0;
    memset(amounts, 0, SHELF_MAX * sizeof *amounts);
    for (int i = 0; i < t->count; i++)
        sum += amounts[t->set[i]] = exp(fmin(gsl_vector_get(x, (size_t)i), 300));
    if (is_film(t))
        shade = SHADE_MAX / (1 + exp(-gsl_vector_get(x, (size_t)t->count)));
    amounts[PIGMENTS] = shade * sum;
}

static double objective(const gsl_vector *x, void *user)
{
    const trial *t = user;
    double amounts[SHELF_MAX], K[TNS_BANDS], S[TNS_BANDS], sum = 0;
    tns_error err;
    amounts_at(t, x, amounts);
    if (!tns_mixture_coefficients(&t->s.palette, amounts, K, S, &err))
        return 1e3;
    tns_spectrum seen = tns_surface_reflectance(&t->surface, K, S);
    for (int v = 0; v < 2; v++) {
        double de = tns_de00(t->target[v], tns_lab_from_spectrum(&seen, &t->viewings[v]));
        sum += t->request.weights[v] * de * de;
    }
    return sqrt(sum);
}

typedef struct found {
    unsigned set;
    double objective, least; /* the least share of a part in the liquid */
} found;

static double least_share(const trial *t, const gsl_vector *x)
{
    double amounts[SHELF_MAX], liquid = 0, least = INFINITY;
    amounts_at(t, x, amounts);
    for (int i = 0; i <= PIGMENTS; i++)
        liquid += amounts[i];
    for (int i = 0; i < t->count; i++)
        least = fmin(least, amounts[t->set[i]] / liquid);
    return least;
}

static void slide(trial *t, found *best, uint64_t *state)
{
    size_t n = (size_t)t->count + is_film(t);
    gsl_vector *x = gsl_vector_alloc(n), *step = gsl_vector_alloc(n);
    gsl_multimin_function f = {objective, n, t};
    gsl_multimin_fminimizer *m =
        gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, n);
    for (size_t i = 0; i < n; i++)
        gsl_vector_set(x, i, draw_between(state, -4, 4));
    gsl_vector_set_all(step, 1);
    gsl_multimin_fminimizer_set(m, &f, x, step);
    for (int i = 0; i < ROUNDS && gsl_multimin_fminimizer_size(m) > 1e-4; i++)
        if (gsl_multimin_fminimizer_iterate(m) != GSL_SUCCESS)
            break;
    if (m->fval < best->objective) {
        best->objective = m->fval;
        best->least = least_share(t, m->x);
    }
    gsl_multimin_fminimizer_free(m);
    gsl_vector_free(step);
    gsl_vector_free(x);
}

static found best_of_set(trial *t, unsigned set, uint64_t *state)
{
    found best = {set, INFINITY, 0};
    t->count = 0;
    for (int i = 0; i < PIGMENTS; i++)
        if (set >> i & 1)
            t->set[t->count++] = i;
    for (int k = 0; k < STARTS; k++)
        slide(t, &best, state);
    return best;
}

static int parts_of(unsigned set)
{
    int parts = 0;
    for (; set; set &= set - 1)
        parts++;
    return parts;
}

/* Well inside, and no part of it does as well. */
static bool counts(const found *all, size_t count, const found *one)
{
    for (size_t i = 0; i < count; i++)
        if (all[i].set != one->set && (all[i].set & ~one->set) == 0 &&
            all[i].objective <= one->objective)
            return false;
    return one->least > 0.005;
}

static int rising(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static size_t slide_everywhere(trial *t, double *best, uint64_t *state)
{
    found all[SETS_MAX];
    size_t count = 0, whole = 0;
    for (unsigned set = 1; set < SETS_MAX; set++)
        if (parts_of(set) <= PARTS)
            all[count++] = best_of_set(t, set, state);
    for (size_t i = 0; i < count; i++)
        if (counts(all, count, &all[i]))
            best[whole++] = all[i].objective;
    qsort(best, whole, sizeof *best, rising);
    return whole;
}

START_TEST(a_simplex_from_random_places_finds_no_better_list)
{
    uint64_t state = 307;
    gsl_set_error_handler_off();
    for (int round = 0; round < PROBLEMS; round++) {
        trial t;
        tns_error err;
        double best[SETS_MAX];
        start(&t, round, &state);
        size_t whole = slide_everywhere(&t, best, &state);
        tns_match *match = tns_match_solve(&t.request, NULL, &err);
        ck_assert_msg(match != NULL, "%s", err.text);
        for (size_t i = 0; i < whole && i < (size_t)t.request.top; i++) {
            ck_assert_msg(i < match->recipe_count, "problem %d: %zu found, %zu listed", round,
                          whole, match->recipe_count);
            ck_assert_msg(match->recipes[i].objective <= best[i] + 0.01,
                          "problem %d, place %zu: %.4f, simplex %.4f", round, i + 1,
                          match->recipes[i].objective, best[i]);
        }
        tns_match_destroy(match);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("valleys");
    TCase *tc = tcase_create("valleys");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, a_simplex_from_random_places_finds_no_better_list);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
