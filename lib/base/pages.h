/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory handed back to the system before it is freed. */
#ifndef BASE_PAGES_H
#define BASE_PAGES_H

#include <stddef.h>

/*
 * Gives back the whole pages in `size` bytes from `from` on, which must be of one block of malloc()
 * or new and still be freed as ever. Nothing of them may be read afterwards, for a page given back
 * is one of zeros. What cannot be given back stays.
 */
void tns_pages_give_back(void *from, size_t size);

#endif
