/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "exchange/table.h"

tns_table *tns_table_parse(const char *text, size_t length, const char *name, tns_error *err)
{
    if (!tns_text_is_utf8(text, length)) {
        tns_error_set(err, TNS_ERROR_FORMAT, "%s: not a reading, a CSV or a CGATS file: not a text",
                      name);
        return NULL;
    }
    char *copy = malloc(length + 1);
    if (!copy) {
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
        return NULL;
    }
    memcpy(copy, text, length);
    copy[length] = '\0'; /* the readers stop there */
    tns_table *table = strstr(copy, "BEGIN_DATA_FORMAT")
                           ? tns_table_from_cgats(copy, length, name, err)
                           : tns_table_from_csv(copy, length, name, err);
    free(copy);
    return table;
}
