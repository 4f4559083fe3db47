/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of skin and of zones: broken ones, and what the examples do not show. */
#include <stdlib.h>

#include <tonsure/skin_records.h>

#include "records/broken.h"
#include "support/testing.h"

#define EXAMPLE(name) "docs/schema/examples/" name ".json"
#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static bool read_skin(const char *text, size_t length, tns_error *err)
{
    tns_skin_record value;
    return tns_skin_record_parse(text, length, "r.json", &value, err);
}

static bool read_zone(const char *text, size_t length, tns_error *err)
{
    tns_zone_record value;
    return tns_zone_record_parse(text, length, "r.json", &value, err);
}

START_TEST(every_broken_skin_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"no reading", "reading", NULL, TNS_ERROR_FORMAT, "reading: expected an object"},
        {"a color beyond reason", "L", "160", TNS_ERROR_RANGE,
         "reading.lab.L: expected -20 to 115"},
        {"skin as a text", "is_skin", "\"yes\"", TNS_ERROR_FORMAT,
         "is_skin: expected true or false"},
        {"a reason of a number", "reason", "7", TNS_ERROR_FORMAT, "reason: expected a text"},
        {"no melanin", "melanin", NULL, TNS_ERROR_FORMAT, "melanin: expected a number"},
        {"more blood than skin", "blood", "1.2", TNS_ERROR_RANGE, "blood: expected 0 to 1"},
        {"no intervals", "intervals{", NULL, TNS_ERROR_FORMAT, "intervals: expected an object"},
        {"an interval of one end", "intervals{", "{\"melanin\": [0]}", TNS_ERROR_FORMAT,
         "intervals.melanin: expected 2 numbers, found 1"},
        {"no deviations", "sd{", NULL, TNS_ERROR_FORMAT, "sd: expected an object"},
        {"a fit of less than 0", "fit_de00", "-1", TNS_ERROR_RANGE, "fit_de00: expected 0"},
        {"an angle of 200", "ita", "200", TNS_ERROR_RANGE, "ita: expected -180 to 180"},
        {"35 bands", "measured[", "[1]", TNS_ERROR_FORMAT, "expected 36 numbers, found 1"},
        {"reflectance of 2", "modelled[", "[2]", TNS_ERROR_FORMAT, "expected 36 numbers"},
        {"a warning of a number", "warnings[", "[7]", TNS_ERROR_FORMAT, "warnings[0]: expected a"},
    };
    refuse_broken(EXAMPLE("skin-1"), "tonsure/skin/1", read_skin, rows, COUNT(rows));
}
END_TEST

START_TEST(every_broken_zone_is_refused_with_its_place)
{
    static const broken rows[] = {
        {"no dot", "dot", NULL, TNS_ERROR_FORMAT, "dot: expected an object"},
        {"a skin of another kind", "skin", "{\"schema\": \"tonsure/skin/1\"}",
         TNS_ERROR_UNSUPPORTED, "skin.schema: expected \"tonsure/reading/1\""},
        {"no answer", "answer", NULL, TNS_ERROR_FORMAT, "answer: expected a text"},
        {"a shade is sought", "sought", "\"shade\"", TNS_ERROR_FORMAT,
         "sought: expected density or diameter, found \"shade\""},
        {"no reach", "reach", NULL, TNS_ERROR_FORMAT, "reach: expected a text"},
        {"another reach", "reach", "\"far\"", TNS_ERROR_FORMAT, "reach: expected given, reached"},
        {"dots in circles", "arrangement", "\"circles\"", TNS_ERROR_FORMAT,
         "arrangement: expected random or grid"},
        {"fewer dots than none", "density_per_cm2", "-3", TNS_ERROR_RANGE, "density_per_cm2:"},
        {"more than all skin", "coverage", "1.4", TNS_ERROR_RANGE, "coverage: expected 0 to 1"},
        {"no distance", "de00_to_target", NULL, TNS_ERROR_FORMAT, "de00_to_target: expected a num"},
        {"a range of one end", "density_ci95", "[2]", TNS_ERROR_FORMAT,
         "density_ci95: expected 2 numbers, found 1"},
        {"a range of text", "coverage_ci95", "[0, \"1\"]", TNS_ERROR_FORMAT,
         "coverage_ci95[1]: expected a number, found a text"},
        {"one n", "by_n", "[{}]", TNS_ERROR_FORMAT, "by_n: expected 2 items, found 1"},
        {"no n", "yule_nielsen", "{}", TNS_ERROR_FORMAT, "yule_nielsen.n: expected a number"},
        {"n below 1", "yule_nielsen", "{\"n\": 0.5}", TNS_ERROR_RANGE,
         "yule_nielsen.n: expected 1 to 10"},
        {"no area", "area", NULL, TNS_ERROR_FORMAT, "area: expected an object"},
        {"fresh of nothing", "fresh", "{}", TNS_ERROR_FORMAT, "fresh.coverage: expected a number"},
    };
    refuse_broken(EXAMPLE("zone-1"), "tonsure/zone/1", read_zone, rows, COUNT(rows));
}
END_TEST

static char *example(const char *name)
{
    size_t length;
    return project_file(name, &length);
}

/* What no number of dots reaches stands as null, with the error beside it. */
START_TEST(a_zone_out_of_reach_is_written_and_read_again)
{
    char *text = example(EXAMPLE("zone-1"));
    tns_zone_record zone, again;
    tns_error err = {0};
    ck_assert_msg(tns_zone_record_parse(text, strlen(text), "r.json", &zone, &err), "%s", err.text);
    free(text);
    zone.zone.reach = TNS_ZONE_DARKER;
    zone.zone.dots.per_cm2 = zone.zone.per_cm2.most = zone.dots = INFINITY;
    zone.zone.within_doubt = true;
    tns_error_set(&zone.failure, TNS_ERROR_OUT_OF_REACH, "zone: darker than the dot");
    text = tns_zone_record_write(&zone);
    ck_assert_ptr_nonnull(strstr(text, "\"density_per_cm2\": null,"));
    ck_assert_ptr_nonnull(strstr(text, "\"code\": \"out-of-reach\""));
    ck_assert_msg(tns_zone_record_parse(text, strlen(text), "r.json", &again, &err), "%s",
                  err.text);
    ck_assert(isinf(again.zone.dots.per_cm2) && isinf(again.zone.per_cm2.most));
    ck_assert(isinf(again.dots) && again.zone.within_doubt);
    ck_assert_int_eq(again.failure.code, TNS_ERROR_OUT_OF_REACH);
    char *twice = tns_zone_record_write(&again);
    ck_assert_str_eq(text, twice);
    free(text);
    free(twice);
}
END_TEST

START_TEST(what_is_no_skin_keeps_its_reason)
{
    char *text = example(EXAMPLE("skin-1"));
    tns_skin_record skin, again;
    tns_error err = {0};
    ck_assert_msg(tns_skin_record_parse(text, strlen(text), "r.json", &skin, &err), "%s", err.text);
    free(text);
    ck_assert(skin.fit.is_skin && skin.fit.reason[0] == '\0');
    skin.fit.is_skin = false;
    snprintf(skin.fit.reason, sizeof skin.fit.reason, "greyer than skin (chroma 3.0)");
    text = tns_skin_record_write(&skin);
    ck_assert_msg(tns_skin_record_parse(text, strlen(text), "r.json", &again, &err), "%s",
                  err.text);
    ck_assert_str_eq(again.fit.reason, skin.fit.reason);
    ck_assert(!again.fit.is_skin);
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("zone");
    TCase *tc = tcase_create("zone");
    tcase_add_test(tc, every_broken_skin_is_refused_with_its_place);
    tcase_add_test(tc, every_broken_zone_is_refused_with_its_place);
    tcase_add_test(tc, a_zone_out_of_reach_is_written_and_read_again);
    tcase_add_test(tc, what_is_no_skin_keeps_its_reason);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
