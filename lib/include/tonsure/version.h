/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which library this is, and what it stands on. */
#ifndef TONSURE_VERSION_H
#define TONSURE_VERSION_H

#include <stddef.h>

#include <tonsure/export.h>

TNS_BEGIN_DECLS

/* "0.1.0". */
TNS_API const char *tns_version(void);

/*
 * "GSL 2.7.1, Little CMS 2.14, jansson 2.14", written to `text` and cut to `size` bytes; Little CMS
 * as it was built with, for modules alone load it.
 */
TNS_API void tns_version_libraries(char *text, size_t size);

TNS_END_DECLS

#endif
