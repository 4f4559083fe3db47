/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "photo/correct/uncertainty.h"
#include "photo/decode/pixels.h"
#include "photo/read/bootstrap.h"
#include "photo/read/region.h"

enum { PIXELS_MAX = 1 << 20, ROW = 256 };

static const double TRIM = 0.05; /* at either end */

typedef struct gathering {
    const tns_light *light;
    const tns_box *box;
    const tns_calibration *calibration;
    int step;
    tns_region_pixel *pixels;
    size_t count, seen;
    bool takes_clipped; /* when there is nothing else */
} gathering;

bool tns_region_check(const tns_image *image, const tns_box *box, tns_error *err)
{
    const tns_image_info *info = tns_image_describe(image);
    if (box->width < 1 || box->height < 1)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "region %s: expected a width and height of at "
                             "least 1, found %d x %d",
                             box->name, box->width, box->height);
    if (box->x < 0 || box->y < 0 || box->width > info->width - box->x ||
        box->height > info->height - box->y)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "region %s: %d,%d,%d,%d leaves the image of %d x %d pixels", box->name,
                             box->x, box->y, box->width, box->height, info->width, info->height);
    return true;
}

/* Through the correction, or as it is. */
static void set_color(const gathering *g, int x, int y, tns_region_pixel *p)
{
    double rgb[3] = {p->rgb[0], p->rgb[1], p->rgb[2]};
    if (!g->calibration) {
        p->xyz[1] = (float)tns_luminance(rgb);
        p->xyz[0] = p->xyz[2] = p->xyz[1];
        return;
    }
    tns_point at =
        tns_hold_light(tns_calibration_position(g->calibration, (tns_point){x + 0.5, y + 0.5}));
    tns_xyz xyz = tns_correction_xyz(&g->calibration->correction, rgb, at.x, at.y);
    p->xyz[0] = (float)xyz.X;
    p->xyz[1] = (float)xyz.Y;
    p->xyz[2] = (float)xyz.Z;
}

static void gather_row(gathering *g, int y)
{
    int end = g->box->x + g->box->width;
    for (int x0 = g->box->x; x0 < end; x0 += ROW) {
        int n = end - x0 < ROW ? end - x0 : ROW;
        uint16_t code[ROW][3];
        float rgb[ROW][3];
        tns_image_encoded(g->light->image, x0, y, n, code);
        tns_light_read(g->light, x0, y, n, rgb);
        int first = (g->step - (x0 - g->box->x) % g->step) % g->step;
        for (int i = first; i < n; i += g->step) {
            g->seen++;
            if (!g->takes_clipped && tns_code_is_clipped(code[i]))
                continue;
            tns_region_pixel *p = &g->pixels[g->count++];
            memcpy(p->rgb, rgb[i], sizeof p->rgb);
            p->x = x0 + i - g->box->x;
            p->y = y - g->box->y;
            set_color(g, x0 + i, y, p);
        }
    }
}

static void gather(gathering *g)
{
    g->count = g->seen = 0;
    for (int y = g->box->y; y < g->box->y + g->box->height; y += g->step)
        gather_row(g, y);
}

static int by_luminance(const void *a, const void *b)
{
    float u = ((const tns_region_pixel *)a)->xyz[1], v = ((const tns_region_pixel *)b)->xyz[1];
    return (u > v) - (u < v);
}

/* Distance from the light's own colour, which is the white's after the correction. */
static double saturation(const tns_region_pixel *p)
{
    double y = fmax(p->xyz[1], 1e-3);
    return hypot(p->xyz[0] / tns_photo_white.X * 100 - y, p->xyz[2] / tns_photo_white.Z * 100 - y) /
           y;
}

/* Of pixels in order of luminance: half of them lie within. */
static double median_deviation(const tns_region_pixel *p, size_t n)
{
    double median = p[n / 2].xyz[1];
    size_t low = n / 2, high = n / 2;
    while (high - low + 1 < (n + 1) / 2) { /* grow to whichever side is nearer */
        double down = low > 0 ? median - p[low - 1].xyz[1] : INFINITY;
        double up = high + 1 < n ? p[high + 1].xyz[1] - median : INFINITY;
        if (down <= up)
            low--;
        else
            high++;
    }
    return fmax(median - p[low].xyz[1], p[high].xyz[1] - median);
}

/*
 * Dichromatic reflection: what the surface mirrors has the colour of the light. Drops pixels far
 * above the median that are pulled toward it; on a neutral, brightness alone must do. Returns how
 * many stay.
 */
static size_t drop_specular(tns_region_pixel *p, size_t n)
{
    double limit = p[n / 2].xyz[1] + 3 * median_deviation(p, n), usual = 0;
    for (size_t i = n / 4; i < n - n / 4; i++)
        usual += saturation(&p[i]) / (double)(n - 2 * (n / 4));
    const double neutral = 0.05;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        bool mirrors = p[i].xyz[1] > limit && (usual < neutral || saturation(&p[i]) < usual);
        if (!mirrors)
            p[kept++] = p[i];
    }
    return kept;
}

/* Pixels in order of luminance; returns the mean of what is left between the trimmed ends. */
static tns_region_mean trimmed_mean(const tns_region_pixel *p, size_t n, uint64_t seed,
                                    const tns_box *box)
{
    size_t cut = (size_t)(TRIM * (double)n);
    return tns_region_mean_of(p + cut, n - 2 * cut, box, seed);
}

static void warn_of_pixels(const tns_photo_region *region, size_t count, tns_warnings *warnings)
{
    if (region->clipped >= 1)
        tns_warn(warnings, "all of its pixels are clipped: the color is a bound, no value");
    else if (region->clipped > 0.01)
        tns_warn(warnings, "clipped: %.0f %% of its pixels, left out", 100 * region->clipped);
    if (region->specular > 0.05)
        tns_warn(warnings, "specular reflection: %.0f %% of its pixels, left out",
                 100 * region->specular);
    if (count < 64)
        tns_warn(warnings, "only %zu pixel(s): the noise is poorly known", count);
}

static void warn_of_place(const tns_calibration *c, const tns_read_place *place,
                          tns_warnings *warnings)
{
    double far = hypot(place->at.x, place->at.y);
    if (place->is_outside)
        tns_warn(warnings, "more saturated than the chart's patches: the color is extrapolated");
    if (far > TNS_LIGHT_REACH)
        tns_warn(warnings, "%.1f chart widths from the chart: the light there is not known", far);
    if (place->lab.L < tns_darkest(c))
        tns_warn(warnings,
                 "darker than the darkest patch (L* %.1f): the tone curve is extrapolated",
                 tns_darkest(c));
}

/* A lamp or a mirror in the box is lighter than any surface; a reading stays one of a surface. */
static tns_lab of_a_surface(tns_lab lab, tns_warnings *warnings)
{
    tns_lab kept = {fmin(fmax(lab.L, 0), 100), fmin(fmax(lab.a, -150), 150),
                    fmin(fmax(lab.b, -150), 150)};
    if (kept.L != lab.L || kept.a != lab.a || kept.b != lab.b)
        tns_warn(warnings, "no surface has its color (L* %.1f): the nearest bound was taken",
                 lab.L);
    return kept;
}

static void set_reading(const tns_calibration *c, const tns_hull *hull, const tns_region_mean *mean,
                        const tns_box *box, tns_reading *out)
{
    tns_point middle = {box->x + box->width / 2.0, box->y + box->height / 2.0};
    tns_read_place place = {.lab = mean->lab,
                            .at = tns_calibration_position(c, middle),
                            .is_outside =
                                !tns_hull_contains(hull, tns_log_chromaticity(mean->rgb))};
    memcpy(place.noise, mean->covariance, sizeof place.noise);
    out->has_color = true;
    out->color = (tns_color){.lab = of_a_surface(mean->lab, &out->warnings),
                             .illuminant = "D50",
                             .observer = TNS_OBSERVER_2};
    out->has_uncertainty = out->has_between_visits = true;
    tns_uncertainty_at(c, &place, -1, &out->uncertainty, &out->between_visits);
    warn_of_place(c, &place, &out->warnings);
}

static bool gather_pixels(gathering *g, tns_error *err)
{
    double area = (double)g->box->width * g->box->height;
    g->step = (int)ceil(sqrt(area / PIXELS_MAX));
    size_t columns = (size_t)((g->box->width + g->step - 1) / g->step);
    size_t rows = (size_t)((g->box->height + g->step - 1) / g->step);
    g->pixels = malloc(columns * rows * sizeof *g->pixels);
    if (!g->pixels)
        return tns_error_set(err, TNS_ERROR_MEMORY, "region %s: out of memory", g->box->name);
    gather(g);
    if (g->count == 0) {
        g->takes_clipped = true;
        gather(g);
    }
    qsort(g->pixels, g->count, sizeof *g->pixels, by_luminance);
    return true;
}

bool tns_region_read(const tns_light *light, const tns_box *box, const tns_calibration *calibration,
                     const tns_hull *hull, uint64_t seed, tns_photo_region *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    out->box = *box;
    out->reading.source.kind = TNS_SOURCE_PHOTO;
    gathering g = {.light = light, .box = box, .calibration = calibration};
    if (!gather_pixels(&g, err))
        return false;
    out->clipped = g.takes_clipped ? 1 : 1 - (double)g.count / (double)g.seen;
    size_t kept = calibration ? drop_specular(g.pixels, g.count) : g.count;
    out->specular = 1 - (double)kept / (double)g.count;
    tns_region_mean mean = trimmed_mean(g.pixels, kept, seed, box);
    free(g.pixels);
    memcpy(out->rgb, mean.rgb, sizeof out->rgb);
    warn_of_pixels(out, kept, &out->reading.warnings);
    if (calibration)
        set_reading(calibration, hull, &mean, box, &out->reading);
    return true;
}
