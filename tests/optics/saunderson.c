/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <tonsure/saunderson.h>

#include "support/testing.h"

START_TEST(saunderson_gives_hand_worked_values)
{
    static const struct {
        const char *label;
        tns_saunderson surface;
        double internal, measured;
    } rows[] = {
        {"no surface", {0, 0, false}, 0.37, 0.37},
        {"perfect white, specular out", {0.04, 0.6, false}, 1, 0.96},
        {"perfect white, specular in", {0.04, 0.6, true}, 1, 1},
        {"perfect black, specular in", {0.04, 0.6, true}, 0, 0.04},
        /* .96 x .4 x .5 / (1 - .3) */
        {"middle grey", {0.04, 0.6, false}, 0.5, 0.27428571428571430},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CHECK_NEAR(rows[i].label, tns_saunderson_measured(rows[i].surface, rows[i].internal),
                   rows[i].measured, 1e-15);
        CHECK_NEAR(rows[i].label, tns_saunderson_internal(rows[i].surface, rows[i].measured),
                   rows[i].internal, 1e-15);
    }
}
END_TEST

START_TEST(there_and_back_is_the_same_and_the_slope_is_the_slope)
{
    const double h = 1e-6;
    for (int specular = 0; specular < 2; specular++)
        for (double R = 0.05; R < 1; R += 0.1) {
            tns_saunderson surface = {0.03, 0.65, specular};
            double measured = tns_saunderson_measured(surface, R);
            CHECK_NEAR("round trip", tns_saunderson_internal(surface, measured), R, 1e-14);
            double up = tns_saunderson_measured(surface, R + h);
            double down = tns_saunderson_measured(surface, R - h);
            CHECK_NEAR("slope", tns_saunderson_slope(surface, R), (up - down) / (2 * h), 1e-8);
        }
}
END_TEST

START_TEST(a_reading_below_the_surface_gloss_is_told_by_its_sign)
{
    tns_saunderson surface = {0.04, 0.6, true};
    ck_assert(tns_saunderson_internal(surface, 0.03) < 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("saunderson");
    TCase *tc = tcase_create("saunderson");
    tcase_add_test(tc, saunderson_gives_hand_worked_values);
    tcase_add_test(tc, there_and_back_is_the_same_and_the_slope_is_the_slope);
    tcase_add_test(tc, a_reading_below_the_surface_gloss_is_told_by_its_sign);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
