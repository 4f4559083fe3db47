/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What arrives. */
#include "stock/shelf.h"

START_TEST(a_delivery_that_arrives_expired_is_booked_and_marked)
{
    tns_stock *stock = scratch();
    tns_delivery delivery = {.product = "black",
                             .lot = "L1",
                             .bottles = 2,
                             .amount = 100,
                             .expires = day_of("2026-06-01"),
                             .sterile = true};
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 12);
    ck_assert(tns_stock_receive(stock, &delivery, &act, &change, &err));
    ck_assert_uint_eq(change.warnings.count, 1);
    ck_assert_uint_eq(change.bottles.count, 2);
    ck_assert_int_eq(change.bottles.bottles[1].status, TNS_BOTTLE_EXPIRED);
    tns_stock_change_finish(&change);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_delivery_that_cannot_be_is_refused_and_leaves_nothing)
{
    static const struct {
        const char *label;
        tns_delivery delivery;
        tns_code code;
    } rows[] = {
        {"no bottles", {.product = "black", .lot = "A", .amount = 1}, TNS_ERROR_USAGE},
        {"nothing in them", {.product = "black", .lot = "A", .bottles = 1}, TNS_ERROR_USAGE},
        {"a drop as large as a spoon",
         {.product = "black",
          .lot = "A",
          .bottles = 1,
          .amount = 1,
          .expires = 20900,
          .drop_nl = 200001},
         TNS_ERROR_USAGE},
        {"a drop smaller than any",
         {.product = "black",
          .lot = "A",
          .bottles = 1,
          .amount = 1,
          .expires = 20900,
          .drop_nl = 9999},
         TNS_ERROR_USAGE},
        {"no label", {.product = "black", .lot = "A", .bottles = 1, .amount = 1}, TNS_ERROR_USAGE},
        {"a lot without a name",
         {.product = "black", .lot = "", .bottles = 1, .amount = 1, .expires = 20900},
         TNS_ERROR_USAGE},
        {"an unknown product",
         {.product = "blue", .lot = "A", .bottles = 1, .amount = 1, .expires = 20900},
         TNS_ERROR_NO_SUCH},
        {"another label than the lot on the shelf has",
         {.product = "black", .lot = "L1", .bottles = 1, .amount = 1, .expires = 20900},
         TNS_ERROR_CONFLICT},
        {"a lot's name as long as a page",
         {.product = "black",
          .lot = "0123456789012345678901234567890123456789012345678",
          .bottles = 1,
          .amount = 1,
          .expires = 20900},
         TNS_ERROR_USAGE},
    };
    tns_stock *stock = one_bottle();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_stock_act act = because(NULL);
        tns_stock_change change;
        tns_error err = {0};
        bool done = tns_stock_receive(stock, &rows[i].delivery, &act, &change, &err);
        tns_stock_change_finish(&change);
        ck_assert_msg(!done && err.code == rows[i].code, "%s: %s", rows[i].label, err.text);
    }
    tns_stock_verification found;
    ck_assert(tns_stock_verify(stock, &found, NULL));
    ck_assert_int_eq(found.entries, 3);
    tns_stock_close(stock);
}
END_TEST

/* The code of receiving one bottle of 1 ul. */
static tns_code come(tns_stock *stock, const char *lot, tns_day expires, bool sterile)
{
    tns_delivery delivery = {.product = "black", .lot = lot, .bottles = 1, .amount = 1};
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err = {0};
    delivery.expires = expires;
    delivery.sterile = sterile;
    bool done = tns_stock_receive(stock, &delivery, &act, &change, &err);
    tns_stock_change_finish(&change);
    return done ? TNS_OK : err.code;
}

START_TEST(a_lot_that_is_used_up_keeps_its_label_and_one_that_never_came_gets_another)
{
    tns_stock *stock = one_bottle();
    tns_stock_act act = because("typed wrongly");
    tns_stock_change change;
    tns_error err;
    ck_assert(tns_stock_count(stock, 1, 0, &act, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_int_eq(come(stock, "L1", day_of("2029-05-01"), true), TNS_ERROR_CONFLICT);
    ck_assert_int_eq(come(stock, "L1", day_of("2027-05-01"), false), TNS_ERROR_CONFLICT);
    ck_assert_int_eq(bottle_of(stock, 1).expires, day_of("2027-05-01"));
    ck_assert_int_eq(come(stock, "L1", day_of("2027-05-01"), true), TNS_OK);
    ck_assert_int_eq(come(stock, "L2", day_of("2027-05-01"), true), TNS_OK);
    ck_assert(tns_stock_undo(stock, 7, &act, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_int_eq(come(stock, "L2", day_of("2028-05-01"), true), TNS_OK);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_lots_name_is_trimmed_and_one_in_other_letters_is_told_of)
{
    tns_stock *stock = one_bottle();
    tns_delivery delivery = {
        .product = "black", .bottles = 1, .amount = 1, .expires = 20954, .sterile = true};
    tns_stock_act act = because("a letter");
    tns_stock_change change;
    tns_error err = {0};
    ck_assert_int_eq(come(stock, " \t ", 20954, true), TNS_ERROR_USAGE);
    ck_assert_int_eq(come(stock, " L1\t", day_of("2027-05-01"), true), TNS_OK);
    ck_assert_str_eq(bottle_of(stock, 2).lot, "L1");
    ck_assert(!tns_stock_recall(stock, "l1", NULL, &act, &change, &err));
    ck_assert_msg(strstr(err.text, "\"L1\"") != NULL, "%s", err.text);
    delivery.lot = "l1";
    ck_assert(tns_stock_receive(stock, &delivery, &act, &change, &err));
    ck_assert_uint_eq(change.warnings.count, 1);
    tns_stock_change_finish(&change);
    ck_assert(tns_stock_quarantine(stock, " L1 ", NULL, &act, &change, &err));
    ck_assert_uint_eq(change.warnings.count, 1);
    ck_assert_uint_eq(change.bottles.count, 2);
    tns_stock_change_finish(&change);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_lot_without_a_number_gets_one_of_the_shelfs)
{
    tns_stock *stock = scratch();
    add_product(stock, "needles", TNS_PRODUCT_CONSUMABLE, 0);
    int64_t id = receive(stock, "needles", NULL, 20, "");
    tns_bottle bottle = bottle_of(stock, id);
    ck_assert_str_eq(bottle.lot, "INT-2");
    ck_assert(bottle.internal_lot && bottle.pieces && bottle.use_by == TNS_NO_DAY);
    tns_stock_close(stock);
}
END_TEST

int main(void)
{
    setenv("TZ", "UTC0", 1);
    Suite *suite = suite_create("receive");
    TCase *tcase = tcase_create("receive");
    tcase_add_test(tcase, a_delivery_that_arrives_expired_is_booked_and_marked);
    tcase_add_test(tcase, a_delivery_that_cannot_be_is_refused_and_leaves_nothing);
    tcase_add_test(tcase,
                   a_lot_that_is_used_up_keeps_its_label_and_one_that_never_came_gets_another);
    tcase_add_test(tcase, a_lots_name_is_trimmed_and_one_in_other_letters_is_told_of);
    tcase_add_test(tcase, a_lot_without_a_number_gets_one_of_the_shelfs);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
