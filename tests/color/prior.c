/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_multifit_nlinear.h>

#include <tonsure/difference.h>
#include <tonsure/estimate.h>

#include "by_color.h"
#include "color/prior.h"
#include "samples.h"
#include "support/testing.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { FOLDS = 5 };

static const char *const skins = "data/xiao2016_skin_4392x39_360_740.csv";
static const char *const chips = "data/munsell_matt_1269_380_780_5nm.csv";
static const char *const paints = "data/cmt_reflectance_380_730.csv";

static const tns_prior kinds[] = {TNS_PRIOR_ANY, TNS_PRIOR_SKIN, TNS_PRIOR_HAIR, TNS_PRIOR_PIGMENT};

static tns_viewing viewing(const char *condition)
{
    tns_viewing v;
    ck_assert(tns_viewing_find(condition, &v, NULL));
    return v;
}

/* Whether a file of ../shared is there; says so when not. */
static tns_spectrum *shared_spectra(const char *file, size_t *count)
{
    tns_error err = {0};
    const char *path = shared_file(file);
    tns_spectrum *spectra = path ? load_spectra(path, count, &err) : NULL;
    ck_assert_msg(!path || spectra, "%s", err.text);
    return spectra;
}

START_TEST(the_shipped_statistics_are_what_the_spectra_give)
{
    static const struct {
        const char *kind, *needs;
        const tns_prior_row *shipped;
    } rows[] = {{"skin", skins, tns_prior_skin_table},
                {"hair", NULL, tns_prior_hair_table},
                {"pigment", chips, tns_prior_pigment_table},
                {"any", chips, tns_prior_any_table}};
    for (size_t k = 0; k < COUNT(rows); k++) {
        tns_prior_row now[TNS_BANDS];
        tns_error err = {0};
        if (rows[k].needs && !shared_file(rows[k].needs))
            continue;
        ck_assert_msg(make_prior(rows[k].kind, TEST_ROOT, TEST_SHARED "/data", now, &err), "%s",
                      err.text);
        for (int i = 0; i < TNS_BANDS; i++)
            for (int j = 0; j < 2 + TNS_PRIOR_COMPONENTS; j++)
                CHECK_NEAR(rows[k].kind, rows[k].shipped[i][j], now[i][j], 2e-5); /* 5 decimals */
    }
}
END_TEST

START_TEST(the_shipped_means_by_color_are_what_the_spectra_give)
{
    tns_given_color_row now[TNS_BANDS];
    tns_error err = {0};
    if (!shared_file(skins))
        return;
    ck_assert_msg(make_skin_by_color(TEST_SHARED "/data", now, &err), "%s", err.text);
    for (int i = 0; i < TNS_BANDS; i++)
        for (int j = 0; j < 1 + TNS_COLOR_TERMS; j++)
            CHECK_NEAR("by color", tns_prior_skin_by_color_table[i][j], now[i][j], 2e-5);
}
END_TEST

/* Sums of errors over spectra, of the prior and of the smoothest. */
typedef struct tally {
    tns_viewing d65, a, f11;
    int n;
    double rmse[2], de_a[2], de_f11[2];
} tally;

static tally new_tally(void)
{
    return (tally){.d65 = viewing("D65/10"), .a = viewing("A/10"), .f11 = viewing("F11/10")};
}

static double rms(const tns_spectrum *a, const tns_spectrum *b)
{
    double sum = 0;
    for (int i = 0; i < TNS_BANDS; i++)
        sum += (a->value[i] - b->value[i]) * (a->value[i] - b->value[i]);
    return sqrt(sum / TNS_BANDS);
}

static void add(const tns_spectrum *estimate, const tns_spectrum *truth, int way, tally *out)
{
    const tns_viewing *a = &out->a, *f11 = &out->f11;
    out->rmse[way] += rms(estimate, truth);
    out->de_a[way] += tns_de00(tns_lab_from_spectrum(estimate, a), tns_lab_from_spectrum(truth, a));
    out->de_f11[way] +=
        tns_de00(tns_lab_from_spectrum(estimate, f11), tns_lab_from_spectrum(truth, f11));
}

static void check_exact(const char *label, const tns_spectrum *s, tns_lab lab, const tns_viewing *v)
{
    tns_lab back = tns_lab_from_spectrum(s, v);
    CHECK_NEAR(label, back.L, lab.L, 1e-5); /* 1e-6 in XYZ, as for the smoothest */
    CHECK_NEAR(label, back.a, lab.a, 1e-4);
    CHECK_NEAR(label, back.b, lab.b, 1e-4);
    for (int i = 0; i < TNS_BANDS; i++)
        ck_assert_msg(s->value[i] > 0 && s->value[i] < 1, "%s", label);
}

static void try_spectrum(const tns_spectrum *truth, tns_prior_row *table, tally *out)
{
    const tns_viewing *d65 = &out->d65;
    tns_lab lab = tns_lab_from_spectrum(truth, d65);
    tns_spectrum likeliest = *truth, smoothest;
    double distance;
    ck_assert(tns_prior_likeliest((const tns_prior_row *)table, d65,
                                  tns_xyz_from_spectrum(truth, d65), likeliest.value, &distance));
    check_exact("left out", &likeliest, lab, d65);
    if (!tns_spectrum_from_lab(lab, d65, &smoothest, NULL))
        return;
    add(&likeliest, truth, 0, out);
    add(&smoothest, truth, 1, out);
    out->n++;
}

static void sum_block(const tns_spectrum *spectra, size_t count, size_t fold,
                      const tns_viewing *daylight, prior_sums *out)
{
    for (size_t i = fold * count / FOLDS; i < (fold + 1) * count / FOLDS; i++)
        prior_add(out, &spectra[i], 1, daylight);
}

/* Chips stand by hue: blocks of rows leave whole hues out. */
static tally leave_out_blocks(const tns_spectrum *spectra, size_t count)
{
    enum { EVERY = 9 };
    tally t = new_tally();
    static prior_sums blocks[FOLDS], rest;
    memset(blocks, 0, sizeof blocks);
    for (size_t fold = 0; fold < FOLDS; fold++)
        sum_block(spectra, count, fold, &t.d65, &blocks[fold]);
    for (size_t fold = 0; fold < FOLDS; fold++) {
        tns_prior_row table[TNS_BANDS];
        memset(&rest, 0, sizeof rest);
        for (size_t other = 0; other < FOLDS; other++)
            if (other != fold)
                prior_merge(&rest, &blocks[other]);
        ck_assert(prior_about_grey(&rest, PRIOR_SMOOTH_SHARE, table));
        for (size_t i = fold * count / FOLDS; i < (fold + 1) * count / FOLDS; i += EVERY)
            try_spectrum(&spectra[i], table, &t);
    }
    return t;
}

static void print(const char *label, const tally *t)
{
    printf("%s: %d spectra, prior | smoothest: RMSE %.4f | %.4f, dE00 under A %.3f | %.3f, "
           "under F11 %.3f | %.3f\n",
           label, t->n, t->rmse[0] / t->n, t->rmse[1] / t->n, t->de_a[0] / t->n, t->de_a[1] / t->n,
           t->de_f11[0] / t->n, t->de_f11[1] / t->n);
}

START_TEST(chips_that_the_prior_has_not_seen_come_back_better_than_the_smoothest)
{
    size_t count;
    tns_spectrum *spectra = shared_spectra(chips, &count);
    if (!spectra)
        return;
    tally t = leave_out_blocks(spectra, count);
    print("any, hues left out", &t);
    ck_assert(t.n > 130 && t.rmse[0] < 0.8 * t.rmse[1] && t.de_a[0] < t.de_a[1]);
    free(spectra);
}
END_TEST

START_TEST(paints_that_no_prior_has_seen_come_back_no_worse_than_the_smoothest)
{
    enum { EVERY = 12 };
    static const tns_prior tried[] = {TNS_PRIOR_ANY, TNS_PRIOR_PIGMENT};
    size_t count;
    tns_viewing d65 = viewing("D65/10");
    tns_spectrum *spectra = shared_spectra(paints, &count), s;
    for (size_t k = 0; spectra && k < COUNT(tried); k++) {
        tally t = new_tally();
        for (size_t i = 0; i < count; i += EVERY) {
            tns_lab lab = tns_lab_from_spectrum(&spectra[i], &d65);
            if (!tns_spectrum_from_lab(lab, &d65, &s, NULL))
                continue;
            add(&s, &spectra[i], 1, &t);
            ck_assert(tns_spectrum_estimate(lab, &d65, tried[k], &s, NULL));
            add(&s, &spectra[i], 0, &t);
            t.n++;
        }
        print(tns_prior_name(tried[k]), &t);
        ck_assert_msg(t.n > 150 && t.rmse[0] < t.rmse[1], "%s", tns_prior_name(tried[k]));
        ck_assert_msg(t.de_a[0] < 1.02 * t.de_a[1], "%s", tns_prior_name(tried[k]));
        ck_assert_msg(t.de_f11[0] < 1.05 * t.de_f11[1], "%s", tns_prior_name(tried[k]));
    }
    free(spectra);
}
END_TEST

static void try_kinds(tns_lab lab, const tns_viewing *v, int found[COUNT(kinds)])
{
    tns_spectrum s;
    if (!tns_spectrum_from_lab(lab, v, &s, NULL))
        return;
    for (size_t k = 0; k < COUNT(kinds); k++) {
        ck_assert(tns_spectrum_estimate(lab, v, kinds[k], &s, NULL));
        check_exact(tns_prior_name(kinds[k]), &s, lab, v);
        found[k] += strcmp(s.prior, tns_prior_name(kinds[k])) == 0;
    }
}

START_TEST(every_kind_has_the_color_wherever_the_smoothest_has_it)
{
    static const char *const conditions[] = {"D65/10", "A/2", "F11/10"};
    int found[COUNT(kinds)] = {0};
    for (size_t c = 0; c < COUNT(conditions); c++) {
        tns_viewing v = viewing(conditions[c]);
        for (double L = 4; L < 100; L += 22)
            for (double A = -45; A <= 60; A += 15)
                for (double B = -50; B <= 70; B += 30)
                    try_kinds((tns_lab){L, A, B}, &v, found);
    }
    for (size_t k = 0; k < COUNT(kinds); k++)
        ck_assert_msg(found[k] >= 4, "%s: %d", tns_prior_name(kinds[k]), found[k]);
}
END_TEST

START_TEST(a_color_the_kind_cannot_explain_is_given_the_smoothest_and_says_so)
{
    static const struct {
        tns_prior prior;
        tns_lab lab;
        const char *named;
    } rows[] = {
        {TNS_PRIOR_SKIN, {68, 4.5, 16}, "skin"},      {TNS_PRIOR_SKIN, {38, 11, 17}, "skin"},
        {TNS_PRIOR_SKIN, {50, -40, 30}, "lhtss"},     {TNS_PRIOR_SKIN, {30, 20, -50}, "lhtss"},
        {TNS_PRIOR_SKIN, {95, 0, 1}, "lhtss"},        {TNS_PRIOR_HAIR, {23, 4, 5}, "hair"},
        {TNS_PRIOR_HAIR, {17, 1, 1}, "hair"},         {TNS_PRIOR_HAIR, {60, 8, 22}, "hair"},
        {TNS_PRIOR_HAIR, {40, 30, -30}, "lhtss"},     {TNS_PRIOR_PIGMENT, {25, 0, 0}, "pigment"},
        {TNS_PRIOR_PIGMENT, {37, 30, 22}, "pigment"}, {TNS_PRIOR_ANY, {50, 0, 0}, "any"},
        {TNS_PRIOR_ANY, {60, -30, 20}, "any"},        {TNS_PRIOR_ANY, {100, 0, 0}, "lhtss"},
        {TNS_PRIOR_ANY, {0, 0, 0}, "lhtss"},          {TNS_PRIOR_SMOOTH, {68, 4.5, 16}, "lhtss"},
    };
    tns_viewing v = viewing("D65/10");
    for (size_t i = 0; i < COUNT(rows); i++) {
        tns_spectrum s;
        char label[48];
        snprintf(label, sizeof label, "row %zu, %s", i, tns_prior_name(rows[i].prior));
        ck_assert_msg(tns_spectrum_estimate(rows[i].lab, &v, rows[i].prior, &s, NULL), "%s", label);
        ck_assert_msg(strcmp(s.prior, rows[i].named) == 0, "%s: %s", label, s.prior);
        ck_assert(s.reconstructed && s.effective_channels == 3);
    }
}
END_TEST

START_TEST(an_impossible_color_is_refused_whatever_the_kind)
{
    static const tns_lab labs[] = {{100, 50, 0}, {50, 250, 0}, {101, 0, 0}, {NAN, 0, 0}};
    tns_viewing v = viewing("D65/10");
    for (size_t i = 0; i < COUNT(labs); i++)
        for (size_t k = 0; k < COUNT(kinds); k++) {
            tns_spectrum s;
            tns_error err = {0};
            ck_assert(!tns_spectrum_estimate(labs[i], &v, kinds[k], &s, &err));
            ck_assert_int_eq(err.code, TNS_ERROR_RANGE);
        }
}
END_TEST

/* The second way: least squares on the scores and a heavy penalty, by GSL's own trust region. */
typedef struct penalty {
    const tns_prior_row *table;
    const tns_viewing *viewing;
    tns_xyz wanted;
} penalty;

static tns_spectrum at_scores(const tns_prior_row *table, const gsl_vector *y)
{
    tns_spectrum s = tns_spectrum_constant(0);
    for (int i = 0; i < TNS_BANDS; i++) {
        double z = table[i][1];
        for (size_t j = 0; j < TNS_PRIOR_COMPONENTS; j++)
            z += table[i][2 + j] * gsl_vector_get(y, j);
        s.value[i] = 1 / (1 + exp(-z));
    }
    return s;
}

static int penalized(const gsl_vector *y, void *data, gsl_vector *f)
{
    const penalty *p = data;
    const double heavy = 1e4;
    tns_spectrum s = at_scores(p->table, y);
    tns_xyz c = tns_xyz_from_spectrum(&s, p->viewing);
    for (size_t j = 0; j < TNS_PRIOR_COMPONENTS; j++)
        gsl_vector_set(f, j, gsl_vector_get(y, j));
    gsl_vector_set(f, TNS_PRIOR_COMPONENTS, heavy * (c.X - p->wanted.X));
    gsl_vector_set(f, TNS_PRIOR_COMPONENTS + 1, heavy * (c.Y - p->wanted.Y));
    gsl_vector_set(f, TNS_PRIOR_COMPONENTS + 2, heavy * (c.Z - p->wanted.Z));
    return GSL_SUCCESS;
}

static tns_spectrum by_penalty(const penalty *p)
{
    gsl_multifit_nlinear_parameters how = gsl_multifit_nlinear_default_parameters();
    gsl_multifit_nlinear_fdf problem = {.f = penalized,
                                        .n = TNS_PRIOR_COMPONENTS + 3,
                                        .p = TNS_PRIOR_COMPONENTS,
                                        .params = (void *)p};
    gsl_multifit_nlinear_workspace *w =
        gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &how, problem.n, problem.p);
    gsl_vector *start = gsl_vector_calloc(problem.p);
    int info;
    gsl_multifit_nlinear_init(start, &problem, w);
    gsl_multifit_nlinear_driver(500, 1e-12, 1e-14, 0, NULL, NULL, &info, w);
    tns_spectrum s = at_scores(p->table, gsl_multifit_nlinear_position(w));
    gsl_vector_free(start);
    gsl_multifit_nlinear_free(w);
    return s;
}

START_TEST(a_penalty_method_finds_the_same_spectra)
{
    static const struct {
        const tns_prior_row *table;
        tns_lab lab;
    } rows[] = {{tns_prior_skin_table, {68, 4.5, 16}}, {tns_prior_skin_table, {38, 11, 17}},
                {tns_prior_skin_table, {60, 14, 18}},  {tns_prior_hair_table, {23, 4, 5}},
                {tns_prior_hair_table, {60, 8, 22}},   {tns_prior_pigment_table, {37, 30, 22}},
                {tns_prior_any_table, {50, 0, 0}},     {tns_prior_any_table, {60, -30, 20}}};
    tns_viewing v = viewing("D65/10");
    for (size_t k = 0; k < COUNT(rows); k++) {
        penalty p = {rows[k].table, &v, tns_xyz_from_lab(rows[k].lab, v.white)};
        tns_spectrum theirs = by_penalty(&p);
        double ours[TNS_BANDS], distance;
        char label[32];
        snprintf(label, sizeof label, "row %zu", k);
        ck_assert_msg(tns_prior_likeliest(rows[k].table, &v, p.wanted, ours, &distance), "%s",
                      label);
        for (int i = 0; i < TNS_BANDS; i++)
            CHECK_NEAR(label, theirs.value[i], ours[i], 1e-4); /* the penalty's slack */
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("prior");
    TCase *tc = tcase_create("prior");
    tcase_add_test(tc, the_shipped_statistics_are_what_the_spectra_give);
    tcase_add_test(tc, the_shipped_means_by_color_are_what_the_spectra_give);
    tcase_add_test(tc, chips_that_the_prior_has_not_seen_come_back_better_than_the_smoothest);
    tcase_add_test(tc, paints_that_no_prior_has_seen_come_back_no_worse_than_the_smoothest);
    tcase_add_test(tc, every_kind_has_the_color_wherever_the_smoothest_has_it);
    tcase_add_test(tc, a_color_the_kind_cannot_explain_is_given_the_smoothest_and_says_so);
    tcase_add_test(tc, an_impossible_color_is_refused_whatever_the_kind);
    tcase_add_test(tc, a_penalty_method_finds_the_same_spectra);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
