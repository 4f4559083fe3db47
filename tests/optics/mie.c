/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <complex.h>
#include <stdio.h>

#include <tonsure/mie.h>

#include "support/testing.h"

static tns_mie sphere(double x, double m_re, double m_im)
{
    tns_mie mie = {0};
    tns_error err = {0};
    ck_assert_msg(tns_mie_sphere(x, m_re, m_im, &mie, &err), "%s", err.text);
    return mie;
}

START_TEST(efficiencies_are_the_published_ones)
{
    /*
     * W. J. Wiscombe, Mie scattering calculations, NCAR/TN-140+STR (1979), the test cases of MIEV0,
     * printed to six decimals; Bohren, Huffman (1983), appendix A (x = 5.21282), to five.
     */
    static const struct {
        double m_re, m_im, x, Qext, Qsca, g, tolerance;
    } rows[] = {
        {1.55, 0, 5.21282, 3.10543, 3.10543, 0.63314, 1e-5},
        {1.5, 0, 10, 2.881999, 2.881999, 0.742913, 1e-6},
        {1.5, 0, 100, 2.094388, 2.094388, 0.818246, 1e-6},
        {1.5, 0, 1000, 2.013945, 2.013945, 0.827882, 1e-6},
        {0.75, 0, 0.099, 0.000007, 0.000007, 0.001448, 1e-6},
        {0.75, 0, 10, 2.232265, 2.232265, 0.896473, 1e-6},
        {0.75, 0, 1000, 1.997908, 1.997908, 0.844944, 1e-6},
        {1.33, 1e-5, 1, 0.093952, 0.093923, 0.184517, 1e-6},
        {1.33, 1e-5, 100, 2.101321, 2.096594, 0.868959, 1e-6},
        {1.5, 1, 0.055, 0.101491, 0.000011, 0.000491, 1e-6},
        {1.5, 1, 1, 2.336321, 0.663454, 0.192136, 1e-6},
        {1.5, 1, 100, 2.097502, 1.283697, 0.850252, 1e-6},
        {10, 10, 1, 2.532993, 2.049405, -0.110664, 1e-6},
        {10, 10, 100, 2.071124, 1.836785, 0.556215, 1e-6},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char label[80];
        snprintf(label, sizeof label, "m = %g + %g i, x = %g", rows[i].m_re, rows[i].m_im,
                 rows[i].x);
        tns_mie mie = sphere(rows[i].x, rows[i].m_re, rows[i].m_im);
        CHECK_NEAR(label, mie.Qext, rows[i].Qext, rows[i].tolerance);
        CHECK_NEAR(label, mie.Qsca, rows[i].Qsca, rows[i].tolerance);
        CHECK_NEAR(label, mie.g, rows[i].g, rows[i].tolerance);
    }
}
END_TEST

START_TEST(small_spheres_follow_rayleigh)
{
    for (double x = 1e-6; x < 0.02; x *= 10)
        for (double k = 0; k < 1; k += 0.5) {
            double complex m2 = cpow(1.5 + k * I, 2), polar = (m2 - 1) / (m2 + 2);
            double scattered = 8.0 / 3 * pow(x, 4) * pow(cabs(polar), 2);
            tns_mie mie = sphere(x, 1.5, k);
            /* What Rayleigh leaves out is of the order x^2. */
            CHECK_NEAR("Qsca", mie.Qsca / scattered, 1, 1e-12 + 2 * x * x);
            if (k > 0)
                CHECK_NEAR("Qabs", mie.Qabs / (4 * x * cimag(polar)), 1, 1e-12 + 2 * x * x);
            else
                ck_assert_msg(mie.Qabs == 0, "a clear sphere absorbs nothing, to the bit");
        }
}
END_TEST

START_TEST(large_spheres_take_out_twice_their_shadow)
{
    /* Nussenzveig, Wiscombe, Phys. Rev. Lett. 45, 1490 (1980): 2 + 1.9924 x^(-2/3) + ... */
    for (double x = 250; x <= 2000; x *= 2)
        CHECK_NEAR("Qext", sphere(x, 1.5, 1).Qext, 2 + 1.9924 * pow(x, -2.0 / 3), 3 / x);
}
END_TEST

START_TEST(what_no_series_covers_is_refused)
{
    static const struct {
        double x, m_re, m_im;
    } rows[] = {{0, 1.5, 0},        {-1, 1.5, 0},    {2001, 1.5, 0}, {NAN, 1.5, 0}, {1, 0, 1},
                {1, -1, 0},         {1, 1.5, -0.1},  {1, NAN, 0},    {1, 1.5, NAN}, {1, 1e9, 0},
                {INFINITY, 1.5, 0}, {1e-80, 1.5, 0}, {1, 1e-300, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_mie mie;
        tns_error err = {0};
        ck_assert(!tns_mie_sphere(rows[i].x, rows[i].m_re, rows[i].m_im, &mie, &err));
        ck_assert_int_eq(err.code, TNS_ERROR_RANGE);
    }
}
END_TEST

START_TEST(all_that_is_covered_has_finite_efficiencies)
{
    static const double x[] = {1e-30, 1e-10, 1, 2000}, n[] = {1e-6, 1, 1.5, 100};
    static const double k[] = {0, 1e-6, 100};
    for (size_t i = 0; i < 4 * 4 * 3; i++) {
        tns_mie m = sphere(x[i % 4], n[i / 4 % 4], k[i / 16]);
        ck_assert_msg(m.Qsca >= 0 && isfinite(m.Qext) && m.Qabs > -1e-12 && fabs(m.g) <= 1,
                      "x %g, m %g + %gi: %g, %g, %g, %g", x[i % 4], n[i / 4 % 4], k[i / 16], m.Qext,
                      m.Qsca, m.Qabs, m.g);
    }
}
END_TEST

START_TEST(every_order_of_size_is_smooth)
{
    /* The number of terms jumps with x; the answer must not. */
    for (double x = 0.05; x < 50; x *= 1.7) {
        double here = sphere(x, 1.7, 0.2).Qext, there = sphere(x * (1 + 1e-9), 1.7, 0.2).Qext;
        CHECK_NEAR("Qext", there / here, 1, 1e-8);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mie");
    TCase *tc = tcase_create("mie");
    tcase_add_test(tc, efficiencies_are_the_published_ones);
    tcase_add_test(tc, small_spheres_follow_rayleigh);
    tcase_add_test(tc, large_spheres_take_out_twice_their_shadow);
    tcase_add_test(tc, what_no_series_covers_is_refused);
    tcase_add_test(tc, all_that_is_covered_has_finite_efficiencies);
    tcase_add_test(tc, every_order_of_size_is_smooth);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
