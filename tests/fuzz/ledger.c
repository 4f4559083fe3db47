/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Any bytes as a ledger in CSV. What is read as entries fits them; what is imported besides is
 * taken back.
 */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "stock/import.h"
#include "stock/ledger.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static FILE *as_file(const uint8_t *data, size_t size)
{
    static uint8_t copy[1 << 16];
    if (size == 0 || size > sizeof copy)
        return NULL;
    memcpy(copy, data, size);
    return fmemopen(copy, size, "r");
}

/* Whether all of it reads as entries. */
static bool read_all(const uint8_t *data, size_t size)
{
    static tns_ledger_reader reader;
    tns_error err;
    FILE *from = as_file(data, size);
    bool more = from != NULL, done = more && tns_ledger_begin(&reader, from, "fuzz", &err);
    while (done && more) {
        tns_entry entry = {0};
        done = tns_ledger_next(&reader, &entry, &more, &err);
        assert(!done || !more || strlen(entry.sets) < sizeof entry.sets);
        assert(done || err.text[0]);
    }
    if (from)
        fclose(from);
    return done;
}

/* One store for all that is tried: nothing stays in it. */
static void import(const uint8_t *data, size_t size)
{
    static tns_stock *stock;
    static tns_ledger_reader reader;
    tns_stock_copied copied = {0};
    tns_error err;
    if (!stock)
        stock = tns_stock_open(NULL, TNS_STOCK_SCRATCH, &err);
    FILE *from = as_file(data, size);
    assert(stock && from && tns_ledger_begin(&reader, from, "fuzz", &err));
    if (!tns_import_rows(stock->db, &reader, NULL, true, &copied, &err))
        assert(err.text[0]);
    fclose(from);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (read_all(data, size))
        import(data, size);
    return 0;
}
