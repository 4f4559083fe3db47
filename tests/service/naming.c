/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person calls a pigment or an allergen, and what a word means that is none. */
#include <string.h>

#include "service/parts.h"
#include "support/testing.h"

enum { BLACK, RED, BROWN, WATER, COUNT };

static tns_pigment pigments[COUNT] = {
    {.id = "carbon-black",
     .name = "Carbon black, 15 %",
     .color_index_count = 1,
     .color_index = {"CI 77266"},
     .ingredient_count = 2,
     .ingredients = {{"Water", "7732-18-5"}, {"Carbon black", "1333-86-4"}}},
    {.id = "red",
     .name = "Brand Red",
     .color_index_count = 1,
     .color_index = {"CI 77491"},
     .ingredient_count = 2,
     .ingredients = {{"Iron(II,III) oxide", "1317-61-9"}, {"Isopropanol", ""}}},
    {.id = "brown",
     .name = "Brand Brown",
     .color_index_count = 2,
     .color_index = {"CI 77491", "CI 77266"}},
    {.id = "water",
     .name = "Sterile water",
     .kind = TNS_DILUENT,
     .ingredient_count = 1,
     .ingredients = {{"Water", "7732-18-5"}}},
};
static const tns_palette palette = {.name = "test", .count = COUNT, .pigments = pigments};

/* Bits of the pigments that a list means. */
enum { B = 1 << BLACK, R = 1 << RED, N = 1 << BROWN, W = 1 << WATER };

START_TEST(a_word_means_what_is_called_so_or_contains_it)
{
    static const struct {
        const char *list;
        unsigned meant;
        const char *why; /* of the first that is meant */
    } rows[] = {
        {NULL, 0, ""},
        {"red", R, "named"},
        {"Brand Brown", N, "named"},
        {"brand brown", N, "named"},
        {"CI 77491", R | N, "has CI 77491"},
        {"ci77491", R | N, "has CI 77491"},
        {"77266", B | N, "has CI 77266"},
        {"C.I. No. 77266", B | N, "has CI 77266"},
        {"PBk7", B | N, "has CI 77266"},
        {"1333-86-4", B | N, "contains Carbon black, CAS 1333-86-4"},
        {"carbon black", B | N, "contains Carbon black, CAS 1333-86-4"},
        {"Water", B | W, "contains Water, CAS 7732-18-5"},
        {"diluent", W, "named"},
        {"isopropanol", R, "contains Isopropanol"},
        {"Iron(II,III) oxide", R, "contains Iron(II,III) oxide, CAS 1317-61-9"},
        {"iron(ii,iii) oxide,carbon-black", B | R, "named"},
        {"red,77491", R | N, "named"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_left_out marked[COUNT] = {{"", ""}};
        tns_error err = {0};
        const char *label = rows[i].list ? rows[i].list : "none", *why = "";
        ck_assert_msg(tns_pigments_mark(&palette, "--without", rows[i].list, marked, NULL, &err),
                      "%s: %s", label, err.text);
        unsigned meant = 0;
        for (unsigned p = COUNT; p-- > 0;)
            if (marked[p].pigment[0]) {
                ck_assert_str_eq(marked[p].pigment, pigments[p].id);
                meant |= 1u << p;
                why = marked[p].why;
            }
        ck_assert_msg(meant == rows[i].meant, "%s: %x", label, meant);
        ck_assert_msg(strcmp(why, rows[i].why) == 0, "%s: %s", label, why);
    }
}
END_TEST

START_TEST(a_word_that_means_nothing_is_refused_with_what_is_near_it)
{
    static const struct {
        const char *list, *says;
    } rows[] = {
        {"carbon", "no pigment \"carbon\" and none that contains it; 1 of its 4 list no "
                   "ingredients; near it: carbon-black, Carbon black"},
        {"iron", "near it: Iron(II,III) oxide"},
        {"1333-86-5", "near it: 1333-86-4"},
        {"CI 77492", "near it: CI 77491"},
        {"rad", "near it: red"},
        {"red,isoproponal", "\"isoproponal\" and none that contains it; 1 of its 4 list no "
                            "ingredients; near it: Isopropanol"},
        {"nickel", "no pigment \"nickel\" and none that contains it; 1 of its 4 list no "
                   "ingredients"},
        {"red,,brown", "no pigment \"\""},
        {"a very long name that stands for nothing, or that somebody forgot a comma in, which no "
         "palette has",
         "no pigment \"a very long"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_left_out marked[COUNT] = {{"", ""}};
        tns_error err = {0};
        ck_assert_msg(!tns_pigments_mark(&palette, "--without", rows[i].list, marked, NULL, &err),
                      "%s", rows[i].list);
        ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
        ck_assert_msg(strstr(err.text, rows[i].says) != NULL, "%s: %s", rows[i].list, err.text);
    }
}
END_TEST

START_TEST(an_allergen_that_nothing_holds_is_noted_where_that_may_be)
{
    static const struct {
        const char *list, *note, *refusal;
    } rows[] = {
        {"nickel", "--without: nothing in palette test is called nickel or is known to hold it",
         ""},
        {"latex", "is called latex", ""},
        {"7440-02-0", "is called 7440-02-0", ""},
        {"CI 77492", "is called CI 77492", ""}, /* sound numbers, though others are near them */
        {"red,latex", "is called latex", ""},
        {"iron", NULL, "near it: Iron(II,III) oxide"},
        {"1333-86-5", NULL, "near it: 1333-86-4"}, /* its check digit is wrong */
        {"isoproponal", NULL, "near it: Isopropanol"},
        {"rde", NULL, "near it: red"},
        {"red,,brown", NULL, "no pigment \"\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_left_out marked[COUNT] = {{"", ""}};
        tns_warnings absent = {0};
        tns_error err = {0};
        bool done = tns_pigments_mark(&palette, "--without", rows[i].list, marked, &absent, &err);
        ck_assert_msg(done == (rows[i].note != NULL), "%s: %s", rows[i].list, err.text);
        ck_assert_uint_eq(absent.count, done ? 1 : 0);
        ck_assert_msg(!done || strstr(absent.text[0], rows[i].note), "%s", absent.text[0]);
        ck_assert_msg(done || strstr(err.text, rows[i].refusal), "%s: %s", rows[i].list, err.text);
    }
}
END_TEST

START_TEST(what_nobody_says_the_contents_of_is_warned_of_where_contents_matter)
{
    static const int rest[] = {BLACK, BROWN};
    static const struct {
        const char *list, *warning;
    } rows[] = {
        {"red", NULL},
        {"isopropanol", "what is in these is not known, so they may hold it too: brown"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_left_out marked[COUNT] = {{"", ""}};
        tns_warnings warnings = {0};
        ck_assert(tns_pigments_mark(&palette, "--without", rows[i].list, marked, NULL, NULL));
        tns_warn_of_silent(&warnings, &palette, marked, rest, 2);
        ck_assert_uint_eq(warnings.count, rows[i].warning ? 1 : 0);
        ck_assert(!rows[i].warning || strcmp(warnings.text[0], rows[i].warning) == 0);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("naming");
    TCase *tc = tcase_create("naming");
    tcase_add_test(tc, a_word_means_what_is_called_so_or_contains_it);
    tcase_add_test(tc, a_word_that_means_nothing_is_refused_with_what_is_near_it);
    tcase_add_test(tc, an_allergen_that_nothing_holds_is_noted_where_that_may_be);
    tcase_add_test(tc, what_nobody_says_the_contents_of_is_warned_of_where_contents_matter);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
