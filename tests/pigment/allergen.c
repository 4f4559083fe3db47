/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which words bar a bottle from who is allergic to them. */
#include "pigment/allergen.h"
#include "support/testing.h"

START_TEST(a_word_that_may_mean_what_is_in_it_bars_a_bottle)
{
    static const char indices[][16] = {"CI 77491", "CI 77266"};
    static const tns_ingredient ingredients[] = {{"Iron(III) oxide", "1309-37-1"},
                                                 {"nickel sulfate", "7786-81-4"},
                                                 {"CI 77891", ""},
                                                 {"Glycerin", ""}};
    static const tns_contents contents = {"Warm Black", 2, 4, indices, ingredients};
    static const struct {
        const char *word, *why; /* NULL = it does not */
    } rows[] = {
        {"CI 77491", "has CI 77491"},
        {"ci77491", "has CI 77491"},
        {"77491", "has CI 77491"},
        {"77492", NULL},
        {"7749", NULL},
        {"1309-37-1", "contains Iron(III) oxide, CAS 1309-37-1"},
        {"1309-37", NULL},
        {"iron(iii) oxide", "contains Iron(III) oxide, CAS 1309-37-1"},
        {"Iron", "contains Iron(III) oxide, CAS 1309-37-1"},
        {"oxide", "contains Iron(III) oxide, CAS 1309-37-1"},
        {"ron", NULL},
        {"Iro", NULL},
        {"nickel", "contains nickel sulfate, CAS 7786-81-4"},
        {"nickel chloride", NULL},
        {"sulfat", NULL},
        {"77891", "contains CI 77891"},
        {"glycerin", "contains Glycerin"},
        {"black", "is Warm Black"},
        {"latex", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char why[120] = "";
        bool holds = tns_contents_hold(&contents, rows[i].word, why, sizeof why);
        ck_assert_msg(holds == (rows[i].why != NULL), "\"%s\": %s", rows[i].word, why);
        ck_assert_msg(!holds || strcmp(why, rows[i].why) == 0, "\"%s\": %s", rows[i].word, why);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("allergen");
    TCase *tcase = tcase_create("allergen");
    tcase_add_test(tcase, a_word_that_may_mean_what_is_in_it_bars_a_bottle);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
