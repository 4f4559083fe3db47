/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include "base/text.h"
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

int main(void)
{
    Suite *suite = suite_create("text");
    TCase *tc = tcase_create("text");
    tcase_add_test(tc, a_number_is_read_whole_or_refused);
    tcase_add_test(tc, utf8_is_told_from_what_is_not);
    tcase_add_test(tc, rounding_gives_the_double_nearest_to_the_decimal);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
