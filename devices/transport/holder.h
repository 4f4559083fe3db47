/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who keeps a device busy. */
#ifndef DEVICES_TRANSPORT_HOLDER_H
#define DEVICES_TRANSPORT_HOLDER_H

#include <stddef.h>

/*
 * A program that has the file of a device open, as "colord (pid 812)"; "" where that cannot be
 * told, as of other users' programs by one who is not root. This program itself is named last, for
 * it has just tried.
 */
void tns_node_holder(const char *node, char *out, size_t size);

#endif
