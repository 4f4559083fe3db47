/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <complex.h>
#include <stdint.h>
#include <stdio.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_odeiv2.h>
#include <tonsure/kubelka_munk.h>

#include "support/testing.h"

enum { STEPS = 9 };

/* From almost nothing to what hides everything, zero included. */
static const double amounts[STEPS] = {0, 1e-9, 1e-4, 0.01, 0.3, 1, 4, 30, 500};
static const double backings[] = {0, 0.04, 0.35, 0.8, 1};
enum { BACKINGS = sizeof backings / sizeof *backings };

static const char *label(double K, double S, double X, double Rg)
{
    static char text[120];
    snprintf(text, sizeof text, "K %g, S %g, X %g, Rg %g", K, S, X, Rg);
    return text;
}

/* The film as Kubelka (1948) prints it, in complex numbers, for K, S, X > 0 and modest b S X. */
static double complex textbook(double complex K, double complex S, double X, double Rg)
{
    double complex a = (K + S) / S, b = csqrt(a * a - 1);
    double complex coth = 1 / ctanh(b * S * X);
    return (1 - Rg * (a - b * coth)) / (a - Rg + b * coth);
}

START_TEST(an_opaque_layer_follows_its_ratio_and_the_ratio_its_layer)
{
    static const struct {
        const char *label;
        double K, S, R;
    } rows[] = {
        {"K/S = 1/4: R = 1/2", 0.25, 1, 0.5},
        {"the same in other units", 25, 100, 0.5},
        {"K/S = 4.05: R = 1/10", 4.05, 1, 0.1},
        {"no absorption", 0, 3, 1},
        {"no scattering", 3, 0, 0},
        {"nothing at all", 0, 0, 0},
        {"black without cancellation: R = S/2K", 1e9, 1, 0.5e-9},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double R = tns_km_opaque(rows[i].K, rows[i].S);
        CHECK_NEAR(rows[i].label, R, rows[i].R, 1e-15 + 2e-9 * rows[i].R * (rows[i].K > 1e8));
        if (rows[i].R > 0)
            CHECK_NEAR(rows[i].label, tns_km_ratio(R) * rows[i].S, rows[i].K, 1e-12 * rows[i].K);
    }
}
END_TEST

START_TEST(a_film_agrees_with_the_textbook_form)
{
    static const double middle[] = {0.01, 0.1, 0.5, 1, 3};
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < 5; j++)
            for (int k = 0; k < 5; k++)
                for (int g = 0; g < BACKINGS; g++) {
                    double K = middle[i], S = middle[j], X = middle[k], Rg = backings[g];
                    /* The textbook form loses digits by cancellation where b S X is small. */
                    CHECK_NEAR(label(K, S, X, Rg), tns_km_film(K, S, X, Rg),
                               creal(textbook(K, S, X, Rg)), 1e-11);
                }
}
END_TEST

START_TEST(the_limits_of_a_film_are_exact)
{
    static const struct {
        const char *label;
        double K, S, X, Rg, R, T;
    } rows[] = {
        {"K = 0: S X / (1 + S X)", 0, 2, 3, 0, 6.0 / 7, 1.0 / 7},
        {"K = 0 over a mirror", 0, 2, 3, 1, 1, 1.0 / 7},
        {"K -> 0 joins K = 0", 1e-30, 2, 3, 0, 6.0 / 7, 1.0 / 7},
        {"S = 0: Rg exp(-2 K X)", 0.7, 0, 1.5, 0.6, 0.6 * 0.12245642825298191, 0.34993774911115533},
        {"X = 0: the backing", 5, 7, 0, 0.42, 0.42, 1},
        {"nothing at all", 0, 0, 5, 0.42, 0.42, 1},
        {"thick: the opaque layer", 0.25, 1, 1e6, 0.9, 0.5, 0},
        {"thick beyond cosh's reach", 25, 100, 1e9, 0.9, 0.5, 0},
        {"thick and black", 1e6, 0, 1e6, 0.9, 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double K = rows[i].K, S = rows[i].S, X = rows[i].X;
        CHECK_NEAR(rows[i].label, tns_km_film(K, S, X, rows[i].Rg), rows[i].R, 1e-14);
        CHECK_NEAR(rows[i].label, tns_km_layer(K, S, X).T, rows[i].T, 1e-14);
    }
}
END_TEST

/* Kubelka's growth law dR/dX = S - 2 (K + S) R + S R^2, from R = Rg. */
static int growth(double x, const double R[], double slope[], void *user)
{
    (void)x;
    const double *ks = user;
    slope[0] = ks[1] - 2 * (ks[0] + ks[1]) * R[0] + ks[1] * R[0] * R[0];
    return GSL_SUCCESS;
}

START_TEST(a_film_is_what_the_growth_law_integrates_to)
{
    static const double rows[][4] = {{0.5, 2, 1.5, 0.3},   {0, 3, 2, 0.1},     {2, 0, 1, 0.8},
                                     {0.01, 0.02, 5, 0.5}, {40, 5, 0.2, 0.45}, {1e-6, 8, 4, 0}};
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double ks[2] = {rows[i][0], rows[i][1]}, x = 0, R = rows[i][3];
        gsl_odeiv2_system system = {growth, NULL, 1, ks};
        gsl_odeiv2_driver *driver =
            gsl_odeiv2_driver_alloc_y_new(&system, gsl_odeiv2_step_rk8pd, 1e-3, 1e-12, 1e-12);
        ck_assert_int_eq(gsl_odeiv2_driver_apply(driver, &x, rows[i][2], &R), GSL_SUCCESS);
        gsl_odeiv2_driver_free(driver);
        /* The integrator's own tolerance is 1e-12 a step. */
        CHECK_NEAR(label(ks[0], ks[1], rows[i][2], rows[i][3]),
                   tns_km_film(ks[0], ks[1], rows[i][2], rows[i][3]), R, 1e-10);
    }
    gsl_set_error_handler(before);
}
END_TEST

START_TEST(a_film_keeps_inside_0_and_1_and_is_monotone_in_K_and_S)
{
    const double X = 1, slack = 4e-16; /* a few roundings */
    for (int g = 0; g < BACKINGS; g++)
        for (int i = 0; i < STEPS; i++)
            for (int j = 0; j < STEPS; j++) {
                double K = amounts[i], S = amounts[j], Rg = backings[g];
                double R = tns_km_film(K, S, X, Rg);
                ck_assert_msg(R >= 0 && R <= 1 + slack, "%s: %g", label(K, S, X, Rg), R);
                if (i > 0)
                    ck_assert_msg(R <= tns_km_film(amounts[i - 1], S, X, Rg) + slack, "%s",
                                  label(K, S, X, Rg));
                if (j > 0)
                    ck_assert_msg(R >= tns_km_film(K, amounts[j - 1], X, Rg) - slack, "%s",
                                  label(K, S, X, Rg));
            }
}
END_TEST

/* Numbers that look random and are the same in every run (Numerical Recipes' quick generator). */
static double next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state / 4294967296.0;
}

START_TEST(more_K_is_darker_and_more_S_is_lighter_for_any_film)
{
    uint32_t state = 1;
    for (int i = 0; i < 20000; i++) {
        double K = exp(16 * next_random(&state) - 10), S = exp(16 * next_random(&state) - 10);
        double X = exp(6 * next_random(&state) - 4), Rg = next_random(&state);
        double more = 1 + next_random(&state), R = tns_km_film(K, S, X, Rg);
        const double slack = 1e-14; /* roundings, where the film hides its backing */
        ck_assert_msg(tns_km_film(K * more, S, X, Rg) <= R + slack, "%s", label(K, S, X, Rg));
        ck_assert_msg(tns_km_film(K, S * more, X, Rg) >= R - slack, "%s", label(K, S, X, Rg));
        ck_assert_msg(tns_km_film(K, S, X, Rg * next_random(&state)) <= R + slack, "%s",
                      label(K, S, X, Rg));
    }
}
END_TEST

START_TEST(slopes_are_those_of_the_complex_step)
{
    static const double middle[] = {0.02, 0.4, 3};
    const double h = 1e-30; /* no difference is taken, so the step may be as small as one likes */
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            for (int g = 0; g < BACKINGS; g++) {
                double K = middle[i], S = middle[j], X = 0.8, Rg = backings[g];
                tns_km_slopes s = tns_km_film_slopes(K, S, X, Rg);
                const char *at = label(K, S, X, Rg);
                CHECK_NEAR(at, s.R, tns_km_film(K, S, X, Rg), 0);
                CHECK_NEAR(at, s.dR_dK, cimag(textbook(K + h * I, S, X, Rg)) / h, 1e-11);
                CHECK_NEAR(at, s.dR_dS, cimag(textbook(K, S + h * I, X, Rg)) / h, 1e-11);
            }
}
END_TEST

/* Central differences; at an edge of the range, one-sided of second order. */
static double difference(double (*f)(double, const double *), double x, const double *p)
{
    double h = 1e-5 * (x > 0.1 ? x : 1);
    if (x > h)
        return (f(x + h, p) - f(x - h, p)) / (2 * h);
    return (4 * f(x + h, p) - 3 * f(x, p) - f(x + 2 * h, p)) / (2 * h);
}

static double film_of_K(double K, const double *p)
{
    return tns_km_film(K, p[0], p[1], p[2]);
}

static double film_of_S(double S, const double *p)
{
    return tns_km_film(p[0], S, p[1], p[2]);
}

START_TEST(slopes_hold_at_the_limits_too)
{
    static const double rows[][4] = {{0, 1, 1, 0.3},     {1, 0, 1, 0.3},    {0, 0, 2, 0.6},
                                     {0, 5, 3, 0},       {2, 3, 0, 0.5},    {1e-7, 1e-7, 1, 0.5},
                                     {1e-3, 2, 1, 0.2},  {3e-3, 1, 1, 0.2}, {5, 20, 10, 0.9},
                                     {4e-3, 1, 1.2, 0.2}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double K = rows[i][0], S = rows[i][1], X = rows[i][2], Rg = rows[i][3];
        tns_km_slopes s = tns_km_film_slopes(K, S, X, Rg);
        const char *at = label(K, S, X, Rg);
        /* A step of 1e-5 leaves 1e-10 times a third derivative, which reaches some hundreds. */
        CHECK_NEAR(at, s.dR_dK, difference(film_of_K, K, (double[]){S, X, Rg}), 1e-7);
        CHECK_NEAR(at, s.dR_dS, difference(film_of_S, S, (double[]){K, X, Rg}), 1e-7);
    }
}
END_TEST

START_TEST(opaque_slopes_are_those_of_the_opaque_layer)
{
    static const double rows[][2] = {{0.1, 1}, {1, 1}, {20, 0.5}, {3, 400}};
    const double h = 1e-6;
    for (size_t i = 0; i < 4; i++) {
        double K = rows[i][0], S = rows[i][1];
        tns_km_slopes s = tns_km_opaque_slopes(K, S);
        double up = tns_km_opaque(K + h, S), down = tns_km_opaque(K - h, S);
        CHECK_NEAR("dR/dK", s.dR_dK, (up - down) / (2 * h), 1e-8);
        up = tns_km_opaque(K, S + h), down = tns_km_opaque(K, S - h);
        CHECK_NEAR("dR/dS", s.dR_dS, (up - down) / (2 * h), 1e-8);
        CHECK_NEAR("only K/S matters", K * s.dR_dK + S * s.dR_dS, 0, 1e-14);
    }
    CHECK_NEAR("held at K = 0", tns_km_opaque_slopes(0, 4).dR_dK, -0.25e6, 1e-6);
    ck_assert(tns_km_opaque_slopes(0, 1).dR_dS == 0);
    ck_assert(tns_km_opaque_slopes(2, 0).dR_dS > 0);
}
END_TEST

static void check_layer(const char *at, tns_layer found, tns_layer expected)
{
    CHECK_NEAR(at, found.R, expected.R, 1e-13);
    CHECK_NEAR(at, found.T, expected.T, 1e-13);
    CHECK_NEAR(at, found.Rb, expected.Rb, 1e-13);
}

START_TEST(two_films_in_a_stack_are_one_of_double_thickness)
{
    for (int i = 0; i < STEPS; i++)
        for (int j = 0; j < STEPS; j++) {
            double K = amounts[i], S = amounts[j];
            tns_layer one = tns_km_layer(K, S, 1), two = tns_km_layer(K, S, 2);
            check_layer(label(K, S, 2, 0), tns_layer_stack(one, one), two);
            CHECK_NEAR("over a backing", tns_layer_over(two, 0.4), tns_km_film(K, S, 2, 0.4),
                       1e-13);
        }
}
END_TEST

START_TEST(stacking_is_associative_and_a_mirror_ends_it)
{
    tns_layer a = tns_km_layer(0.2, 3, 0.5), b = tns_km_layer(5, 0.1, 0.3),
              c = tns_km_layer(0.01, 5, 2), mirror = {1, 0, 1};
    tns_layer left = tns_layer_stack(tns_layer_stack(a, b), c);
    check_layer("a b c", tns_layer_stack(a, tns_layer_stack(b, c)), left);
    ck_assert_msg(fabs(left.R - left.Rb) > 0.1, "a stack of unlike layers has two faces");
    CHECK_NEAR("seen from below", left.Rb, tns_layer_stack(c, tns_layer_stack(b, a)).R, 1e-14);
    check_layer("two mirrors", tns_layer_stack(mirror, mirror), mirror);
}
END_TEST

START_TEST(a_film_comes_back_from_two_backings_and_from_R0_and_T)
{
    static const double thin[] = {0, 1e-3, 0.05, 0.5, 2};
    static const double pairs[][2] = {{0, 0.85}, {0.05, 0.8}, {0.9, 0.04}};
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < 5; j++)
            for (int p = 0; p < 3; p++) {
                double KX = thin[i], SX = thin[j], k = -1, s = -1;
                double g1 = pairs[p][0], g2 = pairs[p][1];
                const char *at = label(KX, SX, 1, g1);
                ck_assert_msg(tns_km_from_backings(tns_km_film(KX, SX, 1, g1), g1,
                                                   tns_km_film(KX, SX, 1, g2), g2, &k, &s),
                              "%s", at);
                /* What a film of K X = 2 lets return is 2 % of the light; rounding grows alike. */
                CHECK_NEAR(at, k, KX, 1e-10);
                CHECK_NEAR(at, s, SX, 1e-10);
                tns_layer layer = tns_km_layer(KX, SX, 1);
                ck_assert(tns_km_from_layer(layer.R, layer.T, &k, &s));
                CHECK_NEAR(at, k, KX, 1e-12);
                CHECK_NEAR(at, s, SX, 1e-12);
            }
}
END_TEST

START_TEST(readings_that_no_film_gives_are_refused)
{
    double k, s;
    static const struct {
        const char *label;
        double R1, g1, R2, g2;
    } rows[] = {
        {"backings alike", 0.3, 0.5, 0.3, 0.5},
        {"an opaque film hides both", 0.25, 0, 0.25, 0.8},
        {"brighter over black than over white", 0.6, 0, 0.2, 0.8},
        {"brighter than any white film", 0.9, 0, 0.91, 0.2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(!tns_km_from_backings(rows[i].R1, rows[i].g1, rows[i].R2, rows[i].g2, &k, &s),
                      "%s", rows[i].label);
    ck_assert(!tns_km_from_layer(0.7, 0.4, &k, &s));
    ck_assert(!tns_km_from_layer(0.2, 0, &k, &s));
    ck_assert(!tns_km_from_layer(-0.01, 0.5, &k, &s));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("kubelka_munk");
    TCase *tc = tcase_create("kubelka_munk");
    tcase_add_test(tc, an_opaque_layer_follows_its_ratio_and_the_ratio_its_layer);
    tcase_add_test(tc, a_film_agrees_with_the_textbook_form);
    tcase_add_test(tc, the_limits_of_a_film_are_exact);
    tcase_add_test(tc, a_film_is_what_the_growth_law_integrates_to);
    tcase_add_test(tc, a_film_keeps_inside_0_and_1_and_is_monotone_in_K_and_S);
    tcase_add_test(tc, more_K_is_darker_and_more_S_is_lighter_for_any_film);
    tcase_add_test(tc, slopes_are_those_of_the_complex_step);
    tcase_add_test(tc, slopes_hold_at_the_limits_too);
    tcase_add_test(tc, opaque_slopes_are_those_of_the_opaque_layer);
    tcase_add_test(tc, two_films_in_a_stack_are_one_of_double_thickness);
    tcase_add_test(tc, stacking_is_associative_and_a_mirror_ends_it);
    tcase_add_test(tc, a_film_comes_back_from_two_backings_and_from_R0_and_T);
    tcase_add_test(tc, readings_that_no_film_gives_are_refused);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
