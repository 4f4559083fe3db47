/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stores that earlier versions wrote, kept as SQL in tests/stock/kept: one of each schema there has
 * been. Today's version opens them, finds them right, says what they said, and goes on with them.
 */
#include <stdio.h>

#include <sqlite3.h>

#include <tonsure/pot.h>

#include "stock/shelf.h"

static void restore(const char *file, const char *more, const char *name)
{
    char path[128];
    size_t length;
    sqlite3 *db;
    snprintf(path, sizeof path, "tests/stock/kept/%s", file);
    char *sql = project_file(path, &length);
    ck_assert_int_eq(sqlite3_open(in_folder(name), &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s: %s", file,
                  sqlite3_errmsg(db));
    ck_assert_msg(sqlite3_exec(db, more, NULL, NULL, NULL) == SQLITE_OK, "%s: %s", file,
                  sqlite3_errmsg(db));
    sqlite3_close(db);
    free(sql);
}

static void check_story(tns_stock *stock, const char *file)
{
    static const struct {
        int64_t id;
        const char *product, *lot, *expires, *opened, *place;
        int64_t on_hand;
        tns_bottle_status status;
    } rows[] = {
        {1, "deep-black", "A77", "2128-05-01", "2026-11-20", "", 13380, TNS_BOTTLE_EXPIRED},
        {2, "deep-black", "A77", "2128-05-01", "", "fridge", 15000, TNS_BOTTLE_OK},
        {3, "water", "W1", "2127-01-31", "", "", 10000, TNS_BOTTLE_QUARANTINED},
        {4, "needles-3rl", "INT-13", "", "", "", 20, TNS_BOTTLE_RECALLED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_bottle b = bottle_of(stock, rows[i].id);
        b.status = tns_bottle_status_on(&b, day_of("2027-11-21"));
        ck_assert_msg(strcmp(b.product, rows[i].product) == 0 && strcmp(b.lot, rows[i].lot) == 0 &&
                          strcmp(b.place, rows[i].place) == 0 &&
                          b.expires == day_of(rows[i].expires) &&
                          b.opened == day_of(rows[i].opened) && b.on_hand == rows[i].on_hand &&
                          b.status == rows[i].status,
                      "%s: B%d", file, (int)b.id);
    }
}

START_TEST(a_store_of_every_earlier_schema_is_taken_over)
{
    static const struct {
        const char *file, *more;
        size_t pots; /* that the story has */
    } rows[] = {
        {"schema_1.sql", "", 0},
        {"schema_2.sql", "", 0},
        {"schema_3.sql", "", 1},
        /* As it was for a day. */
        {"schema_3.sql",
         "CREATE INDEX entry_used ON entry (day, operation, bottle, amount) WHERE kind = 'use';",
         1},
        {"schema_4.sql", "", 1},
        {"schema_5.sql", "", 1},
        {"schema_6.sql", "", 1},
        {"schema_7.sql", "", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const tns_pot_question all = {0};
        tns_pot_list pots;
        tns_stock_change change;
        tns_error err;
        char name[64];
        snprintf(name, sizeof name, "%zu.db", i);
        restore(rows[i].file, rows[i].more, name);
        tns_stock *stock = open_store(name);
        check_verifies(stock);
        check_story(stock, rows[i].file);
        ck_assert(tns_pot_list_find(stock, &all, &pots, &err));
        ck_assert_uint_eq(pots.count, rows[i].pots);
        tns_pot_list_finish(&pots);
        ck_assert_msg(tns_stock_count(stock, 2, 14000, NULL, &change, &err), "%s", err.text);
        tns_stock_change_finish(&change);
        check_verifies(stock);
        tns_stock_close(stock);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("kept");
    TCase *tcase = tcase_create("kept");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_add_test(tcase, a_store_of_every_earlier_schema_is_taken_over);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
