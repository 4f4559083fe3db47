/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <tonsure/difference.h>

#include "photo/correct/uncertainty.h"

/*
 * One standard deviation. HOLDING, in dE00 on each axis of the eye's metric: the same chart in
 * several poses spreads by 0.9 dE00, which is 0.5 on each of three. DARK, in L*: black hair below
 * the darkest patch is known to +-3 L* (k = 2) at best, less the further down.
 */
static const double HOLDING = 0.5, DARK = 1.5, DARK_GROWTH = 0.1;

/*
 * So few patches want a wider interval than 2: Student's t against it, squared. Of two dozen the
 * fit takes a dozen degrees, and the errors of neighbors are alike: as of nine.
 */
static const double SMALL_SAMPLE = 1.3;

static const double HALF_CHART = 0.5;

typedef double covariance[6];

static void add_outer(covariance to, const double v[3], double weight)
{
    for (int i = 0, k = 0; i < 3; i++)
        for (int j = i; j < 3; j++, k++)
            to[k] += weight * v[i] * v[j];
}

/* A patch's error as the eye sees it, in dE00 along the axes of its metric. */
static void patch_error(const tns_calibration *c, int i, double seen[3])
{
    tns_lab reference = c->chart.patch[i].reference, found = c->predicted[i];
    double d[3] = {found.L - reference.L, found.a - reference.a, found.b - reference.b}, w[3][3];
    tns_color_metric(reference, w);
    for (int k = 0; k < 3; k++)
        seen[k] = w[k][0] * d[0] + w[k][1] * d[1] + w[k][2] * d[2];
}

/*
 * The error of as much to the eye at another color: what misses a vivid red by 8 in a* misses a
 * grey by 2. Back substitution in the triangle.
 */
static void error_at(double w[3][3], const double seen[3], double d[3])
{
    d[2] = seen[2] / w[2][2];
    d[1] = (seen[1] - w[1][2] * d[2]) / w[1][1];
    d[0] = (seen[0] - w[0][1] * d[1] - w[0][2] * d[2]) / w[0][0];
}

/* How much less is known here than of a patch left out. */
static double ratio_to(const tns_calibration *c, const tns_read_place *place, int i)
{
    bool known = place->variance > 0 && c->variance[i] > 0;
    return known ? place->variance / c->variance[i] : 1;
}

/*
 * Of all patches: that those of like color tell more was tried, and hidden patches of real photos
 * and rendered ones were no likelier for it.
 */
static void add_model(const tns_calibration *c, const tns_read_place *place, int without,
                      covariance to)
{
    double seen[3], d[3], w[3][3];
    tns_color_metric(place->lab, w);
    int all = c->used_count - (without >= 0 && c->is_used[without]);
    for (int i = 0; i < c->chart.count; i++) {
        if (!c->is_used[i] || i == without)
            continue;
        patch_error(c, i, seen);
        error_at(w, seen, d);
        add_outer(to, d, SMALL_SAMPLE * ratio_to(c, place, i) / all);
    }
}

/* What is as likely in every direction to the eye. */
static void add_even(tns_lab lab, double de00, covariance to)
{
    double w[3][3];
    tns_color_metric(lab, w);
    for (int k = 0; k < 3; k++) {
        double seen[3] = {0}, d[3];
        seen[k] = de00;
        error_at(w, seen, d);
        add_outer(to, d, 1);
    }
}

/*
 * The light at a distance from the chart: the slope's own uncertainty over the way, and, where it
 * is no longer continued, the slope itself. Light scales XYZ, so L*, a*, b* move together.
 */
static void add_light(const tns_calibration *c, const tns_read_place *place, covariance to)
{
    const tns_correction *k = &c->correction;
    double far = hypot(place->at.x, place->at.y);
    double share = far > HALF_CHART ? (far - HALF_CHART) / far : 0;
    double x = share * place->at.x, y = share * place->at.y;
    double variance = k->slope_covariance[0] * x * x + 2 * k->slope_covariance[1] * x * y +
                      k->slope_covariance[2] * y * y;
    double beyond = fmax(far - TNS_LIGHT_REACH, 0) * hypot(k->slope[0], k->slope[1]);
    double step[3] = {(place->lab.L + 16) / 3, place->lab.a / 3, place->lab.b / 3};
    add_outer(to, step, variance + beyond * beyond);
}

double tns_darkest(const tns_calibration *c)
{
    double darkest = 100;
    for (int i = 0; i < c->chart.count; i++)
        if (c->is_used[i])
            darkest = fmin(darkest, c->chart.patch[i].reference.L);
    return darkest;
}

/* Sets in over the last two L* above the darkest patch. */
static void add_dark(const tns_calibration *c, const tns_read_place *place, covariance to)
{
    double below = tns_darkest(c) - place->lab.L;
    double sd = DARK * fmin(fmax((below + 2) / 2, 0), 1) + DARK_GROWTH * fmax(below, 0);
    to[0] += sd * sd;
}

/* Nothing is known better than the anchor that it is known from. */
static void hold_above_anchors(const tns_calibration *c, const tns_read_place *place, covariance to)
{
    const double near = 6; /* dE76: see local.c */
    for (int i = 0; i < c->anchor_count; i++) {
        double least = c->anchor[i].de00 * c->anchor[i].de00;
        if (tns_de76(c->anchor[i].lab, place->lab) > near)
            continue;
        for (int k = 0; k < 6; k += k ? 2 : 3) /* the diagonal: 0, 3, 5 */
            to[k] = fmax(to[k], least);
    }
}

static tns_uncertainty stated(const covariance c)
{
    tns_uncertainty out = {.k = 2, .has_covariance = true};
    memcpy(out.covariance, c, sizeof out.covariance);
    out.L = out.k * sqrt(c[0]);
    out.a = out.k * sqrt(c[3]);
    out.b = out.k * sqrt(c[5]);
    return out;
}

/* How a mean light moves the corrected color: its lightness, all but for what gamut clips. */
static void add_noise(const tns_patch_sample *sample, tns_lab lab, double noise[6])
{
    double light = tns_luminance(sample->rgb), error = tns_luminance(sample->error);
    double share = light > 0 ? error / light : 0;
    const double step[3] = {(lab.L + 16) / 3, lab.a / 3, lab.b / 3};
    add_outer(noise, step, share * share);
}

tns_read_place tns_calibration_left_out(const tns_calibration *c, const tns_patch_sample *sample,
                                        int i)
{
    tns_read_place place = {.lab = c->predicted[i],
                            .at = tns_calibration_position(c, sample->center),
                            .variance = c->variance[i]};
    add_noise(sample, place.lab, place.noise);
    return place;
}

void tns_uncertainty_at(const tns_calibration *c, const tns_read_place *place, int without,
                        tns_uncertainty *absolute, tns_uncertainty *between_visits)
{
    covariance sum;
    memcpy(sum, place->noise, sizeof sum);
    add_even(place->lab, HOLDING, sum);
    add_light(c, place, sum);
    *between_visits = stated(sum);
    add_even(place->lab, c->chart.reference_de00 / sqrt(3), sum);
    add_model(c, place, without, sum);
    add_dark(c, place, sum);
    hold_above_anchors(c, place, sum);
    *absolute = stated(sum);
}

tns_point tns_hold_light(tns_point at)
{
    double far = hypot(at.x, at.y);
    double scale = far > TNS_LIGHT_REACH ? TNS_LIGHT_REACH / far : 1;
    return (tns_point){at.x * scale, at.y * scale};
}
