/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving a record: the whole new file, or the old one untouched. */
#ifndef TONSURE_FILE_H
#define TONSURE_FILE_H

#include <stdbool.h>

#include <tonsure/error.h>
#include <tonsure/export.h>

TNS_BEGIN_DECLS

/*
 * Written beside the file, synced, renamed over it. Nothing is left behind on failure:
 * TNS_ERROR_NOT_FOUND for a folder that is not there, else TNS_ERROR_IO.
 */
TNS_API bool tns_text_save(const char *path, const char *text, tns_error *err);

/*
 * What a save to `path` would fail on, as far as can be seen without writing anything; *replaces
 * (NULL is taken) tells whether a file is there that it would replace. A full disk is not seen.
 */
TNS_API bool tns_file_expect_writable(const char *path, bool *replaces, tns_error *err);

/* TNS_ERROR_USAGE where a file or folder of that name is there, or a link to nothing: for what must
   not be replaced unasked. A pipe or a device may be. */
TNS_API bool tns_file_expect_none(const char *path, tns_error *err);

TNS_END_DECLS

#endif
