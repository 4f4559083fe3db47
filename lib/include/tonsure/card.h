/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A chart file: a layout, its colors, and where they come from. Plain text, docs/formats.md. The
 * built-in charts are such files; `tonsure chart measure` makes one of a card that lies at hand.
 */
#ifndef TONSURE_CARD_H
#define TONSURE_CARD_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/chart.h>
#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/reading.h>
#include <tonsure/spectrum.h>

TNS_BEGIN_DECLS

/* What is known of a patch beside its place and its color (which the chart holds). */
typedef struct tns_card_patch {
    bool has_color;
    bool has_spectrum;
    tns_spectrum spectrum;
    bool has_uncertainty;
    tns_uncertainty uncertainty; /* k = 2 */
} tns_card_patch;

/* About 60 KB: keep it on the heap. */
typedef struct tns_card {
    tns_chart chart;
    char source[160];    /* whose figures: a maker's, an instrument's; "" = not said */
    char serial[40];     /* the card's own */
    char measured[32];   /* ISO 8601 UTC; "" = not measured, or not said */
    char instrument[80]; /* driver and serial number of what measured it */
    tns_card_patch patch[TNS_CHART_PATCHES_MAX];
} tns_card;

/*
 * Reads a chart file; free with tns_card_destroy(). TNS_ERROR_FORMAT names the line and what was
 * found; a file whose lightest patch is neutral under another white than it declares is refused.
 * Patches may lack a color: a layout that is to be measured, or a run that was interrupted.
 */
TNS_API tns_card *tns_card_load(const char *path, tns_error *err);
TNS_API tns_card *tns_card_parse(const char *text, size_t length, const char *name, tns_error *err);

/* A card of a chart's layout, with its colors. NULL when out of memory. */
TNS_API tns_card *tns_card_of(const tns_chart *chart, tns_error *err);

/* NULL is taken. */
TNS_API void tns_card_destroy(tns_card *card);

/* The first patch that has no color, or -1. */
TNS_API int tns_card_missing(const tns_card *card);

/*
 * What its patches' uncertainties come to: one standard deviation in dE00, or the chart's
 * reference_de00 where none has any.
 */
TNS_API double tns_card_doubt(const tns_card *card);

/* How far the colors of two charts of one layout lie apart. */
typedef struct tns_chart_distance {
    double mean, most; /* dE00 */
    int worst;         /* the patch of `most` */
} tns_chart_distance;

/* False where the layouts differ: rows, columns, names. */
TNS_API bool tns_chart_compare(const tns_chart *a, const tns_chart *b, tns_chart_distance *out);

/*
 * Whether a reading is clearly not of that patch of the chart, for whoever reads a card in its
 * order: twice as near to another patch (*nearest), or off by more than batches, age and dirt
 * explain (*nearest = patch).
 */
TNS_API bool tns_chart_slip(const tns_chart *chart, int patch, tns_lab lab, int *nearest);

/* The card as a chart file; free() it. NULL when out of memory. */
TNS_API char *tns_card_write(const tns_card *card);

/* The same into a file, all or nothing. */
TNS_API bool tns_card_save(const tns_card *card, const char *path, tns_error *err);

TNS_END_DECLS

#endif
