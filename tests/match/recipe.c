/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in a recipe beside its units: ml, g, shares, water, notes. */
#include "trial.h"

/* The contract's example: three drops of carbon, 14:1. */
START_TEST(shade_14_is_said_in_drops_ml_g_and_shares)
{
    trial t;
    start(&t, 1, true, 5);
    int units[] = {1};
    t.request.target = seen_of(&t, units, 14);
    t.s.pigments[0].density_g_ml = 1.1;
    t.s.pigments[0].drop_ml = t.s.pigments[1].drop_ml = 0.04;
    t.s.pigments[1].density_g_ml = 1;
    t.s.pigments[0].cost_per_ml = 3;
    t.s.pigments[1].cost_per_ml = 0.3;
    tns_match *match = solve(&t);
    const tns_recipe *r = &match->recipes[0];
    ck_assert_int_eq(r->shade, 14);
    ck_assert(r->has_diluent && r->diluent.pigment == 1);
    ck_assert_int_eq(r->parts[0].units, 1);
    ck_assert_int_eq(r->diluent.units, 14);
    CHECK_NEAR("ml", r->parts[0].ml, 0.04, 1e-15);
    CHECK_NEAR("g", r->parts[0].g, 0.044, 1e-15);
    CHECK_NEAR("fraction", r->parts[0].fraction, 1.0 / 15, 1e-15);
    CHECK_NEAR("diluent ml", r->diluent.ml, 0.56, 1e-15);
    CHECK_NEAR("diluent g", r->diluent.g, 0.56, 1e-15);
    CHECK_NEAR("diluent fraction", r->diluent.fraction, 14.0 / 15, 1e-15);
    CHECK_NEAR("cost per ml", r->cost, (3 + 14 * 0.3) / 15, 1e-15);
    CHECK_NEAR("recipes", (double)match->search.recipes, 41, 0);
    tns_match_destroy(match);
}
END_TEST

START_TEST(a_diluent_of_other_drops_is_measured_not_rounded)
{
    trial t;
    start(&t, 1, true, 5);
    t.s.pigments[0].drop_ml = 0.04;
    t.s.pigments[1].drop_ml = 0.05;
    int units[] = {1};
    t.request.target = seen_of(&t, units, 9);
    tns_match *match = solve(&t);
    const tns_recipe *r = &match->recipes[0];
    ck_assert_int_eq(r->shade, 9);
    CHECK_NEAR("ml", r->diluent.ml, 0.36, 1e-15);
    ck_assert_int_eq(r->diluent.units, 0); /* 7.2 drops: 7 would be another shade */
    bool said = false;
    for (size_t i = 0; i < r->warnings.count; i++)
        said = said || strstr(r->warnings.text[i], "0.36 ml") != NULL;
    ck_assert(said);
    tns_match_destroy(match);
}
END_TEST

START_TEST(a_diluent_beyond_counting_is_measured_too)
{
    trial t;
    start(&t, 1, true, 5);
    t.s.pigments[0].drop_ml = 0.04;
    t.s.pigments[1].drop_ml = 1e-6;
    t.request.max_units = 10000;
    t.request.exactly = true;
    t.request.max_shade = 10000;
    int units[] = {1};
    t.request.target = seen_of(&t, units, 10000);
    tns_match *match = solve(&t);
    const tns_recipe *r = &match->recipes[0];
    ck_assert_int_eq(r->shade, 10000);
    CHECK_NEAR("ml", r->diluent.ml, 4e6, 1e-6);
    ck_assert_int_eq(r->diluent.units, 0); /* 4e12 drops: more than an int holds */
    CHECK_NEAR("g", r->diluent.g, 4e6 * t.s.pigments[1].density_g_ml, 1e-5);
    tns_match_destroy(match);
}
END_TEST

START_TEST(warnings_and_confidence_name_the_weak_parts)
{
    trial t;
    start(&t, 2, false, 8);
    int units[] = {1, 3};
    t.request.target = seen_of(&t, units, 0);
    t.s.pigments[1].origin = TNS_ORIGIN_MODELLED;
    tns_match *match = solve(&t);
    const tns_recipe *r = &match->recipes[0];
    ck_assert_int_eq(r->confidence, 'C');
    static const char *const says[] = {"p0: a single drop", "p0, p1: drops never weighed",
                                       "p1: modelled"};
    for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
        bool said = false;
        for (size_t w = 0; w < r->warnings.count; w++)
            said = said || strncmp(r->warnings.text[w], says[i], strlen(says[i])) == 0;
        ck_assert_msg(said, "%s", says[i]);
    }
    tns_match_destroy(match);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("recipe");
    TCase *tc = tcase_create("recipe");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, shade_14_is_said_in_drops_ml_g_and_shares);
    tcase_add_test(tc, a_diluent_of_other_drops_is_measured_not_rounded);
    tcase_add_test(tc, a_diluent_beyond_counting_is_measured_too);
    tcase_add_test(tc, warnings_and_confidence_name_the_weak_parts);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
