/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as the table of clients' cards, for a store of two clients; all is taken back. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "stock/cards_csv.h"
#include "stock/ledger.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Clients C1 and C2, C1's visit V1. */
static tns_stock *make_store(void)
{
    tns_error err;
    tns_stock_change change;
    const tns_client_card nobody = {0};
    const tns_visit visit = {.client = 1, .day = 20779};
    tns_stock *stock = tns_stock_open(NULL, TNS_STOCK_SCRATCH, &err);
    for (int i = 0; stock && i < 2; i++) {
        assert(tns_client_add(stock, &nobody, NULL, &change, &err));
        tns_stock_change_finish(&change);
        assert(tns_db_begin_writing(stock->db, &err));
        assert(tns_client_card_remove(stock->db, i + 1, &err) && tns_db_commit(stock->db, &err));
    }
    assert(stock && tns_visit_book(stock, &visit, NULL, &change, &err));
    tns_stock_change_finish(&change);
    return stock;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static tns_stock *stock;
    tns_error err = {0};
    tns_stock_copied copied = {0};
    if (!stock)
        stock = make_store();
    tns_csv *csv = tns_csv_parse((const char *)data, size, "fuzz", &err);
    if (!csv)
        return 0;
    assert(tns_db_begin_writing(stock->db, &err));
    bool done = tns_cards_take(stock->db, csv, &copied, &err);
    assert(done ? copied.cards <= 2 : err.text[0] != '\0');
    tns_db_rollback(stock->db);
    tns_csv_destroy(csv);
    return 0;
}
