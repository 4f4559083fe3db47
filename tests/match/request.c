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
    tcase_add_test(tc, a_relative_palette_on_a_film_is_refused_by_name);
    tcase_add_test(tc, no_recipe_is_light_enough_says_so);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
