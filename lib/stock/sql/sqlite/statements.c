/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "stock/sql/sqlite/sqlite.h"

static tns_query *find_query(tns_db *db, const char *sql, tns_error *err)
{
    for (size_t i = 0; i < db->query_count; i++)
        if (db->queries[i].sql == sql)
            return &db->queries[i];
    if (db->query_count == TNS_SQLITE_STATEMENTS) {
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: too many statements", db->name);
        return NULL;
    }
    tns_query *query = &db->queries[db->query_count];
    int code =
        sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &query->statement, NULL);
    if (code != SQLITE_OK) {
        tns_sqlite_fail(db, code, err);
        return NULL;
    }
    query->engine = db->engine;
    query->sql = sql;
    query->db = db;
    db->query_count++;
    return query;
}

static int bind(sqlite3_stmt *statement, int place, const tns_value *value)
{
    switch (value->kind) {
    case TNS_VALUE_INTEGER:
        return sqlite3_bind_int64(statement, place, value->integer);
    case TNS_VALUE_TEXT:
        return sqlite3_bind_text(statement, place, value->text, -1, SQLITE_STATIC);
    case TNS_VALUE_BYTES:
        return sqlite3_bind_blob64(statement, place, value->bytes, value->length, SQLITE_STATIC);
    case TNS_VALUE_NULL:
        break;
    }
    return sqlite3_bind_null(statement, place);
}

tns_query *tns_sqlite_ask(tns_db *db, const char *sql, const tns_value *values, size_t count,
                          tns_error *err)
{
    tns_query *query = find_query(db, sql, err);
    if (!query)
        return NULL;
    sqlite3_reset(query->statement);
    for (size_t i = 0; i < count; i++) {
        int code = bind(query->statement, (int)i + 1, &values[i]);
        if (code != SQLITE_OK) {
            tns_sqlite_fail(db, code, err);
            return NULL;
        }
    }
    return query;
}

bool tns_sqlite_query_next(tns_query *query, bool *more, tns_error *err)
{
    int code = sqlite3_step(query->statement);
    *more = code == SQLITE_ROW;
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return true;
    tns_sqlite_fail(query->db, code, err);
    sqlite3_reset(query->statement);
    return false;
}

void tns_sqlite_query_end(tns_query *query)
{
    if (!query)
        return;
    sqlite3_reset(query->statement);
    sqlite3_clear_bindings(query->statement);
}

int64_t tns_sqlite_query_integer(const tns_query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

bool tns_sqlite_query_is_null(const tns_query *query, int column)
{
    return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}

bool tns_sqlite_query_text(const tns_query *query, int column, char *out, size_t size)
{
    const char *text = (const char *)sqlite3_column_text(query->statement, column);
    size_t all = (size_t)sqlite3_column_bytes(query->statement, column);
    size_t length = text ? strlen(text) : 0; /* a text may have a NUL in it */
    if (length >= size)
        length = size - 1;
    if (length > 0)
        memcpy(out, text, length);
    out[length] = '\0';
    return length == all;
}

void tns_sqlite_query_bytes(const tns_query *query, int column, unsigned char *out, size_t length)
{
    const void *bytes = sqlite3_column_blob(query->statement, column);
    memset(out, 0, length);
    if (bytes && (size_t)sqlite3_column_bytes(query->statement, column) == length)
        memcpy(out, bytes, length);
}

static bool alike(sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
    int kind = sqlite3_column_type(a, column);
    if (kind != sqlite3_column_type(b, column))
        return false;
    if (kind == SQLITE_INTEGER)
        return sqlite3_column_int64(a, column) == sqlite3_column_int64(b, column);
    if (kind == SQLITE_NULL)
        return true;
    const void *ours = sqlite3_column_blob(a, column), *theirs = sqlite3_column_blob(b, column);
    int length = sqlite3_column_bytes(a, column);
    return length == sqlite3_column_bytes(b, column) &&
           (length == 0 || memcmp(ours, theirs, (size_t)length) == 0);
}

const char *tns_sqlite_query_difference(const tns_query *a, const tns_query *b)
{
    for (int i = 0; i < sqlite3_column_count(a->statement); i++)
        if (!alike(a->statement, b->statement, i))
            return sqlite3_column_name(a->statement, i);
    return NULL;
}

int64_t tns_sqlite_changes(const tns_db *db)
{
    return sqlite3_changes(db->handle);
}
