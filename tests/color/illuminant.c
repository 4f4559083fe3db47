/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include <tonsure/colorimetry.h>

#include "color/cie.h"
#include "support/testing.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static tns_illuminant illuminant(const char *name)
{
    tns_illuminant out;
    tns_error err;
    ck_assert_msg(tns_illuminant_find(name, &out, &err), "%s", err.text);
    return out;
}

START_TEST(tables_run_from_360_to_830_in_steps_of_5)
{
    for (int i = 0; i < TNS_SPD_SAMPLES; i++) {
        double nm = TNS_SPD_FIRST_NM + TNS_SPD_STEP_NM * i;
        ck_assert(tns_cie1931[i][0] == nm && tns_cie1964[i][0] == nm);
        ck_assert(tns_cie_daylight[i][0] == nm && tns_cie_illuminants[i][0] == nm);
    }
}
END_TEST

START_TEST(known_figures_stand_in_the_tables)
{
    static const struct {
        const char *name;
        int nm;
        double power;
    } rows[] = {
        {"A", 560, 100},    {"A", 380, 9.7951},    {"A", 780, 241.675},   {"C", 560, 105.3},
        {"D50", 560, 100},  {"D50", 400, 49.308},  {"D50", 780, 78.274},  {"D55", 380, 32.584},
        {"D65", 560, 100},  {"D65", 380, 49.9755}, {"D65", 830, 60.3125}, {"F2", 435, 34.98},
        {"F7", 545, 29.52}, {"F11", 545, 72.84},   {"F11", 785, 0},       {"E", 400, 100}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        tns_illuminant lamp = illuminant(rows[i].name);
        CHECK_NEAR(rows[i].name, lamp.power[(rows[i].nm - TNS_SPD_FIRST_NM) / TNS_SPD_STEP_NM],
                   rows[i].power, 0);
    }
}
END_TEST

START_TEST(illuminant_a_is_the_radiator_its_formula_says)
{
    /* CIE 015:2018, 4.1.1 */
    tns_illuminant a = illuminant("A");
    for (int i = 0; i < TNS_SPD_SAMPLES; i++) {
        double nm = TNS_SPD_FIRST_NM + TNS_SPD_STEP_NM * i;
        double planck =
            100 * pow(560 / nm, 5) * expm1(1.435e7 / (2848 * 560.0)) / expm1(1.435e7 / (2848 * nm));
        CHECK_NEAR("A", a.power[i], planck, 6e-6 * planck); /* six digits in the table */
    }
}
END_TEST

START_TEST(daylight_by_formula_is_the_tabled_daylight)
{
    static const struct {
        const char *table;
        double cct_k, tolerance;
    } rows[] = {
        {"D50", 5000 * 1.4388 / 1.4380, 0.0006}, /* how CIE made it; three decimals */
        {"D55", 5500 * 1.4388 / 1.4380, 0.0006},
        {"D65", 6500 * 1.4388 / 1.4380, 0.09}, /* 1e-3 of 100; CIE's own rounding of M1, M2 */
        {"D50", 5003, 0.011},                  /* a third decimal of M2 tips over */
        {"D65", 6504, 0.12},
    };
    for (size_t k = 0; k < COUNT(rows); k++) {
        tns_illuminant table = illuminant(rows[k].table), formula;
        ck_assert(tns_illuminant_daylight(rows[k].cct_k, &formula, NULL));
        for (int i = 0; i < TNS_SPD_SAMPLES; i++)
            CHECK_NEAR(rows[k].table, formula.power[i], table.power[i], rows[k].tolerance);
    }
}
END_TEST

START_TEST(daylight_is_named_by_its_temperature)
{
    static const struct {
        double cct_k;
        const char *name; /* NULL = refused */
    } rows[] = {{4000, "D4000"},      {6504, "D6504"},   {5002.78, "D5002.78"},
                {5000.1, "D5000.10"}, {25000, "D25000"}, {3999.9, NULL},
                {25000.1, NULL},      {NAN, NULL},       {-INFINITY, NULL}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        tns_illuminant out, again;
        tns_error err = {0};
        bool made = tns_illuminant_daylight(rows[i].cct_k, &out, &err);
        ck_assert(made == (rows[i].name != NULL));
        if (!made) {
            ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
            continue;
        }
        ck_assert_str_eq(out.name, rows[i].name);
        ck_assert(tns_illuminant_find(out.name, &again, NULL));
        ck_assert_msg(memcmp(&out, &again, sizeof out) == 0, "%s", out.name);
    }
}
END_TEST

static bool lamp(const char *name, const double *nm, const double *power, size_t n,
                 tns_illuminant *out, tns_error *err)
{
    return tns_illuminant_from_samples(name, nm, power, n, out, err);
}

START_TEST(a_lamp_sampled_as_the_tables_are_comes_back)
{
    tns_illuminant f11 = illuminant("F11"), out;
    double nm[81];
    for (int i = 0; i < 81; i++)
        nm[i] = 380 + 5 * i;
    tns_error err;
    ck_assert_msg(lamp("office", nm, f11.power + 4, 81, &out, &err), "%s", err.text);
    ck_assert_str_eq(out.name, "office");
    for (int i = 0; i < TNS_SPD_SAMPLES; i++)
        CHECK_NEAR("power", out.power[i], f11.power[i], 0);
}
END_TEST

START_TEST(a_narrow_line_counts_whole_wherever_it_falls)
{
    /* A 1 nm line on a weak continuum; the sum over 5 nm must not depend on where it stands. */
    double nm[401], power[401];
    for (int line = 540; line <= 550; line++) {
        for (int i = 0; i < 401; i++) {
            nm[i] = 380 + i;
            power[i] = nm[i] == line ? 101 : 1;
        }
        tns_illuminant out;
        ck_assert(lamp("line", nm, power, 401, &out, NULL));
        double sum = 0;
        for (int i = 6; i < 82; i++)
            sum += out.power[i] - 1;
        CHECK_NEAR("energy of the line", sum * 5, 100, 1e-9);
    }
}
END_TEST

START_TEST(a_lamp_that_cannot_be_used_is_refused_by_name)
{
    static const struct {
        const char *label, *name;
        double first_nm, step_nm, at_550;
        int n;
        double power;
        const char *says;
    } rows[] = {
        {"starts late", "lamp", 405, 5, 1, 80, 1, "400-700"},
        {"ends early", "lamp", 380, 5, 1, 60, 1, "400-700"},
        {"wide", "lamp", 380, 12, 1, 30, 1, "12 nm apart"},
        {"negative", "lamp", 380, 10, -0.5, 40, 1, "negative"},
        {"dark", "lamp", 380, 10, 0, 40, 0, "zero"},
        {"too bright to be added up", "lamp", 380, 10, 1, 40, 1e308, "up to 1e+308: expected"},
        {"too faint to be divided by", "lamp", 380, 10, 0, 40, 1e-320, "expected 1e-100 to 1e+100"},
        {"not a number", "lamp", 380, 10, NAN, 40, 1, "sample 18"},
        {"few", "lamp", 400, 300, 1, 2, 1, "at least 3"},
        {"falling", "lamp", 780, -10, 1, 40, 1, "must rise"},
        {"no name", "", 380, 10, 1, 40, 1, "lamp name"},
        {"long name", "a lamp with a name of far too many bytes", 380, 10, 1, 40, 1, "lamp name"},
        {"a standard's name", "D65", 380, 10, 1, 40, 1, "CIE illuminant"},
        {"a daylight's name", "d7500", 380, 10, 1, 40, 1, "CIE illuminant"},
    };
    for (size_t k = 0; k < COUNT(rows); k++) {
        double nm[80], power[80];
        for (int i = 0; i < rows[k].n; i++) {
            nm[i] = rows[k].first_nm + rows[k].step_nm * i;
            power[i] = nm[i] == 550 ? rows[k].at_550 : rows[k].power;
        }
        tns_illuminant out;
        tns_error err = {0};
        ck_assert_msg(!lamp(rows[k].name, nm, power, (size_t)rows[k].n, &out, &err), "%s",
                      rows[k].label);
        ck_assert_msg(strstr(err.text, rows[k].says) != NULL, "%s: %s", rows[k].label, err.text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("illuminant");
    TCase *tc = tcase_create("illuminant");
    tcase_add_test(tc, tables_run_from_360_to_830_in_steps_of_5);
    tcase_add_test(tc, known_figures_stand_in_the_tables);
    tcase_add_test(tc, illuminant_a_is_the_radiator_its_formula_says);
    tcase_add_test(tc, daylight_by_formula_is_the_tabled_daylight);
    tcase_add_test(tc, daylight_is_named_by_its_temperature);
    tcase_add_test(tc, a_lamp_sampled_as_the_tables_are_comes_back);
    tcase_add_test(tc, a_narrow_line_counts_whole_wherever_it_falls);
    tcase_add_test(tc, a_lamp_that_cannot_be_used_is_refused_by_name);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
