/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libtonsure-devices: the drivers there are, the instruments that are plugged in, and the ports to
 * them.
 */
#ifndef TONSURE_DEVICES_H
#define TONSURE_DEVICES_H

#include <tonsure/driver.h>

TNS_BEGIN_DECLS

/* All drivers, by name; static. */
TNS_API const tns_driver *const *tns_drivers(size_t *count);
TNS_API const tns_driver *tns_driver_find(const char *name); /* NULL = none of that name */

TNS_END_DECLS

#endif
