/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an ink passport says, and what it keeps silent of because nobody entered it. */
#include <stdlib.h>
#include <string.h>

#include <tonsure/documents.h>

#include "report/papers.h"

START_TEST(a_passport_says_what_was_used_and_what_labels_say)
{
    static const char *const words[] = {
        "Kopf &amp; Haut",
        "Ink passport",
        "V31",
        "2026-11-22",
        "deep-black",
        "Ink &amp; Co",
        "A77",
        "77266",
        "carbon black (1333-86-4)",
        "0.160 ml",
        "2.840 ml",
        "the maker gave none",
        "What was mixed",
        "Amounts are what was mixed: 3.000 ml.",
        "not entered: see the label",
        "deep-black: Mixture for use in tattoos or permanent make-up.",
        "Contains nickel. Can cause allergic reactions.",
        "water, lot INT-9, did not come as sterile",
        "&lt;agreed&gt;",
        "meet that or any other law is not said here",
        "<td class=\"n\">",
        "not known here"};
    tns_passport p = passport();
    tns_document_bytes page;
    tns_error err;
    must(tns_passport_write(&p, TNS_DOCUMENT_HTML, &page, &err), &err);
    ck_assert_uint_eq(strlen(page.data), page.length);
    check_says(page.data, words, sizeof words / sizeof *words);
    ck_assert(strstr(page.data, "<agreed>") == NULL);
    ck_assert(strstr(page.data, "chromium (VI).") == NULL);
    ck_assert(strstr(page.data, "http") == NULL); /* nothing is fetched */
    ck_assert(strstr(page.data, "nobody entered whether") == NULL);
    free(page.data);
}
END_TEST

START_TEST(a_lot_that_did_not_come_sterile_is_told_of_once)
{
    tns_passport_part twice[4] = {passport_parts[1], passport_parts[1], passport_parts[1],
                                  passport_parts[1]};
    char told[8][TNS_PASSPORT_WARNING];
    tns_passport p = passport();
    twice[1].pot = "P6";
    twice[2].lot = "INT-10";
    p.parts = twice;
    p.part_count = 4;
    ck_assert_uint_eq(tns_passport_label_warnings(&p, told), 2);
    ck_assert_str_eq(told[0], "water, lot INT-9, did not come as sterile.");
    ck_assert_str_eq(told[1], "water, lot INT-10, did not come as sterile.");
}
END_TEST

START_TEST(a_passport_says_how_much_of_what_was_mixed_is_known_to_be_used)
{
    static const struct {
        const char *label;
        bool is_open;
        tns_day after; /* printed so many days after the visit's */
        size_t open_pots;
        int64_t left_ul;
        const char *says;
    } rows[] = {
        {"closed", false, 0, 0, 0, "Amounts are what was mixed: 3.000 ml."},
        {"with a rest", false, 1, 0, 400, "3.000 ml, of which 0.400 ml were left and thrown away."},
        {"open", true, 0, 1, 0,
         "The visit is not closed yet. Amounts are what was mixed so far: 3.0"},
        {"two pots open", true, 0, 2, 0, "3.000 ml; of 2 pots nobody said yet what was left."},
        {"to come", true, -8, 1, 0, "The visit is still to come, on 2026-11-22. Amounts are"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_passport p = passport();
        tns_document_bytes page;
        tns_error err;
        p.is_open = rows[i].is_open;
        p.printed = p.day + rows[i].after;
        p.open_pots = rows[i].open_pots;
        p.left_ul = rows[i].left_ul;
        must(tns_passport_write(&p, TNS_DOCUMENT_HTML, &page, &err), &err);
        ck_assert_msg(strstr(page.data, rows[i].says) != NULL, "%s: %s", rows[i].label, page.data);
        free(page.data);
    }
}
END_TEST

static const tns_passport_part unstated = {.pot = "P5",
                                           .product = "mild-grey",
                                           .supplier = "",
                                           .lot = "7",
                                           .ul = 100,
                                           .color_index = "",
                                           .ingredients = ""};

static const tns_passport_part clean = {.pot = "P5",
                                        .product = "pure-white",
                                        .supplier = "",
                                        .lot = "8",
                                        .ul = 100,
                                        .color_index = "",
                                        .ingredients = "nickel-free titania",
                                        .nickel = TNS_LABEL_WITHOUT,
                                        .chromium = TNS_LABEL_WITHOUT,
                                        .statement = TNS_LABEL_WITHOUT},
                               chrome = {.pot = "P5",
                                         .product = "old-green",
                                         .supplier = "",
                                         .lot = "9",
                                         .ul = 100,
                                         .color_index = "",
                                         .ingredients = "Cr(VI) traces",
                                         .nickel = TNS_LABEL_WITHOUT,
                                         .chromium = TNS_LABEL_NAMES};

START_TEST(a_passport_says_of_no_label_what_nobody_read_there)
{
    const tns_passport_part both[] = {unstated, passport_parts[0], unstated},
                            known[] = {clean, chrome}, mixed[] = {clean, unstated};
    const struct {
        const char *name;
        size_t count;
        const tns_passport_part *parts;
        const char *says, *says_not;
    } rows[] = {
        {"no pot", 0, passport_parts, "No pot was mixed", "Mixture for use"},
        {"no pot, no labels", 0, passport_parts, "About this sheet", "As the labels have it"},
        {"not entered", 1, &unstated, "Of mild-grey nobody entered whether the label says",
         "make-up."},
        {"nothing entered", 1, &unstated, "Of mild-grey nobody entered what is in it",
         "names nickel or chromium"},
        {"one of two entered", 2, mixed, "Of mild-grey nobody entered what",
         "that was entered names"},
        {"all entered", 1, &clean, "No ingredient that was entered names", "Contains nickel"},
        {"chromium", 2, known, "Contains chromium (VI). Can", "that was entered names"},
        {"no nickel", 2, known, "Contains chromium", "Contains nickel"},
        {"one of two", 3, both, "Of mild-grey nobody", "mild-grey, mild-grey"},
        {"the other", 3, both, "deep-black: Mixture for use", "mild-grey: "},
        {"the label lacks it", 1, &clean, "The label of pure-white does not say", "nobody entered"},
        {"a diluent is no ink", 1, &passport_parts[1], "Of water nobody entered what",
         "Mixture for use"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_passport p = passport();
        tns_document_bytes page;
        tns_error err;
        p.part_count = rows[i].count;
        p.parts = rows[i].parts;
        must(tns_passport_write(&p, TNS_DOCUMENT_HTML, &page, &err), &err);
        ck_assert_msg(strstr(page.data, rows[i].says) != NULL, "%s: \"%s\" is missing",
                      rows[i].name, rows[i].says);
        ck_assert_msg(strstr(page.data, rows[i].says_not) == NULL, "%s: \"%s\" is there",
                      rows[i].name, rows[i].says_not);
        free(page.data);
    }
}
END_TEST

START_TEST(a_passports_code_leaves_out_whole_lines_where_there_are_too_many)
{
    static tns_passport_part many[40];
    char code[TNS_PASSPORT_CODE];
    tns_passport p = passport();
    tns_passport_code(&p, code);
    ck_assert_str_eq(code, "TONSURE:V31\nInk passport C12 2026-11-22\ndeep-black, lot A77, CI "
                           "77266\nwater, lot INT-9\n");
    for (size_t i = 0; i < 40; i++)
        many[i] = passport_parts[0];
    p.parts = many;
    p.part_count = 40;
    tns_passport_code(&p, code);
    ck_assert_uint_lt(strlen(code), TNS_PASSPORT_CODE);
    ck_assert_str_eq(code + strlen(code) - 6, "77266\n");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("passport");
    TCase *tcase = tcase_create("passport");
    tcase_add_test(tcase, a_passport_says_what_was_used_and_what_labels_say);
    tcase_add_test(tcase, a_lot_that_did_not_come_sterile_is_told_of_once);
    tcase_add_test(tcase, a_passport_says_how_much_of_what_was_mixed_is_known_to_be_used);
    tcase_add_test(tcase, a_passport_says_of_no_label_what_nobody_read_there);
    tcase_add_test(tcase, a_passports_code_leaves_out_whole_lines_where_there_are_too_many);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
