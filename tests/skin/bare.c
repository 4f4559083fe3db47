/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>
#include <tonsure/skin.h>

#include "samples.h"
#include "skin/chromophores.h"
#include "skin/free.h"
#include "support/testing.h"

enum { STRIDE = 11 }; /* every so many of the measured skins */

static tns_reading reading_of(tns_spectrum spectrum)
{
    tns_reading reading = {.what = TNS_WHAT_SKIN, .has_spectrum = true, .spectrum = spectrum};
    return reading;
}

static int by_value(const void *a, const void *b)
{
    double u = *(const double *)a, v = *(const double *)b;
    return (u > v) - (u < v);
}

START_TEST(chromophores_have_the_published_strength)
{
    static const struct {
        const char *label;
        int nm;
        double found_nm, expected, tolerance;
    } rows[] = {
        /* 6.6e11 x 500^-3.33 = 679 per cm */
        {"melanosome at 500 nm", 500, 0, 67.9, 0.1},
        {"skin with neither at 500 nm", 500, 1, 0.0700, 0.0005},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int band = (rows[i].nm - TNS_FIRST_NM) / TNS_STEP_NM;
        double found = rows[i].found_nm > 0 ? tns_bloodless(band) : tns_melanosome(band);
        CHECK_NEAR(rows[i].label, found, rows[i].expected, rows[i].tolerance);
    }
    /* Prahl at 560 nm: 32613 and 53788; less what vessels hide of it. */
    int green = (560 - TNS_FIRST_NM) / TNS_STEP_NM;
    double oxy = 2.303 * 150 / 64500 * 32613 / 10, deoxy = 2.303 * 150 / 64500 * 53788 / 10;
    ck_assert(tns_blood(green, 1) < oxy && tns_blood(green, 1) > 0.75 * oxy);
    ck_assert(tns_blood(green, 0) < deoxy && tns_blood(green, 0) > 0.7 * deoxy);
}
END_TEST

START_TEST(more_of_an_absorber_is_never_lighter_and_more_scattering_never_darker)
{
    for (int figure = 0; figure < TNS_SKIN_FIGURES; figure++) {
        if (figure == TNS_SKIN_OXYGENATION || figure == TNS_SKIN_EXPONENT)
            continue; /* they turn the spectrum rather than move it */
        bool darkens = figure == TNS_SKIN_MELANIN || figure == TNS_SKIN_BLOOD;
        for (double at = -2; at < 2; at += 0.5) {
            double z[TNS_SKIN_FIGURES] = {0}, more[TNS_SKIN_FIGURES] = {0};
            z[figure] = at;
            more[figure] = at + 0.25;
            tns_skin a = tns_skin_from_free(z), b = tns_skin_from_free(more);
            tns_spectrum ra = tns_skin_reflectance(&a, TNS_SPECULAR_EXCLUDED);
            tns_spectrum rb = tns_skin_reflectance(&b, TNS_SPECULAR_EXCLUDED);
            for (int k = 0; k < TNS_BANDS; k++)
                ck_assert_msg(darkens ? rb.value[k] <= ra.value[k] : rb.value[k] >= ra.value[k],
                              "figure %d at %g, band %d", figure, at, k);
        }
    }
}
END_TEST

/* The model's own spectra come back, though not each figure: several sets give nearly one color. */
START_TEST(a_modelled_skin_is_given_back)
{
    for (int k = 0; k < 12; k++) {
        double z[TNS_SKIN_FIGURES];
        for (int i = 0; i < TNS_SKIN_FIGURES; i++)
            z[i] = ((k * 7 + i * 5) % 9 - 4) / 4.0;
        tns_skin truth = tns_skin_from_free(z);
        tns_reading reading = reading_of(tns_skin_reflectance(&truth, TNS_SPECULAR_INCLUDED));
        tns_skin_fit fit;
        tns_error err = {0};
        ck_assert_msg(tns_skin_fit_reading(&reading, &fit, &err), "%s", err.text);
        ck_assert_msg(fit.is_skin, "%d: %s", k, fit.reason);
        CHECK_NEAR("dE00", fit.de00, 0, 0.1); /* the priors pull a little */
        CHECK_NEAR("rmse", fit.rmse, 0, 0.003);
        /* fitted as a logarithm, so the ends are as many times off as the other */
        const double *ends = fit.interval[0];
        CHECK_NEAR("melanin's ends", ends[0] * ends[1], fit.skin.melanin * fit.skin.melanin, 1e-12);
        ck_assert(ends[0] > 0 && ends[0] < ends[1]);
        CHECK_NEAR("melanin, in spreads", log(fit.skin.melanin / truth.melanin), 0, 0.35);
    }
}
END_TEST

START_TEST(measured_skins_are_given_back)
{
    size_t count, n = 0;
    tns_error err = {0};
    const char *path = shared_file("data/xiao2016_skin_4392x39_360_740.csv");
    tns_spectrum *spectra = path ? load_spectra(path, &count, &err) : NULL;
    if (!path)
        return;
    ck_assert_msg(spectra != NULL, "%s", err.text);
    double *de = malloc(count * sizeof *de), sum = 0, rmse = 0;
    int refused = 0;
    for (size_t i = 0; i < count; i += STRIDE) {
        tns_reading reading = reading_of(spectra[i]);
        tns_skin_fit fit;
        ck_assert_msg(tns_skin_fit_reading(&reading, &fit, &err), "%zu: %s", i, err.text);
        refused += !fit.is_skin;
        sum += fit.de00;
        rmse += fit.rmse;
        de[n++] = fit.de00;
    }
    qsort(de, n, sizeof *de, by_value);
    double mean = sum / (double)n, p95 = de[n * 95 / 100];
    printf("%zu skins: dE00 mean %.3f p95 %.3f max %.2f, rmse %.4f, %d not taken for skin\n", n,
           mean, p95, de[n - 1], rmse / (double)n, refused);
    ck_assert(mean <= 0.4 && p95 <= 0.9); /* asked for */
    ck_assert(refused <= (int)n / 50);
    free(de);
    free(spectra);
}
END_TEST

START_TEST(what_is_no_skin_is_said_to_be_none)
{
    static const struct {
        const char *label;
        tns_lab lab;
        bool skin;
    } rows[] = {
        {"light skin", {68, 10, 16}, true},    {"dark skin", {38, 10, 13}, true},
        {"cyan paint", {55, -30, -30}, false}, {"green leaf", {45, -25, 30}, false},
        {"grey card", {50, 0, 0}, false},      {"red paint", {40, 60, 40}, false},
        {"white paper", {95, 0, -2}, false},   {"black cloth", {12, 0, -1}, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_reading reading = {.has_color = true, .color = {rows[i].lab, "D65", TNS_OBSERVER_10}};
        tns_skin_fit fit;
        tns_error err = {0};
        ck_assert_msg(tns_skin_fit_reading(&reading, &fit, &err), "%s: %s", rows[i].label,
                      err.text);
        printf("%-12s dE00 %.2f rmse %.4f %s\n", rows[i].label, fit.de00, fit.rmse, fit.reason);
        ck_assert_msg(fit.is_skin == rows[i].skin, "%s", rows[i].label);
        ck_assert(fit.is_skin == (fit.reason[0] == '\0'));
        ck_assert_uint_ge(fit.warnings.count, 1); /* its spectrum is estimated */
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bare");
    TCase *tc = tcase_create("bare");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, chromophores_have_the_published_strength);
    tcase_add_test(tc, more_of_an_absorber_is_never_lighter_and_more_scattering_never_darker);
    tcase_add_test(tc, a_modelled_skin_is_given_back);
    tcase_add_test(tc, measured_skins_are_given_back);
    tcase_add_test(tc, what_is_no_skin_is_said_to_be_none);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
