/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stock/sql/sqlite/sqlite.h"
#include "base/text.h"

static const char *version(void)
{
    return "SQLite " SQLITE_VERSION;
}

/* What it keeps for itself begins with its name. */
static const char definitions[] = "SELECT name, type, tbl_name, sql FROM sqlite_master"
                                  " WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name";

static bool hold(tns_db *db, int kib, tns_error *err)
{
    char sql[48]; /* a pragma takes no parameters; these are numbers of ours */
    tns_text_format(sql, sizeof sql, "PRAGMA cache_size = -%d", kib ? kib : 2000);
    return tns_sqlite_script(db, sql, err);
}

const tns_engine tns_module_sqlite = {
    .module = {TNS_VERSION},
    .open = tns_sqlite_open,
    .close = tns_sqlite_close,
    .name = tns_sqlite_name,
    .prepare = tns_sqlite_prepare,
    .begin_reading = tns_sqlite_begin_reading,
    .begin_writing = tns_sqlite_begin_writing,
    .commit = tns_sqlite_commit,
    .rollback = tns_sqlite_rollback,
    .script = tns_sqlite_script,
    .stamp = tns_sqlite_stamp,
    .schema = tns_sqlite_schema,
    .ask = tns_sqlite_ask,
    .changes = tns_sqlite_changes,
    .query_next = tns_sqlite_query_next,
    .query_end = tns_sqlite_query_end,
    .query_integer = tns_sqlite_query_integer,
    .query_is_null = tns_sqlite_query_is_null,
    .query_text = tns_sqlite_query_text,
    .query_bytes = tns_sqlite_query_bytes,
    .query_difference = tns_sqlite_query_difference,
    .is_apart = tns_sqlite_is_apart,
    .copy = tns_sqlite_copy,
    .wipe = tns_sqlite_wipe,
    .hold = hold,
    .check_sql = "PRAGMA integrity_check(1)",
    .definitions_sql = definitions,
    .index_sql = "SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?1",
    .version = version,
};
