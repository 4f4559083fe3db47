/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/match.h>

#include "base/text.h"
#include "records/parts.h"

/* As many as a record has of anything. */
enum { CODES_MAX = 64, ITEMS_MAX = 1000000 };

/* 2^53: up to here every whole number of a record is one double. */

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

static bool get_color_up_to(const tns_json_at *object, const char *key, double L_lo, double L_hi,
                            double ab, tns_color *out, tns_error *err)
{
    tns_json_at lab = tns_json_member(object, key);
    snprintf(out->illuminant, sizeof out->illuminant, "D65");
    return tns_json_expect_object(&lab, err) &&
           tns_json_get_number(&lab, "L", L_lo, L_hi, &out->lab.L, err) &&
           tns_json_get_number(&lab, "a", -ab, ab, &out->lab.a, err) &&
           tns_json_get_number(&lab, "b", -ab, ab, &out->lab.b, err) &&
           tns_json_opt_text(&lab, "illuminant", out->illuminant, sizeof out->illuminant, err) &&
           get_observer(&lab, &out->observer, err);
}

bool tns_json_get_color(const tns_json_at *object, const char *key, tns_color *out, tns_error *err)
{
    return get_color_up_to(object, key, 0, 100, 150, out, err);
}

bool tns_json_get_read_color(const tns_json_at *object, const char *key, tns_color *out,
                             tns_error *err)
{
    return get_color_up_to(object, key, -20, 115, 150, out, err);
}

bool tns_json_get_computed(const tns_json_at *object, const char *key, tns_color *out,
                           tns_error *err)
{
    return get_color_up_to(object, key, -1e4, 1e4, 1e4, out, err);
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

/* The codes' names without "ok", in order, so that a new code is read as soon as it has one. */
static size_t list_codes(const char *words[CODES_MAX])
{
    size_t n = 0;
    for (int code = TNS_OK + 1; n < CODES_MAX; code++) {
        const char *name = tns_code_name((tns_code)code);
        if (strcmp(name, "unknown") == 0)
            break;
        words[n++] = name;
    }
    return n;
}

bool tns_json_get_error(const tns_json_at *record, tns_error *out, tns_error *err)
{
    const char *words[CODES_MAX];
    int index = 0;
    tns_json_at at;
    if (!tns_json_get_object(record, "error", &at, err) ||
        !tns_json_get_choice(&at, "code", words, list_codes(words), &index, err) ||
        !tns_json_get_text(&at, "text", out->text, sizeof out->text, err))
        return false;
    out->code = (tns_code)(TNS_OK + 1 + index);
    return true;
}

bool tns_json_opt_error(const tns_json_at *record, tns_error *out, tns_error *err)
{
    return !tns_json_has(record, "error") || tns_json_get_error(record, out, err);
}

bool tns_json_opt_warnings(const tns_json_at *record, tns_warnings *out, tns_error *err)
{
    return tns_json_opt_sentences(record, "warnings", out, err);
}

bool tns_json_opt_sentences(const tns_json_at *object, const char *key, tns_warnings *out,
                            tns_error *err)
{
    tns_json_at at = tns_json_member(object, key);
    if (!at.node)
        return true;
    if (!tns_json_expect_array(&at, err))
        return false;
    for (size_t i = 0; i < tns_json_size(&at); i++) {
        char text[TNS_WARNING_SIZE];
        tns_json_at item = tns_json_item(&at, i);
        if (!tns_json_text(&item, text, sizeof text, err))
            return false;
        tns_warn(out, "%s", text);
    }
    return true;
}

bool tns_json_get_count(const tns_json_at *at, const char *key, uint64_t *out, tns_error *err)
{
    int64_t value = 0;
    bool done = tns_json_get_int64(at, key, 0, TNS_JSON_WHOLE_MAX, &value, err);
    *out = (uint64_t)value;
    return done;
}

bool tns_json_get_object(const tns_json_at *object, const char *key, tns_json_at *out,
                         tns_error *err)
{
    *out = tns_json_member(object, key);
    return tns_json_expect_object(out, err);
}

bool tns_json_get_list(const tns_json_at *object, const char *key, size_t most, tns_json_at *out,
                       size_t *count, tns_error *err)
{
    *out = tns_json_member(object, key);
    if (!tns_json_expect_array(out, err))
        return false;
    *count = tns_json_size(out);
    return *count <= most || tns_json_fail(out, err, TNS_ERROR_FORMAT,
                                           "expected at most %zu, found %zu", most, *count);
}

bool tns_record_parse(const char *text, size_t length, const char *name, tns_record_get *get,
                      void *out, tns_error *err)
{
    tns_json *json = tns_json_parse(text, length, name, err);
    tns_json_at root = tns_json_root(json, name);
    bool done = json && get(&root, out, err);
    tns_json_destroy(json);
    return done;
}

void *tns_record_new(size_t size, const char *name, tns_error *err)
{
    void *record = calloc(1, size);
    if (!record)
        tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
    return record;
}

void *tns_record_array(const tns_json_at *list, size_t count, size_t size, tns_error *err)
{
    void *array = calloc(count > 0 ? count : 1, size);
    if (!array)
        tns_json_fail(list, err, TNS_ERROR_MEMORY, "no memory for %zu items", count);
    return array;
}

bool tns_json_get_items(const tns_json_at *at, const char *key, size_t size, tns_item_get *get,
                        void **items, size_t *count, tns_error *err)
{
    tns_json_at list;
    size_t n;
    if (!tns_json_get_list(at, key, ITEMS_MAX, &list, &n, err) ||
        !(*items = tns_record_array(&list, n, size, err)))
        return false;
    *count = n; /* zeroed, so that even of those not read yet nothing is owned */
    for (size_t i = 0; i < n; i++) {
        tns_json_at item = tns_json_item(&list, i);
        if (!tns_json_expect_object(&item, err) || !get(&item, (char *)*items + i * size, err))
            return false;
    }
    return true;
}

bool tns_json_get_rows(const tns_json_at *object, const char *key, double limit, size_t rows,
                       size_t columns, double *out, tns_error *err)
{
    tns_json_at list = tns_json_member(object, key);
    if (!tns_json_expect_array(&list, err))
        return false;
    if (tns_json_size(&list) != rows)
        return tns_json_fail(&list, err, TNS_ERROR_FORMAT, "expected %zu rows, found %zu", rows,
                             tns_json_size(&list));
    for (size_t i = 0; i < rows; i++) {
        tns_json_at row = tns_json_item(&list, i);
        if (!tns_json_each_number(&row, -limit, limit, out + i * columns, columns, err))
            return false;
    }
    return true;
}

bool tns_json_figures(const tns_json_at *at, double most, char (*illuminants)[TNS_NAME_SIZE],
                      double *figures, size_t *count, tns_error *err)
{
    size_t n = tns_json_size(at);
    if (n < 1 || n > TNS_VIEWINGS_MAX)
        return tns_json_fail(at, err, TNS_ERROR_FORMAT, "expected 1 to %d members, found %zu",
                             TNS_VIEWINGS_MAX, n);
    for (size_t i = 0; i < n; i++) {
        const char *name;
        tns_json_at entry = tns_json_entry(at, i, &name);
        if (!tns_json_number(&entry, 0, most, &figures[i], err))
            return false;
        if (!tns_text_copy(illuminants[i], TNS_NAME_SIZE, name))
            return tns_json_fail(at, err, TNS_ERROR_FORMAT,
                                 "expected names of at most %d bytes, found \"%.60s\"",
                                 TNS_NAME_SIZE - 1, name);
    }
    *count = n;
    return true;
}

bool tns_record_expect(const tns_json_at *record, const char *schema, tns_error *err)
{
    char found[64];
    if (!tns_json_expect_object(record, err) ||
        !tns_json_get_text(record, "schema", found, sizeof found, err))
        return false;
    tns_json_at at = tns_json_member(record, "schema");
    return strcmp(found, schema) == 0 ||
           tns_json_fail(&at, err, TNS_ERROR_UNSUPPORTED, "expected \"%s\", found \"%s\"", schema,
                         found);
}

char *tns_record_finish(tns_json *record)
{
    char *text = tns_json_write(record);
    tns_json_destroy(record);
    return text;
}
