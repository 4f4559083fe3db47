/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/skintone.h>

#include "photo/correct/uncertainty.h"
#include "photo/read/bootstrap.h"
#include "photo/read/gather.h"
#include "photo/read/mixture.h"
#include "photo/read/name.h"
#include "photo/read/region.h"
#include "photo/read/shape.h"
#include "photo/read/sheen.h"
#include "photo/read/statistics.h"

static const double TRIM = 0.1;        /* at either end */
static const double AREA_SHEEN = 0.25; /* share of an area that may be gleam */

static void warn_of_pixels(const tns_photo_region *region, tns_warnings *warnings)
{
    size_t count = region->statistics.pixels;
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

/* Of an area the mix is what was asked for. */
static void warn_of_mixture(const tns_photo_region *region, tns_warnings *warnings)
{
    const tns_mixture *m = &region->statistics.mixture;
    if (m->dark_share > 0 && region->reading.what != TNS_WHAT_AREA)
        tns_warn(
            warnings,
            "light and dark in it, as skin and hair: %.0f %% near L* %.0f, the rest near %.0f; "
            "the color is the mean of both",
            100 * m->dark_share, m->dark_L, m->light_L);
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

static tns_what what_of_kind(tns_prior kind)
{
    return kind == TNS_PRIOR_SKIN      ? TNS_WHAT_SKIN
           : kind == TNS_PRIOR_HAIR    ? TNS_WHAT_STRAND
           : kind == TNS_PRIOR_PIGMENT ? TNS_WHAT_INK
                                       : TNS_WHAT_UNKNOWN;
}

/* What is said of the region, what its name says, what the kind asked for says, in this order. */
static tns_what what_of(const tns_region_reader *reader, const tns_region *region)
{
    tns_what what = region->what;
    if (what == TNS_WHAT_UNKNOWN && !region->place[0])
        what = tns_region_what(region->name);
    return what == TNS_WHAT_UNKNOWN && reader->has_kind ? what_of_kind(reader->kind) : what;
}

/* A place of the chart is neither skin nor hair. */
static tns_prior prior_of(const tns_region_reader *reader, const tns_photo_region *out)
{
    if (reader->has_kind)
        return reader->kind;
    return out->region.place[0] ? TNS_PRIOR_ANY : tns_reading_prior(&out->reading);
}

/* Without one where no surface has the color. */
static void set_spectrum(tns_reading *reading, tns_prior prior)
{
    reading->has_spectrum = tns_reading_spectrum_as(reading, prior, &reading->spectrum, NULL);
}

/* Of the angle atan2(L - 50, b), by first-order propagation; the axes as the covariance has them.
 */
static void set_ita(tns_photo_region *out)
{
    tns_lab lab = out->reading.color.lab;
    const double *c = out->reading.uncertainty.covariance;
    double up = lab.L - 50, square = fmax(up * up + lab.b * lab.b, 1e-6);
    double by_L = lab.b / square, by_b = -up / square;
    double variance = by_L * by_L * c[0] + 2 * by_L * by_b * c[2] + by_b * by_b * c[5];
    const double degrees = 180 / acos(-1);
    out->has_ita = true;
    out->ita = tns_ita(lab);
    out->ita_u = fmin(out->reading.uncertainty.k * sqrt(fmax(variance, 0)) * degrees, 180);
}

static void set_color(const tns_region_reader *reader, const tns_region_mean *mean,
                      tns_photo_region *out)
{
    const tns_calibration *c = reader->calibration;
    tns_reading *reading = &out->reading;
    tns_point at = tns_calibration_position(c, tns_region_middle(&out->region));
    tns_lab lab = tns_calibration_near(c, mean->lab);
    out->statistics.median = tns_calibration_near(c, out->statistics.median);
    tns_read_place place = {
        .lab = lab,
        .at = at,
        .variance = tns_calibration_variance(c, mean->rgb, tns_hold_light(at), lab),
        .is_outside = !tns_hull_contains(reader->hull, tns_log_chromaticity(mean->rgb))};
    memcpy(place.noise, mean->covariance, sizeof place.noise);
    reading->has_color = true;
    reading->color = (tns_color){.lab = of_a_surface(lab, &reading->warnings),
                                 .illuminant = "D50",
                                 .observer = TNS_OBSERVER_2};
    reading->has_uncertainty = reading->has_between_visits = true;
    tns_uncertainty_at(c, &place, -1, &reading->uncertainty, &reading->between_visits);
    warn_of_mixture(out, &reading->warnings);
    warn_of_place(c, &place, &reading->warnings);
    set_spectrum(reading, prior_of(reader, out));
    if (reading->what == TNS_WHAT_SKIN && out->statistics.mixture.dark_share == 0)
        set_ita(out);
}

/*
 * Gleams, and what kinds of thing are left; spots of gleam are sought on one kind alone. In an area
 * of hair and skin much that is bright is skin.
 */
static bool drop_sheen(tns_region_pixels *pixels, bool is_area, tns_mixture *mixture)
{
    if (!tns_sheen_drop(pixels, is_area ? AREA_SHEEN : 1))
        return false;
    *mixture = tns_mixture_of(pixels);
    return mixture->dark_share > 0 || tns_sheen_drop_spots(pixels);
}

/* From all of the region's pixels to those that count, and what they are like. */
static bool sift(const tns_region_reader *reader, tns_region_pixels *pixels, tns_photo_region *out)
{
    tns_region_statistics *s = &out->statistics;
    size_t count = pixels->count;
    bool is_area = out->reading.what == TNS_WHAT_AREA;
    if (reader->calibration &&
        (!drop_sheen(pixels, is_area, &s->mixture) || !tns_region_spread(pixels, s)))
        return false;
    out->specular = 1 - (double)pixels->count / (double)count;
    s->pixels = pixels->count;
    s->trim = s->mixture.dark_share > 0 || is_area ? 0 : TRIM;
    return tns_region_trim(pixels, s->trim);
}

bool tns_region_read(const tns_region_reader *reader, const tns_region *region, uint64_t seed,
                     tns_photo_region *out, tns_error *err)
{
    tns_region_pixels pixels;
    memset(out, 0, sizeof *out);
    out->region = *region;
    out->reading.source.kind = TNS_SOURCE_PHOTO;
    out->reading.what = what_of(reader, region);
    if (!tns_region_gather(reader->light, region, reader->calibration, &pixels, &out->clipped, err))
        return false;
    if (!sift(reader, &pixels, out)) {
        free(pixels.item);
        return tns_error_set(err, TNS_ERROR_MEMORY, "region %s: out of memory", region->name);
    }
    tns_region_mean mean = tns_region_mean_of(&pixels, seed);
    free(pixels.item);
    memcpy(out->rgb, mean.rgb, sizeof out->rgb);
    warn_of_pixels(out, &out->reading.warnings);
    if (reader->calibration)
        set_color(reader, &mean, out);
    return true;
}
