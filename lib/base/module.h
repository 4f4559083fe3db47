/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Modules: parts of the library that few runs need and that bring large libraries along, in files
 * of their own, loaded when first asked for and kept to the end of the program (decision record
 * 0016).
 *
 * A module is <folder>/<name>.so and shows one symbol, the record tns_module_<name>. It holds
 * copies of the few small functions of this library that it calls, so that nothing in it depends on
 * who loads it.
 */
#ifndef BASE_MODULE_H
#define BASE_MODULE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include <tonsure/error.h>

/* The first member of every module's record. */
typedef struct tns_module {
    const char *version; /* TNS_VERSION, as it was built: no other is taken */
} tns_module;

/*
 * The record of a module. NULL and TNS_ERROR_UNSUPPORTED where it is not installed, is of another
 * version, or wants a library that is missing; the text says which, and what to install.
 */
const void *tns_module_load(const char *name, tns_error *err);

/* The same from a folder that is named; an absolute path. */
const void *tns_module_load_from(const char *folder, const char *name, tns_error *err);

/*
 * Where modules lie: beside libtonsure, wherever that was loaded from, in tonsure/<version>/; in
 * the build's folder for programs that hold the library themselves, as the tests do. Never a
 * relative path, nor one that the environment names. False where it does not fit.
 */
bool tns_module_folder(char *out, size_t size);

/* ---- what that is made of, as values ---- */

/*
 * The file of the running program as the kernel knows it, whatever it was called by: what `link`
 * ("/proc/self/exe") points to. Without /proc, as in a bare chroot, by the path that it was started
 * by (NULL = not told). In `room`, or NULL where neither tells it.
 */
const char *tns_module_program(const char *link, const char *started, char room[PATH_MAX]);

/*
 * The modules of what lies in `file`: by the way from its folder to the libraries' ("/../lib"; ""
 * for a library). An installation may have been moved, so that counts before where libraries were
 * to lie, for a NULL and for a path from the working directory (LD_LIBRARY_PATH=lib): that
 * directory may be another by now. False where it does not fit.
 */
bool tns_module_place(const char *file, const char *way, const char *libraries, char *out,
                      size_t size);

#endif
