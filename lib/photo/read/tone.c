/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "photo/correct/uncertainty.h"
#include "photo/read/tone.h"
#include "photo/read/unmix.h"

static const double EXTRAPOLATED = 0.6; /* share of hair below which its color is a guess */

static void set_reading(const tns_calibration *c, const tns_hull *hull, const tns_unmixed *from,
                        tns_point middle, tns_reading *out)
{
    tns_point at = tns_calibration_position(c, middle);
    tns_lab lab = tns_calibration_near(c, tns_lab_from_xyz(from->xyz, tns_photo_white));
    tns_read_place place = {
        .lab = lab,
        .at = at,
        .variance = tns_calibration_variance(c, from->rgb, tns_hold_light(at), lab),
        .is_outside = !tns_hull_contains(hull, tns_log_chromaticity(from->rgb))};
    memcpy(place.noise, from->covariance, sizeof place.noise);
    out->source.kind = TNS_SOURCE_PHOTO;
    out->has_color = out->has_uncertainty = out->has_between_visits = true;
    out->color = (tns_color){.lab = {fmin(fmax(lab.L, 0), 100), fmin(fmax(lab.a, -150), 150),
                                     fmin(fmax(lab.b, -150), 150)},
                             .illuminant = "D50",
                             .observer = TNS_OBSERVER_2};
    tns_uncertainty_at(c, &place, -1, &out->uncertainty, &out->between_visits);
    if (lab.L < tns_darkest(c))
        tns_warn(&out->warnings,
                 "darker than the darkest patch (L* %.1f): the tone curve is extrapolated",
                 tns_darkest(c));
}

bool tns_follicles_color(const tns_light *light, const tns_calibration *calibration,
                         const tns_hull *hull, uint64_t seed, tns_follicles *f, tns_error *err)
{
    tns_unmixing mix;
    tns_point middle = {f->x + f->width / 2.0, f->y + f->height / 2.0};
    if (!tns_unmix(light, calibration, f, seed, &mix))
        return tns_error_set(err, TNS_ERROR_MEMORY, "follicles: out of memory");
    f->has_colors = mix.hairs > 0;
    if (!f->has_colors) {
        tns_warn(&f->warnings, "too few hairs stand free for a color of dot and skin");
        return true;
    }
    set_reading(calibration, hull, &mix.hair, middle, &f->dot);
    set_reading(calibration, hull, &mix.skin, middle, &f->skin);
    f->dot.what = TNS_WHAT_DOT;
    f->dot.hair = f->skin.hair = TNS_HAIR_SHAVED;
    f->skin.what = TNS_WHAT_SKIN;
    snprintf(f->dot.id, sizeof f->dot.id, "dot");
    snprintf(f->skin.id, sizeof f->skin.id, "follicle-skin");
    f->diameter_px = mix.width_px;
    if (mix.share < EXTRAPOLATED)
        tns_warn(&f->dot.warnings,
                 "blur leaves at most %.0f %% hair in any pixel: its color is extrapolated",
                 100 * mix.share);
    return true;
}
