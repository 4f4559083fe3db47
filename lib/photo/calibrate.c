/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The correction, through its gates, into the record: patches, fit, and what is wrong with them. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "photo/correct/gates.h"
#include "photo/correct/uncertainty.h"
#include "photo/read/region.h"
#include "photo/read/shape.h"
#include "photo/reader.h"

static const double POOR_FIT = 5; /* leave-one-out mean above which something is wrong, dE00 */

static bool set_patches(tns_reader *r)
{
    tns_photo *out = r->out;
    out->patches = tns_reader_allocate((size_t)r->chart.count, sizeof *out->patches, r->err);
    if (!out->patches)
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
static void set_uncertainty(tns_reader *r, int i)
{
    const tns_calibration *c = &r->calibration;
    tns_uncertainty between_visits;
    tns_read_place place = tns_calibration_left_out(c, &r->samples[i], i);
    tns_uncertainty_at(c, &place, i, &r->out->patches[i].uncertainty, &between_visits);
    r->out->patches[i].uncertainty.has_covariance = false; /* half a kilobyte a patch */
}

static void set_members(const tns_average *average, tns_photo_fit *fit)
{
    tns_average_name(average, fit->model, sizeof fit->model);
    fit->member_count = TNS_MEMBERS;
    for (int k = 0; k < TNS_MEMBERS; k++) {
        tns_photo_member *member = &fit->members[k];
        tns_member_name(&average->fit[k].model, member->model, sizeof member->model);
        member->weight = average->weight[k];
    }
}

static void set_fit(tns_reader *r)
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
    set_members(&c->average, &fit);
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
static void warn_of_unused(tns_reader *r)
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

static void warn_of_fit(tns_reader *r)
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
static bool leave_without(tns_reader *r)
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
static bool read_anchor(tns_reader *r, const tns_photo_anchor *from, tns_anchor *to)
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

static bool read_anchors(tns_reader *r, tns_anchor *to)
{
    if (r->options->anchor_count > TNS_ANCHORS_MAX)
        return tns_error_set(r->err, TNS_ERROR_USAGE, "anchors: %zu are more than %d",
                             r->options->anchor_count, TNS_ANCHORS_MAX);
    for (size_t k = 0; k < r->options->anchor_count; k++)
        if (!read_anchor(r, &r->options->anchors[k], &to[k]))
            return false;
    return true;
}

bool tns_reader_calibrate(tns_reader *r)
{
    char reason[200];
    tns_anchor anchors[TNS_ANCHORS_MAX];
    tns_gate gate = {&r->light, &r->chart, &r->placement, r->samples};
    if (!read_anchors(r, anchors) || !leave_without(r) || !set_patches(r))
        return false;
    tns_gate_samples(&gate, &r->doubts, reason);
    if (reason[0])
        return tns_reader_refuse(r, reason);
    const tns_calibration_options options = {.is_linear = tns_image_describe(r->image)->is_linear,
                                             .anchors = anchors,
                                             .anchor_count = (int)r->options->anchor_count};
    if (tns_calibrate(&r->chart, r->samples, r->out->chart.corners, &options, r->context,
                      &r->calibration, r->err)) {
        tns_gate_fit(&gate, &r->calibration, &r->doubts, reason);
        if (reason[0])
            return tns_reader_refuse(r, reason);
        set_fit(r);
        warn_of_fit(r);
        return true;
    }
    if (r->err->code != TNS_ERROR_CHART_REFUSED && r->err->code != TNS_ERROR_NUMERIC)
        return false;
    snprintf(reason, sizeof reason, "%s", r->err->text);
    return tns_reader_refuse(r, reason);
}
