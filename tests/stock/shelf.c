/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with bottles and lots, and what is refused. */
#include "stock/shelf.h"

static int64_t on_hand(tns_stock *stock, int64_t id)
{
    return bottle_of(stock, id).on_hand;
}

/* The code of what a call gave; the change is finished. */
static tns_code outcome(bool done, tns_stock_change *change, const tns_error *err)
{
    tns_stock_change_finish(change);
    return done ? TNS_OK : err->code;
}

static tns_code use(tns_stock *stock, const char *product, int64_t amount, int64_t bottle,
                    tns_stock_act act, char *text)
{
    tns_stock_change change;
    tns_error err = {0};
    bool done = tns_stock_use(stock, product, amount, bottle, &act, &change, &err);
    strcpy(text, err.text);
    return outcome(done, &change, &err);
}

START_TEST(a_use_of_two_bottles_is_one_operation_and_opens_what_is_closed)
{
    tns_stock *stock = scratch();
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 12);
    int64_t later = receive(stock, "black", "L2", 1000, "2028-01-01");
    int64_t sooner = receive(stock, "black", "L1", 300, "2027-01-01");
    ck_assert(tns_stock_use(stock, "black", 500, 0, &act, &change, &err));
    static const tns_entry_kind kinds[] = {TNS_ENTRY_OPEN, TNS_ENTRY_USE, TNS_ENTRY_OPEN,
                                           TNS_ENTRY_USE};
    ck_assert_uint_eq(change.entries.count, 4);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(change.entries.entries[i].kind, kinds[i]);
        ck_assert_int_eq(change.entries.entries[i].operation, change.operation);
        ck_assert_int_eq(change.entries.entries[i].bottle, i < 2 ? sooner : later);
    }
    ck_assert_int_eq(change.entries.entries[1].amount, -300);
    ck_assert_int_eq(change.entries.entries[3].amount, -200);
    ck_assert(change.written);
    tns_stock_change_finish(&change);
    ck_assert_int_eq(on_hand(stock, sooner), 0);
    ck_assert_int_eq(on_hand(stock, later), 800);
    tns_bottle bottle = bottle_of(stock, later);
    ck_assert_int_eq(bottle.opened, day_of("2026-06-15"));
    ck_assert_int_eq(bottle.use_by, day_of("2027-06-15"));
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(what_must_not_be_used_is_refused_by_name_unless_overridden)
{
    static const struct {
        const char *label;
        tns_product_kind kind;
        const char *expires, *on;
        bool sterile, quarantine, recall;
        tns_code code;
        const char *words;
    } rows[] = {
        {"expired", TNS_PRODUCT_PIGMENT, "2026-06-14", "", 1, 0, 0, TNS_ERROR_EXPIRED,
         "2026-06-14"},
        {"the last day is good", TNS_PRODUCT_PIGMENT, "2026-06-15", "", 1, 0, 0, TNS_OK, ""},
        {"it was good then", TNS_PRODUCT_PIGMENT, "2026-06-14", "2026-06-14", 1, 0, 0, TNS_OK, ""},
        {"set aside", TNS_PRODUCT_PIGMENT, "2027-06-14", "", 1, 1, 0, TNS_ERROR_QUARANTINED, "L1"},
        {"recalled", TNS_PRODUCT_PIGMENT, "2027-06-14", "", 1, 1, 1, TNS_ERROR_RECALLED, "L1"},
        {"tap water", TNS_PRODUCT_DILUENT, "2027-06-14", "", 0, 0, 0, TNS_ERROR_NOT_STERILE,
         "sterile"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_stock *stock = scratch();
        tns_delivery delivery = {.product = "black",
                                 .lot = "L1",
                                 .bottles = 1,
                                 .amount = 100,
                                 .expires = day_of(rows[i].expires),
                                 .sterile = rows[i].sterile};
        tns_stock_act act = on("2026-01-01"), why = because("for the test"), now = on(rows[i].on);
        tns_stock_change change;
        tns_error err = {0};
        char text[512];
        add_product(stock, "black", rows[i].kind, 12);
        ck_assert(tns_stock_receive(stock, &delivery, &act, &change, &err));
        tns_stock_change_finish(&change);
        if (rows[i].quarantine)
            ck_assert(tns_stock_quarantine(stock, "L1", NULL, &why, &change, &err));
        tns_stock_change_finish(&change);
        if (rows[i].recall)
            ck_assert(tns_stock_recall(stock, "L1", NULL, &why, &change, &err));
        tns_stock_change_finish(&change);

        ck_assert_msg(use(stock, "black", 10, 0, now, text) == rows[i].code, "%s: %s",
                      rows[i].label, text);
        ck_assert_msg(strstr(text, rows[i].words) != NULL, "%s: %s", rows[i].label, text);
        ck_assert_int_eq(tns_code_exit_status(rows[i].code), rows[i].code ? 5 : 0);
        bool done = tns_stock_open_bottle(stock, 1, &now, &change, &err);
        tns_code opened = outcome(done, &change, &err);
        ck_assert_msg(opened == (rows[i].code ? rows[i].code : TNS_ERROR_CONFLICT), "%s: %s",
                      rows[i].label, err.text);
        now.override = "nothing else is there";
        ck_assert_msg(use(stock, "black", 10, 0, now, text) == TNS_OK, "%s: %s", rows[i].label,
                      text);
        check_verifies(stock);
        tns_stock_close(stock);
    }
}
END_TEST

START_TEST(an_overridden_refusal_is_written_down_with_its_reason)
{
    tns_stock *stock = scratch();
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 12);
    receive(stock, "black", "L1", 100, "2026-06-14");
    act.override = "a trial on paper";
    ck_assert(tns_stock_use(stock, "black", 10, 0, &act, &change, &err));
    ck_assert_str_eq(change.entries.entries[1].reason, "expired, but: a trial on paper");
    tns_stock_change_finish(&change);
    tns_stock_close(stock);
}
END_TEST

START_TEST(too_little_stays_too_little_whatever_is_overridden)
{
    tns_stock *stock = scratch();
    tns_stock_act act = because(NULL);
    char text[512];
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 12);
    receive(stock, "black", "L1", 100, "2026-06-14");
    receive(stock, "black", "L2", 100, "2027-06-14");
    ck_assert_int_eq(use(stock, "black", 150, 0, act, text), TNS_ERROR_EXPIRED);
    ck_assert_int_eq(use(stock, "black", 201, 0, act, text), TNS_ERROR_NOT_ENOUGH);
    ck_assert_str_eq(text,
                     "black: 0.201 ml asked for, 0.2 ml on hand, of which 0.1 ml may be used");
    act.override = "must be";
    ck_assert_int_eq(use(stock, "black", 201, 0, act, text), TNS_ERROR_NOT_ENOUGH);
    ck_assert_int_eq(on_hand(stock, 1) + on_hand(stock, 2), 200);
    ck_assert_int_eq(use(stock, "black", 150, 0, act, text), TNS_OK);
    ck_assert_int_eq(on_hand(stock, 2), 0); /* the good one first */
    tns_stock_close(stock);
}
END_TEST

START_TEST(another_bottle_than_the_next_needs_a_reason)
{
    tns_stock *stock = scratch();
    char text[512];
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 12);
    add_product(stock, "grey", TNS_PRODUCT_PIGMENT, 12);
    receive(stock, "black", "L1", 100, "2027-01-01");
    receive(stock, "black", "L2", 100, "2027-06-01");
    receive(stock, "grey", "L3", 100, "2027-06-01");
    ck_assert_int_eq(use(stock, "black", 10, 1, because(NULL), text), TNS_OK);
    ck_assert_int_eq(use(stock, "black", 10, 2, because(NULL), text), TNS_ERROR_USAGE);
    ck_assert_msg(strstr(text, "B1 comes before B2") != NULL, "%s", text);
    ck_assert_int_eq(use(stock, "black", 10, 2, because("B1 is at the other place"), text), TNS_OK);
    ck_assert_int_eq(on_hand(stock, 2), 90);
    ck_assert_int_eq(use(stock, "black", 10, 3, because("x"), text), TNS_ERROR_USAGE);
    ck_assert_int_eq(use(stock, "black", 10, 99, because("x"), text), TNS_ERROR_NO_SUCH);
    ck_assert_int_eq(use(stock, "black", 91, 2, because("x"), text), TNS_ERROR_NOT_ENOUGH);
    ck_assert_int_eq(use(stock, "blue", 1, 0, because("x"), text), TNS_ERROR_NO_SUCH);
    ck_assert_int_eq(use(stock, "black", 0, 0, because("x"), text), TNS_ERROR_USAGE);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_back_dated_event_keeps_both_its_dates)
{
    tns_stock *stock = scratch();
    tns_stock_act act = on("2026-05-20");
    tns_stock_change change;
    tns_error err;
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 1);
    int64_t id = receive_on(stock, "black", "L1", 1, 100, "2028-01-01", "2026-05-10");
    ck_assert(tns_stock_open_bottle(stock, id, &act, &change, &err));
    const tns_entry *e = &change.entries.entries[0];
    ck_assert_int_eq(e->day, day_of("2026-05-20"));
    ck_assert_int_eq(e->time, (int64_t)day_of("2026-05-20") * 86400 + 43200);
    ck_assert_int_eq(e->recorded, clock_now);
    tns_stock_change_finish(&change);
    ck_assert_int_eq(bottle_of(stock, id).use_by, day_of("2026-06-20"));
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(an_opening_is_neither_before_the_receipt_nor_to_come_nor_twice)
{
    tns_stock *stock = scratch();
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 1);
    int64_t id = receive_on(stock, "black", "L1", 1, 100, "2028-01-01", "2026-05-10");
    static const struct {
        const char *on;
        tns_code code;
    } rows[] = {{"2026-05-09", TNS_ERROR_CONFLICT},
                {"2026-06-16", TNS_ERROR_USAGE},
                {"2026-05-10", TNS_OK},
                {"2026-05-11", TNS_ERROR_CONFLICT}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_stock_act act = on(rows[i].on);
        tns_stock_change change;
        tns_error err = {0};
        bool done = tns_stock_open_bottle(stock, id, &act, &change, &err);
        ck_assert_msg(outcome(done, &change, &err) == rows[i].code, "%s: %s", rows[i].on, err.text);
    }
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_use_before_the_known_opening_moves_the_opening_back)
{
    tns_stock *stock = scratch();
    tns_stock_act act = on("2026-06-01");
    tns_stock_change change;
    tns_error err;
    char text[512];
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 12);
    int64_t id = receive_on(stock, "black", "L1", 1, 100, "2028-01-01", "2026-05-01");
    ck_assert(tns_stock_open_bottle(stock, id, &act, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_int_eq(use(stock, "black", 10, 0, on("2026-05-20"), text), TNS_OK);
    ck_assert_int_eq(bottle_of(stock, id).opened, day_of("2026-05-20"));
    ck_assert_int_eq(use(stock, "black", 10, 0, on("2026-04-20"), text), TNS_ERROR_NOT_ENOUGH);
    ck_assert_int_eq(use(stock, "black", 10, id, on("2026-04-20"), text), TNS_ERROR_CONFLICT);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(waste_takes_one_of_its_reasons_and_no_more_than_there_is)
{
    tns_stock *stock = one_bottle();
    static const struct {
        const char *reason;
        int64_t amount;
        tns_code code;
    } rows[] = {{"spill", 400, TNS_OK},
                {"leftover", 600, TNS_OK},
                {"spill", 1, TNS_ERROR_NOT_ENOUGH},
                {"because", 1, TNS_ERROR_USAGE},
                {NULL, 1, TNS_ERROR_USAGE},
                {"spill", 0, TNS_ERROR_USAGE}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_stock_act act = because(rows[i].reason);
        tns_stock_change change;
        tns_error err = {0};
        bool done = tns_stock_waste(stock, 1, rows[i].amount, &act, &change, &err);
        ck_assert_msg(outcome(done, &change, &err) == rows[i].code, "row %zu: %s", i, err.text);
    }
    ck_assert_int_eq(bottle_of(stock, 1).status, TNS_BOTTLE_EMPTY);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_count_books_the_difference_also_when_it_is_none)
{
    tns_stock *stock = one_bottle();
    static const int64_t counted[] = {950, 950, 1100, 0};
    static const int64_t booked[] = {-50, 0, 150, -1100};
    for (size_t i = 0; i < 4; i++) {
        tns_stock_act act = because(counted[i] > 1000 ? "filled generously" : NULL);
        tns_stock_change change;
        tns_error err;
        ck_assert(tns_stock_count(stock, 1, counted[i], &act, &change, &err));
        ck_assert_int_eq(change.entries.entries[0].amount, booked[i]);
        tns_stock_change_finish(&change);
        ck_assert_int_eq(on_hand(stock, 1), counted[i]);
    }
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

static tns_code count(tns_stock *stock, int64_t amount, tns_stock_act act)
{
    tns_stock_change change;
    tns_error err = {0};
    bool done = tns_stock_count(stock, 1, amount, &act, &change, &err);
    return outcome(done, &change, &err);
}

START_TEST(a_count_has_the_last_word_or_is_refused)
{
    tns_stock *stock = scratch();
    tns_stock_change change;
    tns_error err;
    char text[512];
    tns_stock_act undo = because("typed twice");
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 12);
    receive_on(stock, "black", "L1", 1, 1000, "2028-01-01", "2026-05-01");
    ck_assert_int_eq(use(stock, "black", 100, 0, on("2026-05-20"), text), TNS_OK);
    ck_assert_int_eq(count(stock, 1000, on("2026-05-10")), TNS_ERROR_CONFLICT);
    ck_assert_int_eq(on_hand(stock, 1), 900);
    ck_assert_int_eq(count(stock, 890, on("2026-05-20")), TNS_OK);
    ck_assert_int_eq(count(stock, 890, on("2026-06-01")), TNS_OK);
    ck_assert_int_eq(count(stock, 880, on("2026-05-20")), TNS_ERROR_CONFLICT);
    ck_assert(tns_stock_undo(stock, 7, &undo, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_int_eq(count(stock, 880, on("2026-05-20")), TNS_OK);
    ck_assert_int_eq(on_hand(stock, 1), 880);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(more_than_what_came_is_counted_with_a_reason_only)
{
    tns_stock *stock = one_bottle();
    ck_assert_int_eq(count(stock, 1001, because(NULL)), TNS_ERROR_USAGE);
    ck_assert_int_eq(on_hand(stock, 1), 1000);
    ck_assert_int_eq(count(stock, 1001, because("filled generously")), TNS_OK);
    tns_stock_close(stock);
}
END_TEST

START_TEST(what_must_not_be_used_is_refused_before_a_reason_is_asked_for)
{
    tns_stock *stock = one_bottle();
    char text[512];
    int64_t old = receive(stock, "black", "OLD", 1000, "2026-06-01");
    ck_assert_int_eq(use(stock, "black", 10, old, because(NULL), text), TNS_ERROR_EXPIRED);
    ck_assert_msg(strstr(text, "B2") != NULL, "%s", text);
    ck_assert_int_eq(use(stock, "black", 2000, old, because(NULL), text), TNS_ERROR_EXPIRED);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_bottle_on_the_scales_is_counted_by_its_tare_and_density)
{
    static const struct {
        const char *label;
        int64_t tare_mg, gross_mg;
        int density;
        int64_t amount; /* -1: refused */
    } rows[] = {
        {"water", 12000, 22000, 1000, 10000},     {"an empty one", 12000, 12000, 1000, 0},
        {"heavy ink", 12000, 23000, 1100, 10000}, {"to the nearest", 10000, 10001, 1200, 1},
        {"light", 10000, 10790, 790, 1000},       {"lighter than empty", 12000, 11999, 1000, -1},
        {"no tare", 0, 11999, 1000, -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_bottle b = {.tare_mg = rows[i].tare_mg, .density_mg_ml = rows[i].density};
        int64_t amount = -1;
        tns_error err;
        bool done = tns_bottle_weighed(&b, rows[i].gross_mg, &amount, &err);
        ck_assert_msg(done == (rows[i].amount >= 0) && amount == rows[i].amount, "%s: %d",
                      rows[i].label, (int)amount);
    }
}
END_TEST

START_TEST(a_lot_is_set_aside_and_released_once_each_with_a_reason)
{
    tns_stock *stock = one_bottle();
    tns_stock_change change;
    tns_error err = {0};
    tns_stock_act act = because("a cloudy bottle"), silent = because(NULL);
    bool done = tns_stock_quarantine(stock, "L1", NULL, &silent, &change, &err);
    ck_assert_int_eq(outcome(done, &change, &err), TNS_ERROR_USAGE);
    ck_assert(tns_stock_quarantine(stock, "L1", NULL, &act, &change, &err));
    ck_assert_uint_eq(change.bottles.count, 1);
    ck_assert_int_eq(change.bottles.bottles[0].status, TNS_BOTTLE_QUARANTINED);
    tns_stock_change_finish(&change);
    done = tns_stock_quarantine(stock, "L1", NULL, &act, &change, &err);
    ck_assert_int_eq(outcome(done, &change, &err), TNS_ERROR_CONFLICT);
    ck_assert(tns_stock_release(stock, "L1", "black", &act, &change, &err));
    tns_stock_change_finish(&change);
    done = tns_stock_release(stock, "L1", NULL, &act, &change, &err);
    ck_assert_int_eq(outcome(done, &change, &err), TNS_ERROR_CONFLICT);
    done = tns_stock_release(stock, "L9", NULL, &act, &change, &err);
    ck_assert_int_eq(outcome(done, &change, &err), TNS_ERROR_NO_SUCH);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_recall_marks_the_lot_and_gives_its_bottles_the_empty_ones_too)
{
    tns_stock *stock = scratch();
    tns_stock_act act = because("the maker's letter");
    tns_stock_change change;
    tns_bottle_list list;
    tns_error err = {0};
    char text[512];
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 12);
    add_product(stock, "grey", TNS_PRODUCT_PIGMENT, 12);
    receive_on(stock, "black", "L1", 3, 100, "2027-01-01", "");
    receive_on(stock, "grey", "L1", 1, 100, "2027-01-01", "");
    ck_assert_int_eq(use(stock, "black", 100, 0, because(NULL), text), TNS_OK);
    bool done = tns_stock_recall(stock, "L1", NULL, &act, &change, &err);
    ck_assert_int_eq(outcome(done, &change, &err), TNS_ERROR_USAGE);
    ck_assert_msg(strstr(err.text, "--product") != NULL, "%s", err.text);

    ck_assert(tns_stock_recall_list(stock, "L1", "black", &list, &err));
    ck_assert_uint_eq(list.count, 3);
    ck_assert_int_eq(list.bottles[0].status, TNS_BOTTLE_EMPTY);
    tns_bottle_list_finish(&list);
    for (int i = 0; i < 2; i++) { /* the second time nothing more is written */
        ck_assert(tns_stock_recall(stock, "L1", "black", &act, &change, &err));
        ck_assert_uint_eq(change.entries.count, i == 0 ? 1 : 0);
        ck_assert_uint_eq(change.bottles.count, 3);
        ck_assert_int_eq(change.bottles.bottles[0].status, TNS_BOTTLE_RECALLED);
        tns_stock_change_finish(&change);
    }
    ck_assert_int_eq(bottle_of(stock, 4).status, TNS_BOTTLE_OK);
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

START_TEST(what_expires_soon_is_listed_soonest_first)
{
    tns_stock *stock = scratch();
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 12);
    add_product(stock, "needles", TNS_PRODUCT_CONSUMABLE, 0);
    receive(stock, "black", "L1", 100, "2026-08-14"); /* 60 days on */
    receive(stock, "black", "L2", 100, "2026-08-15");
    receive(stock, "black", "L3", 100, "2026-06-01");
    receive(stock, "needles", "L4", 100, "");
    tns_stock_question question = {.expiring = true, .within_days = 60, .context = &standing};
    tns_bottle_list list;
    tns_error err;
    ck_assert(tns_stock_list(stock, &question, &list, &err));
    ck_assert_uint_eq(list.count, 2);
    ck_assert_str_eq(list.bottles[0].lot, "L3");
    ck_assert_str_eq(list.bottles[1].lot, "L1");
    tns_bottle_list_finish(&list);
    question = (tns_stock_question){.product = "blue"};
    ck_assert(!tns_stock_list(stock, &question, &list, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_NO_SUCH);
    tns_bottle_list_finish(&list);
    tns_stock_close(stock);
}
END_TEST

START_TEST(a_dry_run_says_the_same_and_writes_nothing)
{
    tns_stock *stock = one_bottle();
    tns_stock_act act = because(NULL);
    tns_stock_change tried, done;
    tns_error err;
    act.dry_run = true;
    ck_assert(tns_stock_use(stock, "black", 10, 0, &act, &tried, &err));
    act.dry_run = false;
    ck_assert_int_eq(on_hand(stock, 1), 1000);
    ck_assert(tns_stock_use(stock, "black", 10, 0, &act, &done, &err));
    ck_assert(!tried.written && done.written);
    ck_assert_uint_eq(tried.entries.count, done.entries.count);
    for (size_t i = 0; i < done.entries.count; i++)
        ck_assert(memcmp(tried.entries.entries[i].hash, done.entries.entries[i].hash,
                         TNS_HASH_SIZE) == 0);
    ck_assert_int_eq(tried.bottles.bottles[0].on_hand, done.bottles.bottles[0].on_hand);
    tns_stock_change_finish(&tried);
    tns_stock_change_finish(&done);
    tns_stock_close(stock);
}
END_TEST

int main(void)
{
    setenv("TZ", "UTC0", 1);
    Suite *suite = suite_create("shelf");
    TCase *tcase = tcase_create("shelf");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, a_use_of_two_bottles_is_one_operation_and_opens_what_is_closed);
    tcase_add_test(tcase, what_must_not_be_used_is_refused_by_name_unless_overridden);
    tcase_add_test(tcase, an_overridden_refusal_is_written_down_with_its_reason);
    tcase_add_test(tcase, too_little_stays_too_little_whatever_is_overridden);
    tcase_add_test(tcase, another_bottle_than_the_next_needs_a_reason);
    tcase_add_test(tcase, a_back_dated_event_keeps_both_its_dates);
    tcase_add_test(tcase, an_opening_is_neither_before_the_receipt_nor_to_come_nor_twice);
    tcase_add_test(tcase, a_use_before_the_known_opening_moves_the_opening_back);
    tcase_add_test(tcase, waste_takes_one_of_its_reasons_and_no_more_than_there_is);
    tcase_add_test(tcase, a_count_books_the_difference_also_when_it_is_none);
    tcase_add_test(tcase, a_count_has_the_last_word_or_is_refused);
    tcase_add_test(tcase, more_than_what_came_is_counted_with_a_reason_only);
    tcase_add_test(tcase, what_must_not_be_used_is_refused_before_a_reason_is_asked_for);
    tcase_add_test(tcase, a_bottle_on_the_scales_is_counted_by_its_tare_and_density);
    tcase_add_test(tcase, a_lot_is_set_aside_and_released_once_each_with_a_reason);
    tcase_add_test(tcase, a_recall_marks_the_lot_and_gives_its_bottles_the_empty_ones_too);
    tcase_add_test(tcase, what_expires_soon_is_listed_soonest_first);
    tcase_add_test(tcase, a_dry_run_says_the_same_and_writes_nothing);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
