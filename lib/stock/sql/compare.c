/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether two stores are made alike, and say the same of all that the ledger makes. */
#include <string.h>

#include "stock/sql/tables.h"

static const char all_products[] = "SELECT * FROM product ORDER BY id";
static const char all_lots[] = "SELECT * FROM lot ORDER BY id";
static const char all_ingredients[] = "SELECT * FROM ingredient ORDER BY product, place";
static const char all_clients[] = "SELECT * FROM client ORDER BY id";
static const char all_visits[] = "SELECT * FROM visit ORDER BY id";
static const char all_pots[] = "SELECT * FROM pot ORDER BY id";
static const char all_parts[] = "SELECT * FROM part ORDER BY pot, bottle";
static const char all_terms[] = "SELECT * FROM terms ORDER BY product, supplier";
static const char all_prices[] = "SELECT * FROM price ORDER BY product, supplier, packs";
static const char all_orders[] = "SELECT * FROM purchase ORDER BY id";
static const char all_lines[] = "SELECT * FROM purchase_line ORDER BY purchase, place";
static const char all_used[] =
    "SELECT product, monday, amount, operations FROM used ORDER BY product, monday";
static const char all_bottles[] = "SELECT * FROM bottle ORDER BY id";

typedef struct table {
    const char *sql, *what;
} table;

static bool tell(tns_db *db, const table *t, const tns_query *row, const char *what, tns_error *err)
{
    char id[TNS_ID_SIZE];
    tns_query_text(row, 0, id, sizeof id);
    return tns_error_set(err, TNS_ERROR_TAMPERED, "%s: %s%s: %s", tns_db_name(db), t->what, id,
                         what);
}

/* Both behind their last row, or both at rows that are alike. */
static bool compare_rows(tns_db *db, const table *t, const tns_query *here, bool more_here,
                         const tns_query *right, bool more_right, tns_error *err)
{
    char id[TNS_ID_SIZE];
    if (!more_here && !more_right)
        return true;
    if (!more_right)
        return tell(db, t, here, "no entry of the ledger made it", err);
    if (!more_here)
        return tell(db, t, right, "it is in the ledger, but no longer in its table", err);
    const char *column = tns_query_difference(here, right);
    if (!column)
        return true;
    tns_query_text(right, 0, id, sizeof id);
    return tns_error_set(err, TNS_ERROR_TAMPERED,
                         "%s: %s%s: its \"%s\" is not what the ledger's entries make it",
                         tns_db_name(db), t->what, id, column);
}

static bool compare_table(tns_db *db, tns_db *right, const table *t, tns_error *err)
{
    tns_query *a = tns_db_ask(db, t->sql, NULL, 0, err);
    tns_query *b = a ? tns_db_ask(right, t->sql, NULL, 0, err) : NULL;
    bool more_a = true, more_b = true, done = b != NULL;
    while (done && more_a && more_b)
        done = tns_query_next(a, &more_a, err) && tns_query_next(b, &more_b, err) &&
               compare_rows(db, t, a, more_a, b, more_b, err);
    tns_query_end(a);
    tns_query_end(b);
    return done;
}

static bool compare_definitions(tns_db *db, tns_db *right, tns_error *err)
{
    tns_query *a = tns_db_ask(db, tns_db_definitions(db), NULL, 0, err);
    tns_query *b = a ? tns_db_ask(right, tns_db_definitions(right), NULL, 0, err) : NULL;
    bool more_a = true, more_b = true, done = b != NULL;
    while (done && more_a && more_b) {
        char ours[64] = "", theirs[64] = "";
        done = tns_query_next(a, &more_a, err) && tns_query_next(b, &more_b, err);
        if (!done || (!more_a && !more_b))
            break;
        if (more_a)
            tns_query_text(a, 0, ours, sizeof ours);
        if (more_b)
            tns_query_text(b, 0, theirs, sizeof theirs);
        /* By name: what is missing or strange here is the one that comes first. */
        bool missing = more_b && (!more_a || strcmp(theirs, ours) < 0);
        if (more_a != more_b || tns_query_difference(a, b))
            done = tns_error_set(err, TNS_ERROR_TAMPERED,
                                 "%s: its schema was changed by other means: %s%s", tns_db_name(db),
                                 missing ? theirs : ours, missing ? " is missing" : "");
    }
    tns_query_end(a);
    tns_query_end(b);
    return done;
}

bool tns_tables_compare(tns_db *db, tns_db *right, tns_error *err)
{
    static const table tables[] = {{all_products, "product "},
                                   {all_ingredients, "what is in product "},
                                   {all_lots, "lot number "},
                                   {all_bottles, "bottle B"},
                                   {all_clients, "client C"},
                                   {all_visits, "visit V"},
                                   {all_pots, "pot P"},
                                   {all_parts, "a part of pot P"},
                                   {all_terms, "terms of product "},
                                   {all_prices, "a price of product "},
                                   {all_orders, "order O"},
                                   {all_lines, "a line of order O"},
                                   {all_used, "what was used of product "}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (!compare_table(db, right, &tables[i], err))
            return false;
    return compare_definitions(db, right, err);
}
