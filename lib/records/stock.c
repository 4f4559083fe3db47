/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shelf's records: what was done, what is there, what is in the ledger. */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/stock_records.h>

#include "base/text.h"
#include "records/clinic.h"
#include "records/parts.h"
#include "records/shelf.h"

#define SCHEMA_CHANGE "tonsure/stock-change/1"
#define SCHEMA_LIST "tonsure/stock-list/1"
#define SCHEMA_LOG "tonsure/stock-log/1"
#define SCHEMA_RECALL "tonsure/stock-recall/1"
#define SCHEMA_VERIFY "tonsure/stock-verify/1"
#define SCHEMA_COPY "tonsure/stock-copy/1"

/* ---- parts ---- */

enum { ID_TEXT = 24 };

static const char *bottle_id(int64_t id, char out[ID_TEXT])
{
    snprintf(out, ID_TEXT, "B%" PRId64, id);
    return out;
}

void tns_json_set_day(tns_json *json, const char *key, tns_day day)
{
    char text[TNS_DAY_TEXT];
    tns_day_write(day, text);
    if (day == TNS_NO_DAY)
        tns_json_set_null(json, key);
    else
        tns_json_set_text(json, key, text);
}

void tns_json_set_time(tns_json *json, const char *key, int64_t time)
{
    char text[32];
    tns_text_time(time, text);
    tns_json_set_text(json, key, text);
}

void tns_json_set_hash(tns_json *json, const char *key, const unsigned char hash[TNS_HASH_SIZE])
{
    char text[2 * TNS_HASH_SIZE + 1];
    for (int i = 0; i < TNS_HASH_SIZE; i++)
        snprintf(text + 2 * i, 3, "%02x", hash[i]);
    tns_json_set_text(json, key, text);
}

/* By the status that is told, which is of a day. */
static void set_refused(tns_json *json, const tns_bottle *b)
{
    tns_code refusal = tns_bottle_refused(b);
    if (refusal == TNS_OK)
        tns_json_set_null(json, "refused");
    else
        tns_json_set_text(json, "refused", tns_code_name(refusal));
}

static tns_json *json_from_bottle(const tns_bottle *b)
{
    char id[ID_TEXT];
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "id", bottle_id(b->id, id));
    tns_json_set_text(json, "product", b->product);
    tns_json_set_text_if(json, "pigment", b->pigment);
    tns_json_set_text(json, "kind", tns_product_kind_name(b->kind));
    tns_json_set_text(json, "lot", b->lot);
    tns_json_set_bool(json, "internal_lot", b->internal_lot);
    tns_json_set_integer(json, b->pieces ? "on_hand_pc" : "on_hand_ul", b->on_hand);
    tns_json_set_day(json, "received", b->received);
    tns_json_set_day(json, "opened_on", b->opened);
    tns_json_set_day(json, "expires", b->expires);
    tns_json_set_day(json, "effective_expiry", b->use_by);
    tns_json_set_text(json, "place", b->place);
    tns_json_set_bool(json, "sterile", b->sterile);
    tns_json_set_text(json, "status", tns_bottle_status_name(b->status));
    set_refused(json, b);
    return json;
}

tns_json *tns_json_from_bottles(const tns_bottle_list *list)
{
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < list->count; i++)
        tns_json_append(array, json_from_bottle(&list->bottles[i]));
    return array;
}

static tns_json *json_from_ids(const tns_bottle_list *list)
{
    char id[ID_TEXT];
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < list->count; i++)
        tns_json_append(array, tns_json_string(bottle_id(list->bottles[i].id, id)));
    return array;
}

/* The bottle that an entry is of, or one of its lot; NULL when the list has none. */
static const tns_bottle *bottle_of(const tns_entry *e, const tns_bottle_list *list)
{
    size_t place = (size_t)e->bottle - 1; /* in a list of all */
    if (e->bottle && place < list->count && list->bottles[place].id == e->bottle)
        return &list->bottles[place];
    for (size_t i = 0; i < list->count; i++)
        if (e->bottle ? list->bottles[i].id == e->bottle
                      : e->lot && list->bottles[i].lot_number == e->lot)
            return &list->bottles[i];
    return NULL;
}

static void set_people(tns_json *json, const tns_subject *of)
{
    if (of->client)
        tns_json_set_id(json, "client", 'C', of->client);
    if (of->visit)
        tns_json_set_id(json, "visit", 'V', of->visit);
    if (of->pot)
        tns_json_set_id(json, "pot", 'P', of->pot);
}

static void set_subject(tns_json *json, const tns_entry *e, const tns_bottle *b)
{
    char id[ID_TEXT];
    const tns_subject of = tns_entry_subject(e);
    set_people(json, &of);
    tns_json_set_text_if(json, "product", b ? b->product : e->product);
    tns_json_set_text_if(json, "lot", b ? b->lot : "");
    if (e->bottle)
        tns_json_set_text(json, "bottle", bottle_id(e->bottle, id));
    else
        tns_json_set_null(json, "bottle");
    tns_json_set_integer(json, b && b->pieces ? "pc" : "ul", e->amount);
}

static tns_json *json_from_entry(const tns_entry *e, const tns_bottle_list *bottles)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "id", e->id);
    tns_json_set_integer(json, "operation", e->operation);
    tns_json_set_time(json, "time", e->time);
    tns_json_set_time(json, "recorded", e->recorded);
    tns_json_set_day(json, "on", e->day);
    tns_json_set_text(json, "actor", e->actor);
    tns_json_set_text(json, "kind", tns_entry_kind_name(e->kind));
    set_subject(json, e, bottle_of(e, bottles));
    tns_json_set_text(json, "reason", e->reason);
    if (e->undoes)
        tns_json_set_integer(json, "undoes", e->undoes);
    else
        tns_json_set_null(json, "undoes");
    tns_json_set_text_if(json, "sets", e->sets);
    tns_json_set_hash(json, "hash", e->hash);
    return json;
}

tns_json *tns_json_from_entries(const tns_entry_list *list, const tns_bottle_list *bottles)
{
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < list->count; i++)
        tns_json_append(array, json_from_entry(&list->entries[i], bottles));
    return array;
}

/* ---- records ---- */

/* What a use took, bottle by bottle. */
static tns_json *json_from_taken(const tns_stock_change *change)
{
    char id[ID_TEXT];
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < change->entries.count; i++) {
        const tns_entry *e = &change->entries.entries[i];
        const tns_bottle *b = bottle_of(e, &change->bottles);
        if (e->kind != TNS_ENTRY_USE || !b)
            continue;
        tns_json *taken = tns_json_object();
        tns_json_set_text(taken, "bottle", bottle_id(b->id, id));
        tns_json_set_text(taken, "lot", b->lot);
        tns_json_set_integer(taken, b->pieces ? "pc" : "ul", -e->amount);
        tns_json_append(array, taken);
    }
    return array;
}

static void set_order(tns_json *json, int64_t order)
{
    char id[ID_TEXT];
    snprintf(id, sizeof id, "O%" PRId64, order);
    tns_json_set_text(json, "order", id);
}

char *tns_stock_change_write(const char *action, const tns_stock_change *change)
{
    tns_json *record = tns_record(SCHEMA_CHANGE);
    tns_json_set_text(record, "action", action);
    tns_json_set_integer(record, "operation", change->operation);
    if (change->made.order)
        set_order(record, change->made.order);
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

/* One number each, for those who look for them. */
static tns_json *json_from_numbers(char letter, size_t count, const void *first, size_t size)
{
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < count; i++) {
        char text[ID_TEXT];
        int64_t id;
        memcpy(&id, (const char *)first + i * size, sizeof id);
        snprintf(text, sizeof text, "%c%" PRId64, letter, id);
        tns_json_append(array, tns_json_string(text));
    }
    return array;
}

_Static_assert(offsetof(tns_pot, id) == 0 && offsetof(tns_visit, id) == 0 &&
                   offsetof(tns_client, id) == 0,
               "each begins with its number");

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
