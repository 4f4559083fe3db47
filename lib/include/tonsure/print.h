/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sheets to print. */
#ifndef TONSURE_PRINT_H
#define TONSURE_PRINT_H

#include <stddef.h>

#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/holder.h>

TNS_BEGIN_DECLS

typedef enum tns_paper { TNS_PAPER_A4, TNS_PAPER_LETTER } tns_paper;

/*
 * A holder as a PDF of one page, vectors only, in its true size: tags, windows, crop marks, a ruler
 * to check the print by, and how to use it. All or nothing. TNS_ERROR_UNSUPPORTED where the module
 * pdf is not installed, and in a build without libapriltag. A `dry_run` makes it and writes
 * nothing.
 */
TNS_API bool tns_holder_save(const tns_holder *holder, tns_paper paper, const char *path,
                             bool dry_run, tns_error *err);

/* "tags by AprilTag 3.2.0, PDF by cairo 1.16.0", or why not, for people. */
TNS_API void tns_holder_tools(char *text, size_t size);

TNS_END_DECLS

#endif
