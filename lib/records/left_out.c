/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The member "left_out" of a match and of a correction: what was not to be used, and why. */
#include <tonsure/records.h>

#include "records/parts.h"

enum { LEFT_OUT_MAX = 10000 };

tns_json *tns_json_from_left_out(const tns_left_out *left_out, size_t count)
{
    tns_json *list = tns_json_array();
    for (size_t i = 0; i < count; i++) {
        tns_json *one = tns_json_object();
        tns_json_set_text(one, "pigment", left_out[i].pigment);
        tns_json_set_text(one, "why", left_out[i].why);
        tns_json_append(list, one);
    }
    return list;
}

bool tns_json_opt_left_out(const tns_json_at *record, tns_left_out **out, size_t *count,
                           tns_error *err)
{
    tns_json_at list;
    if (!tns_json_has(record, "left_out"))
        return true;
    if (!tns_json_get_list(record, "left_out", LEFT_OUT_MAX, &list, count, err))
        return false;
    *out = tns_record_array(&list, *count, sizeof **out, err);
    for (size_t i = 0; *out && i < *count; i++) {
        tns_json_at one = tns_json_item(&list, i);
        tns_left_out *to = &(*out)[i];
        if (!tns_json_expect_object(&one, err) ||
            !tns_json_get_text(&one, "pigment", to->pigment, sizeof to->pigment, err) ||
            !tns_json_get_text(&one, "why", to->why, sizeof to->why, err))
            return false;
    }
    return *out != NULL;
}
