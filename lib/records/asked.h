/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a match was asked, and of which bottles it would be mixed, as JSON nodes. */
#ifndef RECORDS_ASKED_H
#define RECORDS_ASKED_H

#include <tonsure/records.h>

#include "base/json.h"

/* A match's members wanted, palette, palette_version, weights, pot_ml; only palette must be there.
 */
void tns_json_set_asked(tns_json *record, const tns_match_answer *answer);
bool tns_json_get_asked(const tns_json_at *record, tns_match_record *out, tns_error *err);

/* A match's member held_back; nothing where nothing is. */
void tns_json_set_held(tns_json *record, const tns_held *held);
bool tns_json_opt_held(const tns_json_at *record, tns_held *out, tns_error *err);

/* A recipe's member lots. */
void tns_json_set_lots(tns_json *json, const tns_match_answer *answer, const tns_recipe *recipe);
bool tns_json_opt_lots(const tns_json_at *recipe, tns_recipe_record *out, tns_error *err);

#endif
