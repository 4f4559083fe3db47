/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/search/polish.h"
#include "match/search/seed.h"
#include "trial.h"

START_TEST(polishing_never_loses_and_finds_a_mixture_that_is_there)
{
    uint64_t state = 99;
    for (int round = 0; round < 40; round++) {
        trial t;
        tns_problem problem;
        tns_error err;
        bool film = round % 2 == 0;
        start(&t, 3, film, 1000 + (uint64_t)round);
        int units[] = {draw_int(&state, 1, 20), draw_int(&state, 1, 20), draw_int(&state, 1, 20)};
        t.request.target = seen_of(&t, units, film ? draw_int(&state, 1, 20) : 0);
        ck_assert(tns_problem_init(&problem, &t.request, &err));
        tns_support support = {.count = 3, .component = {0, 1, 2}};
        tns_seed(&problem, &t.request.target, &support);
        double seeded = support.objective;
        tns_polish_starts(&problem, &support);
        ck_assert(support.objective <= seeded);
        /* nine differences and at most three unknowns: the mixture itself, to the tether's pull */
        CHECK_NEAR("objective", support.objective, 0, 0.01);
        CHECK_NEAR("units", support.units[0] + support.units[1] + support.units[2], 1, 1e-12);
        tns_problem_finish(&problem);
    }
}
END_TEST

START_TEST(a_band_without_absorption_does_not_stop_the_polish)
{
    trial t;
    tns_problem problem;
    tns_error err;
    start(&t, 2, false, 4);
    for (int b = 20; b < 24; b++)
        t.s.pigments[0].K[b] = t.s.pigments[1].K[b] = 0;
    int units[] = {7, 4};
    t.request.target = seen_of(&t, units, 0);
    ck_assert(tns_problem_init(&problem, &t.request, &err));
    tns_support support = {.count = 2, .component = {0, 1}, .units = {0.2, 0.8}};
    tns_support_rate(&problem, &support);
    tns_polish(&problem, &support);
    CHECK_NEAR("objective", support.objective, 0, 0.01);
    tns_problem_finish(&problem);
}
END_TEST

static double best_scanned(const tns_problem *problem, tns_support support)
{
    double best = INFINITY;
    for (int step = 0; step <= 4000; step++) {
        support.shade = step / 4000.0 * problem->max_shade;
        tns_support_rate(problem, &support);
        best = fmin(best, support.objective);
    }
    return best;
}

START_TEST(of_one_pigment_the_best_shade_is_found_from_any_and_at_either_end_of_the_range)
{
    static const struct {
        const char *label;
        double lightness; /* of what is wanted, times what a shade of 9 shows */
    } rows[] = {{"within", 1}, {"no shade is as dark", 0.02}, {"no shade is as light", 2}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int from = 0; from <= 40; from += 8) {
            trial t;
            tns_problem problem;
            tns_error err;
            start(&t, 1, true, 7);
            t.request.target = seen_of(&t, (int[]){1}, 9);
            for (int b = 0; b < TNS_BANDS; b++)
                t.request.target.value[b] *= rows[i].lightness;
            ck_assert(tns_problem_init(&problem, &t.request, &err));
            ck_assert_int_eq(problem.max_shade, 40);
            tns_support support = {.count = 1, .units = {1}, .shade = from};
            tns_support_rate(&problem, &support);
            tns_polish(&problem, &support);
            /* a hundredth of a shade apart */
            CHECK_NEAR(rows[i].label, support.objective, best_scanned(&problem, support), 0.02);
            ck_assert(i != 1 || support.shade == 0);
            ck_assert(i != 2 || support.shade == 40);
            tns_problem_finish(&problem);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("polish");
    TCase *tc = tcase_create("polish");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, polishing_never_loses_and_finds_a_mixture_that_is_there);
    tcase_add_test(tc,
                   of_one_pigment_the_best_shade_is_found_from_any_and_at_either_end_of_the_range);
    tcase_add_test(tc, a_band_without_absorption_does_not_stop_the_polish);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
