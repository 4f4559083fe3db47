/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/error.h>

#include "base/text.h"
#include "support/testing.h"

START_TEST(every_code_has_the_name_and_exit_status_of_the_contract)
{
    static const struct {
        tns_code code;
        const char *name;
        int exit_status;
    } rows[] = {
        {TNS_OK, "ok", 0},
        {TNS_ERROR_USAGE, "usage", 2},
        {TNS_ERROR_NOT_FOUND, "not-found", 1},
        {TNS_ERROR_IO, "io", 1},
        {TNS_ERROR_FORMAT, "format", 1},
        {TNS_ERROR_UNSUPPORTED, "unsupported", 1},
        {TNS_ERROR_RANGE, "range", 1},
        {TNS_ERROR_MEMORY, "memory", 1},
        {TNS_ERROR_NUMERIC, "numeric", 1},
        {TNS_ERROR_CANCELLED, "cancelled", 1},
        {TNS_ERROR_CHART_REFUSED, "chart-refused", 4},
        {TNS_ERROR_NO_RECIPE, "no-recipe", 4},
        {TNS_ERROR_TOLERANCE, "not-within-tolerance", 4},
        {TNS_ERROR_WRONG_INK, "wrong-ink", 4},
        {TNS_ERROR_OUT_OF_REACH, "out-of-reach", 4},
        {TNS_ERROR_ALLERGEN, "allergen", 5},
        {TNS_ERROR_NO_SUCH, "no-such", 2},
        {(tns_code)99, "unknown", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert_str_eq(tns_code_name(rows[i].code), rows[i].name);
        ck_assert_int_eq(tns_code_exit_status(rows[i].code), rows[i].exit_status);
    }
}
END_TEST

/* Fails unless docs/errors.md has a row "| `name` | status |" for the code. */
static void check_documented(const char *page, tns_code code)
{
    char row[80];
    snprintf(row, sizeof row, "| `%s` | %d |", tns_code_name(code), tns_code_exit_status(code));
    ck_assert_msg(strstr(page, row) != NULL, "docs/errors.md: expected a row %s", row);
}

START_TEST(the_page_of_errors_lists_every_code_and_no_other)
{
    size_t length;
    char *page = project_file("docs/errors.md", &length);
    size_t codes = 0, rows = 0;
    for (tns_code code = TNS_ERROR_USAGE; strcmp(tns_code_name(code), "unknown") != 0; code++) {
        check_documented(page, code);
        codes++;
    }
    for (const char *at = page; (at = strstr(at, "\n| `")) != NULL; at++)
        rows++;
    ck_assert_uint_eq(rows, codes);
    free(page);
}
END_TEST

START_TEST(setting_an_error_returns_false_with_or_without_one)
{
    tns_error err = {0};
    ck_assert(!tns_error_set(&err, TNS_ERROR_RANGE, "L: %d", 101));
    ck_assert(err.code == TNS_ERROR_RANGE);
    ck_assert_str_eq(err.text, "L: 101");
    ck_assert(!tns_error_set(NULL, TNS_ERROR_RANGE, "L: %d", 101));
    ck_assert(!tns_error_prefix(NULL, "a.json"));
}
END_TEST

START_TEST(a_prefix_stands_before_the_text_and_keeps_the_code)
{
    tns_error err;
    tns_error_set(&err, TNS_ERROR_FORMAT, "expected a number");
    ck_assert(!tns_error_prefix(&err, "%s: line %d", "a.csv", 3));
    ck_assert_str_eq(err.text, "a.csv: line 3: expected a number");
    ck_assert(err.code == TNS_ERROR_FORMAT);
}
END_TEST

/* What a file held may be anything; the error is one line of UTF-8 all the same. */
START_TEST(an_error_is_one_line_of_utf8)
{
    static const struct {
        const char *label, *found, *text;
    } rows[] = {
        {"newline", "a\nb\r\n", "a b  "},
        {"escape", "a\x1B[31mb\x7F", "a [31mb "},
        {"control above ASCII",
         "a\xC2\x9B"
         "31m",
         "a  31m"},
        {"latin-1", "gr\xFC\xDF.", "gr??."},
        {"cut in a character", "gr\xC3", "gr"},
        {"cut in a longer character", "x\xF0\x9F\x98", "x"},
        {"broken in the middle", "a\xC3\" b", "a?\" b"},
        {"sound", "gr\xC3\xBC\xC3\x9F \xE2\x82\xAC", "gr\xC3\xBC\xC3\x9F \xE2\x82\xAC"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err;
        tns_error_set(&err, TNS_ERROR_FORMAT, "%s", rows[i].found);
        ck_assert_msg(strcmp(err.text, rows[i].text) == 0, "%s: found \"%s\"", rows[i].label,
                      err.text);
    }
}
END_TEST

START_TEST(an_error_too_long_is_cut_between_characters)
{
    char lengthy[1200];
    for (size_t i = 0; i + 2 < sizeof lengthy; i += 2)
        memcpy(lengthy + i, "\xC3\xBC", 3);
    tns_error err;
    tns_error_set(&err, TNS_ERROR_FORMAT, "%s", lengthy);
    ck_assert_uint_eq(strlen(err.text), 510);
    ck_assert(tns_text_is_utf8(err.text, strlen(err.text)));
    tns_error_prefix(&err, "%s", "name");
    ck_assert_uint_ge(strlen(err.text), 508);
    ck_assert(tns_text_is_utf8(err.text, strlen(err.text)));
    ck_assert(strncmp(err.text, "name: \xC3\xBC", 8) == 0);
    tns_error_prefix(&err, "%s", lengthy);
    ck_assert_uint_lt(strlen(err.text), sizeof err.text);
    ck_assert(tns_text_is_utf8(err.text, strlen(err.text)));
}
END_TEST

START_TEST(numbers_in_errors_have_a_point_whatever_the_locale)
{
    if (!speak("numbers_in_errors_have_a_point_whatever_the_locale", "de_DE"))
        return;
    tns_error err;
    tns_error_set(&err, TNS_ERROR_FORMAT, "found %g", 1.5);
    tns_error_prefix(&err, "at %.1f nm", 400.0);
    setlocale(LC_ALL, "C");
    ck_assert_str_eq(err.text, "at 400.0 nm: found 1.5");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("error");
    TCase *tc = tcase_create("error");
    tcase_add_test(tc, every_code_has_the_name_and_exit_status_of_the_contract);
    tcase_add_test(tc, the_page_of_errors_lists_every_code_and_no_other);
    tcase_add_test(tc, setting_an_error_returns_false_with_or_without_one);
    tcase_add_test(tc, a_prefix_stands_before_the_text_and_keeps_the_code);
    tcase_add_test(tc, an_error_is_one_line_of_utf8);
    tcase_add_test(tc, an_error_too_long_is_cut_between_characters);
    tcase_add_test(tc, numbers_in_errors_have_a_point_whatever_the_locale);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
