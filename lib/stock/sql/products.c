/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "stock/sql/tables.h"
#include "stock/words.h"

static const char insert_product[] =
    "INSERT INTO product (id, kind, pigment, unit, pao_months, supplier, pack, cost_cents,"
    " lead_days, density_mg_ml) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
static const char find_product[] =
    "SELECT id, kind, pigment, unit, pao_months, supplier, pack, cost_cents, lead_days,"
    " density_mg_ml FROM product WHERE id = ?1";
static const char all_ids[] = "SELECT id FROM product ORDER BY id";

bool tns_product_insert(tns_db *db, const tns_product *p, tns_error *err)
{
    const tns_value values[] = {
        tns_text_value(p->id),      tns_text_value(tns_product_kind_name(p->kind)),
        tns_text_value(p->pigment), tns_text_value(tns_unit_name(p->pieces)),
        tns_integer(p->pao_months), tns_text_value(p->supplier),
        tns_integer(p->pack),       tns_integer(p->cost_cents),
        tns_integer(p->lead_days),  tns_integer(p->density_mg_ml),
    };
    return tns_db_run(db, insert_product, values, sizeof values / sizeof *values, err);
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
}

bool tns_product_find(tns_db *db, const char *id, tns_product *out, bool *found, tns_error *err)
{
    const tns_value value = tns_text_value(id);
    *found = false;
    tns_query *query = tns_db_ask(db, find_product, &value, 1, err);
    bool done = query && tns_query_next(query, found, err);
    if (*found)
        read_product(query, out);
    tns_query_end(query);
    return done;
}

bool tns_product_walk(tns_db *db, tns_product_visit *visit, void *user, tns_error *err)
{
    tns_query *query = tns_db_ask(db, all_ids, NULL, 0, err);
    bool more = query != NULL, done = query != NULL;
    while (more) {
        char id[TNS_ID_SIZE];
        done = tns_query_next(query, &more, err);
        if (done && more)
            done = tns_query_text(query, 0, id, sizeof id) && visit(user, id, err);
        more = done && more;
    }
    tns_query_end(query);
    return done;
}
