/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A photo's correction with the proof of what it is worth: which patches were used, and what each
 * becomes when it is left out of everything that was fitted or chosen.
 */
#ifndef PHOTO_CORRECT_CALIBRATION_H
#define PHOTO_CORRECT_CALIBRATION_H

#include <tonsure/context.h>

#include "photo/chart/patches.h"
#include "photo/correct/correction.h"

enum { TNS_CALIBRATION_MIN_PATCHES = 12 };

typedef struct tns_calibration {
    tns_chart chart; /* with the colours of the edition decided on */
    tns_correction correction;
    tns_point center; /* positions are (p - center) / width_px */
    double width_px;
    int used_count;
    bool is_used[TNS_CHART_PATCHES_MAX];
    char reason[TNS_CHART_PATCHES_MAX][64];   /* why not used */
    tns_lab predicted[TNS_CHART_PATCHES_MAX]; /* by the fit without the patch */
    double de00[TNS_CHART_PATCHES_MAX];       /* from the reference */
    double fit_de00;                          /* mean of the fit itself: no accuracy */
    double loo_mean, loo_p95, loo_max;        /* over the used */
    double skin_de00;                         /* NaN: neither skin patch used */
    tns_warnings warnings;
} tns_calibration;

/*
 * `chart` names kind and edition (AUTO: told from the photo, or the mean of both). Usable samples
 * that show quite another colour than their patch (something lies on it) are left out by name.
 * Fails with TNS_ERROR_CHART_REFUSED on too few patches.
 */
bool tns_calibrate(const tns_chart *chart, const tns_patch_sample *samples,
                   const tns_point corners[4], const tns_context *context, tns_calibration *out,
                   tns_error *err);

/* A place in the image as the correction takes it. */
tns_point tns_calibration_position(const tns_calibration *calibration, tns_point pixel);

#endif
