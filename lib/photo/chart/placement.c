/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "photo/chart/placement.h"

tns_point tns_chart_place(const tns_chart *chart, int patch)
{
    return (tns_point){chart->patch[patch].x, chart->patch[patch].y};
}

static void chart_corners(const tns_chart *chart, tns_point out[4])
{
    for (int k = 0; k < 4; k++)
        out[k] = tns_chart_place(chart, tns_chart_corner(chart, k));
}

tns_placement tns_placement_make(const tns_image *image, const tns_homography *map, double radial)
{
    const tns_image_info *info = tns_image_describe(image);
    return (tns_placement){.map = *map,
                           .back = tns_homography_inverse(map),
                           .middle = {info->width / 2.0, info->height / 2.0},
                           .unit = hypot(info->width, info->height) / 2,
                           .radial = radial};
}

bool tns_placement_of_corners(const tns_image *image, const tns_chart *chart,
                              const tns_point corners[4], tns_placement *out)
{
    tns_point from[4];
    tns_homography map;
    chart_corners(chart, from);
    if (!tns_homography_fit(from, corners, 4, &map))
        return false;
    *out = tns_placement_make(image, &map, 0);
    return true;
}

void tns_placement_corners(const tns_placement *placement, const tns_chart *chart,
                           tns_point corners[4])
{
    tns_point from[4];
    chart_corners(chart, from);
    for (int i = 0; i < 4; i++)
        corners[i] = tns_placement_apply(placement, from[i]);
}

static tns_point scaled_about(tns_point p, tns_point middle, double by)
{
    return (tns_point){middle.x + (p.x - middle.x) * by, middle.y + (p.y - middle.y) * by};
}

static double radius(const tns_placement *placement, tns_point p)
{
    return hypot(p.x - placement->middle.x, p.y - placement->middle.y) / placement->unit;
}

tns_point tns_placement_apply(const tns_placement *placement, tns_point at_chart)
{
    tns_point p = tns_homography_apply(&placement->map, at_chart);
    if (placement->radial == 0)
        return p;
    double r = radius(placement, p);
    return scaled_about(p, placement->middle, 1 + placement->radial * r * r);
}

/* Newton's steps on r (1 + k r^2) = what is seen; few, for k is small. */
tns_point tns_placement_back(const tns_placement *placement, tns_point pixel)
{
    if (placement->radial == 0)
        return tns_homography_apply(&placement->back, pixel);
    double k = placement->radial, seen = radius(placement, pixel), r = seen;
    for (int i = 0; i < 6; i++)
        r -= (r * (1 + k * r * r) - seen) / fmax(1 + 3 * k * r * r, 0.1);
    tns_point p = scaled_about(pixel, placement->middle, seen > 0 ? r / seen : 1);
    return tns_homography_apply(&placement->back, p);
}

double tns_placement_pitch(const tns_placement *placement, tns_point at)
{
    const double h = 0.05;
    tns_point west = tns_placement_apply(placement, (tns_point){at.x - h, at.y});
    tns_point east = tns_placement_apply(placement, (tns_point){at.x + h, at.y});
    tns_point north = tns_placement_apply(placement, (tns_point){at.x, at.y - h});
    tns_point south = tns_placement_apply(placement, (tns_point){at.x, at.y + h});
    double cross =
        (east.x - west.x) * (south.y - north.y) - (east.y - west.y) * (south.x - north.x);
    return sqrt(fabs(cross)) / (2 * h);
}
