/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "photo/chart/patches.h"
#include "photo/decode/pixels.h"

/* Half the side of the square that is sampled, as a share of the patch's side. */
static const double HALF_SHARE = 0.25;

enum { SAMPLES_MAX = 4096 }; /* of one patch; beyond, a coarser grid is read */

static const double CLIPPED_LIMIT = 0.05, SPREAD_LIMIT = 0.08;

typedef struct pixel {
    double rgb[3], luminance;
} pixel;

typedef struct sampling {
    const tns_light *light;
    const tns_placement *placement;
    double half_side; /* of the square that is sampled, in pitches */
    pixel *pixels;
    int count, burnt, crushed, cut;
} sampling;

typedef struct bounds {
    int x0, y0, x1, y1; /* x1, y1 lie outside */
} bounds;

double tns_luminance(const double rgb[3])
{
    return 0.2627 * rgb[0] + 0.6780 * rgb[1] + 0.0593 * rgb[2];
}

/* Defined even for what a steep map sends to infinity. */
static int whole(double value)
{
    return (int)fmin(fmax(value, -1e6), 1e6);
}

static bounds bounds_of(const tns_placement *placement, tns_point at, double half)
{
    double x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
    for (int i = 0; i < 4; i++) {
        tns_point corner = {at.x + (i % 2 ? half : -half), at.y + (i / 2 ? half : -half)};
        tns_point p = tns_placement_apply(placement, corner);
        x0 = fmin(x0, p.x);
        y0 = fmin(y0, p.y);
        x1 = fmax(x1, p.x);
        y1 = fmax(y1, p.y);
    }
    return (bounds){whole(floor(x0)), whole(floor(y0)), whole(ceil(x1)), whole(ceil(y1))};
}

static bool is_within(const tns_image *image, bounds b)
{
    const tns_image_info *info = tns_image_describe(image);
    return b.x0 >= 0 && b.y0 >= 0 && b.x1 <= info->width && b.y1 <= info->height && b.x0 < b.x1 &&
           b.y0 < b.y1;
}

/*
 * A channel at the upper end may have been any light, and so may a pixel that is black. A single
 * channel at the lower end is next to nothing beside the others, as vivid colors have it: it is
 * what it seems, or was cut off where the encoding's gamut ends, by little.
 */
tns_patch_end tns_patch_end_of(const uint16_t code[3])
{
    int most = 0, least = UINT16_MAX;
    for (int c = 0; c < 3; c++) {
        most = code[c] > most ? code[c] : most;
        least = code[c] < least ? code[c] : least;
    }
    if (most >= TNS_CODE_HIGH)
        return TNS_END_BURNT;
    if (most <= TNS_CODE_LOW)
        return TNS_END_CRUSHED;
    return least <= TNS_CODE_LOW ? TNS_END_CUT : TNS_END_NONE;
}

static bool is_lost(sampling *s, const uint16_t code[3])
{
    tns_patch_end end = tns_patch_end_of(code);
    s->burnt += end == TNS_END_BURNT;
    s->crushed += end == TNS_END_CRUSHED;
    s->cut += end == TNS_END_CUT;
    return end == TNS_END_BURNT || end == TNS_END_CRUSHED;
}

static void take(sampling *s, int x, int y)
{
    uint16_t code[1][3];
    float rgb[1][3];
    tns_image_encoded(s->light->image, x, y, 1, code);
    if (is_lost(s, code[0]))
        return;
    tns_light_read(s->light, x, y, 1, rgb);
    pixel *p = &s->pixels[s->count++];
    for (int c = 0; c < 3; c++)
        p->rgb[c] = rgb[0][c];
    p->luminance = tns_luminance(p->rgb);
}

static void gather(sampling *s, bounds b, tns_point at)
{
    s->count = s->burnt = s->crushed = s->cut = 0;
    double area = (double)(b.x1 - b.x0) * (b.y1 - b.y0);
    int step = (int)ceil(sqrt(area / SAMPLES_MAX));
    for (int y = b.y0; y < b.y1; y += step)
        for (int x = b.x0; x < b.x1; x += step) {
            tns_point p = tns_placement_back(s->placement, (tns_point){x + 0.5, y + 0.5});
            if (fabs(p.x - at.x) <= s->half_side && fabs(p.y - at.y) <= s->half_side)
                take(s, x, y);
        }
}

static int by_luminance(const void *a, const void *b)
{
    double u = ((const pixel *)a)->luminance, v = ((const pixel *)b)->luminance;
    return (u > v) - (u < v);
}

/* Of pixels in order of luminance: half of them lie within, grown to whichever side is nearer. */
static double relative_deviation(const pixel *pixels, int n)
{
    double median = pixels[n / 2].luminance;
    int low = n / 2, high = n / 2;
    while (high - low + 1 < (n + 1) / 2) {
        double down = low > 0 ? median - pixels[low - 1].luminance : INFINITY;
        double up = high + 1 < n ? pixels[high + 1].luminance - median : INFINITY;
        if (down <= up)
            low--;
        else
            high++;
    }
    return fmax(median - pixels[low].luminance, pixels[high].luminance - median) / median;
}

/*
 * The mean of the middle 60 % by luminance, and its standard error. A JPEG with halved chroma
 * carries about one independent sample in four pixels.
 */
static void summarise(const pixel *pixels, int n, tns_patch_sample *out)
{
    int first = n / 5, last = n - n / 5;
    double count = last - first;
    double sum[3] = {0}, squares[3] = {0};
    for (int i = first; i < last; i++)
        for (int c = 0; c < 3; c++) {
            sum[c] += pixels[i].rgb[c];
            squares[c] += pixels[i].rgb[c] * pixels[i].rgb[c];
        }
    for (int c = 0; c < 3; c++) {
        out->rgb[c] = sum[c] / count;
        double variance = fmax(squares[c] / count - out->rgb[c] * out->rgb[c], 0);
        out->error[c] = sqrt(variance / fmax(count / 4, 1));
    }
}

static void judge(tns_patch_sample *out)
{
    if (out->count < 4)
        snprintf(out->reason, sizeof out->reason, "fewer than 4 pixels not clipped");
    else if (out->clipped > CLIPPED_LIMIT)
        tns_text_format(out->reason, sizeof out->reason, "clipped: %.0f %% of its pixels",
                        100 * out->clipped);
    else if (!(out->spread <= SPREAD_LIMIT))
        tns_text_format(out->reason, sizeof out->reason,
                        "uneven (glare, dirt or a shadow): %.0f %%", 100 * out->spread);
    out->is_usable = out->reason[0] == '\0';
}

static void sample(sampling *s, tns_point at, tns_patch_sample *out)
{
    memset(out, 0, sizeof *out);
    out->center = tns_placement_apply(s->placement, at);
    bounds b = bounds_of(s->placement, at, s->half_side);
    if (!is_within(s->light->image, b)) {
        snprintf(out->reason, sizeof out->reason, "outside the image");
        return;
    }
    gather(s, b, at);
    out->count = s->count;
    double all = fmax(s->count + s->burnt + s->crushed, 1);
    out->burnt = s->burnt / all;
    out->clipped = (s->burnt + s->crushed) / all;
    out->cut = s->cut / all;
    if (s->count > 0) {
        qsort(s->pixels, (size_t)s->count, sizeof *s->pixels, by_luminance);
        out->spread = relative_deviation(s->pixels, s->count);
        summarise(s->pixels, s->count, out);
    }
    judge(out);
}

bool tns_patches_sample(const tns_light *light, const tns_chart *chart,
                        const tns_placement *placement, tns_patch_sample *out)
{
    sampling s = {
        .light = light, .placement = placement, .half_side = HALF_SHARE * chart->patch_share};
    /* A grid of step k in a box of SAMPLES_MAX k^2 pixels can hold a row and a column more. */
    s.pixels = malloc(2 * SAMPLES_MAX * sizeof *s.pixels);
    if (!s.pixels)
        return false;
    for (int i = 0; i < chart->count; i++)
        sample(&s, tns_chart_place(chart, i), &out[i]);
    free(s.pixels);
    return true;
}

void tns_patch_outline(const tns_placement *placement, const tns_chart *chart, int patch,
                       tns_point outline[4])
{
    static const int around[4][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
    double half = HALF_SHARE * chart->patch_share;
    tns_point middle = tns_chart_place(chart, patch);
    for (int i = 0; i < 4; i++) {
        tns_point at = {middle.x + half * around[i][0], middle.y + half * around[i][1]};
        outline[i] = tns_placement_apply(placement, at);
    }
}
