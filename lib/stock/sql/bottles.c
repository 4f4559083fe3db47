/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "stock/list.h"
#include "stock/sql/tables.h"
#include "stock/words.h"

/* TNS_SINGLE_USE in the place of months. */
#define PAO_MONTHS "CASE p.single_use WHEN 1 THEN -1 ELSE p.pao_months END"
#define WITH_LOT_AND_PRODUCT                                                                       \
    "SELECT b.id, l.product, p.pigment, p.kind, p.unit, l.name, l.internal, b.on_hand,"            \
    " b.received, b.opened, l.expires, b.place, l.sterile, l.quarantined, l.recalled,"             \
    " b.tare_mg, b.drop_nl, p.density_mg_ml, " PAO_MONTHS ", l.id, p.retired"                      \
    " FROM bottle b JOIN lot l ON l.id = b.lot JOIN product p ON p.id = l.product"

static const char insert_bottle[] =
    "INSERT INTO bottle (id, lot, received, opened, place, tare_mg, drop_nl, on_hand)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
static const char has_come[] = "UPDATE product SET came = ?2 WHERE id = (SELECT product FROM lot"
                               " WHERE id = ?1) AND (came IS NULL OR came > ?2)";
static const char set_opened[] = "UPDATE bottle SET opened = ?2 WHERE id = ?1";
static const char set_place[] = "UPDATE bottle SET place = ?2 WHERE id = ?1";
static const char add_amount[] = "UPDATE bottle SET on_hand = on_hand + ?2 WHERE id = ?1";
static const char add_to_lot[] = "UPDATE lot SET on_hand = on_hand + ?2"
                                 " WHERE id = (SELECT lot FROM bottle WHERE id = ?1)";
static const char sum_lots[] = "UPDATE lot SET on_hand ="
                               " (SELECT coalesce(sum(b.on_hand), 0) FROM bottle b"
                               " WHERE b.lot = lot.id)";
static const char next_bottle[] = "SELECT coalesce(max(id), 0) + 1 FROM bottle";

static const char find_bottle[] = WITH_LOT_AND_PRODUCT " WHERE b.id = ?1";
/* Of all bottles: what holds for a lot is read once, not with each of its bottles. */
static const char all_lots[] =
    "SELECT l.id, l.product, p.pigment, p.kind, p.unit, l.name, l.internal, l.expires, l.sterile,"
    " l.quarantined, l.recalled, p.density_mg_ml, " PAO_MONTHS ", p.retired"
    " FROM lot l JOIN product p ON p.id = l.product";
#define BARE_BOTTLE "SELECT id, lot, on_hand, received, opened, place, tare_mg, drop_nl FROM bottle"
static const char all_bottles[] = BARE_BOTTLE " ORDER BY id";
static const char stocked_bottles[] = BARE_BOTTLE " WHERE on_hand > 0 ORDER BY id";
static const char last_lot[] = "SELECT coalesce(max(id), 0) FROM lot";
static const char of_product[] = WITH_LOT_AND_PRODUCT " WHERE l.product = ?1 ORDER BY b.id";
static const char stocked_of_product[] =
    WITH_LOT_AND_PRODUCT " WHERE l.product = ?1 AND b.on_hand > 0 ORDER BY b.id";
static const char of_lot[] = WITH_LOT_AND_PRODUCT " WHERE l.id = ?1 ORDER BY b.id";
static const char stocked_of_lot[] =
    WITH_LOT_AND_PRODUCT " WHERE l.id = ?1 AND b.on_hand > 0 ORDER BY b.id";

static const char candidates[] =
    "SELECT b.id, b.on_hand, b.received, b.opened, l.expires, l.sterile, l.quarantined, l.recalled"
    " FROM lot l JOIN bottle b ON b.lot = l.id WHERE l.product = ?1 AND b.on_hand > 0";

bool tns_bottle_insert(tns_db *db, const tns_bottle *b, int64_t lot, tns_error *err)
{
    const tns_value values[] = {
        tns_integer(b->id),       tns_integer(lot),
        tns_integer(b->received), tns_integer_or_null(b->opened),
        tns_text_value(b->place), tns_integer(b->tare_mg),
        tns_integer(b->drop_nl),  tns_integer(b->on_hand),
    };
    const tns_value came[] = {tns_integer(lot), tns_integer(b->received)};
    return tns_db_run(db, insert_bottle, values, sizeof values / sizeof *values, err) &&
           tns_db_run(db, has_come, came, 2, err);
}

bool tns_bottle_set_opened(tns_db *db, int64_t id, tns_day opened, tns_error *err)
{
    const tns_value values[] = {tns_integer(id), tns_integer_or_null(opened)};
    return tns_db_change(db, set_opened, values, 2, "bottle B", id, err);
}

bool tns_bottle_set_place(tns_db *db, int64_t id, const char *place, tns_error *err)
{
    const tns_value values[] = {tns_integer(id), tns_text_value(place)};
    return tns_db_change(db, set_place, values, 2, "bottle B", id, err);
}

bool tns_bottle_add(tns_db *db, int64_t id, int64_t amount, tns_error *err)
{
    const tns_value values[] = {tns_integer(id), tns_integer(amount)};
    return tns_db_change(db, add_amount, values, 2, "bottle B", id, err) &&
           tns_db_run(db, add_to_lot, values, 2, err);
}

bool tns_bottle_fill(tns_db *db, int64_t id, int64_t amount, tns_error *err)
{
    const tns_value values[] = {tns_integer(id), tns_integer(amount)};
    return tns_db_change(db, add_amount, values, 2, "bottle B", id, err);
}

bool tns_lots_sum(tns_db *db, tns_error *err)
{
    return tns_db_run(db, sum_lots, NULL, 0, err);
}

/* What is asked for right behind the number, of a bottle and of a lot alike. */
static void read_what(const tns_query *q, tns_bottle *b)
{
    char word[24];
    tns_query_text(q, 1, b->product, sizeof b->product);
    tns_query_text(q, 2, b->pigment, sizeof b->pigment);
    tns_query_text(q, 3, word, sizeof word);
    tns_product_kind_parse(word, &b->kind);
    tns_query_text(q, 4, word, sizeof word);
    b->pieces = strcmp(word, tns_unit_name(true)) == 0;
    tns_query_text(q, 5, b->lot, sizeof b->lot);
    b->internal_lot = tns_query_integer(q, 6) != 0;
}

static void read_bottle(const tns_query *q, tns_bottle *b)
{
    memset(b, 0, sizeof *b);
    b->id = tns_query_integer(q, 0);
    read_what(q, b);
    b->on_hand = tns_query_integer(q, 7);
    b->received = (tns_day)tns_query_integer(q, 8);
    b->opened = (tns_day)tns_query_integer(q, 9);
    b->expires = (tns_day)tns_query_integer(q, 10);
    tns_query_text(q, 11, b->place, sizeof b->place);
    b->sterile = tns_query_integer(q, 12) != 0;
    b->quarantined = tns_query_integer(q, 13) != 0;
    b->recalled = tns_query_integer(q, 14) != 0;
    b->tare_mg = tns_query_integer(q, 15);
    b->drop_nl = tns_query_integer(q, 16);
    b->density_mg_ml = (int)tns_query_integer(q, 17);
    b->pao_months = (int)tns_query_integer(q, 18);
    b->lot_number = tns_query_integer(q, 19);
    b->retired = tns_query_integer(q, 20) != 0;
    b->use_by = tns_bottle_use_by(b->expires, b->opened, b->pao_months);
}

bool tns_bottle_find(tns_db *db, int64_t id, tns_bottle *out, bool *found, tns_error *err)
{
    const tns_value value = tns_integer(id);
    tns_query *query = tns_db_ask(db, find_bottle, &value, 1, err);
    bool done = query != NULL;
    *found = tns_query_row(query, &done, err);
    if (*found)
        read_bottle(query, out);
    tns_query_end(query);
    return done;
}

bool tns_bottle_next_id(tns_db *db, int64_t *out, tns_error *err)
{
    return tns_db_number(db, next_bottle, NULL, 0, out, err);
}

static tns_bottle *append(tns_bottle_list *list)
{
    return tns_list_grow(&list->bottles, &list->count, sizeof *list->bottles);
}

typedef void read_row(const tns_query *query, tns_bottle *bottle);

static bool collect(tns_query *query, read_row *read, tns_bottle_list *list, tns_error *err)
{
    bool done = query != NULL;
    while (tns_query_row(query, &done, err)) {
        tns_bottle *bottle = append(list);
        if (bottle)
            read(query, bottle);
        else
            done = tns_error_set(err, TNS_ERROR_MEMORY, "bottles: out of memory");
    }
    tns_query_end(query);
    return done;
}

/* ---- all bottles ---- */

static void read_lot(const tns_query *q, tns_bottle *b)
{
    b->lot_number = tns_query_integer(q, 0);
    read_what(q, b);
    b->expires = (tns_day)tns_query_integer(q, 7);
    b->sterile = tns_query_integer(q, 8) != 0;
    b->quarantined = tns_query_integer(q, 9) != 0;
    b->recalled = tns_query_integer(q, 10) != 0;
    b->density_mg_ml = (int)tns_query_integer(q, 11);
    b->pao_months = (int)tns_query_integer(q, 12);
    b->retired = tns_query_integer(q, 13) != 0;
}

/* By number: what each bottle of a lot has of it. free(). */
static tns_bottle *collect_lots(tns_db *db, int64_t *last, tns_error *err)
{
    if (!tns_db_number(db, last_lot, NULL, 0, last, err))
        return NULL;
    tns_bottle *lots = calloc((size_t)*last + 1, sizeof *lots);
    if (!lots) {
        tns_error_set(err, TNS_ERROR_MEMORY, "lots: out of memory");
        return NULL;
    }
    tns_query *query = tns_db_ask(db, all_lots, NULL, 0, err);
    bool done = query != NULL;
    while (tns_query_row(query, &done, err)) {
        int64_t id = tns_query_integer(query, 0);
        if (id > 0 && id <= *last)
            read_lot(query, &lots[id]);
    }
    tns_query_end(query);
    if (done)
        return lots;
    free(lots);
    return NULL;
}

static void read_bare(const tns_query *q, const tns_bottle *lot, tns_bottle *b)
{
    *b = *lot;
    b->id = tns_query_integer(q, 0);
    b->on_hand = tns_query_integer(q, 2);
    b->received = (tns_day)tns_query_integer(q, 3);
    b->opened = (tns_day)tns_query_integer(q, 4);
    tns_query_text(q, 5, b->place, sizeof b->place);
    b->tare_mg = tns_query_integer(q, 6);
    b->drop_nl = tns_query_integer(q, 7);
    b->use_by = tns_bottle_use_by(b->expires, b->opened, b->pao_months);
}

static bool collect_all(tns_db *db, bool with_empty, tns_bottle_list *list, tns_error *err)
{
    int64_t last = 0;
    tns_bottle *lots = collect_lots(db, &last, err);
    tns_query *query =
        lots ? tns_db_ask(db, with_empty ? all_bottles : stocked_bottles, NULL, 0, err) : NULL;
    bool done = query != NULL;
    while (tns_query_row(query, &done, err)) {
        int64_t lot = tns_query_integer(query, 1);
        if (lot < 1 || lot > last) /* of no lot: a damaged store, which verify tells */
            continue;
        tns_bottle *bottle = append(list);
        if (bottle)
            read_bare(query, &lots[lot], bottle);
        else
            done = tns_error_set(err, TNS_ERROR_MEMORY, "bottles: out of memory");
    }
    tns_query_end(query);
    free(lots);
    return done;
}

bool tns_bottle_collect(tns_db *db, const char *product, int64_t lot, bool with_empty,
                        tns_bottle_list *list, tns_error *err)
{
    const tns_value value = product ? tns_text_value(product) : tns_integer(lot);
    if (!product && !lot)
        return collect_all(db, with_empty, list, err);
    const char *sql = product ? (with_empty ? of_product : stocked_of_product)
                              : (with_empty ? of_lot : stocked_of_lot);
    return collect(tns_db_ask(db, sql, &value, 1, err), read_bottle, list, err);
}

static void read_candidate(const tns_query *q, tns_bottle *b)
{
    memset(b, 0, sizeof *b);
    b->id = tns_query_integer(q, 0);
    b->on_hand = tns_query_integer(q, 1);
    b->received = (tns_day)tns_query_integer(q, 2);
    b->opened = (tns_day)tns_query_integer(q, 3);
    b->expires = (tns_day)tns_query_integer(q, 4);
    b->sterile = tns_query_integer(q, 5) != 0;
    b->quarantined = tns_query_integer(q, 6) != 0;
    b->recalled = tns_query_integer(q, 7) != 0;
}

bool tns_bottle_candidates(tns_db *db, const tns_product *product, tns_bottle_list *list,
                           tns_error *err)
{
    const tns_value value = tns_text_value(product->id);
    size_t before = list->count;
    if (!collect(tns_db_ask(db, candidates, &value, 1, err), read_candidate, list, err))
        return false;
    for (size_t i = before; i < list->count; i++) {
        tns_bottle *b = &list->bottles[i];
        b->kind = product->kind;
        b->pao_months = product->pao_months;
        b->use_by = tns_bottle_use_by(b->expires, b->opened, b->pao_months);
    }
    return true;
}
