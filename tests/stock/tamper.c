/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was changed by other means is found. */
#include <stdio.h>

#include <sqlite3.h>

#include <tonsure/month.h>

#include "stock/story.h"

static void copy_store(const char *from, const char *to)
{
    size_t length;
    tns_error err;
    char *bytes = tns_file_read(in_folder(from), 1 << 24, &length, &err);
    ck_assert_msg(bytes != NULL, "%s", err.text);
    ck_assert(tns_file_write(in_folder(to), bytes, length, &err));
    free(bytes);
}

/* By other means than ours: the triggers are taken off first. */
static void tamper(const char *name, const char *sql)
{
    sqlite3 *db;
    char *why = NULL;
    ck_assert_int_eq(sqlite3_open(in_folder(name), &db), SQLITE_OK);
    sqlite3_exec(db,
                 "PRAGMA synchronous = OFF; DROP TRIGGER entry_is_not_changed; DROP TRIGGER "
                 "entry_is_not_removed",
                 NULL, NULL, NULL);
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, &why) == SQLITE_OK, "%s: %s", sql, why);
    ck_assert_msg(sqlite3_changes(db) > 0, "%s", sql);
    sqlite3_close(db);
}

START_TEST(whatever_is_changed_by_other_means_is_found_and_named)
{
    static const struct {
        const char *sql, *named;
    } rows[] = {
        {"UPDATE entry SET operation = 4 WHERE id = 6", "entry 6"},
        {"UPDATE entry SET time = time - 1 WHERE id = 1", "entry 1"},
        {"UPDATE entry SET recorded = recorded + 1 WHERE id = 10", "entry 10"},
        {"UPDATE entry SET day = day + 1 WHERE id = 4", "entry 4"},
        {"UPDATE entry SET actor = 'bob' WHERE id = 5", "entry 5"},
        {"UPDATE entry SET kind = 'waste' WHERE id = 5", "entry 5"},
        {"UPDATE entry SET kind = 'theft' WHERE id = 5", "entry 5"},
        {"UPDATE entry SET product = 'white' WHERE id = 1", "entry 1"},
        {"UPDATE entry SET lot = 2 WHERE id = 2", "entry 2"},
        {"UPDATE entry SET lot = NULL WHERE id = 7", "entry 7"},
        {"UPDATE entry SET bottle = 2 WHERE id = 5", "entry 5"},
        {"UPDATE entry SET amount = amount + 1 WHERE id = 5", "entry 5"},
        {"UPDATE entry SET amount = 2000 WHERE id = 3", "entry 3"},
        {"UPDATE entry SET reason = 'spill' WHERE id = 5", "entry 5"},
        {"UPDATE entry SET reason = reason || char(0) || 'x' WHERE id = 7", "entry 7"},
        {"UPDATE entry SET reason = reason || ' ' WHERE id = 7", "entry 7"},
        {"UPDATE entry SET actor = actor || 'so', reason = '' WHERE id = 7", "entry 7"},
        {"UPDATE entry SET undoes = NULL WHERE id = 10", "entry 10"},
        {"UPDATE entry SET sets = replace(sets, '2027', '2029') WHERE id = 2", "entry 2"},
        {"UPDATE entry SET hash = zeroblob(32) WHERE id = 3", "entry 3"},
        {"UPDATE entry SET id = 11 WHERE id = 10", "entry 10"},
        {"UPDATE entry SET id = -5 WHERE id = 10", "entry 1"},
        {"DELETE FROM entry WHERE id = 6", "entry 6"},
        {"DELETE FROM entry WHERE id = 1", "entry 1"},
        {"DELETE FROM entry WHERE id >= 9", "entry 9"},
        {"UPDATE head SET entry = 9", "entry 10"},
        {"UPDATE head SET hash = zeroblob(32)", "entry 10"},
        {"INSERT INTO entry SELECT 11, 11, time, recorded, day, actor, kind, product, lot, bottle,"
         " amount, reason, NULL, sets, hash FROM entry WHERE id = 5",
         "entry 11"},
        {"UPDATE product SET pigment = 'red'", "product black: its \"pigment\""},
        {"UPDATE product SET kind = 'diluent'", "product black: its \"kind\""},
        {"UPDATE product SET unit = 'pc'", "product black: its \"unit\""},
        {"UPDATE product SET pao_months = 24", "product black: its \"pao_months\""},
        {"UPDATE product SET supplier = 'x'", "product black: its \"supplier\""},
        {"UPDATE product SET pack = 5", "product black: its \"pack\""},
        {"UPDATE product SET cost_cents = 5", "product black: its \"cost_cents\""},
        {"UPDATE product SET lead_days = 5", "product black: its \"lead_days\""},
        {"UPDATE product SET density_mg_ml = 5", "product black: its \"density_mg_ml\""},
        {"UPDATE product SET id = 'white'", "product black"},
        {"UPDATE product SET came = came - 7", "product black: its \"came\""},
        {"INSERT INTO product SELECT 'white', kind, pigment, unit, 0, '', 0, 0, 0, 1, '', 0, NULL, "
         "'', 0"
         " FROM product",
         "product white: no entry"},
        {"UPDATE used SET amount = 140", "used of product black: its \"amount\""},
        {"UPDATE used SET operations = 2", "used of product black: its \"operations\""},
        {"UPDATE used SET monday = monday - 7", "used of product black: its \"monday\""},
        {"DELETE FROM used", "used of product black: it is in the ledger"},
        {"UPDATE lot SET product = 'white'", "lot number 1: its \"product\""},
        {"UPDATE lot SET name = 'L2'", "lot number 1: its \"name\""},
        {"UPDATE lot SET internal = 1", "lot number 1: its \"internal\""},
        {"UPDATE lot SET expires = expires + 365", "lot number 1: its \"expires\""},
        {"UPDATE lot SET expires = NULL", "lot number 1: its \"expires\""},
        {"UPDATE lot SET sterile = 0", "lot number 1: its \"sterile\""},
        {"UPDATE lot SET quarantined = 1", "lot number 1: its \"quarantined\""},
        {"UPDATE lot SET recalled = 1", "lot number 1: its \"recalled\""},
        {"DELETE FROM lot", "lot number 1"},
        {"UPDATE bottle SET lot = 2", "bottle B1: its \"lot\""},
        {"UPDATE bottle SET received = received - 1", "bottle B1: its \"received\""},
        {"UPDATE bottle SET opened = opened + 1", "bottle B1: its \"opened\""},
        {"UPDATE bottle SET opened = NULL", "bottle B1: its \"opened\""},
        {"UPDATE bottle SET place = 'home'", "bottle B1: its \"place\""},
        {"UPDATE bottle SET tare_mg = 1", "bottle B1: its \"tare_mg\""},
        {"UPDATE bottle SET drop_nl = 1", "bottle B1: its \"drop_nl\""},
        {"UPDATE bottle SET on_hand = on_hand - 1", "bottle B1: its \"on_hand\""},
        {"UPDATE entry SET day = day + 4294967296 WHERE id = 4", "entry 4"},
        {"UPDATE entry SET day = -1 WHERE id = 4", "entry 4"},
        {"UPDATE entry SET lot = 0 WHERE id = 1", "entry 1"},
        {"UPDATE entry SET bottle = 0 WHERE id = 2", "entry 2"},
        {"PRAGMA foreign_keys = OFF; UPDATE entry SET undoes = 0 WHERE id = 5", "entry 5"},
        {"UPDATE lot SET expires = 0 WHERE id = 1", "lot number 1: its \"expires\""},
        {"UPDATE head SET entry = entry", "entry_is_not_changed is missing"},
        {"DELETE FROM bottle", "bottle B1"},
        {"INSERT INTO bottle SELECT 2, lot, received, opened, place, 0, 1, 5 FROM bottle",
         "bottle B2: no entry"},
    };
    write_story("true.db");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_stock_verification found;
        tns_error err = {0};
        copy_store("true.db", "false.db");
        tamper("false.db", rows[i].sql);
        tns_stock *stock = open_store("false.db");
        ck_assert_msg(!tns_stock_verify(stock, &found, &err), "%s", rows[i].sql);
        ck_assert_msg(err.code == TNS_ERROR_TAMPERED && strstr(err.text, rows[i].named) != NULL,
                      "%s: %s", rows[i].sql, err.text);
        tns_stock_close(stock);
    }
}
END_TEST

START_TEST(a_changed_schema_is_found_and_named)
{
    static const struct {
        const char *sql, *named;
    } rows[] = {
        {"DROP TRIGGER entry_is_not_removed", "entry_is_not_removed is missing"},
        {"CREATE TABLE aside (x)", "aside"},
        {"CREATE TRIGGER zz AFTER INSERT ON entry BEGIN DELETE FROM lot; END", "zz"},
        {"DROP INDEX bottle_lot; CREATE INDEX bottle_lot ON bottle (place)", "bottle_lot"},
        {"ALTER TABLE lot ADD COLUMN note TEXT", "lot"},
    };
    write_story("schema.db");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sqlite3 *db;
        tns_error err = {0};
        tns_stock_verification found;
        copy_store("schema.db", "other.db");
        ck_assert_int_eq(sqlite3_open(in_folder("other.db"), &db), SQLITE_OK);
        ck_assert_int_eq(sqlite3_exec(db, rows[i].sql, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
        tns_stock *stock = open_store("other.db");
        ck_assert_msg(!tns_stock_verify(stock, &found, &err), "%s", rows[i].sql);
        ck_assert_msg(err.code == TNS_ERROR_TAMPERED && strstr(err.text, rows[i].named) != NULL,
                      "%s: %s", rows[i].sql, err.text);
        tns_stock_close(stock);
    }
}
END_TEST

START_TEST(the_store_itself_refuses_to_change_or_remove_an_entry)
{
    static const char *const sql[] = {"UPDATE entry SET amount = 1 WHERE id = 5",
                                      "DELETE FROM entry WHERE id = 5", "DELETE FROM entry"};
    write_story("kept.db");
    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
        sqlite3 *db;
        char *why = NULL;
        ck_assert_int_eq(sqlite3_open(in_folder("kept.db"), &db), SQLITE_OK);
        ck_assert_int_ne(sqlite3_exec(db, sql[i], NULL, NULL, &why), SQLITE_OK);
        ck_assert_msg(strstr(why, "never") != NULL, "%s", why);
        sqlite3_free(why);
        sqlite3_close(db);
    }
    tns_stock *stock = open_store("kept.db");
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

/* As imports once took them. */
START_TEST(an_entry_of_no_bottle_bars_no_report_of_its_month)
{
    write_story("told.db");
    tamper("told.db",
           "INSERT INTO entry (id, operation, time, recorded, day, actor, kind, product,"
           " lot, bottle, amount, reason, undoes, sets, hash) SELECT id + 1, id + 1,"
           " time, recorded, day, actor, 'use', '', NULL, 77, -5, '', NULL, '',"
           " zeroblob(32) FROM entry WHERE id = 10 UNION ALL SELECT id + 2, id + 2, time,"
           " recorded, day, actor, 'waste', '', NULL, NULL, 0, '', NULL, '',"
           " zeroblob(32) FROM entry WHERE id = 10");
    tns_stock *stock = open_store("told.db");
    tns_entry_list log;
    tns_month month;
    tns_error err;
    ck_assert_msg(tns_stock_log(stock, 0, &log, &err), "%s", err.text);
    ck_assert_uint_eq(log.count, 12);
    ck_assert_msg(tns_stock_month(stock, log.entries[0].day, NULL, &month, &err), "%s", err.text);
    ck_assert_uint_eq(month.product_count, 1);
    ck_assert_int_eq(month.products[0].used, 150);
    ck_assert_int_eq(tns_month_wasted(&month.products[0]), 0);
    tns_month_finish(&month);
    tns_entry_list_finish(&log);
    tns_stock_close(stock);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tamper");
    TCase *tcase = tcase_create("tamper");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, whatever_is_changed_by_other_means_is_found_and_named);
    tcase_add_test(tcase, a_changed_schema_is_found_and_named);
    tcase_add_test(tcase, the_store_itself_refuses_to_change_or_remove_an_entry);
    tcase_add_test(tcase, an_entry_of_no_bottle_bars_no_report_of_its_month);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
