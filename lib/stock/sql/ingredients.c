/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What products are made of, line by line of their labels. */
#include "stock/sql/people.h"

static const char insert_ingredient[] =
    "INSERT INTO ingredient (product, place, name, cas, color_index) VALUES (?1, ?2, ?3, ?4, ?5)";
static const char find_ingredients[] =
    "SELECT name, cas, color_index FROM ingredient WHERE product = ?1 ORDER BY place";

bool tns_ingredient_insert(tns_db *db, const char *product, int place, const char *name,
                           const char *cas, const char *color_index, tns_error *err)
{
    const tns_value values[] = {tns_text_value(product), tns_integer(place), tns_text_value(name),
                                tns_text_value(cas), tns_text_value(color_index)};
    return tns_db_run(db, insert_ingredient, values, 5, err);
}

static void read_line(const tns_query *q, tns_product *p)
{
    char color_index[sizeof p->color_index[0]];
    tns_query_text(q, 2, color_index, sizeof color_index);
    if (color_index[0] && p->color_index_count < TNS_COLOR_INDEX_MAX)
        tns_query_text(q, 2, p->color_index[p->color_index_count++], sizeof color_index);
    if (color_index[0] || p->ingredient_count == TNS_INGREDIENTS_MAX)
        return;
    tns_ingredient *one = &p->ingredients[p->ingredient_count++];
    tns_query_text(q, 0, one->name, sizeof one->name);
    tns_query_text(q, 1, one->cas, sizeof one->cas);
}

bool tns_ingredients_find(tns_db *db, tns_product *product, tns_error *err)
{
    const tns_value value = tns_text_value(product->id);
    product->ingredient_count = product->color_index_count = 0;
    tns_query *query = tns_db_ask(db, find_ingredients, &value, 1, err);
    bool done = query != NULL;
    while (tns_query_row(query, &done, err))
        read_line(query, product);
    tns_query_end(query);
    return done;
}
