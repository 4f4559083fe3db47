/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a pot, and where its parts came from. */
#include "stock/people.h"

static tns_code close_pot(tns_stock *stock, int64_t pot, int64_t left)
{
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err = {0};
    bool done = tns_pot_close(stock, pot, left, &act, &change, &err);
    tns_stock_change_finish(&change);
    return done ? TNS_OK : err.code;
}

START_TEST(what_is_left_of_a_pot_is_waste_at_its_cost)
{
    tns_stock *stock = shelf_of_two();
    tns_error err;
    int64_t visit = visit_for(stock, ""), id;
    ck_assert_int_eq(mix(stock, visit, 200, 1800, NULL, &id, &err), TNS_OK);
    ck_assert_int_eq(step(stock, tns_visit_close, visit), TNS_ERROR_CONFLICT);
    ck_assert_int_eq(close_pot(stock, id, 2001), TNS_ERROR_USAGE);
    ck_assert_int_eq(close_pot(stock, 9, 0), TNS_ERROR_NO_SUCH);
    ck_assert_int_eq(close_pot(stock, id, 500), TNS_OK);
    ck_assert_int_eq(close_pot(stock, id, 0), TNS_ERROR_CONFLICT);
    tns_pot_list list = pot_of(stock, id);
    /* 200 ul of 15 ml at 30.00 are 0.40; a quarter of that is left. */
    ck_assert(list.pots[0].state == TNS_POT_CLOSED && list.pots[0].left_ul == 500);
    ck_assert_int_eq(tns_pot_waste_cents(&list.pots[0]), 10);
    tns_pot_list_finish(&list);
    ck_assert_int_eq(step(stock, tns_visit_close, visit), TNS_OK);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(no_pot_of_a_closed_visit_is_opened_by_an_undoing)
{
    tns_stock *stock = shelf_of_two();
    tns_stock_act act = because("there was more");
    tns_stock_change change;
    tns_error err;
    tns_stock_verification closed;
    int64_t visit = visit_for(stock, ""), id;
    ck_assert_int_eq(mix(stock, visit, 200, 1800, NULL, &id, &err), TNS_OK);
    ck_assert_int_eq(close_pot(stock, id, 500), TNS_OK);
    ck_assert(tns_stock_verify(stock, &closed, &err));
    ck_assert_int_eq(step(stock, tns_visit_close, visit), TNS_OK);
    ck_assert(!tns_stock_undo(stock, closed.entries, &act, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
    ck_assert(tns_stock_undo(stock, closed.entries + 1, &act, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_msg(tns_stock_undo(stock, closed.entries, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    ck_assert_int_eq(visit_of(stock, visit).state, TNS_VISIT_OPEN);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(neither_a_pot_nor_its_visit_is_closed_before_it_was_mixed)
{
    tns_stock *stock = shelf_of_two();
    tns_stock_act mixed = on("2026-06-15"), earlier = on("2026-06-14");
    tns_stock_change change;
    tns_error err;
    int64_t visit = visit_for(stock, ""), id;
    tns_stock_act opened = on("2026-06-01");
    ck_assert(tns_visit_open(stock, visit, &opened, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_int_eq(mix(stock, visit, 200, 1800, &mixed, &id, &err), TNS_OK);
    ck_assert(!tns_pot_close(stock, id, 500, &earlier, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
    ck_assert_msg(strstr(err.text, "P1 was mixed on 2026-06-15"), "%s", err.text);
    ck_assert_int_eq(close_pot(stock, id, 500), TNS_OK);
    ck_assert(!tns_visit_close(stock, visit, &earlier, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
    ck_assert_int_eq(step(stock, tns_visit_close, visit), TNS_OK);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(taking_back_a_pot_takes_back_all_of_it)
{
    tns_stock *stock = shelf_of_two();
    tns_stock_act act = because("the wrong client");
    tns_stock_change change;
    tns_error err;
    int64_t visit = visit_for(stock, ""), id;
    tns_stock_verification before;
    ck_assert(tns_stock_verify(stock, &before, &err));
    ck_assert_int_eq(mix(stock, visit, 300, 2500, NULL, &id, &err), TNS_OK);
    ck_assert_int_eq(close_pot(stock, id, 100), TNS_OK);
    ck_assert(!tns_stock_undo(stock, before.entries + 2, &act, &change, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT); /* closed since */
    tns_stock_change_finish(&change);
    tns_stock_verification closed;
    ck_assert(tns_stock_verify(stock, &closed, &err));
    ck_assert_msg(tns_stock_undo(stock, closed.entries, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    ck_assert_msg(tns_stock_undo(stock, before.entries + 4, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    static const int64_t there[] = {200, 1000, 2000, 2000};
    for (int64_t b = 1; b <= 4; b++) {
        ck_assert_int_eq(bottle_of(stock, b).on_hand, there[b - 1]);
        ck_assert_int_eq(bottle_of(stock, b).opened, TNS_NO_DAY);
    }
    tns_pot_list list = pot_of(stock, id);
    ck_assert(list.pots[0].state == TNS_POT_UNDONE && list.pots[0].part_count == 0);
    tns_pot_list_finish(&list);
    ck_assert_int_eq(visit_of(stock, visit).state, TNS_VISIT_BOOKED);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_visit_stays_open_while_another_pot_is_mixed_for_it)
{
    tns_stock *stock = shelf_of_two();
    tns_stock_act act = because("the wrong shade");
    tns_stock_change change;
    tns_error err;
    int64_t visit = visit_for(stock, ""), first, second;
    tns_stock_verification before;
    ck_assert(tns_stock_verify(stock, &before, &err));
    ck_assert_int_eq(mix(stock, visit, 100, 100, NULL, &first, &err), TNS_OK);
    ck_assert_int_eq(mix(stock, visit, 100, 100, NULL, &second, &err), TNS_OK);
    ck_assert_msg(tns_stock_undo(stock, before.entries + 1, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    ck_assert_int_eq(visit_of(stock, visit).state, TNS_VISIT_OPEN);
    ck_assert_int_eq(bottle_of(stock, 1).on_hand, 100);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(what_is_told_late_does_not_move_a_later_count)
{
    tns_stock *stock = shelf_of_two();
    tns_stock_change change;
    tns_error err;
    tns_stock_act counted = on("2026-06-14"), late = on("2026-06-12"), spill = late;
    spill.reason = "spill";
    clock_now -= 10 * 86400;
    int64_t early = receive(stock, "plain-black", "P2", 1000, "2026-07-01");
    clock_now += 10 * 86400;
    int64_t visit = visit_for(stock, ""), id;
    ck_assert_msg(tns_stock_count(stock, early, 700, &counted, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    ck_assert_msg(tns_stock_use(stock, "plain-black", 100, 0, &late, &change, &err), "%s",
                  err.text);
    tns_stock_change_finish(&change);
    ck_assert_int_eq(bottle_of(stock, early).on_hand, 700);
    ck_assert_msg(tns_stock_waste(stock, early, 50, &spill, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    ck_assert_int_eq(bottle_of(stock, early).on_hand, 700);
    /* For a pot too; it is in the pot all the same, and what came after the count counts. */
    const tns_pot_need need = {.what = "carbon-black", .ul = 60};
    const tns_pot_order order = {.visit = visit, .recipe = "", .need_count = 1, .needs = &need};
    ck_assert_msg(tns_pot_make(stock, &order, &late, &change, &err), "%s", err.text);
    id = change.made.pot;
    tns_stock_change_finish(&change);
    tns_pot_list list = pot_of(stock, id);
    ck_assert(list.pots[0].parts[0].bottle == early && list.pots[0].parts[0].ul == 60);
    tns_pot_list_finish(&list);
    ck_assert_int_eq(bottle_of(stock, early).on_hand, 700);
    tns_stock_act today = because(NULL);
    ck_assert(tns_stock_use(stock, "plain-black", 100, early, &today, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_int_eq(bottle_of(stock, early).on_hand, 600);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_lot_is_traced_to_bottles_pots_visits_and_clients)
{
    static const struct {
        const char *label, *lot;
        size_t bottles, pots, visits, clients;
        int64_t elsewhere;
    } rows[] = {
        {"a pigment's", "N1", 1, 1, 1, 1, 0},
        {"the diluent's, in every pot", "W1", 2, 3, 2, 2, 0},
        {"used without a pot", "P1", 1, 2, 2, 2, 70},
    };
    tns_stock *stock = shelf_of_two();
    tns_stock_act act = because("slipped"), use = because(NULL);
    tns_stock_change change;
    tns_error err;
    int64_t one = visit_for(stock, "Jane Roe"), two = visit_for(stock, "John Poe|nickel"), id;
    ck_assert_int_eq(mix(stock, one, 200, 300, NULL, NULL, &err), TNS_OK);
    ck_assert_int_eq(mix(stock, one, 100, 300, NULL, NULL, &err), TNS_OK);
    ck_assert_int_eq(mix(stock, two, 100, 300, NULL, NULL, &err), TNS_OK);
    ck_assert_int_eq(mix(stock, two, 100, 300, NULL, &id, &err), TNS_OK);
    tns_stock_verification now;
    ck_assert(tns_stock_verify(stock, &now, &err));
    ck_assert_msg(tns_stock_undo(stock, now.entries, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    ck_assert(tns_stock_use(stock, "plain-black", 70, 0, &use, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_int_eq(step(stock, tns_client_erase, 1), TNS_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_trace trace;
        ck_assert_msg(tns_stock_trace(stock, rows[i].lot, NULL, &trace, &err), "%s", err.text);
        ck_assert_msg(trace.bottles.count == rows[i].bottles && trace.pots.count == rows[i].pots &&
                          trace.visits.count == rows[i].visits &&
                          trace.clients.count == rows[i].clients &&
                          trace.elsewhere == rows[i].elsewhere,
                      "%s: %zu bottles, %zu pots, %zu visits, %zu clients, %d", rows[i].label,
                      trace.bottles.count, trace.pots.count, trace.visits.count,
                      trace.clients.count, (int)trace.elsewhere);
        ck_assert(!trace.clients.clients[0].has_card); /* erased, and still to be traced */
        tns_trace_finish(&trace);
    }
    tns_trace none;
    ck_assert(!tns_stock_trace(stock, "X9", NULL, &none, &err) && err.code == TNS_ERROR_NO_SUCH);
    tns_trace_finish(&none);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pots");
    TCase *tcase = tcase_create("pots");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, what_is_left_of_a_pot_is_waste_at_its_cost);
    tcase_add_test(tcase, no_pot_of_a_closed_visit_is_opened_by_an_undoing);
    tcase_add_test(tcase, neither_a_pot_nor_its_visit_is_closed_before_it_was_mixed);
    tcase_add_test(tcase, taking_back_a_pot_takes_back_all_of_it);
    tcase_add_test(tcase, a_visit_stays_open_while_another_pot_is_mixed_for_it);
    tcase_add_test(tcase, what_is_told_late_does_not_move_a_later_count);
    tcase_add_test(tcase, a_lot_is_traced_to_bottles_pots_visits_and_clients);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
