/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stock/sql/usage.h"

static const char last_entry[] = "SELECT coalesce(max(id), 0) FROM entry";
static const char recorded_of[] = "SELECT recorded FROM entry WHERE id = ?1";
static const char uses_since[] =
    "SELECT bottle, day, amount, operation FROM entry e WHERE id >= ?1 AND kind = 'use'"
    " AND day >= ?2 AND day < ?3 AND NOT EXISTS (SELECT 1 FROM entry u WHERE u.undoes = e.id)"
    " ORDER BY id";
static const char bottle_products[] =
    "SELECT b.id, l.product FROM bottle b JOIN lot l ON l.id = b.lot ORDER BY b.id";

/* Nothing is entered before it happened, and entries are numbered as they are recorded. */
bool tns_entry_first_since(tns_db *db, int64_t time, int64_t *out, tns_error *err)
{
    int64_t low = 1, high = 0;
    if (!tns_db_number(db, last_entry, NULL, 0, &high, err))
        return false;
    high++;
    while (low < high) {
        int64_t middle = low + (high - low) / 2, recorded;
        const tns_value value = tns_integer(middle);
        if (!tns_db_number(db, recorded_of, &value, 1, &recorded, err))
            return false;
        if (recorded < time)
            low = middle + 1;
        else
            high = middle;
    }
    *out = low;
    return true;
}

bool tns_use_walk(tns_db *db, int64_t first, tns_day from, tns_day to, tns_use_visit *visit,
                  void *user, tns_error *err)
{
    const tns_value values[] = {tns_integer(first), tns_integer(from), tns_integer(to)};
    tns_query *query = tns_db_ask(db, uses_since, values, 3, err);
    bool more = query != NULL, done = query != NULL;
    while (more) {
        done = tns_query_next(query, &more, err);
        more = done && more;
        if (more)
            visit(user, &(tns_use){.bottle = tns_query_integer(query, 0),
                                   .day = (tns_day)tns_query_integer(query, 1),
                                   .amount = -tns_query_integer(query, 2),
                                   .operation = tns_query_integer(query, 3)});
    }
    tns_query_end(query);
    return done;
}

bool tns_bottle_products_walk(tns_db *db, tns_bottle_product_visit *visit, void *user,
                              tns_error *err)
{
    tns_query *query = tns_db_ask(db, bottle_products, NULL, 0, err);
    bool more = query != NULL, done = query != NULL;
    while (more) {
        char product[TNS_ID_SIZE];
        done = tns_query_next(query, &more, err);
        more = done && more;
        if (more) {
            tns_query_text(query, 1, product, sizeof product);
            done = more = visit(user, tns_query_integer(query, 0), product, err);
        }
    }
    tns_query_end(query);
    return done;
}
