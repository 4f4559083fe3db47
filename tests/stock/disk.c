/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are no store, or no longer whole, and disks that fail: each is told clearly, and
   nothing is harmed. */
#include <stdio.h>
#include <sys/stat.h>

#include <sqlite3.h>

#include "base/file.h"
#include "stock/faulty_vfs.h"
#include "stock/shelf.h"

static char *content(const char *name, size_t *length)
{
    tns_error err;
    char *bytes = tns_file_read(in_folder(name), 1 << 24, length, &err);
    ck_assert_msg(bytes != NULL, "%s", err.text);
    return bytes;
}

static void put(const char *name, const char *bytes, size_t length)
{
    tns_error err;
    ck_assert_msg(tns_file_write(in_folder(name), bytes, length, &err), "%s", err.text);
}

static void run_sql(const char *name, const char *sql)
{
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(in_folder(name), &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s: %s", sql,
                  sqlite3_errmsg(db));
    sqlite3_close(db);
}

static void make_store(const char *name)
{
    tns_stock *stock = open_store(name);
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 12);
    receive_on(stock, "black", "L1", 100, 1000, "2027-05-01", "");
    tns_stock_close(stock);
}

static bool use_one(tns_stock *stock, tns_error *err)
{
    tns_stock_act act = because("a reason of some length, so that pages fill and change");
    tns_stock_change change;
    bool done = tns_stock_use(stock, "black", 1, 0, &act, &change, err);
    tns_stock_change_finish(&change);
    return done;
}

/* ---- no store ---- */

START_TEST(what_is_no_store_is_refused_by_name_and_stays_as_it_is)
{
    make_store("newer.db");
    run_sql("newer.db", "PRAGMA user_version = 99");
    run_sql("foreign.db", "CREATE TABLE songs (name TEXT); PRAGMA user_version = 1");
    run_sql("claimed.db", "PRAGMA application_id = 7; CREATE TABLE songs (name TEXT)");
    put("note.txt", "a note, and nothing more\n", 25);
    put("empty.db", "", 0);
    ck_assert_int_eq(mkdir(in_folder("folder"), 0777), 0);
    static const struct {
        const char *label, *name;
        tns_stock_access access;
        tns_code code;
    } rows[] = {
        {"nothing there", "none.db", TNS_STOCK_EXISTING, TNS_ERROR_NOT_FOUND},
        {"no folder", "none/a.db", TNS_STOCK_CREATE, TNS_ERROR_NOT_FOUND},
        {"a file for a folder", "note.txt/a.db", TNS_STOCK_CREATE, TNS_ERROR_NOT_FOUND},
        {"a folder", "folder", TNS_STOCK_CREATE, TNS_ERROR_FORMAT},
        {"an empty file", "empty.db", TNS_STOCK_EXISTING, TNS_ERROR_NOT_FOUND},
        {"a text", "note.txt", TNS_STOCK_CREATE, TNS_ERROR_FORMAT},
        {"another program's", "foreign.db", TNS_STOCK_CREATE, TNS_ERROR_FORMAT},
        {"another program's, said so", "claimed.db", TNS_STOCK_EXISTING, TNS_ERROR_FORMAT},
        {"a newer version's", "newer.db", TNS_STOCK_CREATE, TNS_ERROR_UNSUPPORTED},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct stat found;
        bool there = stat(in_folder(rows[i].name), &found) == 0 && S_ISREG(found.st_mode);
        size_t before = 0, after = 0;
        char *old = there ? content(rows[i].name, &before) : NULL;
        tns_error err = {0};
        ck_assert_msg(!tns_stock_open(in_folder(rows[i].name), rows[i].access, &err), "%s",
                      rows[i].label);
        ck_assert_msg(err.code == rows[i].code, "%s: %s", rows[i].label, err.text);
        ck_assert_msg(strstr(err.text, rows[i].name) != NULL, "%s: %s", rows[i].label, err.text);
        char *new = there ? content(rows[i].name, &after) : NULL;
        ck_assert_msg(before == after && (!there || memcmp(old, new, before) == 0), "%s",
                      rows[i].label);
        free(old);
        free(new);
    }
    static const char *const names[] = {"", "postgres://host/stock"};
    for (size_t i = 0; i < 2; i++) {
        tns_error err = {0};
        ck_assert(!tns_stock_open(names[i], TNS_STOCK_CREATE, &err));
        ck_assert_int_eq(err.code, TNS_ERROR_USAGE);
    }
}
END_TEST

START_TEST(an_empty_file_becomes_a_store_and_a_name_is_only_a_name)
{
    static const char *const names[] = {"empty2.db", "file:x?mode=memory", "a b'c\"d.db"};
    put("empty2.db", "", 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct stat found;
        tns_stock *stock = open_store(names[i]);
        add_product(stock, "black", TNS_PRODUCT_PIGMENT, 12);
        tns_stock_close(stock);
        ck_assert_msg(stat(in_folder(names[i]), &found) == 0 && found.st_size > 0, "%s", names[i]);
    }
}
END_TEST

START_TEST(a_damaged_store_is_told_and_not_made_worse)
{
    size_t length;
    make_store("sound.db");
    char *sound = content("sound.db", &length);
    static const struct {
        const char *label;
        double from, to; /* of the file, overwritten; or the file is cut there */
        bool cut;
    } rows[] = {
        {"the head", 0, 0.001, false},           {"a page in the middle", 0.5, 0.7, false},
        {"all but the head", 0.05, 1, false},    {"cut in half", 0.5, 1, true},
        {"cut within the head", 0.001, 1, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t from = (size_t)((double)length * rows[i].from);
        size_t to = (size_t)((double)length * rows[i].to);
        char *broken = malloc(length);
        ck_assert(broken != NULL);
        memcpy(broken, sound, length);
        for (size_t k = from; k < to; k++)
            broken[k] = (char)(k * 2654435761u >> 24);
        put("broken.db", broken, rows[i].cut ? from : length);
        free(broken);
        tns_error err = {0};
        tns_stock_verification found;
        tns_stock *stock = tns_stock_open(in_folder("broken.db"), TNS_STOCK_EXISTING, &err);
        bool done = stock && tns_stock_verify(stock, &found, &err);
        tns_stock_close(stock);
        ck_assert_msg(!done && (err.code == TNS_ERROR_FORMAT || err.code == TNS_ERROR_IO), "%s: %s",
                      rows[i].label, err.text);
        ck_assert_msg(strstr(err.text, "broken.db") != NULL, "%s: %s", rows[i].label, err.text);
    }
    free(sound);
}
END_TEST

/* ---- disks that fail ---- */

START_TEST(a_store_that_cannot_be_written_can_be_read)
{
    tns_error err = {0};
    make_store("kept.db");
    faulty_vfs_set(FAULT_READ_ONLY, 0);
    tns_stock *stock = tns_stock_open(in_folder("kept.db"), TNS_STOCK_EXISTING, &err);
    ck_assert_msg(stock != NULL, "%s", err.text);
    ck_assert_int_eq(bottle_of(stock, 1).on_hand, 1000);
    ck_assert(!use_one(stock, &err));
    ck_assert_int_eq(err.code, TNS_ERROR_IO);
    ck_assert_msg(strstr(err.text, "read-only") != NULL, "%s", err.text);
    tns_stock_close(stock);
    faulty_vfs_set(FAULT_NONE, 0);
}
END_TEST

/* Uses until the disk fails or `most` are done; how many were acknowledged. */
static int use_many(const char *name, fault what, int writes, int most, tns_error *err)
{
    int done = 0;
    tns_stock *stock = open_store(name);
    faulty_vfs_set(what, writes);
    while (done < most && use_one(stock, err))
        done++;
    tns_stock_close(stock); /* writes the log into the store, as far as it can */
    return done;
}

static int64_t left_in(const char *name)
{
    int64_t sum = 0;
    tns_bottle_list list;
    const tns_stock_question question = {.with_empty = true};
    tns_stock *stock = open_store(name);
    check_verifies(stock);
    ck_assert(tns_stock_list(stock, &question, &list, NULL));
    for (size_t i = 0; i < list.count; i++)
        sum += list.bottles[i].on_hand;
    tns_bottle_list_finish(&list);
    tns_stock_close(stock);
    return sum;
}

START_TEST(a_full_disk_is_told_and_what_was_booked_before_is_there)
{
    int64_t left = 100000;
    int struck = 0;
    make_store("full.db");
    for (int writes = 0; writes < 60; writes += 4) {
        tns_error err = {0};
        left -= use_many("full.db", FAULT_FULL, writes, 8, &err);
        if (faulty_vfs_struck() && err.code != TNS_OK) {
            struck++;
            ck_assert_msg(err.code == TNS_ERROR_IO && strstr(err.text, "no space") != NULL, "%s",
                          err.text);
        }
        faulty_vfs_set(FAULT_NONE, 0);
        ck_assert_msg(left_in("full.db") == left, "after %d writes", writes);
    }
    ck_assert_int_ge(struck, 5);
}
END_TEST

START_TEST(a_write_torn_by_a_power_cut_leaves_whole_movements_and_all_that_were_told_of)
{
    int64_t left = 100000;
    int struck = 0;
    make_store("torn.db");
    for (int writes = 0; writes < 120; writes += 4) {
        tns_error err = {0};
        int64_t told = use_many("torn.db", FAULT_TORN, writes, 8, &err);
        struck += faulty_vfs_struck();
        faulty_vfs_set(FAULT_NONE, 0);
        int64_t found = left_in("torn.db");
        /* One may have reached the disk whole and not been told of. */
        ck_assert_msg(found == left - told || found == left - told - 1,
                      "after %d writes: %d, %d told", writes, (int)found, (int)told);
        left = found;
    }
    ck_assert_int_ge(struck, 10);
}
END_TEST

START_TEST(a_store_that_could_not_be_made_can_be_made_later)
{
    for (int writes = 0; writes < 30; writes += 3) {
        char name[24];
        tns_error err = {0};
        snprintf(name, sizeof name, "new%d.db", writes);
        faulty_vfs_set(writes % 2 ? FAULT_TORN : FAULT_FULL, writes);
        tns_stock *stock = tns_stock_open(in_folder(name), TNS_STOCK_CREATE, &err);
        ck_assert_msg(stock || err.code == TNS_ERROR_IO, "%d: %s", writes, err.text);
        tns_stock_close(stock);
        faulty_vfs_set(FAULT_NONE, 0);
        make_store(name);
        ck_assert_int_eq(left_in(name), 100000);
    }
}
END_TEST

int main(void)
{
    if (!faulty_vfs_install())
        return EXIT_FAILURE;
    Suite *suite = suite_create("disk");
    TCase *tcase = tcase_create("disk");
    tcase_add_unchecked_fixture(tcase, make_folder, remove_folder);
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, what_is_no_store_is_refused_by_name_and_stays_as_it_is);
    tcase_add_test(tcase, an_empty_file_becomes_a_store_and_a_name_is_only_a_name);
    tcase_add_test(tcase, a_damaged_store_is_told_and_not_made_worse);
    tcase_add_test(tcase, a_store_that_cannot_be_written_can_be_read);
    tcase_add_test(tcase, a_full_disk_is_told_and_what_was_booked_before_is_there);
    tcase_add_test(tcase,
                   a_write_torn_by_a_power_cut_leaves_whole_movements_and_all_that_were_told_of);
    tcase_add_test(tcase, a_store_that_could_not_be_made_can_be_made_later);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
