/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pots, and the parts that they are of. */
#include <stdlib.h>
#include <string.h>

#include "stock/sql/people.h"
#include "stock/words.h"

static const char insert_pot[] =
    "INSERT INTO pot (id, visit, mixed, day, discard_by, recipe, state, left_ul)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
static const char set_state[] = "UPDATE pot SET state = ?2, left_ul = ?3 WHERE id = ?1";
static const char get_state[] = "SELECT state FROM pot WHERE id = ?1";
static const char next_pot[] = "SELECT coalesce(max(id), 0) + 1 FROM pot";

static const char add_part[] =
    "INSERT INTO part (pot, bottle, ul, cost) VALUES (?1, ?2, ?3, ?4)"
    " ON CONFLICT (pot, bottle) DO UPDATE SET ul = ul + excluded.ul, cost = cost + excluded.cost";
static const char take_part[] =
    "UPDATE part SET ul = ul + ?3, cost = cost + ?4 WHERE pot = ?1 AND bottle = ?2";
static const char drop_part[] = "DELETE FROM part WHERE pot = ?1 AND bottle = ?2 AND ul = 0";

#define POTS                                                                                       \
    "SELECT p.id, p.visit, v.client, p.mixed, p.discard_by, p.recipe, p.state, p.left_ul"          \
    " FROM pot p JOIN visit v ON v.id = p.visit WHERE p.day BETWEEN ?1 AND ?2"

static const char all_pots[] = POTS " ORDER BY p.id";
static const char one_pot[] = POTS " AND p.id = ?3";
static const char pots_of_visit[] = POTS " AND p.visit = ?3 ORDER BY p.id";
static const char pots_of_client[] = POTS " AND v.client = ?3 ORDER BY p.id";
/* By the lot's bottles, each with an index into the parts. */
static const char pots_of_lot[] =
    "SELECT p.id, p.visit, v.client, p.mixed, p.discard_by, p.recipe, p.state, p.left_ul"
    " FROM pot p JOIN visit v ON v.id = p.visit WHERE p.id IN (SELECT a.pot FROM bottle b"
    " JOIN part a ON a.bottle = b.id WHERE b.lot = ?1) ORDER BY p.id";
static const char used_of_lot[] =
    "SELECT -coalesce(sum(e.amount), 0) FROM bottle b JOIN entry e ON e.bottle = b.id"
    " WHERE b.lot = ?1 AND (e.kind = 'use' OR (e.kind = 'undo' AND e.undoes IN"
    " (SELECT u.id FROM entry u WHERE u.id = e.undoes AND u.kind = 'use')))";
static const char parts_of_lot[] = "SELECT coalesce(sum(a.ul), 0) FROM bottle b"
                                   " JOIN part a ON a.bottle = b.id WHERE b.lot = ?1";
static const char parts_of_pot[] =
    "SELECT a.bottle, l.product, p.pigment, p.kind, l.name, l.id, a.ul, b.drop_nl, a.cost"
    " FROM part a JOIN bottle b ON b.id = a.bottle JOIN lot l ON l.id = b.lot"
    " JOIN product p ON p.id = l.product WHERE a.pot = ?1 ORDER BY p.pigment = '', p.pigment, "
    "a.bottle";

bool tns_pot_insert(tns_db *db, const tns_pot *p, tns_day day, tns_error *err)
{
    const tns_value values[] = {
        tns_integer(p->id),
        tns_integer(p->visit),
        tns_integer(p->mixed),
        tns_integer(day),
        tns_integer(p->discard_by),
        tns_text_value(p->recipe),
        tns_text_value(tns_pot_state_name(p->state)),
        tns_integer(p->left_ul),
    };
    return tns_db_run(db, insert_pot, values, sizeof values / sizeof *values, err);
}

bool tns_pot_set_state(tns_db *db, int64_t id, tns_pot_state state, int64_t left_ul, tns_error *err)
{
    const tns_value values[] = {tns_integer(id), tns_text_value(tns_pot_state_name(state)),
                                tns_integer(left_ul)};
    return tns_db_change(db, set_state, values, 3, "pot P", id, err);
}

bool tns_pot_state_of(tns_db *db, int64_t id, tns_pot_state *out, bool *found, tns_error *err)
{
    const tns_value value = tns_integer(id);
    tns_query *query = tns_db_ask(db, get_state, &value, 1, err);
    bool done = query != NULL;
    *found = tns_query_row(query, &done, err);
    char word[16] = "";
    if (*found)
        tns_query_text(query, 0, word, sizeof word);
    tns_query_end(query);
    *found = *found && tns_pot_state_parse(word, out);
    return done;
}

bool tns_pot_next_id(tns_db *db, int64_t *out, tns_error *err)
{
    return tns_db_number(db, next_pot, NULL, 0, out, err);
}

static const char parts_of_visit[] =
    "SELECT count(*) FROM part k JOIN pot p ON p.id = k.pot WHERE k.bottle = ?1 AND p.visit = ?2";

bool tns_bottle_is_of_visit(tns_db *db, int64_t bottle, int64_t visit, bool *out, tns_error *err)
{
    int64_t parts = 0;
    const tns_value values[] = {tns_integer(bottle), tns_integer(visit)};
    bool done = tns_db_number(db, parts_of_visit, values, 2, &parts, err);
    *out = parts > 0;
    return done;
}

/* A row's figures are never below 0, not even on their way to be added up: hence two statements. */
bool tns_part_add(tns_db *db, int64_t pot, int64_t bottle, int64_t ul, int64_t cost, tns_error *err)
{
    const tns_value values[] = {tns_integer(pot), tns_integer(bottle), tns_integer(ul),
                                tns_integer(cost)};
    return tns_db_change(db, ul < 0 ? take_part : add_part, values, 4, "such part of pot P", pot,
                         err) &&
           tns_db_run(db, drop_part, values, 2, err);
}

static void read_part(const tns_query *q, tns_pot_taken *part)
{
    char word[24];
    memset(part, 0, sizeof *part);
    part->bottle = tns_query_integer(q, 0);
    tns_query_text(q, 1, part->product, sizeof part->product);
    tns_query_text(q, 2, part->pigment, sizeof part->pigment);
    tns_query_text(q, 3, word, sizeof word);
    tns_product_kind_parse(word, &part->kind);
    tns_query_text(q, 4, part->lot, sizeof part->lot);
    part->lot_number = tns_query_integer(q, 5);
    part->ul = tns_query_integer(q, 6);
    part->drop_nl = tns_query_integer(q, 7);
    part->cost_millicents = tns_query_integer(q, 8);
}

static bool find_parts(tns_db *db, tns_pot *pot, tns_error *err)
{
    const tns_value value = tns_integer(pot->id);
    tns_query *query = tns_db_ask(db, parts_of_pot, &value, 1, err);
    bool done = query != NULL;
    while (tns_query_row(query, &done, err)) {
        tns_pot_taken *part = tns_list_grow(&pot->parts, &pot->part_count, sizeof *part);
        if (!part) {
            done = tns_error_set(err, TNS_ERROR_MEMORY, "pots: out of memory");
            continue;
        }
        read_part(query, part);
        pot->ul += part->ul;
        pot->cost_millicents += part->cost_millicents;
    }
    tns_query_end(query);
    return done;
}

static void read_pot(const tns_query *q, tns_pot *p)
{
    char word[16];
    memset(p, 0, sizeof *p);
    p->id = tns_query_integer(q, 0);
    p->visit = tns_query_integer(q, 1);
    p->client = tns_query_integer(q, 2);
    p->mixed = tns_query_integer(q, 3);
    p->discard_by = tns_query_integer(q, 4);
    tns_query_text(q, 5, p->recipe, sizeof p->recipe);
    tns_query_text(q, 6, word, sizeof word);
    tns_pot_state_parse(word, &p->state);
    p->left_ul = tns_query_integer(q, 7);
}

static bool collect(tns_query *query, bool with_undone, tns_pot_list *list, tns_error *err)
{
    bool done = query != NULL;
    while (tns_query_row(query, &done, err)) {
        tns_pot pot;
        read_pot(query, &pot);
        if (pot.state == TNS_POT_UNDONE && !with_undone)
            continue;
        tns_pot *one = tns_list_grow(&list->pots, &list->count, sizeof *one);
        if (one)
            *one = pot;
        else
            done = tns_error_set(err, TNS_ERROR_MEMORY, "pots: out of memory");
    }
    tns_query_end(query);
    return done;
}

static bool find_all_parts(tns_db *db, tns_pot_list *list, tns_error *err)
{
    bool done = true;
    for (size_t i = 0; done && i < list->count; i++)
        done = find_parts(db, &list->pots[i], err);
    return done;
}

bool tns_pot_rows(tns_db *db, const tns_pot_question *q, tns_pot_list *list, tns_error *err)
{
    int64_t one = q->pot ? q->pot : q->visit ? q->visit : q->client;
    const tns_value values[] = {tns_integer(q->from), tns_integer(q->to ? q->to : INT32_MAX),
                                tns_integer(one)};
    const char *sql = q->pot      ? one_pot
                      : q->visit  ? pots_of_visit
                      : q->client ? pots_of_client
                                  : all_pots;
    return collect(tns_db_ask(db, sql, values, one ? 3 : 2, err), q->with_undone, list, err) &&
           find_all_parts(db, list, err);
}

bool tns_pot_rows_of_lot(tns_db *db, int64_t lot, tns_pot_list *list, tns_error *err)
{
    const tns_value value = tns_integer(lot);
    return collect(tns_db_ask(db, pots_of_lot, &value, 1, err), false, list, err) &&
           find_all_parts(db, list, err);
}

bool tns_lot_used_elsewhere(tns_db *db, int64_t lot, int64_t *out, tns_error *err)
{
    const tns_value value = tns_integer(lot);
    int64_t used, mixed;
    if (!tns_db_number(db, used_of_lot, &value, 1, &used, err) ||
        !tns_db_number(db, parts_of_lot, &value, 1, &mixed, err))
        return false;
    *out = used - mixed;
    return true;
}
