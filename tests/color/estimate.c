/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include <gsl/gsl_multifit_nlinear.h>

#include <tonsure/estimate.h>

#include "support/testing.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static tns_viewing viewing(const char *condition)
{
    tns_viewing v;
    tns_error err;
    ck_assert_msg(tns_viewing_find(condition, &v, &err), "%s", err.text);
    return v;
}

static tns_spectrum estimate(tns_lab lab, const tns_viewing *v)
{
    tns_spectrum s;
    tns_error err;
    ck_assert_msg(tns_spectrum_from_lab(lab, v, &s, &err), "%s", err.text);
    return s;
}

/*
 * The body of all object colors of the grid, exactly: a zonohedron whose faces are normal to the
 * cross products of the bands' weights. A color is inside when it is below every face.
 */
enum { FACES = TNS_BANDS * TNS_BANDS };
typedef struct body {
    size_t n;
    double normal[FACES][3], support[FACES];
} body;

static void add_face(body *out, const tns_viewing *v, int i, int j)
{
    const double *X = v->weight[0], *Y = v->weight[1], *Z = v->weight[2];
    double n[3] = {Y[i] * Z[j] - Z[i] * Y[j], Z[i] * X[j] - X[i] * Z[j], X[i] * Y[j] - Y[i] * X[j]};
    double length = sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
    if (length < 1e-12)
        return;
    double support = 0;
    for (int k = 0; k < TNS_BANDS; k++)
        support += fmax(n[0] * X[k] + n[1] * Y[k] + n[2] * Z[k], 0);
    for (int k = 0; k < 3; k++)
        out->normal[out->n][k] = n[k] / length;
    out->support[out->n++] = support / length;
}

static void make_body(body *out, const tns_viewing *v)
{
    out->n = 0;
    for (int i = 0; i < TNS_BANDS; i++)
        for (int j = 0; j < TNS_BANDS; j++)
            add_face(out, v, i, j);
}

/* How far below the nearest face, in units of XYZ; negative = no object has that color. */
static double depth(const body *b, tns_xyz c)
{
    double least = INFINITY;
    for (size_t i = 0; i < b->n; i++) {
        const double *n = b->normal[i];
        least = fmin(least, b->support[i] - n[0] * c.X - n[1] * c.Y - n[2] * c.Z);
    }
    return least;
}

static void check_back(const char *label, const tns_spectrum *s, const tns_viewing *v, tns_lab lab)
{
    tns_lab back = tns_lab_from_spectrum(s, v);
    CHECK_NEAR(label, back.L, lab.L, 1e-5); /* 1e-6 in XYZ, times 9 near black */
    CHECK_NEAR(label, back.a, lab.a, 1e-4); /* times 500 * 7.8 / 100 */
    CHECK_NEAR(label, back.b, lab.b, 1e-4);
    for (int i = 0; i < TNS_BANDS; i++)
        ck_assert_msg(s->value[i] > 0 && s->value[i] < 1, "%s", label);
}

typedef struct tally {
    int inside, outside;
} tally;

static void try_color(tns_lab lab, const tns_viewing *v, const body *b, tally *t)
{
    char label[80];
    double deep = depth(b, tns_xyz_from_lab(lab, v->white));
    snprintf(label, sizeof label, "%s: %g %g %g, %.4f deep", v->illuminant, lab.L, lab.a, lab.b,
             deep);
    tns_spectrum s;
    tns_error err = {0};
    bool found = tns_spectrum_from_lab(lab, v, &s, &err);
    ck_assert_msg(found || err.code == TNS_ERROR_RANGE, "%s", label);
    ck_assert_msg(!found || deep >= 0, "%s was found", label);
    if (found)
        check_back(label, &s, v, lab);
    t->inside += deep >= 0;
    t->outside += deep < 0;
    ck_assert_msg(found || deep < 0.002, "%s: %s", label, err.text);
}

START_TEST(every_color_that_objects_can_have_comes_back_and_no_other)
{
    /*
     * None may be missed, but nearer to the edge than 0.002 in XYZ a reflectance of a line spectrum
     * can be closer to 0 or 1 than doubles tell.
     */
    static const char *const conditions[] = {"D65/10", "D50/2", "A/10", "F2/2", "F11/10"};
    static body b;
    for (size_t k = 0; k < COUNT(conditions); k++) {
        tns_viewing v = viewing(conditions[k]);
        make_body(&b, &v);
        tally t = {0};
        for (double L = 3; L < 100; L += 19)
            for (double A = -90; A <= 90; A += 22.5)
                for (double B = -90; B <= 110; B += 25)
                    try_color((tns_lab){L, A, B}, &v, &b, &t);
        ck_assert(t.inside > 100 && t.outside > 100);
    }
}
END_TEST

START_TEST(an_estimate_says_what_it_is)
{
    tns_viewing v = viewing("D50/2");
    tns_spectrum s = estimate((tns_lab){60, 15, 18}, &v);
    ck_assert(s.reconstructed);
    ck_assert_str_eq(s.prior, "lhtss");
    ck_assert_int_eq(s.effective_channels, 3);
}
END_TEST

/* A record's millionth above black, or below white, is less than a thousandth of L*. */
START_TEST(greys_black_and_white_are_constant_and_inside_0_and_1)
{
    static const double lightness[] = {0, 0.001, 1, 50, 99.9, 100};
    tns_viewing v = viewing("D65/10");
    for (size_t k = 0; k < COUNT(lightness); k++) {
        tns_spectrum s = estimate((tns_lab){lightness[k], 0, 0}, &v);
        for (int i = 0; i < TNS_BANDS; i++) {
            ck_assert(s.value[i] == s.value[0]);
            ck_assert(s.value[i] >= 0.9e-6 && s.value[i] <= 1 - 0.9e-6);
            ck_assert(s.reconstructed);
        }
        bool is_edge = lightness[k] < 0.01 || lightness[k] > 99.99;
        CHECK_NEAR("L*", tns_lab_from_spectrum(&s, &v).L, lightness[k], is_edge ? 1e-3 : 1e-9);
    }
}
END_TEST

START_TEST(what_is_almost_grey_is_almost_constant)
{
    static const double lightness[] = {0.05, 1, 50, 99, 99.99};
    tns_viewing v = viewing("D65/10");
    for (size_t k = 0; k < COUNT(lightness); k++) {
        tns_lab lab = {lightness[k], 0.001, -0.001};
        tns_spectrum s = estimate(lab, &v), grey = estimate((tns_lab){lab.L, 0, 0}, &v);
        check_back("almost grey", &s, &v, lab);
        for (int i = 0; i < TNS_BANDS; i++)
            CHECK_NEAR("almost grey", s.value[i], grey.value[i], 1e-4);
    }
}
END_TEST

START_TEST(impossible_colors_are_refused_with_a_reason)
{
    static const struct {
        tns_lab lab;
        const char *says;
    } rows[] = {
        {{100, 50, 0}, "no reflectance"},   {{100, 1, 0}, "no reflectance"},
        {{0, 5, 0}, "no reflectance"},      {{50, 250, 0}, "no reflectance"},
        {{2, 0, -90}, "no reflectance"},    {{-1, 0, 0}, "expected 0 to 100"},
        {{101, 0, 0}, "expected 0 to 100"}, {{NAN, 0, 0}, "finite"},
        {{50, INFINITY, 0}, "finite"},      {{50, 0, -NAN}, "finite"},
    };
    tns_viewing v = viewing("D65/10");
    for (size_t i = 0; i < COUNT(rows); i++) {
        tns_spectrum s;
        tns_error err = {0};
        ck_assert(!tns_spectrum_from_lab(rows[i].lab, &v, &s, &err));
        ck_assert_int_eq(err.code, TNS_ERROR_RANGE);
        ck_assert_msg(strstr(err.text, rows[i].says) != NULL, "%s", err.text);
    }
}
END_TEST

/* Skin, hair, inks, and colors near the edge of the body. */
static const tns_lab samples[] = {{68, 4.5, 16}, {38, 11, 17}, {25, 2, 3},    {12, 0.5, -1},
                                  {45, 55, 38},  {85, -5, 80}, {35, 20, -50}, {55, -50, 30},
                                  {2, 1, 1},     {95, -2, 12}};

/* The second way: least squares on slopes and a heavy penalty, by GSL's own trust region. */
typedef struct penalty {
    const tns_viewing *viewing;
    tns_xyz wanted;
} penalty;

static int penalized(const gsl_vector *z, void *data, gsl_vector *f)
{
    const penalty *p = data;
    const double heavy = 1e5;
    tns_spectrum s = tns_spectrum_constant(0);
    for (int i = 0; i < TNS_BANDS; i++)
        s.value[i] = 0.5 * (1 + tanh(gsl_vector_get(z, (size_t)i)));
    for (size_t i = 0; i + 1 < TNS_BANDS; i++)
        gsl_vector_set(f, i, gsl_vector_get(z, i + 1) - gsl_vector_get(z, i));
    tns_xyz c = tns_xyz_from_spectrum(&s, p->viewing);
    gsl_vector_set(f, TNS_BANDS - 1, heavy * (c.X - p->wanted.X) / 100);
    gsl_vector_set(f, TNS_BANDS + 0, heavy * (c.Y - p->wanted.Y) / 100);
    gsl_vector_set(f, TNS_BANDS + 1, heavy * (c.Z - p->wanted.Z) / 100);
    return GSL_SUCCESS;
}

static tns_spectrum by_penalty(const penalty *p)
{
    gsl_multifit_nlinear_parameters how = gsl_multifit_nlinear_default_parameters();
    how.solver = gsl_multifit_nlinear_solver_qr;
    gsl_multifit_nlinear_fdf problem = {
        .f = penalized, .n = TNS_BANDS - 1 + 3, .p = TNS_BANDS, .params = (void *)p};
    gsl_multifit_nlinear_workspace *w =
        gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &how, problem.n, problem.p);
    gsl_vector *start = gsl_vector_calloc(problem.p);
    gsl_multifit_nlinear_init(start, &problem, w);
    int info;
    gsl_multifit_nlinear_driver(500, 1e-12, 1e-14, 0, NULL, NULL, &info, w);
    tns_spectrum s = tns_spectrum_constant(0);
    for (size_t i = 0; i < TNS_BANDS; i++)
        s.value[i] = 0.5 * (1 + tanh(gsl_vector_get(gsl_multifit_nlinear_position(w), i)));
    gsl_vector_free(start);
    gsl_multifit_nlinear_free(w);
    return s;
}

START_TEST(a_penalty_method_finds_the_same_spectra)
{
    tns_viewing v = viewing("D65/10");
    for (size_t k = 0; k < COUNT(samples); k++) {
        penalty p = {&v, tns_xyz_from_lab(samples[k], v.white)};
        tns_spectrum ours = estimate(samples[k], &v), theirs = by_penalty(&p);
        for (int i = 0; i < TNS_BANDS; i++) {
            char label[48];
            snprintf(label, sizeof label, "sample %zu at %g nm", k, tns_band_nm(i));
            CHECK_NEAR(label, theirs.value[i], ours.value[i], 1e-4); /* the penalty's slack */
        }
    }
}
END_TEST

static double slope_squared(const double *z)
{
    double sum = 0;
    for (int i = 0; i + 1 < TNS_BANDS; i++)
        sum += (z[i + 1] - z[i]) * (z[i + 1] - z[i]);
    return sum;
}

/* Moves z to the wanted color along a correction of three cosines (Gauss-Newton, 3 by 3). */
static bool restore(const tns_viewing *v, tns_xyz wanted, double *z)
{
    for (int round = 0; round < 50; round++) {
        double m[3][3] = {{0}}, miss[3] = {wanted.X, wanted.Y, wanted.Z};
        for (int i = 0; i < TNS_BANDS; i++) {
            double r = 0.5 * (1 + tanh(z[i])), slope = 2 * r * (1 - r);
            for (int k = 0; k < 3; k++) {
                miss[k] -= v->weight[k][i] * r;
                for (int j = 0; j < 3; j++)
                    m[k][j] += v->weight[k][i] * slope * cos(j * 0.09 * i);
            }
        }
        if (fabs(miss[0]) + fabs(miss[1]) + fabs(miss[2]) < 1e-10)
            return true;
        for (int c = 0; c < 3; c++) /* Gauss without pivots: the cosines are far from dependent */
            for (int r = c + 1; r < 3; r++) {
                double f = m[r][c] / m[c][c];
                miss[r] -= f * miss[c];
                for (int j = c; j < 3; j++)
                    m[r][j] -= f * m[c][j];
            }
        double t[3];
        for (int c = 2; c >= 0; c--) {
            t[c] = miss[c];
            for (int j = c + 1; j < 3; j++)
                t[c] -= m[c][j] * t[j];
            t[c] /= m[c][c];
        }
        for (int i = 0; i < TNS_BANDS; i++)
            z[i] += t[0] + t[1] * cos(0.09 * i) + t[2] * cos(0.18 * i);
    }
    return false;
}

START_TEST(no_metamer_nearby_is_smoother)
{
    tns_viewing v = viewing("D65/10");
    int tried = 0;
    for (size_t k = 0; k < COUNT(samples); k++) {
        tns_xyz wanted = tns_xyz_from_lab(samples[k], v.white);
        tns_spectrum s = estimate(samples[k], &v);
        double best[TNS_BANDS];
        for (int i = 0; i < TNS_BANDS; i++)
            best[i] = 0.5 * log(s.value[i] / (1 - s.value[i]));
        for (int wave = 1; wave < 30; wave++) {
            double z[TNS_BANDS];
            for (int i = 0; i < TNS_BANDS; i++)
                z[i] = best[i] + 0.1 / wave * sin(0.11 * wave * i + (double)wave);
            if (!restore(&v, wanted, z))
                continue;
            tried++;
            ck_assert_msg(slope_squared(z) > slope_squared(best), "sample %zu, wave %d", k, wave);
        }
    }
    ck_assert_msg(tried > 200, "only %d metamers came about", tried);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("estimate");
    TCase *tc = tcase_create("estimate");
    tcase_add_test(tc, every_color_that_objects_can_have_comes_back_and_no_other);
    tcase_add_test(tc, an_estimate_says_what_it_is);
    tcase_add_test(tc, greys_black_and_white_are_constant_and_inside_0_and_1);
    tcase_add_test(tc, what_is_almost_grey_is_almost_constant);
    tcase_add_test(tc, impossible_colors_are_refused_with_a_reason);
    tcase_add_test(tc, a_penalty_method_finds_the_same_spectra);
    tcase_add_test(tc, no_metamer_nearby_is_smoother);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
