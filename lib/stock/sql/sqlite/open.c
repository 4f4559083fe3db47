/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "stock/sql/sqlite/sqlite.h"

/* "TNSR", in the place where SQLite's format has room for whose file it is. */
enum { APPLICATION = 0x544e5352 };

static bool look_first(const char *path, tns_stock_access access, tns_error *err)
{
    struct stat found;
    if (!path[0] || strstr(path, "://"))
        return tns_error_set(err, TNS_ERROR_USAGE, "store: expected a file, found \"%.200s\"",
                             path);
    if (!tns_sqlite_folder_is_there(path))
        return tns_error_set(err, TNS_ERROR_NOT_FOUND, "%s: its folder is not there", path);
    bool there = stat(path, &found) == 0;
    if (there && !S_ISREG(found.st_mode))
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: not a file", path);
    if ((!there || found.st_size == 0) && access == TNS_STOCK_EXISTING)
        return tns_error_set(err, TNS_ERROR_NOT_FOUND,
                             "%s: there is no store yet: stock product add makes one", path);
    return true;
}

static bool ask_number(tns_db *db, const char *sql, int *out, tns_error *err)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL);
    code = code == SQLITE_OK ? sqlite3_step(statement) : code;
    bool found = code == SQLITE_ROW;
    if (found)
        *out = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return found || tns_sqlite_fail(db, code, err);
}

/* Whose file it is, which takes reading alone; of one moment, for another may be making it. */
static bool identify(tns_db *db, int *schema, tns_error *err)
{
    int application = 0, tables = 0;
    if (!tns_sqlite_begin_reading(db, err))
        return false;
    bool done = ask_number(db, "PRAGMA application_id", &application, err) &&
                ask_number(db, "SELECT count(*) FROM sqlite_master", &tables, err) &&
                ask_number(db, "PRAGMA user_version", schema, err);
    tns_sqlite_rollback(db);
    if (!done)
        return false;
    if (application == APPLICATION && *schema > 0)
        return true;
    if (application != 0 || tables > 0 || *schema != 0)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: the database of another program",
                             db->name);
    return true;
}

static bool open_handle(tns_db *db, const char *path, tns_stock_access access, tns_error *err)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                (access == TNS_STOCK_EXISTING ? 0 : SQLITE_OPEN_CREATE);
    bool scratch = access == TNS_STOCK_SCRATCH;
    /* ":memory:" is a file's name like any other, when somebody types it. */
    char *file = malloc(strlen(path) + 16);
    if (!file)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", db->name);
    strcpy(file, scratch ? ":memory:" : path[0] == ':' ? "./" : "");
    strcat(file, scratch ? "" : path);
    int code = sqlite3_open_v2(file, &db->handle, flags, NULL);
    free(file);
    if (code != SQLITE_OK)
        return tns_sqlite_fail(db, code, err);
    sqlite3_busy_handler(db->handle, tns_sqlite_wait, db);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return true;
}

void tns_sqlite_close(tns_db *db)
{
    if (!db)
        return;
    for (size_t i = 0; i < db->query_count; i++)
        sqlite3_finalize(db->queries[i].statement);
    sqlite3_close(db->handle);
    free(db);
}

tns_db *tns_sqlite_open(const char *path, tns_stock_access access, int *schema, tns_error *err)
{
    if (access != TNS_STOCK_SCRATCH && !look_first(path, access, err))
        return NULL;
    tns_db *db = calloc(1, sizeof *db);
    if (!db) {
        tns_error_set(err, TNS_ERROR_MEMORY, "store: out of memory");
        return NULL;
    }
    db->engine = &tns_module_sqlite;
    strncpy(db->name, access == TNS_STOCK_SCRATCH ? "store" : path, sizeof db->name - 1);
    if (open_handle(db, path, access, err) && identify(db, schema, err))
        return db;
    tns_sqlite_close(db);
    return NULL;
}

const char *tns_sqlite_name(const tns_db *db)
{
    return db->name;
}

/* A file that nobody may write stays as it is: then the log's mode is what it was. */
bool tns_sqlite_prepare(tns_db *db, tns_error *err)
{
    int code = sqlite3_db_readonly(db->handle, "main") == 1
                   ? SQLITE_OK
                   : tns_sqlite_run(db, "PRAGMA journal_mode = WAL");
    if (code == SQLITE_OK)
        code = tns_sqlite_run(db, "PRAGMA synchronous = NORMAL;"
                                  "PRAGMA foreign_keys = ON;"
                                  "PRAGMA recursive_triggers = ON;"
                                  "PRAGMA secure_delete = ON;"
                                  "PRAGMA cell_size_check = ON");
    return code == SQLITE_OK || tns_sqlite_fail(db, code, err);
}

bool tns_sqlite_stamp(tns_db *db, int schema, tns_error *err)
{
    char sql[96]; /* a pragma takes no parameters; these are numbers of ours */
    tns_text_format(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d",
                    APPLICATION, schema);
    return tns_sqlite_script(db, sql, err);
}

bool tns_sqlite_schema(tns_db *db, int *schema, tns_error *err)
{
    return ask_number(db, "PRAGMA user_version", schema, err);
}
