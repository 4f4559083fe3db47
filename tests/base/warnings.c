/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include <tonsure/warnings.h>

#include "base/text.h"
#include "base/warn_join.h"
#include "support/testing.h"

START_TEST(a_sentence_is_kept_once_and_in_order)
{
    tns_warnings warnings = {0};
    tns_warn(&warnings, "%d patches clipped", 2);
    tns_warn(&warnings, "no profile");
    tns_warn(&warnings, "%d patches clipped", 2);
    ck_assert_uint_eq(warnings.count, 2);
    ck_assert_str_eq(warnings.text[0], "2 patches clipped");
    ck_assert_str_eq(warnings.text[1], "no profile");
}
END_TEST

START_TEST(a_full_list_tells_how_many_more_there_are)
{
    tns_warnings warnings = {0}, copy = {0};
    for (int i = 0; i < TNS_WARNINGS_MAX + 5; i++)
        tns_warn(&warnings, "number %d", i);
    ck_assert_uint_eq(warnings.count, TNS_WARNINGS_MAX + 1);
    ck_assert_str_eq(warnings.text[TNS_WARNINGS_MAX - 1], "number 11");
    ck_assert_str_eq(warnings.text[TNS_WARNINGS_MAX], "and 5 more");
    tns_warn_all(&copy, &warnings);
    ck_assert_str_eq(copy.text[TNS_WARNINGS_MAX], "and 5 more");
    tns_warn_all(&copy, &warnings); /* the same twelve, and five that may be others */
    ck_assert_uint_eq(copy.count, TNS_WARNINGS_MAX + 1);
    ck_assert_str_eq(copy.text[TNS_WARNINGS_MAX], "and 10 more");
}
END_TEST

START_TEST(a_list_that_just_fits_tells_of_no_more)
{
    tns_warnings warnings = {0}, begun = {0};
    for (int i = 0; i < TNS_WARNINGS_MAX; i++)
        tns_warn(&warnings, "number %d", i);
    ck_assert_uint_eq(warnings.count, TNS_WARNINGS_MAX);
    tns_warn(&begun, "another");
    tns_warn_all(&begun, &warnings);
    ck_assert_str_eq(begun.text[TNS_WARNINGS_MAX - 1], "number 10");
    ck_assert_str_eq(begun.text[TNS_WARNINGS_MAX], "and 1 more");
    tns_warnings other = {0};
    tns_warn(&other, "and 3 more or less");
    ck_assert(other.left_out == 0 && other.count == 1);
}
END_TEST

START_TEST(names_of_one_sentence_stand_together)
{
    tns_warnings w = {0};
    tns_warn(&w, "nobody told what is in black: C1 may be allergic to it");
    tns_warn(&w, "the label of black is old");
    tns_warn(&w, "nobody told what is in water: C1 may be allergic to it");
    tns_warn(&w, "nobody told what is in water: C2 may be allergic to it");
    tns_warn(&w, "nobody told what is in red: C1 may be allergic to it");
    tns_warn_join(&w, "nobody told what is in");
    ck_assert_uint_eq(w.count, 3);
    ck_assert_str_eq(w.text[0],
                     "nobody told what is in black, water, red: C1 may be allergic to it");
    ck_assert_str_eq(w.text[1], "the label of black is old");
    ck_assert_str_eq(w.text[2], "nobody told what is in water: C2 may be allergic to it");
}
END_TEST

START_TEST(sentences_too_long_for_one_and_the_count_of_others_stay)
{
    tns_warnings w = {0};
    char name[150];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    tns_warn(&w, "in %s: a", name);
    tns_warn(&w, "in y%s: a", name);
    for (int i = 0; i < TNS_WARNINGS_MAX; i++)
        tns_warn(&w, "in %d: b", i);
    tns_warn_join(&w, "in");
    ck_assert_uint_eq(w.count, 4);
    ck_assert_str_eq(w.text[2], "in 0, 1, 2, 3, 4, 5, 6, 7, 8, 9: b");
    ck_assert_str_eq(w.text[3], "and 2 more");
    tns_warn(&w, "one more");
    ck_assert_str_eq(w.text[3], "and 3 more");
}
END_TEST

START_TEST(two_lists_become_one_without_repetition)
{
    tns_warnings a = {0}, b = {0};
    tns_warn(&a, "glare");
    tns_warn(&b, "glare");
    tns_warn(&b, "mixed light");
    tns_warn_all(&a, &b);
    ck_assert_uint_eq(a.count, 2);
    ck_assert_str_eq(a.text[1], "mixed light");
}
END_TEST

START_TEST(a_cut_sentence_is_still_utf8_on_one_line)
{
    tns_warnings warnings = {0};
    char text[2 * TNS_WARNING_SIZE] = "x\n";
    for (size_t i = 2; i + 3 < sizeof text; i += 2)
        memcpy(text + i, "\xC3\xBC", 3);
    tns_warn(&warnings, "%s", text);
    ck_assert(tns_text_is_utf8(warnings.text[0], strlen(warnings.text[0])));
    ck_assert(strchr(warnings.text[0], '\n') == NULL);
    tns_warn(&warnings, "%s", text);
    ck_assert_uint_eq(warnings.count, 1);
}
END_TEST

START_TEST(numbers_in_warnings_have_a_point_whatever_the_locale)
{
    if (!speak("numbers_in_warnings_have_a_point_whatever_the_locale", "de_DE"))
        return;
    tns_warnings warnings = {0};
    tns_warn(&warnings, "measure %.3g ml", 0.12);
    setlocale(LC_ALL, "C");
    ck_assert_str_eq(warnings.text[0], "measure 0.12 ml");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("warnings");
    TCase *tc = tcase_create("warnings");
    tcase_add_test(tc, a_sentence_is_kept_once_and_in_order);
    tcase_add_test(tc, a_full_list_tells_how_many_more_there_are);
    tcase_add_test(tc, a_list_that_just_fits_tells_of_no_more);
    tcase_add_test(tc, names_of_one_sentence_stand_together);
    tcase_add_test(tc, sentences_too_long_for_one_and_the_count_of_others_stay);
    tcase_add_test(tc, two_lists_become_one_without_repetition);
    tcase_add_test(tc, a_cut_sentence_is_still_utf8_on_one_line);
    tcase_add_test(tc, numbers_in_warnings_have_a_point_whatever_the_locale);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
