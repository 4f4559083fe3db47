/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The seam's functions, each handed on to the engine of what it is given. The engine is loaded when
 * a store is opened: most runs open none, and SQLite takes a third of the time that a short one
 * needs to start (decision record 0016).
 */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "stock/sql/engine.h"

static const tns_engine *of(const tns_db *db)
{
    return *(const tns_engine *const *)(const void *)db;
}

static const tns_engine *of_query(const tns_query *query)
{
    return *(const tns_engine *const *)(const void *)query;
}

tns_db *tns_db_open(const char *path, tns_stock_access access, int *schema, tns_error *err)
{
    const tns_engine *engine = tns_module_load("sqlite", err);
    return engine ? engine->open(path, access, schema, err) : NULL;
}

void tns_db_close(tns_db *db)
{
    if (db)
        of(db)->close(db);
}

const char *tns_db_name(const tns_db *db)
{
    return of(db)->name(db);
}

bool tns_db_prepare(tns_db *db, tns_error *err)
{
    return of(db)->prepare(db, err);
}

bool tns_db_begin_reading(tns_db *db, tns_error *err)
{
    return of(db)->begin_reading(db, err);
}

bool tns_db_begin_writing(tns_db *db, tns_error *err)
{
    return of(db)->begin_writing(db, err);
}

bool tns_db_commit(tns_db *db, tns_error *err)
{
    return of(db)->commit(db, err);
}

void tns_db_rollback(tns_db *db)
{
    of(db)->rollback(db);
}

bool tns_db_script(tns_db *db, const char *sql, tns_error *err)
{
    return of(db)->script(db, sql, err);
}

bool tns_db_stamp(tns_db *db, int schema, tns_error *err)
{
    return of(db)->stamp(db, schema, err);
}

bool tns_db_schema(tns_db *db, int *schema, tns_error *err)
{
    return of(db)->schema(db, schema, err);
}

tns_query *tns_db_ask(tns_db *db, const char *sql, const tns_value *values, size_t count,
                      tns_error *err)
{
    return of(db)->ask(db, sql, values, count, err);
}

bool tns_query_next(tns_query *query, bool *more, tns_error *err)
{
    return of_query(query)->query_next(query, more, err);
}

void tns_query_end(tns_query *query)
{
    if (query)
        of_query(query)->query_end(query);
}

int64_t tns_query_integer(const tns_query *query, int column)
{
    return of_query(query)->query_integer(query, column);
}

bool tns_query_is_null(const tns_query *query, int column)
{
    return of_query(query)->query_is_null(query, column);
}

bool tns_query_text(const tns_query *query, int column, char *out, size_t size)
{
    return of_query(query)->query_text(query, column, out, size);
}

void tns_query_bytes(const tns_query *query, int column, unsigned char *out, size_t length)
{
    of_query(query)->query_bytes(query, column, out, length);
}

const char *tns_query_difference(const tns_query *a, const tns_query *b)
{
    return of_query(a)->query_difference(a, b);
}

bool tns_db_is_apart(const tns_db *db, const char *path, tns_error *err)
{
    return of(db)->is_apart(db, path, err);
}

bool tns_db_copy(tns_db *db, const char *path, bool dry_run, tns_error *err)
{
    return of(db)->copy(db, path, dry_run, err);
}

bool tns_db_wipe(tns_db *db, tns_error *err)
{
    return of(db)->wipe(db, err);
}

bool tns_db_hold(tns_db *db, int kib, tns_error *err)
{
    return of(db)->hold(db, kib, err);
}

const char *tns_db_definitions(const tns_db *db)
{
    return of(db)->definitions_sql;
}

/* ---- of any engine ---- */

bool tns_query_row(tns_query *query, bool *done, tns_error *err)
{
    bool more = false;
    *done = *done && tns_query_next(query, &more, err);
    return *done && more;
}

bool tns_db_run(tns_db *db, const char *sql, const tns_value *values, size_t count, tns_error *err)
{
    bool more = false;
    tns_query *query = tns_db_ask(db, sql, values, count, err);
    bool done = query && tns_query_next(query, &more, err);
    tns_query_end(query);
    return done;
}

bool tns_db_change(tns_db *db, const char *sql, const tns_value *values, size_t count,
                   const char *what, int64_t id, tns_error *err)
{
    return tns_db_run(db, sql, values, count, err) &&
           (of(db)->changes(db) == 1 ||
            tns_error_set(err, TNS_ERROR_FORMAT, "there is no %s%" PRId64, what, id));
}

bool tns_db_number(tns_db *db, const char *sql, const tns_value *values, size_t count, int64_t *out,
                   tns_error *err)
{
    tns_query *query = tns_db_ask(db, sql, values, count, err);
    bool done = query != NULL;
    *out = tns_query_row(query, &done, err) ? tns_query_integer(query, 0) : 0;
    tns_query_end(query);
    return done;
}

bool tns_db_check(tns_db *db, tns_error *err)
{
    char found[200] = "";
    tns_query *query = tns_db_ask(db, of(db)->check_sql, NULL, 0, err);
    bool done = query != NULL;
    if (tns_query_row(query, &done, err))
        tns_query_text(query, 0, found, sizeof found);
    tns_query_end(query);
    if (done && strcmp(found, "ok") != 0)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: the store is damaged: %s", tns_db_name(db),
                             found);
    return done;
}

bool tns_db_put_off_index(tns_db *db, const char *name, tns_db_index *out, tns_error *err)
{
    char drop[96];
    const tns_value value = tns_text_value(name);
    tns_query *query = tns_db_ask(db, of(db)->index_sql, &value, 1, err);
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

const char *tns_db_version(void)
{
    const tns_engine *engine = tns_module_load("sqlite", NULL);
    return engine ? engine->version() : "SQLite that is not installed";
}
