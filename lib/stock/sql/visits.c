/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "stock/sql/people.h"
#include "stock/words.h"

#define COLUMNS "id, client, day, kind, area_mm2, pot_ul, recipe, state, opened, closed"

static const char insert_visit[] = "INSERT INTO visit (" COLUMNS ")"
                                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, NULL)";
/* What goes back a state forgets when it had come so far. */
static const char set_state[] =
    "UPDATE visit SET state = ?2,"
    " opened = CASE WHEN ?2 = 'open' THEN coalesce(opened, ?3) WHEN ?2 = 'closed' THEN opened END,"
    " closed = CASE WHEN ?2 = 'closed' THEN ?3 END WHERE id = ?1";
static const char next_visit[] = "SELECT coalesce(max(id), 0) + 1 FROM visit";
static const char find_visit[] = "SELECT " COLUMNS " FROM visit WHERE id = ?1";
static const char visits_between[] =
    "SELECT " COLUMNS " FROM visit WHERE day BETWEEN ?1 AND ?2 ORDER BY day, id";
static const char visits_of_present[] =
    "SELECT " COLUMNS " FROM visit WHERE day BETWEEN ?1 AND ?2"
    " AND client NOT IN (SELECT id FROM client WHERE erased IS NOT NULL) ORDER BY day, id";
static const char visits_of_client[] = "SELECT " COLUMNS " FROM visit WHERE client = ?3"
                                       " AND day BETWEEN ?1 AND ?2 ORDER BY day, id";

bool tns_visit_insert(tns_db *db, const tns_visit *v, tns_error *err)
{
    const tns_value values[] = {
        tns_integer(v->id),        tns_integer(v->client),
        tns_integer(v->day),       tns_text_value(tns_visit_kind_name(v->kind)),
        tns_integer(v->area_mm2),  tns_integer(v->pot_ul),
        tns_text_value(v->recipe), tns_text_value(tns_visit_state_name(v->state)),
    };
    return tns_db_run(db, insert_visit, values, sizeof values / sizeof *values, err);
}

bool tns_visit_set_state(tns_db *db, int64_t id, tns_visit_state state, int64_t time,
                         tns_error *err)
{
    const tns_value values[] = {tns_integer(id), tns_text_value(tns_visit_state_name(state)),
                                tns_integer(time)};
    return tns_db_change(db, set_state, values, 3, "visit V", id, err);
}

bool tns_visit_next_id(tns_db *db, int64_t *out, tns_error *err)
{
    return tns_db_number(db, next_visit, NULL, 0, out, err);
}

static void read_visit(const tns_query *q, tns_visit *v)
{
    char word[16];
    memset(v, 0, sizeof *v);
    v->id = tns_query_integer(q, 0);
    v->client = tns_query_integer(q, 1);
    v->day = (tns_day)tns_query_integer(q, 2);
    tns_query_text(q, 3, word, sizeof word); /* one of those it may be: the table sees to that */
    tns_visit_kind_parse(word, &v->kind);
    v->area_mm2 = tns_query_integer(q, 4);
    v->pot_ul = tns_query_integer(q, 5);
    tns_query_text(q, 6, v->recipe, sizeof v->recipe);
    tns_query_text(q, 7, word, sizeof word);
    tns_visit_state_parse(word, &v->state);
    v->opened = tns_query_integer(q, 8);
    v->closed = tns_query_integer(q, 9);
}

bool tns_visit_row(tns_db *db, int64_t id, tns_visit *out, bool *found, tns_error *err)
{
    const tns_value value = tns_integer(id);
    tns_query *query = tns_db_ask(db, find_visit, &value, 1, err);
    bool done = query != NULL;
    *found = tns_query_row(query, &done, err);
    if (*found)
        read_visit(query, out);
    tns_query_end(query);
    return done;
}

static bool is_asked_for(const tns_visit_question *q, const tns_visit *v)
{
    return q->states ? (q->states >> v->state & 1u) != 0 : v->state != TNS_VISIT_CANCELLED;
}

bool tns_visit_rows(tns_db *db, const tns_visit_question *q, tns_visit_list *list, tns_error *err)
{
    const tns_value values[] = {tns_integer(q->from), tns_integer(q->to ? q->to : INT32_MAX),
                                tns_integer(q->client)};
    const char *sql = q->client    ? visits_of_client
                      : q->present ? visits_of_present
                                   : visits_between;
    tns_query *query = tns_db_ask(db, sql, values, q->client ? 3 : 2, err);
    bool done = query != NULL;
    while (tns_query_row(query, &done, err)) {
        tns_visit visit;
        read_visit(query, &visit);
        if (!is_asked_for(q, &visit))
            continue;
        tns_visit *one = tns_list_grow(&list->visits, &list->count, sizeof *one);
        if (one)
            *one = visit;
        else
            done = tns_error_set(err, TNS_ERROR_MEMORY, "visits: out of memory");
    }
    tns_query_end(query);
    return done;
}
