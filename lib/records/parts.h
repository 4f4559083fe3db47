/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several records are built of, as JSON nodes. */
#ifndef RECORDS_PARTS_H
#define RECORDS_PARTS_H

#include <stdint.h>

#include <tonsure/characterise.h>
#include <tonsure/colorimetry.h>
#include <tonsure/error.h>
#include <tonsure/match.h>
#include <tonsure/palette_records.h>
#include <tonsure/reading.h>
#include <tonsure/records.h>
#include <tonsure/warnings.h>

#include "base/json.h"

/* ---- Writing ---- */

tns_json *tns_record(const char *schema);
tns_json *tns_json_from_color(const tns_color *color);
tns_json *tns_json_from_reading(const tns_reading *reading);
/* "dot", "area", ..; "" = not known. */
const char *tns_record_what(tns_what what);
tns_json *tns_json_from_uncertainty(const tns_uncertainty *uncertainty);
tns_json *tns_json_from_error(const tns_error *err);
tns_json *tns_json_from_unit(const tns_unit *unit);
tns_json *tns_json_from_surface(const tns_palette *palette, const tns_surface *surface);
/* Into a surface of kind "healed". */
void tns_json_set_healed(tns_json *surface, const tns_healed *healed, const tns_skin_fit *skin);
tns_json *tns_json_from_warnings(const tns_warnings *warnings);

tns_json *tns_json_from_limits(const tns_match_request *request);
tns_json *tns_json_from_left_out(const tns_left_out *left_out, size_t count);

/* What a part takes: drops (whole units, whatever the unit), fraction, ml, g. */
void tns_json_set_amounts(tns_json *json, const tns_recipe_part *part);

/* Colors to six decimals, amounts to four. */
double tns_record_color(double value);
double tns_record_amount(double value);

/* The text of a record; destroys the node. */
char *tns_record_finish(tns_json *record);

/* ---- Reading: into zeroed values; `get` wants the member, `opt` lets it be absent ---- */

/* The node must be a record of that schema; it may stand inside another one. */
bool tns_record_expect(const tns_json_at *record, const char *schema, tns_error *err);

/* Fills the value at `out` from the root of a record. */
typedef bool tns_record_get(const tns_json_at *root, void *out, tns_error *err);
bool tns_record_parse(const char *text, size_t length, const char *name, tns_record_get *get,
                      void *out, tns_error *err);
/* A zeroed value to be filled, free() it; NULL = no memory. */
void *tns_record_new(size_t size, const char *name, tns_error *err);

/* A member that is an object, or an array of at most `most` items. */
bool tns_json_get_object(const tns_json_at *object, const char *key, tns_json_at *out,
                         tns_error *err);
bool tns_json_get_list(const tns_json_at *object, const char *key, size_t most, tns_json_at *out,
                       size_t *count, tns_error *err);

/* As many zeroed values as the list has items, and at least one; free() them. NULL = no memory. */
void *tns_record_array(const tns_json_at *list, size_t count, size_t size, tns_error *err);

/* Into a zeroed item; what it owns even a broken one leaves to be freed with the others. */
typedef bool tns_item_get(const tns_json_at *at, void *item, tns_error *err);

/* An array of objects, each of `size` bytes; even on failure *items is to be freed, of *count. */
bool tns_json_get_items(const tns_json_at *object, const char *key, size_t size, tns_item_get *get,
                        void **items, size_t *count, tns_error *err);

/* An array of `rows` arrays of `columns` numbers, each in -limit..limit; row after row in *out. */
bool tns_json_get_rows(const tns_json_at *object, const char *key, double limit, size_t rows,
                       size_t columns, double *out, tns_error *err);

/* An object of 1..TNS_VIEWINGS_MAX figures, 0..most, by the name of an illuminant. */
bool tns_json_figures(const tns_json_at *at, double most, char (*illuminants)[TNS_NAME_SIZE],
                      double *figures, size_t *count, tns_error *err);

/* L* 0..100, a* and b* -150..150. */
bool tns_json_get_color(const tns_json_at *object, const char *key, tns_color *out, tns_error *err);
/* Of a spectrum, which may scatter below black or shine above white: L* -20..115. */
bool tns_json_get_read_color(const tns_json_at *object, const char *key, tns_color *out,
                             tns_error *err);
/* A computed one may lie outside of that. */
bool tns_json_get_computed(const tns_json_at *object, const char *key, tns_color *out,
                           tns_error *err);

/* The node itself, which is a whole record. */
bool tns_json_reading(const tns_json_at *at, tns_reading *out, tns_error *err);
/* `*has` is left alone when it is absent. */
bool tns_json_opt_uncertainty(const tns_json_at *at, const char *key, bool *has,
                              tns_uncertainty *out, tns_error *err);

/* A member "error"; leaves *out as it was when there is none. */
bool tns_json_get_error(const tns_json_at *record, tns_error *out, tns_error *err);
bool tns_json_opt_error(const tns_json_at *record, tns_error *out, tns_error *err);

/* A member "left_out"; the array, which is to be freed even on failure, stays NULL without one. */
bool tns_json_opt_left_out(const tns_json_at *record, tns_left_out **out, size_t *count,
                           tns_error *err);

/* A whole number up to 2^53. */
bool tns_json_get_count(const tns_json_at *at, const char *key, uint64_t *out, tns_error *err);

/* What a match and a correction share (match_read.c). */
bool tns_json_get_surface(const tns_json_at *record, tns_surface_record *out, tns_error *err);
tns_json *tns_json_from_span(const tns_healed_span *span);
/* A member "healed". */
bool tns_json_opt_span(const tns_json_at *recipe, tns_healed_span *out, bool *has, tns_error *err);

tns_json *tns_json_from_blue(const tns_blue_risk *risk);
/* A member "blue_risk". */
bool tns_json_opt_blue(const tns_json_at *record, tns_blue_risk *out, tns_error *err);
bool tns_json_get_healed(const tns_json_at *surface, tns_healed_record *out, tns_error *err);
bool tns_json_get_unit(const tns_json_at *record, tns_unit *out, tns_error *err);
/* The node itself, an amount of one bottle, whose name has the key `id`. */
bool tns_json_get_part(const tns_json_at *at, const char *id, tns_part_record *out, tns_error *err);

/* A member "limits"; finish it even on failure. */
bool tns_json_opt_limits(const tns_json_at *record, tns_limits_record *out, tns_error *err);
void tns_limits_record_finish(tns_limits_record *limits);

/* An object of samples, mean, median, p95 and max. */
bool tns_json_fit_summary(const tns_json_at *at, tns_fit_summary *out, tns_error *err);
tns_json *tns_json_from_fit_summary(const tns_fit_summary *summary);
/* Of tns_put_how. */
extern const char *const tns_put_words[3];

/* A fit's "model" up to its pigments; k2_sd 0 and white "" are left out. */
tns_json *tns_json_from_fit_model(const tns_palette_model *model, double k2_sd, const char *white,
                                  size_t pigments);

/* An ink that was moved: one of "inks". */
tns_json *tns_json_from_learn_ink(const tns_learn_ink_record *ink);

/* A member "warnings". */
bool tns_json_opt_warnings(const tns_json_at *record, tns_warnings *out, tns_error *err);
/* An array of sentences by another name. */
bool tns_json_opt_sentences(const tns_json_at *object, const char *key, tns_warnings *out,
                            tns_error *err);

#endif
