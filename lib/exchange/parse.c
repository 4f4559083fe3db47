/* SPDX-License-Identifier: GPL-3.0-or-later */
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
    return strstr(text, "BEGIN_DATA_FORMAT") ? tns_table_from_cgats(text, length, name, err)
                                             : tns_table_from_csv(text, length, name, err);
}
