/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/text.h"
#include "photo/chart/corners.h"
#include "photo/chart/homography.h"

bool tns_corners_check(const tns_image *image, const tns_point corners[4], tns_error *err)
{
    const tns_image_info *info = tns_image_describe(image);
    for (int i = 0; i < 4; i++) {
        tns_point p = corners[i];
        bool inside = p.x >= 0 && p.y >= 0 && p.x <= info->width && p.y <= info->height;
        if (!inside)
            return tns_error_set(err, TNS_ERROR_USAGE,
                                 "corners: (%g, %g) lies outside the image of %d x %d pixels", p.x,
                                 p.y, info->width, info->height);
    }
    if (!tns_corners_are_convex(corners))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "corners: expected a convex quadrilateral, going round it (dark skin, "
                             "bluish green, black, white)");
    return true;
}

bool tns_place(const tns_light *light, const tns_chart *chart, const tns_placement *placement,
               tns_patch_sample *samples, double *order_score, tns_error *err)
{
    if (!tns_patches_sample(light, chart, placement, samples))
        return tns_error_set(err, TNS_ERROR_MEMORY, "chart: out of memory");
    *order_score = tns_order_score(chart, samples);
    return true;
}

static bool score_order(const tns_light *light, const tns_chart *chart, const tns_point corners[4],
                        double *score, tns_error *err)
{
    tns_placement placement;
    tns_patch_sample samples[TNS_CHART_PATCHES_MAX];
    *score = 0;
    return !tns_placement_of_corners(light->image, chart, corners, &placement) ||
           tns_place(light, chart, &placement, samples, score, err);
}

bool tns_place_fault(const tns_light *light, const tns_chart *chart, const tns_point corners[4],
                     double order_score, char *fault, tns_error *err)
{
    double best = order_score;
    int best_turn = 0, best_way = 1;
    for (int k = 1; k < 8; k++) {
        int way = k < 4 ? 1 : 3, turn = k % 4; /* 3 steps on in a ring of 4 is one back */
        tns_point order[4];
        double score;
        for (int i = 0; i < 4; i++)
            order[i] = corners[(turn + way * i) % 4];
        if (!score_order(light, chart, order, &score, err))
            return false;
        if (score > best) {
            best = score;
            best_turn = turn;
            best_way = way;
        }
    }
    fault[0] = '\0';
    if (best > TNS_ORDER_SURE && best > order_score + 0.2)
        tns_text_format(
            fault, 200,
            "the colors say the corners are %s: in the order %d, %d, %d, %d of those given "
            "they fit (score %.2f); give them so",
            best_way == 1 ? "turned" : "mirrored", best_turn % 4 + 1,
            (best_turn + best_way) % 4 + 1, (best_turn + 2 * best_way) % 4 + 1,
            (best_turn + 3 * best_way) % 4 + 1, best);
    return true;
}
