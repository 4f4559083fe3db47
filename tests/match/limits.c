/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Least units and prices: how each ratio is listed, how many there are, what is refused. */
#include <stdlib.h>

#include "match/problem.h"
#include "match/toplist.h"
#include "trial.h"

static void begin(trial *t, int pigments, bool film, uint64_t seed)
{
    start(t, pigments, film, seed);
    t->request.least_units = t->least;
}

typedef struct walk {
    const trial *t;
    const tns_problem *problem;
    int n, units[SHELF_MAX];
    uint64_t count;
} walk;

static void look(walk *w)
{
    tns_pick pick = {.count = 0};
    int total = 0;
    for (int i = 0; i < w->n; i++) {
        total += w->units[i];
        if (w->units[i] > 0 && pick.count < TNS_PARTS_MAX) {
            pick.component[pick.count] = i;
            pick.units[pick.count++] = w->units[i];
        }
    }
    if (pick.count == 0 || pick.count > w->problem->max_parts ||
        (w->problem->exactly && total != w->problem->max_units))
        return;
    bool expected = is_listed(w->units, w->t->least, w->n, w->problem->exactly);
    bool found = tns_problem_lists(w->problem, pick.count, pick.component, pick.units);
    ck_assert_msg(found == expected, "%d %d %d %d: expected %d, found %d", w->units[0], w->units[1],
                  w->units[2], w->units[3], expected, found);
    w->count += expected;
}

static void pour(walk *w, int at, int left)
{
    if (at == w->n) {
        look(w);
        return;
    }
    for (w->units[at] = 0; w->units[at] <= left; w->units[at]++)
        pour(w, at + 1, left - w->units[at]);
    w->units[at] = 0;
}

START_TEST(each_ratio_is_listed_and_counted_once)
{
    enum { PROBLEMS = 60 };
    uint64_t state = 7;
    for (int round = 0; round < PROBLEMS; round++) {
        trial t;
        tns_problem problem;
        tns_error err = {0};
        int n = draw_int(&state, 1, 4);
        begin(&t, n, false, (uint64_t)round);
        t.request.max_pigments = draw_int(&state, 1, 4);
        t.request.max_units = draw_int(&state, 4, 14);
        t.request.exactly = round % 4 == 0;
        for (int i = 0; i < n; i++)
            t.least[i] = draw_int(&state, 0, round % 3 == 0 ? 1 : 4);
        ck_assert_msg(tns_problem_init(&problem, &t.request, &err), "%s", err.text);
        walk w = {.t = &t, .problem = &problem, .n = n};
        pour(&w, 0, problem.max_units);
        ck_assert_msg(tns_problem_recipes(&problem) == w.count,
                      "problem %d: expected %llu recipes, found %llu", round,
                      (unsigned long long)w.count,
                      (unsigned long long)tns_problem_recipes(&problem));
        tns_problem_finish(&problem);
    }
}
END_TEST

START_TEST(a_problem_of_the_contracts_size_has_as_many_recipes_as_it_says)
{
    int least[12] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    tns_problem problem = {.count = 12, .least_units = least, .max_parts = 4, .max_units = 30};
    ck_assert_uint_eq(tns_problem_recipes(&problem), 13562539);
}
END_TEST

START_TEST(a_part_is_listed_with_no_fewer_units_than_asked_for)
{
    static const struct {
        int least[2], units[2];
        bool listed;
    } rows[] = {
        {{0, 0}, {1, 2}, true},  {{2, 2}, {1, 2}, false}, {{2, 2}, {2, 4}, true},
        {{2, 2}, {4, 8}, false}, {{2, 2}, {2, 3}, true},  {{2, 2}, {4, 6}, false},
        {{3, 1}, {4, 2}, true},  {{3, 1}, {6, 3}, false}, {{2, 0}, {2, 1}, true},
    };
    trial t;
    begin(&t, 2, false, 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_problem problem;
        tns_error err;
        memcpy(t.least, rows[i].least, sizeof rows[i].least);
        ck_assert(tns_problem_init(&problem, &t.request, &err));
        static const int both[2] = {0, 1};
        ck_assert_msg(tns_problem_lists(&problem, 2, both, rows[i].units) == rows[i].listed,
                      "row %zu", i);
        tns_problem_finish(&problem);
    }
}
END_TEST

START_TEST(a_mix_has_no_more_parts_than_fit_with_their_least_units)
{
    trial t;
    tns_problem problem;
    tns_error err;
    begin(&t, 4, false, 1);
    t.request.max_units = 7;
    static const int least[] = {5, 3, 3, 4};
    memcpy(t.least, least, sizeof least);
    ck_assert(tns_problem_init(&problem, &t.request, &err));
    ck_assert_int_eq(problem.max_parts, 2); /* 3 + 3, and none of a third */
    tns_problem_finish(&problem);
}
END_TEST

START_TEST(what_has_no_price_is_in_no_recipe_of_a_known_cost)
{
    trial t;
    tns_problem problem;
    tns_error err;
    begin(&t, 3, true, 1);
    t.s.pigments[1].cost_per_ml = 0;
    t.request.max_cost = 2;
    ck_assert(tns_problem_init(&problem, &t.request, &err));
    ck_assert_uint_eq(problem.count, 2);
    ck_assert_int_eq(problem.components[1].pigment, 2);
    CHECK_NEAR("most", problem.max_cost, 2, 1e-11);
    tns_problem_finish(&problem);
}
END_TEST

START_TEST(limits_that_nothing_can_keep_are_refused)
{
    static const struct {
        const char *label;
        int least;
        double max_cost, price;
        bool film;
        const char *text;
    } rows[] = {
        {"more than all", 31, 0, 1, false, "least units of p0: expected 0 to 30"},
        {"below none", -1, 0, 1, false, "least units of p0: expected 0 to 30"},
        {"a negative cost", 0, -1, 1, false, "cost: expected more than 0, found -1"},
        {"no number", 0, NAN, 1, false, "cost: expected more than 0, found"},
        {"no price at all", 0, 1, 0, false, "none of the pigments allowed has a price"},
        {"a diluent without one", 0, 1, 0, true, "water has no price in palette drawn"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        trial t;
        tns_problem problem;
        tns_error err = {0};
        begin(&t, 2, rows[i].film, 1);
        t.least[0] = rows[i].least;
        t.request.max_cost = rows[i].max_cost;
        for (size_t p = 0; p < t.s.palette.count; p++)
            t.s.pigments[p].cost_per_ml = rows[i].price;
        ck_assert_msg(!tns_problem_init(&problem, &t.request, &err), "%s", rows[i].label);
        ck_assert_msg(err.code == TNS_ERROR_USAGE && strstr(err.text, rows[i].text), "%s: %s",
                      rows[i].label, err.text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("limits");
    TCase *tc = tcase_create("limits");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, each_ratio_is_listed_and_counted_once);
    tcase_add_test(tc, a_problem_of_the_contracts_size_has_as_many_recipes_as_it_says);
    tcase_add_test(tc, a_part_is_listed_with_no_fewer_units_than_asked_for);
    tcase_add_test(tc, a_mix_has_no_more_parts_than_fit_with_their_least_units);
    tcase_add_test(tc, what_has_no_price_is_in_no_recipe_of_a_known_cost);
    tcase_add_test(tc, limits_that_nothing_can_keep_are_refused);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
