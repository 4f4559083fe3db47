/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "photo/reader.h"

void *tns_reader_allocate(size_t count, size_t size, tns_error *err)
{
    void *array = calloc(count ? count : 1, size);
    if (!array)
        tns_error_set(err, TNS_ERROR_MEMORY, "photo: out of memory");
    return array;
}
