/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Color charts: how the patches lie and what their colors are.
 *
 * ColorChecker Classic, Mini, Nano and the 24 patches of the Passport share names, order and
 * colors; the figures are X-Rite's of 2016 for charts made before and since November 2014.
 */
#ifndef TONSURE_CHART_H
#define TONSURE_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/colorimetry.h>
#include <tonsure/error.h>
#include <tonsure/export.h>

TNS_BEGIN_DECLS

enum { TNS_CHART_PATCHES_MAX = 140 }; /* the largest chart in common use, the ColorChecker SG */

typedef enum tns_edition {
    TNS_EDITION_AUTO, /* asked: tell it from the photo; answered: the photo does not tell */
    TNS_EDITION_BEFORE_2014,
    TNS_EDITION_AFTER_2014
} tns_edition;

typedef struct tns_chart_patch {
    char name[24];     /* "dark skin" .. "black 2" */
    double x, y;       /* its middle, in pitches to the right of and below the first patch's */
    tns_lab reference; /* D50, 2 degrees */
    tns_lab made[2];   /* before and since November 2014, of a chart that has editions */
} tns_chart_patch;

/*
 * A layout and its colors. Patches come row by row: patch i stands in row i / columns and column
 * i % columns, and rows * columns = count. Where it lies says only its x and y: a chart in two
 * halves has a gap. A pitch is the distance of two neighbors' middles, the same both ways.
 */
typedef struct tns_chart {
    char kind[32];         /* "classic24" */
    char title[80];        /* for people: "ColorChecker Classic" */
    tns_edition edition;   /* of the colors; AUTO: the mean of both, or the chart knows none */
    bool has_editions;     /* whether both are known */
    double pitch_mm;       /* 0 = not known */
    double patch_share;    /* a patch's side in pitches */
    double reference_de00; /* how well the colors are known: one standard deviation, dE00 */
    int rows, columns;
    int count;
    tns_chart_patch patch[TNS_CHART_PATCHES_MAX];
} tns_chart;

typedef struct tns_chart_kind {
    const char *name;  /* "classic24" */
    const char *word;  /* what people say: "classic" */
    const char *title; /* "ColorChecker Classic" */
} tns_chart_kind;

/* The charts known by name, `count` of them; the likeliest first. */
TNS_API const tns_chart_kind *tns_chart_kinds(size_t *count);

/*
 * A chart file (card.h, docs/formats.md) that has all its colors. Fails as tns_card_load, and with
 * TNS_ERROR_FORMAT on a layout without colors.
 */
TNS_API bool tns_chart_load(const char *path, tns_chart *out, tns_error *err);
TNS_API bool tns_chart_parse(const char *text, size_t length, const char *name, tns_chart *out,
                             tns_error *err);

/* The layout and the colors as a chart file, all or nothing. */
TNS_API bool tns_chart_save(const tns_chart *chart, const char *path, tns_error *err);

/*
 * What --chart names: a chart known by that name, else a file. Names go first: a file called
 * "classic" is given as ./classic.
 */
TNS_API bool tns_chart_open(const char *name, tns_edition edition, tns_chart *out, tns_error *err);

/* A plain grid without colors, called "6x4" (columns x rows). TNS_ERROR_USAGE: too few, too many.
 */
TNS_API bool tns_chart_grid(int columns, int rows, tns_chart *out, tns_error *err);

/*
 * A chart by its kind's name or word. With TNS_EDITION_AUTO the colors are the mean of both
 * editions. TNS_ERROR_USAGE for other names.
 */
TNS_API bool tns_chart_find(const char *name, tns_edition edition, tns_chart *out, tns_error *err);

/*
 * The same chart in the colors of another edition. One that knows no editions (a chart of the
 * user's own) is handed back as it is.
 */
TNS_API bool tns_chart_in_edition(const tns_chart *chart, tns_edition edition, tns_chart *out,
                                  tns_error *err);

/*
 * The index of a corner patch: 0..3 as corners are given, from the first patch to the end of its
 * row, the last patch and the beginning of its row.
 */
TNS_API int tns_chart_corner(const tns_chart *chart, int corner);

/* "before2014", "after2014"; "auto" for TNS_EDITION_AUTO. */
TNS_API const char *tns_edition_name(tns_edition edition);

TNS_END_DECLS

#endif
