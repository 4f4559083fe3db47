/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads records of clients, visits and pots, and of a recall, which tells of all of them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/clinic_records.h>
#include <tonsure/stock_records.h>

#include "base/text.h"
#include "records/parts.h"
#include "records/shelf_get.h"

/* Of an area, in square millimetres of the store; a square centimetre has a hundred. */
static const double AREA_MAX_CM2 = 1e6;

/* Of a bottle, as the shelf takes them: where the drops of a part round to none. */
enum { DROP_MOST_NL = 200000, NL = 1000 };

/* Beyond any: within what a whole number holds. */
static const double FIGURE_MAX = 9e18;

/* ---- clients ---- */

static bool get_allergies(const tns_json_at *at, tns_client *out, tns_error *err)
{
    tns_json_at list;
    size_t count;
    out->has_card = tns_json_has(at, "allergies");
    if (!out->has_card)
        return true;
    if (!tns_json_get_list(at, "allergies", TNS_ALLERGIES_MAX, &list, &count, err))
        return false;
    for (size_t *n = &out->card.allergy_count; *n < count; (*n)++) {
        tns_json_at word = tns_json_item(&list, *n);
        if (!tns_json_text(&word, out->card.allergies[*n], TNS_ALLERGY_SIZE, err))
            return false;
    }
    return true;
}

bool tns_json_client(const tns_json_at *at, void *item, tns_error *err)
{
    tns_client *out = item;
    return tns_json_get_id(at, "id", 'C', &out->id, err) &&
           tns_json_get_day(at, "since", &out->since, err) &&
           tns_json_get_day(at, "erased", &out->erased, err) &&
           tns_json_opt_text(at, "name", out->card.name, sizeof out->card.name, err) &&
           get_allergies(at, out, err);
}

bool tns_json_get_clients(const tns_json_at *at, const char *key, tns_client_list *out,
                          tns_error *err)
{
    void *items = NULL;
    bool done = tns_json_get_items(at, key, sizeof *out->clients, tns_json_client, &items,
                                   &out->count, err);
    out->clients = items;
    return done;
}

/* ---- visits ---- */

bool tns_json_get_visit_kind(const tns_json_at *at, tns_visit_kind *out, tns_error *err)
{
    const char *words[TNS_VISIT_TOUCH_UP + 1];
    int kind = 0;
    for (int i = 0; i <= TNS_VISIT_TOUCH_UP; i++)
        words[i] = tns_visit_kind_name((tns_visit_kind)i);
    bool done = tns_json_get_choice(at, "kind", words, TNS_VISIT_TOUCH_UP + 1, &kind, err);
    *out = (tns_visit_kind)kind;
    return done;
}

static bool get_visit_state(const tns_json_at *at, tns_visit_state *out, tns_error *err)
{
    const char *words[TNS_VISIT_CANCELLED + 1];
    int state = 0;
    for (int i = 0; i <= TNS_VISIT_CANCELLED; i++)
        words[i] = tns_visit_state_name((tns_visit_state)i);
    bool done = tns_json_get_choice(at, "state", words, TNS_VISIT_CANCELLED + 1, &state, err);
    *out = (tns_visit_state)state;
    return done;
}

bool tns_json_visit(const tns_json_at *at, void *item, tns_error *err)
{
    tns_visit *out = item;
    double area = 0;
    bool done = tns_json_get_id(at, "id", 'V', &out->id, err) &&
                tns_json_get_id(at, "client", 'C', &out->client, err) &&
                tns_json_get_day(at, "on", &out->day, err) &&
                tns_json_get_visit_kind(at, &out->kind, err) &&
                get_visit_state(at, &out->state, err) &&
                tns_json_opt_number(at, "area_cm2", 0, AREA_MAX_CM2, &area, err) &&
                tns_json_get_known(at, "pot_ul", &out->pot_ul, err) &&
                tns_json_opt_text(at, "recipe", out->recipe, sizeof out->recipe, err) &&
                tns_json_opt_time(at, "opened", &out->opened, err) &&
                tns_json_opt_time(at, "closed", &out->closed, err);
    out->area_mm2 = llround(area * 100);
    return done;
}

bool tns_json_get_visits(const tns_json_at *at, const char *key, tns_visit_list *out,
                         tns_error *err)
{
    void *items = NULL;
    bool done =
        tns_json_get_items(at, key, sizeof *out->visits, tns_json_visit, &items, &out->count, err);
    out->visits = items;
    return done;
}

/* ---- pots ---- */

/* The drop that gives these drops again, to their two decimals. */
static int64_t drop_of(int64_t ul, double drops)
{
    double most = DROP_MOST_NL, drop = drops > 0 ? (double)ul * NL / drops : most;
    return llround(fmin(fmax(drop, 1), FIGURE_MAX));
}

static bool get_taken(const tns_json_at *at, void *item, tns_error *err)
{
    tns_pot_taken *out = item;
    double drops = 0;
    bool done = tns_json_get_text(at, "pigment", out->pigment, sizeof out->pigment, err) &&
                tns_json_get_text(at, "product", out->product, sizeof out->product, err) &&
                tns_json_get_id(at, "bottle", 'B', &out->bottle, err) &&
                tns_json_get_text(at, "lot", out->lot, sizeof out->lot, err) &&
                tns_json_get_whole(at, "ul", 0, &out->ul, err) &&
                tns_json_get_number(at, "drops", 0, FIGURE_MAX, &drops, err) &&
                tns_json_get_price(at, "cost", &out->cost_millicents, err);
    bool water = done && strcmp(out->pigment, "diluent") == 0;
    out->kind = water ? TNS_PRODUCT_DILUENT : TNS_PRODUCT_PIGMENT;
    if (water)
        out->pigment[0] = '\0';
    out->drop_nl = drop_of(out->ul, drops);
    return done;
}

static bool get_pot_state(const tns_json_at *at, tns_pot_state *out, tns_error *err)
{
    const char *words[TNS_POT_UNDONE + 1];
    int state = 0;
    for (int i = 0; i <= TNS_POT_UNDONE; i++)
        words[i] = tns_pot_state_name((tns_pot_state)i);
    bool done = tns_json_get_choice(at, "state", words, TNS_POT_UNDONE + 1, &state, err);
    *out = (tns_pot_state)state;
    return done;
}

static bool get_parts(const tns_json_at *at, tns_pot *out, tns_error *err)
{
    void *items = NULL;
    bool done = tns_json_get_items(at, "parts", sizeof *out->parts, get_taken, &items,
                                   &out->part_count, err);
    out->parts = items;
    return done;
}

bool tns_json_pot(const tns_json_at *at, tns_pot *out, tns_error *err)
{
    return tns_json_get_id(at, "id", 'P', &out->id, err) &&
           tns_json_get_id(at, "visit", 'V', &out->visit, err) &&
           tns_json_get_id(at, "client", 'C', &out->client, err) &&
           get_pot_state(at, &out->state, err) &&
           tns_json_get_text(at, "recipe", out->recipe, sizeof out->recipe, err) &&
           get_parts(at, out, err) && tns_json_get_whole(at, "ul", 0, &out->ul, err) &&
           tns_json_get_time(at, "mixed", &out->mixed, err) &&
           tns_json_get_time(at, "discard_by", &out->discard_by, err) &&
           tns_json_get_price(at, "cost", &out->cost_millicents, err) &&
           tns_json_get_known(at, "left_ul", &out->left_ul, err);
}

static bool get_pot(const tns_json_at *at, void *item, tns_error *err)
{
    return tns_json_pot(at, item, err);
}

bool tns_json_get_pots(const tns_json_at *at, const char *key, tns_pot_list *out, tns_error *err)
{
    void *items = NULL;
    bool done = tns_json_get_items(at, key, sizeof *out->pots, get_pot, &items, &out->count, err);
    out->pots = items;
    return done;
}

/* ---- lists of each ---- */

static bool get_clients(const tns_json_at *at, void *out, tns_error *err)
{
    return tns_record_expect(at, "tonsure/clients/1", err) &&
           tns_json_get_clients(at, "clients", out, err);
}

bool tns_clients_parse(const char *text, size_t length, const char *name, tns_client_list *out,
                       tns_error *err)
{
    *out = (tns_client_list){0};
    if (tns_record_parse(text, length, name, get_clients, out, err))
        return true;
    tns_client_list_finish(out);
    return false;
}

static bool get_visits(const tns_json_at *at, void *out, tns_error *err)
{
    return tns_record_expect(at, "tonsure/visits/1", err) &&
           tns_json_get_visits(at, "visits", out, err);
}

bool tns_visits_parse(const char *text, size_t length, const char *name, tns_visit_list *out,
                      tns_error *err)
{
    *out = (tns_visit_list){0};
    if (tns_record_parse(text, length, name, get_visits, out, err))
        return true;
    tns_visit_list_finish(out);
    return false;
}

static bool get_pots(const tns_json_at *at, void *out, tns_error *err)
{
    return tns_record_expect(at, "tonsure/pots/1", err) && tns_json_get_pots(at, "pots", out, err);
}

bool tns_pots_parse(const char *text, size_t length, const char *name, tns_pot_list *out,
                    tns_error *err)
{
    *out = (tns_pot_list){0};
    if (tns_record_parse(text, length, name, get_pots, out, err))
        return true;
    tns_pot_list_finish(out);
    return false;
}

/* ---- all that there is of one ---- */

static bool get_reading(const tns_json_at *at, void *item, tns_error *err)
{
    tns_site_reading *out = item;
    tns_json_at reading;
    out->has_photo = tns_json_has(at, "photo_sha256");
    if (!tns_json_get_id(at, "visit", 'V', &out->visit, err) ||
        !tns_json_get_text(at, "site", out->site, sizeof out->site, err) ||
        !tns_json_get_integer(at, "days", 0, 1000000, &out->days, err) ||
        !tns_json_get_time(at, "recorded", &out->recorded, err))
        return false;
    bool has_record = !tns_json_is_null(at, "reading");
    if (has_record && !tns_json_get_object(at, "reading", &reading, err))
        return false;
    out->record = has_record ? tns_json_write_line(reading.node) : NULL;
    if (has_record && !out->record)
        return tns_error_set(err, TNS_ERROR_MEMORY, "record: out of memory");
    return !out->has_photo || (tns_json_get_hash(at, "photo_sha256", out->photo, err) &&
                               tns_json_get_hash(at, "photo_path_sha256", out->photo_path, err));
}

bool tns_json_get_readings(const tns_json_at *at, tns_site_reading_list *out, tns_error *err)
{
    void *items = NULL;
    bool done = tns_json_get_items(at, "readings", sizeof *out->readings, get_reading, &items,
                                   &out->count, err);
    out->readings = items;
    return done;
}

static bool get_file(const tns_json_at *at, void *record, tns_error *err)
{
    tns_client_file *out = record;
    tns_json_at client;
    return tns_record_expect(at, "tonsure/client/1", err) &&
           tns_json_get_object(at, "client", &client, err) &&
           tns_json_client(&client, &out->client, err) &&
           tns_json_get_visits(at, "visits", &out->visits, err) &&
           tns_json_get_pots(at, "pots", &out->pots, err) &&
           tns_json_get_readings(at, &out->readings, err);
}

bool tns_client_parse(const char *text, size_t length, const char *name, tns_client_file *out,
                      tns_error *err)
{
    memset(out, 0, sizeof *out);
    if (tns_record_parse(text, length, name, get_file, out, err))
        return true;
    tns_client_file_finish(out);
    return false;
}

void tns_client_file_finish(tns_client_file *file)
{
    tns_visit_list_finish(&file->visits);
    tns_pot_list_finish(&file->pots);
    tns_site_reading_list_finish(&file->readings);
    memset(file, 0, sizeof *file);
}

/* ---- what was done ---- */

static bool get_new_pot(const tns_json_at *record, tns_clinic_change_record *out, tns_error *err)
{
    tns_json_at at;
    out->has_pot = tns_json_has(record, "pot");
    return !out->has_pot ||
           (tns_json_get_object(record, "pot", &at, err) && tns_json_pot(&at, &out->pot, err));
}

static bool get_change(const tns_json_at *at, void *record, tns_error *err)
{
    tns_clinic_change_record *out = record;
    tns_stock_change *c = &out->change;
    return tns_record_expect(at, "tonsure/clinic-change/1", err) &&
           tns_json_get_text(at, "action", out->action, sizeof out->action, err) &&
           tns_json_opt_id(at, "client", 'C', &c->made.client, err) &&
           tns_json_opt_id(at, "visit", 'V', &c->made.visit, err) && get_new_pot(at, out, err) &&
           tns_json_get_whole(at, "operation", 0, &c->operation, err) &&
           tns_json_get_entries(at, false, &c->entries, &c->bottles, err) &&
           tns_json_get_bool(at, "written", &c->written, err) &&
           tns_json_opt_warnings(at, &c->warnings, err);
}

bool tns_clinic_change_parse(const char *text, size_t length, const char *name,
                             tns_clinic_change_record *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    if (tns_record_parse(text, length, name, get_change, out, err))
        return true;
    tns_clinic_change_record_finish(out);
    return false;
}

void tns_clinic_change_record_finish(tns_clinic_change_record *record)
{
    tns_stock_change_finish(&record->change);
    free(record->pot.parts);
    memset(record, 0, sizeof *record);
}

/* ---- a recall ---- */

static bool get_recall(const tns_json_at *at, void *record, tns_error *err)
{
    tns_stock_recall_record *out = record;
    tns_trace *t = &out->trace;
    return tns_record_expect(at, "tonsure/stock-recall/1", err) &&
           tns_json_get_text(at, "lot", out->lot, sizeof out->lot, err) &&
           tns_json_get_bottles(at, "now", &t->bottles, err) &&
           tns_json_get_pots(at, "mixed", &t->pots, err) &&
           tns_json_get_visits(at, "visited", &t->visits, err) &&
           tns_json_get_clients(at, "notify", &t->clients, err) &&
           tns_json_get_whole(at, "elsewhere_ul", 0, &t->elsewhere, err) &&
           tns_json_get_bool(at, "written", &out->written, err);
}

bool tns_stock_recall_parse(const char *text, size_t length, const char *name,
                            tns_stock_recall_record *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    if (tns_record_parse(text, length, name, get_recall, out, err))
        return true;
    tns_stock_recall_record_finish(out);
    return false;
}

void tns_stock_recall_record_finish(tns_stock_recall_record *record)
{
    tns_trace_finish(&record->trace);
    memset(record, 0, sizeof *record);
}
