/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COLOR_NUMERIC_H
#define COLOR_NUMERIC_H

/*
 * Call before any GSL function that can fail. GSL's default error handler aborts the process, which
 * a library must not do; this sets it off, once in the life of the process and safely from several
 * threads. From then on GSL reports by status codes alone, so check them.
 */
void tns_numeric_init(void);

#endif
