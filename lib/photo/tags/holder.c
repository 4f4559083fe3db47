/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include <tonsure/chart.h>
#include <tonsure/holder.h>

#include "photo/tags/tags.h"

static const double SIDE_MM = 22;

/* Two at the top, two at half height, two below; the paper's narrower part is between them. */
static const double tag_places[TNS_HOLDER_TAGS][2] = {{0, 0},     {158, 0}, {0, 127},
                                                      {158, 127}, {0, 214}, {158, 214}};

static const tns_holder_window scalp_window = {40, 138, 100, 76};

/*
 * The chart lies on its place, so that some room more than it needs is no harm: a Passport's case
 * is 125 x 90 mm (X-Rite), Minis are 83 x 57 and 108 x 64, a Nano 40 x 24. A Classic, 279 x 216,
 * is larger than the paper.
 */
static const struct {
    const char *kind;
    int first_id;
    tns_holder_window chart;
} holders[] = {
    {"passport24", 480, {24, 28, 132, 96}},
    {"mini24", 486, {33, 40, 114, 72}},
    {"nano24", 492, {60, 54, 60, 44}},
    {"classic24", 498, {0, 0, 0, 0}},
};

enum { HOLDERS = sizeof holders / sizeof *holders };

static tns_holder make(size_t k)
{
    tns_holder out = {.width = 180,
                      .height = 236,
                      .tag_side = SIDE_MM,
                      .chart_window = holders[k].chart,
                      .scalp = scalp_window};
    snprintf(out.chart, sizeof out.chart, "%s", holders[k].kind);
    for (int i = 0; i < TNS_HOLDER_TAGS; i++)
        out.tag[i] = (tns_holder_tag){holders[k].first_id + i, tag_places[i][0], tag_places[i][1]};
    return out;
}

bool tns_holder_find(const char *name, tns_holder *out, tns_error *err)
{
    tns_chart chart;
    bool known = tns_chart_find(name, TNS_EDITION_AUTO, &chart, NULL);
    for (size_t k = 0; k < HOLDERS && known; k++)
        if (strcmp(holders[k].kind, chart.kind) == 0) {
            *out = make(k);
            return true;
        }
    return tns_error_set(err, TNS_ERROR_USAGE,
                         "holder: expected passport, mini, nano or classic, found \"%.60s\"", name);
}

bool tns_holder_of_tag(int id, tns_holder *out, int *place)
{
    for (size_t k = 0; k < HOLDERS; k++)
        if (id >= holders[k].first_id && id < holders[k].first_id + TNS_HOLDER_TAGS) {
            *out = make(k);
            *place = id - holders[k].first_id;
            return true;
        }
    return false;
}
