/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/text.h"
#include "records/parts.h"

tns_json *tns_record(const char *schema)
{
    tns_json *record = tns_json_object();
    tns_json_set_text(record, "schema", schema);
    return record;
}

double tns_record_color(double value)
{
    return tns_round_decimals(value, 6);
}

double tns_record_amount(double value)
{
    return tns_round_decimals(value, 4);
}

tns_json *tns_json_from_color(const tns_color *color)
{
    tns_json *lab = tns_json_object();
    tns_json_set_number(lab, "L", tns_record_color(color->lab.L));
    tns_json_set_number(lab, "a", tns_record_color(color->lab.a));
    tns_json_set_number(lab, "b", tns_record_color(color->lab.b));
    tns_json_set_text(lab, "illuminant", color->illuminant);
    tns_json_set_text(lab, "observer", color->observer == TNS_OBSERVER_2 ? "2" : "10");
    return lab;
}

/* The contract writes "10"; a plain 10 is understood too. */
static bool get_observer(const tns_json_at *lab, tns_observer *out, tns_error *err)
{
    char text[8] = "10";
    double degrees = 10;
    tns_json_at at = tns_json_member(lab, "observer");
    if (at.node && !tns_json_is_text(&at)) {
        if (!tns_json_number(&at, 2, 10, &degrees, err))
            return false;
    } else {
        tns_error ignored;
        if (!tns_json_opt_text(lab, "observer", text, sizeof text, err))
            return false;
        if (!tns_text_number(text, &degrees, &ignored))
            degrees = 0;
    }
    if (degrees != 2 && degrees != 10)
        return tns_json_fail(&at, err, TNS_ERROR_FORMAT, "expected \"2\" or \"10\"");
    *out = degrees == 2 ? TNS_OBSERVER_2 : TNS_OBSERVER_10;
    return true;
}

bool tns_json_get_color(const tns_json_at *object, const char *key, tns_color *out, tns_error *err)
{
    tns_json_at lab = tns_json_member(object, key);
    snprintf(out->illuminant, sizeof out->illuminant, "D65");
    return tns_json_expect_object(&lab, err) &&
           tns_json_get_number(&lab, "L", 0, 100, &out->lab.L, err) &&
           tns_json_get_number(&lab, "a", -150, 150, &out->lab.a, err) &&
           tns_json_get_number(&lab, "b", -150, 150, &out->lab.b, err) &&
           tns_json_opt_text(&lab, "illuminant", out->illuminant, sizeof out->illuminant, err) &&
           get_observer(&lab, &out->observer, err);
}

tns_json *tns_json_from_error(const tns_error *err)
{
    tns_json *error = tns_json_object();
    tns_json_set_text(error, "code", tns_code_name(err->code));
    tns_json_set_text(error, "text", err->text);
    return error;
}

tns_json *tns_json_from_warnings(const tns_warnings *warnings)
{
    tns_json *array = tns_json_array();
    for (size_t i = 0; i < warnings->count; i++)
        tns_json_append(array, tns_json_string(warnings->text[i]));
    return array;
}

char *tns_record_finish(tns_json *record)
{
    char *text = tns_json_write(record);
    tns_json_destroy(record);
    return text;
}
