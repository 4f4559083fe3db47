/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store in a folder of its own, a clock that stands still, and what the tests of the shelf say
   often. */
#ifndef STOCK_SHELF_H
#define STOCK_SHELF_H

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/stock.h>

#include "stock/words.h"
#include "support/testing.h"

/* 2026-06-15 12:00 UTC; tests set TZ=UTC0. */
static int64_t clock_now = 1781524800;

static inline int64_t clock_reads(void *user)
{
    (void)user;
    return clock_now;
}

static const tns_context standing = {.clock = clock_reads};

static char folder[64];

/* A path in the test's own folder; good until the next call but three. */
static inline const char *in_folder(const char *name)
{
    static char path[4][160];
    static int turn;
    turn = (turn + 1) % 4;
    strcpy(path[turn], folder);
    strcat(path[turn], "/");
    strcat(path[turn], name);
    return path[turn];
}

static inline void make_folder(void)
{
    setenv("TZ", "UTC0", 1);
    strcpy(folder, "stock-test-XXXXXX");
    ck_assert(mkdtemp(folder) != NULL);
}

static inline void remove_folder(void)
{
    char line[128] = "rm -rf ";
    strcat(line, folder);
    ck_assert_int_eq(system(line), 0);
}

static inline tns_day day_of(const char *text)
{
    tns_day day = TNS_NO_DAY;
    tns_error err;
    ck_assert_msg(!text[0] || tns_day_parse(text, &day, &err), "%s", text);
    return day;
}

static inline tns_stock *open_store(const char *name)
{
    tns_error err;
    tns_stock *stock = tns_stock_open(in_folder(name), TNS_STOCK_CREATE, &err);
    ck_assert_msg(stock != NULL, "%s", err.text);
    return stock;
}

static inline tns_stock *scratch(void)
{
    tns_error err;
    tns_stock *stock = tns_stock_open(NULL, TNS_STOCK_SCRATCH, &err);
    ck_assert_msg(stock != NULL, "%s", err.text);
    return stock;
}

static inline tns_stock_act on(const char *day)
{
    return (tns_stock_act){.actor = "ann", .on = day_of(day), .context = &standing};
}

static inline tns_stock_act because(const char *reason)
{
    return (tns_stock_act){.actor = "ann", .reason = reason, .context = &standing};
}

static inline void add_product(tns_stock *stock, const char *id, tns_product_kind kind, int pao)
{
    tns_product product = {.kind = kind, .pao_months = pao};
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    strcpy(product.id, id);
    if (kind == TNS_PRODUCT_PIGMENT)
        strcpy(product.pigment, "carbon-black");
    product.pieces = kind == TNS_PRODUCT_CONSUMABLE;
    ck_assert_msg(tns_stock_add_product(stock, &product, &act, &change, &err), "%s", err.text);
    tns_stock_change_finish(&change);
}

/* The number of the first bottle. */
static inline int64_t receive_on(tns_stock *stock, const char *product, const char *lot,
                                 int bottles, int64_t amount, const char *expires, const char *day)
{
    tns_delivery delivery = {.product = product,
                             .lot = lot,
                             .bottles = bottles,
                             .amount = amount,
                             .expires = day_of(expires),
                             .sterile = true};
    tns_stock_act act = on(day);
    tns_stock_change change;
    tns_error err;
    ck_assert_msg(tns_stock_receive(stock, &delivery, &act, &change, &err), "%s", err.text);
    ck_assert_uint_eq(change.bottles.count, (size_t)bottles);
    int64_t first = change.bottles.bottles[0].id;
    tns_stock_change_finish(&change);
    return first;
}

static inline int64_t receive(tns_stock *stock, const char *product, const char *lot,
                              int64_t amount, const char *expires)
{
    return receive_on(stock, product, lot, 1, amount, expires, "");
}

/* A product "black" and one bottle of 1000 ul, lot L1, good until 2027-05-01. */
static inline tns_stock *one_bottle(void)
{
    tns_stock *stock = scratch();
    add_product(stock, "black", TNS_PRODUCT_PIGMENT, 12);
    ck_assert_int_eq(receive(stock, "black", "L1", 1000, "2027-05-01"), 1);
    return stock;
}

static inline tns_bottle bottle_of(tns_stock *stock, int64_t id)
{
    tns_bottle bottle;
    tns_error err;
    ck_assert_msg(tns_stock_bottle(stock, id, &bottle, &err), "%s", err.text);
    return bottle;
}

static inline void check_verifies(tns_stock *stock)
{
    tns_stock_verification found;
    tns_error err = {0};
    ck_assert_msg(tns_stock_verify(stock, &found, &err), "%s", err.text);
}

#endif
