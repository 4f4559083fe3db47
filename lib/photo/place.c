/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the chart lies: given and moved onto its edges, found, or in its holder's window. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "photo/chart/corners.h"
#include "photo/find/find.h"
#include "photo/find/kind.h"
#include "photo/find/refine.h"
#include "photo/reader.h"

static const double WINDOW_MARGIN = 0.2; /* between ways round, of a chart in a holder's window */

static const double MOVE_MOST = 0.25; /* pitches that refining may move a corner given */

bool tns_reader_refuse(tns_reader *r, const char *reason)
{
    tns_photo_chart *chart = &r->out->chart;
    chart->status = TNS_CHART_REFUSED;
    snprintf(chart->reason, sizeof chart->reason, "%s", reason);
    return tns_error_set(r->err, TNS_ERROR_CHART_REFUSED, "chart refused: %s", reason);
}

static void set_corners(tns_photo_chart *chart, const tns_point corners[4], double score)
{
    chart->has_corners = chart->has_order_score = true;
    memcpy(chart->corners, corners, sizeof chart->corners);
    chart->order_score = score;
}

/* Who gives corners is believed; a card that only looks like the chart would give wrong colors. */
static void doubt_kind(tns_reader *r)
{
    char unlike[200] = "";
    tns_kind_doubt(r->image, &r->chart, &r->placement, r->samples, unlike, sizeof unlike);
    if (unlike[0])
        tns_warn(&r->doubts, "between the corners given: %s", unlike);
}

/*
 * Corners are clicked to a few pixels. They are moved onto the patches' edges when those are
 * clearly the same grid: no corner goes farther than a quarter of a pitch, and the colors agree as
 * well.
 */
static bool refine_given(tns_reader *r, double *score)
{
    const double nearly = 0.01;
    bool takes[TNS_CHART_PATCHES_MAX];
    tns_refined refined;
    tns_patch_sample samples[TNS_CHART_PATCHES_MAX];
    double refined_score;
    for (int i = 0; i < r->chart.count; i++)
        takes[i] = r->samples[i].count > 0;
    if (!tns_placement_refine(r->image, &r->chart, takes, &r->placement, &refined) ||
        refined.farthest > MOVE_MOST)
        return true;
    if (!tns_place(&r->light, &r->chart, &refined.placement, samples, &refined_score, r->err))
        return false;
    if (refined_score < *score - nearly)
        return true;
    *score = refined_score;
    r->placement = refined.placement;
    memcpy(r->samples, samples, (size_t)r->chart.count * sizeof *samples);
    return true;
}

static bool place_given(tns_reader *r)
{
    tns_point corners[4];
    double score;
    memcpy(corners, r->options->corners, sizeof corners);
    if (!tns_placement_of_corners(r->image, &r->chart, corners, &r->placement))
        return tns_error_set(r->err, TNS_ERROR_USAGE, "corners: they span no quadrilateral");
    if (!tns_place(&r->light, &r->chart, &r->placement, r->samples, &score, r->err))
        return false;
    if (score >= TNS_ORDER_SURE && !refine_given(r, &score))
        return false;
    tns_placement_corners(&r->placement, &r->chart, corners);
    r->out->chart.status = TNS_CHART_GIVEN;
    set_corners(&r->out->chart, corners, score);
    if (score >= TNS_ORDER_SURE) {
        doubt_kind(r);
        return true;
    }
    char fault[200], unlike[200];
    if (!tns_place_fault(&r->light, &r->chart, corners, score, fault, r->err))
        return false;
    tns_text_format(
        unlike, sizeof unlike,
        "the colors between the corners given are hardly the chart's (order score %.2f)", score);
    if (score < TNS_ORDER_WRONG || fault[0])
        return tns_reader_refuse(r, fault[0] ? fault : unlike);
    tns_warn(&r->doubts, "%s", unlike);
    return true;
}

bool tns_reader_look_for_sheet(tns_reader *r, bool asked)
{
    tns_error why = {TNS_OK, ""};
    if (r->looked_for_sheet || tns_sheet_find(r->image, &r->sheet, &r->has_sheet, &why)) {
        r->looked_for_sheet = true;
        return true;
    }
    r->looked_for_sheet = true;
    return (!asked && why.code == TNS_ERROR_UNSUPPORTED) ||
           tns_error_set(r->err, why.code, "%s", why.text);
}

/* The chart where the holder says it lies; `found` keeps what it said unless that is surer. */
static bool find_in_window(tns_reader *r, tns_found_chart *found)
{
    tns_placement placement;
    char reason[sizeof found->reason];
    double score, second;
    if (!tns_reader_look_for_sheet(r, r->options->holder))
        return false;
    if (!r->has_sheet ||
        !tns_window_search(&r->light, &r->chart, &r->sheet, &placement, &score, &second) ||
        score < TNS_ORDER_SURE || score - second < WINDOW_MARGIN)
        return true;
    if (!tns_kind_check(r->image, &r->chart, &placement, NULL, reason, sizeof reason, r->err))
        return false;
    found->chart = r->chart;
    found->has_corners = true;
    found->order_score = score;
    found->placement = placement;
    tns_placement_corners(&placement, &r->chart, found->corners);
    snprintf(found->reason, sizeof found->reason, "%s", reason);
    return true;
}

static bool find_chart(tns_reader *r, tns_found_chart *found)
{
    const tns_photo_options *options = r->options;
    const tns_chart *named = tns_reader_wants_any_chart(options) ? NULL : &r->chart;
    if (!tns_find_chart(r->image, named, options->edition, r->context, found, r->err))
        return false;
    if (found->reason[0] && !find_in_window(r, found))
        return false;
    if (!found->has_corners)
        return true;
    set_corners(&r->out->chart, found->corners, found->order_score);
    r->chart = found->chart;
    r->placement = found->placement;
    memcpy(r->out->chart.kind, r->chart.kind, sizeof r->out->chart.kind);
    tns_warn_all(&r->out->warnings, &found->warnings);
    return true;
}

static bool place_found(tns_reader *r)
{
    tns_found_chart *found = malloc(sizeof *found);
    double all_seen; /* would count what covers a part of the chart */
    if (!found)
        return tns_error_set(r->err, TNS_ERROR_MEMORY, "photo: out of memory");
    bool done = find_chart(r, found) &&
                (!found->reason[0] || tns_reader_refuse(r, found->reason)) &&
                tns_place(&r->light, &r->chart, &r->placement, r->samples, &all_seen, r->err);
    if (done)
        r->out->chart.status = TNS_CHART_FOUND;
    free(found);
    return done;
}

static bool choose_chart(tns_reader *r)
{
    const tns_photo_options *options = r->options;
    if (options->own)
        return tns_chart_in_edition(options->own, options->edition, &r->chart, r->err);
    return tns_chart_find(tns_reader_wants_any_chart(options) ? "classic24" : options->chart,
                          options->edition, &r->chart, r->err);
}

bool tns_reader_place(tns_reader *r)
{
    if (!choose_chart(r))
        return false;
    bool known = r->options->has_corners || !tns_reader_wants_any_chart(r->options);
    if (known) /* else it is told when one is seen */
        memcpy(r->out->chart.kind, r->chart.kind, sizeof r->out->chart.kind);
    r->out->chart.edition = r->options->edition;
    return r->options->has_corners ? place_given(r) : place_found(r);
}
