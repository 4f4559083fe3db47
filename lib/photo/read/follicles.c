/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "base/sort.h"
#include "color/numeric.h"
#include "photo/read/blown.h"
#include "photo/read/follicles.h"
#include "photo/read/units.h"

/* Shares of the place that are too bright: that is told, and that leaves too little. */
static const double BLOWN_NOTABLE = 0.05, BLOWN_MOST = 0.75;

static void set_hair(const tns_plot *plot, double step, const tns_stroke *stroke, size_t unit,
                     tns_follicle_hair *out)
{
    for (int i = 0; i < 2; i++) {
        out->end[i][0] = plot->box.x + step * stroke->x[i];
        out->end[i][1] = plot->box.y + step * stroke->y[i];
    }
    out->width_px = step * stroke->width;
    out->length_px =
        out->width_px + step * hypot(stroke->x[1] - stroke->x[0], stroke->y[1] - stroke->y[0]);
    out->contrast = stroke->contrast;
    out->through = stroke->through;
    out->unit = unit;
}

static void widen(tns_follicle_unit *unit, const tns_plot *plot, double step, const tns_stroke *s)
{
    double x1 = fmax(unit->x + unit->width, plot->box.x + step * s->x1);
    double y1 = fmax(unit->y + unit->height, plot->box.y + step * s->y1);
    unit->x = fmin(unit->x, plot->box.x + step * s->x0);
    unit->y = fmin(unit->y, plot->box.y + step * s->y0);
    unit->width = x1 - unit->x;
    unit->height = y1 - unit->y;
    unit->hairs++;
}

static bool gather(const tns_plot *plot, const tns_hairs *hairs, const size_t *unit_of,
                   size_t units, tns_follicles *out)
{
    out->hair = calloc(hairs->count + 1, sizeof *out->hair);
    out->unit = calloc(units + 1, sizeof *out->unit);
    if (!out->hair || !out->unit)
        return false;
    out->units = units;
    for (size_t i = 0; i < units; i++)
        out->unit[i] = (tns_follicle_unit){.x = 1e9, .y = 1e9, .width = -1e9, .height = -1e9};
    for (size_t i = 0; i < hairs->count; i++) {
        set_hair(plot, hairs->step, &hairs->stroke[i], unit_of[i], &out->hair[out->count++]);
        widen(&out->unit[unit_of[i]], plot, hairs->step, &hairs->stroke[i]);
    }
    return true;
}

/* -1 without memory. */
static double plot_area(const tns_plot *plot)
{
    bool *belongs = malloc((size_t)plot->box.width * sizeof *belongs);
    double area = 0;
    for (int y = 0; belongs && y < plot->box.height; y++)
        area += tns_plot_row(plot, y, belongs);
    if (!belongs)
        return -1;
    free(belongs);
    return area;
}

static double median(double *v, size_t n)
{
    tns_sort_numbers(v, n);
    return n == 0 ? 0 : n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/* What the frame cuts has not its own size. */
static bool is_whole(const tns_follicles *f, const tns_follicle_hair *hair)
{
    const tns_follicle_unit *u = &f->unit[hair->unit];
    return u->x > f->x && u->y > f->y && u->x + u->width < f->x + f->width &&
           u->y + u->height < f->y + f->height;
}

static bool set_sizes(tns_follicles *out)
{
    double *v = malloc((out->count + 1) * sizeof *v), covered = 0;
    size_t n = 0;
    if (!v)
        return false;
    for (size_t i = 0; i < out->count; i++) {
        const tns_follicle_hair *hair = &out->hair[i];
        if (is_whole(out, hair))
            v[n++] = hair->width_px;
        covered += hair->width_px * hair->length_px;
        out->through += hair->through;
    }
    for (size_t i = 0; n == 0 && i < out->count; i++)
        v[i] = out->hair[i].width_px;
    out->diameter_px = median(v, n > 0 ? n : out->count);
    n = 0;
    for (size_t i = 0; i < out->count; i++)
        if (is_whole(out, &out->hair[i]) && out->hair[i].length_px > 3 * out->hair[i].width_px)
            v[n++] = out->hair[i].length_px;
    out->length_px = median(v, n);
    out->coverage = out->area_px > 0 ? fmin(covered / out->area_px, 1) : 0;
    free(v);
    return true;
}

/*
 * Garwood, Biometrika 28, 437 (1936): what a count of n may be the draw of; up to `more` may have
 * been missed.
 */
static void poisson_interval(double n, double more, double interval[2])
{
    interval[0] = n > 0 ? gsl_cdf_chisq_Pinv(0.025, 2 * n) / 2 : 0;
    interval[1] = gsl_cdf_chisq_Pinv(0.975, 2 * (n + more) + 2) / 2;
}

/* Bright lines that matter: one or two, or few beside all hair, are chance. */
static size_t worth_telling(size_t unsure, size_t hairs)
{
    const size_t some = 3;
    return unsure >= some && 20 * unsure >= hairs ? unsure : 0;
}

/* How many units the density would gain, were all lines that may be hair. */
static double units_of(const tns_follicles *f, size_t unsure)
{
    double share = f->units > 0 ? (double)f->counted / (double)f->units : 1;
    double per_hair = f->count > 0 ? (double)f->units / (double)f->count : 1;
    return share * per_hair * (double)unsure;
}

static void set_density(tns_follicles *out, size_t unsure)
{
    size_t hairs = 0;
    for (size_t i = 0; i < out->units; i++) {
        tns_follicle_unit *unit = &out->unit[i];
        unit->counted = unit->x > out->x && unit->y > out->y;
        out->counted += unit->counted;
        hairs += unit->counted ? (size_t)unit->hairs : 0;
    }
    double cm2 = out->area_px * out->mm_per_px * out->mm_per_px / 100;
    out->density_per_cm2 = out->hairs_per_cm2 = out->density_ci95[0] = out->density_ci95[1] = NAN;
    if (!(cm2 > 0))
        return;
    tns_numeric_init();
    poisson_interval((double)out->counted, units_of(out, unsure), out->density_ci95);
    out->density_ci95[0] /= cm2;
    out->density_ci95[1] /= cm2;
    out->density_per_cm2 = (double)out->counted / cm2;
    out->hairs_per_cm2 = (double)hairs / cm2;
}

static void doubt_count(tns_follicles *out)
{
    if (out->count > 0 && out->diameter_px < 2)
        tns_warn(&out->warnings, "hairs are hardly a pixel wide: fine ones are missed");
    if (out->coverage > 0.12)
        tns_warn(&out->warnings,
                 "hair stands so dense that hairs hide one another: the counts are a lower bound");
}

/* Bright lines that lie as no hair does, or are too few to show how they lie. */
static void doubt_light_hair(size_t unsure, tns_follicles *out)
{
    if (unsure > 0)
        tns_warn(&out->warnings,
                 "%zu bright lines may be white hairs or reflexes: they are not counted, and the "
                 "density's upper limit holds them",
                 unsure);
}

/*
 * Scalp hair is 0.04 to 0.1 mm wide. Where the usual one fills little more than a pixel, the lens
 * and the grid leave less than half of its darkness, and what is finer drowns: on rendered stubble
 * nine in ten units are seen at 18 pixels a millimeter (1.26 pixels a hair), half at 16, none
 * at 12.
 */
static void doubt_distance(tns_follicles *out)
{
    const double hair_mm = 0.07, least_px = 1.25;
    double width_px = out->mm_per_px > 0 ? hair_mm / out->mm_per_px : INFINITY;
    if (width_px < least_px)
        tns_warn(&out->warnings,
                 "from so far most hairs are missed, being %.1f pixels wide, and the counts are a "
                 "lower bound: go nearer, to 25 pixels a millimeter or more",
                 width_px);
}

/* Where a flash ends, hair is paler, and missed: on rendered stubble up to a third of it. */
static void doubt_blown(double share, tns_follicles *out)
{
    if (share > BLOWN_NOTABLE)
        tns_warn(
            &out->warnings,
            "%.0f %% of the place is too bright to show hair, and left out of the area; around "
            "it hair fades, and the counts are a lower bound: take it again without flash",
            100 * share);
}

static bool refuse_blown(double share, tns_error *err)
{
    return tns_error_set(
        err, TNS_ERROR_UNSUPPORTED,
        "follicles: %.0f %% of the place is too bright to show hair; take it again "
        "without flash or with less light, or name a darker place as the region "
        "scalp",
        100 * share);
}

/* What no scalp has is more likely a wrong scale. */
static void doubt_scale(tns_follicles *out)
{
    double mm = out->diameter_px * out->mm_per_px;
    if (mm > 0.5)
        tns_warn(&out->warnings,
                 "hairs look %.2f mm wide, as no hair is: check the scale, or the focus", mm);
    if (out->density_per_cm2 > 500)
        tns_warn(&out->warnings, "%.0f units per cm2 are more than any scalp has: check the scale",
                 out->density_per_cm2);
}

/* Takes the blown places from the area; `share` is theirs of it. */
static bool leave_blown_out(const tns_light *light, const tns_plot *plot, tns_follicles *out,
                            double *share)
{
    tns_field blown;
    tns_plot left = *plot;
    bool done = tns_blown_find(light, plot, out->area_px, out->units, &blown);
    double all = out->area_px;
    left.blown = &blown;
    if (done && blown.is_outside)
        out->area_px = plot_area(&left);
    *share = all > 0 ? 1 - out->area_px / all : 0;
    tns_field_finish(&blown);
    return done && out->area_px >= 0;
}

/* What a count has to be doubted for. */
typedef struct sight {
    size_t unsure; /* bright lines that may be hair */
    double blown;  /* share of the area where nothing is seen */
} sight;

static bool look(const tns_light *light, const tns_plot *plot, tns_follicles *out, sight *seen)
{
    tns_hairs hairs;
    size_t *unit_of = NULL, units = 0;
    out->area_px = plot_area(plot);
    bool done = tns_hairs_find(light, plot, &hairs) && out->area_px >= 0;
    if (done) {
        unit_of = malloc((hairs.count + 1) * sizeof *unit_of);
        done = unit_of && tns_units_group(&hairs, unit_of, &units) &&
               gather(plot, &hairs, unit_of, units, out) &&
               leave_blown_out(light, plot, out, &seen->blown) && set_sizes(out);
    }
    seen->unsure = done ? worth_telling(hairs.unsure, hairs.count) : 0;
    free(unit_of);
    tns_hairs_finish(&hairs);
    return done;
}

bool tns_follicles_find(const tns_light *light, const tns_plot *plot, double mm_per_px,
                        tns_follicles *out, tns_error *err)
{
    tns_field field;
    sight seen = {0, 0};
    tns_plot left = *plot;
    *out = (tns_follicles){.mm_per_px = mm_per_px,
                           .x = plot->box.x,
                           .y = plot->box.y,
                           .width = plot->box.width,
                           .height = plot->box.height};
    bool done = tns_field_find(light, &plot->box, &field);
    left.field = field.is_outside ? &field : NULL;
    done = done && look(light, &left, out, &seen);
    tns_field_finish(&field);
    if (!done)
        return tns_error_set(err, TNS_ERROR_MEMORY, "follicles: out of memory");
    if (seen.blown > BLOWN_MOST)
        return refuse_blown(seen.blown, err);
    set_density(out, seen.unsure);
    doubt_count(out);
    doubt_distance(out);
    doubt_light_hair(seen.unsure, out);
    doubt_blown(seen.blown, out);
    doubt_scale(out);
    return true;
}

void tns_follicles_finish(tns_follicles *follicles)
{
    free(follicles->hair);
    free(follicles->unit);
    memset(follicles, 0, sizeof *follicles);
}
