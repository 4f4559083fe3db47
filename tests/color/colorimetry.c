/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include <lcms2.h>

#include <tonsure/colorimetry.h>
#include <tonsure/skintone.h>

#include "color/cie.h"
#include "support/testing.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static tns_viewing viewing(const char *condition)
{
    tns_viewing v;
    tns_error err;
    ck_assert_msg(tns_viewing_find(condition, &v, &err), "%s", err.text);
    return v;
}

START_TEST(white_points_are_those_of_cie_15)
{
    /* CIE 15:2004, table T.3 (D, A, C), ASTM E308-01 table 5 (F), and the sums of the
     * observers (E), to two decimals. */
    static const struct {
        const char *condition;
        double X, Z;
    } rows[] = {
        {"A/2", 109.85, 35.58},    {"A/10", 111.14, 35.20},  {"C/2", 98.07, 118.22},
        {"C/10", 97.28, 116.14},   {"D50/2", 96.42, 82.51},  {"D50/10", 96.72, 81.43},
        {"D55/2", 95.68, 92.14},   {"D55/10", 95.80, 90.93}, {"D65/2", 95.04, 108.88},
        {"D65/10", 94.81, 107.32}, {"F2/2", 99.19, 67.39},   {"F2/10", 103.28, 69.03},
        {"F7/2", 95.04, 108.75},   {"F7/10", 95.79, 107.69}, {"F11/2", 100.96, 64.35},
        {"F11/10", 103.86, 65.61}, {"E/2", 100, 100},        {"E/10", 99.99, 100.01},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        tns_viewing v = viewing(rows[i].condition);
        CHECK_NEAR(rows[i].condition, v.white.X, rows[i].X, 0.01);
        CHECK_NEAR(rows[i].condition, v.white.Y, 100, 1e-10);
        CHECK_NEAR(rows[i].condition, v.white.Z, rows[i].Z, 0.01);
    }
}
END_TEST

START_TEST(a_viewing_is_found_by_name_or_refused)
{
    static const struct {
        const char *condition, *illuminant; /* NULL = refused */
        int observer;
    } rows[] = {
        {"D65/10", "D65", 10}, {"D65", "D65", 10},
        {"d50/2", "D50", 2},   {"A/2", "A", 2},
        {"f11/10", "F11", 10}, {"D7500/10", "D7500", 10},
        {"E/2", "E", 2},       {"", NULL, 0},
        {"/", NULL, 0},        {"/10", NULL, 0},
        {"D65/", NULL, 0},     {"D65/1", NULL, 0},
        {"D65/100", NULL, 0},  {"D65/2/2", NULL, 0},
        {"D65 /10", NULL, 0},  {"D65-10", NULL, 0},
        {"F12/10", NULL, 0},   {"D3999/10", NULL, 0},
        {"D25001", NULL, 0},   {"D6504K", NULL, 0},
        {"D65,10", NULL, 0},   {"D+6500", NULL, 0},
        {"D1e4", NULL, 0},     {"D75/10", NULL, 0},
        {"tungsten", NULL, 0}, {"a name far longer than any illuminant has/10", NULL, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        tns_viewing v;
        tns_error err = {0};
        bool found = tns_viewing_find(rows[i].condition, &v, &err);
        ck_assert_msg(found == (rows[i].illuminant != NULL), "\"%s\"", rows[i].condition);
        if (found) {
            ck_assert_str_eq(v.illuminant, rows[i].illuminant);
            ck_assert_int_eq(v.observer, rows[i].observer);
        } else {
            ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
            ck_assert_msg(strstr(err.text, "expected") != NULL, "%s", err.text);
        }
    }
}
END_TEST

START_TEST(a_color_knows_whether_it_is_under_a_viewing)
{
    tns_viewing v = viewing("D65/10"), other = viewing("D65/2"), lamp = viewing("F11/10");
    tns_spectrum grey = tns_spectrum_constant(0.2);
    tns_color c = tns_color_from_spectrum(&grey, &v);
    ck_assert(tns_viewing_is(&v, &c) && !tns_viewing_is(&other, &c) && !tns_viewing_is(&lamp, &c));
}
END_TEST

START_TEST(a_flat_spectrum_is_neutral_under_every_viewing)
{
    static const char *const conditions[] = {"A/2", "D50/2", "D65/10", "F2/10", "F11/2"};
    for (size_t i = 0; i < COUNT(conditions); i++) {
        tns_viewing v = viewing(conditions[i]);
        tns_spectrum grey = tns_spectrum_constant(0.184187); /* (66/116)^3: L* = 50 */
        tns_lab lab = tns_lab_from_spectrum(&grey, &v);
        CHECK_NEAR(conditions[i], lab.L, 50, 1e-4); /* six decimals of 0.184187 */
        CHECK_NEAR(conditions[i], hypot(lab.a, lab.b), 0, 1e-10);
    }
}
END_TEST

/* A table read between its rows, linear. */
static double between(const double (*table)[4], int column, double nm)
{
    int i = (int)((nm - TNS_SPD_FIRST_NM) / TNS_SPD_STEP_NM);
    double t = (nm - table[i][0]) / TNS_SPD_STEP_NM;
    return t == 0 ? table[i][column] : table[i][column] * (1 - t) + table[i + 1][column] * t;
}

static double power_between(const tns_illuminant *lamp, double nm)
{
    int i = (int)((nm - TNS_SPD_FIRST_NM) / TNS_SPD_STEP_NM);
    double t = (nm - TNS_SPD_FIRST_NM) / TNS_SPD_STEP_NM - i;
    return t == 0 ? lamp->power[i] : lamp->power[i] * (1 - t) + lamp->power[i + 1] * t;
}

static double reflectance_between(const tns_spectrum *s, double nm)
{
    double at = fmin(fmax((nm - TNS_FIRST_NM) / TNS_STEP_NM, 0), TNS_BANDS - 1);
    int i = at < TNS_BANDS - 1 ? (int)at : TNS_BANDS - 2;
    return s->value[i] + (at - i) * (s->value[i + 1] - s->value[i]);
}

/* The second way: everything to 1 nm by straight lines, no weights. */
static tns_lab lab_by_sums(const tns_spectrum *s, const char *name, int observer)
{
    const double(*table)[4] = observer == 2 ? tns_cie1931 : tns_cie1964;
    tns_illuminant lamp;
    ck_assert(tns_illuminant_find(name, &lamp, NULL));
    double sum[3] = {0}, white[3] = {0};
    for (int nm = 380; nm <= 780; nm++) {
        for (int k = 0; k < 3; k++) {
            double w = power_between(&lamp, nm) * between(table, k + 1, nm);
            white[k] += w;
            sum[k] += w * reflectance_between(s, nm);
        }
    }
    double scale = 100 / white[1];
    return tns_lab_from_xyz((tns_xyz){sum[0] * scale, sum[1] * scale, sum[2] * scale},
                            (tns_xyz){white[0] * scale, 100, white[2] * scale});
}

START_TEST(lab_of_smooth_spectra_agrees_with_sums_at_1_nm)
{
    static const char *const lamps[] = {"A", "D50", "D65", "F2", "F11"};
    double worst = 0;
    for (size_t lamp = 0; lamp < COUNT(lamps); lamp++) {
        for (int observer = 2; observer <= 10; observer += 8) {
            for (int k = 0; k < 27; k++) {
                tns_spectrum s = tns_spectrum_constant(0);
                for (int i = 0; i < TNS_BANDS; i++)
                    s.value[i] = 0.3 + 0.1 * (k % 3) * tanh((tns_band_nm(i) - 480 - 10 * k) / 60) +
                                 0.05 * (k % 2) * cos((tns_band_nm(i) - 380) / 40);
                char condition[16];
                snprintf(condition, sizeof condition, "%s/%d", lamps[lamp], observer);
                tns_viewing v = viewing(condition);
                tns_lab a = tns_lab_from_spectrum(&s, &v);
                tns_lab b = lab_by_sums(&s, lamps[lamp], observer);
                double d = sqrt(pow(a.L - b.L, 2) + pow(a.a - b.a, 2) + pow(a.b - b.b, 2));
                worst = fmax(worst, d);
                /*
                 * The two differ by what straight lines cut off a curve: h^2/12 of its second
                 * derivative, up to 6e-4 in reflectance here, which is 0.2 in b*.
                 */
                CHECK_NEAR(condition, d, 0, 0.2);
            }
        }
    }
    fprintf(stderr, "largest distance between the two ways: %.3f\n", worst);
}
END_TEST

START_TEST(weights_are_exact_for_parabolas)
{
    /* Lagrange's quadratic and cubic reproduce a parabola, so sums at 5 nm must come out alike. */
    static const double shape[][3] = {{0.5, 0, 0}, {0.4, 0.3, 0}, {0.2, -0.1, 0.7}, {0.9, 0, -0.8}};
    static const char *const lamps[] = {"A", "D65", "F11"};
    for (size_t k = 0; k < COUNT(shape) * COUNT(lamps); k++) {
        const double *c = shape[k % COUNT(shape)];
        tns_illuminant lamp;
        ck_assert(tns_illuminant_find(lamps[k / COUNT(shape)], &lamp, NULL));
        tns_viewing v = tns_viewing_make(&lamp, TNS_OBSERVER_10);
        tns_spectrum s = tns_spectrum_constant(0);
        for (int i = 0; i < TNS_BANDS; i++) {
            double t = i / (double)(TNS_BANDS - 1);
            s.value[i] = c[0] + c[1] * t + c[2] * t * t;
        }
        double X = 0, Y = 0, Z = 0, white = 0;
        for (int i = 4; i <= 84; i++) { /* 380-780 nm */
            double t = fmin((tns_cie1964[i][0] - 380) / 350, 1);
            double light = lamp.power[i] * (c[0] + c[1] * t + c[2] * t * t);
            X += light * tns_cie1964[i][1];
            Y += light * tns_cie1964[i][2];
            Z += light * tns_cie1964[i][3];
            white += lamp.power[i] * tns_cie1964[i][2];
        }
        tns_xyz xyz = tns_xyz_from_spectrum(&s, &v);
        CHECK_NEAR("X", xyz.X, 100 * X / white, 1e-11);
        CHECK_NEAR("Y", xyz.Y, 100 * Y / white, 1e-11);
        CHECK_NEAR("Z", xyz.Z, 100 * Z / white, 1e-11);
    }
}
END_TEST

START_TEST(a_captured_cr30_spectrum_has_the_expected_lab)
{
    /* %R at 400-700/10 nm of one exchange of a CR30 (public capture). */
    static const double percent[31] = {
        5.507,  7.194,  8.062,  8.602,  9.199, 9.946, 10.723, 11.599, 12.596, 13.600, 14.394,
        14.530, 13.839, 12.516, 11.029, 9.585, 8.322, 7.306,  6.416,  5.446,  4.602,  4.234,
        4.365,  4.434,  4.348,  4.332,  4.416, 4.613, 4.830,  5.028,  5.190};
    double nm[31], value[31];
    for (int i = 0; i < 31; i++) {
        nm[i] = 400 + 10 * i;
        value[i] = percent[i] / 100;
    }
    tns_spectrum s;
    tns_error err;
    ck_assert_msg(tns_spectrum_resample(nm, value, 31, &s, &err), "%s", err.text);
    tns_viewing v = viewing("D65/10");
    tns_lab lab = tns_lab_from_spectrum(&s, &v);
    tns_lab near = {36.617, -20.725, -2.864}; /* plain 10 nm sums; other ways differ by 0.1 */
    double d = sqrt(pow(lab.L - near.L, 2) + pow(lab.a - near.a, 2) + pow(lab.b - near.b, 2));
    fprintf(stderr, "CR30: %.3f %.3f %.3f\n", lab.L, lab.a, lab.b);
    CHECK_NEAR("CR30", d, 0, 0.15);
}
END_TEST

START_TEST(lab_xyz_and_lch_go_both_ways_over_a_grid_and_agree_with_lcms)
{
    tns_viewing v = viewing("D50/2");
    cmsCIEXYZ white = {v.white.X / 100, v.white.Y / 100, v.white.Z / 100};
    for (double L = 0; L <= 100; L += 10) {
        for (double a = -100; a <= 100; a += 12.5) {
            for (double b = -100; b <= 100; b += 12.5) {
                tns_lab lab = {L, a, b};
                tns_xyz xyz = tns_xyz_from_lab(lab, v.white);
                tns_lab back = tns_lab_from_xyz(xyz, v.white);
                tns_lch lch = tns_lch_from_lab(lab);
                tns_lab turned = tns_lab_from_lch(lch);
                ck_assert(lch.h >= 0 && lch.h < 360 && !signbit(lch.h));
                CHECK_NEAR("L", back.L, L, 1e-11);
                CHECK_NEAR("a", back.a, a, 1e-10);
                CHECK_NEAR("b", back.b, b, 1e-10);
                CHECK_NEAR("a from LCh", turned.a, a, 1e-12);
                CHECK_NEAR("b from LCh", turned.b, b, 1e-12);

                cmsCIELab in = {L, a, b}, out;
                cmsCIEXYZ theirs;
                cmsLab2XYZ(&white, &theirs, &in);
                CHECK_NEAR("X by lcms2", theirs.X, xyz.X / 100, 1e-12);
                CHECK_NEAR("Y by lcms2", theirs.Y, xyz.Y / 100, 1e-12);
                CHECK_NEAR("Z by lcms2", theirs.Z, xyz.Z / 100, 1e-12);
                cmsXYZ2Lab(&white, &out, &theirs);
                CHECK_NEAR("a by lcms2", out.a, back.a, 1e-9);
                CHECK_NEAR("b by lcms2", out.b, back.b, 1e-9);
            }
        }
    }
}
END_TEST

START_TEST(the_hue_of_a_grey_is_zero_and_quadrants_are_right)
{
    static const struct {
        double a, b, h;
    } rows[] = {{0, 0, 0},  {-0.0, -0.0, 0}, {1, 0, 0},       {1, -0.0, 0},
                {0, 1, 90}, {-1, 0, 180},    {-1, -0.0, 180}, {0, -1, 270},
                {1, 1, 45}, {1, -1e-300, 0}, {-1, -1, 225}};
    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_NEAR("hue", tns_lch_from_lab((tns_lab){50, rows[i].a, rows[i].b}).h, rows[i].h,
                   1e-12);
}
END_TEST

START_TEST(srgb_of_known_colors_is_right)
{
    /* IEC 61966-2-1: white, mid grey of linear 0.18 -> 117.6/255, and the red primary. */
    tns_viewing v = viewing("D65/2");
    double rgb[3];
    ck_assert(tns_srgb_from_xyz(v.white, v.white, rgb));
    for (int i = 0; i < 3; i++)
        CHECK_NEAR("white", rgb[i], 1, 1e-6);
    tns_xyz srgb_white = {95.05, 100, 108.90};
    ck_assert(tns_srgb_from_xyz((tns_xyz){41.24, 21.26, 1.93}, srgb_white, rgb));
    CHECK_NEAR("red", rgb[0], 1, 2e-4); /* primaries to four digits */
    CHECK_NEAR("red", rgb[1], 0, 2e-3); /* linear 1e-4 is 1.3e-3 after the gamma's steep foot */
    CHECK_NEAR("red", rgb[2], 0, 2e-3);
    tns_xyz grey = tns_xyz_from_lab((tns_lab){50, 0, 0}, v.white);
    ck_assert(tns_srgb_from_xyz(grey, v.white, rgb));
    for (int i = 0; i < 3; i++)
        CHECK_NEAR("L* 50", rgb[i], 0.46633, 1e-4); /* #777777 */
    ck_assert(!tns_srgb_from_xyz(tns_xyz_from_lab((tns_lab){60, -90, 20}, v.white), v.white, rgb));
    ck_assert(rgb[0] == 0 && rgb[1] > 0.5 && rgb[1] <= 1);
}
END_TEST

START_TEST(skin_tone_falls_into_the_classes_of_chardon)
{
    static const struct {
        double ita;
        const char *name;
    } rows[] = {{90, "very light"},    {55.01, "very light"},   {55, "light"},
                {41, "intermediate"},  {28.5, "intermediate"},  {28, "tan"},
                {10, "brown"},         {-30, "dark"},           {-90, "dark"},
                {91, "not skin-like"}, {-120, "not skin-like"}, {180, "not skin-like"}};
    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_str_eq(tns_ita_class(rows[i].ita), rows[i].name);
    CHECK_NEAR("L* 65, b* 15", tns_ita((tns_lab){65, 10, 15}), 45, 1e-12);
    CHECK_NEAR("L* 50", tns_ita((tns_lab){50, 10, 15}), 0, 1e-12);
    ck_assert_str_eq(tns_ita_class(tns_ita((tns_lab){60, 0, -5})), "not skin-like");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("colorimetry");
    TCase *tc = tcase_create("colorimetry");
    tcase_add_test(tc, white_points_are_those_of_cie_15);
    tcase_add_test(tc, a_viewing_is_found_by_name_or_refused);
    tcase_add_test(tc, a_color_knows_whether_it_is_under_a_viewing);
    tcase_add_test(tc, a_flat_spectrum_is_neutral_under_every_viewing);
    tcase_add_test(tc, lab_of_smooth_spectra_agrees_with_sums_at_1_nm);
    tcase_add_test(tc, weights_are_exact_for_parabolas);
    tcase_add_test(tc, a_captured_cr30_spectrum_has_the_expected_lab);
    tcase_add_test(tc, lab_xyz_and_lch_go_both_ways_over_a_grid_and_agree_with_lcms);
    tcase_add_test(tc, the_hue_of_a_grey_is_zero_and_quadrants_are_right);
    tcase_add_test(tc, srgb_of_known_colors_is_right);
    tcase_add_test(tc, skin_tone_falls_into_the_classes_of_chardon);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
