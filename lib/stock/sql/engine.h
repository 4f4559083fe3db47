/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an engine's module shows (base/module.h): functions of database.h by their names there.
 * A tns_db and a tns_query of it begin with a pointer to this record, and it is never called with
 * NULL for either.
 */
#ifndef STOCK_SQL_ENGINE_H
#define STOCK_SQL_ENGINE_H

#include <tonsure/export.h>

#include "base/module.h"
#include "stock/sql/database.h"

typedef struct tns_engine {
    tns_module module;
    tns_db *(*open)(const char *path, tns_stock_access access, int *schema, tns_error *err);
    void (*close)(tns_db *db);
    const char *(*name)(const tns_db *db);
    bool (*prepare)(tns_db *db, tns_error *err);
    bool (*begin_reading)(tns_db *db, tns_error *err);
    bool (*begin_writing)(tns_db *db, tns_error *err);
    bool (*commit)(tns_db *db, tns_error *err);
    void (*rollback)(tns_db *db);
    bool (*script)(tns_db *db, const char *sql, tns_error *err);
    bool (*stamp)(tns_db *db, int schema, tns_error *err);
    bool (*schema)(tns_db *db, int *schema, tns_error *err);
    tns_query *(*ask)(tns_db *db, const char *sql, const tns_value *values, size_t count,
                      tns_error *err);
    /* How many rows the last statement changed. */
    int64_t (*changes)(const tns_db *db);
    bool (*query_next)(tns_query *query, bool *more, tns_error *err);
    void (*query_end)(tns_query *query);
    int64_t (*query_integer)(const tns_query *query, int column);
    bool (*query_is_null)(const tns_query *query, int column);
    bool (*query_text)(const tns_query *query, int column, char *out, size_t size);
    void (*query_bytes)(const tns_query *query, int column, unsigned char *out, size_t length);
    const char *(*query_difference)(const tns_query *a, const tns_query *b);
    bool (*is_apart)(const tns_db *db, const char *path, tns_error *err);
    bool (*copy)(tns_db *db, const char *path, bool dry_run, tns_error *err);
    bool (*wipe)(tns_db *db, tns_error *err);
    bool (*hold)(tns_db *db, int kib, tns_error *err);
    /* Statements in its own words: "ok", or what is wrong with the file; all that was defined, by
       name, its name first; what makes the index ?1. */
    const char *check_sql, *definitions_sql, *index_sql;
    const char *(*version)(void);
} tns_engine;

extern TNS_API const tns_engine tns_module_sqlite;

#endif
