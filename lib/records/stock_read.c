/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the shelf's records: what was done, what is there, what is in the ledger. */
#include <stdlib.h>
#include <string.h>

#include <tonsure/stock_records.h>

#include "base/text.h"
#include "records/parts.h"
#include "records/shelf_get.h"

/* ---- bottles ---- */

static bool get_product_kind(const tns_json_at *at, tns_product_kind *out, tns_error *err)
{
    const char *words[TNS_PRODUCT_CONSUMABLE + 1];
    int kind = 0;
    for (int i = 0; i <= TNS_PRODUCT_CONSUMABLE; i++)
        words[i] = tns_product_kind_name((tns_product_kind)i);
    bool done = tns_json_get_choice(at, "kind", words, TNS_PRODUCT_CONSUMABLE + 1, &kind, err);
    *out = (tns_product_kind)kind;
    return done;
}

static bool get_status(const tns_json_at *at, tns_bottle *out, tns_error *err)
{
    const char *words[TNS_BOTTLE_RETIRED + 1];
    int status = 0;
    for (int i = 0; i <= TNS_BOTTLE_RETIRED; i++)
        words[i] = tns_bottle_status_name((tns_bottle_status)i);
    bool done = tns_json_get_choice(at, "status", words, TNS_BOTTLE_RETIRED + 1, &status, err);
    out->status = (tns_bottle_status)status;
    out->quarantined = out->status == TNS_BOTTLE_QUARANTINED;
    out->recalled = out->status == TNS_BOTTLE_RECALLED;
    out->retired = out->status == TNS_BOTTLE_RETIRED;
    return done;
}

static bool get_bottle(const tns_json_at *at, void *item, tns_error *err)
{
    tns_bottle *out = item;
    return tns_json_get_id(at, "id", 'B', &out->id, err) &&
           tns_json_get_text(at, "product", out->product, sizeof out->product, err) &&
           tns_json_opt_text(at, "pigment", out->pigment, sizeof out->pigment, err) &&
           get_product_kind(at, &out->kind, err) &&
           tns_json_get_text(at, "lot", out->lot, sizeof out->lot, err) &&
           tns_json_get_bool(at, "internal_lot", &out->internal_lot, err) &&
           tns_json_get_either(at, "on_hand_", 0, &out->pieces, &out->on_hand, err) &&
           tns_json_get_day(at, "received", &out->received, err) &&
           tns_json_get_day(at, "opened_on", &out->opened, err) &&
           tns_json_get_day(at, "expires", &out->expires, err) &&
           tns_json_get_day(at, "effective_expiry", &out->use_by, err) &&
           tns_json_get_text(at, "place", out->place, sizeof out->place, err) &&
           tns_json_get_bool(at, "sterile", &out->sterile, err) && get_status(at, out, err);
}

bool tns_json_get_bottles(const tns_json_at *at, const char *key, tns_bottle_list *out,
                          tns_error *err)
{
    void *items = NULL;
    bool done =
        tns_json_get_items(at, key, sizeof *out->bottles, get_bottle, &items, &out->count, err);
    out->bottles = items;
    return done;
}

/* ---- entries ---- */

/* An entry, and what its bottle or lot would tell. */
typedef struct told_entry {
    tns_entry entry;
    tns_bottle of;
} told_entry;

static bool get_entry_kind(const tns_json_at *at, tns_entry_kind *out, tns_error *err)
{
    const char *words[TNS_ENTRY_RETIRE + 1];
    int kind = 0;
    for (int i = 0; i <= TNS_ENTRY_RETIRE; i++)
        words[i] = tns_entry_kind_name((tns_entry_kind)i);
    bool done = tns_json_get_choice(at, "kind", words, TNS_ENTRY_RETIRE + 1, &kind, err);
    *out = (tns_entry_kind)kind;
    return done;
}

static bool get_entry(const tns_json_at *at, void *item, tns_error *err)
{
    told_entry *out = item;
    tns_entry *e = &out->entry;
    return tns_json_get_whole(at, "id", 1, &e->id, err) &&
           tns_json_get_whole(at, "operation", 1, &e->operation, err) &&
           tns_json_get_time(at, "time", &e->time, err) &&
           tns_json_get_time(at, "recorded", &e->recorded, err) &&
           tns_json_get_day(at, "on", &e->day, err) &&
           tns_json_get_text(at, "actor", e->actor, sizeof e->actor, err) &&
           get_entry_kind(at, &e->kind, err) &&
           tns_json_opt_text(at, "product", out->of.product, sizeof out->of.product, err) &&
           tns_json_opt_text(at, "lot", out->of.lot, sizeof out->of.lot, err) &&
           tns_json_opt_id(at, "bottle", 'B', &e->bottle, err) &&
           tns_json_get_either(at, "", -INT64_MAX, &out->of.pieces, &e->amount, err) &&
           tns_json_get_text(at, "reason", e->reason, sizeof e->reason, err) &&
           tns_json_get_known(at, "undoes", &e->undoes, err) &&
           tns_json_opt_text(at, "sets", e->sets, sizeof e->sets, err) &&
           tns_json_get_hash(at, "hash", e->hash, err);
}

static bool is_of_one(const told_entry *t)
{
    return t->entry.bottle || t->of.lot[0];
}

/* By number, as in a list of all; those of whole lots behind them. */
static int by_bottle(const void *one, const void *other)
{
    const tns_bottle *a = one, *b = other;
    if ((a->id == 0) != (b->id == 0))
        return a->id == 0 ? 1 : -1;
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    int product = strcmp(a->product, b->product);
    return product ? product : strcmp(a->lot, b->lot);
}

static bool make_bottles(const told_entry *told, size_t count, tns_bottle_list *out, tns_error *err)
{
    size_t n = 0, kept = 0;
    tns_bottle *b = calloc(count + 1, sizeof *b);
    out->bottles = b;
    if (!b)
        return tns_error_set(err, TNS_ERROR_MEMORY, "record: out of memory");
    for (size_t i = 0; i < count; i++)
        if (is_of_one(&told[i])) {
            b[n] = told[i].of;
            b[n++].id = told[i].entry.bottle;
        }
    qsort(b, n, sizeof *b, by_bottle);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || by_bottle(&b[kept - 1], &b[i]) != 0)
            b[kept++] = b[i];
    for (size_t i = 0; i < kept; i++)
        b[i].lot_number = b[i].id ? 0 : (int64_t)i + 1;
    out->count = kept;
    return true;
}

static tns_bottle *find_told(const told_entry *t, const tns_bottle_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        tns_bottle *b = &list->bottles[i];
        bool same_lot = strcmp(b->lot, t->of.lot) == 0 && strcmp(b->product, t->of.product) == 0;
        if (t->entry.bottle ? b->id == t->entry.bottle : same_lot)
            return b;
    }
    return NULL;
}

/* An entry has a product of its own only where it is of no bottle and no lot. */
static void link_entry(told_entry *t, const tns_bottle_list *bottles, bool made)
{
    tns_bottle key = t->of;
    key.id = t->entry.bottle;
    tns_bottle *b = !is_of_one(t) ? NULL
                    : made ? bsearch(&key, bottles->bottles, bottles->count, sizeof key, by_bottle)
                           : find_told(t, bottles);
    if (!b) {
        memcpy(t->entry.product, t->of.product, sizeof t->entry.product);
    } else if (!t->entry.bottle) {
        b->lot_number = b->lot_number ? b->lot_number : (b - bottles->bottles) + 1;
        t->entry.lot = b->lot_number;
    }
}

static bool take_entries(told_entry *told, size_t count, bool made, tns_bottle_list *bottles,
                         tns_entry_list *out, tns_error *err)
{
    if (made && !make_bottles(told, count, bottles, err))
        return false;
    out->entries = calloc(count + 1, sizeof *out->entries);
    if (!out->entries)
        return tns_error_set(err, TNS_ERROR_MEMORY, "record: out of memory");
    for (; out->count < count; out->count++) {
        link_entry(&told[out->count], bottles, made);
        out->entries[out->count] = told[out->count].entry;
    }
    return true;
}

bool tns_json_get_entries(const tns_json_at *record, bool told, tns_entry_list *out,
                          tns_bottle_list *bottles, tns_error *err)
{
    void *items = NULL;
    size_t count = 0;
    bool done =
        tns_json_get_items(record, "entries", sizeof(told_entry), get_entry, &items, &count, err) &&
        take_entries(items, count, !told, bottles, out, err);
    free(items);
    return done;
}

/* ---- what was done ---- */

static bool get_change(const tns_json_at *at, void *record, tns_error *err)
{
    tns_stock_change_record *out = record;
    tns_stock_change *c = &out->change;
    return tns_record_expect(at, "tonsure/stock-change/1", err) &&
           tns_json_get_text(at, "action", out->action, sizeof out->action, err) &&
           tns_json_get_whole(at, "operation", 0, &c->operation, err) &&
           tns_json_opt_id(at, "order", 'O', &c->made.order, err) &&
           tns_json_get_bottles(at, "now", &c->bottles, err) &&
           tns_json_get_entries(at, true, &c->entries, &c->bottles, err) &&
           tns_json_get_bool(at, "written", &c->written, err) &&
           tns_json_opt_warnings(at, &c->warnings, err);
}

bool tns_stock_change_parse(const char *text, size_t length, const char *name,
                            tns_stock_change_record *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    if (tns_record_parse(text, length, name, get_change, out, err))
        return true;
    tns_stock_change_record_finish(out);
    return false;
}

void tns_stock_change_record_finish(tns_stock_change_record *record)
{
    tns_stock_change_finish(&record->change);
    memset(record, 0, sizeof *record);
}

/* ---- what is there ---- */

typedef struct list_record {
    tns_bottle_list *bottles;
    int within_days;
} list_record;

static bool get_list(const tns_json_at *at, void *record, tns_error *err)
{
    list_record *out = record;
    return tns_record_expect(at, "tonsure/stock-list/1", err) &&
           tns_json_opt_integer(at, "within_days", 0, 100000, &out->within_days, err) &&
           tns_json_get_bottles(at, "bottles", out->bottles, err);
}

bool tns_stock_list_parse(const char *text, size_t length, const char *name, tns_bottle_list *out,
                          int *within_days, tns_error *err)
{
    list_record record = {.bottles = out, .within_days = -1};
    *out = (tns_bottle_list){0};
    bool done = tns_record_parse(text, length, name, get_list, &record, err);
    *within_days = record.within_days;
    if (!done)
        tns_bottle_list_finish(out);
    return done;
}

/* ---- the ledger ---- */

typedef struct log_record {
    tns_entry_list *log;
    tns_bottle_list *bottles;
} log_record;

static bool get_log(const tns_json_at *at, void *record, tns_error *err)
{
    log_record *out = record;
    return tns_record_expect(at, "tonsure/stock-log/1", err) &&
           tns_json_get_entries(at, false, out->log, out->bottles, err);
}

bool tns_stock_log_parse(const char *text, size_t length, const char *name, tns_entry_list *log,
                         tns_bottle_list *bottles, tns_error *err)
{
    log_record record = {log, bottles};
    *log = (tns_entry_list){0};
    *bottles = (tns_bottle_list){0};
    if (tns_record_parse(text, length, name, get_log, &record, err))
        return true;
    tns_entry_list_finish(log);
    tns_bottle_list_finish(bottles);
    return false;
}

static bool get_verify(const tns_json_at *at, void *record, tns_error *err)
{
    tns_stock_verify_record *out = record;
    bool ok;
    if (!tns_record_expect(at, "tonsure/stock-verify/1", err) ||
        !tns_json_get_whole(at, "entries", 0, &out->found.entries, err) ||
        !tns_json_get_bool(at, "ok", &ok, err) ||
        !tns_json_get_hash(at, "head", out->found.head, err) ||
        !tns_json_get_known(at, "cards_missing", &out->found.cards_missing, err))
        return false;
    return ok || tns_json_get_error(at, &out->failure, err);
}

bool tns_stock_verify_parse(const char *text, size_t length, const char *name,
                            tns_stock_verify_record *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    return tns_record_parse(text, length, name, get_verify, out, err);
}

static bool get_cards(const tns_json_at *record, tns_stock_copy_record *out, tns_error *err)
{
    tns_json_at at;
    return !tns_json_has(record, "cards") ||
           (tns_json_get_object(record, "cards", &at, err) &&
            tns_json_get_text(&at, "path", out->cards, sizeof out->cards, err) &&
            tns_json_get_whole(&at, "cards", 0, &out->copied.cards, err) &&
            tns_json_get_whole(&at, "readings", 0, &out->copied.readings, err));
}

static bool get_copy(const tns_json_at *at, void *record, tns_error *err)
{
    tns_stock_copy_record *out = record;
    out->counted = tns_json_has(at, "entries");
    return tns_record_expect(at, "tonsure/stock-copy/1", err) &&
           tns_json_get_text(at, "action", out->action, sizeof out->action, err) &&
           tns_json_get_text(at, "path", out->path, sizeof out->path, err) &&
           tns_json_get_known(at, "entries", &out->copied.entries, err) &&
           tns_json_opt_time(at, "until", &out->copied.until, err) && get_cards(at, out, err) &&
           tns_json_get_bool(at, "written", &out->written, err) &&
           tns_json_opt_warnings(at, &out->copied.warnings, err);
}

bool tns_stock_copy_parse(const char *text, size_t length, const char *name,
                          tns_stock_copy_record *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    return tns_record_parse(text, length, name, get_copy, out, err);
}
