/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <tonsure/appraise.h>
#include <tonsure/difference.h>

#include "match/odds/choices.h"
#include "shelf.h"

/* ---- choices ---- */

enum { LISTED = 6 };

static tns_recipe listed(int pigments, double L, double metamerism, double cost, double p95)
{
    tns_recipe r = {.part_count = (size_t)pigments, .metamerism = metamerism, .cost = cost};
    for (int i = 0; i < pigments; i++)
        r.parts[i].pigment = i;
    r.color[0].lab.L = L;
    r.de00[0] = fabs(L - 50);
    r.odds.de00_p95 = p95;
    return r;
}

START_TEST(a_recipe_alike_a_better_one_of_the_same_pigments_is_not_distinct)
{
    tns_recipe recipes[LISTED] = {
        listed(2, 50, 0, 0, 0),   listed(2, 50.2, 0, 0, 0), listed(3, 50.2, 0, 0, 0),
        listed(2, 50.4, 0, 0, 0), listed(2, 50.6, 0, 0, 0), listed(3, 50.1, 0, 0, 0),
    };
    /* the second is like the first; the fourth is not, and the fifth is like the fourth */
    static const bool expected[LISTED] = {true, false, true, true, false, false};
    tns_match match = {.recipe_count = LISTED, .recipes = recipes};
    tns_choices_mark_distinct(&match);
    for (int i = 0; i < LISTED; i++)
        ck_assert_msg(recipes[i].distinct == expected[i], "recipe %d", i + 1);
}
END_TEST

START_TEST(each_choice_is_the_best_by_its_own_measure)
{
    tns_recipe recipes[LISTED] = {
        listed(4, 50.0, 0.9, 0, 3.0),   listed(3, 50.3, 0.4, 2.0, 2.5),
        listed(2, 50.9, 0.6, 1.5, 2.5), listed(2, 51.0, 0.7, 0, 2.0),
        listed(3, 51.4, 0.2, 1.2, 4.0), listed(4, 52.0, 0.2, 1.2, 5.0),
    };
    tns_match match = {.recipe_count = LISTED, .recipes = recipes};
    tns_choices_make(&match, true);
    const tns_choices *c = &match.choices;
    ck_assert(c->made && c->has_metamerism && c->has_cost);
    ck_assert_uint_eq(c->closest, 0);
    ck_assert_uint_eq(c->surest, 3);
    ck_assert_uint_eq(c->simplest, 2);
    ck_assert_uint_eq(c->least_metameric, 4); /* the first of equals */
    ck_assert_uint_eq(c->cheapest, 4);
    for (int i = 0; i < LISTED; i++)
        recipes[i].cost = 0;
    tns_choices_make(&match, false);
    ck_assert(!c->has_metamerism && !c->has_cost);
}
END_TEST

/* ---- a match ---- */

typedef struct trial {
    shelf s;
    tns_surface surface;
    tns_viewing viewings[2];
    tns_match_request request;
} trial;

static void start(trial *t, bool film)
{
    uint64_t seed = 4;
    tns_error err;
    tns_spectrum skin = tns_spectrum_constant(0.4);
    memset(t, 0, sizeof *t);
    fill_shelf(&t->s, 4, true, TNS_BY_VOLUME, &seed);
    for (int i = 0; i < 4; i++)
        t->s.pigments[i].drop_ml = 0.04;
    t->surface = tns_surface_opaque(&t->s.palette);
    if (film)
        ck_assert(tns_surface_film(&t->s.palette, &skin, 1, &t->surface, &err));
    t->viewings[0] = viewing_of("D65/10");
    t->viewings[1] = viewing_of("A/10");
    t->request = (tns_match_request){.palette = &t->s.palette,
                                     .target = tns_spectrum_constant(0.2),
                                     .surfaces = &t->surface,
                                     .surface_count = 1,
                                     .viewings = t->viewings,
                                     .weights = {1, 0.25},
                                     .viewing_count = 2,
                                     .max_units = 10,
                                     .top = 8};
}

static tns_match *solve(const trial *t, const tns_appraise_terms *terms)
{
    tns_error err;
    tns_match *match = tns_match_solve(&t->request, NULL, &err);
    ck_assert_msg(match != NULL, "%s", err.text);
    ck_assert_msg(tns_match_appraise(&t->request, terms, NULL, match, &err), "%s", err.text);
    return match;
}

static bool is_left_out(const tns_match *match, const char *what)
{
    for (size_t i = 0; i < match->odds_leave_out.count; i++)
        if (strstr(match->odds_leave_out.text[i], what))
            return true;
    return false;
}

START_TEST(what_the_odds_know_nothing_of_is_named)
{
    static const double covariance[6] = {0.04, 0, 0, 0.04, 0, 0.04};
    static const struct {
        const char *label;
        bool film, stated, read;
    } rows[] = {
        {"nothing known", false, false, false},
        {"a judged palette", false, true, false},
        {"a reading", false, true, true},
        {"a film", true, true, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        trial t;
        start(&t, rows[i].film);
        for (int p = 0; p < 4 && rows[i].stated; p++)
            t.s.pigments[p].uncertainty = 0.05;
        const tns_appraise_terms terms = {.target_covariance = rows[i].read ? covariance : NULL};
        tns_match *match = solve(&t, &terms);
        ck_assert_msg(is_left_out(match, "K and S are known of p") == !rows[i].stated, "%s",
                      rows[i].label);
        ck_assert_msg(is_left_out(match, "how well the target is known") == !rows[i].read, "%s",
                      rows[i].label);
        ck_assert_msg(is_left_out(match, "healing") == rows[i].film, "%s", rows[i].label);
        ck_assert_msg(is_left_out(match, "model"), "%s", rows[i].label);
        tns_match_destroy(match);
    }
}
END_TEST

START_TEST(any_number_of_threads_gives_the_same_odds)
{
    trial t;
    start(&t, true);
    for (int p = 0; p < 4; p++)
        t.s.pigments[p].uncertainty = 0.2;
    t.request.threads = 1;
    tns_match *one = solve(&t, NULL);
    t.request.threads = 3;
    tns_match *three = solve(&t, NULL);
    ck_assert_uint_eq(one->recipe_count, three->recipe_count);
    for (size_t i = 0; i < one->recipe_count; i++) {
        ck_assert(one->recipes[i].has_odds);
        ck_assert(memcmp(&one->recipes[i].odds, &three->recipes[i].odds, sizeof(tns_odds)) == 0);
    }
    tns_match_destroy(one);
    tns_match_destroy(three);
}
END_TEST

START_TEST(a_target_out_of_reach_says_what_is_missing)
{
    trial t;
    start(&t, false);
    t.request.target = tns_spectrum_constant(0.001);
    t.request.viewing_count = 1;
    tns_match *match = solve(&t, NULL);
    ck_assert(!match->in_gamut);
    ck_assert_str_eq(match->missing.text, "none of these pigments is dark enough");
    tns_lab target = tns_lab_from_spectrum(&t.request.target, &t.viewings[0]);
    /* the nearest is no worse than the best of whole drops, and the steps lead to the target */
    ck_assert(tns_de00(target, match->missing.nearest) <= match->recipes[0].de00[0] + 1e-6);
    CHECK_NEAR("dL", match->missing.nearest.L + match->missing.dL, target.L, 1e-9);
    tns_match_destroy(match);
}
END_TEST

START_TEST(a_target_in_reach_misses_nothing)
{
    trial t;
    tns_error err;
    double K[TNS_BANDS], S[TNS_BANDS];
    start(&t, true);
    ck_assert(tns_mixture_coefficients(&t.s.palette, (double[]){3, 0, 1, 0, 40}, K, S, &err));
    t.request.target = tns_surface_reflectance(&t.surface, K, S);
    tns_match *match = solve(&t, NULL);
    ck_assert(match->in_gamut);
    ck_assert_str_eq(match->missing.text, "");
    tns_match_destroy(match);
}
END_TEST

static bool warns(const tns_recipe *recipe, const char *what)
{
    for (size_t i = 0; i < recipe->warnings.count; i++)
        if (strstr(recipe->warnings.text[i], what))
            return true;
    return false;
}

START_TEST(poor_odds_say_what_spoils_them)
{
    static const double unsure[6] = {9, 0, 0, 9, 0, 9};
    static const struct {
        const char *label;
        double uncertainty, drop_cv;
        const double *covariance;
        const char *warning;
    } rows[] = {
        {"coarse drops", 0.001, 0.5, NULL, "a drop is too coarse here"},
        {"a palette that knows little", 0.8, 0.01, NULL, "too little is known of its color"},
        {"a poor reading", 0.001, 0.01, unsure, "the target is not known well enough"},
        {"all well", 0.001, 0.01, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        trial t;
        tns_error err;
        double K[TNS_BANDS], S[TNS_BANDS];
        start(&t, false);
        for (int p = 0; p < 4; p++) {
            t.s.pigments[p].uncertainty = rows[i].uncertainty;
            t.s.pigments[p].drop_cv = rows[i].drop_cv;
        }
        ck_assert(tns_mixture_coefficients(&t.s.palette, (double[]){1, 2, 0, 0, 0}, K, S, &err));
        t.request.target = tns_surface_reflectance(&t.surface, K, S);
        const tns_appraise_terms terms = {.target_covariance = rows[i].covariance};
        tns_match *match = solve(&t, &terms);
        static const char *const all[] = {"too coarse here", "too little is known of its color",
                                          "the target is not known well enough"};
        for (size_t k = 0; k < 3; k++)
            ck_assert_msg(warns(&match->recipes[0], all[k]) ==
                              (rows[i].warning && strstr(rows[i].warning, all[k])),
                          "%s: %s", rows[i].label, all[k]);
        tns_match_destroy(match);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("appraise");
    TCase *tc = tcase_create("appraise");
    tcase_add_test(tc, a_recipe_alike_a_better_one_of_the_same_pigments_is_not_distinct);
    tcase_add_test(tc, each_choice_is_the_best_by_its_own_measure);
    tcase_add_test(tc, what_the_odds_know_nothing_of_is_named);
    tcase_add_test(tc, any_number_of_threads_gives_the_same_odds);
    tcase_add_test(tc, a_target_out_of_reach_says_what_is_missing);
    tcase_add_test(tc, a_target_in_reach_misses_nothing);
    tcase_add_test(tc, poor_odds_say_what_spoils_them);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
