/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes much at once faster: memory, and indices that are made in one go. */
#include <string.h>

#include "base/text.h"
#include "stock/sql/database.h"

bool tns_db_hold(tns_db *db, int kib, tns_error *err)
{
    char sql[48]; /* a pragma takes no parameters; these are numbers of ours */
    tns_text_format(sql, sizeof sql, "PRAGMA cache_size = -%d", kib ? kib : 2000);
    return tns_db_script(db, sql, err);
}

static const char indices_of[] =
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ?1"
    " AND sql IS NOT NULL ORDER BY name";

typedef struct names {
    char name[TNS_INDICES_MAX][64];
} names;

static bool find(tns_db *db, const char *table, tns_db_indices *out, names *found, tns_error *err)
{
    const tns_value value = tns_text_value(table);
    tns_query *query = tns_db_ask(db, indices_of, &value, 1, err);
    bool more = query != NULL, done = query != NULL;
    out->count = 0;
    while (more) {
        done = tns_query_next(query, &more, err);
        more = done && more && out->count < TNS_INDICES_MAX;
        /* One that does not fit stays. */
        if (more && tns_query_text(query, 0, found->name[out->count], sizeof found->name[0]) &&
            tns_query_text(query, 1, out->sql[out->count], sizeof out->sql[0]))
            out->count++;
    }
    tns_query_end(query);
    return done;
}

/* The names are those of our own schema: that of a store is known before it is opened. */
bool tns_db_put_off_indices(tns_db *db, const char *table, tns_db_indices *out, tns_error *err)
{
    names found;
    bool done = find(db, table, out, &found, err);
    for (size_t i = 0; done && i < out->count; i++) {
        char sql[96];
        tns_text_format(sql, sizeof sql, "DROP INDEX \"%.63s\"", found.name[i]);
        done = strchr(found.name[i], '"') == NULL && tns_db_script(db, sql, err);
    }
    return done;
}

bool tns_db_make_indices(tns_db *db, const tns_db_indices *indices, tns_error *err)
{
    bool done = true;
    for (size_t i = 0; done && i < indices->count; i++)
        done = tns_db_script(db, indices->sql[i], err);
    return done;
}
