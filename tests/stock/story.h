/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store with a bit of everything in its ledger, and what its tests do to it. */
#ifndef STOCK_STORY_H
#define STOCK_STORY_H

#include "base/file.h"
#include "stock/shelf.h"

static inline tns_code undo(tns_stock *stock, int64_t entry, const char *why)
{
    tns_stock_act act = because(why);
    tns_stock_change change;
    tns_error err = {0};
    bool done = tns_stock_undo(stock, entry, &act, &change, &err);
    tns_stock_change_finish(&change);
    return done ? TNS_OK : err.code;
}

/* The operation's number. */
static inline int64_t use(tns_stock *stock, int64_t amount)
{
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    ck_assert_msg(tns_stock_use(stock, "black", amount, 0, &act, &change, &err), "%s", err.text);
    int64_t operation = change.operation;
    tns_stock_change_finish(&change);
    return operation;
}

static inline int64_t move(tns_stock *stock, int64_t id, const char *place)
{
    tns_stock_act act = because(NULL);
    tns_stock_change change;
    tns_error err;
    ck_assert_msg(tns_stock_move(stock, id, place, &act, &change, &err), "%s", err.text);
    int64_t operation = change.operation;
    tns_stock_change_finish(&change);
    return operation;
}

/* Entries: 1 product, 2 lot, 3 receive, 4 open, 5 use, 6 move, 7 quarantine, 8 release, 9 count,
   10 undo of it. */
static inline void write_story(const char *name)
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

static inline char *export_of(tns_stock *stock, const char *name)
{
    tns_error err;
    size_t length;
    ck_assert_msg(tns_stock_export(stock, in_folder(name), NULL, &err), "%s", err.text);
    char *text = tns_file_read(in_folder(name), 1 << 24, &length, &err);
    ck_assert(text != NULL);
    return text;
}

#endif
