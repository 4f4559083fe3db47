/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shelf of a chain of clinics: 200 products, 8000 lots, 45000 bottles, 10^4 visits, 10^6
 * movements. An import of all of it, every hash checked, against the bare INSERT of the same rows
 * by SQLite; then, in that store, one movement with its hash, its tables and its commit, against
 * the bare INSERT and UPDATE of such a movement; what is on hand, which bottle comes first, a
 * recall. Asked for are the figures in brackets.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include <tonsure/client.h>
#include <tonsure/products.h>
#include <tonsure/visit.h>

#include "bench/timing.h"
#include "stock/chain.h"
#include "stock/ledger_csv.h"

enum {
    PRODUCTS = 200,
    LOTS = 8000,
    BOTTLES = 45000,
    VISITS = 10000,
    CLIENTS = 2500,
    HISTORY = 1000000,
    MOVEMENTS = 2000
};

static const char store_path[] = "bench-shelf.db", plain_path[] = "bench-plain.db";
static const char export_path[] = "bench-shelf.csv", base_path[] = "bench-base.db";

static void check(bool done, const tns_error *err)
{
    if (done)
        return;
    fprintf(stderr, "shelf: %s\n", err->text);
    exit(EXIT_FAILURE);
}

static void remove_files(void)
{
    static const char *const paths[] = {store_path, plain_path, export_path, base_path};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        char beside[64];
        remove(paths[i]);
        snprintf(beside, sizeof beside, "%s-wal", paths[i]);
        remove(beside);
        snprintf(beside, sizeof beside, "%s-shm", paths[i]);
        remove(beside);
    }
}

static void add_products(tns_stock *stock)
{
    tns_stock_change change;
    tns_error err;
    for (int i = 0; i < PRODUCTS; i++) {
        tns_product product = {.pao_months = 12, .pigment = "black"};
        snprintf(product.id, sizeof product.id, "p%d", i);
        check(tns_stock_add_product(stock, &product, NULL, &change, &err), &err);
        tns_stock_change_finish(&change);
    }
}

static void receive_lots(tns_stock *stock)
{
    tns_stock_change change;
    tns_error err;
    for (int i = 0; i < LOTS; i++) {
        char product[16], lot[16];
        snprintf(product, sizeof product, "p%d", i % PRODUCTS);
        snprintf(lot, sizeof lot, "L%d", i);
        tns_delivery delivery = {.product = product,
                                 .lot = lot,
                                 .bottles = BOTTLES / LOTS + (i < BOTTLES % LOTS),
                                 .amount = 15000,
                                 .expires = 60000 + i % 900};
        check(tns_stock_receive(stock, &delivery, NULL, &change, &err), &err);
        tns_stock_change_finish(&change);
    }
}

static void book_visits(tns_stock *stock)
{
    tns_stock_change change;
    tns_error err;
    for (int i = 0; i < CLIENTS; i++) {
        const tns_client_card card = {0};
        check(tns_client_add(stock, &card, NULL, &change, &err), &err);
        tns_stock_change_finish(&change);
    }
    for (int i = 0; i < VISITS; i++) {
        const tns_visit visit = {.client = 1 + i % CLIENTS, .day = 20800 + i % 400};
        check(tns_visit_book(stock, &visit, NULL, &change, &err), &err);
        tns_stock_change_finish(&change);
    }
}

/* ---- a million movements ---- */

/* Movement `i` behind an entry and its hash, which become its own. */
static void next_movement(tns_entry *e, int i, unsigned char before[TNS_HASH_SIZE])
{
    e->id++;
    e->operation = e->id;
    e->recorded = e->time = 1795305600 + i;
    e->bottle = 1 + i % BOTTLES;
    tns_chain_hash(e, before, e->hash);
    memcpy(before, e->hash, TNS_HASH_SIZE);
}

static tns_entry movement(int64_t last)
{
    return (tns_entry){.id = last,
                       .day = 20779,
                       .actor = "ann",
                       .kind = TNS_ENTRY_WASTE,
                       .amount = -1,
                       .reason = "spill"};
}

/* The base's ledger without its last line, to write on behind it. */
static FILE *open_behind(tns_stock *base, tns_stock_verification *end)
{
    tns_error err;
    int64_t entries;
    char last[128];
    check(tns_stock_verify(base, end, &err), &err);
    check(tns_stock_export(base, export_path, &entries, &err), &err);
    tns_ledger_end_write(end->entries, end->head, last, sizeof last);
    FILE *to = fopen(export_path, "r+b");
    if (!to || fseek(to, -(long)strlen(last) - 1, SEEK_END) != 0)
        exit(EXIT_FAILURE);
    return to;
}

/* The base's ledger with a million movements behind it, as an export would have them. */
static void write_history(tns_stock *base)
{
    tns_stock_verification end;
    char last[128];
    FILE *to = open_behind(base, &end);
    tns_entry e = movement(end.entries);
    for (int i = 0; i < HISTORY; i++) {
        char hash[TNS_HASH_TEXT];
        next_movement(&e, i, end.head);
        tns_hash_write(e.hash, hash);
        fprintf(
            to,
            "%lld,%lld,%lld,%lld,2026-11-22,\"ann\",\"waste\",\"\",0,%lld,-1,\"spill\",0,\"\",%s\n",
            (long long)e.id, (long long)e.id, (long long)e.time, (long long)e.time,
            (long long)e.bottle, hash);
    }
    tns_ledger_end_write(e.id, e.hash, last, sizeof last);
    fprintf(to, "%s\n", last);
    if (fclose(to) != 0)
        exit(EXIT_FAILURE);
}

static void expect(int code, int right)
{
    if (code != right)
        exit(EXIT_FAILURE);
}

/* As many of the same rows, in one transaction, in a table without an index, without a hash. */
static double time_plain_rows(int64_t rows)
{
    sqlite3 *db;
    sqlite3_stmt *insert;
    unsigned char hash[TNS_HASH_SIZE] = {0};
    expect(sqlite3_open(plain_path, &db), SQLITE_OK);
    expect(sqlite3_exec(db,
                        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                        "CREATE TABLE entry (id INTEGER PRIMARY KEY, operation INTEGER,"
                        " time INTEGER, recorded INTEGER, day INTEGER, actor TEXT, kind TEXT,"
                        " product TEXT, lot INTEGER, bottle INTEGER, amount INTEGER, reason TEXT,"
                        " undoes INTEGER, sets TEXT, hash BLOB); BEGIN IMMEDIATE",
                        NULL, NULL, NULL),
           SQLITE_OK);
    sqlite3_prepare_v2(db,
                       "INSERT INTO entry VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
                       " ?12, ?13, ?14, ?15)",
                       -1, &insert, NULL);
    double start = processor_seconds();
    for (int64_t i = 1; i <= rows; i++) {
        const int64_t numbers[] = {i, i, i, i, 20779, 0, 0, 0, 0, 1 + i % BOTTLES, -1};
        static const char *const texts[15] = {
            [6] = "ann", [7] = "waste", [8] = "", [12] = "spill", [14] = ""};
        for (int k = 1; k <= 14; k++)
            if (texts[k])
                sqlite3_bind_text(insert, k, texts[k], -1, SQLITE_STATIC);
            else if (k != 9 && k != 13)
                sqlite3_bind_int64(insert, k, numbers[k - 1]);
        sqlite3_bind_blob(insert, 15, hash, sizeof hash, SQLITE_STATIC);
        expect(sqlite3_step(insert), SQLITE_DONE);
        sqlite3_reset(insert);
    }
    expect(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    double took = processor_seconds() - start;
    sqlite3_finalize(insert);
    sqlite3_close(db);
    remove(plain_path);
    return took;
}

static void import_history(tns_stock *stock)
{
    int64_t entries;
    tns_error err;
    double start = processor_seconds();
    check(tns_stock_import(stock, export_path, false, &entries, &err), &err);
    double took = processor_seconds() - start, plain = time_plain_rows(entries);
    printf("shelf: %lld entries imported in %.1f us each, inserted by plain SQL in %.1f: %.2f of "
           "its rate (0.30 asked)\n",
           (long long)entries, 1e6 * took / (double)entries, 1e6 * plain / (double)entries,
           plain / took);
}

static double time_movements(tns_stock *stock)
{
    static double took[MOVEMENTS];
    const tns_stock_act act = {.actor = "ann", .reason = "spill"};
    for (int i = 0; i < MOVEMENTS; i++) {
        tns_stock_change change;
        tns_error err;
        double start = processor_seconds();
        check(tns_stock_waste(stock, 1 + i % BOTTLES, 1, &act, &change, &err), &err);
        took[i] = processor_seconds() - start;
        tns_stock_change_finish(&change);
    }
    return median_of(took, MOVEMENTS);
}

static double time_uses(tns_stock *stock)
{
    static double took[MOVEMENTS];
    for (int i = 0; i < MOVEMENTS; i++) {
        char product[16];
        tns_stock_change change;
        tns_error err;
        snprintf(product, sizeof product, "p%d", i % PRODUCTS);
        double start = processor_seconds();
        check(tns_stock_use(stock, product, 10, 0, NULL, &change, &err), &err);
        took[i] = processor_seconds() - start;
        tns_stock_change_finish(&change);
    }
    return median_of(took, MOVEMENTS);
}

/* What nobody can do without: a row more, a sum changed, committed. */
static double time_plain(void)
{
    static double took[MOVEMENTS];
    sqlite3 *db;
    sqlite3_stmt *insert, *update, *begin, *commit;
    if (sqlite3_open(plain_path, &db) != SQLITE_OK ||
        sqlite3_exec(db,
                     "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                     "CREATE TABLE entry (id INTEGER PRIMARY KEY, time INTEGER, actor TEXT,"
                     " kind TEXT, bottle INTEGER, amount INTEGER, reason TEXT);"
                     "CREATE TABLE bottle (id INTEGER PRIMARY KEY, on_hand INTEGER);"
                     "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 45000)"
                     " INSERT INTO bottle SELECT i, 15000 FROM n",
                     NULL, NULL, NULL) != SQLITE_OK)
        exit(EXIT_FAILURE);
    sqlite3_prepare_v2(db, "BEGIN IMMEDIATE", -1, &begin, NULL);
    sqlite3_prepare_v2(db,
                       "INSERT INTO entry (time, actor, kind, bottle, amount, reason)"
                       " VALUES (?1, 'ann', 'waste', ?2, -1, 'spill')",
                       -1, &insert, NULL);
    sqlite3_prepare_v2(db, "UPDATE bottle SET on_hand = on_hand - 1 WHERE id = ?1", -1, &update,
                       NULL);
    sqlite3_prepare_v2(db, "COMMIT", -1, &commit, NULL);
    for (int i = 0; i < MOVEMENTS; i++) {
        sqlite3_stmt *const steps[] = {begin, insert, update, commit};
        double start = processor_seconds();
        sqlite3_bind_int(insert, 1, i);
        sqlite3_bind_int(insert, 2, 1 + i % BOTTLES);
        sqlite3_bind_int(update, 1, 1 + i % BOTTLES);
        for (size_t k = 0; k < 4; k++) {
            if (sqlite3_step(steps[k]) != SQLITE_DONE)
                exit(EXIT_FAILURE);
            sqlite3_reset(steps[k]);
        }
        took[i] = processor_seconds() - start;
    }
    sqlite3_finalize(begin);
    sqlite3_finalize(insert);
    sqlite3_finalize(update);
    sqlite3_finalize(commit);
    sqlite3_close(db);
    return median_of(took, MOVEMENTS);
}

/* The sums of the bottles of each product, as plain SQL has them. */
static double time_plain_sums(void)
{
    timing sums = {0};
    sqlite3 *db;
    sqlite3_stmt *ask;
    expect(sqlite3_open(store_path, &db), SQLITE_OK);
    expect(sqlite3_prepare_v2(db,
                              "SELECT l.product, sum(b.on_hand) FROM bottle b"
                              " JOIN lot l ON l.id = b.lot GROUP BY l.product",
                              -1, &ask, NULL),
           SQLITE_OK);
    for (int i = 0; i < RUNS; i++) {
        double start = processor_seconds();
        while (sqlite3_step(ask) == SQLITE_ROW)
            continue;
        sums.run[i] = processor_seconds() - start;
        sqlite3_reset(ask);
    }
    sqlite3_finalize(ask);
    sqlite3_close(db);
    return median_seconds(sums);
}

static void tell_questions(tns_stock *stock)
{
    timing sums = {0}, first = {0}, recall = {0};
    tns_error err;
    for (int i = 0; i < RUNS; i++) {
        tns_bottle_list all, lot;
        tns_product_list products;
        const tns_stock_question question = {0};
        double start = processor_seconds();
        check(tns_stock_products(stock, 20779, NULL, &products, &err), &err);
        double summed = processor_seconds();
        check(tns_stock_list(stock, &question, &all, &err), &err);
        tns_bottles_sort(all.bottles, all.count, 20000);
        double sorted = processor_seconds();
        check(tns_stock_recall_list(stock, "L77", NULL, &lot, &err), &err);
        sums.run[i] = summed - start;
        first.run[i] = sorted - summed;
        recall.run[i] = processor_seconds() - sorted;
        tns_bottle_list_finish(&all);
        tns_bottle_list_finish(&lot);
        tns_product_list_finish(&products);
    }
    printf("shelf: on hand and usable of all in %.1f ms (5 asked), the sums alone by plain SQL "
           "over bottles %.1f; %d bottles first expired first in %.1f ms (50); recall %.2f ms "
           "(10)\n",
           1e3 * median_seconds(sums), 1e3 * time_plain_sums(), BOTTLES,
           1e3 * median_seconds(first), 1e3 * median_seconds(recall));
}

static void tell_verification(tns_stock *stock)
{
    tns_error err;
    tns_stock_verification found;
    double start = processor_seconds();
    check(tns_stock_verify(stock, &found, &err), &err);
    double took = processor_seconds() - start;
    printf("shelf: %lld entries verified in %.1f us each\n", (long long)found.entries,
           1e6 * took / (double)found.entries);
}

static tns_stock *make(const char *path)
{
    tns_error err;
    tns_stock *stock = tns_stock_open(path, TNS_STOCK_CREATE, &err);
    check(stock != NULL, &err);
    return stock;
}

int main(void)
{
    remove_files();
    tns_stock *base = make(base_path), *stock = make(store_path);
    add_products(base);
    receive_lots(base);
    book_visits(base);
    write_history(base);
    tns_stock_close(base);
    import_history(stock);
    double one = time_movements(stock), plain = time_plain(), use = time_uses(stock);
    printf(
        "shelf: one movement %.0f us of a processor (150 asked), plain SQL %.0f, ratio %.1f; one "
        "use, from %d bottles, %.0f us\n",
        1e6 * one, 1e6 * plain, one / plain, BOTTLES / PRODUCTS, 1e6 * use);
    tell_questions(stock);
    tell_verification(stock);
    tns_stock_close(stock);
    remove_files();
    return EXIT_SUCCESS;
}
