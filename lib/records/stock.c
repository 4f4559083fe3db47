/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shelf's records: what was done, what is there, what is in the ledger. */
#include <stddef.h>
#include <string.h>

#include <tonsure/stock_records.h>

#include "records/clinic.h"
#include "records/parts.h"
#include "records/shelf.h"

#define SCHEMA_CHANGE "tonsure/stock-change/1"
#define SCHEMA_LIST "tonsure/stock-list/1"
#define SCHEMA_LOG "tonsure/stock-log/1"
#define SCHEMA_RECALL "tonsure/stock-recall/1"
#define SCHEMA_VERIFY "tonsure/stock-verify/1"
#define SCHEMA_COPY "tonsure/stock-copy/1"

/* One number each, for those who look for them. */
static tns_json *json_from_numbers(char letter, size_t count, const void *first, size_t size)
{
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < count; i++) {
        int64_t id;
        memcpy(&id, (const char *)first + i * size, sizeof id);
        tns_json_append(array, tns_json_from_id(letter, id));
    }
    return array;
}

_Static_assert(offsetof(tns_bottle, id) == 0 && offsetof(tns_pot, id) == 0 &&
                   offsetof(tns_visit, id) == 0 && offsetof(tns_client, id) == 0,
               "each begins with its number");

static tns_json *json_from_ids(const tns_bottle_list *list)
{
    return json_from_numbers('B', list->count, list->bottles, sizeof *list->bottles);
}

/* What a use took, bottle by bottle. */
static tns_json *json_from_taken(const tns_stock_change *change)
{
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < change->entries.count; i++) {
        const tns_entry *e = &change->entries.entries[i];
        const tns_bottle *b = tns_bottle_of_entry(e, &change->bottles);
        if (e->kind != TNS_ENTRY_USE || !b)
            continue;
        tns_json *taken = tns_json_object();
        tns_json_set_id(taken, "bottle", 'B', b->id);
        tns_json_set_text(taken, "lot", b->lot);
        tns_json_set_integer(taken, b->pieces ? "pc" : "ul", -e->amount);
        tns_json_append(array, taken);
    }
    return array;
}

char *tns_stock_change_write(const char *action, const tns_stock_change *change)
{
    tns_json *record = tns_record(SCHEMA_CHANGE);
    tns_json_set_text(record, "action", action);
    tns_json_set_integer(record, "operation", change->operation);
    if (change->made.order)
        tns_json_set_id(record, "order", 'O', change->made.order);
    tns_json_set(record, "bottles", json_from_ids(&change->bottles));
    if (strcmp(action, "use") == 0)
        tns_json_set(record, "taken", json_from_taken(change));
    tns_json_set(record, "now", tns_json_from_bottles(&change->bottles));
    tns_json_set(record, "entries", tns_json_from_entries(&change->entries, &change->bottles));
    tns_json_set_bool(record, "written", change->written);
    tns_json_set(record, "warnings", tns_json_from_warnings(&change->warnings));
    return tns_record_finish(record);
}

char *tns_stock_list_write(const tns_bottle_list *list, int within_days)
{
    tns_json *record = tns_record(SCHEMA_LIST);
    if (within_days >= 0)
        tns_json_set_integer(record, "within_days", within_days);
    tns_json_set(record, "bottles", tns_json_from_bottles(list));
    return tns_record_finish(record);
}

char *tns_stock_log_write(const tns_entry_list *log, const tns_bottle_list *bottles)
{
    tns_json *record = tns_record(SCHEMA_LOG);
    tns_json_set(record, "entries", tns_json_from_entries(log, bottles));
    return tns_record_finish(record);
}

char *tns_stock_recall_write(const char *lot, const tns_trace *trace, bool written)
{
    tns_json *record = tns_record(SCHEMA_RECALL);
    tns_json_set_text(record, "lot", lot);
    tns_json_set(record, "bottles", json_from_ids(&trace->bottles));
    tns_json_set(record, "pots",
                 json_from_numbers('P', trace->pots.count, trace->pots.pots, sizeof(tns_pot)));
    tns_json_set(
        record, "visits",
        json_from_numbers('V', trace->visits.count, trace->visits.visits, sizeof(tns_visit)));
    tns_json_set(
        record, "clients",
        json_from_numbers('C', trace->clients.count, trace->clients.clients, sizeof(tns_client)));
    tns_json_set(record, "now", tns_json_from_bottles(&trace->bottles));
    tns_json_set(record, "mixed", tns_json_from_pots(&trace->pots));
    tns_json_set(record, "visited", tns_json_from_visits(&trace->visits));
    tns_json_set(record, "notify", tns_json_from_clients(&trace->clients));
    tns_json_set_integer(record, "elsewhere_ul", trace->elsewhere);
    tns_json_set_bool(record, "written", written);
    return tns_record_finish(record);
}

char *tns_stock_verify_write(const tns_stock_verification *found, const tns_error *failure)
{
    tns_json *record = tns_record(SCHEMA_VERIFY);
    tns_json_set_integer(record, "entries", found->entries);
    tns_json_set_bool(record, "ok", failure == NULL);
    tns_json_set_hash(record, "head", found->head);
    if (found->cards_missing)
        tns_json_set_integer(record, "cards_missing", found->cards_missing);
    if (failure)
        tns_json_set(record, "error", tns_json_from_error(failure));
    return tns_record_finish(record);
}

char *tns_stock_copy_write(const char *action, const char *path, const char *cards,
                           const tns_stock_copied *copied, bool written)
{
    tns_json *record = tns_record(SCHEMA_COPY);
    tns_json_set_text(record, "action", action);
    tns_json_set_text(record, "path", path);
    if (copied)
        tns_json_set_integer(record, "entries", copied->entries);
    if (copied && copied->until)
        tns_json_set_time(record, "until", copied->until);
    if (copied && cards) {
        tns_json *of_cards = tns_json_object();
        tns_json_set_text(of_cards, "path", cards);
        tns_json_set_integer(of_cards, "cards", copied->cards);
        tns_json_set_integer(of_cards, "readings", copied->readings);
        tns_json_set(record, "cards", of_cards);
    }
    tns_json_set_bool(record, "written", written);
    if (copied)
        tns_json_set(record, "warnings", tns_json_from_warnings(&copied->warnings));
    return tns_record_finish(record);
}
