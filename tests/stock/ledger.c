/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was written stays, what was changed by other means is found, and what was wrong is taken
   back. */
#include <stdio.h>

#include <sqlite3.h>

#include "base/file.h"
#include "stock/chain.h"
#include "stock/shelf.h"

static tns_code undo(tns_stock *stock, int64_t entry, const char *why)
{
    tns_stock_act act = because(why);
    tns_stock_change change;
    tns_error err = {0};
    bool done = tns_stock_undo(stock, entry, &act, &change, &err);
    tns_stock_change_finish(&change);
    return done ? TNS_OK : err.code;
}

/* The operation's number. */
static int64_t use(tns_stock *stock, int64_t amount)
{
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    ck_assert_msg(tns_stock_use(stock, "black", amount, 0, &act, &change, &err), "%s", err.text);
    int64_t operation = change.operation;
    tns_stock_change_finish(&change);
    return operation;
}

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

static int64_t move(tns_stock *stock, int64_t id, const char *place)
{
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    ck_assert_msg(tns_stock_move(stock, id, place, &act, &change, &err), "%s", err.text);
    int64_t operation = change.operation;
    tns_stock_change_finish(&change);
    return operation;
}

/* ---- taking back ---- */

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

/* ---- tampering ---- */

/* Entries: 1 product, 2 lot, 3 receive, 4 open, 5 use, 6 move, 7 quarantine, 8 release, 9 count,
   10 undo of it. */
static void write_story(const char *name)
{
    tns_stock *stock = open_store(name);
    tns_stock_act act = because("so");
    tns_stock_change change;
    tns_error err;
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 12);
    receive(stock, "black", "L1", 1000, "2027-05-01");
    use(stock, 150);
    move(stock, 1, "room 1");
    ck_assert(tns_stock_quarantine(stock, "L1", NULL, &act, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert(tns_stock_release(stock, "L1", NULL, &act, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert(tns_stock_count(stock, 1, 800, &act, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert_int_eq(undo(stock, 9, "so"), TNS_OK);
    check_verifies(stock);
    tns_stock_close(stock);
}

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

/* By `printf` of the netstrings that docs/shelf.md describes into sha256sum. */
START_TEST(a_hash_is_what_other_programs_make_of_it)
{
    tns_entry entry = {.id = 1,
                       .operation = 1,
                       .time = 1781524800,
                       .recorded = 1781524801,
                       .day = day_of("2026-06-15"),
                       .kind = TNS_ENTRY_USE,
                       .bottle = 17,
                       .amount = -150};
    unsigned char before[TNS_HASH_SIZE] = {0}, hash[TNS_HASH_SIZE];
    char text[TNS_HASH_TEXT];
    strcpy(entry.actor, "ann");
    strcpy(entry.reason, "for, \xC3\xA9");
    tns_chain_hash(&entry, before, hash);
    tns_hash_write(hash, text);
    ck_assert_str_eq(text, "c65ea7016769800a263bc36d85e919744a778d726c505c16f01ce4e73826c9b3");
    unsigned char again[TNS_HASH_SIZE];
    ck_assert(tns_hash_parse(text, again) && memcmp(again, hash, sizeof hash) == 0);
    ck_assert(!tns_hash_parse("00", again) && !tns_hash_parse("", again));
}
END_TEST

/* ---- elsewhere ---- */

static char *export_of(tns_stock *stock, const char *name)
{
    tns_error err;
    size_t length;
    ck_assert_msg(tns_stock_export(stock, in_folder(name), NULL, &err), "%s", err.text);
    char *text = tns_file_read(in_folder(name), 1 << 24, &length, &err);
    ck_assert(text != NULL);
    return text;
}

START_TEST(an_export_restores_into_an_empty_store)
{
    int64_t entries = 0;
    tns_error err = {0};
    write_story("whole.db");
    tns_stock *stock = open_store("whole.db"), *other = open_store("restored.db");
    ck_assert(move(stock, 1, " \"a, b\" and # c\t") > 0);
    char *text = export_of(stock, "all.csv");
    ck_assert(tns_stock_import(other, in_folder("all.csv"), true, &entries, &err));
    ck_assert_int_eq(entries, 11);
    ck_assert_msg(tns_stock_import(other, in_folder("all.csv"), false, &entries, &err), "%s",
                  err.text);
    char *again = export_of(other, "again.csv");
    ck_assert_str_eq(text, again);
    check_verifies(other);
    ck_assert_int_eq(bottle_of(other, 1).on_hand, bottle_of(stock, 1).on_hand);
    ck_assert_str_eq(bottle_of(other, 1).place, bottle_of(stock, 1).place);
    ck_assert(!tns_stock_import(other, in_folder("all.csv"), false, &entries, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_CONFLICT);
    use(other, 5); /* and life goes on */
    check_verifies(other);
    free(text);
    free(again);
    tns_stock_close(stock);
    tns_stock_close(other);
}
END_TEST

/* Replaces the first occurrence, which has to be there. */
static char *changed(const char *text, const char *old, const char *new)
{
    const char *at = strstr(text, old);
    ck_assert_msg(at != NULL, "%s", old);
    char *out = malloc(strlen(text) + strlen(new) + 1);
    ck_assert(out != NULL);
    size_t head = (size_t)(at - text);
    memcpy(out, text, head);
    strcpy(out + head, new);
    strcat(out, at + strlen(old));
    return out;
}

START_TEST(a_broken_export_is_refused_by_line_and_leaves_the_store_empty)
{
    static const struct {
        const char *label, *old, *new, *words;
        tns_code code;
    } rows[] = {
        {"another table", "entry,", "row,", "column 1", TNS_ERROR_FORMAT},
        {"an amount changed", ",-150,", ",-15,", "entry 5", TNS_ERROR_TAMPERED},
        {"a word changed", "\"room 1", "\"room 2", "hash", TNS_ERROR_FORMAT},
        {"no number", ",-150,", ",-15O,", "line 6: amount", TNS_ERROR_FORMAT},
        {"a fraction", ",-150,", ",-150.0,", "line 6: amount", TNS_ERROR_FORMAT},
        {"too large a number", ",-150,", ",-99999999999999999999,", "amount", TNS_ERROR_FORMAT},
        {"no day", ",2026-06-15,", ",2026-06-31,", "day", TNS_ERROR_FORMAT},
        {"no kind", "\"product\"", "\"produce\"", "kind", TNS_ERROR_FORMAT},
        {"a field too few", "\"ann\",", "", "15", TNS_ERROR_FORMAT},
        {"a line left out", "\n5,", "\n#5,", "entry 5 is missing", TNS_ERROR_TAMPERED},
        {"an unfinished quotation", "\"ann\"", "\"ann", "", TNS_ERROR_FORMAT},
    };
    write_story("source.db");
    tns_stock *stock = open_store("source.db"), *other = scratch();
    char *text = export_of(stock, "source.csv");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        tns_stock_verification found;
        char *broken = changed(text, rows[i].old, rows[i].new);
        ck_assert(tns_file_write(in_folder("broken.csv"), broken, strlen(broken), &err));
        free(broken);
        ck_assert_msg(!tns_stock_import(other, in_folder("broken.csv"), false, NULL, &err), "%s",
                      rows[i].label);
        ck_assert_msg(err.code == rows[i].code || rows[i].words[0] == 'h', "%s: %s", rows[i].label,
                      err.text);
        ck_assert_msg(strstr(err.text, rows[i].words) != NULL, "%s: %s", rows[i].label, err.text);
        ck_assert(tns_stock_verify(other, &found, &err));
        ck_assert_int_eq(found.entries, 0);
    }
    free(text);
    tns_stock_close(stock);
    tns_stock_close(other);
}
END_TEST

/* Without the line that tells of the end: as exports were before they had it. */
static void cut_end(char *text)
{
    char *end = strstr(text, "\n# end of ");
    ck_assert(end != NULL);
    end[1] = '\0';
}

START_TEST(an_export_that_was_cut_is_refused_or_at_least_told_of)
{
    static const struct {
        const char *label, *old, *new;
        bool taken, told_of;
    } rows[] = {
        {"whole", "# end of ", "# end of ", true, false},
        {"with another's comment behind", "# end of 10", "# by ann\n# end of 10", true, false},
        {"another count", "# end of 10", "# end of 11", false, false},
        {"a count cut short", "# end of 10 entries: ", "# end of 1", false, false},
        {"without its last line", "# end of ", "# ending ", true, true},
    };
    write_story("cut.db");
    tns_stock *stock = open_store("cut.db");
    char *text = export_of(stock, "to-cut.csv");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_error err = {0};
        tns_stock_copied copied;
        tns_stock *other = scratch();
        char *cut = changed(text, rows[i].old, rows[i].new);
        ck_assert(tns_file_write(in_folder("cut.csv"), cut, strlen(cut), &err));
        bool done = tns_stock_import_whole(other, in_folder("cut.csv"), NULL, false, &copied, &err);
        ck_assert_msg(done == rows[i].taken, "%s: %s", rows[i].label, err.text);
        ck_assert_msg(done || err.code == TNS_ERROR_TAMPERED, "%s", rows[i].label);
        ck_assert_msg(!done || (copied.warnings.count > 0) == rows[i].told_of, "%s", rows[i].label);
        ck_assert_msg(!done || (copied.entries == 10 && copied.until > 0), "%s", rows[i].label);
        free(cut);
        tns_stock_close(other);
    }
    free(text);
    tns_stock_close(stock);
}
END_TEST

/* An export with one more entry, the hash of which is right. */
static void write_longer(const char *text, const tns_stock_verification *whole, const char *name,
                         tns_entry *entry)
{
    char hash[TNS_HASH_TEXT], sets[2 * sizeof entry->sets];
    size_t used = 0;
    FILE *file = fopen(in_folder(name), "w");
    ck_assert(file != NULL);
    entry->id = entry->operation = whole->entries + 1;
    tns_chain_hash(entry, whole->head, entry->hash);
    tns_hash_write(entry->hash, hash);
    for (const char *at = entry->sets; *at; at++) {
        if (*at == '"')
            sets[used++] = '"';
        sets[used++] = *at;
    }
    sets[used] = '\0';
    fprintf(file, "%s%d,%d,0,0,1970-01-02,\"\",\"%s\",\"\",%d,%d,%d,\"\",0,\"%s\",%s\n", text,
            (int)entry->id, (int)entry->id, tns_entry_kind_name(entry->kind), (int)entry->lot,
            (int)entry->bottle, (int)entry->amount, sets, hash);
    fclose(file);
}

START_TEST(an_import_numbers_nothing_as_it_likes)
{
    static const char lot[] = "{\"product\": \"black\", \"name\": \"L2\", \"internal\": false, "
                              "\"expires\": \"2029-01-01\", \"sterile\": false}";
    static const char bottle[] = "{\"lot\": 1, \"received\": \"2026-06-15\", \"place\": \"\", "
                                 "\"tare_mg\": 0, \"drop_nl\": 40000}";
    static const char visit[] = "{\"visit\": 2, \"client\": 1, \"day\": \"2026-07-01\", "
                                "\"kind\": \"s1\", \"area_mm2\": 0, \"pot_ul\": 0, "
                                "\"recipe\": \"\", \"state\": \"booked\", "
                                "\"was\": \"cancelled\"}";
    static const char pot[] = "{\"pot\": 2, \"visit\": 1, \"discard_by\": 1, \"recipe\": \"\", "
                              "\"state\": \"mixed\", \"was\": \"undone\", \"left_ul\": 0}";
    static const char order[] =
        "{\"order\": 2, \"supplier\": \"Ink\", "
        "\"now\": {\"state\": \"proposed\", \"sent\": \"\", \"expected\": \"\"}, "
        "\"was\": {\"state\": \"cancelled\", \"sent\": \"\", \"expected\": \"\"}}";
    static const struct {
        tns_entry_kind kind;
        int64_t lot, bottle;
        const char *sets, *words; /* NULL = it may be */
    } rows[] = {
        {TNS_ENTRY_LOT, 2, 0, lot, NULL},
        {TNS_ENTRY_LOT, 3, 0, lot, "lot number 3 out of turn"},
        {TNS_ENTRY_LOT, 1900000000, 0, lot, "the next is lot number 2"},
        {TNS_ENTRY_LOT, -1, 0, lot, "out of turn"},
        {TNS_ENTRY_RECEIVE, 0, 2, bottle, NULL},
        {TNS_ENTRY_RECEIVE, 0, 3, bottle, "bottle B3 out of turn"},
        {TNS_ENTRY_RECEIVE, 0, 1900000000, bottle, "the next is bottle B2"},
        {TNS_ENTRY_RECEIVE, 0, 1, bottle, "bottle B1 out of turn"},
        {TNS_ENTRY_CLIENT, 0, 0, "{\"client\": 1}", NULL},
        {TNS_ENTRY_CLIENT, 0, 0, "{\"client\": 2}", "client C2 out of turn"},
        {TNS_ENTRY_VISIT, 0, 0, visit, "visit V2 out of turn"},
        {TNS_ENTRY_POT, 0, 0, pot, "pot P2 out of turn"},
        {TNS_ENTRY_ORDER, 0, 0, order, "order O2 out of turn"},
    };
    write_story("numbers.db");
    tns_stock *stock = open_store("numbers.db"), *other = scratch();
    tns_stock_verification whole;
    tns_error err;
    ck_assert(tns_stock_verify(stock, &whole, &err));
    char *text = export_of(stock, "short.csv");
    cut_end(text);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_entry entry = {
            .kind = rows[i].kind, .day = 1, .lot = rows[i].lot, .bottle = rows[i].bottle};
        strcpy(entry.sets, rows[i].sets);
        write_longer(text, &whole, "longer.csv", &entry);
        bool done = tns_stock_import(other, in_folder("longer.csv"), true, NULL, &err);
        ck_assert_msg(done == !rows[i].words, "row %zu: %s", i, err.text);
        ck_assert_msg(done || strstr(err.text, rows[i].words), "row %zu: %s", i, err.text);
    }
    free(text);
    tns_stock_close(stock);
    tns_stock_close(other);
}
END_TEST

/* A client with a visit that is booked, and one that was erased. */
static void add_people(tns_stock *stock)
{
    const tns_visit visit = {.client = 1, .day = 20800};
    tns_stock_change change;
    tns_error err;
    for (int i = 0; i < 2; i++) {
        ck_assert(tns_client_add(stock, &(tns_client_card){0}, NULL, &change, &err));
        tns_stock_change_finish(&change);
    }
    ck_assert(tns_visit_book(stock, &visit, NULL, &change, &err));
    tns_stock_change_finish(&change);
    ck_assert(tns_client_erase(stock, 2, NULL, &change, &err));
    tns_stock_change_finish(&change);
}

START_TEST(an_import_takes_no_deeds_of_nobody_and_none_that_cannot_follow)
{
#define VISIT_OF(client)                                                                           \
    "{\"visit\": 2, \"client\": " client ", \"day\": \"2026-07-01\", \"kind\": \"s1\", "           \
    "\"area_mm2\": 0, \"pot_ul\": 0, \"recipe\": \"\", \"state\": \"booked\", \"was\": "           \
    "\"cancelled\"}"
#define STEP(of, was, now) "{" of ", \"state\": \"" now "\", \"was\": \"" was "\", \"left_ul\": 0}"
    static const struct {
        tns_entry_kind kind;
        int64_t lot, bottle;
        const char *sets, *words; /* NULL = it may be */
    } rows[] = {
        {TNS_ENTRY_CARD, 0, 0, "{\"client\": 1}", NULL},
        {TNS_ENTRY_CARD, 0, 0, "{\"client\": 7}", "there is no client C7"},
        {TNS_ENTRY_CARD, 0, 0, "{\"client\": 2}", "client C2 was erased"},
        {TNS_ENTRY_ERASE, 0, 0, "{\"client\": 9, \"erased\": true}", "there is no client C9"},
        {TNS_ENTRY_ERASE, 0, 0, "{\"client\": 2, \"erased\": true}", "client C2 was erased"},
        {TNS_ENTRY_VISIT, 0, 0, VISIT_OF("1"), NULL},
        {TNS_ENTRY_VISIT, 0, 0, VISIT_OF("2"), "client C2 was erased"},
        {TNS_ENTRY_VISIT, 0, 0, VISIT_OF("3"), "there is no client C3"},
        {TNS_ENTRY_VISIT, 0, 0, STEP("\"visit\": 1", "booked", "open"), NULL},
        {TNS_ENTRY_VISIT, 0, 0, STEP("\"visit\": 3", "booked", "open"), "there is no visit V3"},
        {TNS_ENTRY_VISIT, 0, 0, STEP("\"visit\": 1", "open", "closed"),
         "V1 is booked, and does not go closed"},
        {TNS_ENTRY_VISIT, 0, 0, STEP("\"visit\": 1", "booked", "closed"),
         "V1 is booked, and does not go closed"},
        {TNS_ENTRY_POT, 0, 0, STEP("\"pot\": 5", "mixed", "closed"), "there is no pot P5"},
        {TNS_ENTRY_USE, 0, 1, "{\"pot\": 5, \"cost\": 1}", "FOREIGN KEY"},
        {TNS_ENTRY_OPEN, 0, 77, "{\"opened\": \"2026-11-01\", \"was\": \"\"}",
         "there is no bottle B77"},
        {TNS_ENTRY_MOVE, 0, 77, "{\"place\": \"room\", \"was\": \"\"}", "there is no bottle B77"},
        {TNS_ENTRY_QUARANTINE, 5, 0, "{\"quarantined\": true}", "there is no such lot"},
        {TNS_ENTRY_LOT, 1, 0,
         "{\"product\": \"black\", \"name\": \"L2\", \"internal\": false, "
         "\"expires\": \"2029-01-01\", \"sterile\": false}",
         "lot number 1 is L1 of black"},
    };
#undef VISIT_OF
#undef STEP
    write_story("nobody.db");
    tns_stock *stock = open_store("nobody.db"), *other = scratch();
    tns_stock_verification whole;
    tns_error err;
    add_people(stock);
    ck_assert(tns_stock_verify(stock, &whole, &err));
    char *text = export_of(stock, "some.csv");
    cut_end(text);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_entry entry = {
            .kind = rows[i].kind, .day = 1, .lot = rows[i].lot, .bottle = rows[i].bottle};
        strcpy(entry.sets, rows[i].sets);
        write_longer(text, &whole, "more.csv", &entry);
        bool done = tns_stock_import(other, in_folder("more.csv"), true, NULL, &err);
        ck_assert_msg(done == !rows[i].words, "row %zu: %s", i, err.text);
        ck_assert_msg(done || strstr(err.text, rows[i].words), "row %zu: %s", i, err.text);
    }
    free(text);
    tns_stock_close(stock);
    tns_stock_close(other);
}
END_TEST

START_TEST(an_import_takes_no_entry_that_its_kind_cannot_be)
{
#define VISIT(state)                                                                               \
    "{\"visit\": 2, \"client\": 1, \"day\": \"2026-07-01\", \"kind\": \"s1\", "                    \
    "\"area_mm2\": 0, \"pot_ul\": 0, \"recipe\": \"\", \"state\": \"" state "\", \"was\": "        \
    "\"cancelled\"}"
#define POT(state, left)                                                                           \
    "{\"pot\": 1, \"visit\": 1, \"discard_by\": 1, \"recipe\": \"black=1\", \"state\": \"" state   \
    "\", \"was\": \"undone\", \"left_ul\": " left "}"
    static const struct {
        tns_entry_kind kind;
        int64_t lot, bottle, amount;
        const char *sets, *words; /* NULL = it may be */
    } rows[] = {
        {TNS_ENTRY_USE, 0, 1, -1, "", NULL},
        {TNS_ENTRY_USE, 0, 0, 0, "", "(use) is of something else"},
        {TNS_ENTRY_USE, 1, 0, 0, "{\"quarantined\": true}", "(use) is of something else"},
        {TNS_ENTRY_USE, 0, 1, 100, "", "(use) has an amount"},
        {TNS_ENTRY_WASTE, 0, 1, 100, "", "(waste) has an amount"},
        {TNS_ENTRY_COUNT, 0, 1, 100, "", NULL},
        {TNS_ENTRY_RECEIVE, 0, 1, 100, "", "(receive) tells nothing"},
        {TNS_ENTRY_RECEIVE, 0, 1, 100, "{\"place\": \"x\", \"was\": \"\"}", "without its lot"},
        {TNS_ENTRY_RECEIVE, 0, 0, 0, "", "(receive) is of something else"},
        {TNS_ENTRY_CLIENT, 0, 0, 0, "", "(client) tells nothing"},
        {TNS_ENTRY_VISIT, 0, 0, 0, VISIT("booked"), NULL},
        {TNS_ENTRY_VISIT, 0, 0, 0, VISIT("closed"), "begins as no visit"},
        {TNS_ENTRY_POT, 0, 0, 0, POT("mixed", "0"), NULL},
        {TNS_ENTRY_POT, 0, 0, 0, POT("closed", "0"), "begins as no visit and no pot"},
        {TNS_ENTRY_POT, 0, 0, 0, POT("mixed", "900"), "begins as no visit and no pot"},
    };
#undef VISIT
#undef POT
    write_story("kinds.db");
    tns_stock *stock = open_store("kinds.db"), *other = scratch();
    tns_stock_verification whole;
    tns_error err;
    add_people(stock);
    ck_assert(tns_stock_verify(stock, &whole, &err));
    char *text = export_of(stock, "kinds.csv");
    cut_end(text);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tns_entry entry = {.kind = rows[i].kind,
                           .day = 1,
                           .lot = rows[i].lot,
                           .bottle = rows[i].bottle,
                           .amount = rows[i].amount};
        strcpy(entry.sets, rows[i].sets);
        write_longer(text, &whole, "kind.csv", &entry);
        bool done = tns_stock_import(other, in_folder("kind.csv"), true, NULL, &err);
        ck_assert_msg(done == !rows[i].words, "row %zu: %s", i, err.text);
        ck_assert_msg(done || strstr(err.text, rows[i].words), "row %zu: %s", i, err.text);
    }
    free(text);
    tns_stock_close(stock);
    tns_stock_close(other);
}
END_TEST

START_TEST(a_backup_is_a_store_like_the_other_and_replaces_nothing)
{
    tns_error err = {0};
    write_story("busy.db");
    tns_stock *stock = open_store("busy.db");
    ck_assert_msg(tns_stock_backup(stock, in_folder("backup.db"), &err), "%s", err.text);
    ck_assert(!tns_stock_backup(stock, in_folder("backup.db"), &err));
    ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    ck_assert(!tns_stock_backup(stock, in_folder("none/backup.db"), &err));
    ck_assert_int_eq(err.code, TNS_ERROR_NOT_FOUND);
    tns_stock *copy = open_store("backup.db");
    char *ours = export_of(stock, "ours.csv"), *theirs = export_of(copy, "theirs.csv");
    ck_assert_str_eq(ours, theirs);
    check_verifies(copy);
    use(copy, 5);
    free(ours);
    free(theirs);
    tns_stock_close(copy);
    tns_stock_close(stock);
}
END_TEST

START_TEST(an_export_replaces_nothing_least_of_all_the_store)
{
    static const char *const taken[] = {"own.db",         "own.db-wal", "own.db-shm",
                                        "own.db-journal", "note.txt",   "same.db"};
    tns_error err = {0};
    write_story("own.db");
    ck_assert(tns_file_write(in_folder("note.txt"), "a note", 6, &err));
    ck_assert_int_eq(symlink("own.db", in_folder("same.db")), 0);
    tns_stock *stock = open_store("own.db");
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        ck_assert_msg(!tns_stock_export(stock, in_folder(taken[i]), NULL, &err), "%s", taken[i]);
        ck_assert_msg(err.code == TNS_ERROR_USAGE, "%s: %s", taken[i], err.text);
        ck_assert_msg(!tns_stock_backup(stock, in_folder(taken[i]), &err), "%s", taken[i]);
        ck_assert_msg(err.code == TNS_ERROR_USAGE, "%s: %s", taken[i], err.text);
    }
    check_verifies(stock);
    tns_stock_close(stock);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ledger");
    TCase *tcase = tcase_create("ledger");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, an_operation_is_taken_back_whole_and_once);
    tcase_add_test(tcase, a_counter_entry_names_what_it_takes_back);
    tcase_add_test(tcase, a_bottle_that_was_used_again_stays_open);
    tcase_add_test(tcase, an_opening_is_taken_back_until_something_was_taken);
    tcase_add_test(tcase, a_move_is_taken_back_until_the_next);
    tcase_add_test(tcase, a_delivery_that_was_booked_wrongly_is_taken_back_and_booked_anew);
    tcase_add_test(tcase, a_mark_of_a_lot_is_taken_back);
    tcase_add_test(tcase, whatever_is_changed_by_other_means_is_found_and_named);
    tcase_add_test(tcase, a_changed_schema_is_found_and_named);
    tcase_add_test(tcase, the_store_itself_refuses_to_change_or_remove_an_entry);
    tcase_add_test(tcase, a_hash_is_what_other_programs_make_of_it);
    tcase_add_test(tcase, an_export_restores_into_an_empty_store);
    tcase_add_test(tcase, an_export_that_was_cut_is_refused_or_at_least_told_of);
    tcase_add_test(tcase, a_broken_export_is_refused_by_line_and_leaves_the_store_empty);
    tcase_add_test(tcase, an_import_numbers_nothing_as_it_likes);
    tcase_add_test(tcase, an_import_takes_no_deeds_of_nobody_and_none_that_cannot_follow);
    tcase_add_test(tcase, an_import_takes_no_entry_that_its_kind_cannot_be);
    tcase_add_test(tcase, a_backup_is_a_store_like_the_other_and_replaces_nothing);
    tcase_add_test(tcase, an_export_replaces_nothing_least_of_all_the_store);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
