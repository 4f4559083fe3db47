/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "stock/list.h"
#include "stock/sql/tables.h"
#include "stock/words.h"

static const char insert_product[] =
    "INSERT INTO product (id, kind, pigment, unit, pao_months, supplier, pack, cost_cents,"
    " lead_days, density_mg_ml, gtin, single_use, states)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
    " ON CONFLICT (id) DO UPDATE SET pigment = ?3, pao_months = ?5, supplier = ?6, pack = ?7,"
    " cost_cents = ?8, lead_days = ?9, density_mg_ml = ?10, gtin = ?11, single_use = ?12,"
    " states = ?13";
static const char set_retired[] = "UPDATE product SET retired = ?2 WHERE id = ?1";
#define PRODUCTS                                                                                   \
    "SELECT id, kind, pigment, unit,"                                                              \
    " CASE single_use WHEN 1 THEN -1 ELSE pao_months END, supplier, pack, cost_cents, lead_days,"  \
    " density_mg_ml, gtin, states, retired FROM product"
static const char find_product[] = PRODUCTS " WHERE id = ?1";
static const char of_pigment[] =
    PRODUCTS " WHERE kind = 'pigment' AND pigment = ?1 AND unit = 'ul' AND retired = 0 ORDER BY id";
static const char diluents[] =
    PRODUCTS " WHERE kind = 'diluent' AND unit = 'ul' AND retired = 0 ORDER BY id";
static const char id_with_gtin[] = "SELECT id FROM product WHERE gtin = ?1 AND retired = 0";
/* As tns_bottle_refusal() has it, but for what depends on the opening. */
#define MAY_BE_USED                                                                                \
    "l.quarantined = 0 AND l.recalled = 0 AND (l.expires IS NULL OR l.expires >= ?1)"              \
    " AND (l.sterile = 1 OR p.kind <> 'diluent')"
static const char opened_before[] =
    "SELECT l.product, b.opened, b.on_hand FROM bottle b JOIN lot l ON l.id = b.lot"
    " JOIN product p ON p.id = l.product WHERE b.opened IS NOT NULL AND b.opened <= ?2"
    " AND b.on_hand > 0 AND (p.pao_months > 0 OR p.single_use = 1) AND " MAY_BE_USED;
static const char all_ids[] = "SELECT id FROM product ORDER BY id";

bool tns_product_insert(tns_db *db, const tns_product *p, tns_error *err)
{
    const tns_value values[] = {
        tns_text_value(p->id),
        tns_text_value(tns_product_kind_name(p->kind)),
        tns_text_value(p->pigment),
        tns_text_value(tns_unit_name(p->pieces)),
        tns_integer(p->pao_months > 0 ? p->pao_months : 0),
        tns_text_value(p->supplier),
        tns_integer(p->pack),
        tns_integer(p->cost_cents),
        tns_integer(p->lead_days),
        tns_integer(p->density_mg_ml),
        tns_text_value(p->gtin),
        tns_integer(p->pao_months == TNS_SINGLE_USE),
        tns_text_value(tns_label_states_name(p->states)),
    };
    return tns_db_run(db, insert_product, values, sizeof values / sizeof *values, err);
}

bool tns_product_set_retired(tns_db *db, const char *id, bool retired, tns_error *err)
{
    const tns_value values[] = {tns_text_value(id), tns_integer(retired)};
    return tns_db_run(db, set_retired, values, 2, err);
}

static void read_product(const tns_query *q, tns_product *p)
{
    char word[24];
    memset(p, 0, sizeof *p);
    tns_query_text(q, 0, p->id, sizeof p->id);
    tns_query_text(q, 1, word, sizeof word); /* one of the three: the table sees to that */
    tns_product_kind_parse(word, &p->kind);
    tns_query_text(q, 2, p->pigment, sizeof p->pigment);
    tns_query_text(q, 3, word, sizeof word);
    p->pieces = strcmp(word, tns_unit_name(true)) == 0;
    p->pao_months = (int)tns_query_integer(q, 4);
    tns_query_text(q, 5, p->supplier, sizeof p->supplier);
    p->pack = tns_query_integer(q, 6);
    p->cost_cents = tns_query_integer(q, 7);
    p->lead_days = (int)tns_query_integer(q, 8);
    p->density_mg_ml = (int)tns_query_integer(q, 9);
    tns_query_text(q, 10, p->gtin, sizeof p->gtin);
    tns_query_text(q, 11, word, sizeof word);
    tns_label_states_parse(word, &p->states);
    p->retired = tns_query_integer(q, 12) != 0;
}

bool tns_product_find(tns_db *db, const char *id, tns_product *out, bool *found, tns_error *err)
{
    const tns_value value = tns_text_value(id);
    tns_query *query = tns_db_ask(db, find_product, &value, 1, err);
    bool done = query != NULL;
    *found = tns_query_row(query, &done, err);
    if (*found)
        read_product(query, out);
    tns_query_end(query);
    return done;
}

bool tns_products_alike(tns_db *db, const char *pigment, tns_product **out, size_t *count,
                        tns_error *err)
{
    const tns_value value = tns_text_value(pigment);
    tns_query *query =
        tns_db_ask(db, pigment ? of_pigment : diluents, &value, pigment != NULL, err);
    bool done = query != NULL;
    *out = NULL;
    *count = 0;
    while (tns_query_row(query, &done, err)) {
        tns_product *one = tns_list_grow(out, count, sizeof *one);
        if (one)
            read_product(query, one);
        else
            done = tns_error_set(err, TNS_ERROR_MEMORY, "products: out of memory");
    }
    tns_query_end(query);
    return done;
}

bool tns_product_walk(tns_db *db, tns_product_visit *visit, void *user, tns_error *err)
{
    tns_query *query = tns_db_ask(db, all_ids, NULL, 0, err);
    bool done = query != NULL;
    while (tns_query_row(query, &done, err)) {
        char id[TNS_ID_SIZE];
        done = tns_query_text(query, 0, id, sizeof id) && visit(user, id, err);
    }
    tns_query_end(query);
    return done;
}

bool tns_product_with_gtin(tns_db *db, const char *gtin, tns_product *out, bool *found,
                           tns_error *err)
{
    char id[TNS_ID_SIZE] = "";
    const tns_value value = tns_text_value(gtin);
    tns_query *query = tns_db_ask(db, id_with_gtin, &value, 1, err);
    bool done = query != NULL;
    *found = tns_query_row(query, &done, err);
    if (*found)
        tns_query_text(query, 0, id, sizeof id);
    tns_query_end(query);
    return done && (!*found || tns_product_find(db, id, out, found, err));
}

bool tns_product_opened_before(tns_db *db, tns_day day, tns_day opened, tns_opened_visit *visit,
                               void *user, tns_error *err)
{
    const tns_value values[] = {tns_integer(day), tns_integer(opened)};
    tns_query *query = tns_db_ask(db, opened_before, values, 2, err);
    bool done = query != NULL;
    while (tns_query_row(query, &done, err)) {
        tns_opened bottle = {.opened = (tns_day)tns_query_integer(query, 1),
                             .on_hand = tns_query_integer(query, 2)};
        tns_query_text(query, 0, bottle.product, sizeof bottle.product);
        done = visit(user, &bottle, err);
    }
    tns_query_end(query);
    return done;
}
