/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shelf of a chain of clinics: 200 products, 8000 lots, 45000 bottles. One movement with its
 * hash, its tables and its commit, against the bare INSERT and UPDATE of such a movement by SQLite
 * in a store of its own; what is on hand, which bottle comes first, a recall, an import.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include <tonsure/stock.h>

#include "bench/timing.h"

enum { PRODUCTS = 200, LOTS = 8000, BOTTLES = 45000, MOVEMENTS = 2000 };

static const char store_path[] = "bench-shelf.db", plain_path[] = "bench-plain.db";
static const char export_path[] = "bench-shelf.csv", copy_path[] = "bench-copy.db";

static void check(bool done, const tns_error *err)
{
    if (done)
        return;
    fprintf(stderr, "shelf: %s\n", err->text);
    exit(EXIT_FAILURE);
}

static void remove_files(void)
{
    static const char *const paths[] = {store_path, plain_path, export_path, copy_path};
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

static void tell_questions(tns_stock *stock)
{
    timing list = {0}, first = {0}, recall = {0};
    tns_error err;
    for (int i = 0; i < RUNS; i++) {
        tns_bottle_list all, lot;
        const tns_stock_question question = {0};
        double start = processor_seconds();
        check(tns_stock_list(stock, &question, &all, &err), &err);
        double listed = processor_seconds();
        tns_bottles_sort(all.bottles, all.count, 20000);
        double sorted = processor_seconds();
        check(tns_stock_recall_list(stock, "L77", NULL, &lot, &err), &err);
        list.run[i] = listed - start;
        first.run[i] = sorted - start;
        recall.run[i] = processor_seconds() - sorted;
        tns_bottle_list_finish(&all);
        tns_bottle_list_finish(&lot);
    }
    printf("shelf: %d bottles listed in %.1f ms, put in order %.1f ms (50 asked); recall %.2f ms "
           "(10 asked)\n",
           BOTTLES, 1e3 * median_seconds(list), 1e3 * median_seconds(first),
           1e3 * median_seconds(recall));
}

static void tell_copies(tns_stock *stock)
{
    int64_t entries = 0;
    tns_error err;
    tns_stock_verification found;
    tns_stock *copy = tns_stock_open(copy_path, TNS_STOCK_CREATE, &err);
    check(copy != NULL, &err);
    double start = processor_seconds();
    check(tns_stock_verify(stock, &found, &err), &err);
    double verified = processor_seconds();
    check(tns_stock_export(stock, export_path, &entries, &err), &err);
    double exported = processor_seconds();
    check(tns_stock_import(copy, export_path, false, &entries, &err), &err);
    double imported = processor_seconds();
    tns_stock_close(copy);
    printf("shelf: %d entries: verified in %.1f us each, exported %.1f, imported %.1f\n",
           (int)entries, 1e6 * (verified - start) / (double)entries,
           1e6 * (exported - verified) / (double)entries,
           1e6 * (imported - exported) / (double)entries);
}

int main(void)
{
    tns_error err;
    remove_files();
    tns_stock *stock = tns_stock_open(store_path, TNS_STOCK_CREATE, &err);
    check(stock != NULL, &err);
    add_products(stock);
    receive_lots(stock);
    double movement = time_movements(stock), plain = time_plain(), use = time_uses(stock);
    printf(
        "shelf: one movement %.0f us of a processor (150 asked), plain SQL %.0f, ratio %.1f; one "
        "use, from %d bottles, %.0f us\n",
        1e6 * movement, 1e6 * plain, movement / plain, BOTTLES / PRODUCTS, 1e6 * use);
    tell_questions(stock);
    tell_copies(stock);
    tns_stock_close(stock);
    remove_files();
    return EXIT_SUCCESS;
}
