/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <lcms2.h>

#include <tonsure/adaptation.h>
#include <tonsure/difference.h>

#include "support/testing.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static tns_viewing viewing(const char *condition)
{
    tns_viewing v;
    tns_error err;
    ck_assert_msg(tns_viewing_find(condition, &v, &err), "%s", err.text);
    return v;
}

static const char *const whites[] = {"A/2", "D50/2", "D65/2", "F11/10"};

START_TEST(bradford_agrees_with_lcms)
{
    for (size_t from = 0; from < COUNT(whites); from++)
        for (size_t to = 0; to < COUNT(whites); to++) {
            tns_xyz a = viewing(whites[from]).white, b = viewing(whites[to]).white;
            for (int i = 0; i < 64; i++) {
                tns_xyz in = {5 + 25 * (i % 4), 5 + 25 * (i / 4 % 4), 5 + 25 * (i / 16)};
                tns_xyz out = tns_adapt(TNS_ADAPT_BRADFORD, in, a, b);
                cmsCIEXYZ theirs;
                cmsAdaptToIlluminant(&theirs, &(cmsCIEXYZ){a.X, a.Y, a.Z},
                                     &(cmsCIEXYZ){b.X, b.Y, b.Z}, &(cmsCIEXYZ){in.X, in.Y, in.Z});
                CHECK_NEAR("X", out.X, theirs.X, 1e-10);
                CHECK_NEAR("Y", out.Y, theirs.Y, 1e-10);
                CHECK_NEAR("Z", out.Z, theirs.Z, 1e-10);
            }
        }
}
END_TEST

START_TEST(the_bradford_matrix_from_d65_to_d50_is_the_published_one)
{
    /* B. Lindbloom, "Chromatic adaptation", D65 to D50 with the white points of ASTM E308. */
    static const double published[3][3] = {{1.0478112, 0.0228866, -0.0501270},
                                           {0.0295424, 0.9904844, -0.0170491},
                                           {-0.0092345, 0.0150436, 0.7521316}};
    tns_xyz d65 = {0.95047, 1, 1.08883}, d50 = {0.96422, 1, 0.82521};
    for (int k = 0; k < 3; k++) {
        tns_xyz unit = {k == 0, k == 1, k == 2};
        tns_xyz out = tns_adapt(TNS_ADAPT_BRADFORD, unit, d65, d50);
        CHECK_NEAR("X", out.X, published[0][k], 1e-6);
        CHECK_NEAR("Y", out.Y, published[1][k], 1e-6);
        CHECK_NEAR("Z", out.Z, published[2][k], 1e-6);
    }
}
END_TEST

START_TEST(white_becomes_white_and_the_way_back_is_open)
{
    for (int transform = TNS_ADAPT_BRADFORD; transform <= TNS_ADAPT_CAT16; transform++)
        for (size_t from = 0; from < COUNT(whites); from++)
            for (size_t to = 0; to < COUNT(whites); to++) {
                tns_xyz a = viewing(whites[from]).white, b = viewing(whites[to]).white;
                tns_adaptation t = (tns_adaptation)transform;
                tns_xyz white = tns_adapt(t, a, a, b), in = {20, 30, 10};
                tns_xyz back = tns_adapt(t, tns_adapt(t, in, a, b), b, a);
                CHECK_NEAR("white X", white.X, b.X, 1e-11);
                CHECK_NEAR("white Z", white.Z, b.Z, 1e-11);
                CHECK_NEAR("back X", back.X, in.X, 1e-11);
                CHECK_NEAR("back Y", back.Y, in.Y, 1e-11);
                CHECK_NEAR("back Z", back.Z, in.Z, 1e-11);
            }
}
END_TEST

START_TEST(equal_spectra_are_not_metameric_and_a_lamp_can_part_a_pair)
{
    tns_viewing d65 = viewing("D65/10"), a = viewing("A/10");
    tns_spectrum flat = tns_spectrum_constant(0.3), bumpy = flat, scaled = flat;
    for (int i = 0; i < TNS_BANDS; i++) {
        bumpy.value[i] += 0.1 * sin(tns_band_nm(i) / 12);
        scaled.value[i] *= 0.5;
    }
    CHECK_NEAR("same", tns_metamerism(&flat, &flat, &d65, &a), 0, 1e-9);
    /* the correction takes out what differs under the reference, here all of it */
    CHECK_NEAR("darker but alike", tns_metamerism(&flat, &scaled, &d65, &a), 0, 1e-9);
    CHECK_NEAR("reference itself", tns_metamerism(&flat, &bumpy, &d65, &d65), 0, 1e-9);
    ck_assert(tns_metamerism(&flat, &bumpy, &d65, &a) > 0.5);
    tns_spectrum black = tns_spectrum_constant(0);
    ck_assert(isfinite(tns_metamerism(&flat, &black, &d65, &a)));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("adaptation");
    TCase *tc = tcase_create("adaptation");
    tcase_add_test(tc, bradford_agrees_with_lcms);
    tcase_add_test(tc, the_bradford_matrix_from_d65_to_d50_is_the_published_one);
    tcase_add_test(tc, white_becomes_white_and_the_way_back_is_open);
    tcase_add_test(tc, equal_spectra_are_not_metameric_and_a_lamp_can_part_a_pair);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
