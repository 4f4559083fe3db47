/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of photos and charts, as in records.h. */
#ifndef TONSURE_PHOTO_RECORDS_H
#define TONSURE_PHOTO_RECORDS_H

#include <stddef.h>

#include <tonsure/card.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/photo.h>

TNS_BEGIN_DECLS

/* ---- tonsure/photo/1 ---- */

/* `failure` (may be NULL) becomes the member "error", for a refused chart. */
TNS_API char *tns_photo_write(const tns_photo *photo, const tns_error *failure);

/*
 * `failure` (may be NULL) is filled from the member "error", or becomes TNS_OK. What the record
 * does not hold is 0: the image's bits, orientation and own warnings. On failure `out` is empty;
 * tns_photo_finish() it in every case.
 */
TNS_API bool tns_photo_parse(const char *text, size_t length, const char *name, tns_photo *out,
                             tns_error *failure, tns_error *err);

/* ---- tonsure/chart/1, tonsure/charts/1 ---- */

TNS_API char *tns_chart_record_write(const tns_card *card);

/* tns_card_destroy() what is returned. */
TNS_API tns_card *tns_chart_record_parse(const char *text, size_t length, const char *name,
                                         tns_error *err);

/* A chart that is known by name. */
typedef struct tns_chart_entry {
    char name[32], word[32], title[80];
    int columns, rows;
    bool has_editions;
    double pitch_mm; /* 0 = not known */
} tns_chart_entry;

TNS_API char *tns_charts_write(const tns_chart_entry *entries, size_t count);

/* An array of *count (0 gives an array too), to be freed with free(). */
TNS_API tns_chart_entry *tns_charts_parse(const char *text, size_t length, const char *name,
                                          size_t *count, tns_error *err);

TNS_END_DECLS

#endif
