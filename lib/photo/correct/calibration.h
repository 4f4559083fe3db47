/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A photo's correction with the proof of what it is worth: which patches were used, and what each
 * becomes when it is left out of everything that was fitted or chosen.
 */
#ifndef PHOTO_CORRECT_CALIBRATION_H
#define PHOTO_CORRECT_CALIBRATION_H

#include <tonsure/context.h>

#include "photo/chart/patches.h"
#include "photo/correct/solution.h"

enum { TNS_CALIBRATION_MIN_PATCHES = 12, TNS_ANCHORS_MAX = 16 };

/* A place of the photo whose color an instrument has read. */
typedef struct tns_anchor {
    tns_point center; /* in the image */
    double rgb[3];    /* linear, its mean */
    tns_lab lab;      /* D50, 2 degrees */
    double de00;      /* one standard deviation of it, dE00 on each axis */
} tns_anchor;

/* All zero: an encoded picture of a chart and nothing else. */
typedef struct tns_calibration_options {
    bool is_linear; /* the picture is a raw one: no tone was put on it */
    const tns_anchor *anchors;
    int anchor_count;
} tns_calibration_options;

typedef struct tns_calibration {
    tns_chart chart; /* with the colors of the edition decided on */
    tns_correction correction;
    tns_average average; /* where the correction comes from */
    tns_local local;     /* what it leaves near each color */
    tns_point center;    /* positions are (p - center) / width_px */
    double width_px;
    int used_count;
    bool is_used[TNS_CHART_PATCHES_MAX];
    char reason[TNS_CHART_PATCHES_MAX][64];   /* why not used */
    tns_lab predicted[TNS_CHART_PATCHES_MAX]; /* by the fit without the patch */
    double variance[TNS_CHART_PATCHES_MAX];   /* of that, see tns_calibration_variance */
    double de00[TNS_CHART_PATCHES_MAX];       /* from the reference */
    double fit_de00;                          /* mean of the fit itself: no accuracy */
    double loo_mean, loo_p95, loo_max;        /* over the used */
    double skin_de00;                         /* NaN: neither skin patch used */
    double plain_mean, plain_skin;            /* the same of a 3x3 matrix alone */
    int anchor_count;
    tns_anchor anchor[TNS_ANCHORS_MAX];
    tns_warnings warnings;
} tns_calibration;

/*
 * `chart` names kind and edition (AUTO: told from the photo, or the mean of both). Usable samples
 * that show quite another color than their patch (something lies on it) are left out by name.
 * `options` may be NULL. Fails with TNS_ERROR_CHART_REFUSED on too few patches.
 */
bool tns_calibrate(const tns_chart *chart, const tns_patch_sample *samples,
                   const tns_point corners[4], const tns_calibration_options *options,
                   const tns_context *context, tns_calibration *out, tns_error *err);

/* A place in the image as the correction takes it. */
tns_point tns_calibration_position(const tns_calibration *calibration, tns_point pixel);

/* A patch of the chart to fit to; it weighs less where the encoding cut off what it could not hold.
 */
tns_fit_patch tns_calibration_patch(const tns_calibration *calibration,
                                    const tns_patch_sample *sample, tns_lab reference);

/*
 * A color that tns_correction_xyz gave, as the mean of a region say, with what the correction
 * leaves near that color added.
 */
tns_lab tns_calibration_near(const tns_calibration *calibration, tns_lab lab);

/*
 * How little is known of a color at a place, in units of what a patch's own residual varies by:
 * least amidst patches of like colors, growing beyond them.
 */
double tns_calibration_variance(const tns_calibration *calibration, const double rgb[3],
                                tns_point at, tns_lab lab);

#endif
