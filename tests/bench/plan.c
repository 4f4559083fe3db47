/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A plan of twelve weeks for a chain of clinics: 200 pigments, 8000 lots and 45000 bottles that
 * came in three years, 10^4 visits to come, and the 10^6 movements of these years; against plain
 * SQL that reads the same rows and does nothing with them.
 */
#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

#include <tonsure/client.h>
#include <tonsure/planner.h>
#include <tonsure/visit.h>

#include "bench/timing.h"

enum { PRODUCTS = 200, LOTS = 8000, BOTTLES = 45000, VISITS = 10000, MOVEMENTS = 1000000 };

static const char path[] = "bench-plan.db";

static void check(bool done, const tns_error *err)
{
    if (done)
        return;
    fprintf(stderr, "plan: %s\n", err->text);
    exit(EXIT_FAILURE);
}

static void remove_files(void)
{
    remove(path);
    remove("bench-plan.db-wal");
    remove("bench-plan.db-shm");
}

static void stock_up(tns_stock *stock)
{
    tns_stock_change change;
    tns_error err;
    for (int i = 0; i < PRODUCTS; i++) {
        tns_product product = {.pao_months = 12, .pack = 15000, .cost_cents = 2850, .lead_days = 9};
        snprintf(product.id, sizeof product.id, "p%d", i);
        snprintf(product.pigment, sizeof product.pigment, "ink%d", i);
        check(tns_stock_add_product(stock, &product, NULL, &change, &err), &err);
        tns_stock_change_finish(&change);
    }
    for (int i = 0; i < LOTS; i++) {
        char product[16], lot[16];
        snprintf(product, sizeof product, "p%d", i % PRODUCTS);
        snprintf(lot, sizeof lot, "L%d", i);
        tns_delivery delivery = {.product = product,
                                 .lot = lot,
                                 .bottles = BOTTLES / LOTS + (i < BOTTLES % LOTS),
                                 .amount = 15000,
                                 .expires = tns_day_today(NULL) + 30 + i % 900};
        const tns_stock_act act = {.on = tns_day_today(NULL) - 1095 + i * 1000 / LOTS};
        check(tns_stock_receive(stock, &delivery, &act, &change, &err), &err);
        tns_stock_change_finish(&change);
    }
}

static void book(tns_stock *stock)
{
    tns_stock_change change;
    tns_error err;
    const tns_client_card card = {.name = ""};
    check(tns_client_add(stock, &card, NULL, &change, &err), &err);
    tns_stock_change_finish(&change);
    for (int i = 0; i < VISITS; i++) {
        tns_visit visit = {.client = 1,
                           .day = tns_day_today(NULL) + 1 + i % 84,
                           .kind = TNS_VISIT_TOUCH_UP,
                           .area_mm2 = 18000};
        snprintf(visit.recipe, sizeof visit.recipe, "ink%d=3,ink%d=1,diluent=42", i % PRODUCTS,
                 (i + 7) % PRODUCTS);
        check(tns_visit_book(stock, &visit, NULL, &change, &err), &err);
        tns_stock_change_finish(&change);
    }
}

static void run_sql(sqlite3 *db, const char *sql)
{
    char *fault = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &fault) == SQLITE_OK)
        return;
    fprintf(stderr, "plan: %s\n", fault);
    exit(EXIT_FAILURE);
}

/* Uses of 20 ul without a hash, and what they come to by weeks: nobody verifies this store. */
static void move(sqlite3 *db)
{
    char sql[900];
    snprintf(
        sql, sizeof sql,
        "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT %d)"
        " INSERT INTO entry (id, operation, time, recorded, day, actor, kind, product, lot,"
        " bottle, amount, reason, undoes, sets, hash) SELECT m + 1 + i, m + 1 + i, t, t, t / 86400,"
        " 'ann', 'use', '', NULL, 1 + i %% %d, -20, '', NULL, '', zeroblob(32) FROM"
        " (SELECT i, m, unixepoch() - 94608000 + i * (94608000 / %d) AS t FROM n,"
        " (SELECT max(id) AS m FROM entry))",
        MOVEMENTS, BOTTLES, MOVEMENTS);
    run_sql(db, sql);
    run_sql(db, "INSERT INTO used (monday, product, amount, operations)"
                " SELECT e.day - (e.day + 3) % 7, l.product, sum(-e.amount), count(*)"
                " FROM entry e JOIN bottle b ON b.id = e.bottle JOIN lot l ON l.id = b.lot"
                " WHERE e.kind = 'use' GROUP BY 1, 2");
}

/* What any plan has to read. */
static double time_plain(sqlite3 *db)
{
    static const char uses[] =
        "SELECT bottle, day, amount, operation FROM entry WHERE id > (SELECT max(id) FROM entry)"
        " - 1000000 / 3 AND kind = 'use'";
    static const char *const reads[] = {
        "SELECT * FROM product", "SELECT b.*, l.* FROM bottle b JOIN lot l ON l.id = b.lot",
        "SELECT * FROM visit WHERE day >= unixepoch() / 86400", uses};
    double start = processor_seconds();
    for (size_t i = 0; i < sizeof reads / sizeof *reads; i++) {
        sqlite3_stmt *statement;
        if (sqlite3_prepare_v2(db, reads[i], -1, &statement, NULL) != SQLITE_OK)
            exit(EXIT_FAILURE);
        while (sqlite3_step(statement) == SQLITE_ROW)
            for (int c = 0; c < sqlite3_column_count(statement); c++)
                sqlite3_column_bytes(statement, c);
        sqlite3_finalize(statement);
    }
    return processor_seconds() - start;
}

int main(void)
{
    timing planned = {0}, plain = {0};
    tns_error err;
    sqlite3 *db;
    remove_files();
    tns_stock *stock = tns_stock_open(path, TNS_STOCK_CREATE, &err);
    check(stock != NULL, &err);
    stock_up(stock);
    book(stock);
    if (sqlite3_open(path, &db) != SQLITE_OK)
        return EXIT_FAILURE;
    move(db);
    size_t orders = 0, weeks = 0;
    for (int i = 0; i < RUNS; i++) {
        tns_plan plan;
        const tns_plan_request request = {.until = tns_day_today(NULL) + 84};
        double start = processor_seconds();
        check(tns_service_plan(stock, &request, &plan, &err), &err);
        planned.run[i] = processor_seconds() - start;
        orders = plan.order_count;
        weeks = plan.week_count;
        tns_plan_finish(&plan);
        plain.run[i] = time_plain(db);
    }
    printf(
        "plan: 12 weeks, %d pigments, %d lots, %d bottles, %d visits, %d movements: %.0f ms of a "
        "processor (50 asked), plain SQL of the same rows %.0f, ratio %.2f; %zu weeks of demand, "
        "%zu orders\n",
        PRODUCTS, LOTS, BOTTLES, VISITS, MOVEMENTS, 1e3 * median_seconds(planned),
        1e3 * median_seconds(plain), median_seconds(planned) / median_seconds(plain), weeks,
        orders);
    sqlite3_close(db);
    tns_stock_close(stock);
    remove_files();
    return EXIT_SUCCESS;
}
