/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* madvise: of POSIX's advice the system ignores this one */
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/pages.h"

void tns_pages_give_back(void *from, size_t size)
{
    long page = sysconf(_SC_PAGESIZE);
    if (page <= 0)
        return;
    size_t before = -(uintptr_t)from % (size_t)page; /* of a page that others may be on */
    if (size < before + (size_t)page)
        return;
    size_t whole = (size - before) / (size_t)page * (size_t)page;
    (void)madvise((char *)from + before, whole, MADV_DONTNEED);
}
