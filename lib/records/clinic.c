/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clients, visits and pots as records. */
#include <string.h>

#include <tonsure/clinic_records.h>

#include "base/text.h"
#include "records/clinic.h"
#include "records/parts.h"
#include "records/shelf.h"

#define SCHEMA_CHANGE "tonsure/clinic-change/1"
#define SCHEMA_CLIENTS "tonsure/clients/1"
#define SCHEMA_VISITS "tonsure/visits/1"
#define SCHEMA_POTS "tonsure/pots/1"
#define SCHEMA_CLIENT "tonsure/client/1"

/* ---- parts ---- */

static void set_time_or_null(tns_json *json, const char *key, int64_t time)
{
    if (time)
        tns_json_set_time(json, key, time);
    else
        tns_json_set_null(json, key);
}

void tns_json_set_price(tns_json *json, const char *key, double cents)
{
    tns_json_set_number(json, key, tns_round_decimals(cents / 100, 2));
}

tns_json *tns_json_from_client(const tns_client *c)
{
    tns_json *json = tns_json_object();
    tns_json_set_id(json, "id", 'C', c->id);
    tns_json_set_day(json, "since", c->since);
    tns_json_set_day(json, "erased", c->erased);
    tns_json_set_text_if(json, "name", c->card.name);
    if (!c->has_card) {
        tns_json_set_null(json, "allergies"); /* not known: not the same as none */
        return json;
    }
    tns_json *words = tns_json_array();
    for (size_t i = 0; i < c->card.allergy_count; i++)
        tns_json_append(words, tns_json_string(c->card.allergies[i]));
    tns_json_set(json, "allergies", words);
    return json;
}

tns_json *tns_json_from_clients(const tns_client_list *list)
{
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < list->count; i++)
        tns_json_append(array, tns_json_from_client(&list->clients[i]));
    return array;
}

tns_json *tns_json_from_visit(const tns_visit *v)
{
    tns_json *json = tns_json_object();
    tns_json_set_id(json, "id", 'V', v->id);
    tns_json_set_id(json, "client", 'C', v->client);
    tns_json_set_day(json, "on", v->day);
    tns_json_set_text(json, "kind", tns_visit_kind_name(v->kind));
    tns_json_set_text(json, "state", tns_visit_state_name(v->state));
    if (v->area_mm2)
        tns_json_set_number(json, "area_cm2", tns_round_decimals((double)v->area_mm2 / 100, 2));
    if (v->pot_ul)
        tns_json_set_integer(json, "pot_ul", v->pot_ul);
    tns_json_set_text_if(json, "recipe", v->recipe);
    set_time_or_null(json, "opened", v->opened);
    set_time_or_null(json, "closed", v->closed);
    return json;
}

tns_json *tns_json_from_visits(const tns_visit_list *list)
{
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < list->count; i++)
        tns_json_append(array, tns_json_from_visit(&list->visits[i]));
    return array;
}

static tns_json *json_from_taken(const tns_pot_taken *t, int64_t drop_nl)
{
    int64_t drop = drop_nl ? drop_nl : t->drop_nl;
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "pigment", t->pigment[0] ? t->pigment : "diluent");
    tns_json_set_text(json, "product", t->product);
    tns_json_set_id(json, "bottle", 'B', t->bottle);
    tns_json_set_text(json, "lot", t->lot);
    tns_json_set_integer(json, "ul", t->ul);
    tns_json_set_number(json, "drops", tns_round_decimals((double)t->ul * 1000 / (double)drop, 2));
    if (t->cost_millicents)
        tns_json_set_price(json, "cost", (double)t->cost_millicents / 1000);
    return json;
}

tns_json *tns_json_from_pot(const tns_pot *p, int64_t drop_nl)
{
    tns_json *json = tns_json_object(), *parts = tns_json_array();
    tns_json_set_id(json, "id", 'P', p->id);
    tns_json_set_id(json, "visit", 'V', p->visit);
    tns_json_set_id(json, "client", 'C', p->client);
    tns_json_set_text(json, "state", tns_pot_state_name(p->state));
    tns_json_set_text(json, "recipe", p->recipe);
    for (size_t i = 0; i < p->part_count; i++)
        tns_json_append(parts, json_from_taken(&p->parts[i], drop_nl));
    tns_json_set(json, "parts", parts);
    tns_json_set_integer(json, "ul", p->ul);
    tns_json_set_time(json, "mixed", p->mixed);
    tns_json_set_time(json, "discard_by", p->discard_by);
    if (p->cost_millicents)
        tns_json_set_price(json, "cost", (double)p->cost_millicents / 1000);
    if (p->state == TNS_POT_CLOSED) {
        tns_json_set_integer(json, "left_ul", p->left_ul);
        tns_json_set_price(json, "waste_cost", (double)tns_pot_waste_cents(p));
    }
    return json;
}

tns_json *tns_json_from_pots(const tns_pot_list *list)
{
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < list->count; i++)
        tns_json_append(array, tns_json_from_pot(&list->pots[i], 0));
    return array;
}

static tns_json *json_from_reading(const tns_site_reading *r)
{
    tns_json *json = tns_json_object();
    tns_json_set_id(json, "visit", 'V', r->visit);
    tns_json_set_text(json, "site", r->site);
    tns_json_set_integer(json, "days", r->days);
    tns_json_set_time(json, "recorded", r->recorded);
    if (r->has_photo) {
        tns_json_set_hash(json, "photo_sha256", r->photo);
        tns_json_set_hash(json, "photo_path_sha256", r->photo_path);
    }
    tns_json *record =
        r->record ? tns_json_parse(r->record, strlen(r->record), "reading", NULL) : NULL;
    if (record)
        tns_json_set(json, "reading", record);
    else
        tns_json_set_null(json, "reading");
    return json;
}

tns_json *tns_json_from_readings(const tns_site_reading_list *list)
{
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < list->count; i++)
        tns_json_append(array, json_from_reading(&list->readings[i]));
    return array;
}

/* ---- records ---- */

char *tns_clinic_change_write(const char *action, const tns_stock_change *change,
                              const tns_pot *pot, int64_t drop_nl)
{
    tns_json *record = tns_record(SCHEMA_CHANGE);
    tns_json_set_text(record, "action", action);
    if (change->made.client)
        tns_json_set_id(record, "client", 'C', change->made.client);
    if (change->made.visit)
        tns_json_set_id(record, "visit", 'V', change->made.visit);
    if (pot)
        tns_json_set(record, "pot", tns_json_from_pot(pot, drop_nl));
    tns_json_set_integer(record, "operation", change->operation);
    tns_json_set(record, "entries", tns_json_from_entries(&change->entries, &change->bottles));
    tns_json_set_bool(record, "written", change->written);
    tns_json_set(record, "warnings", tns_json_from_warnings(&change->warnings));
    return tns_record_finish(record);
}

char *tns_clients_write(const tns_client_list *list)
{
    tns_json *record = tns_record(SCHEMA_CLIENTS);
    tns_json_set(record, "clients", tns_json_from_clients(list));
    return tns_record_finish(record);
}

char *tns_visits_write(const tns_visit_list *list)
{
    tns_json *record = tns_record(SCHEMA_VISITS);
    tns_json_set(record, "visits", tns_json_from_visits(list));
    return tns_record_finish(record);
}

char *tns_pots_write(const tns_pot_list *list)
{
    tns_json *record = tns_record(SCHEMA_POTS);
    tns_json_set(record, "pots", tns_json_from_pots(list));
    return tns_record_finish(record);
}

char *tns_client_write(const tns_client_file *file)
{
    tns_json *record = tns_record(SCHEMA_CLIENT);
    tns_json_set(record, "client", tns_json_from_client(&file->client));
    tns_json_set(record, "visits", tns_json_from_visits(&file->visits));
    tns_json_set(record, "pots", tns_json_from_pots(&file->pots));
    tns_json_set(record, "readings", tns_json_from_readings(&file->readings));
    return tns_record_finish(record);
}
