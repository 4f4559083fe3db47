/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef STOCK_LIST_H
#define STOCK_LIST_H

#include <stddef.h>

/*
 * A place at the end of an array that grows: `items` is the address of its pointer, *count its
 * length, which becomes one more. The array doubles where that is a power of two. NULL, and all as
 * it was, without memory.
 */
void *tns_list_grow(void *items, size_t *count, size_t size);

#endif
