/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suppliers' terms, and orders from the proposal to the last delivery. */
#include <tonsure/order.h>

#include "stock/shelf.h"

/* black in packs of 15 ml at 28.50, 9 days; needles in packs of 20 pieces, of which nothing more is
   known. */
static tns_stock *shelf(void)
{
    tns_stock *stock = scratch();
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    tns_product black = {.id = "black",
                         .pigment = "carbon-black",
                         .pao_months = 12,
                         .pack = 15000,
                         .cost_cents = 2850,
                         .lead_days = 9,
                         .supplier = "Ink & Co"};
    tns_product needles = {
        .id = "needles", .kind = TNS_PRODUCT_CONSUMABLE, .pieces = true, .pack = 20};
    ck_assert_msg(tns_stock_add_product(stock, &black, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    ck_assert_msg(tns_stock_add_product(stock, &needles, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    return stock;
}

static const tns_terms terms = {.product = "black",
                                .supplier = "Ink & Co",
                                .least_packs = 2,
                                .step_packs = 3,
                                .lead_days = 14,
                                .spread_tenths = 35,
                                .price_count = 2,
                                .prices = {{1, 2850}, {6, 2500}}};

static const tns_order_item lines[] = {{.product = "black", .packs = 6, .reason = "two weeks"},
                                       {.product = "needles", .packs = 1}};

static void set_terms(tns_stock *stock, const tns_terms *t)
{
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    ck_assert_msg(tns_terms_set(stock, t, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
}

static int64_t propose(tns_stock *stock)
{
    tns_stock_act act = because("a reason for all");
    tns_stock_change change;
    tns_error err;
    ck_assert_msg(tns_order_propose(stock, "Ink & Co", lines, 2, &act, &change, &err), "%s",
                  err.text);
    int64_t id = change.made.order;
    ck_assert_uint_eq(change.entries.count, 3);
    tns_stock_change_finish(&change);
    return id;
}

static void send(tns_stock *stock, int64_t id)
{
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    ck_assert_msg(tns_order_send(stock, id, TNS_NO_DAY, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
}

static int64_t receive_against(tns_stock *stock, int64_t id, const char *product, int bottles)
{
    const tns_delivery delivery = {.product = product,
                                   .lot = "A77",
                                   .bottles = bottles,
                                   .amount = 15000,
                                   .expires = day_of("2028-05-01")};
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    ck_assert_msg(tns_order_receive(stock, id, &delivery, &act, &change, &err), "%s", err.text);
    int64_t operation = change.operation;
    tns_stock_change_finish(&change);
    return operation;
}

static tns_order_state state_of(tns_stock *stock, int64_t id)
{
    tns_order_list list;
    tns_error err;
    const tns_order_question one = {.order = id};
    ck_assert_msg(tns_order_list_find(stock, &one, &list, &err), "%s", err.text);
    tns_order_state state = list.orders[0].state;
    tns_order_list_finish(&list);
    return state;
}

static void check_on_order(tns_stock *stock, int64_t sent, int64_t proposed, const char *expected)
{
    tns_on_order found;
    tns_error err;
    ck_assert_msg(tns_stock_on_order(stock, "black", &found, &err), "%s", err.text);
    ck_assert_int_eq(found.sent, sent);
    ck_assert_int_eq(found.proposed, proposed);
    ck_assert_int_eq(found.expected, day_of(expected));
}

static bool undo(tns_stock *stock, int64_t entry, tns_error *err)
{
    tns_stock_act act = because("typed twice");
    tns_stock_change change;
    bool done = tns_stock_undo(stock, entry, &act, &change, err);
    tns_stock_change_finish(&change);
    return done;
}

START_TEST(terms_tell_prices_and_what_may_be_ordered)
{
    static const struct {
        int64_t packs, cents, least;
    } rows[] = {{1, 2850, 3}, {3, 2850, 3}, {4, 2850, 6}, {5, 2850, 6}, {6, 2500, 6}, {7, 2500, 9}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert_int_eq(tns_terms_price(&terms, rows[i].packs), rows[i].cents);
        ck_assert_int_eq(tns_terms_packs(&terms, rows[i].packs), rows[i].least);
    }
    const tns_terms none = {.least_packs = 1, .step_packs = 1};
    const tns_terms from_six = {
        .least_packs = 1, .step_packs = 1, .price_count = 1, .prices = {{6, 2500}}};
    ck_assert_int_eq(tns_terms_price(&none, 3), 0);
    ck_assert_int_eq(tns_terms_price(&from_six, 5), 0);
    ck_assert_int_eq(tns_terms_packs(&none, 3), 3);
}
END_TEST

START_TEST(terms_are_those_told_last_or_the_products_own_figures)
{
    tns_stock *stock = shelf();
    tns_terms found;
    tns_terms_list list;
    tns_error err;
    ck_assert(tns_terms_of(stock, "black", &found, &err));
    ck_assert(found.least_packs == 1 && found.lead_days == 9 && found.price_count == 1);
    ck_assert_int_eq(tns_terms_price(&found, 5), 2850);
    set_terms(stock, &terms);
    tns_terms later = terms;
    later.price_count = 1;
    later.lead_days = 10;
    set_terms(stock, &later);
    later.prices[0] = (tns_price){6, 2500};
    set_terms(stock, &later);
    ck_assert(tns_terms_of(stock, "black", &found, &err));
    ck_assert_int_eq(tns_terms_price(&found, 5), 2850); /* its own cost, below the break */
    ck_assert_int_eq(tns_terms_price(&found, 6), 2500);
    later.prices[0] = (tns_price){1, 2850};
    set_terms(stock, &later);
    tns_terms other = terms;
    strcpy(other.supplier, "Another");
    set_terms(stock, &other);
    ck_assert(tns_terms_of(stock, "black", &found, &err));
    ck_assert(found.lead_days == 10 && found.price_count == 1 && found.spread_tenths == 35);
    ck_assert(tns_terms_list_find(stock, NULL, &list, &err));
    ck_assert_uint_eq(list.count, 2);
    ck_assert_str_eq(list.terms[0].supplier, "Another");
    ck_assert_uint_eq(list.terms[0].price_count, 2);
    tns_terms_list_finish(&list);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(terms_outside_reason_are_refused)
{
    tns_stock *stock = shelf();
    tns_terms rows[6] = {terms, terms, terms, terms, terms, terms};
    rows[0].least_packs = 0;
    rows[1].step_packs = 0;
    rows[2].lead_days = -1;
    rows[3].prices[1].packs = 1;
    rows[4].prices[0].cents = 0;
    strcpy(rows[5].product, "red");
    for (size_t i = 0; i < 6; i++) {
        tns_stock_act act = because(NULL);
        tns_stock_change change;
        tns_error err;
        ck_assert_msg(!tns_terms_set(stock, &rows[i], &act, &change, &err) &&
                          err.code == (i == 5 ? TNS_ERROR_NO_SUCH : TNS_ERROR_USAGE),
                      "row %zu", i);
        tns_stock_change_finish(&change);
    }
    tns_stock_close(stock);
}
END_TEST

START_TEST(an_order_is_proposed_sent_and_received_in_parts)
{
    tns_stock *stock = shelf();
    tns_order_list list;
    tns_error err;
    set_terms(stock, &terms);
    int64_t id = propose(stock);
    check_on_order(stock, 0, 90000, "");
    send(stock, id);
    check_on_order(stock, 90000, 0, "2026-06-29"); /* today and 14 days */
    receive_against(stock, id, "black", 2);
    check_on_order(stock, 60000, 0, "2026-06-29");
    const tns_order_question one = {.order = id};
    ck_assert(tns_order_list_find(stock, &one, &list, &err));
    const tns_order *o = &list.orders[0];
    ck_assert_uint_eq(o->line_count, 2);
    ck_assert(o->lines[0].received == 2 && o->lines[0].cost_cents == 2500 &&
              strcmp(o->lines[0].reason, "two weeks") == 0);
    ck_assert(o->lines[1].pack == 20 && o->lines[1].cost_cents == 0 &&
              strcmp(o->lines[1].reason, "a reason for all") == 0);
    tns_order_list_finish(&list);
    receive_against(stock, id, "black", 4);
    ck_assert_int_eq(state_of(stock, id), TNS_ORDER_SENT); /* the needles are to come */
    receive_against(stock, id, "needles", 1);
    ck_assert_int_eq(state_of(stock, id), TNS_ORDER_RECEIVED);
    check_on_order(stock, 0, 0, "");
    ck_assert_int_eq(bottle_of(stock, 6).on_hand, 15000);
    const tns_order_question open = {.open = true};
    ck_assert(tns_order_list_find(stock, &open, &list, &err));
    ck_assert_uint_eq(list.count, 0);
    tns_order_list_finish(&list);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(nothing_on_order_is_ordered_twice)
{
    tns_stock *stock = shelf();
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    int64_t id = propose(stock);
    ck_assert(!tns_order_propose(stock, "Ink & Co", lines, 1, &act, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
    ck_assert_msg(strstr(err.text, "O1") != NULL, "%s", err.text);
    act.override = "for the other room";
    ck_assert(tns_order_propose(stock, "Ink & Co", lines, 1, &act, &change, &err));
    ck_assert_uint_eq(change.warnings.count, 1);
    tns_stock_change_finish(&change);
    act.override = NULL;
    ck_assert(tns_order_cancel(stock, id, &act, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert(tns_order_cancel(stock, 2, &act, &change, &err));
    tns_stock_change_finish(&change);
    check_on_order(stock, 0, 0, "");
    ck_assert(tns_order_propose(stock, "Ink & Co", lines, 1, &act, &change, &err));
    tns_stock_change_finish(&change);
    tns_stock_close(stock);
}
END_TEST

static tns_code order_black(tns_stock *stock, tns_error *err)
{
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    bool done = tns_order_propose(stock, "Ink & Co", lines, 1, &act, &change, err);
    tns_stock_change_finish(&change);
    return done ? TNS_OK : err->code;
}

START_TEST(what_has_wholly_come_is_on_order_no_longer)
{
    tns_stock *stock = shelf();
    tns_error err = {0};
    int64_t id = propose(stock);
    send(stock, id);
    receive_against(stock, id, "black", 5);
    ck_assert_int_eq(order_black(stock, &err), TNS_ERROR_CONFLICT);
    int64_t delivery = receive_against(stock, id, "black", 1);
    ck_assert_int_eq(state_of(stock, id), TNS_ORDER_SENT); /* the needles are to come */
    ck_assert_msg(order_black(stock, &err) == TNS_OK, "%s", err.text);
    tns_stock_act act = because("the wrong shelf");
    tns_stock_change change;
    ck_assert_msg(tns_stock_undo(stock, delivery, &act, &change, &err), "%s", err.text);
    ck_assert_uint_eq(change.warnings.count, 1); /* it is on order twice now */
    tns_stock_change_finish(&change);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(an_undone_cancelling_orders_nothing_twice)
{
    tns_stock *stock = shelf();
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err = {0};
    int64_t id = propose(stock);                                 /* entries 3 to 5 */
    send(stock, id);                                             /* 6 */
    ck_assert(tns_order_cancel(stock, id, &act, &change, &err)); /* 7 */
    tns_stock_change_finish(&change);
    ck_assert_int_eq(order_black(stock, &err), TNS_OK); /* 8, 9 */
    ck_assert(!undo(stock, 7, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
    ck_assert_msg(strstr(err.text, "entry 7") && strstr(err.text, "O2"), "%s", err.text);
    check_on_order(stock, 0, 90000, "");
    ck_assert_msg(undo(stock, 8, &err), "%s", err.text);
    ck_assert_msg(undo(stock, 7, &err), "%s", err.text);
    check_on_order(stock, 90000, 0, "2026-06-24");
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(what_does_not_fit_its_state_is_refused)
{
    static const tns_order_item twice[] = {{.product = "black", .packs = 1},
                                           {.product = "black", .packs = 1}};
    static const tns_order_item none[] = {{.product = "black"}};
    static const tns_order_item unknown[] = {{.product = "red", .packs = 1}};
    const tns_delivery delivery = {
        .product = "black", .lot = "A", .bottles = 1, .amount = 1, .expires = day_of("2028-05-01")};
    const tns_delivery water = {
        .product = "water", .lot = "A", .bottles = 1, .amount = 1, .expires = day_of("2028-05-01")};
    tns_stock *stock = shelf();
    tns_stock_act act = because(NULL);
    tns_stock_change c;
    tns_error err;
    ck_assert(!tns_order_propose(stock, "Ink", twice, 2, &act, &c, &err));
    tns_stock_change_finish(&c);
    ck_assert(!tns_order_propose(stock, "Ink", none, 1, &act, &c, &err));
    tns_stock_change_finish(&c);
    ck_assert(!tns_order_propose(stock, "Ink", unknown, 1, &act, &c, &err));
    tns_stock_change_finish(&c);
    ck_assert(!tns_order_propose(stock, " ", lines, 1, &act, &c, &err));
    tns_stock_change_finish(&c);
    ck_assert(!tns_order_propose(stock, "Ink", lines, 0, &act, &c, &err));
    tns_stock_change_finish(&c);
    ck_assert(!tns_order_send(stock, 1, TNS_NO_DAY, &act, &c, &err));
    tns_stock_change_finish(&c);
    ck_assert_int_eq(err.code, TNS_ERROR_NO_SUCH);
    int64_t id = propose(stock);
    ck_assert_int_eq(id, 1);
    ck_assert(!tns_order_receive(stock, id, &delivery, &act, &c, &err));
    tns_stock_change_finish(&c);
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
    ck_assert(!tns_order_send(stock, id, day_of("2026-06-14"), &act, &c, &err));
    tns_stock_change_finish(&c);
    send(stock, id);
    ck_assert(!tns_order_send(stock, id, TNS_NO_DAY, &act, &c, &err));
    tns_stock_change_finish(&c);
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
    ck_assert(!tns_order_receive(stock, id, &water, &act, &c, &err));
    tns_stock_change_finish(&c);
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
    receive_against(stock, id, "black", 7); /* one more than was ordered */
    receive_against(stock, id, "needles", 1);
    ck_assert(!tns_order_cancel(stock, id, &act, &c, &err));
    tns_stock_change_finish(&c);
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(what_was_done_with_an_order_is_taken_back)
{
    tns_stock *stock = shelf();
    tns_error err;
    int64_t id = propose(stock); /* entries 3 to 5 */
    send(stock, id);             /* 6 */
    int64_t delivery = receive_against(stock, id, "black", 2);
    ck_assert(!undo(stock, 6, &err)); /* something came */
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
    ck_assert_msg(undo(stock, delivery, &err), "%s", err.text);
    check_on_order(stock, 90000, 0, "2026-06-24");
    ck_assert_int_eq(bottle_of(stock, 1).on_hand, 0);
    ck_assert_msg(undo(stock, 6, &err), "%s", err.text);
    ck_assert_int_eq(state_of(stock, id), TNS_ORDER_PROPOSED);
    ck_assert_msg(undo(stock, 4, &err), "%s", err.text);
    ck_assert_int_eq(state_of(stock, id), TNS_ORDER_CANCELLED);
    ck_assert(!undo(stock, 3, &err)); /* once */
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(orders_are_restored_from_an_export)
{
    tns_stock *stock = shelf(), *copy = scratch();
    int64_t entries;
    tns_error err;
    set_terms(stock, &terms);
    int64_t id = propose(stock);
    send(stock, id);
    receive_against(stock, id, "black", 2);
    ck_assert_msg(tns_stock_export(stock, in_folder("orders.csv"), &entries, &err), "%s", err.text);
    ck_assert_msg(tns_stock_import(copy, in_folder("orders.csv"), false, &entries, &err), "%s",
                  err.text);
    check_on_order(copy, 60000, 0, "2026-06-29");
    check_verifies(copy);
    tns_stock_close(copy);
    tns_stock_close(stock);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("orders");
    TCase *tcase = tcase_create("orders");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, terms_tell_prices_and_what_may_be_ordered);
    tcase_add_test(tcase, terms_are_those_told_last_or_the_products_own_figures);
    tcase_add_test(tcase, terms_outside_reason_are_refused);
    tcase_add_test(tcase, an_order_is_proposed_sent_and_received_in_parts);
    tcase_add_test(tcase, nothing_on_order_is_ordered_twice);
    tcase_add_test(tcase, what_has_wholly_come_is_on_order_no_longer);
    tcase_add_test(tcase, an_undone_cancelling_orders_nothing_twice);
    tcase_add_test(tcase, what_does_not_fit_its_state_is_refused);
    tcase_add_test(tcase, what_was_done_with_an_order_is_taken_back);
    tcase_add_test(tcase, orders_are_restored_from_an_export);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
