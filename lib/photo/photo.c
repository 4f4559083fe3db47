/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/photo.h>

#include "base/text.h"
#include "photo/chart/corners.h"
#include "photo/correct/gates.h"
#include "photo/correct/uncertainty.h"
#include "photo/find/find.h"
#include "photo/find/kind.h"
#include "photo/find/refine.h"
#include "photo/read/follicles.h"
#include "photo/read/name.h"
#include "photo/read/region.h"
#include "photo/read/shape.h"
#include "photo/read/tone.h"
#include "photo/tags/ruler.h"
#include "photo/tags/window.h"

static const double WINDOW_MARGIN = 0.2; /* between ways round, of a chart in a holder's window */

static const double POOR_FIT = 5; /* leave-one-out mean above which something is wrong, dE00 */

static const double MOVE_MOST = 0.25; /* pitches that refining may move a corner given */

/* One call's state. */
typedef struct reader {
    const tns_image *image;
    tns_flat *flat;
    tns_light light; /* of it, through the blank frame if there is one */
    const tns_photo_options *options;
    const tns_context *context;
    tns_photo *out;
    tns_chart chart;
    tns_placement placement;
    tns_sheet sheet; /* the printed holder */
    bool has_sheet, looked_for_sheet;
    tns_patch_sample samples[TNS_CHART_PATCHES_MAX];
    tns_calibration calibration;
    tns_warnings doubts; /* of the chart, which every region shares */
    tns_region *regions; /* as asked for, then as they lie */
    tns_error *err;
} reader;

static bool is_none(const tns_photo_options *options)
{
    return !options->own && tns_text_same(options->chart, "none");
}

static bool is_of_holder(const tns_region *region)
{
    return region->shape == TNS_SHAPE_PLACE && strncmp(region->place, "holder:", 7) == 0;
}

static bool check_region(const reader *r, tns_region *region)
{
    if (is_of_holder(region) && strcmp(region->place, "holder:scalp") != 0)
        return tns_error_set(r->err, TNS_ERROR_USAGE, "region %s: expected holder:scalp, found %s",
                             region->name, region->place);
    if (region->shape == TNS_SHAPE_PLACE && !is_of_holder(region) && is_none(r->options))
        return tns_error_set(r->err, TNS_ERROR_USAGE,
                             "region %s: %s is a place of the chart, but no chart is asked for",
                             region->name, region->place);
    return tns_region_check(&r->out->image, region, r->err);
}

static bool check_regions(const reader *r)
{
    for (size_t i = 0; i < r->options->region_count; i++) {
        r->regions[i] = r->options->regions[i];
        if (!check_region(r, &r->regions[i]))
            return false;
    }
    return true;
}

static bool is_auto(const tns_photo_options *options)
{
    return !options->own && (options->chart[0] == '\0' || tns_text_same(options->chart, "auto"));
}

static bool check_request(const reader *r)
{
    if (!(r->options->mm_per_px >= 0 && r->options->mm_per_px < 1e3))
        return tns_error_set(r->err, TNS_ERROR_USAGE,
                             "mm per pixel: expected 0 (unknown) or more, found %g",
                             r->options->mm_per_px);
    if (!check_regions(r))
        return false;
    if (!r->options->has_corners)
        return true;
    if (is_none(r->options))
        return tns_error_set(r->err, TNS_ERROR_USAGE,
                             "corners are given, but no chart is asked for");
    return tns_corners_check(r->image, r->options->corners, r->err);
}

/* Keeps why in the result as well. */
static bool refuse(reader *r, const char *reason)
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

/* Who gives corners is believed; a card that only looks like the chart would give wrong colours. */
static void doubt_kind(reader *r)
{
    char unlike[200] = "";
    tns_kind_look(r->image, &r->chart, &r->placement, NULL, r->samples, unlike, sizeof unlike);
    if (unlike[0])
        tns_warn(&r->doubts, "between the corners given is %s", unlike);
}

/*
 * Corners are clicked to a few pixels. They are moved onto the patches' edges when those are
 * clearly the same grid: no corner goes farther than a quarter of a pitch, and the colors agree as
 * well.
 */
static bool refine_given(reader *r, double *score)
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

static bool place_given(reader *r)
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
        return refuse(r, fault[0] ? fault : unlike);
    tns_warn(&r->doubts, "%s", unlike);
    return true;
}

/* `asked`: a build that knows no tags is an error. */
static bool look_for_sheet(reader *r, bool asked)
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
static bool find_in_window(reader *r, tns_found_chart *found)
{
    tns_placement placement;
    char reason[sizeof found->reason];
    double score, second;
    if (!look_for_sheet(r, r->options->holder))
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

static bool find_chart(reader *r, tns_found_chart *found)
{
    const tns_photo_options *options = r->options;
    const tns_chart *named = is_auto(options) ? NULL : &r->chart;
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

static bool place_found(reader *r)
{
    tns_found_chart *found = malloc(sizeof *found);
    double all_seen; /* would count what covers a part of the chart */
    if (!found)
        return tns_error_set(r->err, TNS_ERROR_MEMORY, "photo: out of memory");
    bool done = find_chart(r, found) && (!found->reason[0] || refuse(r, found->reason)) &&
                tns_place(&r->light, &r->chart, &r->placement, r->samples, &all_seen, r->err);
    if (done)
        r->out->chart.status = TNS_CHART_FOUND;
    free(found);
    return done;
}

static bool allocate(void **array, size_t count, size_t size, tns_error *err)
{
    *array = calloc(count ? count : 1, size);
    return *array || tns_error_set(err, TNS_ERROR_MEMORY, "photo: out of memory");
}

static bool set_patches(reader *r)
{
    tns_photo *out = r->out;
    if (!allocate((void **)&out->patches, (size_t)r->chart.count, sizeof *out->patches, r->err))
        return false;
    out->patch_count = (size_t)r->chart.count;
    for (size_t i = 0; i < out->patch_count; i++) {
        tns_photo_patch *patch = &out->patches[i];
        memcpy(patch->name, r->chart.patch[i].name, sizeof patch->name);
        memcpy(patch->rgb, r->samples[i].rgb, sizeof patch->rgb);
        memcpy(patch->reason, r->samples[i].reason, sizeof patch->reason);
        patch->reference = r->chart.patch[i].reference;
        tns_patch_outline(&r->placement, &r->chart, (int)i, patch->outline);
    }
    return true;
}

/* Of a patch as a region would be read there that nobody knew. */
static void set_uncertainty(reader *r, int i)
{
    const tns_calibration *c = &r->calibration;
    tns_uncertainty between_visits;
    tns_read_place place = tns_calibration_left_out(c, &r->samples[i], i);
    tns_uncertainty_at(c, &place, i, &r->out->patches[i].uncertainty, &between_visits);
    r->out->patches[i].uncertainty.has_covariance = false; /* half a kilobyte a patch */
}

static void set_fit(reader *r)
{
    const tns_calibration *c = &r->calibration;
    for (size_t i = 0; i < r->out->patch_count; i++) {
        tns_photo_patch *patch = &r->out->patches[i];
        patch->has_lab = r->samples[i].count > 0;
        patch->lab = c->predicted[i];
        patch->reference = c->chart.patch[i].reference;
        patch->de00 = c->de00[i];
        patch->used = c->is_used[i];
        memcpy(patch->reason, c->reason[i], sizeof patch->reason);
        if (patch->has_lab)
            set_uncertainty(r, (int)i);
    }
    const tns_correction *k = &c->correction;
    tns_photo_fit fit = {.loo_mean = c->loo_mean,
                         .loo_p95 = c->loo_p95,
                         .loo_max = c->loo_max,
                         .skin_de00 = c->skin_de00,
                         .plain_mean = c->plain_mean,
                         .plain_skin = c->plain_skin,
                         .tone = k->tone,
                         .shoulder = k->shoulder,
                         .offset = k->offset,
                         .slope = {k->slope[0], k->slope[1]},
                         .degree = k->degree,
                         .lean = {k->lean[0], k->lean[1]},
                         .bend = {k->bend[0], k->bend[1], k->bend[2]}};
    tns_model_name(&c->fit.model, fit.model, sizeof fit.model);
    memcpy(fit.extra, k->extra, sizeof fit.extra);
    memcpy(fit.matrix, k->matrix, sizeof fit.matrix);
    r->out->fit = fit;
    r->out->has_fit = true;
    r->out->chart.edition = c->chart.edition;
}

/* "clipped" of "clipped: 60 % of its pixels". */
static bool share_reason(const tns_calibration *c, int i, int k)
{
    size_t length = strcspn(c->reason[i], ":");
    return !c->is_used[i] && !c->is_used[k] && length == strcspn(c->reason[k], ":") &&
           strncmp(c->reason[i], c->reason[k], length) == 0;
}

static bool is_first_of_reason(const tns_calibration *c, int i)
{
    for (int k = 0; k < i; k++)
        if (share_reason(c, i, k))
            return false;
    return !c->is_used[i];
}

/* "not used: yellow, cyan (clipped); white (uneven ..)", as far as there is room. */
static void warn_of_unused(reader *r)
{
    const tns_calibration *c = &r->calibration;
    char list[TNS_WARNING_SIZE] = "";
    for (int i = 0; i < c->chart.count; i++) {
        if (!is_first_of_reason(c, i))
            continue;
        const char *between = list[0] ? "; " : "";
        for (int k = i; k < c->chart.count; k++)
            if (share_reason(c, i, k)) {
                size_t used = strlen(list);
                snprintf(list + used, sizeof list - used, "%s%s", between, c->chart.patch[k].name);
                between = ", ";
            }
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, " (%.*s)", (int)strcspn(c->reason[i], ":"),
                 c->reason[i]);
    }
    tns_warn(&r->out->warnings, "patches not used: %s", list);
}

static void warn_of_fit(reader *r)
{
    const tns_calibration *c = &r->calibration;
    if (c->used_count < c->chart.count)
        warn_of_unused(r);
    if (c->loo_mean > POOR_FIT)
        tns_warn(&r->doubts,
                 "the chart's colors are met badly (%.1f dE00 on average): mixed light, a print "
                 "or a copy of a chart, or wrong corners",
                 c->loo_mean);
}

/* Patches that are to be read as regions must not be fitted to. */
static bool leave_without(reader *r)
{
    for (size_t k = 0; k < r->options->without_count; k++) {
        int i = 0;
        while (i < r->chart.count && strcmp(r->chart.patch[i].name, r->options->without[k]) != 0)
            i++;
        if (i == r->chart.count)
            return tns_error_set(r->err, TNS_ERROR_USAGE, "the chart has no patch \"%.40s\"",
                                 r->options->without[k]);
        if (!r->samples[i].is_usable)
            continue;
        r->samples[i].is_usable = false;
        snprintf(r->samples[i].reason, sizeof r->samples[i].reason, "left out as asked");
    }
    return true;
}

/* The light of a region that was read by an instrument, and where it lies. */
static bool read_anchor(reader *r, const tns_photo_anchor *from, tns_anchor *to)
{
    const tns_region_reader plain = {.light = &r->light};
    tns_photo_region found;
    size_t i = 0;
    while (i < r->options->region_count && strcmp(r->regions[i].name, from->region) != 0)
        i++;
    if (i == r->options->region_count)
        return tns_error_set(r->err, TNS_ERROR_USAGE, "anchor: no region is called \"%.40s\"",
                             from->region);
    if (!tns_region_read(&plain, &r->regions[i], 0, &found, r->err))
        return false;
    if (found.clipped > 0.5)
        return tns_error_set(r->err, TNS_ERROR_USAGE, "anchor: the region %.40s is clipped",
                             from->region);
    *to = (tns_anchor){
        .center = tns_region_middle(&r->regions[i]), .lab = from->lab, .de00 = from->de00};
    memcpy(to->rgb, found.rgb, sizeof to->rgb);
    return true;
}

static bool read_anchors(reader *r, tns_anchor *to)
{
    if (r->options->anchor_count > TNS_ANCHORS_MAX)
        return tns_error_set(r->err, TNS_ERROR_USAGE, "anchors: %zu are more than %d",
                             r->options->anchor_count, TNS_ANCHORS_MAX);
    for (size_t k = 0; k < r->options->anchor_count; k++)
        if (!read_anchor(r, &r->options->anchors[k], &to[k]))
            return false;
    return true;
}

static bool calibrate(reader *r)
{
    char reason[200];
    tns_anchor anchors[TNS_ANCHORS_MAX];
    tns_gate gate = {&r->light, &r->chart, &r->placement, r->samples};
    if (!read_anchors(r, anchors) || !leave_without(r) || !set_patches(r))
        return false;
    tns_gate_samples(&gate, &r->doubts, reason);
    if (reason[0])
        return refuse(r, reason);
    const tns_calibration_options options = {.is_linear = tns_image_describe(r->image)->is_linear,
                                             .anchors = anchors,
                                             .anchor_count = (int)r->options->anchor_count};
    if (tns_calibrate(&r->chart, r->samples, r->out->chart.corners, &options, r->context,
                      &r->calibration, r->err)) {
        tns_gate_fit(&gate, &r->calibration, &r->doubts, reason);
        if (reason[0])
            return refuse(r, reason);
        set_fit(r);
        warn_of_fit(r);
        return true;
    }
    if (r->err->code != TNS_ERROR_CHART_REFUSED && r->err->code != TNS_ERROR_NUMERIC)
        return false;
    snprintf(reason, sizeof reason, "%s", r->err->text);
    return refuse(r, reason);
}

static tns_hull hull_of(const reader *r)
{
    tns_point points[TNS_CHART_PATCHES_MAX];
    size_t n = 0;
    for (int i = 0; i < r->chart.count; i++)
        if (r->calibration.is_used[i])
            points[n++] = tns_log_chromaticity(r->samples[i].rgb);
    return tns_hull_make(points, n);
}

/* The scalp's window, a little drawn in: its edge is paper. */
static bool place_scalp(const reader *r, tns_region *region)
{
    const tns_holder_window *w = &r->sheet.holder.scalp;
    const double inset = 0.05 * fmin(w->width, w->height);
    const tns_holder_window inner = {w->x + inset, w->y + inset, w->width - 2 * inset,
                                     w->height - 2 * inset};
    if (!r->has_sheet)
        return tns_error_set(r->err, TNS_ERROR_USAGE,
                             "region %s: no printed holder is seen in the photo", region->name);
    region->shape = TNS_SHAPE_POLYGON;
    region->point_count = 4;
    tns_sheet_window(&r->sheet, &inner, region->points);
    return true;
}

/* Regions named after the chart's or the holder's parts get the pixels these cover. */
static bool place_regions(const reader *r)
{
    for (size_t i = 0; i < r->options->region_count; i++) {
        tns_region *region = &r->regions[i];
        if (region->shape != TNS_SHAPE_PLACE)
            continue;
        bool placed = is_of_holder(region)
                          ? place_scalp(r, region)
                          : tns_region_place(region, &r->chart, &r->placement, r->err);
        if (!placed || !check_region(r, region))
            return false;
    }
    return true;
}

/* A holder tells millimetres better than a chart beside it. */
static void set_scale(reader *r, bool has_chart)
{
    if (r->has_sheet)
        r->out->scale = tns_ruler_of_sheet(&r->sheet);
    else if (has_chart && r->chart.pitch_mm > 0)
        r->out->scale = tns_ruler_of_chart(&r->chart, &r->placement);
    if (r->options->holder && !r->has_sheet)
        tns_warn(&r->out->warnings, "no printed holder: two of its tags at least must be seen "
                                    "whole and sharp");
}

static bool read_regions(reader *r, const tns_calibration *calibration)
{
    tns_photo *out = r->out;
    size_t n = r->options->region_count;
    tns_hull hull = {.count = 0};
    if (calibration)
        hull = hull_of(r);
    tns_region_reader with = {.light = &r->light,
                              .calibration = calibration,
                              .hull = &hull,
                              .has_kind = r->options->has_kind,
                              .kind = r->options->kind};
    if (!allocate((void **)&out->regions, n, sizeof *out->regions, r->err))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (tns_context_cancelled(r->context))
            return tns_error_set(r->err, TNS_ERROR_CANCELLED, "photo: cancelled");
        uint64_t seed = (r->context ? r->context->seed : 0) + i;
        if (!tns_region_read(&with, &r->regions[i], seed, &out->regions[i], r->err))
            return false;
        tns_reading *reading = &out->regions[i].reading;
        snprintf(reading->id, sizeof reading->id, "%s", r->regions[i].name);
        tns_text_time(tns_context_now(r->context), reading->time);
        tns_warn_all(&reading->warnings, &r->doubts);
        out->region_count++;
        tns_context_progress(r->context, 0.9 + 0.1 * (double)(i + 1) / (double)n, "regions");
    }
    return true;
}

static tns_plot plot_of(const reader *r)
{
    tns_plot plot = {.box = {0, 0, r->out->image.width, r->out->image.height}};
    for (size_t i = 0; i < r->options->region_count; i++)
        if (strcmp(r->regions[i].name, "scalp") == 0) {
            plot.box = r->regions[i].box;
            plot.within = &r->regions[i];
        }
    return plot;
}

/* The chart and its frame, somewhat more than a pitch around its outer patches' centers. */
static void leave_chart_out(const reader *r, tns_plot *plot)
{
    const double frame = 1.1;
    tns_point far = {0, 0};
    for (int i = 0; i < r->chart.count; i++) {
        far.x = fmax(far.x, r->chart.patch[i].x);
        far.y = fmax(far.y, r->chart.patch[i].y);
    }
    const tns_point around[4] = {{-frame, -frame},
                                 {far.x + frame, -frame},
                                 {far.x + frame, far.y + frame},
                                 {-frame, far.y + frame}};
    plot->has_hole = true;
    for (int i = 0; i < 4; i++)
        plot->hole[i] = tns_placement_apply(&r->placement, around[i]);
}

/* What a holder or a chart of known size tells where it lies is taken to be the scalp's too. */
static double scale_of(const reader *r)
{
    return r->options->mm_per_px > 0 ? r->options->mm_per_px : r->out->scale.mm_per_px;
}

static bool color_follicles(reader *r)
{
    tns_follicles *f = &r->out->follicles;
    tns_hull hull = hull_of(r);
    if (!tns_follicles_color(&r->light, &r->calibration, &hull, r->context ? r->context->seed : 0,
                             f, r->err))
        return false;
    for (int i = 0; i < 2 && f->has_colors; i++) {
        tns_reading *reading = i ? &f->skin : &f->dot;
        tns_text_time(tns_context_now(r->context), reading->time);
        tns_warn_all(&reading->warnings, &r->doubts);
    }
    return true;
}

static bool read_follicles(reader *r, bool has_chart)
{
    if (!r->options->follicles)
        return true;
    tns_plot plot = plot_of(r);
    if (has_chart)
        leave_chart_out(r, &plot);
    r->out->has_follicles = true;
    tns_context_progress(r->context, 0.95, "follicles");
    return tns_follicles_find(&r->light, &plot, scale_of(r), &r->out->follicles, r->err) &&
           (!has_chart || color_follicles(r));
}

static bool choose_chart(reader *r)
{
    const tns_photo_options *options = r->options;
    if (options->own)
        return tns_chart_in_edition(options->own, options->edition, &r->chart, r->err);
    return tns_chart_find(is_auto(options) ? "classic24" : options->chart, options->edition,
                          &r->chart, r->err);
}

static bool wants_sheet(const reader *r)
{
    bool wants = r->options->holder;
    for (size_t i = 0; i < r->options->region_count; i++)
        wants |= is_of_holder(&r->options->regions[i]);
    return wants;
}

static bool measure(reader *r)
{
    const tns_photo_options *options = r->options;
    if (!check_request(r))
        return false;
    if (wants_sheet(r) && !look_for_sheet(r, true))
        return false;
    if (is_none(options)) {
        set_scale(r, false);
        return place_regions(r) && read_regions(r, NULL) && read_follicles(r, false);
    }
    if (!choose_chart(r))
        return false;
    memcpy(r->out->chart.kind, r->chart.kind, sizeof r->out->chart.kind);
    r->out->chart.edition = options->edition;
    bool placed = options->has_corners ? place_given(r) : place_found(r);
    if (placed)
        set_scale(r, true);
    if (!placed || !place_regions(r) || !calibrate(r))
        return false;
    tns_warn_all(&r->out->warnings, &r->doubts);
    return read_regions(r, &r->calibration) && read_follicles(r, true);
}

/* The frame's pixels are needed no longer than their smooth course. */
static bool open_flat(reader *r)
{
    if (!r->options->flat)
        return true;
    tns_image *blank = tns_image_load(r->options->flat, r->err);
    r->flat = blank ? tns_flat_make(blank, r->image, r->err) : NULL;
    r->light.flat = r->flat;
    tns_image_destroy(blank);
    return r->flat != NULL;
}

bool tns_photo_measure(const tns_image *image, const tns_photo_options *options,
                       const tns_context *context, tns_photo *out, tns_error *err)
{
    static const tns_photo_options usual;
    tns_error unseen = {TNS_OK, ""};
    reader *r = calloc(1, sizeof *r);
    memset(out, 0, sizeof *out);
    if (!r)
        return tns_error_set(err, TNS_ERROR_MEMORY, "photo: out of memory");
    r->image = image;
    r->light = (tns_light){.image = image};
    r->options = options ? options : &usual;
    r->context = context;
    r->out = out;
    r->err = err ? err : &unseen;
    out->image = *tns_image_describe(image);
    tns_warn_all(&out->warnings, &out->image.warnings);
    bool done =
        allocate((void **)&r->regions, r->options->region_count, sizeof *r->regions, r->err) &&
        open_flat(r) && measure(r);
    if (!done && r->err->code != TNS_ERROR_CHART_REFUSED)
        tns_photo_finish(out);
    tns_flat_destroy(r->flat);
    free(r->regions);
    free(r);
    return done;
}

bool tns_photo_read(const char *path, const tns_photo_options *options, const tns_context *context,
                    tns_photo *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    tns_context_progress(context, 0, "decoding");
    tns_image *image = tns_image_load(path, err);
    if (!image)
        return false;
    tns_context_progress(context, 0.3, "chart");
    bool done = tns_photo_measure(image, options, context, out, err);
    tns_image_destroy(image);
    return done || tns_error_prefix(err, "%s", path);
}

void tns_photo_finish(tns_photo *photo)
{
    free(photo->patches);
    free(photo->regions);
    tns_follicles_finish(&photo->follicles);
    memset(photo, 0, sizeof *photo);
}
