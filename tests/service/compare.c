/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "service/parts.h"
#include "support/testing.h"

static tns_reading lab(double L, double a, double b, const char *illuminant, tns_observer observer)
{
    tns_reading r = {.has_color = true, .color = {{L, a, b}, "", observer}};
    snprintf(r.color.illuminant, sizeof r.color.illuminant, "%s", illuminant);
    return r;
}

static tns_reading spectral(double level, double slope)
{
    tns_reading r = {.has_spectrum = true};
    for (int i = 0; i < TNS_BANDS; i++)
        r.spectrum.value[i] = level + slope * i;
    return r;
}

static tns_comparison compare(const tns_reading *a, const tns_reading *b,
                              const tns_compare_options *how)
{
    tns_comparison c;
    tns_error err = {0};
    ck_assert_msg(tns_service_compare(a, b, how, &c, &err), "%s", err.text);
    return c;
}

/* Rows of Sharma, Wu, Dalal, Color Res. Appl. 30, 21 (2005), and differences by hand. */
START_TEST(the_published_pairs_come_out_and_a_is_the_standard)
{
    static const struct {
        tns_lab a, b;
        double de00, dC;
    } rows[] = {{{50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425, 2.9285},
                {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644, 2.4663},
                {{2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514}, 0.9082, -0.5827}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_reading a = lab(rows[i].a.L, rows[i].a.a, rows[i].a.b, "D65", 10);
        tns_reading b = lab(rows[i].b.L, rows[i].b.a, rows[i].b.b, "D65", 10);
        tns_comparison c = compare(&a, &b, NULL);
        CHECK_NEAR("de00", c.de00, rows[i].de00, 5e-5); /* the table's own rounding */
        CHECK_NEAR("dL", c.difference.dL, rows[i].b.L - rows[i].a.L, 1e-12);
        CHECK_NEAR("dC", c.difference.dC, rows[i].dC, 5e-5);
    }
}
END_TEST

START_TEST(dH_carries_the_sign_of_the_hue_change)
{
    tns_reading a = lab(50, 10, 0, "D65", 10), warm = lab(50, 9.9, 1, "D65", 10),
                cool = lab(50, 9.9, -1, "D65", 10);
    tns_comparison c = compare(&a, &warm, NULL);
    ck_assert(c.difference.dH > 0.9);
    c = compare(&a, &cool, NULL);
    ck_assert(c.difference.dH < -0.9);
}
END_TEST

START_TEST(colors_under_different_viewings_are_refused_unless_adapted)
{
    tns_reading a = lab(50, 10, 10, "D65", 10), b = lab(50, 10, 10, "D50", 2);
    tns_comparison c;
    tns_error err = {0};
    ck_assert(!tns_service_compare(&a, &b, NULL, &c, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    ck_assert_msg(strstr(err.text, "D65/10") && strstr(err.text, "D50/2"), "%s", err.text);
    c = compare(&a, &b, &(tns_compare_options){.adapt = true});
    ck_assert_str_eq(c.b.illuminant, "D65");
    ck_assert_uint_eq(c.warnings.count, 1);
}
END_TEST

START_TEST(metamerism_needs_both_spectra_and_is_nothing_between_equals)
{
    tns_reading a = spectral(0.2, 0.01), b = spectral(0.2, 0.01), bare = lab(50, 0, 0, "D65", 10);
    tns_comparison c = compare(&a, &b, NULL);
    ck_assert_uint_eq(c.metamerism_count, 2);
    ck_assert_str_eq(c.metamerism_illuminant[0], "A");
    ck_assert_str_eq(c.metamerism_illuminant[1], "F11");
    CHECK_NEAR("A", c.metamerism[0], 0, 1e-9);
    c = compare(&a, &bare, NULL);
    ck_assert_uint_eq(c.metamerism_count, 0);
    c = compare(&a, &b, &(tns_compare_options){.illuminants = "F2,D50,A"});
    ck_assert_uint_eq(c.metamerism_count, 3);
}
END_TEST

/* A clinic's own lamp is known by its name alone once it stands in a record. */
START_TEST(spectra_whose_colors_stand_under_an_unknown_lamp_still_compare)
{
    tns_reading a = spectral(0.2, 0.01), b = spectral(0.25, 0.01);
    a.has_color = b.has_color = true;
    a.color = (tns_color){{50, 1, 2}, "Clinic ceiling", TNS_OBSERVER_10};
    b.color = (tns_color){{52, 1, 2}, "Clinic ceiling", TNS_OBSERVER_10};
    tns_comparison c = compare(&a, &b, NULL);
    CHECK_NEAR("dL", c.difference.dL, 2, 1e-12);
    ck_assert_uint_eq(c.metamerism_count, 0);
    ck_assert_ptr_nonnull(strstr(c.warnings.text[0], "Clinic ceiling"));
}
END_TEST

START_TEST(a_measured_spectrum_counts_not_the_color_beside_it)
{
    tns_viewing d65;
    ck_assert(tns_viewing_find("D65/10", &d65, NULL));
    tns_reading bare, measured;
    ck_assert(tns_target_load("lab:50,0,0", &bare, NULL));
    measured = bare;
    measured.has_spectrum = true;
    measured.spectrum = tns_spectrum_constant(0.9);
    tns_comparison c;
    ck_assert(tns_service_compare(&bare, &measured, NULL, &c, NULL));
    CHECK_NEAR("L of 0.9", c.b.lab.L, tns_lab_from_spectrum(&measured.spectrum, &d65).L, 1e-12);
}
END_TEST

START_TEST(ita_follows_lightness)
{
    tns_reading light = lab(70, 8, 15, "D65", 10), dark = lab(35, 10, 12, "D65", 10);
    tns_comparison c = compare(&light, &dark, NULL);
    CHECK_NEAR("light", c.ita_a, 53.13, 0.01); /* atan(20 / 15) */
    CHECK_NEAR("dark", c.ita_b, -51.34, 0.01); /* atan(-15 / 12) */
}
END_TEST

static const struct {
    const char *label, *bytes, *says; /* says NULL = good */
} files[] = {
    {"good", "L1,a1,b1,L2,a2,b2\n50,2.6772,-79.7751,50,0,-82.7485\n", NULL},
    {"other order, more columns", "name,L2,a2,b2,L1,a1,b1\nx,50,0,-82.7485,50,2.6772,-79.7751\n",
     NULL},
    {"decimal commas", "L1,a1,b1,L2,a2,b2\n50,0,2,6,-79,7,50,0,0,0,-82,7\n",
     "line 2: expected 6 fields, found 12"},
    {"a short row", "L1,a1,b1,L2,a2,b2\n50,2,3,50,0\n", "line 2: expected 6 fields, found 5"},
    {"a missing column", "L1,a1,b1,L2,a2\n50,2,3,50,0\n", "expected a column b2"},
    {"NaN", "L1,a1,b1,L2,a2,b2\n50,2,nan,50,0,0\n", "line 2: b1: expected a number"},
    {"L* of 140", "L1,a1,b1,L2,a2,b2\n50,2,3,140,0,0\n", "line 2: expected L* 0 to 100"},
    {"no rows", "L1,a1,b1,L2,a2,b2\n", "expected pairs, found only a header"},
    {"nothing", "", "expected a column L1"},
};

START_TEST(pairs_are_read_from_a_table_or_refused_with_their_line)
{
    char path[] = "/tmp/tonsure-pairs-XXXXXX";
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    close(fd);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        tns_error err = {0};
        size_t count = 0;
        ck_assert(tns_file_write(path, files[i].bytes, strlen(files[i].bytes), &err));
        tns_comparison *pairs = tns_service_compare_pairs(path, &count, &err);
        ck_assert_msg((pairs != NULL) == (files[i].says == NULL), "%s: %s", files[i].label,
                      err.text);
        if (pairs)
            CHECK_NEAR(files[i].label, pairs[0].de00, 2.0425, 5e-5);
        else
            ck_assert_msg(strstr(err.text, files[i].says) != NULL, "%s: %s", files[i].label,
                          err.text);
        free(pairs);
    }
    unlink(path);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("compare");
    TCase *tc = tcase_create("compare");
    tcase_add_test(tc, the_published_pairs_come_out_and_a_is_the_standard);
    tcase_add_test(tc, dH_carries_the_sign_of_the_hue_change);
    tcase_add_test(tc, colors_under_different_viewings_are_refused_unless_adapted);
    tcase_add_test(tc, metamerism_needs_both_spectra_and_is_nothing_between_equals);
    tcase_add_test(tc, spectra_whose_colors_stand_under_an_unknown_lamp_still_compare);
    tcase_add_test(tc, a_measured_spectrum_counts_not_the_color_beside_it);
    tcase_add_test(tc, ita_follows_lightness);
    tcase_add_test(tc, pairs_are_read_from_a_table_or_refused_with_their_line);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
