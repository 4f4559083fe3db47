/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "photo/correct/correction.h"
#include "photo/decode/pixels.h"
#include "photo/find/balance.h"
#include "photo/find/kind.h"
#include "photo/find/palette.h"

/*
 * The greys of a chart are spectrally flat: from white to dark grey their log(b/g) and log(r/g)
 * drift by 0.05-0.35 in cameras' JPEGs, by up to 0.43 in prints of one, by 0.57-0.95 on cards with
 * bluish greys. Beside the spread of the chart's colors, which a vivid or a dull picture scales
 * alike, that is 0.02-0.12, 0.23 and 0.19-0.32. Both count: the geometric mean of the two ratios.
 */
static const double DRIFT_MOST = 0.45, SHARE_MOST = 0.204;

/* The frame shows between the patches: 0.13-0.2 of the pitch; look-alikes draw a line. */
static const double GAP_LEAST = 0.08;

static const double BLACK_MOST = 25, WHITE_LEAST = 75; /* L* */

/* Greys that must be seen, and over which range of L*. */
enum { GREYS_LEAST = 3, GREYS_RANGE = 25 };

/*
 * What 0.7 of the patches that are surely seen miss the chart's colors by, in dE00: real charts in
 * all their variants up to 6.3, one of strange reds under a leaf 7.3; look-alikes 9-21, one of
 * 75 5.8.
 */
static const double MISS_MOST = 8;

enum { PROFILE = 64, GLANCES = 7 };

static bool is_neutral(const tns_chart *chart, int i)
{
    tns_lab lab = chart->patch[i].reference;
    return hypot(lab.a, lab.b) < 6;
}

/* The lightest or the darkest neutral patch that is seen; -1 = none. */
static int extreme_grey(const tns_chart *chart, const bool *takes, const tns_patch_sample *samples,
                        int sign)
{
    int best = -1;
    for (int i = 0; i < chart->count; i++)
        if (is_neutral(chart, i) && samples[i].count > 0 && (!takes || takes[i]) &&
            (best < 0 || sign * (chart->patch[i].reference.L - chart->patch[best].reference.L) > 0))
            best = i;
    return best;
}

/*
 * Haze, water, glare and a print's weak black add light of their own hue, which colors dark greys:
 * what the black patch shows more than it should, beside the white one.
 */
static void veil_of(const tns_chart *chart, const bool *takes, const tns_patch_sample *samples,
                    double veil[3])
{
    int white = extreme_grey(chart, takes, samples, 1),
        black = extreme_grey(chart, takes, samples, -1);
    veil[0] = veil[1] = veil[2] = 0;
    if (white < 0 || chart->patch[black].reference.L > BLACK_MOST ||
        chart->patch[white].reference.L < WHITE_LEAST)
        return;
    double share = tns_xyz_from_lab(chart->patch[black].reference, tns_photo_white).Y /
                   tns_xyz_from_lab(chart->patch[white].reference, tns_photo_white).Y;
    for (int c = 0; c < 3; c++)
        veil[c] = fmax(samples[black].rgb[c] - share * samples[white].rgb[c], 0);
}

typedef struct chroma {
    double u, v; /* log(r/g), log(b/g) */
} chroma;

static chroma chroma_of(const tns_patch_sample *sample, const double veil[3])
{
    double rgb[3];
    for (int c = 0; c < 3; c++)
        rgb[c] = fmax(sample->rgb[c] - veil[c], fmax(0.2 * sample->rgb[c], 1e-4));
    return (chroma){log(rgb[0] / rgb[1]), log(rgb[2] / rgb[1])};
}

/* Of `n` chromas: the widest range on an axis, and the rms distance from their mean. */
static double range_of(const chroma *c, int n, double *rms)
{
    chroma low = c[0], high = c[0], mean = {0, 0};
    double sum = 0;
    for (int i = 0; i < n; i++) {
        low = (chroma){fmin(low.u, c[i].u), fmin(low.v, c[i].v)};
        high = (chroma){fmax(high.u, c[i].u), fmax(high.v, c[i].v)};
        mean = (chroma){mean.u + c[i].u / n, mean.v + c[i].v / n};
    }
    for (int i = 0; i < n; i++)
        sum += pow(c[i].u - mean.u, 2) + pow(c[i].v - mean.v, 2);
    *rms = sqrt(sum / n);
    return fmax(high.u - low.u, high.v - low.v);
}

/*
 * Above 1: the greys' hue drifts as no chart's does. Negative: too few are seen. The darkest are
 * left out: noise and glare color them.
 */
static double drift_of_greys(const tns_chart *chart, const bool *takes,
                             const tns_patch_sample *samples)
{
    chroma grey[TNS_CHART_PATCHES_MAX], all[TNS_CHART_PATCHES_MAX];
    int greys = 0, count = 0;
    double light = -INFINITY, dark = INFINITY, grey_rms, all_rms, veil[3];
    veil_of(chart, takes, samples, veil);
    for (int i = 0; i < chart->count; i++) {
        double L = chart->patch[i].reference.L;
        if (samples[i].count == 0 || samples[i].clipped + samples[i].cut > 0.3 ||
            (takes && !takes[i]))
            continue;
        all[count++] = chroma_of(&samples[i], veil);
        if (!is_neutral(chart, i) || L < 30)
            continue;
        grey[greys++] = all[count - 1];
        light = fmax(light, L);
        dark = fmin(dark, L);
    }
    if (greys < GREYS_LEAST || light - dark < GREYS_RANGE)
        return -1;
    double range = range_of(grey, greys, &grey_rms);
    range_of(all, count, &all_rms);
    return sqrt(range / DRIFT_MOST * (grey_rms / all_rms) / SHARE_MOST);
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
    tns_sort_numbers(gap, (size_t)n);
    return n > 0 ? gap[n / 2] : 0;
}

/* What a card looks like; each as its own function tells it. */
typedef struct card_look {
    double drift, gap, miss, cast;
} card_look;

static double cast_of(const tns_chart *chart, const bool *takes, const tns_patch_sample *samples)
{
    int white = extreme_grey(chart, takes, samples, 1);
    if (white < 0)
        return 1;
    tns_balance balance = tns_balance_of(samples[white].rgb);
    return tns_balance_cast(&balance);
}

/* Channels near their floor tell less each: then the frame must show, and enough of the colors. */
static bool is_told_in_cast(const card_look *l)
{
    return l->drift <= 1 && l->gap >= GAP_LEAST && l->miss <= MISS_MOST;
}

typedef enum look_fault { NO_FAULT, IN_CAST, NOT_GREY, HIDDEN, OTHER_COLORS } look_fault;

static look_fault fault_of(const card_look *l)
{
    if (l->cast > TNS_CAST_STRONG && !is_told_in_cast(l))
        return IN_CAST;
    if (l->drift > 1)
        return NOT_GREY;
    if (l->drift < 0 && l->gap < GAP_LEAST)
        return HIDDEN;
    return l->miss > MISS_MOST ? OTHER_COLORS : NO_FAULT;
}

/* `or_else`: what else may be done where nothing can be told. */
static void tell_fault(look_fault fault, const char *title, const char *or_else, char *reason,
                       size_t size)
{
    switch (fault) {
    case NO_FAULT:
        return;
    case IN_CAST:
        tns_text_format(reason, size,
                        "so strong a color cast that it cannot be told whether this is the %s; set "
                        "the camera's white balance to this light and take it again%s",
                        title, or_else);
        return;
    case NOT_GREY:
        tns_text_format(reason, size,
                        "its greys are not of one hue: covered, in light of two kinds (shut one "
                        "out), or this is no %s: to use another card, measure it and name its file",
                        title);
        return;
    case HIDDEN:
        tns_text_format(reason, size,
                        "it cannot be told whether this is the %s: its greys are covered and its "
                        "patches touch; uncover them%s",
                        title, or_else);
        return;
    case OTHER_COLORS:
        tns_text_format(reason, size,
                        "a card of the chart's layout, but too many of its colors are others: no "
                        "%s; to use another card, measure it and name its file",
                        title);
        return;
    }
}

static look_fault look_at_card(const tns_image *image, const tns_chart *chart,
                               const tns_placement *placement, const bool *takes,
                               const tns_patch_sample *samples)
{
    const card_look look = {.drift = drift_of_greys(chart, takes, samples),
                            .gap = gap_of(image, chart, placement, samples),
                            .miss = tns_palette_miss(image, chart, placement, samples),
                            .cast = cast_of(chart, takes, samples)};
    return fault_of(&look);
}

void tns_kind_doubt(const tns_image *image, const tns_chart *chart, const tns_placement *placement,
                    const tns_patch_sample *samples, char *reason, size_t size)
{
    look_fault fault = look_at_card(image, chart, placement, NULL, samples);
    tell_fault(fault, chart->title, "", reason, size);
}

/* A few pixels of a patch are enough for what is asked here. */
static void glance(const tns_image *image, const tns_placement *placement, tns_point patch,
                   double share, tns_patch_sample *out)
{
    const tns_image_info *info = tns_image_describe(image);
    int lost = 0, cut = 0;
    memset(out, 0, sizeof *out);
    for (int k = 0; k < GLANCES * GLANCES; k++) {
        double u = (k % GLANCES + 0.5) / GLANCES - 0.5, v = (double)(k / GLANCES) / GLANCES - 0.5;
        tns_point at = {patch.x + share * u / 2, patch.y + share * (v + 0.5 / GLANCES) / 2};
        tns_point p = tns_placement_apply(placement, at);
        if (!(p.x >= 0 && p.y >= 0 && p.x < info->width && p.y < info->height))
            continue;
        uint16_t code[1][3];
        float rgb[1][3];
        tns_image_encoded(image, (int)p.x, (int)p.y, 1, code);
        tns_image_read(image, (int)p.x, (int)p.y, 1, rgb);
        tns_patch_end end = tns_patch_end_of((const uint16_t *)code[0]);
        lost += end == TNS_END_BURNT || end == TNS_END_CRUSHED;
        cut += end == TNS_END_CUT;
        out->count++;
        for (int c = 0; c < 3; c++)
            out->rgb[c] += (rgb[0][c] - out->rgb[c]) / out->count;
    }
    out->clipped = lost / fmax(out->count, 1);
    out->cut = cut / fmax(out->count, 1);
    out->is_usable = out->count > 0;
}

bool tns_kind_check(const tns_image *image, const tns_chart *chart, const tns_placement *placement,
                    const bool *takes, char *reason, size_t size, tns_error *err)
{
    tns_patch_sample *samples = malloc((size_t)chart->count * sizeof *samples);
    reason[0] = '\0';
    if (!samples)
        return tns_error_set(err, TNS_ERROR_MEMORY, "chart: out of memory");
    for (int i = 0; i < chart->count; i++)
        glance(image, placement, tns_chart_place(chart, i), chart->patch_share, &samples[i]);
    look_fault fault = look_at_card(image, chart, placement, takes, samples);
    tell_fault(fault, chart->title, ", or give its corners", reason, size);
    free(samples);
    return true;
}
