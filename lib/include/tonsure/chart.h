/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Color charts: how the patches lie and what their colours are.
 *
 * ColorChecker Classic, Mini and the 24 patches of the Passport share names, order and colours; the
 * figures are X-Rite's of 2016 for charts made before and since November 2014.
 */
#ifndef TONSURE_CHART_H
#define TONSURE_CHART_H

#include <stdbool.h>

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
    tns_lab reference; /* D50, 2 degrees */
} tns_chart_patch;

/* A layout and its colours. Patch i lies in row i / columns, column i % columns. */
typedef struct tns_chart {
    char kind[32]; /* "classic24" */
    tns_edition edition;
    int rows, columns;
    int count;
    tns_chart_patch patch[TNS_CHART_PATCHES_MAX];
} tns_chart;

/*
 * A chart by name: classic24 (or classic), mini24 (mini), passport24 (passport). With
 * TNS_EDITION_AUTO the colours are the mean of both editions. TNS_ERROR_USAGE for other names.
 */
TNS_API bool tns_chart_find(const char *name, tns_edition edition, tns_chart *out, tns_error *err);

/* "before2014", "after2014"; "auto" for TNS_EDITION_AUTO. */
TNS_API const char *tns_edition_name(tns_edition edition);

TNS_END_DECLS

#endif
