/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The seam to a database: what any that speaks SQL can give. sqlite/ is the one there is, the only
 * folder that knows it, and a module (engine.h); one for PostgreSQL would be another.
 *
 * Statements use the common subset, with ?1, ?2 .. for what is bound, or ? for each in its turn; a
 * value never becomes part of a statement's text.
 */
#ifndef STOCK_SQL_DATABASE_H
#define STOCK_SQL_DATABASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/error.h>
#include <tonsure/stock.h>

typedef struct tns_db tns_db;

/*
 * What the file is comes out before anything is written: `schema` is 0 for a new store, else the
 * number it was stamped with.
 */
tns_db *tns_db_open(const char *path, tns_stock_access access, int *schema, tns_error *err);
/* NULL is taken. */
void tns_db_close(tns_db *db);
/* For errors. */
const char *tns_db_name(const tns_db *db);

/* Durable logging and the checks of every connection; once the file is known to be ours. */
bool tns_db_prepare(tns_db *db, tns_error *err);

/*
 * A transaction. To write, it waits for others to end theirs: nobody is told that the store is
 * busy, unless for a minute. Reading waits for nobody, and sees one state throughout; within
 * reading more may be read, and all of it ends with the outermost tns_db_rollback().
 */
bool tns_db_begin_reading(tns_db *db, tns_error *err);
bool tns_db_begin_writing(tns_db *db, tns_error *err);
bool tns_db_commit(tns_db *db, tns_error *err);
void tns_db_rollback(tns_db *db);

/* Several statements in one text, nothing bound: for schemas. */
bool tns_db_script(tns_db *db, const char *sql, tns_error *err);
/* Stamps the schema's number; within a transaction that writes. */
bool tns_db_stamp(tns_db *db, int schema, tns_error *err);
/* The number as it is now, within a transaction. */
bool tns_db_schema(tns_db *db, int *schema, tns_error *err);

typedef enum tns_value_kind {
    TNS_VALUE_NULL,
    TNS_VALUE_INTEGER,
    TNS_VALUE_TEXT,
    TNS_VALUE_BYTES
} tns_value_kind;

typedef struct tns_value {
    tns_value_kind kind;
    int64_t integer;
    const char *text;
    const unsigned char *bytes;
    size_t length;
} tns_value;

static inline tns_value tns_integer(int64_t value)
{
    return (tns_value){.kind = TNS_VALUE_INTEGER, .integer = value};
}

/* NULL for 0, which stands for "none". */
static inline tns_value tns_integer_or_null(int64_t value)
{
    return value ? tns_integer(value) : (tns_value){.kind = TNS_VALUE_NULL};
}

static inline tns_value tns_text_value(const char *text)
{
    return (tns_value){.kind = TNS_VALUE_TEXT, .text = text};
}

static inline tns_value tns_bytes(const unsigned char *bytes, size_t length)
{
    return (tns_value){.kind = TNS_VALUE_BYTES, .bytes = bytes, .length = length};
}

/* A statement under way. */
typedef struct tns_query tns_query;

/*
 * Binds and starts a statement; it is prepared once and kept by the handle, which knows it by the
 * address of its text. What is bound must live until tns_query_end(). NULL on failure.
 */
tns_query *tns_db_ask(tns_db *db, const char *sql, const tns_value *values, size_t count,
                      tns_error *err);
/* The next row: *more is false behind the last. */
bool tns_query_next(tns_query *query, bool *more, tns_error *err);
/*
 * The same for a loop over rows: whether there is one. *done becomes false where the statement
 * fails; while it is false, by the query or by the loop's body, there is no row.
 */
bool tns_query_row(tns_query *query, bool *done, tns_error *err);
/* NULL is taken. */
void tns_query_end(tns_query *query);

/* Of the row that is there, by column from 0. NULL reads as 0 and "". A text that does not fit is
   cut, and false is returned. */
int64_t tns_query_integer(const tns_query *query, int column);
bool tns_query_is_null(const tns_query *query, int column);
bool tns_query_text(const tns_query *query, int column, char *out, size_t size);
/* Zeros unless it has just that length. */
void tns_query_bytes(const tns_query *query, int column, unsigned char *out, size_t length);

/* What two rows have that is not alike: the first such column's name; NULL when there is none. */
const char *tns_query_difference(const tns_query *a, const tns_query *b);

/* A statement that gives no rows. */
bool tns_db_run(tns_db *db, const char *sql, const tns_value *values, size_t count, tns_error *err);

/* One that changes the row `what` and `id` name, and is refused where there is none. */
bool tns_db_change(tns_db *db, const char *sql, const tns_value *values, size_t count,
                   const char *what, int64_t id, tns_error *err);

/* One number of one row, 0 when there is none. */
bool tns_db_number(tns_db *db, const char *sql, const tns_value *values, size_t count, int64_t *out,
                   tns_error *err);

/* So many KiB of the file are held in memory at most; 0 = as much as is usual. */
bool tns_db_hold(tns_db *db, int kib, tns_error *err);

/*
 * An index, taken away before much is put into its table, and made again as it was. Both within
 * one transaction that writes; where it is rolled back it is there again.
 */
typedef struct tns_db_index {
    char sql[200]; /* "" = there is none */
} tns_db_index;
bool tns_db_put_off_index(tns_db *db, const char *name, tns_db_index *out, tns_error *err);
bool tns_db_make_index(tns_db *db, const tns_db_index *index, tns_error *err);

/* A statement that gives all that was defined, tables and indices, by name; its name comes first.
 */
const char *tns_db_definitions(const tns_db *db);

/* The file's own structure; TNS_ERROR_FORMAT says what is wrong. */
bool tns_db_check(tns_db *db, tns_error *err);
/* Nothing of that name is there, nor is it the store's own or its log's; a pipe or device may be.
 */
bool tns_db_is_apart(const tns_db *db, const char *path, tns_error *err);
/* A copy of the state as it is, into a new file, while others write; with `dry_run` only what
   can be refused before. */
bool tns_db_copy(tns_db *db, const char *path, bool dry_run, tns_error *err);

/* What was deleted leaves the file and its log too; nothing may be under way. Waits for others, and
   fails where one does not let go. */
bool tns_db_wipe(tns_db *db, tns_error *err);

/* "SQLite 3.40.1". */
const char *tns_db_version(void);

#endif
