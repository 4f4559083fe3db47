/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "photo/reader.h"

bool tns_reader_allocate(void **array, size_t count, size_t size, tns_error *err)
{
    *array = calloc(count ? count : 1, size);
    return *array || tns_error_set(err, TNS_ERROR_MEMORY, "photo: out of memory");
}
