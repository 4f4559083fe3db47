/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "stock/sql/people.h"

#define COLUMNS "r.id, r.visit, r.site, r.days, r.recorded, r.photo, r.photo_path, r.record"

static const char insert_reading[] =
    "INSERT INTO reading (id, visit, site, days, recorded, photo, photo_path, record)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
#define THESE " FROM reading WHERE visit = ?1 AND site = ?2 AND days = ?3"
static const char count_readings[] = "SELECT count(*)" THESE;
static const char delete_readings[] = "DELETE" THESE;
static const char next_reading[] = "SELECT coalesce(max(id), 0) + 1 FROM reading";
static const char of_visit[] =
    "SELECT " COLUMNS " FROM reading r WHERE r.visit = ?1 ORDER BY r.days, r.id";
static const char of_client[] = "SELECT " COLUMNS " FROM visit v JOIN reading r ON r.visit = v.id"
                                " WHERE v.client = ?1 ORDER BY r.visit, r.days, r.id";

bool tns_reading_delete(tns_db *db, int64_t visit, const char *site, int days, int64_t *count,
                        tns_error *err)
{
    const tns_value values[] = {tns_integer(visit), tns_text_value(site), tns_integer(days)};
    return tns_db_number(db, count_readings, values, 3, count, err) &&
           tns_db_run(db, delete_readings, values, 3, err);
}

bool tns_reading_insert(tns_db *db, const tns_site_reading *r, int64_t *id, tns_error *err)
{
    const tns_value none = {.kind = TNS_VALUE_NULL};
    if (!tns_db_number(db, next_reading, NULL, 0, id, err))
        return false;
    const tns_value values[] = {
        tns_integer(*id),
        tns_integer(r->visit),
        tns_text_value(r->site),
        tns_integer(r->days),
        tns_integer(r->recorded),
        r->has_photo ? tns_bytes(r->photo, sizeof r->photo) : none,
        r->has_photo ? tns_bytes(r->photo_path, sizeof r->photo_path) : none,
        tns_text_value(r->record),
    };
    return tns_db_run(db, insert_reading, values, sizeof values / sizeof *values, err);
}

static bool read_reading(const tns_query *q, tns_site_reading *r)
{
    char *text = malloc(TNS_READING_TEXT_MAX);
    memset(r, 0, sizeof *r);
    r->id = tns_query_integer(q, 0);
    r->visit = tns_query_integer(q, 1);
    tns_query_text(q, 2, r->site, sizeof r->site);
    r->days = (int)tns_query_integer(q, 3);
    r->recorded = tns_query_integer(q, 4);
    r->has_photo = !tns_query_is_null(q, 5);
    tns_query_bytes(q, 5, r->photo, sizeof r->photo);
    tns_query_bytes(q, 6, r->photo_path, sizeof r->photo_path);
    if (!text)
        return false;
    tns_query_text(q, 7, text, TNS_READING_TEXT_MAX);
    r->record = strdup(text);
    free(text);
    return r->record != NULL;
}

bool tns_reading_collect(tns_db *db, int64_t client, int64_t visit, tns_site_reading_list *list,
                         tns_error *err)
{
    const tns_value value = tns_integer(visit ? visit : client);
    tns_query *query = tns_db_ask(db, visit ? of_visit : of_client, &value, 1, err);
    bool done = query != NULL;
    while (tns_query_row(query, &done, err)) {
        tns_site_reading *one = tns_list_grow(&list->readings, &list->count, sizeof *one);
        if (!one || !read_reading(query, one))
            done = tns_error_set(err, TNS_ERROR_MEMORY, "readings: out of memory");
    }
    tns_query_end(query);
    return done;
}
