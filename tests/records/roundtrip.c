/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that are read and written again; photo.c has the photo, match.c the match. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/palette_records.h>
#include <tonsure/records.h>
#include <tonsure/skin_records.h>

#include "support/testing.h"

/* Each gives the text of what it read, or NULL and why. */
typedef char *rewriter(const char *text, size_t length, tns_error *err);

static char *rewrite_reading(const char *text, size_t length, tns_error *err)
{
    tns_reading value;
    return tns_reading_parse(text, length, "r.json", &value, err) ? tns_reading_write(&value)
                                                                  : NULL;
}

static char *rewrite_comparison(const char *text, size_t length, tns_error *err)
{
    tns_comparison value;
    return tns_comparison_parse(text, length, "r.json", &value, err) ? tns_comparison_write(&value)
                                                                     : NULL;
}

static char *rewrite_comparisons(const char *text, size_t length, tns_error *err)
{
    size_t count = 99;
    tns_comparison *pairs = tns_comparisons_parse(text, length, "r.json", &count, err);
    char *again = pairs ? tns_comparisons_write(pairs, count) : NULL;
    free(pairs);
    return again;
}

static char *rewrite_error(const char *text, size_t length, tns_error *err)
{
    tns_error value;
    return tns_error_parse(text, length, "r.json", &value, err) ? tns_error_write(&value) : NULL;
}

static char *rewrite_list(const char *text, size_t length, tns_error *err)
{
    size_t count = 99;
    tns_palette_entry *entries = tns_palette_list_parse(text, length, "r.json", &count, err);
    char *again = entries ? tns_palette_list_write(entries, count) : NULL;
    free(entries);
    return again;
}

static char *rewrite_check(const char *text, size_t length, tns_error *err)
{
    tns_palette_check value;
    if (!tns_palette_check_parse(text, length, "r.json", &value, err))
        return NULL;
    tns_palette palette = {.count = value.pigments};
    snprintf(palette.name, sizeof palette.name, "%.63s", value.name);
    return tns_palette_check_write(value.name, value.ok ? &palette : NULL,
                                   value.ok ? NULL : &value.failure);
}

static char *rewrite_change(const char *text, size_t length, tns_error *err)
{
    tns_palette_change value;
    return tns_palette_change_parse(text, length, "r.json", &value, err)
               ? tns_palette_change_write(&value)
               : NULL;
}

static char *rewrite_ladder_plan(const char *text, size_t length, tns_error *err)
{
    tns_ladder_plan_record value;
    return tns_ladder_plan_parse(text, length, "r.json", &value, err)
               ? tns_ladder_plan_write(&value)
               : NULL;
}

static char *rewrite_ladder(const char *text, size_t length, tns_error *err)
{
    tns_ladder_result *value = tns_ladder_parse(text, length, "r.json", err);
    char *again = value ? tns_ladder_write(value) : NULL;
    tns_ladder_result_destroy(value);
    return again;
}

static char *rewrite_learn(const char *text, size_t length, tns_error *err)
{
    tns_learn_record *value = tns_learn_record_parse(text, length, "r.json", err);
    char *again = value ? tns_learn_record_write(value) : NULL;
    tns_learn_record_destroy(value);
    return again;
}

static char *rewrite_mixes(const char *text, size_t length, tns_error *err)
{
    tns_kept_mixes value;
    char *again = tns_kept_mixes_parse(text, length, "r.json", &value, err)
                      ? tns_kept_mixes_write(&value)
                      : NULL;
    tns_kept_mixes_destroy(&value);
    return again;
}

static char *rewrite_gamut(const char *text, size_t length, tns_error *err)
{
    tns_gamut_record *value = tns_gamut_record_parse(text, length, "r.json", err);
    char *again = value ? tns_gamut_record_write(value) : NULL;
    tns_gamut_record_destroy(value);
    return again;
}

static char *rewrite_skin(const char *text, size_t length, tns_error *err)
{
    tns_skin_record value;
    return tns_skin_record_parse(text, length, "r.json", &value, err)
               ? tns_skin_record_write(&value)
               : NULL;
}

static char *rewrite_zone(const char *text, size_t length, tns_error *err)
{
    tns_zone_record value;
    return tns_zone_record_parse(text, length, "r.json", &value, err)
               ? tns_zone_record_write(&value)
               : NULL;
}

static char *rewrite_palette(const char *text, size_t length, tns_error *err)
{
    tns_palette *value = tns_palette_parse(text, length, "r.json", err);
    char *again = value ? tns_palette_write(value) : NULL;
    tns_palette_destroy(value);
    return again;
}

static void same_again(const char *label, const char *text, size_t length, rewriter *rewrite)
{
    tns_error err = {0};
    char *again = rewrite(text, length, &err);
    ck_assert_msg(again != NULL, "%s: %s", label, err.text);
    ck_assert_msg(strcmp(again, text) == 0, "%s: became\n%s", label, again);
    free(again);
}

START_TEST(every_example_of_the_schemas_is_read_and_written_byte_for_byte)
{
    static const struct {
        const char *file;
        rewriter *rewrite;
    } rows[] = {
        {"reading-1", rewrite_reading},
        {"compare-1", rewrite_comparison},
        {"comparisons-1", rewrite_comparisons},
        {"error", rewrite_error},
        {"palettes-1", rewrite_list},
        {"palette-check-1", rewrite_check},
        {"palette-change-1", rewrite_change},
        {"palette-1", rewrite_palette},
        {"ladder-plan-1", rewrite_ladder_plan},
        {"ladder-1", rewrite_ladder},
        {"learn-1", rewrite_learn},
        {"mixes-1", rewrite_mixes},
        {"gamut-1", rewrite_gamut},
        {"skin-1", rewrite_skin},
        {"zone-1", rewrite_zone},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char path[80];
        size_t length;
        snprintf(path, sizeof path, "docs/schema/examples/%s.json", rows[i].file);
        char *text = project_file(path, &length);
        same_again(rows[i].file, text, length, rows[i].rewrite);
        free(text);
    }
}
END_TEST

/* What the examples do not show, in the form of the writers. */
START_TEST(the_rarer_forms_are_read_and_written_byte_for_byte)
{
    static const struct {
        const char *label;
        rewriter *rewrite;
        const char *text;
    } rows[] = {
        {"no pairs", rewrite_comparisons,
         "{\"schema\": \"tonsure/comparisons/1\", \"pairs\": []}\n"},
        {"no palettes", rewrite_list,
         "{\"schema\": \"tonsure/palettes/1\", \"palettes\": [], \"broken\": []}\n"},
        {"broken palettes", rewrite_list,
         "{\n  \"schema\": \"tonsure/palettes/1\",\n  \"palettes\": [],\n  \"broken\": [\n"
         "    {\n      \"name\": \"torn\",\n      \"place\": \"user\",\n"
         "      \"error\": {\"code\": \"format\", \"text\": \"torn.json: line 3: it ends too soon, "
         "and "
         "there is more\"}\n    }\n  ],\n"
         "  \"error\": {\"code\": \"format\", \"text\": \"torn.json: line 3: it ends too soon, and "
         "there "
         "is more\"}\n}\n"},
        {"a palette without version", rewrite_list,
         "{\n  \"schema\": \"tonsure/palettes/1\",\n  \"palettes\": [{\"name\": \"mine\", "
         "\"place\": "
         "\"user\", \"pigments\": 1, \"scale\": \"relative\"}],\n  \"broken\": []\n}\n"},
        {"a broken palette", rewrite_check,
         "{\n  \"schema\": \"tonsure/palette-check/1\",\n  \"name\": \"mars.json\",\n"
         "  \"ok\": false,\n  \"error\": {\n    \"code\": \"format\",\n"
         "    \"text\": \"mars.json: pigments[3].K: expected 36 numbers, found 35, of which the "
         "last is 0.25\"\n  }\n}\n"},
        {"a drop size", rewrite_change,
         "{\n  \"schema\": \"tonsure/palette-change/1\",\n  \"action\": \"drop\",\n"
         "  \"palette\": \"mine\",\n  \"pigment\": \"black\",\n  \"drop_ml\": 0.0415,\n"
         "  \"path\": \"K\xC3\xB6nig/mine.json\",\n  \"written\": true,\n  \"warnings\": []\n}\n"},
        {"two metamerism indices", rewrite_comparison,
         "{\n  \"schema\": \"tonsure/compare/1\",\n"
         "  \"a\": {\"L\": 50, \"a\": 1, \"b\": 2, \"illuminant\": \"D65\", \"observer\": "
         "\"10\"},\n"
         "  \"b\": {\"L\": 51, \"a\": 1, \"b\": 2, \"illuminant\": \"Ceiling\", \"observer\": "
         "\"2\"},"
         "\n  \"de76\": 1,\n  \"de94\": 2,\n  \"cmc\": 3,\n  \"de00\": 4,\n  \"hyab\": 5,\n"
         "  \"dL\": 1,\n  \"da\": -2,\n  \"db\": 3,\n  \"dC\": -4,\n  \"dH\": 5.5,\n"
         "  \"ita\": {\"a\": -180, \"b\": 41.25},\n"
         "  \"metamerism\": {\"F11\": 0.5, \"A\": 0.125},\n"
         "  \"warnings\": [\"one\", \"two\"]\n}\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        same_again(rows[i].label, rows[i].text, strlen(rows[i].text), rows[i].rewrite);
}
END_TEST

START_TEST(an_error_of_every_code_is_read_back)
{
    int code = TNS_OK + 1;
    for (; strcmp(tns_code_name((tns_code)code), "unknown") != 0; code++) {
        tns_error before = {.code = (tns_code)code}, after, err = {0};
        snprintf(before.text, sizeof before.text, "a \"word\", and why");
        char *text = tns_error_write(&before);
        ck_assert_msg(tns_error_parse(text, strlen(text), "e.json", &after, &err), "%s", err.text);
        ck_assert_int_eq(after.code, code);
        ck_assert_str_eq(after.text, before.text);
        free(text);
    }
    ck_assert_int_gt(code, TNS_ERROR_TOLERANCE);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("roundtrip");
    TCase *tc = tcase_create("roundtrip");
    tcase_add_test(tc, every_example_of_the_schemas_is_read_and_written_byte_for_byte);
    tcase_add_test(tc, the_rarer_forms_are_read_and_written_byte_for_byte);
    tcase_add_test(tc, an_error_of_every_code_is_read_back);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
