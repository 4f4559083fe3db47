/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests that cannot be meant, and those that nothing meets. */
#include "trial.h"

static const int twice[] = {0, 0}, water[] = {4}, beyond[] = {9}, none[] = {0};

static void no_viewings(tns_match_request *q)
{
    q->viewing_count = 0;
}
static void many_viewings(tns_match_request *q)
{
    q->viewing_count = TNS_VIEWINGS_MAX + 1;
}
static void negative_weight(tns_match_request *q)
{
    q->weights[1] = -1;
}
static void no_weight(tns_match_request *q)
{
    q->weights[0] = q->weights[1] = q->weights[2] = 0;
}
static void no_surface(tns_match_request *q)
{
    q->surface_count = 0;
}
static void no_pigment(tns_match_request *q)
{
    q->pigments = none;
    q->pigment_count = 0;
}
static void unknown_pigment(tns_match_request *q)
{
    q->pigments = beyond;
    q->pigment_count = 1;
}
static void pigment_twice(tns_match_request *q)
{
    q->pigments = twice;
    q->pigment_count = 2;
}
static void diluent_as_pigment(tns_match_request *q)
{
    q->pigments = water;
    q->pigment_count = 1;
}
static void many_pigments(tns_match_request *q)
{
    q->max_pigments = TNS_PARTS_MAX + 1;
}
static void negative_units(tns_match_request *q)
{
    q->max_units = -3;
}
static void negative_threads(tns_match_request *q)
{
    q->threads = -1;
}
static void unit_of_nothing(tns_match_request *q)
{
    q->unit = (tns_unit){TNS_UNIT_ML, 0};
}
static void no_number(tns_match_request *q)
{
    q->target.value[3] = NAN;
}
static void surface_weights(tns_match_request *q)
{
    static const double nothing[] = {0};
    q->surface_weights = nothing;
}

static void percent(tns_match_request *q)
{
    q->target.value[7] = 50;
}
static void one_lamp_twice(tns_match_request *q)
{
    static tns_viewing two[2];
    two[0] = viewing_of("D65/10");
    two[1] = viewing_of("D65/2");
    q->viewings = two;
    q->viewing_count = 2;
}
static void tiny_weights(tns_match_request *q)
{
    q->weights[0] = q->weights[1] = q->weights[2] = 1e-12;
}
static void huge_weights(tns_match_request *q)
{
    q->weights[0] = q->weights[1] = q->weights[2] = 1e308;
}

START_TEST(a_request_that_contradicts_itself_is_refused_by_name)
{
    static const struct {
        const char *label;
        void (*spoil)(tns_match_request *);
        tns_code code;
        const char *says;
    } rows[] = {
        {"no illuminant", no_viewings, TNS_ERROR_USAGE, "illuminants"},
        {"too many illuminants", many_viewings, TNS_ERROR_USAGE, "illuminants"},
        {"a negative weight", negative_weight, TNS_ERROR_USAGE, "weight of A"},
        {"no weight at all", no_weight, TNS_ERROR_USAGE, "every weight"},
        {"no surface", no_surface, TNS_ERROR_USAGE, "surfaces"},
        {"no weight of a surface", surface_weights, TNS_ERROR_USAGE, "surfaces"},
        {"no pigment", no_pigment, TNS_ERROR_USAGE, "no pigment"},
        {"an unknown pigment", unknown_pigment, TNS_ERROR_USAGE, "found 9"},
        {"a pigment twice", pigment_twice, TNS_ERROR_USAGE, "p0: named twice"},
        {"a diluent on opaque", diluent_as_pigment, TNS_ERROR_USAGE, "water"},
        {"more parts than fit", many_pigments, TNS_ERROR_USAGE, "pigments in a mix"},
        {"negative units", negative_units, TNS_ERROR_USAGE, "units"},
        {"threads below none", negative_threads, TNS_ERROR_USAGE, "threads"},
        {"a unit of nothing", unit_of_nothing, TNS_ERROR_USAGE, "unit"},
        {"one lamp for two observers", one_lamp_twice, TNS_ERROR_USAGE, "D65 is named twice"},
        {"weights beside the order's 1e-9", tiny_weights, TNS_ERROR_USAGE, "one of 0.001 or more"},
        {"weights without a finite sum", huge_weights, TNS_ERROR_USAGE, "a finite sum"},
        {"a target in per cent", percent, TNS_ERROR_RANGE, "target at 450 nm: expected a refl"},
        {"a target that is no number", no_number, TNS_ERROR_RANGE, "410 nm"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        trial t;
        tns_error err = {0};
        start(&t, 4, false, 2);
        rows[i].spoil(&t.request);
        ck_assert_msg(tns_match_solve(&t.request, NULL, &err) == NULL, "%s", rows[i].label);
        ck_assert_msg(err.code == rows[i].code && strstr(err.text, rows[i].says), "%s: %s",
                      rows[i].label, err.text);
    }
}
END_TEST

/* Numbers that no file brings in, but a program may. */
START_TEST(a_surface_made_by_hand_is_refused_by_name_where_it_makes_no_sense)
{
    trial t;
    start(&t, 2, true, 2);
    tns_surface *f = &t.surface;
    const struct {
        const char *label;
        double *place, value;
        const char *says;
    } rows[] = {
        {"no load", &f->load, 0, "expected a load above 0"},
        {"a load that is none", &f->load, NAN, "expected a load above 0"},
        {"ten metres of ink", &f->load, 1e9, "at most 1e+06"},
        {"a mirror", &f->backing[35], 1, "backing at 730 nm: expected 0 to 0.9999, found 1"},
        {"a backing in per cent", &f->backing[0], 50, "backing at 380 nm"},
        {"negative K", &f->host_K[4], -1e-3, "host K at 420 nm"},
        {"S that is no number", &f->host_S[4], NAN, "host S at 420 nm"},
        {"more comes through than fell in", &f->over_T2[1], 1.01, "transmittance above at 390"},
        {"a dark window", &f->over_R[1], -0.01, "reflectance above at 390 nm"},
        {"a mirror above", &f->over_Rb[1], 1, "reflectance above from below at 390 nm"},
        {"all is reflected", &f->outer.k1, 1, "k1 and k2 from 0 to below 1, found 1 and"},
        {"k2 below none", &f->outer.k2, -0.1, "k1 and k2"},
        {"a pigment's K", &t.s.pigments[1].K[3], -2, "pigment p1 at 410 nm: expected K and S"},
        {"a diluent's S", &t.s.pigments[2].S[3], NAN, "pigment water at 410 nm"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        double before = *rows[i].place;
        *rows[i].place = rows[i].value;
        ck_assert_msg(tns_match_solve(&t.request, NULL, &err) == NULL, "%s", rows[i].label);
        ck_assert_msg(err.code == TNS_ERROR_RANGE && strstr(err.text, rows[i].says), "%s: %s",
                      rows[i].label, err.text);
        *rows[i].place = before;
    }
    f->kind = (tns_surface_kind)7;
    tns_error err = {0};
    ck_assert(tns_match_solve(&t.request, NULL, &err) == NULL);
    ck_assert_msg(strstr(err.text, "its kind is unknown") != NULL, "%s", err.text);
    f->kind = TNS_SURFACE_FILM;
    tns_match *match = solve(&t); /* put back, it is a good one */
    tns_match_destroy(match);
}
END_TEST

START_TEST(a_relative_palette_on_a_film_is_refused_by_name)
{
    trial t;
    tns_error err = {0};
    start(&t, 2, true, 2);
    t.s.palette.model.absolute = false;
    ck_assert(tns_match_solve(&t.request, NULL, &err) == NULL);
    ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    ck_assert(strstr(err.text, "drawn") && strstr(err.text, "relative"));
}
END_TEST

START_TEST(no_recipe_is_light_enough_says_so)
{
    trial t;
    tns_error err = {0};
    start(&t, 2, false, 2);
    t.request.target = tns_spectrum_constant(0.999);
    t.request.never_darker = true;
    ck_assert(tns_match_solve(&t.request, NULL, &err) == NULL);
    ck_assert_int_eq(err.code, TNS_ERROR_NO_RECIPE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("request");
    TCase *tc = tcase_create("request");
    tcase_set_timeout(tc, 0);
    tcase_add_test(tc, a_request_that_contradicts_itself_is_refused_by_name);
    tcase_add_test(tc, a_surface_made_by_hand_is_refused_by_name_where_it_makes_no_sense);
    tcase_add_test(tc, a_relative_palette_on_a_film_is_refused_by_name);
    tcase_add_test(tc, no_recipe_is_light_enough_says_so);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
