/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/sort.h"
#include "photo/correct/sharpness.h"

/* Points along an edge's profile, from the patch's middle to the gap's, and lines beside it. */
enum { POINTS = 20, LINES = 5 };

static const double CONTRAST_LEAST = 0.2; /* of the patch's own light */

static double luminance_at(const tns_light *light, tns_point p)
{
    const tns_image_info *info = tns_image_describe(light->image);
    float rgb[1][3];
    int x = (int)fmin(fmax(p.x, 0), info->width - 1), y = (int)fmin(fmax(p.y, 0), info->height - 1);
    tns_light_read(light, x, y, 1, rgb);
    return tns_luminance((double[3]){rgb[0][0], rgb[0][1], rgb[0][2]});
}

/* Mean over the lines; `way` is one of the four directions. */
static void profile_of(const tns_light *light, const tns_placement *placement, tns_point at,
                       tns_point way, double share, double profile[POINTS])
{
    for (int k = 0; k < POINTS; k++) {
        double t = 0.5 * k / (POINTS - 1);
        profile[k] = 0;
        for (int j = 0; j < LINES; j++) {
            double aside = 0.25 * share * (j - LINES / 2) / (LINES / 2);
            tns_point p = {at.x + t * way.x - aside * way.y, at.y + t * way.y + aside * way.x};
            profile[k] += luminance_at(light, tns_placement_apply(placement, p)) / LINES;
        }
    }
}

/* In pitches; 0 without contrast. */
static double width_of(const double profile[POINTS])
{
    double contrast = fabs(profile[0] - profile[POINTS - 1]), steepest = 0;
    for (int k = 1; k + 1 < POINTS; k++)
        steepest = fmax(steepest, fabs(profile[k + 1] - profile[k - 1]) / 2);
    bool shows = contrast > CONTRAST_LEAST * profile[0] && steepest > 0;
    return shows ? contrast / steepest * 0.5 / (POINTS - 1) : 0;
}

double tns_edge_width(const tns_light *light, const tns_chart *chart,
                      const tns_placement *placement, const tns_patch_sample *samples)
{
    static const tns_point ways[4] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
    double width[4 * TNS_CHART_PATCHES_MAX];
    int n = 0;
    for (int i = 0; i < chart->count; i++)
        for (int k = 0; k < 4 && samples[i].is_usable; k++) {
            double profile[POINTS];
            profile_of(light, placement, tns_chart_place(chart, i), ways[k], chart->patch_share,
                       profile);
            width[n] = width_of(profile);
            n += width[n] > 0;
        }
    tns_sort_numbers(width, (size_t)n);
    return n > 0 ? width[n / 2] / chart->patch_share : 0;
}
