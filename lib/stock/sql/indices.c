/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes much at once faster: memory, and an index that is made in one go. */
#include "base/text.h"
#include "stock/sql/database.h"

bool tns_db_hold(tns_db *db, int kib, tns_error *err)
{
    char sql[48]; /* a pragma takes no parameters; these are numbers of ours */
    tns_text_format(sql, sizeof sql, "PRAGMA cache_size = -%d", kib ? kib : 2000);
    return tns_db_script(db, sql, err);
}

static const char index_of[] = "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?1";

bool tns_db_put_off_index(tns_db *db, const char *name, tns_db_index *out, tns_error *err)
{
    char drop[96];
    const tns_value value = tns_text_value(name);
    tns_query *query = tns_db_ask(db, index_of, &value, 1, err);
    bool done = query != NULL;
    /* One that does not fit stays. */
    if (!tns_query_row(query, &done, err) || !tns_query_text(query, 0, out->sql, sizeof out->sql))
        out->sql[0] = '\0';
    tns_query_end(query);
    tns_text_format(drop, sizeof drop, "DROP INDEX \"%s\"", name); /* a name of our schema's */
    return done && (!out->sql[0] || tns_db_script(db, drop, err));
}

bool tns_db_make_index(tns_db *db, const tns_db_index *index, tns_error *err)
{
    return !index->sql[0] || tns_db_script(db, index->sql, err);
}
