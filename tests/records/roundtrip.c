/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that are read and written again; photo.c has the photo, match.c the match. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "records/color_again.h"
#include "records/same.h"
#include "support/testing.h"

START_TEST(every_example_of_the_schemas_is_read_and_written_byte_for_byte)
{
    examples_same_again(color_records, sizeof color_records / sizeof *color_records);
}
END_TEST

/* What the examples do not show, in the form of the writers. */
START_TEST(the_rarer_forms_are_read_and_written_byte_for_byte)
{
    static const written rows[] = {
        {"no pairs", again_comparisons, "{\"schema\": \"tonsure/comparisons/1\", \"pairs\": []}\n"},
        {"no palettes", again_list,
         "{\"schema\": \"tonsure/palettes/1\", \"palettes\": [], \"broken\": []}\n"},
        {"broken palettes", again_list,
         "{\n  \"schema\": \"tonsure/palettes/1\",\n  \"palettes\": [],\n  \"broken\": [\n"
         "    {\n      \"name\": \"torn\",\n      \"place\": \"user\",\n"
         "      \"error\": {\"code\": \"format\", \"text\": \"torn.json: line 3: it ends too soon, "
         "and "
         "there is more\"}\n    }\n  ],\n"
         "  \"error\": {\"code\": \"format\", \"text\": \"torn.json: line 3: it ends too soon, and "
         "there "
         "is more\"}\n}\n"},
        {"a palette without version", again_list,
         "{\n  \"schema\": \"tonsure/palettes/1\",\n  \"palettes\": [{\"name\": \"mine\", "
         "\"place\": "
         "\"user\", \"pigments\": 1, \"scale\": \"relative\"}],\n  \"broken\": []\n}\n"},
        {"a broken palette", again_check,
         "{\n  \"schema\": \"tonsure/palette-check/1\",\n  \"name\": \"mars.json\",\n"
         "  \"ok\": false,\n  \"error\": {\n    \"code\": \"format\",\n"
         "    \"text\": \"mars.json: pigments[3].K: expected 36 numbers, found 35, of which the "
         "last is 0.25\"\n  }\n}\n"},
        {"a drop size", again_change,
         "{\n  \"schema\": \"tonsure/palette-change/1\",\n  \"action\": \"drop\",\n"
         "  \"palette\": \"mine\",\n  \"pigment\": \"black\",\n  \"drop_ml\": 0.0415,\n"
         "  \"path\": \"K\xC3\xB6nig/mine.json\",\n  \"written\": true,\n  \"warnings\": []\n}\n"},
        {"two metamerism indices", again_comparison,
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
    all_same_again(rows, sizeof rows / sizeof *rows);
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
