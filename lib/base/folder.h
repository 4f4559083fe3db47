/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders of the user's own, which are made where they are not there. */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

#include <stdbool.h>

#include <tonsure/error.h>

/* Makes a folder and those that it lies in; with `dry_run` no more than what that would fail on. */
bool tns_folders_make(const char *path, bool dry_run, tns_error *err);

/* What a save to `path` would fail on where its folder is made before. Writes nothing. */
bool tns_folders_expect_file(const char *path, tns_error *err);

#endif
