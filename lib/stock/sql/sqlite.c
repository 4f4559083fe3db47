/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SQLite as the store: one file, a write-ahead log beside it while it is in use.
 * synchronous=NORMAL: a program that dies loses nothing that was committed; a power cut may lose
 * the last commits, but leaves a sound store.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include <tonsure/file.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "stock/sql/engine.h"

/* "TNSR", in the place where SQLite's format has room for whose file it is. */
enum { APPLICATION = 0x544e5352, STATEMENTS_MAX = 192 };

/* Whoever holds the lock so long has hung. */
static const double PATIENCE = 60;

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
    unsigned waits;
    int readers; /* who began to read and has not ended */
    size_t query_count;
    struct tns_query queries[STATEMENTS_MAX];
};

/* ---- errors ---- */

static bool fail(const tns_db *db, int code, tns_error *err)
{
    const char *name = db->name;
    int system = db->handle ? sqlite3_system_errno(db->handle) : 0;
    switch (code & 0xff) {
    case SQLITE_NOTADB:
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: not a store", name);
    case SQLITE_CORRUPT:
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "%s: the store is damaged: go back to a backup, or to an export",
                             name);
    case SQLITE_FULL:
        return tns_error_set(err, TNS_ERROR_IO, "%s: cannot be written: no space left", name);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return tns_error_set(err, TNS_ERROR_IO, "%s: cannot be written: it is read-only", name);
    case SQLITE_CANTOPEN:
        return tns_error_set(err, TNS_ERROR_IO, "%s: cannot be opened%s%s", name,
                             system ? ": " : "", system ? strerror(system) : "");
    case SQLITE_NOMEM:
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return tns_error_set(err, TNS_ERROR_IO,
                             "%s: another program has kept the store for itself for a minute",
                             name);
    case SQLITE_IOERR:
        return tns_error_set(err, TNS_ERROR_IO, "%s: reading or writing failed%s%s", name,
                             system ? ": " : "", system ? strerror(system) : "");
    default:
        return tns_error_set(err, TNS_ERROR_IO, "%s: %s", name,
                             db->handle ? sqlite3_errmsg(db->handle) : sqlite3_errstr(code));
    }
}

/* ---- waiting for others ---- */

/* 0.5 to 8 ms, longer for who has waited, and not alike for all. */
static void pause_a_little(unsigned waits)
{
    unsigned random;
    sqlite3_randomness(sizeof random, &random);
    long most = 1000000L << (waits < 3 ? waits : 3);
    nanosleep(&(struct timespec){.tv_nsec = most / 2 + (long)(random % (unsigned)(most / 2))},
              NULL);
}

/* Whether to try again; SQLite's own timeout gives up sooner under many writers. */
static int wait_for_others(void *user, int before)
{
    tns_db *db = user;
    if (before == 0)
        db->waiting_since = tns_seconds_now();
    if (tns_seconds_now() - db->waiting_since > PATIENCE)
        return 0;
    pause_a_little((unsigned)before);
    return 1;
}

/* For what SQLite answers "busy" to without asking the above. */
static int run_patiently(tns_db *db, const char *sql)
{
    double since = tns_seconds_now();
    for (unsigned waits = 0;; waits++) {
        int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
        if ((code & 0xff) != SQLITE_BUSY || tns_seconds_now() - since > PATIENCE)
            return code;
        pause_a_little(waits);
    }
}

/* ---- transactions ---- */

static bool run_plain(tns_db *db, const char *sql, tns_error *err)
{
    int code = run_patiently(db, sql);
    return code == SQLITE_OK || fail(db, code, err);
}

static bool db_begin_reading(tns_db *db, tns_error *err)
{
    if (db->readers == 0 && !run_plain(db, "BEGIN", err))
        return false;
    db->readers++;
    return true;
}

static bool db_begin_writing(tns_db *db, tns_error *err)
{
    if (db->readers > 0)
        return tns_error_set(err, TNS_ERROR_CONFLICT, "%s: it is being read", db->name);
    return run_plain(db, "BEGIN IMMEDIATE", err);
}

static void db_rollback(tns_db *db)
{
    for (size_t i = 0; i < db->query_count; i++)
        sqlite3_reset(db->queries[i].statement);
    if (db->readers > 0 && --db->readers > 0)
        return;
    if (!sqlite3_get_autocommit(db->handle)) /* some failures have rolled back already */
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
}

static bool db_commit(tns_db *db, tns_error *err)
{
    if (run_plain(db, "COMMIT", err))
        return true;
    db_rollback(db);
    return false;
}

/* ---- opening ---- */

static bool folder_is_there(const char *path)
{
    const char *name = tns_file_name(path);
    char *folder = strndup(path, (size_t)(name - path));
    struct stat found;
    bool there = folder && stat(folder[0] ? folder : ".", &found) == 0 && S_ISDIR(found.st_mode);
    free(folder);
    return there;
}

static bool look_first(const char *path, tns_stock_access access, tns_error *err)
{
    struct stat found;
    if (!path[0] || strstr(path, "://"))
        return tns_error_set(err, TNS_ERROR_USAGE, "store: expected a file, found \"%.200s\"",
                             path);
    if (!folder_is_there(path))
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
    return found || fail(db, code, err);
}

/* Whose file it is, which takes reading alone; of one moment, for another may be making it. */
static bool identify(tns_db *db, int *schema, tns_error *err)
{
    int application = 0, tables = 0;
    if (!db_begin_reading(db, err))
        return false;
    bool done = ask_number(db, "PRAGMA application_id", &application, err) &&
                ask_number(db, "SELECT count(*) FROM sqlite_master", &tables, err) &&
                ask_number(db, "PRAGMA user_version", schema, err);
    db_rollback(db);
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
        return fail(db, code, err);
    sqlite3_busy_handler(db->handle, wait_for_others, db);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return true;
}

static void db_close(tns_db *db)
{
    if (!db)
        return;
    for (size_t i = 0; i < db->query_count; i++)
        sqlite3_finalize(db->queries[i].statement);
    sqlite3_close(db->handle);
    free(db);
}

static tns_db *db_open(const char *path, tns_stock_access access, int *schema, tns_error *err)
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
    db_close(db);
    return NULL;
}

static const char *db_name(const tns_db *db)
{
    return db->name;
}

/* A file that nobody may write stays as it is: then the log's mode is what it was. */
static bool db_prepare(tns_db *db, tns_error *err)
{
    int code = sqlite3_db_readonly(db->handle, "main") == 1
                   ? SQLITE_OK
                   : run_patiently(db, "PRAGMA journal_mode = WAL");
    if (code == SQLITE_OK)
        code = run_patiently(db, "PRAGMA synchronous = NORMAL;"
                                 "PRAGMA foreign_keys = ON;"
                                 "PRAGMA recursive_triggers = ON;"
                                 "PRAGMA secure_delete = ON;"
                                 "PRAGMA cell_size_check = ON");
    return code == SQLITE_OK || fail(db, code, err);
}

/* ---- scripts ---- */

static bool db_script(tns_db *db, const char *sql, tns_error *err)
{
    return run_plain(db, sql, err);
}

static bool db_stamp(tns_db *db, int schema, tns_error *err)
{
    char sql[96]; /* a pragma takes no parameters; these are numbers of ours */
    tns_text_format(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d",
                    APPLICATION, schema);
    return run_plain(db, sql, err);
}

static bool db_schema(tns_db *db, int *schema, tns_error *err)
{
    return ask_number(db, "PRAGMA user_version", schema, err);
}

/* ---- statements ---- */

static tns_query *find_query(tns_db *db, const char *sql, tns_error *err)
{
    for (size_t i = 0; i < db->query_count; i++)
        if (db->queries[i].sql == sql)
            return &db->queries[i];
    if (db->query_count == STATEMENTS_MAX) {
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: too many statements", db->name);
        return NULL;
    }
    tns_query *query = &db->queries[db->query_count];
    int code =
        sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &query->statement, NULL);
    if (code != SQLITE_OK) {
        fail(db, code, err);
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

static tns_query *db_ask(tns_db *db, const char *sql, const tns_value *values, size_t count,
                         tns_error *err)
{
    tns_query *query = find_query(db, sql, err);
    if (!query)
        return NULL;
    sqlite3_reset(query->statement);
    for (size_t i = 0; i < count; i++) {
        int code = bind(query->statement, (int)i + 1, &values[i]);
        if (code != SQLITE_OK) {
            fail(db, code, err);
            return NULL;
        }
    }
    return query;
}

static bool query_next(tns_query *query, bool *more, tns_error *err)
{
    int code = sqlite3_step(query->statement);
    *more = code == SQLITE_ROW;
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return true;
    fail(query->db, code, err);
    sqlite3_reset(query->statement);
    return false;
}

static void query_end(tns_query *query)
{
    if (!query)
        return;
    sqlite3_reset(query->statement);
    sqlite3_clear_bindings(query->statement);
}

static int64_t query_integer(const tns_query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

static bool query_is_null(const tns_query *query, int column)
{
    return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}

static bool query_text(const tns_query *query, int column, char *out, size_t size)
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

static void query_bytes(const tns_query *query, int column, unsigned char *out, size_t length)
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

static const char *query_difference(const tns_query *a, const tns_query *b)
{
    for (int i = 0; i < sqlite3_column_count(a->statement); i++)
        if (!alike(a->statement, b->statement, i))
            return sqlite3_column_name(a->statement, i);
    return NULL;
}

static int64_t db_changes(const tns_db *db)
{
    return sqlite3_changes(db->handle);
}

/* ---- whole files ---- */

/* Onto the disk, which VACUUM does not see to. */
static bool sync_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool synced = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return synced;
}

/* VACUUM INTO reads in one transaction, so the copy is of one moment, and compact. */
static int vacuum_into(tns_db *db, const char *path)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db->handle, "VACUUM INTO ?1", -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_bind_text(statement, 1, path, -1, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    sqlite3_finalize(statement);
    return code == SQLITE_DONE && !sync_file(path) ? SQLITE_IOERR : code;
}

/* What SQLite keeps beside the store is the store's, also while it is not there. */
static bool is_beside(const tns_db *db, const char *path)
{
    static const char *const ends[] = {"-wal", "-shm", "-journal"};
    const char *store = sqlite3_db_filename(db->handle, "main");
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct stat a, b;
        size_t length = strlen(path), end = strlen(ends[i]);
        if (length <= end || strcmp(path + length - end, ends[i]) != 0)
            continue;
        char *stem = strndup(path, length - end);
        bool same = stem && store && stat(stem, &a) == 0 && stat(store, &b) == 0 &&
                    a.st_dev == b.st_dev && a.st_ino == b.st_ino;
        free(stem);
        if (same)
            return true;
    }
    return false;
}

static bool taken(const char *path, tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_USAGE, "%s: there is a file of that name", path);
}

static bool db_is_apart(const tns_db *db, const char *path, tns_error *err)
{
    if (is_beside(db, path))
        return tns_error_set(err, TNS_ERROR_USAGE, "%s: that name is the store's own", path);
    return tns_file_expect_none(path, err);
}

/* All that is there from `from` on. */
static bool pour(int from, int to)
{
    char part[65536];
    ssize_t got;
    while ((got = read(from, part, sizeof part)) > 0)
        for (ssize_t done = 0, put; done < got; done += put)
            if ((put = write(to, part + done, (size_t)(got - done))) < 0)
                return false;
    return got == 0 && fsync(to) == 0;
}

/* Where the disk knows no hard links: into a file that is made here, or not at all. */
static bool copy_anew(const char *from, const char *path)
{
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = in < 0 ? -1 : open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    bool done = out >= 0 && pour(in, out);
    int why = errno;
    if (out >= 0 && close(out) != 0 && done) {
        done = false;
        why = errno;
    }
    if (out >= 0 && !done)
        unlink(path);
    if (in >= 0)
        close(in);
    errno = why;
    return done;
}

/* Unlike a rename, neither way replaces what is there. */
static bool put_in_place(const char *beside, const char *path)
{
    if (link(beside, path) == 0)
        return true;
    bool unknown = errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS || errno == EMLINK;
    return unknown && copy_anew(beside, path);
}

static bool db_copy(tns_db *db, const char *path, tns_error *err)
{
    struct stat found;
    char beside[1200];
    if (!folder_is_there(path))
        return tns_error_set(err, TNS_ERROR_NOT_FOUND, "%s: its folder is not there", path);
    if (stat(path, &found) == 0)
        return taken(path, err);
    tns_text_format(beside, sizeof beside, "%.1100s.%ld", path, (long)getpid());
    int code = vacuum_into(db, beside);
    bool placed = code == SQLITE_DONE && put_in_place(beside, path);
    int why = errno;
    unlink(beside);
    if (placed)
        return true;
    if (code == SQLITE_DONE && why == EEXIST)
        return taken(path, err);
    if (code == SQLITE_DONE)
        return tns_error_set(err, TNS_ERROR_IO, "%s: cannot be written: %s", path, strerror(why));
    tns_db copy = {.handle = db->handle};
    strncpy(copy.name, path, sizeof copy.name - 1);
    return fail(&copy, code, err);
}

/*
 * secure_delete puts zeros over what is deleted, but what a page's cells left behind when they were
 * moved stays in it: only a file that is built anew is sure to be without. The log goes last, for
 * it has pages of before.
 */
static bool db_wipe(tns_db *db, tns_error *err)
{
    int code = run_patiently(db, "VACUUM");
    if (code == SQLITE_OK)
        code =
            sqlite3_wal_checkpoint_v2(db->handle, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    return code == SQLITE_OK || fail(db, code, err);
}

static const char *db_version(void)
{
    static const char version[] = "SQLite " SQLITE_VERSION;
    return version;
}

const tns_engine tns_module_sqlite = {
    .module = {TNS_VERSION},
    .open = db_open,
    .close = db_close,
    .name = db_name,
    .prepare = db_prepare,
    .begin_reading = db_begin_reading,
    .begin_writing = db_begin_writing,
    .commit = db_commit,
    .rollback = db_rollback,
    .script = db_script,
    .stamp = db_stamp,
    .schema = db_schema,
    .ask = db_ask,
    .changes = db_changes,
    .query_next = query_next,
    .query_end = query_end,
    .query_integer = query_integer,
    .query_is_null = query_is_null,
    .query_text = query_text,
    .query_bytes = query_bytes,
    .query_difference = query_difference,
    .is_apart = db_is_apart,
    .copy = db_copy,
    .wipe = db_wipe,
    .version = db_version,
};
