/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was wrong is taken back. */
#include "stock/story.h"

static int64_t open_it(tns_stock *stock, int64_t id)
{
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    ck_assert_msg(tns_stock_open_bottle(stock, id, &act, &change, &err), "%s", err.text);
    int64_t operation = change.operation;
    tns_stock_change_finish(&change);
    return operation;
}

START_TEST(an_operation_is_taken_back_whole_and_once)
{
    tns_stock *stock = scratch();
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 12);
    receive(stock, "black", "L1", 100, "2027-01-01");
    receive(stock, "black", "L2", 100, "2027-02-01");
    int64_t operation = use(stock, 150);
    ck_assert_int_eq(undo(stock, operation + 1, ""), TNS_ERROR_USAGE);
    ck_assert_int_eq(undo(stock, operation + 1, "the client went home"), TNS_OK);
    for (int64_t id = 1; id <= 2; id++) {
        ck_assert_int_eq(bottle_of(stock, id).on_hand, 100);
        ck_assert_int_eq(bottle_of(stock, id).opened, TNS_NO_DAY);
    }
    for (int64_t entry = operation; entry < operation + 8; entry++)
        ck_assert_int_eq(undo(stock, entry, "again"), TNS_ERROR_CONFLICT);
    ck_assert_int_eq(undo(stock, 99, "nothing"), TNS_ERROR_NO_SUCH);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_counter_entry_names_what_it_takes_back)
{
    tns_stock *stock = one_bottle();
    tns_entry_list log;
    tns_error err;
    int64_t operation = use(stock, 150);
    ck_assert_int_eq(undo(stock, operation, "typed wrongly"), TNS_OK);
    ck_assert(tns_stock_log(stock, 0, &log, &err));
    ck_assert_uint_eq(log.count, (size_t)operation + 3);
    const tns_entry *last = &log.entries[log.count - 1], *before = last - 1;
    ck_assert_int_eq(before->kind, TNS_ENTRY_UNDO);
    ck_assert_int_eq(before->undoes, operation + 1);
    ck_assert_int_eq(before->amount, 150);
    ck_assert_str_eq(before->reason, "typed wrongly");
    ck_assert_int_eq(last->undoes, operation);
    ck_assert_int_eq(last->operation, before->id);
    tns_entry_list_finish(&log);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_bottle_that_was_used_again_stays_open)
{
    tns_stock *stock = one_bottle();
    int64_t first = use(stock, 100);
    use(stock, 10);
    ck_assert_int_eq(undo(stock, first, "typed twice"), TNS_OK);
    ck_assert_int_eq(bottle_of(stock, 1).on_hand, 990);
    ck_assert_int_eq(bottle_of(stock, 1).opened, day_of("2026-06-15"));
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(an_opening_is_taken_back_until_something_was_taken)
{
    tns_stock *stock = one_bottle();
    int64_t first = open_it(stock, 1);
    ck_assert_int_eq(undo(stock, first, "the other bottle"), TNS_OK);
    ck_assert_int_eq(bottle_of(stock, 1).opened, TNS_NO_DAY);
    int64_t second = open_it(stock, 1);
    int64_t used = use(stock, 10);
    ck_assert_int_eq(undo(stock, second, "the other bottle"), TNS_ERROR_CONFLICT);
    ck_assert_int_eq(undo(stock, used, "first this"), TNS_OK);
    ck_assert_int_eq(undo(stock, second, "now"), TNS_OK);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_move_is_taken_back_until_the_next)
{
    tns_stock *stock = one_bottle();
    int64_t first = move(stock, 1, "room 1"), second = move(stock, 1, "room 2");
    ck_assert_int_eq(undo(stock, first, "no"), TNS_ERROR_CONFLICT);
    ck_assert_int_eq(undo(stock, second, "no"), TNS_OK);
    ck_assert_str_eq(bottle_of(stock, 1).place, "room 1");
    ck_assert_int_eq(undo(stock, first, "no"), TNS_OK);
    ck_assert_str_eq(bottle_of(stock, 1).place, "");
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_delivery_that_was_booked_wrongly_is_taken_back_and_booked_anew)
{
    tns_stock *stock = one_bottle();
    ck_assert_int_eq(undo(stock, 3, "the wrong year"), TNS_OK);
    ck_assert_int_eq(bottle_of(stock, 1).on_hand, 0);
    int64_t id = receive(stock, "black", "L1", 1000, "2028-05-01");
    ck_assert_int_eq(bottle_of(stock, id).expires, day_of("2028-05-01"));
    int64_t used = use(stock, 1);
    ck_assert_int_eq(undo(stock, used - 1, "used since"), TNS_ERROR_CONFLICT);
    ck_assert_int_eq(undo(stock, 1, "a product"), TNS_ERROR_CONFLICT);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_mark_of_a_lot_is_taken_back)
{
    tns_stock *stock = one_bottle();
    tns_stock_act act = because("a letter");
    tns_stock_change change;
    tns_error err;
    ck_assert(tns_stock_recall(stock, "L1", NULL, &act, &change, &err));
    int64_t recalled = change.operation;
    tns_stock_change_finish(&change);
    ck_assert(tns_stock_quarantine(stock, "L1", NULL, &act, &change, &err));
    int64_t aside = change.operation;
    tns_stock_change_finish(&change);
    ck_assert_int_eq(undo(stock, recalled, "another lot"), TNS_OK);
    ck_assert_int_eq(bottle_of(stock, 1).status, TNS_BOTTLE_QUARANTINED);
    ck_assert_int_eq(undo(stock, aside, "another lot"), TNS_OK);
    ck_assert(!bottle_of(stock, 1).quarantined && !bottle_of(stock, 1).recalled);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("undo");
    TCase *tcase = tcase_create("undo");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, an_operation_is_taken_back_whole_and_once);
    tcase_add_test(tcase, a_counter_entry_names_what_it_takes_back);
    tcase_add_test(tcase, a_bottle_that_was_used_again_stays_open);
    tcase_add_test(tcase, an_opening_is_taken_back_until_something_was_taken);
    tcase_add_test(tcase, a_move_is_taken_back_until_the_next);
    tcase_add_test(tcase, a_delivery_that_was_booked_wrongly_is_taken_back_and_booked_anew);
    tcase_add_test(tcase, a_mark_of_a_lot_is_taken_back);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
