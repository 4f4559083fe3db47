/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether colors that are seen are a chart's, in its order, when some of its patches may be covered
 * by something else.
 */
#ifndef PHOTO_FIND_COLORS_H
#define PHOTO_FIND_COLORS_H

#include <stdbool.h>

#include <tonsure/chart.h>

/* log R, G, B of each patch. */
typedef double tns_log_colors[TNS_CHART_PATCHES_MAX][3];

typedef struct tns_color_match {
    bool agrees[TNS_CHART_PATCHES_MAX];
    int agreeing;
    double score;  /* 0..1: how well and how many agree, of all the chart's */
    double order;  /* correlation of those that agree with the reference, as tns_order_score */
    double plain;  /* the same of all that are seen */
    double rms;    /* of those that agree, in log units of the reference */
    double chroma; /* how much more saturated than the reference */
} tns_color_match;

void tns_colors_reference(const tns_chart *chart, tns_log_colors out);

/* Correlation alone, of all patches that are seen. */
double tns_colors_plain(tns_log_colors reference, tns_log_colors seen, const bool *is_seen,
                        int count);

/*
 * Exposure, white balance, one exponent for lightness and one factor for chroma are fitted to pairs
 * of patches; the fit that most others agree with is kept and polished (MSAC: Torr and Zisserman,
 * CVIU 78, 138 (2000)).
 */
void tns_colors_match(tns_log_colors reference, tns_log_colors seen, const bool *is_seen, int count,
                      tns_color_match *out);

#endif
