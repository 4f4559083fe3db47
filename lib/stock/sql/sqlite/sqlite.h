/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SQLite as the store: one file, a write-ahead log beside it while it is in use.
 * synchronous=NORMAL: a program that dies loses nothing that was committed; a power cut may lose
 * the last commits, but leaves a sound store.
 *
 * Inside the module alone. tns_sqlite_open .. tns_sqlite_query_difference are what database.h
 * promises of the functions that are called so without "sqlite".
 */
#ifndef STOCK_SQL_SQLITE_H
#define STOCK_SQL_SQLITE_H

#include <sqlite3.h>

#include "stock/sql/engine.h"

enum { TNS_SQLITE_STATEMENTS = 192 }; /* at the most, kept until the store is closed */

struct tns_query {
    const tns_engine *engine;
    const char *sql; /* its address is the key */
    sqlite3_stmt *statement;
    tns_db *db;
};

struct tns_db {
    const tns_engine *engine;
    sqlite3 *handle;
    char name[256];
    double waiting_since;
    int readers; /* who began to read and has not ended */
    size_t query_count;
    struct tns_query queries[TNS_SQLITE_STATEMENTS];
};

/* fail.c: false, and what an answer of SQLite's means to who keeps a shelf. */
bool tns_sqlite_fail(const tns_db *db, int code, tns_error *err);

/* transactions.c */

/* SQLite's busy handler, of a tns_db: whether to try again after `before` times. Its own timeout
   gives up sooner under many writers. */
int tns_sqlite_wait(void *db, int before);
/* SQLite's answer; for what it answers "busy" to without asking the handler. */
int tns_sqlite_run(tns_db *db, const char *sql);
bool tns_sqlite_script(tns_db *db, const char *sql, tns_error *err);
bool tns_sqlite_begin_reading(tns_db *db, tns_error *err);
bool tns_sqlite_begin_writing(tns_db *db, tns_error *err);
bool tns_sqlite_commit(tns_db *db, tns_error *err);
void tns_sqlite_rollback(tns_db *db);

/* open.c */

tns_db *tns_sqlite_open(const char *path, tns_stock_access access, int *schema, tns_error *err);
void tns_sqlite_close(tns_db *db);
const char *tns_sqlite_name(const tns_db *db);
bool tns_sqlite_prepare(tns_db *db, tns_error *err);
bool tns_sqlite_stamp(tns_db *db, int schema, tns_error *err);
bool tns_sqlite_schema(tns_db *db, int *schema, tns_error *err);

/* statements.c */

tns_query *tns_sqlite_ask(tns_db *db, const char *sql, const tns_value *values, size_t count,
                          tns_error *err);
int64_t tns_sqlite_changes(const tns_db *db);
bool tns_sqlite_query_next(tns_query *query, bool *more, tns_error *err);
void tns_sqlite_query_end(tns_query *query);
int64_t tns_sqlite_query_integer(const tns_query *query, int column);
bool tns_sqlite_query_is_null(const tns_query *query, int column);
bool tns_sqlite_query_text(const tns_query *query, int column, char *out, size_t size);
void tns_sqlite_query_bytes(const tns_query *query, int column, unsigned char *out, size_t length);
const char *tns_sqlite_query_difference(const tns_query *a, const tns_query *b);

/* files.c */

bool tns_sqlite_folder_is_there(const char *path); /* that of a file of this path */
bool tns_sqlite_is_apart(const tns_db *db, const char *path, tns_error *err);
bool tns_sqlite_copy(tns_db *db, const char *path, bool dry_run, tns_error *err);
bool tns_sqlite_wipe(tns_db *db, tns_error *err);

#endif
