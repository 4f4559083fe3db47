/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <tonsure/records.h>

#include "records/parts.h"

char *tns_error_write(const tns_error *err)
{
    tns_json *record = tns_json_object();
    tns_json_set(record, "error", tns_json_from_error(err));
    return tns_record_finish(record);
}
