/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <tonsure/paper_record.h>

#include "records/parts.h"
#include "records/shelf.h"

char *tns_paper_write(const tns_paper_file *paper)
{
    tns_json *record = tns_record("tonsure/paper/1");
    tns_json_set_text(record, "kind", paper->kind);
    tns_json_set_text(record, "path", paper->path);
    tns_json_set_integer(record, "bytes", (int64_t)paper->length);
    tns_json_set_hash(record, "sha256", paper->sha256);
    return tns_record_finish(record);
}
