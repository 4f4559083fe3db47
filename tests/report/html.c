/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "report/page.h"
#include "support/testing.h"

static void is(const char *label, tns_html *html, const char *expected)
{
    ck_assert_msg(!html->failed && html->text && strcmp(html->text, expected) == 0,
                  "%s: expected %s, found %s", label, expected, html->text);
    free(html->text);
    *html = (tns_html){0};
}

START_TEST(no_text_becomes_markup)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"", ""},
        {"plain", "plain"},
        {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
        {"\"><img src=x onerror='a'>", "&quot;&gt;&lt;img src=x onerror=&#39;a&#39;&gt;"},
        {"&lt;", "&amp;lt;"},
        {"Kopf & Haar\n\t2", "Kopf &amp; Haar  2"},
        {"\x01\x1b[31m", "  [31m"},
        {"gr\xc3\xbc\xc3\x9f", "gr\xc3\xbc\xc3\x9f"},
        {"\xff<", "?&lt;"},
        {"\xc3", ""}, /* cut short */
        {"%s%n", "%s%n"},
    };
    tns_html html = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_html_add(&html, "<");
        tns_html_text(&html, rows[i].text);
        char expected[200] = "<";
        strcat(expected, rows[i].expected);
        is(rows[i].text, &html, expected);
    }
    tns_html_element(&html, "td", "class=\"n\"", "</td>");
    is("element", &html, "<td class=\"n\">&lt;/td&gt;</td>");
}
END_TEST

/* RFC 4648, section 10. */
START_TEST(base64_is_that_of_the_rfc)
{
    static const char *const rows[][2] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    };
    tns_html html = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_html_add(&html, ",");
        tns_html_base64(&html, (const unsigned char *)rows[i][0], strlen(rows[i][0]));
        char expected[32] = ",";
        strcat(expected, rows[i][1]);
        is(rows[i][0], &html, expected);
    }
}
END_TEST

START_TEST(numbers_have_a_point_and_a_real_minus)
{
    static const struct {
        double value;
        int decimals;
        const char *expected;
    } rows[] = {
        {1.25, 2, "1.25"},         {-3.04, 1, "&minus;3.0"},      {-0.04, 1, "0.0"},
        {0.0 / 0.0, 1, "&ndash;"}, {1e300 * 1e300, 1, "&ndash;"},
    };
    tns_html html = {0};
    bool spoken = speak("numbers_have_a_point_and_a_real_minus", "de_DE");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_html_number(&html, rows[i].value, rows[i].decimals);
        is("number", &html, rows[i].expected);
    }
    tns_html_add(&html, "%.1f", 2.5);
    is("format", &html, "2.5");
    if (spoken)
        setlocale(LC_ALL, "C");
}
END_TEST

START_TEST(a_page_grows_as_far_as_it_must)
{
    tns_html html = {0};
    for (int i = 0; i < 40000; i++)
        tns_html_add(&html, "%d;", i % 10);
    ck_assert(!html.failed);
    ck_assert_uint_eq(html.length, 80000);
    ck_assert_str_eq(html.text + 79990, "5;6;7;8;9;");
    free(html.text);
}
END_TEST

START_TEST(a_color_is_the_nearest_of_srgb)
{
    static const struct {
        tns_lab lab;
        const char *css;
    } rows[] = {
        {{100, 0, 0}, "#ffffff"},
        {{0, 0, 0}, "#000000"},
        {{53.585, 0, 0}, "#808080"},        /* sRGB 128: Y = 0.21586 */
        {{54.29, 80.81, 69.89}, "#ff0000"}, /* red of sRGB, adapted to D50 by Bradford */
        {{50, 200, 0}, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_css_color found = tns_css_of_lab(rows[i].lab);
        ck_assert_uint_eq(strlen(found.text), 7);
        if (rows[i].css)
            ck_assert_str_eq(found.text, rows[i].css);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("html");
    TCase *tc = tcase_create("html");
    tcase_add_test(tc, no_text_becomes_markup);
    tcase_add_test(tc, base64_is_that_of_the_rfc);
    tcase_add_test(tc, numbers_have_a_point_and_a_real_minus);
    tcase_add_test(tc, a_page_grows_as_far_as_it_must);
    tcase_add_test(tc, a_color_is_the_nearest_of_srgb);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
