/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The member "limits" of a match: what a recipe had to keep besides its color. */
#include <stdlib.h>

#include <tonsure/records.h>

#include "records/parts.h"

enum { PIGMENTS_MAX = 10000, DROPS_MAX = 1000000 };
static const double COST_MAX = 1e9;

static tns_json *json_from_least(const tns_match_request *request)
{
    tns_json *list = tns_json_array();
    for (size_t i = 0; i < request->palette->count && request->least_units; i++) {
        if (request->least_units[i] < 2)
            continue;
        tns_json *one = tns_json_object();
        tns_json_set_text(one, "pigment", request->palette->pigments[i].id);
        tns_json_set_integer(one, "drops", request->least_units[i]);
        tns_json_append(list, one);
    }
    return list;
}

tns_json *tns_json_from_limits(const tns_match_request *request)
{
    tns_json *json = tns_json_object();
    tns_json_set(json, "min_drops", json_from_least(request));
    if (request->max_cost > 0)
        tns_json_set_number(json, "max_cost", tns_record_amount(request->max_cost));
    else
        tns_json_set_null(json, "max_cost");
    tns_json_set_bool(json, "never_darker", request->never_darker);
    return json;
}

static bool get_least(const tns_json_at *limits, tns_limits_record *out, tns_error *err)
{
    tns_json_at list;
    if (!tns_json_get_list(limits, "min_drops", PIGMENTS_MAX, &list, &out->least_count, err))
        return false;
    out->least = tns_record_array(&list, out->least_count, sizeof *out->least, err);
    for (size_t i = 0; out->least && i < out->least_count; i++) {
        tns_json_at one = tns_json_item(&list, i);
        tns_least_record *to = &out->least[i];
        if (!tns_json_expect_object(&one, err) ||
            !tns_json_get_text(&one, "pigment", to->pigment, sizeof to->pigment, err) ||
            !tns_json_get_integer(&one, "drops", 1, DROPS_MAX, &to->units, err))
            return false;
    }
    return out->least != NULL;
}

bool tns_json_opt_limits(const tns_json_at *record, tns_limits_record *out, tns_error *err)
{
    tns_json_at limits;
    if (!tns_json_has(record, "limits"))
        return true;
    return tns_json_get_object(record, "limits", &limits, err) && get_least(&limits, out, err) &&
           tns_json_opt_number(&limits, "max_cost", 0, COST_MAX, &out->max_cost, err) &&
           tns_json_get_bool(&limits, "never_darker", &out->never_darker, err);
}

void tns_limits_record_finish(tns_limits_record *limits)
{
    free(limits->least);
    limits->least = NULL;
}
