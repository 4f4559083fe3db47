/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records: values as JSON text and back. docs/formats.md describes them, docs/schema/ has a JSON
 * Schema of each. A record's number rises when a field changes meaning.
 *
 * Every `write` gives a text that ends in a newline, to be freed with free(), or NULL when out of
 * memory. `name` stands for the file in errors.
 */
#ifndef TONSURE_RECORDS_H
#define TONSURE_RECORDS_H

#include <stddef.h>

#include <tonsure/adaptation.h>
#include <tonsure/difference.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/match.h>
#include <tonsure/palette.h>
#include <tonsure/photo.h>
#include <tonsure/reading.h>

TNS_BEGIN_DECLS

/* ---- tonsure/reading/1 ---- */

TNS_API char *tns_reading_write(const tns_reading *reading);

/*
 * Fails on another schema, on a reading with neither spectrum nor lab, and on any field of the
 * wrong kind or outside reason (reflectance -0.02..1.3, L* 0..100, a* and b* -150..150).
 */
TNS_API bool tns_reading_parse(const char *text, size_t length, const char *name, tns_reading *out,
                               tns_error *err);

/* ---- tonsure/compare/1 ---- */

/* B against the standard A. */
typedef struct tns_comparison {
    tns_color a, b;
    double de76, de94, cmc, de00, hyab; /* CMC 2:1, dE94 graphic arts */
    tns_difference difference;          /* B - A */
    double ita_a, ita_b;                /* degrees */
    size_t metamerism_count;            /* 0 unless both have spectra */
    char metamerism_illuminant[TNS_VIEWINGS_MAX][TNS_NAME_SIZE];
    double metamerism[TNS_VIEWINGS_MAX];
    tns_warnings warnings;
} tns_comparison;

TNS_API char *tns_comparison_write(const tns_comparison *comparison);

/* {"schema":"tonsure/comparisons/1","pairs":[..]} */
TNS_API char *tns_comparisons_write(const tns_comparison *comparisons, size_t count);

/* ---- tonsure/match/1 ---- */

/* An answered match: the question beside the answer. Everything pointed to is borrowed. */
typedef struct tns_match_answer {
    const tns_reading *target;
    const tns_match_request *request;
    const tns_match *match;
    char sentence[320]; /* for a specialist: "Shade 14 of carbon black: close (dE 0.9), .." */
} tns_match_answer;

/* `failure` (may be NULL) becomes the member "error", for --require-tolerance. */
TNS_API char *tns_match_write(const tns_match_answer *answer, const tns_error *failure);

/* ---- tonsure/photo/1 ---- */

/* `failure` (may be NULL) becomes the member "error", for a refused chart. */
TNS_API char *tns_photo_write(const tns_photo *photo, const tns_error *failure);

/* ---- others ---- */

/* {"error":{"code":"chart-refused","text":".."}} */
TNS_API char *tns_error_write(const tns_error *err);

/* One palette as `palette list` shows it. */
typedef struct tns_palette_entry {
    char name[64];
    char version[24];
    char place[16]; /* "shipped", "user" */
    size_t pigments;
    bool absolute;
} tns_palette_entry;

/* {"schema":"tonsure/palettes/1","palettes":[..]} */
TNS_API char *tns_palette_list_write(const tns_palette_entry *entries, size_t count);

/* {"schema":"tonsure/palette-check/1","name":..,"ok":true,..}; `failure` NULL = the palette is
 * good. */
TNS_API char *tns_palette_check_write(const char *name, const tns_palette *palette,
                                      const tns_error *failure);

/* {"schema":"tonsure/palette-change/1",..}: what an add or a drop size changed, and where. */
typedef struct tns_palette_change {
    char palette[64];
    char pigment[TNS_ID_SIZE];
    char action[16]; /* "add", "drop" */
    double drop_ml;
    char path[512];
    bool written; /* false with --dry-run */
    tns_warnings warnings;
} tns_palette_change;
TNS_API char *tns_palette_change_write(const tns_palette_change *change);

TNS_END_DECLS

#endif
