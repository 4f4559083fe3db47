/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The field `sets` of an entry: one line of JSON, written and read. */
#ifndef STOCK_SETS_H
#define STOCK_SETS_H

#include <tonsure/stock.h>

#include "base/json.h"

/* Into entry->sets; takes the object over. False, out of memory or too long. */
bool tns_sets_finish(tns_json *json, tns_entry *entry, tns_error *err);

/* A day is "2026-11-30", none is "". */
void tns_sets_day(tns_json *json, const char *key, tns_day day);
bool tns_sets_get_day(const tns_json_at *at, const char *key, tns_day *out, tns_error *err);

/* A whole number, 0..2e9. */
bool tns_sets_get_amount(const tns_json_at *at, const char *key, int64_t *out, tns_error *err);
/* The same, as far as a record keeps whole numbers, and negative ones. */
bool tns_sets_get_number(const tns_json_at *at, const char *key, int64_t *out, tns_error *err);

/* Of an entry that has any; tns_json_destroy() it. `root` borrows from it. */
tns_json *tns_sets_open(const tns_entry *entry, tns_json_at *root, tns_error *err);

#endif
