/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "photo/chart/corners.h"
#include "photo/correct/calibration.h"
#include "photo/find/kind.h"

/*
 * The greys of a ColorChecker are spectrally flat: from white to dark their log(b/g) and log(r/g)
 * drift by 0.05-0.25 in cameras' JPEGs, by 0.4 in prints of it, by 0.8 on a card with bluish greys.
 */
static const double DRIFT_MOST = 0.5;

/* The frame shows between the patches: 0.13-0.2 of the pitch; look-alikes draw a line. */
static const double GAP_LEAST = 0.08;

static const double MISS_MOST = 5; /* mean leave-one-out, dE00 */

enum { PROFILE = 64 };

static bool is_neutral(const tns_chart *chart, int i)
{
    tns_lab lab = chart->patch[i].reference;
    return hypot(lab.a, lab.b) < 6;
}

/* The darkest is left out: noise and glare colour it. */
static double drift_of_greys(const tns_chart *chart, const tns_patch_sample *samples)
{
    double least[2] = {INFINITY, INFINITY}, most[2] = {-INFINITY, -INFINITY};
    for (int i = 0; i < chart->count; i++) {
        if (!is_neutral(chart, i) || chart->patch[i].reference.L < 30 || !samples[i].is_usable)
            continue;
        for (int k = 0; k < 2; k++) {
            double ratio = log(fmax(samples[i].rgb[2 * k], 1e-4) / fmax(samples[i].rgb[1], 1e-4));
            least[k] = fmin(least[k], ratio);
            most[k] = fmax(most[k], ratio);
        }
    }
    return fmax(most[0] - least[0], most[1] - least[1]);
}

static double luminance_at(const tns_image *image, tns_point p)
{
    const tns_image_info *info = tns_image_describe(image);
    float rgb[1][3];
    int x = (int)fmin(fmax(p.x, 0), info->width - 1), y = (int)fmin(fmax(p.y, 0), info->height - 1);
    tns_image_read(image, x, y, 1, rgb);
    return tns_luminance((double[3]){rgb[0][0], rgb[0][1], rgb[0][2]});
}

/* The share of the way between two patches' middles that is darker than `limit`. */
static double gap_between(const tns_image *image, const tns_placement *placement, tns_point a,
                          tns_point b, double limit)
{
    int dark = 0;
    for (int k = 0; k < PROFILE; k++) {
        double t = (k + 0.5) / PROFILE;
        tns_point at = {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
        dark += luminance_at(image, tns_placement_apply(placement, at)) < limit;
    }
    return (double)dark / PROFILE;
}

static int by_value(const void *a, const void *b)
{
    double u = *(const double *)a, v = *(const double *)b;
    return (u > v) - (u < v);
}

/* The median gap between neighbours far brighter than the black patch, which is as the frame. */
static double gap_of(const tns_image *image, const tns_chart *chart, const tns_placement *placement,
                     const tns_patch_sample *samples)
{
    double gap[2 * TNS_CHART_PATCHES_MAX], black = INFINITY;
    int n = 0;
    for (int i = 0; i < chart->count; i++)
        if (samples[i].is_usable)
            black = fmin(black, tns_luminance(samples[i].rgb));
    for (int i = 0; i < chart->count; i++)
        for (int k = 0; k < 2; k++) { /* to the right, then down */
            int column = i % chart->columns, row = i / chart->columns;
            int j = k ? i + chart->columns : i + 1;
            if (k ? row + 1 == chart->rows : column + 1 == chart->columns)
                continue;
            if (!samples[i].is_usable || !samples[j].is_usable)
                continue;
            double dimmer = fmin(tns_luminance(samples[i].rgb), tns_luminance(samples[j].rgb));
            if (dimmer > 3 * black) /* at half depth, so that blur does not matter */
                gap[n++] = gap_between(image, placement, tns_chart_place(chart, i),
                                       tns_chart_place(chart, j), (dimmer + black) / 2);
        }
    qsort(gap, (size_t)n, sizeof *gap, by_value);
    return n > 0 ? gap[n / 2] : 0;
}

static bool check_colors(const tns_chart *chart, const tns_patch_sample *samples,
                         const tns_point corners[4], const tns_context *context, char *reason,
                         size_t size, tns_error *err)
{
    tns_error why = {TNS_OK, ""};
    tns_calibration *calibration = malloc(sizeof *calibration);
    if (!calibration)
        return tns_error_set(err, TNS_ERROR_MEMORY, "chart: out of memory");
    bool done = tns_calibrate(chart, samples, corners, NULL, context, calibration, &why);
    double miss = calibration->loo_mean;
    int used = calibration->used_count;
    free(calibration);
    if (!done && why.code == TNS_ERROR_CANCELLED)
        return tns_error_set(err, why.code, "%s", why.text);
    if (!done)
        snprintf(reason, size, "%s", why.text);
    else if (used < 16)
        snprintf(reason, size,
                 "only %d of %d patches can be used; if it is the chart, give its "
                 "corners",
                 used, chart->count);
    else if (miss > MISS_MOST)
        tns_text_format(
            reason, size,
            "its colors miss a ColorChecker's by %.1f dE00 on average: a print, a copy or "
            "mixed light; to use it all the same, give its corners",
            miss);
    return true;
}

void tns_kind_look(const tns_image *image, const tns_chart *chart, const tns_placement *placement,
                   const tns_patch_sample *samples, char *reason, size_t size)
{
    if (drift_of_greys(chart, samples) > DRIFT_MOST)
        snprintf(reason, size,
                 "a card of the chart's layout, but its greys are not of one hue: no "
                 "ColorChecker");
    else if (gap_of(image, chart, placement, samples) < GAP_LEAST)
        snprintf(reason, size,
                 "a card of the chart's layout, but its patches touch: no "
                 "ColorChecker");
}

bool tns_kind_check(const tns_image *image, const tns_chart *chart, const tns_placement *placement,
                    const tns_context *context, char *reason, size_t size, tns_error *err)
{
    tns_patch_sample samples[TNS_CHART_PATCHES_MAX];
    double score;
    reason[0] = '\0';
    tns_point corners[4];
    tns_light light = {.image = image};
    if (!tns_place(&light, chart, placement, samples, &score, err))
        return false;
    tns_placement_corners(placement, chart, corners);
    tns_kind_look(image, chart, placement, samples, reason, size);
    return reason[0] || check_colors(chart, samples, corners, context, reason, size, err);
}
