/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visits, and what was read at them. */
#include <stdio.h>

#include "stock/people.h"

START_TEST(a_visit_goes_from_booked_to_open_to_closed_and_no_other_way)
{
    static const struct {
        const char *label;
        visit_step *steps[3];
        tns_code last;
    } rows[] = {
        {"opened", {tns_visit_open}, TNS_OK},
        {"closed", {tns_visit_open, tns_visit_close}, TNS_OK},
        {"cancelled", {tns_visit_cancel}, TNS_OK},
        {"closed, not open", {tns_visit_close}, TNS_ERROR_CONFLICT},
        {"opened twice", {tns_visit_open, tns_visit_open}, TNS_ERROR_CONFLICT},
        {"opened again", {tns_visit_open, tns_visit_close, tns_visit_open}, TNS_ERROR_CONFLICT},
        {"cancelled while open", {tns_visit_open, tns_visit_cancel}, TNS_ERROR_CONFLICT},
        {"opened once cancelled", {tns_visit_cancel, tns_visit_open}, TNS_ERROR_CONFLICT},
    };
    tns_stock *stock = scratch();
    int64_t client = add_client(stock, "");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t visit = book(stock, client, "2026-06-15");
        tns_code code = TNS_OK;
        for (size_t k = 0; k < 3 && rows[i].steps[k]; k++) {
            ck_assert_msg(code == TNS_OK, "%s", rows[i].label);
            code = step(stock, rows[i].steps[k], visit);
        }
        ck_assert_msg(code == rows[i].last, "%s: %s", rows[i].label, tns_code_name(code));
    }
    ck_assert_int_eq(step(stock, tns_visit_open, 99), TNS_ERROR_NO_SUCH);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

static bool refuses(tns_stock *stock, visit_step *go, int64_t id, const char *reason)
{
    tns_stock_act act = because(reason);
    tns_stock_change change;
    tns_error err = {0};
    act.dry_run = true;
    bool done = go(stock, id, &act, &change, &err);
    ck_assert_msg(done || (err.code == TNS_ERROR_USAGE && strstr(err.text, "write C1")), "%s",
                  err.text);
    tns_stock_change_finish(&change);
    return !done;
}

static bool close_empty(tns_stock *stock, int64_t pot, const tns_stock_act *act,
                        tns_stock_change *out, tns_error *err)
{
    return tns_pot_close(stock, pot, 0, act, out, err);
}

/* The ledger keeps a reason when the client is erased. */
START_TEST(a_reason_with_the_clients_name_is_refused)
{
    static const char named[] = "Joerg Weiss ist krank", other[] = "Anna Weiss rief an";
    tns_stock *stock = shelf_of_two();
    int64_t visit = visit_for(stock, "J\xc3\xb6rg Wei\xc3\x9f");
    int64_t booked = book(stock, 1, "2026-06-15");
    tns_entry_list log;
    tns_error err;
    ck_assert(refuses(stock, tns_visit_cancel, booked, named));
    ck_assert(refuses(stock, tns_visit_open, booked, named));
    ck_assert(refuses(stock, tns_client_erase, 1, named));
    ck_assert(!refuses(stock, tns_client_erase, 1, other));
    ck_assert(!refuses(stock, tns_visit_cancel, booked, other));
    ck_assert(!refuses(stock, tns_visit_cancel, booked, NULL));
    ck_assert_int_eq(mix(stock, visit, 100, 1400, NULL, NULL, &err), TNS_OK);
    ck_assert(refuses(stock, close_empty, 1, named));
    ck_assert(!refuses(stock, close_empty, 1, other));
    ck_assert(tns_stock_log(stock, 0, &log, NULL));
    ck_assert(refuses(stock, tns_stock_undo, log.entries[log.count - 1].id, named)); /* the pot */
    ck_assert(!refuses(stock, tns_stock_undo, log.entries[log.count - 1].id, other));
    tns_entry_list_finish(&log);
    tns_stock_close(stock);
}
END_TEST

static size_t twins_told(tns_stock *stock, int64_t client, const char *day, const char *words)
{
    const tns_visit visit = {.client = client, .day = day_of(day), .kind = TNS_VISIT_S2};
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    act.dry_run = true;
    ck_assert_msg(tns_visit_book(stock, &visit, &act, &change, &err), "%s", err.text);
    size_t told = change.warnings.count;
    if (told > 0)
        ck_assert_str_eq(change.warnings.text[0], words);
    tns_stock_change_finish(&change);
    return told;
}

START_TEST(a_second_visit_of_a_client_on_one_day_is_told_of)
{
    static const char words[] = "C1 has V1 on 2027-02-01 already: visit cancel takes the one that "
                                "is a slip";
    tns_stock *stock = scratch();
    int64_t client = add_client(stock, ""), other = add_client(stock, "");
    int64_t visit = book(stock, client, "2027-02-01");
    ck_assert_uint_eq(twins_told(stock, client, "2027-02-01", words), 1);
    ck_assert_uint_eq(twins_told(stock, client, "2027-02-02", words), 0);
    ck_assert_uint_eq(twins_told(stock, other, "2027-02-01", words), 0);
    ck_assert_int_eq(step(stock, tns_visit_cancel, visit), TNS_OK);
    ck_assert_uint_eq(twins_told(stock, client, "2027-02-01", words), 0);
    tns_stock_close(stock);
}
END_TEST

START_TEST(what_was_done_with_a_visit_is_taken_back_step_by_step)
{
    tns_stock *stock = scratch();
    tns_stock_act act = because("a slip");
    tns_stock_change change;
    tns_error err = {0};
    int64_t visit = book(stock, add_client(stock, ""), "2026-07-01"); /* entry 2 */
    ck_assert_int_eq(step(stock, tns_visit_open, visit), TNS_OK);     /* entry 3 */
    ck_assert(visit_of(stock, visit).opened == clock_now);
    ck_assert(!tns_stock_undo(stock, 2, &act, &change, &err) && err.code == TNS_ERROR_CONFLICT);
    tns_stock_change_finish(&change);
    ck_assert_msg(tns_stock_undo(stock, 3, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    ck_assert_int_eq(visit_of(stock, visit).state, TNS_VISIT_BOOKED);
    ck_assert_int_eq(visit_of(stock, visit).opened, 0);
    ck_assert_msg(tns_stock_undo(stock, 2, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    ck_assert_int_eq(visit_of(stock, visit).state, TNS_VISIT_CANCELLED);
    ck_assert(!tns_stock_undo(stock, 1, &act, &change, &err) && err.code == TNS_ERROR_CONFLICT);
    tns_stock_change_finish(&change);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(no_undoing_books_a_visit_of_an_erased_client)
{
    visit_step *const steps[] = {tns_visit_cancel, tns_visit_open};
    for (size_t i = 0; i < 2; i++) {
        tns_stock *stock = scratch();
        tns_stock_act act = because("a slip");
        tns_stock_change change;
        tns_error err = {0};
        int64_t client = add_client(stock, ""), visit = book(stock, client, "2026-07-01");
        ck_assert_int_eq(step(stock, steps[i], visit), TNS_OK); /* entry 3 */
        tns_visit_state state = visit_of(stock, visit).state;
        ck_assert_int_eq(step(stock, tns_client_erase, client), TNS_OK);
        ck_assert(!tns_stock_undo(stock, 3, &act, &change, &err));
        tns_stock_change_finish(&change);
        ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
        ck_assert_msg(strstr(err.text, "erased"), "%s", err.text);
        ck_assert_int_eq(visit_of(stock, visit).state, state);
        check_verifies(stock);
        tns_stock_close(stock);
    }
}
END_TEST

START_TEST(no_visit_is_closed_before_it_was_opened)
{
    static const struct {
        const char *opened, *closed;
        tns_code code;
    } rows[] = {
        {"2026-06-10", "2026-06-10", TNS_OK},
        {"2026-06-10", "2026-06-12", TNS_OK},
        {"2026-06-10", "2026-06-09", TNS_ERROR_CONFLICT},
        {"2026-06-15", "2026-06-15", TNS_OK}, /* today, at three */
        {"2026-06-15", "2026-06-14", TNS_ERROR_CONFLICT},
    };
    tns_stock *stock = scratch();
    int64_t client = add_client(stock, "");
    clock_now += 3 * 3600;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_stock_act opened = on(rows[i].opened), closed = on(rows[i].closed);
        tns_stock_change change;
        tns_error err = {0};
        int64_t visit = book(stock, client, "2026-06-15");
        ck_assert(tns_visit_open(stock, visit, &opened, &change, &err));
        tns_stock_change_finish(&change);
        bool done = tns_visit_close(stock, visit, &closed, &change, &err);
        tns_stock_change_finish(&change);
        ck_assert_msg((done ? TNS_OK : err.code) == rows[i].code, "row %zu: %s", i, err.text);
        tns_visit found = visit_of(stock, visit);
        ck_assert(!done || found.closed >= found.opened);
    }
    /* Opened at three, told the next day: no hour is known, but it was not at noon. */
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err = {0};
    int64_t visit = book(stock, client, "2026-06-15");
    ck_assert(tns_visit_open(stock, visit, &act, &change, &err));
    tns_stock_change_finish(&change);
    clock_now += 86400;
    act = on("2026-06-15");
    ck_assert_msg(tns_visit_close(stock, visit, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
    clock_now -= 86400 + 3 * 3600;
    ck_assert_int_eq(visit_of(stock, visit).closed, clock_now + 3 * 3600);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(visits_are_listed_by_day_client_and_state)
{
    tns_stock *stock = scratch();
    tns_error err;
    int64_t a = add_client(stock, ""), b = add_client(stock, "");
    book(stock, a, "2026-07-20");
    book(stock, b, "2026-07-01");
    book(stock, a, "2026-07-01");
    ck_assert_int_eq(step(stock, tns_visit_open, book(stock, a, "2026-06-15")), TNS_OK);
    ck_assert_int_eq(step(stock, tns_visit_cancel, book(stock, b, "2026-07-02")), TNS_OK);
    static const struct {
        const char *label, *from, *to, *found;
        int64_t client;
        unsigned states;
    } rows[] = {
        {"all", "", "", "4 2 3 1", 0, 0},
        {"the cancelled", "", "", "5", 0, 1u << TNS_VISIT_CANCELLED},
        {"booked from a day on", "2026-07-01", "", "2 3 1", 0, 1u << TNS_VISIT_BOOKED},
        {"both days included", "2026-07-01", "2026-07-20", "2 3 1", 0, 0},
        {"to a day", "", "2026-07-19", "4 2 3", 0, 0},
        {"of a client", "", "", "4 3 1", 1, 0},
        {"of a client, booked", "", "2026-07-19", "3", 1, 1u << TNS_VISIT_BOOKED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const tns_visit_question question = {.client = rows[i].client,
                                             .from = day_of(rows[i].from),
                                             .to = day_of(rows[i].to),
                                             .states = rows[i].states};
        char found[64] = "";
        tns_visit_list list;
        ck_assert(tns_visit_list_find(stock, &question, &list, &err));
        for (size_t k = 0; k < list.count; k++)
            sprintf(found + strlen(found), "%s%d", k ? " " : "", (int)list.visits[k].id);
        ck_assert_msg(strcmp(found, rows[i].found) == 0, "%s: %s", rows[i].label, found);
        tns_visit_list_finish(&list);
    }
    const tns_visit visit = visit_of(stock, 1);
    ck_assert_int_eq(visit.area_mm2, 12000);
    ck_assert_str_eq(visit.recipe, "carbon-black=3,diluent=42");
    tns_stock_close(stock);
}
END_TEST

START_TEST(readings_are_kept_by_visit_site_and_days_since)
{
    tns_stock *stock = scratch();
    tns_site_reading_list list;
    tns_error err;
    int64_t client = add_client(stock, ""), visit = book(stock, client, "2026-06-15");
    ck_assert_int_eq(add_reading(stock, visit, "crown", 0, READING), TNS_ERROR_CONFLICT);
    ck_assert_int_eq(step(stock, tns_visit_open, visit), TNS_OK);
    ck_assert_int_eq(add_reading(stock, visit, "crown", 42, READING), TNS_OK);
    ck_assert_int_eq(add_reading(stock, visit, "donor-left", 0, READING), TNS_OK);
    ck_assert_int_eq(add_reading(stock, visit, "crown", -1, READING), TNS_ERROR_USAGE);
    ck_assert_int_eq(add_reading(stock, visit, "crown", 0, ""), TNS_ERROR_USAGE);
    ck_assert_int_eq(add_reading(stock, 9, "crown", 0, READING), TNS_ERROR_NO_SUCH);
    ck_assert(tns_visit_readings(stock, client, 0, &list, &err));
    ck_assert_uint_eq(list.count, 2);
    ck_assert_str_eq(list.readings[0].site, "donor-left");
    ck_assert_int_eq(list.readings[1].days, 42);
    ck_assert_str_eq(list.readings[1].record, READING);
    ck_assert(list.readings[1].has_photo && list.readings[1].recorded == clock_now);
    tns_site_reading_list_finish(&list);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("visits");
    TCase *tcase = tcase_create("visits");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, a_visit_goes_from_booked_to_open_to_closed_and_no_other_way);
    tcase_add_test(tcase, a_reason_with_the_clients_name_is_refused);
    tcase_add_test(tcase, a_second_visit_of_a_client_on_one_day_is_told_of);
    tcase_add_test(tcase, what_was_done_with_a_visit_is_taken_back_step_by_step);
    tcase_add_test(tcase, no_undoing_books_a_visit_of_an_erased_client);
    tcase_add_test(tcase, no_visit_is_closed_before_it_was_opened);
    tcase_add_test(tcase, visits_are_listed_by_day_client_and_state);
    tcase_add_test(tcase, readings_are_kept_by_visit_site_and_days_since);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
