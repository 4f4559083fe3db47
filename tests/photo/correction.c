/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts of known truth, seen by a camera that does just what the model says. */
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>

#include "base/random.h"
#include "photo/correct/calibration.h"
#include "support/testing.h"

static const tns_point corners[4] = {{100, 100}, {600, 100}, {600, 400}, {100, 400}};

/* BT.709 light to XYZ / 100 under D50 (the sRGB profile's columns, ICC), times an exposure. */
static tns_correction truth_of(double tone, double shoulder, double slope_x, double slope_y,
                               double offset)
{
    tns_correction c = {
        .matrix = {{0.4361, 0.3851, 0.1431}, {0.2225, 0.7169, 0.0606}, {0.0139, 0.0971, 0.7142}},
        .tone = tone,
        .shoulder = shoulder,
        .slope = {slope_x, slope_y},
        .offset = offset};
    return c;
}

static void solve3(const double m[3][3], const double v[3], double out[3])
{
    double inverse[3][3], det = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            int r = (j + 1) % 3, s = (j + 2) % 3, c = (i + 1) % 3, d = (i + 2) % 3;
            inverse[i][j] = m[r][c] * m[s][d] - m[r][d] * m[s][c];
        }
    for (int k = 0; k < 3; k++)
        det += m[0][k] * inverse[k][0];
    for (int i = 0; i < 3; i++)
        out[i] = (inverse[i][0] * v[0] + inverse[i][1] * v[1] + inverse[i][2] * v[2]) / det;
}

/* What the camera shows of a color: the model run backwards. */
static void show(const tns_correction *truth, tns_lab lab, tns_point at, double rgb[3])
{
    static const double to_bt2020[3][3] = {{0.627404, 0.329283, 0.043313},
                                           {0.069097, 0.919540, 0.011362},
                                           {0.016391, 0.088013, 0.895595}};
    tns_xyz xyz = tns_xyz_from_lab(lab, tns_photo_white);
    double factor = exp(truth->slope[0] * at.x + truth->slope[1] * at.y) / 100;
    double v[3] = {xyz.X * factor, xyz.Y * factor, xyz.Z * factor}, t[3], y[3];
    solve3(truth->matrix, v, t);
    for (int c = 0; c < 3; c++) {
        /* Below 0.001 the model's power goes on as its tangent; cyan is negative in red. */
        double dim = 1e-3, power = pow(dim, truth->tone);
        double u = t[c] > power ? pow(t[c], 1 / truth->tone)
                                : dim * (1 + (t[c] / power - 1) / truth->tone);
        y[c] = u / (1 + truth->shoulder * u) + truth->offset;
    }
    for (int i = 0; i < 3; i++)
        rgb[i] = to_bt2020[i][0] * y[0] + to_bt2020[i][1] * y[1] + to_bt2020[i][2] * y[2];
}

static tns_point center_of(int i)
{
    return (tns_point){100 + 100 * (i % 6), 100 + 100 * (i / 6)};
}

static void photograph(const tns_correction *truth, tns_edition edition, tns_patch_sample *samples)
{
    tns_chart chart;
    ck_assert(tns_chart_find("classic", edition, &chart, NULL));
    memset(samples, 0, 24 * sizeof *samples);
    for (int i = 0; i < 24; i++) {
        tns_point at = {(center_of(i).x - 350) / 600, (center_of(i).y - 250) / 600};
        samples[i].center = center_of(i);
        samples[i].count = 100;
        samples[i].is_usable = true;
        show(truth, chart.patch[i].reference, at, samples[i].rgb);
    }
}

static tns_calibration *calibrated(tns_edition edition, const tns_patch_sample *samples)
{
    tns_chart chart;
    tns_error err = {0};
    tns_calibration *c = malloc(sizeof *c);
    ck_assert(c && tns_chart_find("classic", edition, &chart, NULL));
    ck_assert_msg(tns_calibrate(&chart, samples, corners, NULL, NULL, c, &err), "%s", err.text);
    return c;
}

/* Luminance of a grey in the middle of the chart. */
static double toned(const tns_correction *c, double grey)
{
    double rgb[3] = {grey, grey, grey};
    return tns_correction_xyz(c, rgb, 0, 0).Y;
}

/* Three members that differ in one thing each. */
static tns_average three_members(void)
{
    static const double tone[TNS_MEMBERS] = {1, 1, 1.2}, slope[TNS_MEMBERS] = {0, 0.1, 0.2};
    tns_average a;
    memset(&a, 0, sizeof a);
    for (int k = 0; k < TNS_MEMBERS; k++) {
        a.fit[k].model = tns_member_model(k, false);
        a.fit[k].correction = truth_of(tone[k], 0.3, slope[k], 0, 0);
        a.fit[k].correction.slope_covariance[0] = 0.001;
    }
    a.fit[2].correction.extra[1][9] = 0.06;
    return a;
}

START_TEST(members_count_by_how_little_they_miss)
{
    static const struct {
        const char *label;
        double missed[TNS_MEMBERS], weight[TNS_MEMBERS];
    } rows[] = {
        {"alike", {2, 2, 2}, {1 / 3.0, 1 / 3.0, 1 / 3.0}},
        {"one misses twice as much", {4, 2, 2}, {1 / 9.0, 4 / 9.0, 4 / 9.0}},
        {"one is perfect", {1, 1, 0}, {0, 0, 1}},
        {"all are", {0, 0, 0}, {1 / 3.0, 1 / 3.0, 1 / 3.0}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_average a = three_members();
        tns_average_make(&a, rows[i].missed);
        for (int k = 0; k < TNS_MEMBERS; k++)
            CHECK_NEAR(rows[i].label, a.weight[k], rows[i].weight[k], 1e-3);
    }
}
END_TEST

START_TEST(a_mean_of_corrections_is_one_of_their_parameters)
{
    tns_average a = three_members();
    const double missed[TNS_MEMBERS] = {2, 2, 2};
    tns_average_make(&a, missed);
    const tns_correction *c = &a.correction;
    CHECK_NEAR("tone", c->tone, cbrt(1.2), 1e-12);
    CHECK_NEAR("slope", c->slope[0], 0.1, 1e-12);
    CHECK_NEAR("a root that one has", c->extra[1][9], 0.02, 1e-12);
    CHECK_NEAR("a matrix that all share", c->matrix[2][1], 0.0971, 1e-12);
    /* Their own, and what they are apart: 0.1 twice in three. */
    CHECK_NEAR("its variance", c->slope_covariance[0], 0.001 + 0.02 / 3, 1e-12);
    char name[32];
    tns_average_name(&a, name, sizeof name);
    ck_assert_str_eq(name, "3x3,rp2,rp3+tone+light+offset");
}
END_TEST

START_TEST(no_mean_is_surer_than_its_members)
{
    tns_correction truth = truth_of(0.85, 0.3, -0.2, 0.15, 0.005);
    tns_patch_sample samples[24];
    photograph(&truth, TNS_EDITION_AFTER_2014, samples);
    tns_calibration *c = calibrated(TNS_EDITION_AFTER_2014, samples);
    const tns_average *a = &c->average;
    for (int i = 0; i < 24; i++) {
        double least = 1e9, found = tns_average_variance(a, samples[i].rgb, 0, 0);
        for (int k = 0; k < TNS_MEMBERS; k++)
            least = fmin(least, tns_color_fit_variance(&a->fit[k], samples[i].rgb, 0, 0));
        ck_assert_msg(found >= least, "%d: %g < %g", i, found, least);
    }
    free(c);
}
END_TEST

START_TEST(a_known_camera_is_found_again)
{
    static const struct {
        const char *label;
        double tone, shoulder, slope_x, slope_y, offset;
    } rows[] = {
        {"a camera of plain sRGB", 1, 0, 0, 0, 0},
        {"contrast", 0.8, 0, 0, 0, 0},
        {"contrast, upwards", 1.25, 0, 0, 0, 0},
        {"highlights drawn in", 1, 0.4, 0, 0, 0},
        {"light from the right", 1, 0, 0.3, 0, 0},
        {"light from above", 1, 0, 0, -0.3, 0},
        {"veiling glare", 1, 0, 0, 0, 0.01},
        {"everything at once", 0.85, 0.3, -0.2, 0.15, 0.005},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_correction truth = truth_of(rows[i].tone, rows[i].shoulder, rows[i].slope_x,
                                        rows[i].slope_y, rows[i].offset);
        tns_patch_sample samples[24];
        photograph(&truth, TNS_EDITION_AFTER_2014, samples);
        tns_calibration *c = calibrated(TNS_EDITION_AFTER_2014, samples);
        const tns_correction *k = &c->correction;
        CHECK_NEAR(rows[i].label, c->loo_mean, 0, 0.35); /* the priors pull toward nothing */
        /* Tone and shoulder can stand in for each other, so what counts is the curve of both. */
        for (double grey = 0.05; grey < 0.5; grey *= 2)
            CHECK_NEAR(rows[i].label, log(toned(k, grey) / toned(&truth, grey)), 0, 0.03);
        CHECK_NEAR(rows[i].label, k->slope[0], rows[i].slope_x, 0.03);
        CHECK_NEAR(rows[i].label, k->slope[1], rows[i].slope_y, 0.03);
        CHECK_NEAR(rows[i].label, k->offset, rows[i].offset, 0.004);
        free(c);
    }
}
END_TEST

START_TEST(the_edition_is_told_only_when_the_photo_tells)
{
    tns_correction truth = truth_of(0.9, 0.2, 0.1, 0, 0.002);
    tns_patch_sample samples[24];
    photograph(&truth, TNS_EDITION_BEFORE_2014, samples);
    tns_calibration *c = calibrated(TNS_EDITION_AUTO, samples);
    ck_assert_int_eq(c->chart.edition, TNS_EDITION_BEFORE_2014);
    free(c);
    photograph(&truth, TNS_EDITION_AFTER_2014, samples);
    c = calibrated(TNS_EDITION_AUTO, samples);
    ck_assert_int_eq(c->chart.edition, TNS_EDITION_AFTER_2014);
    free(c);
    tns_random random = tns_random_make(7);
    for (int i = 0; i < 24; i++)
        for (int k = 0; k < 3; k++) /* 12 % of noise: more than the editions differ */
            samples[i].rgb[k] *= 1 + 0.12 * (tns_random_below(&random, 2001) / 1000.0 - 1);
    c = calibrated(TNS_EDITION_AUTO, samples);
    ck_assert_int_eq(c->chart.edition, TNS_EDITION_AUTO);
    free(c);
}
END_TEST

START_TEST(leaving_out_shows_a_larger_error_than_the_fit)
{
    for (uint64_t seed = 1; seed <= 5; seed++) {
        tns_correction truth = truth_of(0.9, 0.2, 0.1, 0.1, 0);
        tns_patch_sample samples[24];
        photograph(&truth, TNS_EDITION_AFTER_2014, samples);
        tns_random random = tns_random_make(seed);
        for (int i = 0; i < 24; i++)
            for (int k = 0; k < 3; k++)
                samples[i].rgb[k] *= 1 + 0.1 * (tns_random_below(&random, 2001) / 1000.0 - 1);
        tns_calibration *c = calibrated(TNS_EDITION_AFTER_2014, samples);
        ck_assert_msg(c->loo_mean > 1.15 * c->fit_de00, "seed %d: fit %g, left out %g", (int)seed,
                      c->fit_de00, c->loo_mean);
        ck_assert(c->loo_mean <= c->loo_p95 && c->loo_p95 <= c->loo_max);
        free(c);
    }
}
END_TEST

START_TEST(the_left_out_patch_is_not_looked_at)
{
    tns_correction truth = truth_of(0.9, 0.2, 0.1, 0.1, 0);
    tns_patch_sample samples[24];
    photograph(&truth, TNS_EDITION_AFTER_2014, samples);
    tns_calibration *c = calibrated(TNS_EDITION_AUTO, samples);
    double before = c->de00[3];
    free(c);
    for (int k = 0; k < 3; k++) /* a foliage half as bright again: 11 dE00 or so, not dropped */
        samples[3].rgb[k] *= 1.5;
    c = calibrated(TNS_EDITION_AUTO, samples);
    ck_assert(c->is_used[3]);
    /* Predicted from the others alone, as if nothing had happened to them: none has. */
    tns_lab clean = c->chart.patch[3].reference;
    ck_assert(before < 0.5);
    ck_assert_msg(c->predicted[3].L > clean.L + 7, "L* %g of %g", c->predicted[3].L, clean.L);
    free(c);
}
END_TEST

START_TEST(covered_patches_are_left_out_by_name)
{
    tns_correction truth = truth_of(0.9, 0.2, 0.1, 0.1, 0);
    tns_patch_sample samples[24];
    photograph(&truth, TNS_EDITION_AFTER_2014, samples);
    static const int covered[] = {12, 15, 14, 18, 19, 20, 6, 0}; /* by a leaf */
    for (size_t k = 0; k < 8; k++)
        show(&truth, (tns_lab){45, -15, 30}, (tns_point){0, 0}, samples[covered[k]].rgb);
    tns_calibration *c = calibrated(TNS_EDITION_AFTER_2014, samples);
    ck_assert_int_eq(c->used_count, 16);
    for (size_t k = 0; k < 8; k++)
        ck_assert_msg(strstr(c->reason[covered[k]], "another color"), "%d: %s", covered[k],
                      c->reason[covered[k]]);
    CHECK_NEAR("the rest", c->loo_mean, 0, 0.7);
    free(c);
}
END_TEST

/*
 * The fit bends to what lies on a patch, so that its residual alone is small. Where a finger lies
 * on skin it does no harm; what is covered by its own color within 12 dE00 is not asked for.
 */
START_TEST(what_the_fit_would_absorb_is_left_out_by_name_and_nothing_else)
{
    static const struct {
        const char *label;
        int count, covered[6];
        tns_lab by;
    } rows[] = {
        {"nothing", 0, {0}, {0, 0, 0}},
        {"skin on green", 1, {13}, {62, 18, 17}},
        {"skin on blue sky", 1, {2}, {62, 18, 17}},
        {"paper on foliage", 1, {3}, {90, 0, -2}},
        {"a finger on black", 1, {23}, {48, 17, 17}},
        {"a finger on three", 3, {3, 9, 15}, {55, 18, 18}},
        {"paper on three", 3, {15, 16, 17}, {88, 0, -2}},
        {"a hand on six", 6, {3, 4, 5, 9, 10, 11}, {60, 18, 18}},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        tns_correction truth = truth_of(0.9, 0.2, 0.1, 0.1, 0.002);
        tns_patch_sample samples[24];
        bool covered[24] = {false};
        photograph(&truth, TNS_EDITION_AFTER_2014, samples);
        for (int i = 0; i < rows[k].count; i++) {
            tns_lab by = rows[k].by; /* never quite even */
            by.L += 1.5 * i - 2;
            covered[rows[k].covered[i]] = true;
            show(&truth, by, (tns_point){0, 0}, samples[rows[k].covered[i]].rgb);
        }
        tns_calibration *c = calibrated(TNS_EDITION_AFTER_2014, samples);
        for (int i = 0; i < 24; i++) {
            ck_assert_msg(c->is_used[i] != covered[i], "%s: %s", rows[k].label,
                          c->chart.patch[i].name);
            ck_assert(!covered[i] || strstr(c->reason[i], "another color"));
        }
        ck_assert_int_eq(c->used_count, 24 - rows[k].count);
        ck_assert_int_eq(c->average.fit[0].n, c->used_count);
        CHECK_NEAR(rows[k].label, c->loo_mean, 0, 0.7); /* no fold has bent to it either */
        free(c);
    }
}
END_TEST

START_TEST(too_few_patches_are_refused)
{
    tns_correction truth = truth_of(1, 0, 0, 0, 0);
    tns_patch_sample samples[24];
    tns_chart chart;
    tns_error err = {0};
    static tns_calibration c;
    photograph(&truth, TNS_EDITION_AFTER_2014, samples);
    ck_assert(tns_chart_find("classic", TNS_EDITION_AUTO, &chart, NULL));
    for (int i = 0; i < 13; i++)
        samples[i].is_usable = false;
    ck_assert(!tns_calibrate(&chart, samples, corners, NULL, NULL, &c, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_CHART_REFUSED);
    ck_assert_msg(strstr(err.text, "11 of 24") != NULL, "%s", err.text);
}
END_TEST

static bool always(void *user)
{
    (void)user;
    return true;
}

START_TEST(it_stops_when_asked_to)
{
    tns_correction truth = truth_of(1, 0, 0, 0, 0);
    tns_patch_sample samples[24];
    tns_chart chart;
    tns_error err = {0};
    static tns_calibration c;
    tns_context context = {.cancelled = always};
    photograph(&truth, TNS_EDITION_AFTER_2014, samples);
    ck_assert(tns_chart_find("classic", TNS_EDITION_AUTO, &chart, NULL));
    ck_assert(!tns_calibrate(&chart, samples, corners, NULL, &context, &c, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_CANCELLED);
}
END_TEST

START_TEST(the_order_score_knows_the_chart)
{
    tns_correction truth = truth_of(0.8, 0.3, 0.2, 0, 0.01);
    tns_patch_sample samples[24], turned[24];
    tns_chart chart;
    photograph(&truth, TNS_EDITION_AFTER_2014, samples);
    ck_assert(tns_chart_find("classic", TNS_EDITION_AUTO, &chart, NULL));
    ck_assert(tns_order_score(&chart, samples) > 0.95);
    for (int i = 0; i < 24; i++)
        turned[i] = samples[23 - i];
    ck_assert(tns_order_score(&chart, turned) < 0.3);
    for (int i = 0; i < 24; i++)
        turned[i] = samples[i - i % 6 + 5 - i % 6];
    ck_assert(tns_order_score(&chart, turned) < 0.3);
}
END_TEST

/* Where an instrument has read, it is believed; far from that color nothing moves. */
START_TEST(an_anchor_pulls_its_own_color_and_leaves_the_others)
{
    tns_correction truth = truth_of(0.9, 0.2, 0.1, 0.1, 0);
    tns_patch_sample samples[24];
    tns_chart chart;
    tns_error err = {0};
    static tns_calibration with;
    photograph(&truth, TNS_EDITION_AFTER_2014, samples);
    ck_assert(tns_chart_find("classic", TNS_EDITION_AFTER_2014, &chart, NULL));
    tns_anchor anchor = {.center = {350, 250}, .lab = {60, 14, 16}, .de00 = 0.3};
    show(&truth, (tns_lab){57, 14, 16}, (tns_point){0, 0}, anchor.rgb);
    tns_calibration_options options = {.anchors = &anchor, .anchor_count = 1};
    ck_assert_msg(tns_calibrate(&chart, samples, corners, &options, NULL, &with, &err), "%s",
                  err.text);
    tns_lab found =
        tns_calibration_near(&with, tns_correction_lab(&with.correction, anchor.rgb, 0, 0));
    ck_assert_msg(found.L > 58, "L* %g", found.L);
    double blue[3];
    tns_lab far = {30, 15, -45};
    show(&truth, far, (tns_point){0, 0}, blue);
    found = tns_calibration_near(&with, tns_correction_lab(&with.correction, blue, 0, 0));
    CHECK_NEAR("blue", tns_de00(found, far), 0, 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("correction");
    TCase *tc = tcase_create("correction");
    tcase_add_test(tc, members_count_by_how_little_they_miss);
    tcase_add_test(tc, a_mean_of_corrections_is_one_of_their_parameters);
    tcase_add_test(tc, no_mean_is_surer_than_its_members);
    tcase_add_test(tc, a_known_camera_is_found_again);
    tcase_add_test(tc, the_edition_is_told_only_when_the_photo_tells);
    tcase_add_test(tc, leaving_out_shows_a_larger_error_than_the_fit);
    tcase_add_test(tc, the_left_out_patch_is_not_looked_at);
    tcase_add_test(tc, covered_patches_are_left_out_by_name);
    tcase_add_test(tc, what_the_fit_would_absorb_is_left_out_by_name_and_nothing_else);
    tcase_add_test(tc, too_few_patches_are_refused);
    tcase_add_test(tc, it_stops_when_asked_to);
    tcase_add_test(tc, the_order_score_knows_the_chart);
    tcase_add_test(tc, an_anchor_pulls_its_own_color_and_leaves_the_others);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
