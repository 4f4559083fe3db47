/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The charts known by name: files of lib/photo/data, which the build puts into the library. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/chart.h>

#include "base/text.h"
#include "photo/chart/card_head.h"

extern const char chart_classic24_before2014[], chart_classic24_after2014[];
extern const char chart_sg140_before2014[], chart_sg140_after2014[];
extern const char chart_spydercheckr24[], chart_spydercheckr48[];

/* Mini, Nano and Passport have the Classic's patches in its order; only the sizes differ. */
static const tns_chart_kind kinds[] = {
    {"classic24", "classic", "ColorChecker Classic"},
    {"passport24", "passport", "ColorChecker Passport"},
    {"mini24", "mini", "ColorChecker Classic Mini"},
    {"nano24", "nano", "ColorChecker Classic Nano"},
    {"spydercheckr24", "spyder24", "Datacolor SpyderCheckr 24"},
    {"spydercheckr48", "spyder48", "Datacolor SpyderCheckr"},
    {"sg140", "sg", "ColorChecker Digital SG"},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

/* Before and since November 2014; the second is NULL where there is but one edition. */
static const char *const texts[KINDS][2] = {
    {chart_classic24_before2014, chart_classic24_after2014},
    {chart_classic24_before2014, chart_classic24_after2014},
    {chart_classic24_before2014, chart_classic24_after2014},
    {chart_classic24_before2014, chart_classic24_after2014},
    {chart_spydercheckr24, NULL},
    {chart_spydercheckr48, NULL},
    {chart_sg140_before2014, chart_sg140_after2014},
};

const tns_chart_kind *tns_chart_kinds(size_t *count)
{
    *count = KINDS;
    return kinds;
}

static bool read_text(const char *text, const char *name, tns_chart *out, tns_error *err)
{
    return tns_chart_parse(text, strlen(text), name, out, err);
}

static bool read_kind(size_t k, tns_chart *out, tns_error *err)
{
    tns_chart since;
    if (!read_text(texts[k][0], kinds[k].name, out, err))
        return false;
    snprintf(out->kind, sizeof out->kind, "%s", kinds[k].name);
    snprintf(out->title, sizeof out->title, "%s", kinds[k].title);
    if (!texts[k][1])
        return true;
    if (!read_text(texts[k][1], kinds[k].name, &since, err))
        return false;
    out->has_editions = true;
    for (int i = 0; i < out->count; i++) {
        out->patch[i].made[0] = out->patch[i].reference;
        out->patch[i].made[1] = since.patch[i].reference;
    }
    return true;
}

static bool find_kind(const char *name, size_t *out)
{
    for (size_t k = 0; k < KINDS; k++)
        if (tns_text_same(name, kinds[k].name) || tns_text_same(name, kinds[k].word)) {
            *out = k;
            return true;
        }
    return false;
}

bool tns_chart_find(const char *name, tns_edition edition, tns_chart *out, tns_error *err)
{
    size_t k = 0;
    if (!find_kind(name, &k))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "chart: expected classic, passport, mini, nano, spyder24, spyder48 or "
                             "sg, found \"%.60s\"",
                             name);
    return read_kind(k, out, err) && tns_chart_in_edition(out, edition, out, err);
}

bool tns_chart_open(const char *name, tns_edition edition, tns_chart *out, tns_error *err)
{
    size_t k = 0;
    if (find_kind(name, &k))
        return tns_chart_find(name, edition, out, err);
    if (access(name, F_OK) == 0)
        return tns_chart_load(name, out, err);
    tns_chart_find(name, edition, out, err);
    return tns_error_prefix(err, "no such file, and no known chart");
}

bool tns_chart_grid(int columns, int rows, tns_chart *out, tns_error *err)
{
    const tns_card_head plain = {.gap_after = 0};
    if (columns < 2 || rows < 2 || columns > 70 || rows > 70)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "chart: expected 2 to 70 columns and rows, "
                             "found %dx%d",
                             columns, rows);
    memset(out, 0, sizeof *out);
    snprintf(out->kind, sizeof out->kind, "%dx%d", columns, rows);
    out->columns = columns;
    out->rows = rows;
    out->count = columns * rows;
    if (!tns_card_head_lay_out(&plain, out, err)) {
        if (err)
            err->code = TNS_ERROR_USAGE;
        return tns_error_prefix(err, "chart");
    }
    for (int i = 0; i < out->count; i++)
        snprintf(out->patch[i].name, sizeof out->patch[i].name, "row %d column %d", i / columns + 1,
                 i % columns + 1);
    return true;
}

int tns_chart_corner(const tns_chart *chart, int corner)
{
    const int index[4] = {0, chart->columns - 1, chart->count - 1, chart->count - chart->columns};
    return index[corner];
}
