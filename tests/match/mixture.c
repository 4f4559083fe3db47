/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "match/mixture.h"
#include "shelf.h"

START_TEST(a_unit_is_an_amount_by_the_palettes_basis)
{
    /* density 1.5, drop 0.05 ml; the diluent's density is 1.1 */
    static const struct {
        const char *label;
        tns_amount_basis basis;
        tns_unit unit;
        double ml, g, amount, dilution;
    } rows[] = {
        {"drop by volume", TNS_BY_VOLUME, {TNS_UNIT_DROP, 0}, 0.05, 0.075, 0.05, 0.05},
        {"drop by mass", TNS_BY_MASS, {TNS_UNIT_DROP, 0}, 0.05, 0.075, 0.075, 0.055},
        {"0.1 ml by volume", TNS_BY_VOLUME, {TNS_UNIT_ML, 0.1}, 0.1, 0.15, 0.1, 0.1},
        {"0.1 ml by mass", TNS_BY_MASS, {TNS_UNIT_ML, 0.1}, 0.1, 0.15, 0.15, 0.11},
        {"0.03 g by volume", TNS_BY_VOLUME, {TNS_UNIT_GRAM, 0.03}, 0.02, 0.03, 0.02, 0.02},
        {"0.03 g by mass", TNS_BY_MASS, {TNS_UNIT_GRAM, 0.03}, 0.02, 0.03, 0.03, 0.022},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        shelf s;
        uint64_t state = 1;
        fill_shelf(&s, 1, true, rows[i].basis, &state);
        s.pigments[0].density_g_ml = 1.5;
        s.pigments[0].drop_ml = 0.05;
        s.pigments[1].density_g_ml = 1.1;
        tns_component one = tns_component_make(&s.palette, 0, rows[i].unit, &s.pigments[1]);
        CHECK_NEAR(rows[i].label, one.ml, rows[i].ml, 1e-15);
        CHECK_NEAR(rows[i].label, one.g, rows[i].g, 1e-15);
        CHECK_NEAR(rows[i].label, one.amount, rows[i].amount, 1e-15);
        CHECK_NEAR(rows[i].label, one.dilution, rows[i].dilution, 1e-15);
    }
}
END_TEST

START_TEST(unknown_density_counts_as_one_and_an_unknown_drop_as_0_04_ml)
{
    shelf s;
    uint64_t state = 1;
    fill_shelf(&s, 1, true, TNS_BY_MASS, &state);
    s.pigments[0].density_g_ml = s.pigments[0].drop_ml = 0;
    tns_component one =
        tns_component_make(&s.palette, 0, (tns_unit){TNS_UNIT_DROP, 0}, &s.pigments[1]);
    CHECK_NEAR("ml", one.ml, 0.04, 0);
    CHECK_NEAR("amount", one.amount, 0.04, 0);
}
END_TEST

START_TEST(coefficients_are_means_weighted_by_amount)
{
    shelf s;
    uint64_t state = 9;
    tns_error err;
    fill_shelf(&s, 2, true, TNS_BY_VOLUME, &state);
    double amounts[] = {3, 1, 4}, K[TNS_BANDS], S[TNS_BANDS];
    ck_assert_msg(tns_mixture_coefficients(&s.palette, amounts, K, S, &err), "%s", err.text);
    for (int b = 0; b < TNS_BANDS; b++) {
        const tns_pigment *p = s.pigments;
        CHECK_NEAR("K", K[b], (3 * p[0].K[b] + p[1].K[b] + 4 * p[2].K[b]) / 8, 1e-14);
        CHECK_NEAR("S", S[b], (3 * p[0].S[b] + p[1].S[b] + 4 * p[2].S[b]) / 8, 1e-14);
    }
}
END_TEST

START_TEST(a_shade_adds_that_many_volumes_of_diluent)
{
    shelf s;
    uint64_t state = 9;
    tns_error err;
    fill_shelf(&s, 1, true, TNS_BY_VOLUME, &state);
    tns_component one =
        tns_component_make(&s.palette, 0, (tns_unit){TNS_UNIT_DROP, 0}, &s.pigments[1]);
    tns_mix diluted;
    tns_coefficients found;
    tns_component_dilute(&one, &s.pigments[1], 14, &diluted);
    tns_mix_coefficients(&diluted, &found);
    double amounts[] = {1, 14}, K[TNS_BANDS], S[TNS_BANDS];
    ck_assert(tns_mixture_coefficients(&s.palette, amounts, K, S, &err));
    for (int b = 0; b < TNS_BANDS; b++) {
        CHECK_NEAR("K", found.K[b], K[b], 1e-13);
        CHECK_NEAR("S", found.S[b], S[b], 1e-13);
    }
}
END_TEST

START_TEST(amounts_that_make_no_mixture_are_refused)
{
    static const struct {
        const char *label;
        double amounts[2];
    } rows[] = {{"nothing", {0, 0}},
                {"negative", {-1, 2}},
                {"no number", {NAN, 1}},
                {"infinite", {INFINITY, 1}}};
    shelf s;
    uint64_t state = 9;
    fill_shelf(&s, 1, true, TNS_BY_VOLUME, &state);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double K[TNS_BANDS], S[TNS_BANDS];
        tns_error err = {0};
        ck_assert_msg(!tns_mixture_coefficients(&s.palette, rows[i].amounts, K, S, &err), "%s",
                      rows[i].label);
        ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mixture");
    TCase *tc = tcase_create("mixture");
    tcase_add_test(tc, a_unit_is_an_amount_by_the_palettes_basis);
    tcase_add_test(tc, unknown_density_counts_as_one_and_an_unknown_drop_as_0_04_ml);
    tcase_add_test(tc, coefficients_are_means_weighted_by_amount);
    tcase_add_test(tc, a_shade_adds_that_many_volumes_of_diluent);
    tcase_add_test(tc, amounts_that_make_no_mixture_are_refused);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
