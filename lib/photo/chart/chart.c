/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include <tonsure/chart.h>

#include "base/text.h"

enum { ROWS = 4, COLUMNS = 6, COUNT = ROWS * COLUMNS };

/* lib/photo/data */
extern const double classic24_before2014[][3];
extern const double classic24_after2014[][3];

static const char *const patch_names[COUNT] = {
    "dark skin", "light skin",    "blue sky",     "foliage",   "blue flower",  "bluish green",
    "orange",    "purplish blue", "moderate red", "purple",    "yellow green", "orange yellow",
    "blue",      "green",         "red",          "yellow",    "magenta",      "cyan",
    "white 9.5", "neutral 8",     "neutral 6.5",  "neutral 5", "neutral 3.5",  "black 2",
};

/* Same order of patches and the same pitch along rows and columns; only the sizes differ. */
static const struct {
    const char *kind, *word;
} kinds[] = {{"classic24", "classic"}, {"mini24", "mini"}, {"passport24", "passport"}};

static double figure(tns_edition edition, int patch, int axis)
{
    double before = classic24_before2014[patch][axis], after = classic24_after2014[patch][axis];
    switch (edition) {
    case TNS_EDITION_BEFORE_2014:
        return before;
    case TNS_EDITION_AFTER_2014:
        return after;
    default:
        return (before + after) / 2;
    }
}

static void fill(tns_chart *chart, const char *kind, tns_edition edition)
{
    memset(chart, 0, sizeof *chart);
    snprintf(chart->kind, sizeof chart->kind, "%s", kind);
    chart->edition = edition;
    chart->rows = ROWS;
    chart->columns = COLUMNS;
    chart->count = COUNT;
    for (int i = 0; i < COUNT; i++) {
        tns_chart_patch *patch = &chart->patch[i];
        snprintf(patch->name, sizeof patch->name, "%s", patch_names[i]);
        patch->reference =
            (tns_lab){figure(edition, i, 0), figure(edition, i, 1), figure(edition, i, 2)};
    }
}

bool tns_chart_find(const char *name, tns_edition edition, tns_chart *out, tns_error *err)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (tns_text_same(name, kinds[i].kind) || tns_text_same(name, kinds[i].word)) {
            fill(out, kinds[i].kind, edition);
            return true;
        }
    return tns_error_set(err, TNS_ERROR_USAGE,
                         "chart: expected classic, mini or passport, found \"%s\"", name);
}

const char *tns_edition_name(tns_edition edition)
{
    static const char *const names[] = {"auto", "before2014", "after2014"};
    return names[edition];
}
