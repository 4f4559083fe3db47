/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The JSON seam: reading with errors that name the place, writing that is stable to the byte. Only
 * base/json.c and base/json_write.c know jansson.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/day.h>
#include <tonsure/error.h>

typedef struct tns_json tns_json;

const char *tns_json_library_version(void);

/* ---- Reading ---- */

/* A whole document; tns_json_destroy() it. Fails on repeated keys and on anything after the end. */
tns_json *tns_json_parse(const char *text, size_t length, const char *name, tns_error *err);

/* NULL is taken. */
void tns_json_destroy(tns_json *json);

/* A node and where it stands. A value; borrows from the document and from `file`. */
typedef struct tns_json_at {
    const tns_json *node; /* NULL = absent or null */
    const char *file;
    char path[120]; /* "pigments[3].K"; "" = the root */
} tns_json_at;

tns_json_at tns_json_root(const tns_json *json, const char *file);
tns_json_at tns_json_member(const tns_json_at *object, const char *key);
tns_json_at tns_json_item(const tns_json_at *array, size_t index);

/* An object's member by place, 0 .. size - 1, in the document's order; *key borrows from it. */
tns_json_at tns_json_entry(const tns_json_at *object, size_t index, const char **key);

/* There, and not null. */
bool tns_json_has(const tns_json_at *object, const char *key);
/* There, and said to be null. */
bool tns_json_is_null(const tns_json_at *object, const char *key);

/* The number of an array's items or of an object's members; 0 for anything else. */
size_t tns_json_size(const tns_json_at *at);

bool tns_json_is_text(const tns_json_at *at);

/* Fail unless the node is of that kind. */
bool tns_json_expect_object(const tns_json_at *at, tns_error *err);
bool tns_json_expect_array(const tns_json_at *at, tns_error *err);

/* Sets an error at a node: "file: path: ...". Returns false. */
bool tns_json_fail(const tns_json_at *at, tns_error *err, tns_code code, const char *format, ...)
    TNS_PRINTF(4, 5);

/*
 * A member's value. `get` fails when it is absent or null; `opt` then leaves *out as it was. Both
 * fail on another kind of value, on a number outside lo..hi, on a text that does not fit.
 */
bool tns_json_get_number(const tns_json_at *object, const char *key, double lo, double hi,
                         double *out, tns_error *err);
bool tns_json_opt_number(const tns_json_at *object, const char *key, double lo, double hi,
                         double *out, tns_error *err);
bool tns_json_get_integer(const tns_json_at *object, const char *key, int lo, int hi, int *out,
                          tns_error *err);
bool tns_json_opt_integer(const tns_json_at *object, const char *key, int lo, int hi, int *out,
                          tns_error *err);
/* Larger ones: up to 2^53, either way, every whole number is one double. */
#define TNS_JSON_WHOLE_MAX (INT64_C(1) << 53)
bool tns_json_get_int64(const tns_json_at *object, const char *key, int64_t lo, int64_t hi,
                        int64_t *out, tns_error *err);
bool tns_json_get_bool(const tns_json_at *object, const char *key, bool *out, tns_error *err);
bool tns_json_opt_bool(const tns_json_at *object, const char *key, bool *out, tns_error *err);
bool tns_json_get_text(const tns_json_at *object, const char *key, char *out, size_t size,
                       tns_error *err);
bool tns_json_opt_text(const tns_json_at *object, const char *key, char *out, size_t size,
                       tns_error *err);
/* A text that must be one of `count` words; *out is its index. */
bool tns_json_get_choice(const tns_json_at *object, const char *key, const char *const *words,
                         size_t count, int *out, tns_error *err);
bool tns_json_opt_choice(const tns_json_at *object, const char *key, const char *const *words,
                         size_t count, int *out, tns_error *err);
/* An array of exactly `count` numbers, each in lo..hi. */
bool tns_json_get_numbers(const tns_json_at *object, const char *key, double lo, double hi,
                          double *out, size_t count, tns_error *err);
/* "2026-11-30"; none where it is null or absent. */
bool tns_json_get_day(const tns_json_at *object, const char *key, tns_day *out, tns_error *err);
/* "2026-11-30T09:15:00Z": seconds since 1970. */
bool tns_json_get_time(const tns_json_at *object, const char *key, int64_t *out, tns_error *err);
bool tns_json_opt_time(const tns_json_at *object, const char *key, int64_t *out, tns_error *err);
/* The node itself as a text, one of some words, a number, or numbers. */
bool tns_json_text(const tns_json_at *at, char *out, size_t size, tns_error *err);
bool tns_json_choice(const tns_json_at *at, const char *const *words, size_t count, int *out,
                     tns_error *err);
bool tns_json_number(const tns_json_at *at, double lo, double hi, double *out, tns_error *err);
bool tns_json_each_number(const tns_json_at *at, double lo, double hi, double *out, size_t count,
                          tns_error *err);

/* ---- Writing ---- */

/*
 * Nodes are built from the leaves up; a child given to its parent belongs to it. Text that is not
 * UTF-8 is mended ('?' for a broken byte). Keys are the program's own: UTF-8.
 */
tns_json *tns_json_object(void);
tns_json *tns_json_array(void);
tns_json *tns_json_numbers(const double *values, size_t count);
tns_json *tns_json_string(const char *text);

void tns_json_set(tns_json *object, const char *key, tns_json *child);
void tns_json_set_number(tns_json *object, const char *key, double value); /* NaN becomes null */
void tns_json_set_integer(tns_json *object, const char *key, long long value);
void tns_json_set_bool(tns_json *object, const char *key, bool value);
void tns_json_set_null(tns_json *object, const char *key);
void tns_json_set_text(tns_json *object, const char *key, const char *text);
/* Leaves "" out. */
void tns_json_set_text_if(tns_json *object, const char *key, const char *text);
/* Null for "". */
void tns_json_set_text_or_null(tns_json *object, const char *key, const char *text);
/* Null for none. */
void tns_json_set_day(tns_json *object, const char *key, tns_day day);
void tns_json_set_time(tns_json *object, const char *key, int64_t seconds);
void tns_json_append(tns_json *array, tns_json *child);

/*
 * Members in the order they were set; two blanks a level; an array of plain values on one line, and
 * an object that fits in 100 columns too. Numbers with up to 15 significant digits. A newline ends
 * it. free() the text; the node stays yours. NULL when out of memory.
 */
char *tns_json_write(const tns_json *json);
/* The same on one line, no newline at the end. */
char *tns_json_write_line(const tns_json *json);

#endif
