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
static const tns_chart_kind kinds[] = {
    {"classic24", "classic", "ColorChecker Classic"},
    {"passport24", "passport", "ColorChecker Passport"},
    {"mini24", "mini", "ColorChecker Classic Mini"},
    {"nano24", "nano", "ColorChecker Classic Nano"},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

/* Patches are 0.80-0.87 of the pitch wide on these charts. */
static const double PATCH_SHARE = 0.84;

/*
 * One card against the maker's figures: those of both editions lie 0.85 apart on average, and one
 * Passport that was measured 0.89 from them.
 */
static const double NOMINAL_DE00 = 0.7;

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

static void fill(tns_chart *chart, const tns_chart_kind *kind, tns_edition edition)
{
    memset(chart, 0, sizeof *chart);
    snprintf(chart->kind, sizeof chart->kind, "%s", kind->name);
    snprintf(chart->title, sizeof chart->title, "%s", kind->title);
    chart->edition = edition;
    chart->has_editions = true;
    chart->patch_share = PATCH_SHARE;
    chart->reference_de00 = NOMINAL_DE00;
    chart->rows = ROWS;
    chart->columns = COLUMNS;
    chart->count = COUNT;
    for (int i = 0; i < COUNT; i++) {
        tns_chart_patch *patch = &chart->patch[i];
        snprintf(patch->name, sizeof patch->name, "%s", patch_names[i]);
        patch->x = i % COLUMNS;
        patch->y = i / COLUMNS;
        patch->reference =
            (tns_lab){figure(edition, i, 0), figure(edition, i, 1), figure(edition, i, 2)};
    }
}

const tns_chart_kind *tns_chart_kinds(size_t *count)
{
    *count = KINDS;
    return kinds;
}

bool tns_chart_find(const char *name, tns_edition edition, tns_chart *out, tns_error *err)
{
    for (size_t i = 0; i < KINDS; i++)
        if (tns_text_same(name, kinds[i].name) || tns_text_same(name, kinds[i].word)) {
            fill(out, &kinds[i], edition);
            return true;
        }
    return tns_error_set(err, TNS_ERROR_USAGE,
                         "chart: expected classic, mini, passport or nano, found \"%s\"", name);
}

bool tns_chart_in_edition(const tns_chart *chart, tns_edition edition, tns_chart *out,
                          tns_error *err)
{
    if (chart->has_editions)
        return tns_chart_find(chart->kind, edition, out, err);
    *out = *chart;
    return true;
}

int tns_chart_corner(const tns_chart *chart, int corner)
{
    const int index[4] = {0, chart->columns - 1, chart->count - 1, chart->count - chart->columns};
    return index[corner];
}

const char *tns_edition_name(tns_edition edition)
{
    static const char *const names[] = {"auto", "before2014", "after2014"};
    return names[edition];
}
