/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "support/draw.h"
#include "support/testing.h"

START_TEST(a_number_is_read_whole_or_refused)
{
    static const struct {
        const char *text;
        bool good;
        double value;
        const char *says;
    } rows[] = {
        {"42.1", true, 42.1, ""},
        {" -3e2 ", true, -300, ""},
        {".5", true, 0.5, ""},
        {"42,1", false, 0, "decimal point"},
        {"nan", false, 0, "expected a number"},
        {"inf", false, 0, "expected a number"},
        {"1e999", false, 0, "finite"},
        {"0x10", false, 0, "expected a number"},
        {"12 apples", false, 0, "12 apples"},
        {"", false, 0, "expected a number"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double value = 0;
        tns_error err = {0};
        ck_assert_msg(tns_text_number(rows[i].text, &value, &err) == rows[i].good, "%s",
                      rows[i].text);
        if (rows[i].good)
            CHECK_NEAR(rows[i].text, value, rows[i].value, 0);
        else
            ck_assert_msg(strstr(err.text, rows[i].says) != NULL, "%s", err.text);
    }
}
END_TEST

START_TEST(utf8_is_told_from_what_is_not)
{
    ck_assert(tns_text_is_utf8("gr\xC3\xBC\xC3\x9F", 6));
    ck_assert(!tns_text_is_utf8("\xC3", 1));
    ck_assert(!tns_text_is_utf8("\xC0\x80", 2));
    ck_assert(!tns_text_is_utf8("\xED\xA0\x80", 3));
    ck_assert(!tns_text_is_utf8("a\0b", 3));
}
END_TEST

START_TEST(rounding_gives_the_double_nearest_to_the_decimal)
{
    ck_assert(tns_round_decimals(1.2345678, 3) == 1.235);
    ck_assert(tns_round_decimals(-0.0001, 3) == 0 && !signbit(tns_round_decimals(-0.0001, 3)));
    ck_assert(tns_round_digits(0.00123456, 3) == 0.00123);
}
END_TEST

/* What tns_round_decimals() and tns_text_real() replace, here where the locale is C. */
static double printed_and_read(double value, int decimals)
{
    char text[512];
    snprintf(text, sizeof text, "%.*f", decimals, value);
    double read = strtod(text, NULL);
    return read == 0 ? 0 : read;
}

static void check_rounding(double value)
{
    for (int decimals = 0; decimals <= 25; decimals++) {
        double expected = printed_and_read(value, decimals);
        double found = tns_round_decimals(value, decimals);
        ck_assert_msg(memcmp(&found, &expected, sizeof found) == 0,
                      "%.17g to %d decimals: expected %.17g, found %.17g", value, decimals,
                      expected, found);
    }
}

static void check_text(double value)
{
    char printed[64], text[TNS_DECIMAL_TEXT];
    size_t length = tns_text_real(value, text);
    snprintf(printed, sizeof printed, "%.15g", value);
    if (!strpbrk(printed, ".e"))
        strcat(printed, ".0");
    if (length == 0)
        ck_assert_msg(!(fabs(value) >= 1e-4 && fabs(value) < 1e13), "%s: not written", printed);
    else
        ck_assert_msg(strcmp(text, printed) == 0 && length == strlen(text),
                      "expected %s, found %s of %zu", printed, text, length);
}

static void check_both(double value)
{
    check_rounding(value);
    check_rounding(-value);
    check_text(value);
    check_text(-value);
}

/* Halfway cases are where a product hides the side; powers of ten are where digits run over. */
START_TEST(a_number_is_rounded_and_written_as_printf_does_it)
{
    static const double hard[] = {
        0,       0.125,       0.375,      0.5,
        1.5,     2.5,         1.005,      2.675,
        1.115,   8.345,       0.285,      5e-324,
        1e-310,  1e22,        1e23,       1.7976931348623157e308,
        4503e12, 4504e12,     0x1p52 - 1, 0x1p53,
        0x1p52,  1e15 - 1,    1e14,       1e14 - 0.5,
        1e13,    1e13 - 0.02, 99999e-9,   INFINITY,
        1e-4,    9.5e-323,    1.0 / 3,    2.0 / 3,
        1e5 / 3, 0x1p-30,
    };
    for (size_t i = 0; i < sizeof hard / sizeof *hard; i++) {
        check_both(hard[i]);
        check_both(nextafter(hard[i], 0));
        check_both(nextafter(hard[i], INFINITY));
    }
    uint64_t seed = 1;
    for (int i = 0; i < 1000; i++) {
        double random = draw(&seed);
        check_both((4 * i + 0.5) / 1000);
        check_both((4 * i + 0.5) / 1024);
        check_both(random * pow(10, i % 24 - 6));
    }
    ck_assert(isnan(tns_round_decimals((double)NAN, 2)));
    ck_assert_uint_eq(tns_text_real((double)NAN, (char[TNS_DECIMAL_TEXT]){0}), 0);
}
END_TEST

START_TEST(a_whole_number_is_written_to_its_last_digit)
{
    static const struct {
        int64_t value;
        const char *text;
    } rows[] = {
        {0, "0"},
        {-7, "-7"},
        {1000, "1000"},
        {INT64_MAX, "9223372036854775807"},
        {INT64_MIN, "-9223372036854775808"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[TNS_DECIMAL_TEXT];
        ck_assert_uint_eq(tns_text_integer(rows[i].value, text), strlen(rows[i].text));
        ck_assert_str_eq(text, rows[i].text);
    }
}
END_TEST

START_TEST(a_list_has_as_many_numbers_as_it_should)
{
    static const struct {
        const char *text;
        bool good;
        const char *says;
    } rows[] = {
        {"1,2,3", true, ""},
        {" 1 , -2.5e0 ,3 ", true, ""},
        {"1,2", false, "expected 3 numbers separated by commas"},
        {"1,2,3,4", false, "expected 3 numbers separated by commas"},
        {"1,2,3,", false, "expected 3 numbers separated by commas"},
        {"", false, "expected 3 numbers separated by commas"},
        {"1,,3", false, "expected a number, found \"\""},
        {"1;2;3", false, "expected 3 numbers"},
        {"1,nan,3", false, "found \"nan\""},
        {"1,000000000000000000000000000000000000000000000000000000000000000000000002,3", false,
         "expected a number"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double out[3] = {0};
        tns_error err = {0};
        ck_assert_msg(tns_text_numbers(rows[i].text, out, 3, &err) == rows[i].good, "%s",
                      rows[i].text);
        ck_assert_msg(strstr(err.text, rows[i].says) != NULL, "%s: %s", rows[i].text, err.text);
        ck_assert(!rows[i].good || (out[0] == 1 && out[2] == 3));
    }
}
END_TEST

/* A host that calls setlocale() must not change what "42.1" means. */
START_TEST(the_point_is_decimal_in_every_locale)
{
    if (!speak("the_point_is_decimal_in_every_locale", "de_DE"))
        return;
    char text[32];
    double value = 0;
    bool reads = tns_text_number("42.5", &value, NULL),
         comma = tns_text_number("42,5", &value, NULL);
    double rounded = tns_round_decimals(0.125, 1);
    int length = tns_text_format(text, sizeof text, "%.2f of %g", 1.5, 0.25);
    setlocale(LC_ALL, "C");
    ck_assert(reads && value == 42.5);
    ck_assert(!comma);
    ck_assert(rounded == 0.1);
    ck_assert_str_eq(text, "1.50 of 0.25");
    ck_assert_int_eq(length, 12);
}
END_TEST

START_TEST(letters_are_the_same_in_every_locale)
{
    if (!speak("letters_are_the_same_in_every_locale", "tr_TR"))
        return;
    bool same = tns_text_same("ISO INDEX", "iso index");
    char lower = tns_text_lower('I'), upper = tns_text_upper('i');
    setlocale(LC_ALL, "C");
    ck_assert(same);
    ck_assert_int_eq(lower, 'i');
    ck_assert_int_eq(upper, 'I');
    ck_assert_int_eq(tns_text_lower('-'), '-');
    ck_assert_int_eq(tns_text_upper('\xE9'), '\xE9'); /* no ASCII: left alone */
}
END_TEST

START_TEST(a_copy_fits_whole_or_is_empty)
{
    char out[4] = "old";
    ck_assert(tns_text_copy(out, sizeof out, "abc"));
    ck_assert_str_eq(out, "abc");
    ck_assert(!tns_text_copy(out, sizeof out, "abcd"));
    ck_assert_str_eq(out, "");
}
END_TEST

START_TEST(endings_and_case_are_compared)
{
    ck_assert(tns_text_ends_with("a.json", ".json") && tns_text_ends_with(".json", ".json"));
    ck_assert(!tns_text_ends_with("json", ".json") && !tns_text_ends_with("a.JSON", ".json"));
    ck_assert(tns_text_same("SPEC_400", "spec_400") && !tns_text_same("a", "ab"));
}
END_TEST

START_TEST(a_time_is_told_in_utc)
{
    static const struct {
        int64_t seconds;
        const char *text;
    } rows[] = {
        {0, "1970-01-01T00:00:00Z"},
        {951782400, "2000-02-29T00:00:00Z"},
        {1796040000, "2026-11-30T12:00:00Z"},
        {-1, "1969-12-31T23:59:59Z"},
        {INT64_MAX, ""}, /* no such year */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[32];
        tns_text_time(rows[i].seconds, text);
        ck_assert_str_eq(text, rows[i].text);
    }
}
END_TEST

START_TEST(a_price_has_two_decimals_and_one_sign)
{
    static const struct {
        int64_t cents;
        const char *text;
    } rows[] = {
        {0, "0.00"},
        {5, "0.05"},
        {-5, "-0.05"},
        {2850, "28.50"},
        {100, "1.00"},
        {-59399933, "-593999.33"},
        {INT64_MIN, "-92233720368547758.08"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[32];
        ck_assert_str_eq(tns_text_cents(rows[i].cents, text), rows[i].text);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text");
    TCase *tc = tcase_create("text");
    tcase_add_test(tc, a_number_is_read_whole_or_refused);
    tcase_add_test(tc, a_price_has_two_decimals_and_one_sign);
    tcase_add_test(tc, utf8_is_told_from_what_is_not);
    tcase_add_test(tc, rounding_gives_the_double_nearest_to_the_decimal);
    tcase_add_test(tc, a_number_is_rounded_and_written_as_printf_does_it);
    tcase_add_test(tc, a_whole_number_is_written_to_its_last_digit);
    tcase_add_test(tc, a_list_has_as_many_numbers_as_it_should);
    tcase_add_test(tc, the_point_is_decimal_in_every_locale);
    tcase_add_test(tc, letters_are_the_same_in_every_locale);
    tcase_add_test(tc, a_copy_fits_whole_or_is_empty);
    tcase_add_test(tc, endings_and_case_are_compared);
    tcase_add_test(tc, a_time_is_told_in_utc);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
