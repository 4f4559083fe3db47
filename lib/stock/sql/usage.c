/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stock/sql/usage.h"

/* An operation counts once for a product: with the first of its entries that is of one. The inner
   questions stand where nothing but the number of an entry can lead to it. */
#define EARLIER_OF_THIS                                                                            \
    "EXISTS (SELECT 1 FROM entry e WHERE e.id >= ?3 AND e.id < ?4"                                 \
    " AND (SELECT m.product FROM bottle f JOIN lot m ON m.id = f.lot WHERE f.id = e.bottle)"       \
    " = l.product AND "
#define TO_WHAT_THERE_IS                                                                           \
    " ON CONFLICT (monday, product) DO UPDATE SET amount = used.amount + excluded.amount,"         \
    " operations = used.operations + excluded.operations"

static const char enter_use[] =
    "INSERT INTO used (monday, product, amount, operations)"
    " SELECT ?5, l.product, ?2, CASE WHEN " EARLIER_OF_THIS "e.kind = 'use') THEN 0 ELSE 1 END"
    " FROM bottle b JOIN lot l ON l.id = b.lot WHERE b.id = ?1" TO_WHAT_THERE_IS;
static const char enter_undo[] =
    "INSERT INTO used (monday, product, amount, operations)"
    " SELECT t.day - (t.day + 3) % 7, l.product, ?2, CASE WHEN " EARLIER_OF_THIS
    "(SELECT u.kind FROM entry u WHERE u.id = e.undoes) = 'use') THEN 0 ELSE -1 END"
    " FROM bottle b JOIN lot l ON l.id = b.lot JOIN entry t ON t.id = ?5 AND t.kind = 'use'"
    " WHERE b.id = ?1" TO_WHAT_THERE_IS;
static const char add_used[] = "INSERT INTO used (monday, product, amount, operations)"
                               " VALUES (?1, ?2, ?3, ?4)" TO_WHAT_THERE_IS;
static const char used_between[] =
    "SELECT monday, product, amount, operations FROM used WHERE monday >= ?1 AND monday < ?2"
    " ORDER BY monday, product";
static const char first_used[] = "SELECT coalesce(min(monday), 0) FROM used";
static const char all_came[] = "SELECT id, came FROM product ORDER BY id";
static const char product_of[] =
    "SELECT l.product FROM bottle b JOIN lot l ON l.id = b.lot WHERE b.id = ?1";

tns_day tns_used_monday(tns_day day)
{
    return day - (day + 3) % 7; /* days are counted from a Thursday on, and are more than 0 */
}

bool tns_used_enter(tns_db *db, const tns_entry *e, tns_error *err)
{
    bool back = e->kind == TNS_ENTRY_UNDO;
    const tns_value values[] = {tns_integer(e->bottle), tns_integer(-e->amount),
                                tns_integer(e->operation), tns_integer(e->id),
                                tns_integer(back ? e->undoes : tns_used_monday(e->day))};
    if (e->bottle == 0 || (e->kind != TNS_ENTRY_USE && !back))
        return true;
    return tns_db_run(db, back ? enter_undo : enter_use, values, 5, err);
}

bool tns_used_add(tns_db *db, const tns_used *used, tns_error *err)
{
    const tns_value values[] = {tns_integer(used->monday), tns_text_value(used->product),
                                tns_integer(used->amount), tns_integer(used->operations)};
    return tns_db_run(db, add_used, values, 4, err);
}

bool tns_used_walk(tns_db *db, tns_day from, tns_day to, tns_used_visit *visit, void *user,
                   tns_error *err)
{
    const tns_value values[] = {tns_integer(from), tns_integer(to)};
    tns_query *query = tns_db_ask(db, used_between, values, 2, err);
    bool done = query != NULL;
    while (tns_query_row(query, &done, err)) {
        tns_used used = {.monday = (tns_day)tns_query_integer(query, 0),
                         .amount = tns_query_integer(query, 2),
                         .operations = tns_query_integer(query, 3)};
        tns_query_text(query, 1, used.product, sizeof used.product);
        visit(user, &used);
    }
    tns_query_end(query);
    return done;
}

bool tns_used_first(tns_db *db, tns_day *out, tns_error *err)
{
    int64_t monday = 0;
    bool done = tns_db_number(db, first_used, NULL, 0, &monday, err);
    *out = (tns_day)monday;
    return done;
}

bool tns_came_walk(tns_db *db, tns_came_visit *visit, void *user, tns_error *err)
{
    tns_query *query = tns_db_ask(db, all_came, NULL, 0, err);
    bool done = query != NULL;
    while (tns_query_row(query, &done, err)) {
        char product[TNS_ID_SIZE];
        tns_query_text(query, 0, product, sizeof product);
        done = visit(user, product, (tns_day)tns_query_integer(query, 1), err);
    }
    tns_query_end(query);
    return done;
}

bool tns_bottle_product(tns_db *db, int64_t bottle, char out[TNS_ID_SIZE], tns_error *err)
{
    const tns_value value = tns_integer(bottle);
    tns_query *query = tns_db_ask(db, product_of, &value, 1, err);
    bool done = query != NULL;
    out[0] = '\0';
    if (tns_query_row(query, &done, err))
        tns_query_text(query, 0, out, TNS_ID_SIZE);
    tns_query_end(query);
    return done;
}
