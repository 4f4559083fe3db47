/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <complex.h>

#include <tonsure/mie.h>

#include "optics/aggregate.h"
#include "support/testing.h"

static const double PI = 3.14159265358979323846;
static const double LAMBDA_NM = 550;

typedef struct pair {
    double absorbed, scattered;
} pair;

static pair spheres(tns_suspension s, double n, double k)
{
    pair out = {0};
    tns_error err = {0};
    ck_assert_msg(
        tns_suspension_coefficients(&s, LAMBDA_NM, n, k, &out.absorbed, &out.scattered, &err), "%s",
        err.text);
    return out;
}

static pair aggregates(tns_aggregate a, double n, double k)
{
    pair out = {0};
    tns_error err = {0};
    ck_assert_msg(
        tns_aggregate_coefficients(&a, LAMBDA_NM, n, k, &out.absorbed, &out.scattered, &err), "%s",
        err.text);
    return out;
}

/* Cross sections of the number distribution over its volume, in steps of the diameter itself. */
static pair by_number(tns_suspension s, double n, double k)
{
    double volume = 0, spread = log(s.geometric_sd), step = s.median_diameter_um / 200;
    pair out = {0};
    for (double d = step; d < 12 * s.median_diameter_um; d += step) {
        double z = log(d / s.median_diameter_um) / spread;
        double number = exp(-z * z / 2) / d, area = PI * d * d / 4;
        tns_mie mie;
        double x = PI * d * s.medium_n / (LAMBDA_NM / 1000);
        ck_assert(tns_mie_sphere(x, n / s.medium_n, k / s.medium_n, &mie, NULL));
        volume += number * PI * d * d * d / 6;
        out.absorbed += number * area * mie.Qabs;
        out.scattered += number * area * mie.Qsca * (1 - mie.g);
    }
    out.absorbed *= 1000 * s.volume_fraction / volume;
    out.scattered *= 1000 * s.volume_fraction / volume;
    return out;
}

START_TEST(a_log_normal_suspension_is_the_sum_of_its_spheres)
{
    static const struct {
        const char *label;
        tns_suspension s;
        double n, k;
    } rows[] = {
        {"white", {0.2, 1.35, 0.05, 1.33}, 2.65, 0},
        {"red", {0.15, 1.4, 0.02, 1.33}, 3.1, 0.4},
        {"broad", {0.3, 1.6, 0.01, 1.5}, 2.3, 0.1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        pair found = spheres(rows[i].s, rows[i].n, rows[i].k);
        pair sum = by_number(rows[i].s, rows[i].n, rows[i].k);
        /* The coarse sum by diameter is the less exact of the two. */
        CHECK_NEAR(rows[i].label, found.scattered / sum.scattered, 1, 1e-4);
        if (rows[i].k > 0)
            CHECK_NEAR(rows[i].label, found.absorbed / sum.absorbed, 1, 1e-4);
    }
}
END_TEST

START_TEST(spheres_all_alike_are_one_sphere_many_times)
{
    tns_suspension s = {0.25, 1, 0.1, 1.33};
    tns_mie mie;
    ck_assert(tns_mie_sphere(PI * 0.25 * 1.33 / 0.55, 2.6 / 1.33, 0.01 / 1.33, &mie, NULL));
    pair found = spheres(s, 2.6, 0.01);
    CHECK_NEAR("mu_a", found.absorbed, 0.1 * 1.5 * mie.Qabs / 0.25e-3, 1e-10);
    CHECK_NEAR("mu_s'", found.scattered, 0.1 * 1.5 * mie.Qsca * (1 - mie.g) / 0.25e-3, 1e-9);
    s.geometric_sd = 1 + 1e-6;
    CHECK_NEAR("a narrow distribution joins it", spheres(s, 2.6, 0.01).scattered, found.scattered,
               1e-3 * found.scattered);
}
END_TEST

/* Absorption of anything far smaller than the wavelength: 6 pi n_medium Im((m^2-1)/(m^2+2)) / l. */
static double rayleigh_absorption(double fraction, double medium, double n, double k)
{
    double complex m2 = cpow((n + k * I) / medium, 2);
    return fraction * 6 * PI * medium / (LAMBDA_NM * 1e-6) * cimag((m2 - 1) / (m2 + 2));
}

START_TEST(fine_dust_absorbs_by_its_volume_whatever_its_sizes)
{
    for (double sd = 1; sd < 1.7; sd += 0.2) {
        tns_suspension s = {0.001, sd, 0.04, 1.33};
        CHECK_NEAR("mu_a", spheres(s, 1.57, 0.5).absorbed,
                   rayleigh_absorption(0.04, 1.33, 1.57, 0.5), 0.3);
    }
}
END_TEST

static tns_aggregate soot(double primaries)
{
    tns_aggregate a = {.primary_diameter_um = 0.025,
                       .primaries = primaries,
                       .fractal_dimension = 1.8,
                       .prefactor = 1.3,
                       .volume_fraction = 0.09,
                       .medium_n = 1.33};
    return a;
}

START_TEST(an_aggregate_absorbs_as_its_spheres_and_scatters_as_a_crowd)
{
    pair one = aggregates(soot(1), 1.57, 0.5);
    pair many = aggregates(soot(100), 1.57, 0.5), more = aggregates(soot(1000), 1.57, 0.5);
    CHECK_NEAR("absorption", many.absorbed, one.absorbed, 1e-9 * one.absorbed);
    /* Small crowds scatter in phase, N times as much each; large ones lose that to their extent. */
    ck_assert(many.scattered > 10 * one.scattered && many.scattered < 100 * one.scattered);
    ck_assert(more.scattered > many.scattered && more.scattered < 10 * many.scattered);
    CHECK_NEAR("volume law within 5 %", many.absorbed, rayleigh_absorption(0.09, 1.33, 1.57, 0.5),
               0.05 * many.absorbed);
}
END_TEST

START_TEST(a_single_primary_scatters_as_a_small_sphere)
{
    tns_aggregate a = soot(1);
    a.prefactor = 1e6; /* so compact that its extent is nothing */
    tns_suspension s = {0.025, 1, 0.09, 1.33};
    /* Rayleigh's pattern is even: g of a 25 nm sphere is below 0.01. */
    CHECK_NEAR("mu_s'", aggregates(a, 1.57, 0.5).scattered / spheres(s, 1.57, 0.5).scattered, 1,
               0.01);
}
END_TEST

START_TEST(impossible_suspensions_are_refused)
{
    static const tns_suspension rows[] = {
        {0, 1.4, 0.1, 1.33},    {-1, 1.4, 0.1, 1.33}, {0.2, 0.9, 0.1, 1.33}, {0.2, 1.4, 1.1, 1.33},
        {0.2, 1.4, -0.1, 1.33}, {0.2, 1.4, 0.1, 0.5}, {0.2, NAN, 0.1, 1.33}, {900, 1.4, 0.1, 1.33},
    };
    double a, s;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        ck_assert_msg(!tns_suspension_coefficients(&rows[i], LAMBDA_NM, 2, 0, &a, &s, &err),
                      "row %zu", i);
        ck_assert_int_eq(err.code, TNS_ERROR_RANGE);
    }
    tns_aggregate coarse = soot(100);
    coarse.primary_diameter_um = 0.2;
    ck_assert(!tns_aggregate_coefficients(&coarse, LAMBDA_NM, 1.57, 0.5, &a, &s, NULL));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("suspension");
    TCase *tc = tcase_create("suspension");
    tcase_add_test(tc, a_log_normal_suspension_is_the_sum_of_its_spheres);
    tcase_add_test(tc, spheres_all_alike_are_one_sphere_many_times);
    tcase_add_test(tc, fine_dust_absorbs_by_its_volume_whatever_its_sizes);
    tcase_add_test(tc, an_aggregate_absorbs_as_its_spheres_and_scatters_as_a_crowd);
    tcase_add_test(tc, a_single_primary_scatters_as_a_small_sphere);
    tcase_add_test(tc, impossible_suspensions_are_refused);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
