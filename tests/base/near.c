/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/near.h"
#include "support/testing.h"

static const char *const names[] = {"carbon-black", "red-iron-oxide", "yellow-iron-oxide", "water"};

START_TEST(a_slip_finds_what_was_meant_nearest_first)
{
    static const struct {
        const char *word, *near;
    } rows[] = {
        {"carbon-blak", "; near it: carbon-black"},
        {"CARBON", "; near it: carbon-black"},
        {"iron-oxide", "; near it: red-iron-oxide, yellow-iron-oxide"},
        {"wader", "; near it: water"},
        {"ochre", ""},
        {"", ""},
        {"x", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_near near = {0};
        char text[TNS_NEAR_TEXT];
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            tns_near_offer(&near, rows[i].word, names[k]);
        tns_near_write(&near, text, sizeof text);
        ck_assert_str_eq(text, rows[i].near);
    }
}
END_TEST

START_TEST(a_name_is_told_once_and_four_at_most)
{
    static const char *const many[] = {"ink-1", "INK-1", "ink-2", "ink-3", "ink-4", "ink-5"};
    tns_near near = {0};
    for (size_t k = 0; k < sizeof many / sizeof *many; k++)
        tns_near_offer(&near, "ink", many[k]);
    ck_assert_uint_eq(near.count, TNS_NEAR_MAX);
    ck_assert_str_eq(near.name[0], "ink-1");
    ck_assert_str_eq(near.name[1], "ink-2");
}
END_TEST

START_TEST(a_word_longer_than_any_name_is_near_nothing)
{
    char word[200];
    tns_near near = {0};
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    tns_near_offer(&near, word, "water");
    tns_near_offer(&near, "water", word);
    ck_assert_uint_eq(near.count, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("near");
    TCase *tc = tcase_create("near");
    tcase_add_test(tc, a_slip_finds_what_was_meant_nearest_first);
    tcase_add_test(tc, a_name_is_told_once_and_four_at_most);
    tcase_add_test(tc, a_word_longer_than_any_name_is_near_nothing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
