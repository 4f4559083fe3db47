/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which library this is, and what it is linked with. */
#ifndef TONSURE_VERSION_H
#define TONSURE_VERSION_H

#include <tonsure/export.h>

TNS_BEGIN_DECLS

/* "0.1.0". */
TNS_API const char *tns_version(void);

/* The linked libraries, e.g. "GSL 2.7.1, Little CMS 2.14, jansson 2.14", written to `text`. */
TNS_API void tns_version_libraries(char *text, unsigned long size);

TNS_END_DECLS

#endif
