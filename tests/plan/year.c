/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A year of made-up clinics; docs/plan.md has more of them, and says how they are made. */
#include <stdlib.h>

#include "plan/clinics.h"
#include "support/testing.h"

enum { CLINICS = 16 };

static outcome year_of(uint64_t seed, const policy *p)
{
    outcome sum = {0};
    for (int n = 0; n < CLINICS; n++) {
        clinic c = clinic_make(seed, n);
        outcome o = run_clinic(&c, seed, n, p);
        outcome_add(&sum, &o);
        clinic_finish(&c);
    }
    return sum;
}

START_TEST(the_plan_gives_the_service_asked_for_and_mixing_wastes_less_than_a_fixed_point)
{
    const policy plan = {.kind = BY_PLAN, .service = 0.98};
    const policy mixing = {.kind = BY_PLAN, .service = 0.98, .mixes = true};
    for (uint64_t seed = 11; seed < 13; seed++) {
        outcome planned = year_of(seed, &plan), mixed = year_of(seed, &mixing);
        CHECK_NEAR("the plan", outcome_service(&planned), 0.98, 0.015);
        CHECK_NEAR("mixing", outcome_service(&mixed), 0.98, 0.015);
        /* The least fixed point, at which a bottle is ordered when none is left, and one of half a
           bottle: neither wastes as little. */
        for (double ml = 0; ml < 8; ml += 7.5) {
            const policy fixed = {.kind = BY_ML, .point = ml};
            outcome o = year_of(seed, &fixed);
            ck_assert_msg(outcome_waste(&mixed) < 0.9 * outcome_waste(&o), "%g ml: %g, mixed %g",
                          ml, outcome_waste(&o), outcome_waste(&mixed));
        }
    }
}
END_TEST

START_TEST(more_service_asked_for_is_more_service_given)
{
    const policy low = {.kind = BY_PLAN, .service = 0.9},
                 high = {.kind = BY_PLAN, .service = 0.995};
    outcome least = year_of(21, &low), most = year_of(21, &high);
    ck_assert(outcome_service(&most) > outcome_service(&least));
    ck_assert(least.visits == most.visits && least.visits > 1000);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("year");
    TCase *tests = tcase_create("year");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests,
                   the_plan_gives_the_service_asked_for_and_mixing_wastes_less_than_a_fixed_point);
    tcase_add_test(tests, more_service_asked_for_is_more_service_given);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
