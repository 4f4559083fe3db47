/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "render/perspective.h"

static double turn(tns_point a, tns_point b, tns_point c)
{
    return (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
}

/* Every turn the same way; either way round, for a chart may be mirrored on purpose. */
static bool is_convex(const tns_point p[4])
{
    int left = 0;
    for (int i = 0; i < 4; i++) {
        double t = turn(p[i], p[(i + 1) % 4], p[(i + 2) % 4]);
        if (fabs(t) < 1e-6)
            return false;
        left += t > 0;
    }
    return left == 0 || left == 4;
}

/* The map of the unit square onto a quadrilateral (Heckbert, MSc thesis, Berkeley 1989, 2.2.3). */
static void square_to_quadrilateral(const tns_point p[4], double m[3][3])
{
    double dx1 = p[1].x - p[2].x, dx2 = p[3].x - p[2].x;
    double dy1 = p[1].y - p[2].y, dy2 = p[3].y - p[2].y;
    double sx = p[0].x - p[1].x + p[2].x - p[3].x, sy = p[0].y - p[1].y + p[2].y - p[3].y;
    double det = dx1 * dy2 - dx2 * dy1;
    double g = (sx * dy2 - dx2 * sy) / det, h = (dx1 * sy - sx * dy1) / det;
    const double map[3][3] = {
        {p[1].x - p[0].x + g * p[1].x, p[3].x - p[0].x + h * p[3].x, p[0].x},
        {p[1].y - p[0].y + g * p[1].y, p[3].y - p[0].y + h * p[3].y, p[0].y},
        {g, h, 1},
    };
    memcpy(m, map, sizeof map);
}

/* Up to a factor, which homogeneous coordinates do not feel: the adjugate. */
static void invert(const double m[3][3], double out[3][3])
{
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            int a = (j + 1) % 3, b = (j + 2) % 3, c = (i + 1) % 3, d = (i + 2) % 3;
            out[i][j] = m[a][c] * m[b][d] - m[a][d] * m[b][c];
        }
}

bool perspective_make(const tns_point corner[4], double width, double height, perspective *out)
{
    if (!is_convex(corner))
        return false;
    square_to_quadrilateral(corner, out->to_picture);
    for (int i = 0; i < 3; i++) {
        out->to_picture[i][0] /= width;
        out->to_picture[i][1] /= height;
    }
    invert((const double(*)[3])out->to_picture, out->to_chart);
    return true;
}

tns_point perspective_apply(const double map[3][3], double x, double y)
{
    double w = map[2][0] * x + map[2][1] * y + map[2][2];
    return (tns_point){(map[0][0] * x + map[0][1] * y + map[0][2]) / w,
                       (map[1][0] * x + map[1][1] * y + map[1][2]) / w};
}

tns_point perspective_steps(const perspective *p, double x, double y)
{
    const double(*m)[3] = p->to_chart;
    double w = m[2][0] * x + m[2][1] * y + m[2][2];
    tns_point at = perspective_apply(m, x, y);
    return (tns_point){
        hypot(m[0][0] - at.x * m[2][0], m[0][1] - at.x * m[2][1]) / fabs(w),
        hypot(m[1][0] - at.y * m[2][0], m[1][1] - at.y * m[2][1]) / fabs(w),
    };
}
