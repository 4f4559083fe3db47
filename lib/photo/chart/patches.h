/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the image shows where a chart's patches lie, and whether they lie there at all. */
#ifndef PHOTO_CHART_PATCHES_H
#define PHOTO_CHART_PATCHES_H

#include <tonsure/chart.h>
#include <tonsure/image.h>
#include <tonsure/photo.h>

#include "photo/chart/placement.h"
#include "photo/correct/flat.h"

typedef struct tns_patch_sample {
    tns_point center; /* in the image */
    double rgb[3];    /* linear, trimmed mean; of all samples when the patch is not usable */
    double error[3];  /* its standard error */
    int count;        /* samples */
    double clipped;   /* share of the pixels that is lost: burnt, or black in all channels */
    double burnt;     /* share with a channel at the encoding's upper end */
    double cut;       /* share, of those kept, with one at its lower end: outside its gamut */
    double spread;    /* median absolute deviation of the luminance over its median */
    bool is_usable;
    char reason[64]; /* why not */
} tns_patch_sample;

/* At which end of the encoding a pixel is: a channel burnt, all of them black, or one cut off. */
typedef enum tns_patch_end {
    TNS_END_NONE,
    TNS_END_BURNT,
    TNS_END_CRUSHED,
    TNS_END_CUT
} tns_patch_end;

tns_patch_end tns_patch_end_of(const uint16_t code[3]);

/*
 * Samples the inner half of each patch into out[chart->count]. False when out of memory.
 */
bool tns_patches_sample(const tns_light *light, const tns_chart *chart,
                        const tns_placement *placement, tns_patch_sample *out);

/* The corners of the square of a patch that is sampled, in the image. */
void tns_patch_outline(const tns_placement *placement, const tns_chart *chart, int patch,
                       tns_point outline[4]);

/* Luminance of linear BT.2020 light. */
double tns_luminance(const double rgb[3]);

/*
 * Correlation, over the patches with light, of log R, G, B with the logarithms of the reference's,
 * each channel centred: 1 = the order of the colors is the chart's. Exposure and white balance
 * drop out, gamma nearly.
 */
double tns_order_score(const tns_chart *chart, const tns_patch_sample *samples);

#endif
