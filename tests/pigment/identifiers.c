/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pigment/identifiers.h"
#include "support/testing.h"

typedef struct row {
    const char *text;
    bool good;
} row;

static void check_rows(bool (*is)(const char *), const row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(is(rows[i].text) == rows[i].good, "\"%s\"", rows[i].text);
}

START_TEST(a_cas_number_has_its_form_and_its_check_digit)
{
    static const row rows[] = {
        {"1333-86-4", true},  /* carbon black */
        {"13463-67-7", true}, /* titanium dioxide */
        {"1309-37-1", true},  /* iron(III) oxide */
        {"7732-18-5", true},  /* water */
        {"1333-86-5", false},     {"1333-68-4", false}, {"1333864", false}, {"1333-864", false},
        {"1-86-4", false},        {"", false},          {"-", false},       {"1333-86-4 ", false},
        {"12345678-90-1", false}, {"1333-8a-4", false},
    };
    check_rows(tns_is_cas, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(a_color_index_number_is_as_labels_write_it)
{
    static const row rows[] = {
        {"CI 77266", true},  {"CI 561300", true},  {"CI 15850:1", true}, {"77266", false},
        {"CI77266", false},  {"CI 7726", false},   {"CI 77266:", false}, {"CI 77266:x", false},
        {"ci 77266", false}, {"CI 77266 ", false}, {"", false},          {"CI ", false},
        {"PBk7", false},
    };
    check_rows(tns_is_color_index, rows, sizeof rows / sizeof *rows);
}
END_TEST

START_TEST(a_pigment_id_needs_no_quoting)
{
    static const row rows[] = {
        {"carbon-black", true}, {"A23_v1.2", true}, {"", false},    {"carbon black", false},
        {"a,b", false},         {"a=b", false},     {"a/b", false}, {"gr\xC3\xBCn", false},
    };
    check_rows(tns_is_pigment_id, rows, sizeof rows / sizeof *rows);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("identifiers");
    TCase *tc = tcase_create("identifiers");
    tcase_add_test(tc, a_cas_number_has_its_form_and_its_check_digit);
    tcase_add_test(tc, a_color_index_number_is_as_labels_write_it);
    tcase_add_test(tc, a_pigment_id_needs_no_quoting);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
