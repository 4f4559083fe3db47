/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include <tonsure/spectrum.h>

#include "support/testing.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
enum { MOST = 600 };

/* A curve of samples at from, from + step, ..., as far as `to`. */
typedef struct samples {
    size_t n;
    double nm[MOST], value[MOST];
} samples;

static double wavy(double nm)
{
    return 0.4 + 0.2 * sin(nm / 45) + 0.1 * tanh((nm - 560) / 30);
}

static double rising(double nm)
{
    return 0.1 + (nm - 300) / 1000;
}

static samples sampled(double (*curve)(double), double from, double to, double step)
{
    samples s = {0};
    for (size_t i = 0; from + step * (double)i <= to + 1e-9; i++) {
        s.nm[i] = from + step * (double)i;
        s.value[i] = curve(s.nm[i]);
        s.n = i + 1;
    }
    return s;
}

static tns_spectrum resampled(const samples *s)
{
    tns_spectrum out;
    tns_error err;
    ck_assert_msg(tns_spectrum_resample(s->nm, s->value, s->n, &out, &err), "%s", err.text);
    return out;
}

START_TEST(samples_on_the_grid_pass_unchanged)
{
    samples s = sampled(wavy, 380, 730, 10);
    tns_spectrum out = resampled(&s);
    for (int i = 0; i < TNS_BANDS; i++)
        ck_assert_msg(out.value[i] == s.value[i], "%g nm", tns_band_nm(i));
    ck_assert(out.from_nm == 380 && out.to_nm == 730 && !out.reconstructed && !out.prior[0]);
}
END_TEST

START_TEST(ends_are_held_and_the_range_is_told)
{
    samples s = sampled(wavy, 400, 700, 10);
    tns_spectrum out = resampled(&s);
    ck_assert(out.from_nm == 400 && out.to_nm == 700);
    for (int i = 0; i < TNS_BANDS; i++) {
        double nm = fmin(fmax(tns_band_nm(i), 400), 700);
        ck_assert_msg(out.value[i] == wavy(nm), "%g nm", tns_band_nm(i));
    }
}
END_TEST

START_TEST(a_straight_line_stays_one_at_every_spacing)
{
    static const double steps[] = {0.7, 1, 2.5, 5, 7.3, 10, 15, 20};
    for (size_t k = 0; k < COUNT(steps); k++) {
        samples s = sampled(rising, 360, 760, steps[k]);
        tns_spectrum out = resampled(&s);
        char label[32];
        snprintf(label, sizeof label, "step %g nm", steps[k]);
        for (int i = 0; i < TNS_BANDS; i++)
            CHECK_NEAR(label, out.value[i], rising(tns_band_nm(i)), 1e-12);
    }
}
END_TEST

/* What a single sample of 1 at 504 nm, 1 nm from its neighbors, adds to the mean around nm. */
static double share_of_504(double nm)
{
    return fmax(1 - fabs(nm - 504) / 10, 0) / 10;
}

START_TEST(dense_samples_are_averaged_under_a_triangle_whose_blur_is_taken_back)
{
    samples s = sampled(rising, 380, 730, 1);
    for (size_t i = 0; i < s.n; i++)
        s.value[i] = 0.5;
    s.value[124] += 0.4; /* 504 nm */
    tns_spectrum out = resampled(&s);
    for (int i = 0; i < TNS_BANDS; i++) {
        double nm = tns_band_nm(i), mean = share_of_504(nm);
        double bend = share_of_504(nm - 10) - 2 * mean + share_of_504(nm + 10);
        double share = fabs(nm - 504) < 10 ? mean - bend / 12 : 0; /* none lies below the rest */
        CHECK_NEAR("share", out.value[i], 0.5 + 0.4 * share, 1e-14);
    }
}
END_TEST

static double steep(double nm)
{
    return 0.03 + 0.5 / (1 + exp((560 - nm) / 9));
}

START_TEST(dense_samples_of_a_steep_edge_are_the_edge_and_no_blur_of_it)
{
    /* the blur was 5e-3; of 5 nm straight lines between the samples leave some */
    static const struct {
        double step, error;
    } rows[] = {{1, 1e-3}, {2, 1e-3}, {5, 2e-3}};
    for (size_t k = 0; k < COUNT(rows); k++) {
        samples s = sampled(steep, 360, 780, rows[k].step);
        tns_spectrum out = resampled(&s);
        for (int i = 0; i < TNS_BANDS; i++)
            CHECK_NEAR("edge", out.value[i], steep(tns_band_nm(i)), rows[k].error);
    }
}
END_TEST

START_TEST(an_edge_casts_no_shadow_below_or_above_it)
{
    samples s = sampled(steep, 360, 780, 5);
    for (size_t i = 0; i < s.n; i++)
        s.value[i] = s.nm[i] < 552 ? 0 : 1;
    tns_spectrum out = resampled(&s);
    for (int i = 0; i < TNS_BANDS; i++)
        ck_assert_msg(out.value[i] >= 0 && out.value[i] <= 1, "%g", out.value[i]);
}
END_TEST

START_TEST(averaging_does_not_depend_on_how_finely_a_curve_was_sampled)
{
    /* The same broken line, given by its corners and by many points on it. */
    samples coarse = sampled(wavy, 380, 730, 5), fine = coarse;
    fine.n = 0;
    for (size_t i = 0; i + 1 < coarse.n; i++)
        for (int k = 0; k < 5; k++) {
            fine.nm[fine.n] = coarse.nm[i] + k;
            fine.value[fine.n++] =
                coarse.value[i] + k / 5.0 * (coarse.value[i + 1] - coarse.value[i]);
        }
    fine.nm[fine.n] = 730;
    fine.value[fine.n++] = coarse.value[coarse.n - 1];
    tns_spectrum a = resampled(&coarse), b = resampled(&fine);
    for (int i = 0; i < TNS_BANDS; i++)
        CHECK_NEAR("5 nm and 1 nm", a.value[i], b.value[i], 1e-14);
}
END_TEST

START_TEST(sparse_samples_follow_the_curve_without_overshoot)
{
    samples s = sampled(wavy, 385, 725, 20);
    tns_spectrum out = resampled(&s);
    for (int i = 1; i < TNS_BANDS - 1; i++)
        CHECK_NEAR("wavy", out.value[i], wavy(tns_band_nm(i)), 0.01); /* a quarter of h^2/8 f'' */
    for (size_t i = 0; i < s.n; i++)
        s.value[i] = i < s.n / 2 ? 0.1 : 0.9;
    out = resampled(&s);
    for (int i = 0; i < TNS_BANDS; i++)
        ck_assert(out.value[i] >= 0.1 && out.value[i] <= 0.9);
}
END_TEST

START_TEST(irregular_samples_are_taken_as_they_lie)
{
    static const double nm[] = {402.5, 409, 431, 444.4, 470, 471, 500.1, 540, 555, 590, 640, 699};
    samples s = {.n = COUNT(nm)};
    for (size_t i = 0; i < s.n; i++) {
        s.nm[i] = nm[i];
        s.value[i] = rising(nm[i]);
    }
    tns_spectrum out = resampled(&s);
    for (int i = 0; i < TNS_BANDS; i++)
        CHECK_NEAR("line", out.value[i], rising(fmin(fmax(tns_band_nm(i), 402.5), 699)), 1e-12);
}
END_TEST

START_TEST(bad_samples_are_refused_by_name)
{
    static const struct {
        const char *label;
        size_t n;
        double nm[4], value[4];
        tns_code code;
        const char *says;
    } rows[] = {
        {"none", 0, {0}, {0}, TNS_ERROR_FORMAT, "at least 3"},
        {"two", 2, {400, 700}, {1, 1}, TNS_ERROR_FORMAT, "at least 3"},
        {"twice", 4, {400, 500, 500, 700}, {1, 1, 1, 1}, TNS_ERROR_FORMAT, "sample 3"},
        {"falling", 4, {700, 600, 500, 400}, {1, 1, 1, 1}, TNS_ERROR_FORMAT, "must rise"},
        {"metres", 3, {4e-7, 5e-7, 7e-7}, {1, 1, 1}, TNS_ERROR_RANGE, "outside 200-2500"},
        {"picometres", 3, {4e5, 5e5, 7e5}, {1, 1, 1}, TNS_ERROR_RANGE, "outside 200-2500"},
        {"starts late", 3, {421, 500, 700}, {1, 1, 1}, TNS_ERROR_RANGE, "420-680"},
        {"ends early", 3, {400, 500, 679}, {1, 1, 1}, TNS_ERROR_RANGE, "found 400-679"},
        {"NaN value", 3, {400, 500, 700}, {1, NAN, 1}, TNS_ERROR_FORMAT, "sample 2"},
        {"NaN wavelength", 3, {400, NAN, 700}, {1, 1, 1}, TNS_ERROR_FORMAT, "sample 2"},
        {"infinite", 3, {400, 500, 700}, {1, 1, INFINITY}, TNS_ERROR_FORMAT, "sample 3"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        tns_spectrum out;
        tns_error err = {0};
        ck_assert_msg(!tns_spectrum_resample(rows[i].nm, rows[i].value, rows[i].n, &out, &err),
                      "%s", rows[i].label);
        ck_assert_msg(err.code == rows[i].code && strstr(err.text, rows[i].says), "%s: %s",
                      rows[i].label, err.text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("spectrum");
    TCase *tc = tcase_create("spectrum");
    tcase_add_test(tc, samples_on_the_grid_pass_unchanged);
    tcase_add_test(tc, ends_are_held_and_the_range_is_told);
    tcase_add_test(tc, a_straight_line_stays_one_at_every_spacing);
    tcase_add_test(tc, dense_samples_are_averaged_under_a_triangle_whose_blur_is_taken_back);
    tcase_add_test(tc, dense_samples_of_a_steep_edge_are_the_edge_and_no_blur_of_it);
    tcase_add_test(tc, an_edge_casts_no_shadow_below_or_above_it);
    tcase_add_test(tc, averaging_does_not_depend_on_how_finely_a_curve_was_sampled);
    tcase_add_test(tc, sparse_samples_follow_the_curve_without_overshoot);
    tcase_add_test(tc, irregular_samples_are_taken_as_they_lie);
    tcase_add_test(tc, bad_samples_are_refused_by_name);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
