/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several records are built of, as JSON nodes. */
#ifndef RECORDS_PARTS_H
#define RECORDS_PARTS_H

#include <tonsure/error.h>
#include <tonsure/reading.h>

#include "base/json.h"

tns_json *tns_record(const char *schema);
tns_json *tns_json_from_color(const tns_color *color);
tns_json *tns_json_from_reading(const tns_reading *reading);
tns_json *tns_json_from_error(const tns_error *err);
tns_json *tns_json_from_warnings(const tns_warnings *warnings);

bool tns_json_get_color(const tns_json_at *object, const char *key, tns_color *out, tns_error *err);

/* Colours to six decimals, amounts to four. */
double tns_record_color(double value);
double tns_record_amount(double value);

/* The text of a record; destroys the node. */
char *tns_record_finish(tns_json *record);

#endif
