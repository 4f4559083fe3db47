/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a match is worth, as JSON nodes: odds, choices, what is missing. */
#ifndef RECORDS_WORTH_H
#define RECORDS_WORTH_H

#include <tonsure/records.h>

#include "records/parts.h"

/* A recipe's members; nothing where it has no odds. */
void tns_json_set_odds(tns_json *recipe, const tns_recipe *value);

/* What one more of it does, into a part. */
void tns_json_set_one_more(tns_json *part, const tns_recipe *recipe, double one_more);

/* The members odds, choices and missing of a match. */
void tns_json_set_worth(tns_json *record, const tns_match_answer *answer);

/* The same, read; all of it may be absent. */
bool tns_json_opt_odds(const tns_json_at *recipe, tns_recipe_record *out, tns_error *err);
bool tns_json_opt_one_more(const tns_json_at *part, double *out, tns_error *err);
bool tns_json_opt_worth(const tns_json_at *record, tns_match_record *out, tns_error *err);

#endif
