/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How well a skin's spectrum is estimated from its color alone, by statistics of other people; and,
 * as a measure of what can be had, how much the color under D65 tells of that under F11 when a
 * cubic is fitted to nothing but the step from one lamp to the other.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>
#include <tonsure/estimate.h>

#include "by_color.h"
#include "color/numeric.h"
#include "samples.h"
#include "support/testing.h"

enum { FOLDS = 5, EVERY = 3 };

typedef struct people_read {
    size_t count;
    tns_viewing day, f11;
    tns_spectrum *spectra;
    tns_lab *by_day, *by_f11;
} people_read;

/* False, and said, where the spectra are missing. */
static bool read_people(people_read *p)
{
    tns_error err = {0};
    memset(p, 0, sizeof *p);
    if (!shared_file("data/xiao2016_skin_4392x39_360_740.csv"))
        return false;
    p->spectra = load_skins(TEST_SHARED "/data", &p->count, &err);
    ck_assert_msg(p->spectra && tns_viewing_find("D65/10", &p->day, &err) &&
                      tns_viewing_find("F11/10", &p->f11, &err),
                  "%s", err.text);
    p->by_day = calloc(p->count, sizeof *p->by_day);
    p->by_f11 = calloc(p->count, sizeof *p->by_f11);
    ck_assert(p->by_day && p->by_f11);
    for (size_t i = 0; i < p->count; i++) {
        p->by_day[i] = tns_lab_from_spectrum(&p->spectra[i], &p->day);
        p->by_f11[i] = tns_lab_from_spectrum(&p->spectra[i], &p->f11);
    }
    return true;
}

static void forget_people(people_read *p)
{
    free(p->spectra);
    free(p->by_day);
    free(p->by_f11);
}

static void step_of(const people_read *p, size_t i, double out[3])
{
    out[0] = p->by_f11[i].L - p->by_day[i].L;
    out[1] = p->by_f11[i].a - p->by_day[i].a;
    out[2] = p->by_f11[i].b - p->by_day[i].b;
}

/* ---- what a cubic can tell ---- */

typedef double cubic[3][TNS_COLOR_TERMS];

/* Least squares over all but the rows from..to. */
static void fit_cubic(const people_read *p, size_t from, size_t to, cubic out)
{
    double normal[TNS_COLOR_TERMS][TNS_COLOR_TERMS] = {{0}}, x[TNS_COLOR_TERMS], step[3];
    memset(out, 0, sizeof(cubic));
    for (size_t i = 0; i < p->count; i++) {
        if (i >= from && i < to)
            continue;
        tns_color_terms(p->by_day[i], x);
        step_of(p, i, step);
        for (int j = 0; j < TNS_COLOR_TERMS; j++) {
            for (int k = 0; k < TNS_COLOR_TERMS; k++)
                normal[j][k] += x[j] * x[k];
            for (int axis = 0; axis < 3; axis++)
                out[axis][j] += x[j] * step[axis];
        }
    }
    ck_assert(tns_cholesky(&normal[0][0], TNS_COLOR_TERMS, TNS_COLOR_TERMS, 1e-12));
    for (int axis = 0; axis < 3; axis++)
        tns_cholesky_solve(&normal[0][0], TNS_COLOR_TERMS, TNS_COLOR_TERMS, out[axis]);
}

static tns_lab told(tns_lab day, cubic by)
{
    double x[TNS_COLOR_TERMS], step[3] = {0};
    tns_color_terms(day, x);
    for (int axis = 0; axis < 3; axis++)
        for (int j = 0; j < TNS_COLOR_TERMS; j++)
            step[axis] += by[axis][j] * x[j];
    return (tns_lab){day.L + step[0], day.a + step[1], day.b + step[2]};
}

/* ---- what the estimate tells ---- */

/* Statistics of people. */
typedef struct statistics {
    tns_prior_row table[TNS_BANDS];
    tns_given_color_row by_color[TNS_BANDS];
} statistics;

static void learn(const tns_spectrum *spectra, size_t count, const tns_viewing *day,
                  statistics *out)
{
    static prior_sums sums;
    memset(&sums, 0, sizeof sums);
    for (size_t i = 0; i < count; i++)
        prior_add(&sums, &spectra[i], 1, day);
    ck_assert(prior_about_mean(&sums, 0, out->table));
    ck_assert(prior_by_color(spectra, count, day, out->by_color));
}

/* Of all but the rows from..to. */
static void learn_without(const people_read *p, size_t from, size_t to, statistics *out)
{
    tns_spectrum *rest = malloc(p->count * sizeof *rest);
    ck_assert(rest != NULL);
    memcpy(rest, p->spectra, from * sizeof *rest);
    memcpy(rest + from, p->spectra + to, (p->count - to) * sizeof *rest);
    learn(rest, p->count - (to - from), &p->day, out);
    free(rest);
}

/* Sums of how far estimates are off. */
typedef struct tally {
    int n;
    double rmse, f11, by_cubic, plain_rmse, plain_f11;
} tally;

static double rms(const double *a, const double *b)
{
    double sum = 0;
    for (int i = 0; i < TNS_BANDS; i++)
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sqrt(sum / TNS_BANDS);
}

static double f11_off(const people_read *p, size_t i, const tns_spectrum *estimate)
{
    return tns_de00(tns_lab_from_spectrum(estimate, &p->f11), p->by_f11[i]);
}

static void try_one(const people_read *p, size_t i, const statistics *s, tally *out)
{
    tns_spectrum estimate = p->spectra[i], plain = p->spectra[i];
    tns_xyz wanted = tns_xyz_from_spectrum(&p->spectra[i], &p->day);
    double distance;
    ck_assert(tns_prior_likeliest(s->table, &p->day, wanted, plain.value, &distance));
    ck_assert(
        tns_prior_given_color(s->table, s->by_color, &p->day, wanted, estimate.value, &distance));
    tns_lab back = tns_lab_from_spectrum(&estimate, &p->day);
    CHECK_NEAR("L*", back.L, p->by_day[i].L, 1e-5); /* 1e-6 in XYZ */
    CHECK_NEAR("a*", back.a, p->by_day[i].a, 1e-4);
    CHECK_NEAR("b*", back.b, p->by_day[i].b, 1e-4);
    for (int b = 0; b < TNS_BANDS; b++)
        ck_assert(estimate.value[b] > 0 && estimate.value[b] < 1);
    out->rmse += rms(estimate.value, p->spectra[i].value);
    out->plain_rmse += rms(plain.value, p->spectra[i].value);
    out->f11 += f11_off(p, i, &estimate);
    out->plain_f11 += f11_off(p, i, &plain);
    out->n++;
}

/* Rows of one person stand together: blocks of rows leave whole people out. */
START_TEST(skins_of_people_left_out_come_back_within_half_a_unit_under_f11)
{
    people_read p;
    tally t = {0};
    if (!read_people(&p))
        return;
    for (size_t fold = 0; fold < FOLDS; fold++) {
        size_t from = fold * p.count / FOLDS, to = (fold + 1) * p.count / FOLDS;
        statistics s;
        cubic by;
        learn_without(&p, from, to, &s);
        fit_cubic(&p, from, to, by);
        for (size_t i = from; i < to; i += EVERY) {
            try_one(&p, i, &s, &t);
            t.by_cubic += tns_de00(told(p.by_day[i], by), p.by_f11[i]);
        }
    }
    printf("%d skins, people left out: RMSE %.4f, dE00 under F11 %.3f; with one straight mean %.4f "
           "and %.3f; by a cubic of the color %.3f\n",
           t.n, t.rmse / t.n, t.f11 / t.n, t.plain_rmse / t.n, t.plain_f11 / t.n, t.by_cubic / t.n);
    ck_assert_int_gt(t.n, 1400);
    ck_assert_msg(t.rmse / t.n <= 0.0120, "RMSE %.4f", t.rmse / t.n);
    ck_assert_msg(t.f11 / t.n <= 0.50, "dE00 under F11 %.3f", t.f11 / t.n);
    ck_assert(t.rmse < t.plain_rmse && t.f11 < t.plain_f11 && t.f11 < t.by_cubic);
    forget_people(&p);
}
END_TEST

typedef struct placed {
    double L;
    size_t at;
} placed;

static int by_lightness(const void *a, const void *b)
{
    double u = ((const placed *)a)->L, v = ((const placed *)b)->L;
    return (u > v) - (u < v);
}

START_TEST(skins_darker_than_any_that_was_learned_from_come_back_better_than_by_a_straight_mean)
{
    people_read p;
    tally t = {0};
    statistics s;
    if (!read_people(&p))
        return;
    placed *order = malloc(p.count * sizeof *order);
    size_t tenth = p.count / 10;
    tns_spectrum *lighter = malloc(p.count * sizeof *lighter);
    ck_assert(order && lighter);
    for (size_t i = 0; i < p.count; i++)
        order[i] = (placed){p.by_day[i].L, i};
    qsort(order, p.count, sizeof *order, by_lightness);
    for (size_t i = tenth; i < p.count; i++)
        lighter[i - tenth] = p.spectra[order[i].at];
    learn(lighter, p.count - tenth, &p.day, &s);
    for (size_t i = 0; i < tenth; i += 2)
        try_one(&p, order[i].at, &s, &t);
    printf("the darkest tenth, by the others: RMSE %.4f, dE00 under F11 %.3f; with one straight "
           "mean %.4f and %.3f\n",
           t.rmse / t.n, t.f11 / t.n, t.plain_rmse / t.n, t.plain_f11 / t.n);
    ck_assert(t.rmse < 0.95 * t.plain_rmse && t.f11 < 0.95 * t.plain_f11);
    free(order);
    free(lighter);
    forget_people(&p);
}
END_TEST

/* Terms stay where there were spectra, and change without a step on the way out. */
START_TEST(terms_of_a_color_far_from_skin_are_those_of_the_nearest_that_counts)
{
    double near[TNS_COLOR_TERMS], far[TNS_COLOR_TERMS], middle[TNS_COLOR_TERMS];
    tns_color_terms((tns_lab){58 + 8 * 2, 10, 15}, near);
    tns_color_terms((tns_lab){58 + 8 * 4, 10, 15}, far);
    tns_color_terms((tns_lab){58, 10, 15}, middle);
    for (int i = 0; i < TNS_COLOR_TERMS; i++) {
        CHECK_NEAR("far", far[i], near[i], 1e-12);
        CHECK_NEAR("middle", middle[i], i == 0, 0);
    }
    CHECK_NEAR("cube of L*", near[10], 8, 1e-12);
}
END_TEST

START_TEST(a_color_under_another_lamp_is_met_and_its_mean_is_that_of_its_own_color)
{
    static const char *const lamps[] = {"A/10", "F11/10", "D50/2"};
    static const tns_lab labs[] = {{68, 9, 15}, {58, 11, 18}, {38, 10, 13}, {33, 9, 11}};
    tns_viewing day, lamp;
    ck_assert(tns_viewing_find("D65/10", &day, NULL));
    for (size_t l = 0; l < 3; l++)
        for (size_t i = 0; i < 4; i++) {
            tns_spectrum first, second;
            ck_assert(tns_viewing_find(lamps[l], &lamp, NULL));
            ck_assert(tns_spectrum_estimate(labs[i], &day, TNS_PRIOR_SKIN, &first, NULL));
            ck_assert_str_eq(first.prior, "skin");
            tns_lab there = tns_lab_from_spectrum(&first, &lamp);
            ck_assert(tns_spectrum_estimate(there, &lamp, TNS_PRIOR_SKIN, &second, NULL));
            ck_assert_str_eq(second.prior, "skin");
            CHECK_NEAR(lamps[l], tns_de00(tns_lab_from_spectrum(&second, &lamp), there), 0, 1e-4);
            /* one and the same question asked twice: nearly one answer */
            CHECK_NEAR(lamps[l], rms(first.value, second.value), 0, 0.002);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("other_lamp");
    TCase *tc = tcase_create("other_lamp");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, skins_of_people_left_out_come_back_within_half_a_unit_under_f11);
    tcase_add_test(
        tc, skins_darker_than_any_that_was_learned_from_come_back_better_than_by_a_straight_mean);
    tcase_add_test(tc, terms_of_a_color_far_from_skin_are_those_of_the_nearest_that_counts);
    tcase_add_test(tc, a_color_under_another_lamp_is_met_and_its_mean_is_that_of_its_own_color);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
