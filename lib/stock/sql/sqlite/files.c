/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <tonsure/file.h>

#include "base/file.h"
#include "base/text.h"
#include "stock/sql/sqlite/sqlite.h"

bool tns_sqlite_folder_is_there(const char *path)
{
    const char *name = tns_file_name(path);
    char *folder = strndup(path, (size_t)(name - path));
    struct stat found;
    bool there = folder && stat(folder[0] ? folder : ".", &found) == 0 && S_ISDIR(found.st_mode);
    free(folder);
    return there;
}

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

bool tns_sqlite_is_apart(const tns_db *db, const char *path, tns_error *err)
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

static bool has_place(const char *path, tns_error *err)
{
    struct stat found;
    if (!tns_sqlite_folder_is_there(path))
        return tns_error_set(err, TNS_ERROR_NOT_FOUND, "%s: its folder is not there", path);
    return stat(path, &found) != 0 || taken(path, err);
}

static bool copy_now(tns_db *db, const char *path, tns_error *err)
{
    char beside[1200];
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
    return tns_sqlite_fail(&copy, code, err);
}

bool tns_sqlite_copy(tns_db *db, const char *path, bool dry_run, tns_error *err)
{
    return has_place(path, err) &&
           (dry_run ? tns_file_expect_writable(path, NULL, err) : copy_now(db, path, err));
}

/*
 * secure_delete puts zeros over what is deleted, but what a page's cells left behind when they were
 * moved stays in it: only a file that is built anew is sure to be without. The log goes last, for
 * it has pages of before.
 */
bool tns_sqlite_wipe(tns_db *db, tns_error *err)
{
    int code = tns_sqlite_run(db, "VACUUM");
    if (code == SQLITE_OK)
        code =
            sqlite3_wal_checkpoint_v2(db->handle, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    return code == SQLITE_OK || tns_sqlite_fail(db, code, err);
}
