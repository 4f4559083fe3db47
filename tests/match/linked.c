/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include <tonsure/difference.h>

#include "match/bound/linked_opaque.h"
#include "match/bound/linked_reach.h"
#include "match/search/exact.h"
#include "shelf.h"

typedef struct trial {
    shelf s;
    tns_surface surface;
    tns_viewing viewings[2];
    tns_match_request request;
    tns_goal goal;
    tns_screen_surface screen;
    tns_screen_eye eye;
    tns_linked_surface linked;
    tns_opaque_surface layer;
    tns_linked_eye near;
} trial;

static void cover(tns_surface *surface, uint64_t *state)
{
    surface->outer = (tns_saunderson){draw_between(state, 0, 0.06), draw_between(state, 0, 0.7),
                                      draw(state) < 0.5};
    for (int b = 0; b < TNS_BANDS; b++) {
        surface->over_R[b] = draw_between(state, 0, 0.1);
        surface->over_T2[b] = draw_between(state, 0.3, 0.8);
        surface->over_Rb[b] = draw_between(state, 0, 0.2);
    }
}

/* A film, or an opaque layer. */
static void start(trial *t, bool opaque, uint64_t *state)
{
    tns_error err;
    memset(t, 0, sizeof *t);
    fill_shelf(&t->s, 5, true, TNS_BY_VOLUME, state);
    for (int i = 0; i < 6 && draw(state) < 0.3; i++)
        for (int b = 0; b < TNS_BANDS; b++) {
            t->s.pigments[i].K[b] *= draw(state) < 0.1 ? 0 : 1;
            t->s.pigments[i].S[b] *= draw(state) < 0.1 ? 0 : 1;
        }
    tns_spectrum backing = tns_spectrum_constant(0);
    draw_curve(state, draw_between(state, 0.1, 0.95), backing.value);
    if (opaque)
        t->surface = tns_surface_opaque(&t->s.palette);
    else
        ck_assert(tns_surface_film(&t->s.palette, &backing, exp(draw_between(state, -3, 2)),
                                   &t->surface, &err));
    if (draw(state) < 0.3)
        cover(&t->surface, state);
    t->viewings[0] = viewing_of("D65/10");
    t->viewings[1] = viewing_of("F11/2");
    t->request = (tns_match_request){.palette = &t->s.palette,
                                     .surfaces = &t->surface,
                                     .surface_count = 1,
                                     .viewings = t->viewings,
                                     .weights = {1, draw(state) < 0.3 ? 0 : 0.5},
                                     .viewing_count = 2};
    tns_screen_surface_set(&t->screen, &t->surface);
    if (opaque)
        tns_opaque_surface_set(&t->layer, &t->screen);
    else
        tns_linked_surface_set(&t->linked, &t->screen);
    for (int v = 0; v < 2; v++)
        tns_screen_eye_add(&t->eye, &t->viewings[v]);
}

static void draw_mixture(const trial *t, uint64_t *state, tns_coefficients *out)
{
    double amounts[6];
    tns_error err;
    for (int i = 0; i < 6; i++)
        amounts[i] = draw(state) < 0.3 ? 0 : exp(draw_between(state, -3, 3));
    amounts[draw_int(state, 0, 4)] += 0.1;
    ck_assert(tns_mixture_coefficients(&t->s.palette, amounts, out->K, out->S, &err));
}

/* Some mixtures around the first, so near. */
static size_t draw_points(const trial *t, double near, uint64_t *state, tns_coefficients points[6])
{
    size_t count = (size_t)draw_int(state, 1, 6);
    for (size_t i = 0; i < count; i++) {
        draw_mixture(t, state, &points[i]);
        for (int b = 0; b < TNS_BANDS; b++) {
            points[i].K[b] = points[0].K[b] + near * (points[i].K[b] - points[0].K[b]);
            points[i].S[b] = points[0].S[b] + near * (points[i].S[b] - points[0].S[b]);
        }
    }
    return count;
}

static void mix_points(const tns_coefficients *points, size_t count, uint64_t *state,
                       tns_coefficients *out)
{
    double weights = 0;
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < count; i++) {
        double weight = draw(state) < 0.2 && weights > 0 ? 0 : exp(draw_between(state, -4, 4));
        weights += weight;
        for (int b = 0; b < TNS_BANDS; b++) {
            out->K[b] += weight * points[i].K[b];
            out->S[b] += weight * points[i].S[b];
        }
    }
    for (int b = 0; b < TNS_BANDS; b++) {
        out->K[b] /= weights;
        out->S[b] /= weights;
    }
}

/* The target is what one more mixture looks like, from near the others to anywhere. */
static void aim(trial *t, const tns_coefficients *points, size_t count, uint64_t *state)
{
    tns_coefficients other, mix;
    double away = draw(state) < 0.7 ? exp(draw_between(state, -6, 0)) : draw(state);
    tns_error err;
    draw_mixture(t, state, &other);
    mix_points(points, count, state, &mix);
    for (int b = 0; b < TNS_BANDS; b++) {
        mix.K[b] += away * (other.K[b] - mix.K[b]);
        mix.S[b] += away * (other.S[b] - mix.S[b]);
    }
    t->request.target = tns_surface_reflectance(&t->surface, mix.K, mix.S);
    ck_assert(tns_goal_init(&t->goal, &t->request, &err));
}

static const tns_ink NOTHING = {.amount = 0};

/* The corners as sums of two inks, or of one and nothing. */
static void to_corners(const tns_coefficients *points, size_t count, uint64_t *state,
                       tns_ink inks[6], tns_corner corners[6])
{
    for (size_t i = 0; i < count; i++) {
        tns_mix mix = {.amount = exp(draw_between(state, -3, 3))};
        int n = draw_int(state, 0, 3);
        for (int b = 0; b < TNS_BANDS; b++) {
            mix.K[b] = mix.amount * points[i].K[b];
            mix.S[b] = mix.amount * points[i].S[b];
        }
        tns_ink_set(&inks[i], &mix);
        corners[i] = (tns_corner){n ? &NOTHING : &inks[i], &inks[i], (float)n};
    }
}

static bool apart(const trial *t, const tns_coefficients *points, size_t count, tns_isa isa,
                  uint64_t state, double objective)
{
    tns_ink inks[6];
    tns_corner corners[6];
    tns_screen_reach reach;
    static tns_screen_films films;
    const tns_screen_sight sight = {.count = 1, .surfaces = &t->screen};
    to_corners(points, count, &state, inks, corners);
    TNS_KERNELS_FOR(tns_screen_kernels, isa)
        ->reach(&sight, &t->eye, corners, (int)count, &films, &reach);
    float radius = tns_linked_radius(&t->near, objective);
    if (!isfinite(radius))
        return false;
    return t->screen.opaque ? TNS_KERNELS_FOR(tns_opaque_kernels, isa)
                                  ->apart(&t->layer, &t->near, corners, &films, radius)
                            : TNS_KERNELS_FOR(tns_linked_kernels, isa)
                                  ->apart(&t->linked, &t->near, &films, radius);
}

START_TEST(no_mixture_of_what_is_shown_to_be_apart_is_near)
{
    enum { ROUNDS = 400, MIXTURES = 12 };
    uint64_t state = 71;
    trial *t = malloc(sizeof *t);
    int close[2] = {0}, shown[2] = {0};
    ck_assert(t != NULL);
    for (int round = 0; round < ROUNDS; round++) {
        tns_coefficients points[6], mix;
        double near = exp(draw_between(&state, -5, 0)), least = INFINITY;
        start(t, round % 2, &state);
        size_t count = draw_points(t, near, &state, points);
        aim(t, points, count, &state);
        tns_isa isa = (tns_isa)draw_int(&state, 0, (int)tns_cpu_isa());
        for (int i = 0; i < MIXTURES; i++) {
            mix_points(points, count, &state, &mix);
            least = fmin(least, tns_goal_value(&t->goal, &mix, INFINITY));
        }
        tns_linked_eye_set(&t->near, &t->goal, least * exp(draw_between(&state, 0, 1)),
                           (tns_linked_detail){24, 40});
        ck_assert_msg(!apart(t, points, count, isa, state, least * (1 + 1e-9)),
                      "round %d: a mixture is at %.9g", round, least);
        if (near < 0.05 && t->near.viewings > 0) {
            close[round % 2]++;
            shown[round % 2] += apart(t, points, count, isa, state, least / 2);
        }
        tns_goal_finish(&t->goal);
    }
    free(t);
    /* and it says something: most pieces so small are ruled out when twice as far */
    for (int i = 0; i < 2; i++)
        ck_assert_msg(close[i] > 30 && shown[i] > 0.5 * close[i], "%s: %d of %d",
                      i ? "opaque" : "film", shown[i], close[i]);
}
END_TEST

/* n y of a spectrum. */
static double along(const tns_linked_eye *eye, const trial *t, const tns_spectrum *seen,
                    const float n[TNS_LINKED_LANES])
{
    double sum = 0;
    for (int v = 0; v < eye->viewings; v++) {
        tns_lab lab = tns_lab_from_spectrum(seen, &t->viewings[v]);
        double d[3] = {lab.L + 16, lab.a, lab.b};
        for (int i = 0; i < 3; i++)
            for (int k = i; k < 3; k++)
                sum += n[3 * v + i] * eye->U[v][i][k] * (d[k] - eye->target[v][k]);
    }
    return sum;
}

static void draw_direction(const tns_linked_eye *eye, uint64_t *state, float n[TNS_LINKED_LANES])
{
    double square = 0;
    memset(n, 0, TNS_LINKED_LANES * sizeof *n);
    for (int i = 0; i < 3 * eye->viewings; i++) {
        n[i] = (float)draw_between(state, -1, 1);
        square += n[i] * n[i];
    }
    for (int i = 0; i < 3 * eye->viewings; i++)
        n[i] /= (float)sqrt(square);
}

static double squared_objective(const trial *t, const tns_spectrum *seen)
{
    double sum = 0;
    for (size_t v = 0; v < 2; v++) {
        double de = tns_de00(t->goal.target[v], tns_lab_from_spectrum(seen, &t->viewings[v]));
        sum += t->goal.weights[v] * de * de;
    }
    return sum;
}

START_TEST(what_is_near_the_target_is_within_its_reach)
{
    enum { ROUNDS = 24, SPECTRA = 400, DIRECTIONS = 6 };
    uint64_t state = 73;
    trial *t = malloc(sizeof *t);
    int eyes = 0;
    double farthest = 0;
    ck_assert(t != NULL);
    for (int round = 0; round < ROUNDS; round++) {
        tns_coefficients at;
        double most = exp(draw_between(&state, -2, 2.7));
        start(t, round % 2, &state);
        draw_mixture(t, &state, &at);
        aim(t, &at, 1, &state);
        tns_linked_eye_set(&t->near, &t->goal, most,
                           round % 8 ? (tns_linked_detail){24, 32} : (tns_linked_detail){48, 512});
        eyes += t->near.viewings > 0;
        for (int i = 0; i < SPECTRA && t->near.viewings > 0; i++) {
            tns_spectrum seen = t->request.target, other = tns_spectrum_constant(0);
            double by = exp(draw_between(&state, -6, 0));
            draw_curve(&state, 1, other.value);
            for (int b = 0; b < TNS_BANDS; b++)
                seen.value[b] += by * (other.value[b] - seen.value[b]);
            double objective = sqrt(squared_objective(t, &seen));
            if (objective > most)
                continue;
            float radius = tns_linked_radius(&t->near, objective);
            for (int k = 0; k < DIRECTIONS; k++) {
                float n[TNS_LINKED_LANES];
                draw_direction(&t->near, &state, n);
                double far = along(&t->near, t, &seen, n),
                       reach = tns_linked_reach(&t->near, n, radius);
                ck_assert_msg(far <= reach, "round %d: %g beyond %g", round, far, reach);
                farthest = objective > most / 2 ? fmax(farthest, far / reach) : farthest;
            }
        }
        tns_goal_finish(&t->goal);
    }
    free(t);
    /* and that is not much farther than it must be */
    ck_assert_msg(eyes > 0.9 * ROUNDS && farthest > 0.9, "%d eyes, %g", eyes, farthest);
}
END_TEST

START_TEST(every_instruction_set_shows_the_same_to_be_apart)
{
    enum { ROUNDS = 64, RADII = 8 };
    uint64_t state = 79;
    trial *t = malloc(sizeof *t);
    int yes[2] = {0}, no[2] = {0};
    ck_assert(t != NULL);
    for (int round = 0; round < ROUNDS; round++) {
        tns_coefficients points[6];
        start(t, round % 2, &state);
        size_t count = draw_points(t, exp(draw_between(&state, -5, 0)), &state, points);
        aim(t, points, count, &state);
        tns_linked_eye_set(&t->near, &t->goal, 8, (tns_linked_detail){24, 16});
        for (int i = 0; i < RADII; i++) {
            double objective = 8 * exp(-draw_between(&state, 0, 4));
            bool plain = apart(t, points, count, TNS_ISA_PLAIN, state, objective);
            for (tns_isa isa = TNS_ISA_AVX2; isa <= tns_cpu_isa(); isa++)
                ck_assert_msg(apart(t, points, count, isa, state, objective) == plain,
                              "round %d: %s", round, tns_isa_name(isa));
            yes[round % 2] += plain;
            no[round % 2] += !plain;
        }
        tns_goal_finish(&t->goal);
    }
    free(t);
    for (int i = 0; i < 2; i++)
        ck_assert_msg(yes[i] > 30 && no[i] > 30, "%s: %d and %d", i ? "opaque" : "film", yes[i],
                      no[i]);
}
END_TEST

typedef struct search {
    tns_problem problem;
    tns_bound bound;
    tns_support *supports;
    size_t support_count;
    tns_toplist list;
} search;

static void begin_search(search *s, const tns_match_request *request)
{
    tns_error err;
    ck_assert(tns_problem_init(&s->problem, request, &err));
    s->supports = tns_supports_list(&s->problem, &s->support_count, &err);
    ck_assert(s->supports && tns_toplist_init(&s->list, s->problem.top, &err));
}

static void end_search(search *s)
{
    tns_toplist_finish(&s->list);
    free(s->supports);
    tns_problem_finish(&s->problem);
}

/* With the bound or without it, and with the list's last as known. */
static void run_search(search *s, double enough, bool linked, unsigned patience)
{
    uint64_t evaluated;
    tns_error err;
    ck_assert(tns_bound_init(&s->bound, &s->problem.goal, enough,
                             linked ? TNS_CHROMATIC_CELLS : TNS_CHROMATIC_CELLS / 4, tns_cpu_isa(),
                             &err));
    ck_assert(linked == (s->bound.linked != NULL));
    s->bound.stage[0].patience = 0;
    s->bound.stage[1].patience = patience;
    tns_exact_job job = {&s->problem, &s->bound, s->supports, s->support_count, enough, 1};
    ck_assert(tns_exact_search(&job, NULL, &s->list, &evaluated, &err));
    tns_bound_finish(&s->bound);
}

START_TEST(a_search_by_linked_bands_loses_no_recipe)
{
    enum { PROBLEMS = 12 };
    uint64_t state = 83;
    trial *t = malloc(sizeof *t);
    ck_assert(t != NULL);
    for (int round = 0; round < PROBLEMS; round++) {
        tns_coefficients at;
        search plain = {0}, linked = {0};
        start(t, round % 2, &state);
        tns_match_request *q = &t->request;
        draw_mixture(t, &state, &at);
        q->target = tns_surface_reflectance(&t->surface, at.K, at.S);
        q->max_pigments = draw_int(&state, 2, 4);
        q->max_units = draw_int(&state, 5, 12);
        q->exactly = draw(&state) < 0.3;
        q->max_shade = draw_int(&state, 0, 20);
        q->undiluted = q->max_shade == 0;
        q->threads = 1;
        q->top = draw_int(&state, 1, 10);
        begin_search(&plain, q);
        begin_search(&linked, q);
        run_search(&plain, INFINITY, false, 0);
        run_search(&linked, tns_toplist_worst(&plain.list) * (1 + draw(&state)) + 1e-6, true,
                   round % 3 ? 1000 : 0);
        ck_assert_msg(plain.list.count == linked.list.count, "problem %d", round);
        for (size_t i = 0; i < plain.list.count; i++)
            ck_assert_msg(memcmp(&plain.list.picks[i], &linked.list.picks[i],
                                 sizeof plain.list.picks[i]) == 0,
                          "problem %d: rank %zu differs", round, i + 1);
        end_search(&plain);
        end_search(&linked);
    }
    free(t);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("linked");
    TCase *tc = tcase_create("linked");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, no_mixture_of_what_is_shown_to_be_apart_is_near);
    tcase_add_test(tc, what_is_near_the_target_is_within_its_reach);
    tcase_add_test(tc, every_instruction_set_shows_the_same_to_be_apart);
    tcase_add_test(tc, a_search_by_linked_bands_loses_no_recipe);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
