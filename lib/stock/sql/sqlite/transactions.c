/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <time.h>

#include "base/clock.h"
#include "stock/sql/sqlite/sqlite.h"

/* Whoever holds the lock so long has hung. */
static const double PATIENCE = 60;

/* 0.5 to 8 ms, longer for who has waited, and not alike for all. */
static void pause_a_little(unsigned waits)
{
    unsigned random;
    sqlite3_randomness(sizeof random, &random);
    long most = 1000000L << (waits < 3 ? waits : 3);
    nanosleep(&(struct timespec){.tv_nsec = most / 2 + (long)(random % (unsigned)(most / 2))},
              NULL);
}

int tns_sqlite_wait(void *user, int before)
{
    tns_db *db = user;
    if (before == 0)
        db->waiting_since = tns_seconds_now();
    if (tns_seconds_now() - db->waiting_since > PATIENCE)
        return 0;
    pause_a_little((unsigned)before);
    return 1;
}

int tns_sqlite_run(tns_db *db, const char *sql)
{
    double since = tns_seconds_now();
    for (unsigned waits = 0;; waits++) {
        int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
        if ((code & 0xff) != SQLITE_BUSY || tns_seconds_now() - since > PATIENCE)
            return code;
        pause_a_little(waits);
    }
}

bool tns_sqlite_script(tns_db *db, const char *sql, tns_error *err)
{
    int code = tns_sqlite_run(db, sql);
    return code == SQLITE_OK || tns_sqlite_fail(db, code, err);
}

bool tns_sqlite_begin_reading(tns_db *db, tns_error *err)
{
    if (db->readers == 0 && !tns_sqlite_script(db, "BEGIN", err))
        return false;
    db->readers++;
    return true;
}

bool tns_sqlite_begin_writing(tns_db *db, tns_error *err)
{
    if (db->readers > 0)
        return tns_error_set(err, TNS_ERROR_CONFLICT, "%s: it is being read", db->name);
    return tns_sqlite_script(db, "BEGIN IMMEDIATE", err);
}

void tns_sqlite_rollback(tns_db *db)
{
    for (size_t i = 0; i < db->query_count; i++)
        sqlite3_reset(db->queries[i].statement);
    if (db->readers > 0 && --db->readers > 0)
        return;
    if (!sqlite3_get_autocommit(db->handle)) /* some failures have rolled back already */
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
}

bool tns_sqlite_commit(tns_db *db, tns_error *err)
{
    if (tns_sqlite_script(db, "COMMIT", err))
        return true;
    tns_sqlite_rollback(db);
    return false;
}
