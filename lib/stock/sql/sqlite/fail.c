/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "stock/sql/sqlite/sqlite.h"

/* What breaks a rule of the schema, in whose words the rule is: behind the colon, or nowhere. */
static bool breaks_rule(const tns_db *db, tns_error *err)
{
    const char *rule = strstr(sqlite3_errmsg(db->handle), ": ");
    if (!rule)
        return tns_error_set(err, TNS_ERROR_FORMAT, "it is of something that is not there");
    return tns_error_set(err, TNS_ERROR_FORMAT, "it cannot be entered beside what is there: %s",
                         rule + 2);
}

bool tns_sqlite_fail(const tns_db *db, int code, tns_error *err)
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
    case SQLITE_CONSTRAINT:
        return breaks_rule(db, err);
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
