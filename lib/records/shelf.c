/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>

#include "records/shelf.h"

tns_json *tns_json_from_id(char letter, int64_t id)
{
    char text[24];
    snprintf(text, sizeof text, "%c%" PRId64, letter, id);
    return tns_json_string(text);
}

void tns_json_set_id(tns_json *json, const char *key, char letter, int64_t id)
{
    if (id)
        tns_json_set(json, key, tns_json_from_id(letter, id));
    else
        tns_json_set_null(json, key);
}

void tns_json_set_hash(tns_json *json, const char *key, const unsigned char hash[TNS_HASH_SIZE])
{
    char text[2 * TNS_HASH_SIZE + 1];
    for (int i = 0; i < TNS_HASH_SIZE; i++)
        snprintf(text + 2 * i, 3, "%02x", hash[i]);
    tns_json_set_text(json, key, text);
}

/* ---- bottles ---- */

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
    tns_json *json = tns_json_object();
    tns_json_set_id(json, "id", 'B', b->id);
    tns_json_set_text(json, "product", b->product);
    tns_json_set_text_or_null(json, "pigment", b->pigment);
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

/* ---- entries ---- */

const tns_bottle *tns_bottle_of_entry(const tns_entry *e, const tns_bottle_list *list)
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
    const tns_subject of = tns_entry_subject(e);
    set_people(json, &of);
    tns_json_set_text_if(json, "product", b ? b->product : e->product);
    tns_json_set_text_if(json, "lot", b ? b->lot : "");
    tns_json_set_id(json, "bottle", 'B', e->bottle);
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
    set_subject(json, e, tns_bottle_of_entry(e, bottles));
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
