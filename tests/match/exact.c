/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list against brute force: every recipe by plain loops, all rated, sorted, no pruning. */
#include <stdlib.h>

#include <tonsure/difference.h>

#include "shelf.h"

enum { SURFACES = 64 };

typedef struct trial {
    shelf s;
    tns_surface surfaces[SURFACES];
    double surface_weights[SURFACES];
    tns_viewing viewings[3];
    int least[SHELF_MAX];   /* units of each pigment, 0 = one */
    double most[SHELF_MAX]; /* of the volume */
    int favor[SHELF_MAX];
    tns_match_request request;
} trial;

typedef struct rated {
    int units[SHELF_MAX]; /* of every pigment of the shelf */
    int shade, parts, favor;
    bool too_much; /* of something */
    double objective, cost;
} rated;

typedef struct brute {
    const trial *t;
    size_t count, room;
    rated *all;
} brute;

static double ml_of(const trial *t, int pigment)
{
    const tns_pigment *p = &t->s.pigments[pigment];
    switch (t->request.unit.kind) {
    case TNS_UNIT_ML:
        return t->request.unit.size;
    case TNS_UNIT_GRAM:
        return t->request.unit.size / p->density_g_ml;
    default:
        return p->drop_ml > 0 ? p->drop_ml : 0.04;
    }
}

/* Amounts by the basis, diluent last; fills the cost per ml too. */
static void pour(const trial *t, rated *r, double *amounts)
{
    int n = (int)t->s.palette.count - 1;
    double volume = 0, cost = 0;
    for (int i = 0; i <= n; i++) {
        double ml = i < n ? r->units[i] * ml_of(t, i) : r->shade * volume;
        const tns_pigment *p = &t->s.pigments[i];
        volume += ml;
        cost += ml * p->cost_per_ml;
        amounts[i] = t->s.palette.model.basis == TNS_BY_MASS ? ml * p->density_g_ml : ml;
    }
    r->cost = cost / volume;
    r->favor = 0;
    r->too_much = false;
    for (int i = 0; i <= n; i++) {
        double ml = i < n ? r->units[i] * ml_of(t, i) : volume * r->shade / (1 + r->shade);
        r->favor += t->request.favor && i < n && r->units[i] > 0 ? t->favor[i] : 0;
        r->too_much = r->too_much || (t->request.most_share && ml / volume > t->most[i] + 1e-9);
    }
}

/* Squared, of one spectrum; INFINITY where it is darker than allowed. */
static double rate_seen(const tns_match_request *q, const tns_spectrum *seen)
{
    double squared = 0;
    for (size_t v = 0; v < q->viewing_count; v++) {
        tns_lab lab = tns_lab_from_spectrum(seen, &q->viewings[v]);
        tns_lab target = tns_lab_from_spectrum(&q->target, &q->viewings[v]);
        double de = tns_de00(target, lab);
        squared += q->weights[v] * de * de;
        if (v == 0 && q->never_darker && lab.L < target.L - 1e-9)
            return INFINITY;
    }
    return squared;
}

static double weight_of(const tns_match_request *q, size_t s)
{
    return q->surface_weights ? q->surface_weights[s] : 1;
}

static double rate_blend(const tns_match_request *q, const double *K, const double *S)
{
    tns_spectrum sum = tns_spectrum_constant(0);
    double weights = 0;
    for (size_t s = 0; s < q->surface_count; s++) {
        tns_spectrum seen = tns_surface_reflectance(&q->surfaces[s], K, S);
        weights += weight_of(q, s);
        for (int b = 0; b < TNS_BANDS; b++)
            sum.value[b] += weight_of(q, s) * seen.value[b];
    }
    for (int b = 0; b < TNS_BANDS; b++)
        sum.value[b] /= weights;
    return sqrt(rate_seen(q, &sum));
}

static double rate(const trial *t, const double *amounts)
{
    const tns_match_request *q = &t->request;
    double K[TNS_BANDS], S[TNS_BANDS], total = 0, most = 0, weights = 0;
    tns_error err;
    ck_assert(tns_mixture_coefficients(q->palette, amounts, K, S, &err));
    if (q->reducer == TNS_REDUCE_BLEND)
        return rate_blend(q, K, S);
    for (size_t s = 0; s < q->surface_count; s++) {
        tns_spectrum seen = tns_surface_reflectance(&q->surfaces[s], K, S);
        double squared = rate_seen(q, &seen), weight = weight_of(q, s);
        total += weight * squared;
        weights += weight;
        most = fmax(most, squared);
    }
    return sqrt(q->reducer == TNS_REDUCE_MAX ? most : total / weights);
}

static void keep(brute *all, rated *r)
{
    double amounts[SHELF_MAX];
    const tns_match_request *q = &all->t->request;
    pour(all->t, r, amounts);
    if ((q->max_cost > 0 && r->cost > q->max_cost) || r->too_much)
        return;
    r->objective = rate(all->t, amounts);
    if (isinf(r->objective))
        return;
    if (all->count == all->room) {
        all->room = 2 * all->room + 256;
        all->all = realloc(all->all, all->room * sizeof *all->all);
        ck_assert(all->all != NULL);
    }
    all->all[all->count++] = *r;
}

static void pour_all(brute *all, rated *r, int at, int left)
{
    const tns_match_request *q = &all->t->request;
    int n = (int)q->palette->count - 1;
    if (at < n) {
        for (r->units[at] = 0; r->units[at] <= left; r->units[at]++)
            pour_all(all, r, at + 1, left - r->units[at]);
        r->units[at] = 0;
        return;
    }
    r->parts = 0;
    for (int i = 0; i < n; i++)
        r->parts += r->units[i] > 0;
    if (!is_listed(r->units, all->t->least, n, q->exactly) || (q->exactly && left > 0) ||
        r->parts > q->max_pigments)
        return;
    bool film = q->surfaces[0].kind == TNS_SURFACE_FILM;
    for (r->shade = 0; r->shade <= (film ? q->max_shade : 0); r->shade++)
        keep(all, r);
}

/* Lexicographic in the indices of the pigments present, then in their units, then the shade. */
static int by_content(const rated *a, const rated *b)
{
    int ia = 0, ib = 0, units = 0;
    for (int part = 0; part < a->parts; part++, ia++, ib++) {
        while (!a->units[ia])
            ia++;
        while (!b->units[ib])
            ib++;
        if (ia != ib)
            return ia - ib;
        if (units == 0)
            units = a->units[ia] - b->units[ib];
    }
    return units ? units : a->shade - b->shade;
}

static int in_order(const void *left, const void *right)
{
    const rated *a = left, *b = right;
    double oa = round(a->objective * 1e9), ob = round(b->objective * 1e9);
    if (oa != ob)
        return oa < ob ? -1 : 1;
    if (a->favor != b->favor)
        return a->favor - b->favor;
    if (fabs(a->cost - b->cost) > 1e-12)
        return a->cost < b->cost ? -1 : 1;
    return a->parts != b->parts ? a->parts - b->parts : by_content(a, b);
}

static bool same_recipe(const rated *r, const tns_recipe *found)
{
    int units[SHELF_MAX] = {0};
    for (size_t i = 0; i < found->part_count; i++)
        units[found->parts[i].pigment] = found->parts[i].units;
    return memcmp(units, r->units, sizeof units) == 0 && found->shade == r->shade;
}

/* A smooth curve, or a mixture of the shelf on the surface, shifted a little or not at all. */
static tns_spectrum draw_target(const trial *t, uint64_t *state)
{
    tns_spectrum target = tns_spectrum_constant(0);
    if (draw(state) < 0.3) {
        draw_curve(state, 0.6, target.value);
        return target;
    }
    double amounts[SHELF_MAX] = {0}, K[TNS_BANDS], S[TNS_BANDS];
    for (size_t i = 0; i < t->s.palette.count; i++)
        amounts[i] = draw_int(state, 0, 3);
    amounts[0] += 1;
    tns_error err;
    ck_assert(tns_mixture_coefficients(&t->s.palette, amounts, K, S, &err));
    target = tns_surface_reflectance(&t->surfaces[0], K, S);
    double shift = draw(state) < 0.3 ? 0 : draw_between(state, -0.03, 0.06);
    for (int b = 0; b < TNS_BANDS; b++)
        target.value[b] = fmax(0.001, target.value[b] + shift * target.value[b]);
    return target;
}

static void draw_surfaces(trial *t, bool film, uint64_t *state)
{
    tns_match_request *q = &t->request;
    q->reducer = (tns_reducer)draw_int(state, TNS_REDUCE_MEAN, TNS_REDUCE_BLEND);
    bool many = q->reducer == TNS_REDUCE_BLEND && draw(state) < 0.06;
    q->surface_count = film ? (size_t)draw_int(state, 1, many ? SURFACES : 3) : 1;
    for (size_t i = 0; i < q->surface_count; i++) {
        tns_spectrum backing = tns_spectrum_constant(0);
        tns_error err;
        draw_curve(state, 0.7, backing.value);
        t->surface_weights[i] = draw_between(state, 0.1, 2);
        t->surfaces[i] = tns_surface_opaque(&t->s.palette);
        if (film)
            ck_assert(tns_surface_film(&t->s.palette, &backing, draw_between(state, 0.1, 3),
                                       &t->surfaces[i], &err));
        for (int b = 0; b < TNS_BANDS && film && i % 3 == 2; b++) {
            t->surfaces[i].host_S[b] = 0.4;
            t->surfaces[i].host_K[b] = 0.1;
            t->surfaces[i].over_R[b] = 0.05;
            t->surfaces[i].over_T2[b] = 0.8;
            t->surfaces[i].over_Rb[b] = 0.05;
        }
    }
    q->surfaces = t->surfaces;
    q->surface_weights = draw(state) < 0.5 ? t->surface_weights : NULL;
}

static void draw_trial(trial *t, uint64_t *state)
{
    static const char *const lamps[] = {"D65/10", "A/10", "F11/2"};
    bool film = draw(state) < 0.6;
    memset(t, 0, sizeof *t);
    fill_shelf(&t->s, draw_int(state, 1, film ? 4 : 5), true,
               draw(state) < 0.5 ? TNS_BY_VOLUME : TNS_BY_MASS, state);
    if (draw(state) < 0.5)
        vary_drops(&t->s, state);
    if (draw(state) < 0.5) {
        t->s.palette.model.k1 = 0.04;
        t->s.palette.model.k2 = 0.5;
    }
    tns_match_request *q = &t->request;
    q->palette = &t->s.palette;
    draw_surfaces(t, film, state);
    q->viewings = t->viewings;
    q->viewing_count = (size_t)draw_int(state, 1, 3);
    for (size_t v = 0; v < q->viewing_count; v++) {
        t->viewings[v] = viewing_of(lamps[v]);
        q->weights[v] = v > 0 && draw(state) < 0.2 ? 0 : draw_between(state, 0.1, 1);
    }
    q->max_pigments = draw_int(state, 1, 5);
    q->max_units = draw_int(state, 3, film ? 6 : 12);
    q->exactly = draw(state) < 0.25;
    q->max_shade = draw(state) < 0.15 ? 40 : draw_int(state, 0, 8);
    q->undiluted = q->max_shade == 0;
    q->top = draw_int(state, 1, 12);
    q->never_darker = draw(state) < 0.25;
    static const tns_unit units[] = {
        {TNS_UNIT_DROP, 0}, {TNS_UNIT_ML, 0.05}, {TNS_UNIT_GRAM, 0.01}};
    q->unit = units[draw_int(state, 0, 2)];
    if (draw(state) < 0.3)
        q->max_cost = draw_between(state, 0.2, 2);
    q->least_units = t->least;
    for (size_t i = 0; i + 1 < t->s.palette.count; i++)
        t->least[i] = draw(state) < 0.3 ? draw_int(state, 2, 3) : draw_int(state, 0, 1);
    q->target = draw_target(t, state);
    q->most_share = draw(state) < 0.3 ? t->most : NULL;
    q->favor = draw(state) < 0.5 ? t->favor : NULL;
    for (size_t i = 0; i < t->s.palette.count; i++) {
        t->most[i] = draw_between(state, 0.05, 1.2);
        t->favor[i] = draw_int(state, 0, 3);
    }
}

static void compare(int round, const tns_match_request *q, const brute *all, const tns_match *match)
{
    size_t expected = all->count < (size_t)q->top ? all->count : (size_t)q->top;
    ck_assert_msg(match->recipe_count == expected, "problem %d: expected %zu recipes, found %zu",
                  round, expected, match->recipe_count);
    for (size_t i = 0; i < expected; i++) {
        const tns_recipe *found = &match->recipes[i];
        /* the same sums in another order: rounding, times the slope of dE00 near 0 */
        ck_assert_msg(fabs(found->objective - all->all[i].objective) < 2e-9,
                      "problem %d, rank %zu: expected %.12g, found %.12g", round, i + 1,
                      all->all[i].objective, found->objective);
        ck_assert_msg(same_recipe(&all->all[i], found), "problem %d, rank %zu: another recipe",
                      round, i + 1);
        ck_assert_msg(found->rounding_loss >= 0, "problem %d, rank %zu: rounding gains %g", round,
                      i + 1, -found->rounding_loss);
        ck_assert(match->best_possible.objective <= found->objective);
    }
    if (!q->never_darker && q->max_cost == 0 && !q->most_share)
        ck_assert_msg(match->search.recipes == all->count, "problem %d: %zu recipes, counted %zu",
                      round, all->count, (size_t)match->search.recipes);
    ck_assert(match->search.evaluated <= match->search.recipes);
}

START_TEST(of_equal_recipes_the_favored_go_first)
{
    uint64_t state = 7;
    trial *t = calloc(1, sizeof *t);
    ck_assert(t != NULL);
    fill_shelf(&t->s, 2, true, TNS_BY_VOLUME, &state);
    t->s.pigments[1] = t->s.pigments[0]; /* the same ink from another maker */
    tns_match_request *q = &t->request;
    q->palette = &t->s.palette;
    draw_surfaces(t, true, &state);
    q->viewings = t->viewings;
    q->viewing_count = 1;
    t->viewings[0] = viewing_of("D65/10");
    q->weights[0] = 1;
    q->max_pigments = 1;
    q->max_units = 1;
    q->max_shade = 4;
    q->top = 10;
    q->target = draw_target(t, &state);
    for (int favored = 0; favored < 2; favored++) {
        tns_error err;
        t->favor[0] = favored;
        q->favor = t->favor;
        tns_match *match = tns_match_solve(q, NULL, &err);
        ck_assert_msg(match != NULL, "%s", err.text);
        ck_assert_uint_eq(match->recipe_count, 10);
        for (size_t i = 0; i < 10; i++)
            ck_assert_int_eq(match->recipes[i].parts[0].pigment, ((int)i + favored) % 2);
        tns_match_destroy(match);
    }
    free(t);
}
END_TEST

START_TEST(the_list_is_that_of_brute_force)
{
    enum { PROBLEMS = 250 };
    uint64_t state = 20261122, evaluated = 0, recipes = 0;
    trial *t = malloc(sizeof *t);
    ck_assert(t != NULL);
    for (int round = 0; round < PROBLEMS; round++) {
        draw_trial(t, &state);
        brute all = {.t = t};
        rated start = {.shade = 0};
        tns_error err = {0};
        pour_all(&all, &start, 0, t->request.max_units);
        if (all.count)
            qsort(all.all, all.count, sizeof *all.all, in_order);
        tns_match *match = tns_match_solve(&t->request, NULL, &err);
        if (all.count == 0) {
            ck_assert_msg(!match && err.code == TNS_ERROR_NO_RECIPE, "problem %d", round);
        } else {
            ck_assert_msg(match != NULL, "problem %d: %s", round, err.text);
            compare(round, &t->request, &all, match);
            evaluated += match->search.evaluated;
            recipes += match->search.recipes;
        }
        tns_match_destroy(match);
        free(all.all);
    }
    free(t);
    ck_assert_msg(evaluated < recipes / 2, "pruned too little: %g of %g", (double)evaluated,
                  (double)recipes);
}
END_TEST

static void same_lists(int round, int threads, const tns_match *one, const tns_match *many)
{
    ck_assert_int_eq(many->search.threads, threads);
    ck_assert_msg(one->recipe_count == many->recipe_count, "problem %d, %d threads: %zu and %zu",
                  round, threads, one->recipe_count, many->recipe_count);
    for (size_t i = 0; i < one->recipe_count; i++) {
        const tns_recipe *a = &one->recipes[i], *b = &many->recipes[i];
        bool same = a->part_count == b->part_count && a->shade == b->shade &&
                    a->objective == b->objective && a->cost == b->cost &&
                    a->rounding_loss == b->rounding_loss;
        for (size_t p = 0; same && p < a->part_count; p++)
            same = a->parts[p].pigment == b->parts[p].pigment &&
                   a->parts[p].units == b->parts[p].units;
        ck_assert_msg(same, "problem %d, %d threads: rank %zu differs", round, threads, i + 1);
    }
    ck_assert(one->best_possible.objective == many->best_possible.objective);
}

START_TEST(the_list_is_the_same_with_one_thread_and_more)
{
    enum { PROBLEMS = 200 };
    uint64_t state = 3;
    trial *t = malloc(sizeof *t);
    ck_assert(t != NULL);
    for (int round = 0; round < PROBLEMS; round++) {
        draw_trial(t, &state);
        tns_match *match[2] = {NULL};
        for (int i = 0; i < 2; i++) {
            tns_error err = {0};
            t->request.threads = i == 0 ? 1 : 2 + round % 2;
            match[i] = tns_match_solve(&t->request, NULL, &err);
            ck_assert_msg(match[i] || err.code == TNS_ERROR_NO_RECIPE, "%s", err.text);
        }
        ck_assert(!match[0] == !match[1]);
        if (match[0])
            same_lists(round, t->request.threads, match[0], match[1]);
        tns_match_destroy(match[0]);
        tns_match_destroy(match[1]);
    }
    free(t);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exact");
    TCase *tc = tcase_create("exact");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, the_list_is_that_of_brute_force);
    tcase_add_test(tc, of_equal_recipes_the_favored_go_first);
    tcase_add_test(tc, the_list_is_the_same_with_one_thread_and_more);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
