/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files: read with a limit, written all or nothing. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/error.h>

/*
 * The bytes of a file, with a NUL behind them; free() them. "-" is not special. Fails on a missing
 * file, a folder, and a file over `limit` bytes.
 */
char *tns_file_read(const char *path, size_t limit, size_t *length, tns_error *err);

/* The same of standard input. */
char *tns_file_read_stdin(size_t limit, size_t *length, tns_error *err);

/*
 * Writes beside the file, syncs, and renames over it: the old file or the new, never half of one. A
 * link is followed, the mode of the old file kept. What is no regular file (a pipe, a terminal) is
 * written to as it is.
 */
bool tns_file_write(const char *path, const char *bytes, size_t length, tns_error *err);

/* The same for the eyes of its owner alone. */
bool tns_file_write_private(const char *path, const char *bytes, size_t length, tns_error *err);

/* tns_file_write(), or with `dry_run` no more than tns_file_expect_writable(). */
bool tns_file_put(const char *path, const char *bytes, size_t length, bool dry_run, tns_error *err);

/* Whether two names are of one file, also where it is not there yet. */
bool tns_file_is_same(const char *a, const char *b);

/*
 * Waits until no other program holds the lock of the folder that `path` lies in, and takes it;
 * close() what is returned to let go. -1 where there is no folder or no such lock: then go on
 * without.
 */
int tns_file_lock(const char *path);

/* The part behind the last '/'. Borrowed from `path`. */
const char *tns_file_name(const char *path);

/* What is before it, with the '/'; "." where that is nothing. free() it; NULL = no memory. */
char *tns_file_folder(const char *path);

#endif
