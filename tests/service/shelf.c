/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words about the shelf: amounts, bottles, days, prices, exactly or not at all. */
#include <string.h>

#include <tonsure/shelf.h>

#include "support/testing.h"

START_TEST(an_amount_is_whole_microlitres_or_pieces)
{
    static const struct {
        const char *text;
        bool pieces;
        int64_t amount; /* -1: refused */
    } rows[] = {
        {"0.15ml", false, 150},   {"15ml", false, 15000},
        {"150ul", false, 150},    {"3drops", false, 125},
        {"1drop", false, 42},     {"0ml", false, 0},
        {".5ml", false, 500},     {"5.ml", false, 5000},
        {"0.1000ml", false, 100}, {"1000000ml", false, 1000000000},
        {"20pc", true, 20},       {"0pc", true, 0},
        {"0.0005ml", false, -1},  {"0.5ul", false, -1},
        {"1000001ml", false, -1}, {"99999999999999999999ul", false, -1},
        {"0.5pc", true, -1},      {"3ml", true, -1},
        {"3pc", false, -1},       {"3", false, -1},
        {"", false, -1},          {"ml", false, -1},
        {"-1ml", false, -1},      {"+1ml", false, -1},
        {"1,5ml", false, -1},     {"1 ml", false, -1},
        {" 1ml", false, -1},      {"1mls", false, -1},
        {"1.2.3ml", false, -1},   {"0x1ml", false, -1},
        {"1e3ul", false, -1},     {".ml", false, -1},
        {"1ML", false, -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t amount = -1;
        tns_error err = {0};
        bool done = tns_service_amount(rows[i].text, rows[i].pieces, 41666, &amount, &err);
        ck_assert_msg(done == (rows[i].amount >= 0), "\"%s\": %s", rows[i].text, err.text);
        ck_assert_msg(!done || amount == rows[i].amount, "\"%s\": %d", rows[i].text, (int)amount);
        ck_assert(done || err.code == TNS_ERROR_USAGE);
    }
}
END_TEST

START_TEST(bottles_entries_days_months_weights_and_prices_are_read_whole)
{
    int64_t number = 0;
    int count = 0;
    ck_assert(tns_service_bottle("B17", &number, NULL) && number == 17);
    ck_assert(tns_service_bottle("17", &number, NULL) && number == 17);
    ck_assert(tns_service_entry("12", &number, NULL) && number == 12);
    ck_assert(tns_service_days("60d", &count, NULL) && count == 60);
    ck_assert(tns_service_days("9", &count, NULL) && count == 9);
    ck_assert(tns_service_days("2w", &count, NULL) && count == 14);
    ck_assert(tns_service_days("2m", &count, NULL) && count == 61);
    ck_assert(tns_service_days("12m", &count, NULL) && count == 366);
    ck_assert(tns_service_months("12m", &count, NULL) && count == 12);
    ck_assert(tns_service_thousandths("23.41g", "g", &number, NULL) && number == 23410);
    ck_assert(tns_service_thousandths("1.05", "", &number, NULL) && number == 1050);
    ck_assert(tns_service_cents("28.50", &number, NULL) && number == 2850);
    ck_assert(tns_service_cents("28", &number, NULL) && number == 2800);
    static const char *const none[] = {"", "B", "B0", "B-1", "B1.5", "17x", "BB1", "99999999999"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        ck_assert_msg(!tns_service_bottle(none[i], &number, NULL), "%s", none[i]);
    ck_assert(!tns_service_entry("0", &number, NULL) && !tns_service_entry("B1", &number, NULL));
    ck_assert(!tns_service_days("9y", &count, NULL) && !tns_service_days("36501", &count, NULL));
    ck_assert(!tns_service_days("5215w", &count, NULL) && !tns_service_days("w", &count, NULL));
    ck_assert(!tns_service_months("1d", &count, NULL) && !tns_service_months("", &count, NULL));
    ck_assert(!tns_service_thousandths("1.0005", "g", &number, NULL));
    ck_assert(!tns_service_thousandths("1kg", "g", &number, NULL));
    ck_assert(!tns_service_cents("1.234", &number, NULL) &&
              !tns_service_cents("-1", &number, NULL));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("shelf");
    TCase *tcase = tcase_create("shelf");
    tcase_add_test(tcase, an_amount_is_whole_microlitres_or_pieces);
    tcase_add_test(tcase, bottles_entries_days_months_weights_and_prices_are_read_whole);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
