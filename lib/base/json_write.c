/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/json.h"
#include "base/text.h"

enum { WIDTH = 100, FLAGS = JSON_ENCODE_ANY | JSON_REAL_PRECISION(15) };

static json_t *raw(tns_json *node)
{
    return (json_t *)node;
}

tns_json *tns_json_object(void)
{
    return (tns_json *)json_object();
}

tns_json *tns_json_array(void)
{
    return (tns_json *)json_array();
}

/* A whole number is written as one; what JSON has no word for becomes null. */
static json_t *number(double value)
{
    if (!isfinite(value))
        return json_null();
    if (value == floor(value) && fabs(value) < 1e15)
        return json_integer((json_int_t)value);
    return json_real(value);
}

tns_json *tns_json_numbers(const double *values, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, number(values[i]));
    return (tns_json *)array;
}

/* jansson refuses what is not UTF-8, and the member would be missing without a word. */
static json_t *string(const char *text)
{
    json_t *node = json_string(text);
    char *mended = node ? NULL : strdup(text);
    if (!mended)
        return node;
    tns_text_mend(mended);
    node = json_string(mended);
    free(mended);
    return node;
}

tns_json *tns_json_string(const char *text)
{
    return (tns_json *)string(text);
}

void tns_json_set(tns_json *object, const char *key, tns_json *child)
{
    json_object_set_new(raw(object), key, raw(child));
}

void tns_json_set_number(tns_json *object, const char *key, double value)
{
    json_object_set_new(raw(object), key, number(value));
}

void tns_json_set_integer(tns_json *object, const char *key, long long value)
{
    json_object_set_new(raw(object), key, json_integer(value));
}

void tns_json_set_bool(tns_json *object, const char *key, bool value)
{
    json_object_set_new(raw(object), key, json_boolean(value));
}

void tns_json_set_null(tns_json *object, const char *key)
{
    json_object_set_new(raw(object), key, json_null());
}

void tns_json_set_text(tns_json *object, const char *key, const char *text)
{
    json_object_set_new(raw(object), key, string(text));
}

void tns_json_set_text_if(tns_json *object, const char *key, const char *text)
{
    if (text[0])
        tns_json_set_text(object, key, text);
}

void tns_json_set_text_or_null(tns_json *object, const char *key, const char *text)
{
    if (text[0])
        tns_json_set_text(object, key, text);
    else
        tns_json_set_null(object, key);
}

void tns_json_append(tns_json *array, tns_json *child)
{
    json_array_append_new(raw(array), raw(child));
}

typedef struct writer {
    char *text;
    size_t used, size;
    size_t end;  /* of what may be used */
    bool over;   /* more was put than that */
    bool failed; /* for memory */
} writer;

static bool make_room(writer *w, size_t size)
{
    if (w->failed || size <= w->size)
        return !w->failed;
    char *more = realloc(w->text, 2 * size);
    w->failed = more == NULL;
    if (w->failed)
        return false;
    w->size = 2 * size;
    w->text = more;
    return true;
}

static void put(writer *w, const char *bytes, size_t n)
{
    w->over = w->over || n > w->end - w->used;
    if (w->over || !make_room(w, w->used + n + 1))
        return;
    memcpy(w->text + w->used, bytes, n);
    w->used += n;
    w->text[w->used] = '\0';
}

static void put_text(writer *w, const char *text)
{
    put(w, text, strlen(text));
}

static int put_chunk(const char *bytes, size_t n, void *user)
{
    writer *w = user;
    put(w, bytes, n);
    return w->over ? -1 : 0;
}

/* What needs escapes or an exponent. */
static void put_dumped(writer *w, const json_t *leaf)
{
    if (!leaf || (json_dump_callback(leaf, put_chunk, w, FLAGS) != 0 && !w->over))
        w->failed = true;
}

static bool is_plain(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == '"' || *text == '\\')
            return false;
    return true;
}

static void put_string(writer *w, const char *text)
{
    if (!is_plain(text)) {
        json_t *node = json_string(text);
        put_dumped(w, node);
        json_decref(node);
        return;
    }
    put(w, "\"", 1);
    put_text(w, text);
    put(w, "\"", 1);
}

/* By its 15 digits a real number may be a whole one, which reads again as such. */
static size_t real_text(double value, char text[TNS_DECIMAL_TEXT])
{
    size_t length = tns_text_real(value, text);
    return length > 2 && strcmp(text + length - 2, ".0") == 0 ? length - 2 : length;
}

static void put_number(writer *w, const json_t *number)
{
    char text[TNS_DECIMAL_TEXT];
    size_t length = json_is_integer(number) ? tns_text_integer(json_integer_value(number), text)
                                            : real_text(json_real_value(number), text);
    if (length > 0)
        put(w, text, length);
    else
        put_dumped(w, number);
}

static void put_leaf(writer *w, const json_t *leaf)
{
    if (json_is_number(leaf))
        put_number(w, leaf);
    else if (json_is_string(leaf))
        put_string(w, json_string_value(leaf));
    else
        put_text(w, json_is_null(leaf) ? "null" : json_is_true(leaf) ? "true" : "false");
}

/* A key with its quotes and escapes, and what separates it from the value. */
static void put_key(writer *w, const char *key)
{
    put_string(w, key);
    put(w, ": ", 2);
}

static void put_line(writer *w, json_t *node);

static void put_object_line(writer *w, json_t *object)
{
    const char *key, *between = "{";
    json_t *child;
    json_object_foreach(object, key, child)
    {
        put_text(w, between);
        between = ", ";
        put_key(w, key);
        put_line(w, child);
        if (w->over)
            return;
    }
    put_text(w, json_object_size(object) ? "}" : "{}");
}

static void put_array_line(writer *w, const json_t *array)
{
    put(w, "[", 1);
    for (size_t i = 0; i < json_array_size(array) && !w->over; i++) {
        put_text(w, i ? ", " : "");
        put_line(w, json_array_get(array, i));
    }
    put(w, "]", 1);
}

/* The node on one line, `", "` and `": "` between; gives up where the line must end. */
static void put_line(writer *w, json_t *node)
{
    if (json_is_object(node))
        put_object_line(w, node);
    else if (json_is_array(node))
        put_array_line(w, node);
    else
        put_leaf(w, node);
}

static bool is_leaf(const json_t *node)
{
    return !json_is_object(node) && !json_is_array(node);
}

static bool holds_leaves_only(const json_t *array)
{
    for (size_t i = 0; i < json_array_size(array); i++)
        if (!is_leaf(json_array_get(array, i)))
            return false;
    return json_is_array(array);
}

static void put_break(writer *w, int level)
{
    put_text(w, "\n");
    for (int i = 0; i < level; i++)
        put_text(w, "  ");
}

static void put_node(writer *w, json_t *node, int level);

static void put_members(writer *w, json_t *object, int level)
{
    const char *key;
    json_t *child;
    bool first = true;
    json_object_foreach(object, key, child)
    {
        put_text(w, first ? "" : ",");
        first = false;
        put_break(w, level);
        put_key(w, key);
        put_node(w, child, level);
    }
}

static void put_items(writer *w, json_t *array, int level)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        put_text(w, i ? "," : "");
        put_break(w, level);
        put_node(w, json_array_get(array, i), level);
    }
}

/* Columns used on the line that is being written. */
static size_t column(const writer *w)
{
    size_t n = 0;
    while (n < w->used && w->text[w->used - n - 1] != '\n')
        n++;
    return n;
}

/* On this line, if it fits; one column is kept for the comma behind. */
static bool put_short(writer *w, json_t *node)
{
    size_t before = w->used, taken = column(w) + 1;
    w->end = before + (taken < WIDTH ? WIDTH - taken : 0);
    put_line(w, node);
    bool fits = !w->over;
    w->used = fits ? w->used : before;
    w->end = SIZE_MAX;
    w->over = false;
    return fits;
}

static void put_node(writer *w, json_t *node, int level)
{
    bool object = json_is_object(node);
    if (is_leaf(node) || holds_leaves_only(node)) {
        put_line(w, node);
        return;
    }
    if (put_short(w, node))
        return;
    put_text(w, object ? "{" : "[");
    if (object)
        put_members(w, node, level + 1);
    else
        put_items(w, node, level + 1);
    put_break(w, level);
    put_text(w, object ? "}" : "]");
}

static char *finish(writer *w)
{
    if (!w->failed)
        return w->text;
    free(w->text);
    return NULL;
}

char *tns_json_write(const tns_json *json)
{
    writer w = {.end = SIZE_MAX, .failed = json == NULL};
    if (json) {
        put_node(&w, (json_t *)json, 0);
        put_text(&w, "\n");
    }
    return finish(&w);
}

char *tns_json_write_line(const tns_json *json)
{
    writer w = {.end = SIZE_MAX, .failed = json == NULL};
    if (json)
        put_line(&w, (json_t *)json);
    return finish(&w);
}
