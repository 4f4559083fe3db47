/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/json.h"
#include "base/text.h"

static const json_t *raw(const tns_json *node)
{
    return (const json_t *)node;
}

const char *tns_json_library_version(void)
{
    return jansson_version_str();
}

tns_json *tns_json_parse(const char *text, size_t length, const char *name, tns_error *err)
{
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) { /* a byte order mark */
        text += 3;
        length -= 3;
    }
    json_error_t at;
    json_t *json = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &at);
    if (!json)
        tns_error_set(err, TNS_ERROR_FORMAT, "%s: line %d, column %d: not JSON: %s", name, at.line,
                      at.column, at.text);
    return (tns_json *)json;
}

void tns_json_destroy(tns_json *json)
{
    json_decref((json_t *)json);
}

tns_json_at tns_json_root(const tns_json *json, const char *file)
{
    tns_json_at at = {.node = json, .file = file};
    return at;
}

static const tns_json *present(const json_t *node)
{
    return json_is_null(node) ? NULL : (const tns_json *)node;
}

tns_json_at tns_json_member(const tns_json_at *object, const char *key)
{
    tns_json_at at;
    at.node = present(json_object_get(raw(object->node), key));
    at.file = object->file;
    if (object->path[0] || !tns_text_copy(at.path, sizeof at.path, key))
        snprintf(at.path, sizeof at.path, "%s%s%s", object->path, object->path[0] ? "." : "", key);
    return at;
}

tns_json_at tns_json_item(const tns_json_at *array, size_t index)
{
    tns_json_at at = {.node = present(json_array_get(raw(array->node), index)),
                      .file = array->file};
    snprintf(at.path, sizeof at.path, "%s[%zu]", array->path, index);
    return at;
}

tns_json_at tns_json_entry(const tns_json_at *object, size_t index, const char **key)
{
    json_t *from = (json_t *)object->node; /* jansson's iterators take no const */
    void *entry = json_object_iter(from);
    for (size_t i = 0; i < index; i++)
        entry = json_object_iter_next(from, entry);
    *key = json_object_iter_key(entry);
    return tns_json_member(object, *key);
}

bool tns_json_has(const tns_json_at *object, const char *key)
{
    return present(json_object_get(raw(object->node), key)) != NULL;
}

bool tns_json_is_null(const tns_json_at *object, const char *key)
{
    return json_is_null(json_object_get(raw(object->node), key));
}

size_t tns_json_size(const tns_json_at *at)
{
    return json_is_array(raw(at->node)) ? json_array_size(raw(at->node))
                                        : json_object_size(raw(at->node));
}

bool tns_json_is_text(const tns_json_at *at)
{
    return json_is_string(raw(at->node));
}

bool tns_json_fail(const tns_json_at *at, tns_error *err, tns_code code, const char *format, ...)
{
    char text[400];
    va_list args;
    va_start(args, format);
    tns_text_vformat(text, sizeof text, format, args);
    va_end(args);
    return tns_error_set(err, code, "%s: %s%s%s", at->file, at->path, at->path[0] ? ": " : "",
                         text);
}

static const char *kind_of(const json_t *node)
{
    switch (node ? json_typeof(node) : JSON_NULL) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "an array";
    case JSON_STRING:
        return "a text";
    case JSON_INTEGER:
    case JSON_REAL:
        return "a number";
    case JSON_TRUE:
    case JSON_FALSE:
        return "true or false";
    default:
        return "nothing";
    }
}

static bool fail_kind(const tns_json_at *at, const char *expected, tns_error *err)
{
    return tns_json_fail(at, err, TNS_ERROR_FORMAT, "expected %s, found %s", expected,
                         kind_of(raw(at->node)));
}

bool tns_json_expect_object(const tns_json_at *at, tns_error *err)
{
    return json_is_object(raw(at->node)) || fail_kind(at, "an object", err);
}

bool tns_json_expect_array(const tns_json_at *at, tns_error *err)
{
    return json_is_array(raw(at->node)) || fail_kind(at, "an array", err);
}

bool tns_json_number(const tns_json_at *at, double lo, double hi, double *out, tns_error *err)
{
    if (!json_is_number(raw(at->node)))
        return fail_kind(at, "a number", err);
    double value = json_number_value(raw(at->node));
    if (!(value >= lo && value <= hi))
        return tns_json_fail(at, err, TNS_ERROR_RANGE, "expected %g to %g, found %g", lo, hi,
                             value);
    *out = value;
    return true;
}

bool tns_json_text(const tns_json_at *at, char *out, size_t size, tns_error *err)
{
    if (!json_is_string(raw(at->node)))
        return fail_kind(at, "a text", err);
    if (!tns_text_copy(out, size, json_string_value(raw(at->node))))
        return tns_json_fail(at, err, TNS_ERROR_FORMAT, "expected at most %zu bytes, found %zu",
                             size - 1, json_string_length(raw(at->node)));
    return true;
}

bool tns_json_get_number(const tns_json_at *object, const char *key, double lo, double hi,
                         double *out, tns_error *err)
{
    tns_json_at at = tns_json_member(object, key);
    return tns_json_number(&at, lo, hi, out, err);
}

bool tns_json_opt_number(const tns_json_at *object, const char *key, double lo, double hi,
                         double *out, tns_error *err)
{
    return !tns_json_has(object, key) || tns_json_get_number(object, key, lo, hi, out, err);
}

bool tns_json_get_int64(const tns_json_at *object, const char *key, int64_t lo, int64_t hi,
                        int64_t *out, tns_error *err)
{
    tns_json_at at = tns_json_member(object, key);
    double value = 0;
    if (!tns_json_number(&at, (double)lo, (double)hi, &value, err))
        return false;
    if (value != (double)(int64_t)value)
        return tns_json_fail(&at, err, TNS_ERROR_FORMAT, "expected a whole number, found %g",
                             value);
    *out = (int64_t)value;
    return true;
}

bool tns_json_get_integer(const tns_json_at *object, const char *key, int lo, int hi, int *out,
                          tns_error *err)
{
    int64_t value = 0;
    if (!tns_json_get_int64(object, key, lo, hi, &value, err))
        return false;
    *out = (int)value;
    return true;
}

bool tns_json_opt_integer(const tns_json_at *object, const char *key, int lo, int hi, int *out,
                          tns_error *err)
{
    return !tns_json_has(object, key) || tns_json_get_integer(object, key, lo, hi, out, err);
}

bool tns_json_get_bool(const tns_json_at *object, const char *key, bool *out, tns_error *err)
{
    tns_json_at at = tns_json_member(object, key);
    if (!json_is_boolean(raw(at.node)))
        return fail_kind(&at, "true or false", err);
    *out = json_is_true(raw(at.node));
    return true;
}

bool tns_json_opt_bool(const tns_json_at *object, const char *key, bool *out, tns_error *err)
{
    return !tns_json_has(object, key) || tns_json_get_bool(object, key, out, err);
}

bool tns_json_get_text(const tns_json_at *object, const char *key, char *out, size_t size,
                       tns_error *err)
{
    tns_json_at at = tns_json_member(object, key);
    return tns_json_text(&at, out, size, err);
}

bool tns_json_opt_text(const tns_json_at *object, const char *key, char *out, size_t size,
                       tns_error *err)
{
    return !tns_json_has(object, key) || tns_json_get_text(object, key, out, size, err);
}

/* "a, b or c"; of too many "a, b, .. or z", so that what was found is told in any case. */
static void list_words(const char *const *words, size_t count, char *out, size_t size)
{
    out[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        const char *before = i == 0 ? "" : i + 1 < count ? ", " : " or ";
        size_t used = strlen(out), rest = size - used;
        bool fits = i + 1 == count || strlen(words[i]) + strlen(words[count - 1]) + 12 < rest;
        snprintf(out + used, rest, "%s%s", before, fits ? words[i] : "..");
        i = fits ? i : count - 2;
    }
}

bool tns_json_choice(const tns_json_at *at, const char *const *words, size_t count, int *out,
                     tns_error *err)
{
    if (!json_is_string(raw(at->node)))
        return fail_kind(at, "a text", err);
    const char *text = json_string_value(raw(at->node));
    for (size_t i = 0; i < count; i++)
        if (strcmp(text, words[i]) == 0) {
            *out = (int)i;
            return true;
        }
    char list[360];
    list_words(words, count, list, sizeof list);
    return tns_json_fail(at, err, TNS_ERROR_FORMAT, "expected %s, found \"%.60s\"", list, text);
}

bool tns_json_get_choice(const tns_json_at *object, const char *key, const char *const *words,
                         size_t count, int *out, tns_error *err)
{
    tns_json_at at = tns_json_member(object, key);
    return tns_json_choice(&at, words, count, out, err);
}

bool tns_json_opt_choice(const tns_json_at *object, const char *key, const char *const *words,
                         size_t count, int *out, tns_error *err)
{
    return !tns_json_has(object, key) || tns_json_get_choice(object, key, words, count, out, err);
}

bool tns_json_each_number(const tns_json_at *at, double lo, double hi, double *out, size_t count,
                          tns_error *err)
{
    if (!tns_json_expect_array(at, err))
        return false;
    if (tns_json_size(at) != count)
        return tns_json_fail(at, err, TNS_ERROR_FORMAT, "expected %zu numbers, found %zu", count,
                             tns_json_size(at));
    for (size_t i = 0; i < count; i++) {
        tns_json_at item = tns_json_item(at, i);
        if (!tns_json_number(&item, lo, hi, &out[i], err))
            return false;
    }
    return true;
}

bool tns_json_get_numbers(const tns_json_at *object, const char *key, double lo, double hi,
                          double *out, size_t count, tns_error *err)
{
    tns_json_at at = tns_json_member(object, key);
    return tns_json_each_number(&at, lo, hi, out, count, err);
}
