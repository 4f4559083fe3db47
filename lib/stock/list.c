/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "stock/list.h"

void *tns_list_grow(void *items, size_t *count, size_t size)
{
    char *array;
    memcpy(&array, items, sizeof array); /* whatever it points to, it is a pointer */
    if ((*count & (*count - 1)) == 0) {
        array = realloc(array, (*count ? 2 * *count : 1) * size);
        if (!array)
            return NULL;
        memcpy(items, &array, sizeof array);
    }
    return array + size * (*count)++;
}
