/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>

#include "photo/correct/calibration.h"
#include "photo/correct/consensus.h"

/*
 * Twice the log-likelihood by which one edition must beat the other before the photo is said to
 * tell. Errors of neighbouring patches go together, so this is well above the 4 of textbooks.
 */
static const double EDITION_MARGIN = 12;

/* A fit this far off, on average or on one patch, is looked through for covered patches. */
static const double DOUBTFUL_MEAN = 8, DOUBTFUL_PATCH = 20;

/* The usable patches, ready to fit, with their places in the chart. */
typedef struct patch_set {
    int n;
    int index[TNS_CHART_PATCHES_MAX];
    tns_fit_patch patch[TNS_CHART_PATCHES_MAX];
} patch_set;

static void set_geometry(tns_calibration *c, const tns_point k[4])
{
    double top = hypot(k[1].x - k[0].x, k[1].y - k[0].y);
    double bottom = hypot(k[2].x - k[3].x, k[2].y - k[3].y);
    int columns = c->chart.columns;
    c->center = (tns_point){(k[0].x + k[1].x + k[2].x + k[3].x) / 4,
                            (k[0].y + k[1].y + k[2].y + k[3].y) / 4};
    c->width_px = (top + bottom) / 2 * columns / (columns - 1);
}

tns_point tns_calibration_position(const tns_calibration *c, tns_point pixel)
{
    return (tns_point){(pixel.x - c->center.x) / c->width_px,
                       (pixel.y - c->center.y) / c->width_px};
}

static patch_set used_patches(const tns_calibration *c, const tns_chart *chart,
                              const tns_patch_sample *samples, int without)
{
    patch_set out;
    out.n = 0;
    for (int i = 0; i < chart->count; i++) {
        if (!c->is_used[i] || i == without)
            continue;
        tns_point at = tns_calibration_position(c, samples[i].center);
        out.index[out.n] = i;
        out.patch[out.n++] =
            tns_fit_patch_make(samples[i].rgb, at.x, at.y, chart->patch[i].reference);
    }
    return out;
}

/* A correction to one edition's colours. */
typedef struct candidate {
    tns_chart chart;
    tns_correction correction;
    double squares;
    int n;
} candidate;

static bool fit_edition(const tns_calibration *c, const tns_patch_sample *samples, int without,
                        tns_edition edition, const tns_correction *start, candidate *out,
                        tns_error *err)
{
    if (!tns_chart_in_edition(&c->chart, edition, &out->chart, err))
        return false;
    patch_set set = used_patches(c, &out->chart, samples, without);
    out->n = set.n;
    return tns_correction_fit(set.patch, (size_t)set.n, start, &out->correction, &out->squares,
                              err);
}

/* The edition asked for; with AUTO the one that fits better by the margin, or the mean of both. */
static bool fit_best(const tns_calibration *c, const tns_patch_sample *samples, int without,
                     tns_edition asked, const tns_correction *start, candidate *out, tns_error *err)
{
    if (asked != TNS_EDITION_AUTO || !c->chart.has_editions)
        return fit_edition(c, samples, without, asked, start, out, err);
    candidate before, after;
    if (!fit_edition(c, samples, without, TNS_EDITION_BEFORE_2014, start, &before, err) ||
        !fit_edition(c, samples, without, TNS_EDITION_AFTER_2014, start, &after, err))
        return false;
    double scale = fmin(before.squares, after.squares) / fmax(3 * before.n - 14, 1);
    double lead = (after.squares - before.squares) / scale; /* of before */
    if (fabs(lead) < EDITION_MARGIN)
        return fit_edition(c, samples, without, TNS_EDITION_AUTO, start, out, err);
    *out = lead > 0 ? before : after;
    return true;
}

static double miss(const tns_calibration *c, const candidate *by, const tns_patch_sample *sample,
                   int i, tns_lab *predicted)
{
    tns_point at = tns_calibration_position(c, sample->center);
    *predicted = tns_correction_lab(&by->correction, sample->rgb, at.x, at.y);
    return tns_de00(by->chart.patch[i].reference, *predicted);
}

static double mean_miss(const tns_calibration *c, const candidate *by,
                        const tns_patch_sample *samples, double *largest)
{
    double sum = 0;
    *largest = 0;
    for (int i = 0; i < c->chart.count; i++) {
        tns_lab lab;
        double de = c->is_used[i] ? miss(c, by, &samples[i], i, &lab) : 0;
        sum += de;
        *largest = fmax(*largest, de);
    }
    return sum / c->used_count;
}

static void leave_unused(tns_calibration *c, int i, const char *reason)
{
    c->is_used[i] = false;
    c->used_count--;
    snprintf(c->reason[i], sizeof c->reason[i], "%s", reason);
}

/* Leaves out what a majority of the patches agrees is not the chart. */
static bool drop_covered(tns_calibration *c, const tns_patch_sample *samples, uint64_t seed)
{
    patch_set set = used_patches(c, &c->chart, samples, -1);
    bool agrees[TNS_CHART_PATCHES_MAX];
    int count = tns_consensus(set.patch, set.n, seed, agrees);
    if (count < TNS_CALIBRATION_MIN_PATCHES || count == set.n)
        return false;
    for (int k = 0; k < set.n; k++)
        if (!agrees[k])
            leave_unused(c, set.index[k], "shows another color (covered, or in shadow)");
    return true;
}

static int by_value(const void *a, const void *b)
{
    double u = *(const double *)a, v = *(const double *)b;
    return (u > v) - (u < v);
}

static bool is_skin(const char *name)
{
    return strcmp(name, "dark skin") == 0 || strcmp(name, "light skin") == 0;
}

static void summarise(tns_calibration *c)
{
    double sorted[TNS_CHART_PATCHES_MAX], sum = 0, skin = 0;
    int n = 0, skins = 0;
    for (int i = 0; i < c->chart.count; i++) {
        if (!c->is_used[i])
            continue;
        sorted[n++] = c->de00[i];
        sum += c->de00[i];
        if (is_skin(c->chart.patch[i].name)) {
            skin += c->de00[i];
            skins++;
        }
    }
    qsort(sorted, (size_t)n, sizeof *sorted, by_value);
    double at = 0.95 * (n - 1);
    int below = (int)at;
    c->loo_mean = sum / n;
    c->loo_max = sorted[n - 1];
    c->loo_p95 = sorted[below] + (at - below) * (sorted[below + (below + 1 < n)] - sorted[below]);
    c->skin_de00 = skins ? skin / skins : NAN;
}

static bool leave_each_out(tns_calibration *c, tns_edition asked, const tns_patch_sample *samples,
                           const candidate *whole, const tns_context *context, tns_error *err)
{
    for (int i = 0; i < c->chart.count; i++) {
        candidate fold = *whole;
        if (tns_context_cancelled(context))
            return tns_error_set(err, TNS_ERROR_CANCELLED, "photo: cancelled");
        if (c->is_used[i] && !fit_best(c, samples, i, asked, &whole->correction, &fold, err))
            return false;
        if (samples[i].count > 0)
            miss(c, &fold, &samples[i], i, &c->predicted[i]);
        /* Against the reference that is shown, whichever edition the fold took for the chart's. */
        c->de00[i] = tns_de00(c->chart.patch[i].reference, c->predicted[i]);
        tns_context_progress(context, 0.5 + 0.4 * i / c->chart.count, "correction");
    }
    return true;
}

static bool refuse_few(const tns_calibration *c, tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_CHART_REFUSED,
                         "only %d of %d patches are usable, fewer than %d", c->used_count,
                         c->chart.count, TNS_CALIBRATION_MIN_PATCHES);
}

static void take_usable(tns_calibration *c, const tns_patch_sample *samples)
{
    for (int i = 0; i < c->chart.count; i++) {
        c->is_used[i] = samples[i].is_usable;
        c->used_count += samples[i].is_usable;
        snprintf(c->reason[i], sizeof c->reason[i], "%s", samples[i].reason);
    }
}

bool tns_calibrate(const tns_chart *chart, const tns_patch_sample *samples,
                   const tns_point corners[4], const tns_context *context, tns_calibration *out,
                   tns_error *err)
{
    memset(out, 0, sizeof *out);
    out->chart = *chart;
    set_geometry(out, corners);
    take_usable(out, samples);
    if (out->used_count < TNS_CALIBRATION_MIN_PATCHES)
        return refuse_few(out, err);
    candidate whole;
    if (!fit_best(out, samples, -1, chart->edition, NULL, &whole, err))
        return false;
    double largest;
    out->fit_de00 = mean_miss(out, &whole, samples, &largest);
    if ((out->fit_de00 > DOUBTFUL_MEAN || largest > DOUBTFUL_PATCH) &&
        drop_covered(out, samples, context ? context->seed : 0)) {
        if (!fit_best(out, samples, -1, chart->edition, NULL, &whole, err))
            return false;
        out->fit_de00 = mean_miss(out, &whole, samples, &largest);
    }
    out->chart = whole.chart;
    out->correction = whole.correction;
    if (!leave_each_out(out, chart->edition, samples, &whole, context, err))
        return false;
    summarise(out);
    return true;
}
