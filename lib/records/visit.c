/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tonsure/report-visit/1, written and read. */
#include <stdlib.h>
#include <string.h>

#include <tonsure/clinic_records.h>

#include "records/clinic.h"
#include "records/parts.h"
#include "records/shelf.h"
#include "records/shelf_get.h"

#define SCHEMA "tonsure/report-visit/1"

enum { WARNINGS_MAX = 1000 };

/* ---- sums ---- */

/* To the nearest hundredth, as a pot's record has it. */
static int64_t cents_of(const tns_pot *pot)
{
    return (pot->cost_millicents + 500) / 1000;
}

static bool is_unpriced(const tns_pot *pot)
{
    bool unpriced = false;
    for (size_t i = 0; i < pot->part_count; i++)
        unpriced = unpriced || pot->parts[i].cost_millicents == 0;
    return unpriced;
}

tns_visit_sums tns_visit_add_up(const tns_pot_list *pots)
{
    tns_visit_sums out = {.ul = 0};
    for (size_t i = 0; i < pots->count; i++) {
        const tns_pot *pot = &pots->pots[i];
        out.ul += pot->ul;
        out.left_ul += pot->left_ul;
        out.cost_cents += cents_of(pot);
        out.waste_cents += pot->state == TNS_POT_CLOSED ? tns_pot_waste_cents(pot) : 0;
        out.open_pots += pot->state == TNS_POT_MIXED;
        out.unpriced = out.unpriced || is_unpriced(pot);
    }
    return out;
}

/* ---- writing ---- */

static tns_json *json_from_sums(const tns_visit_sums *sums)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "ul", sums->ul);
    tns_json_set_integer(json, "left_ul", sums->left_ul);
    tns_json_set_price(json, "cost", (double)sums->cost_cents);
    tns_json_set_price(json, "waste_cost", (double)sums->waste_cents);
    tns_json_set_integer(json, "open_pots", (long long)sums->open_pots);
    tns_json_set_bool(json, "unpriced", sums->unpriced);
    return json;
}

char *tns_report_visit_write(const tns_visit_file *file)
{
    tns_visit_sums sums = tns_visit_add_up(&file->pots);
    tns_json *record = tns_record(SCHEMA), *warnings = tns_json_array();
    tns_json_set(record, "visit", tns_json_from_visit(&file->visit));
    tns_json_set(record, "client", tns_json_from_client(&file->client));
    tns_json_set(record, "pots", tns_json_from_pots(&file->pots));
    tns_json_set(record, "together", json_from_sums(&sums));
    tns_json_set(record, "readings", tns_json_from_readings(&file->readings));
    for (size_t i = 0; i < file->warning_count; i++)
        tns_json_append(warnings, tns_json_string(file->warnings[i].text));
    tns_json_set(record, "warnings", warnings);
    return tns_record_finish(record);
}

/* ---- reading ---- */

static bool get_warnings(const tns_json_at *at, tns_visit_file *out, tns_error *err)
{
    tns_json_at list;
    size_t count;
    if (!tns_json_get_list(at, "warnings", WARNINGS_MAX, &list, &count, err))
        return false;
    out->warnings = tns_record_array(&list, count, sizeof *out->warnings, err);
    for (; out->warnings && out->warning_count < count; out->warning_count++) {
        tns_visit_text *to = &out->warnings[out->warning_count];
        tns_json_at item = tns_json_item(&list, out->warning_count);
        if (!tns_json_text(&item, to->text, sizeof to->text, err))
            return false;
    }
    return out->warnings != NULL;
}

/* What its pots come to together follows from them. */
static bool get_file(const tns_json_at *at, void *record, tns_error *err)
{
    tns_visit_file *out = record;
    tns_json_at visit, client;
    return tns_record_expect(at, SCHEMA, err) && tns_json_get_object(at, "visit", &visit, err) &&
           tns_json_visit(&visit, &out->visit, err) &&
           tns_json_get_object(at, "client", &client, err) &&
           tns_json_client(&client, &out->client, err) &&
           tns_json_get_pots(at, "pots", &out->pots, err) &&
           tns_json_get_readings(at, &out->readings, err) && get_warnings(at, out, err);
}

bool tns_report_visit_parse(const char *text, size_t length, const char *name, tns_visit_file *out,
                            tns_error *err)
{
    memset(out, 0, sizeof *out);
    if (tns_record_parse(text, length, name, get_file, out, err))
        return true;
    tns_visit_file_finish(out);
    return false;
}

void tns_visit_file_finish(tns_visit_file *file)
{
    tns_pot_list_finish(&file->pots);
    tns_site_reading_list_finish(&file->readings);
    free(file->warnings);
    memset(file, 0, sizeof *file);
}
