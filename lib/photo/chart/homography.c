/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gsl/gsl_linalg.h>

#include "color/numeric.h"
#include "photo/chart/homography.h"

enum { POINTS_MAX = 256 };

/* p -> (p - center) scale: centred, mean distance sqrt 2. */
typedef struct normal {
    tns_point center;
    double scale;
} normal;

static normal normal_of(const tns_point *p, size_t n)
{
    normal out = {{0, 0}, 0};
    for (size_t i = 0; i < n; i++) {
        out.center.x += p[i].x / (double)n;
        out.center.y += p[i].y / (double)n;
    }
    for (size_t i = 0; i < n; i++)
        out.scale += hypot(p[i].x - out.center.x, p[i].y - out.center.y) / (double)n;
    out.scale = out.scale > 0 ? sqrt(2) / out.scale : 0;
    return out;
}

static tns_point normalised(normal by, tns_point p)
{
    return (tns_point){(p.x - by.center.x) * by.scale, (p.y - by.center.y) * by.scale};
}

/* Two rows of the system A h = 0. */
static void set_rows(gsl_matrix *a, size_t i, tns_point from, tns_point to)
{
    const double u[9] = {from.x, from.y, 1, 0, 0, 0, -to.x * from.x, -to.x * from.y, -to.x};
    const double v[9] = {0, 0, 0, from.x, from.y, 1, -to.y * from.x, -to.y * from.y, -to.y};
    for (size_t k = 0; k < 9; k++) {
        gsl_matrix_set(a, 2 * i, k, u[k]);
        gsl_matrix_set(a, 2 * i + 1, k, v[k]);
    }
}

tns_homography tns_homography_product(const tns_homography *a, const tns_homography *b)
{
    tns_homography out = {{{0}}};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            for (int k = 0; k < 3; k++)
                out.h[i][j] += a->h[i][k] * b->h[k][j];
    return out;
}

static tns_homography denormalised(const double h[9], normal from, normal to)
{
    tns_homography core = {{{h[0], h[1], h[2]}, {h[3], h[4], h[5]}, {h[6], h[7], h[8]}}};
    tns_homography before = {{{from.scale, 0, -from.center.x * from.scale},
                              {0, from.scale, -from.center.y * from.scale},
                              {0, 0, 1}}};
    tns_homography after = {
        {{1 / to.scale, 0, to.center.x}, {0, 1 / to.scale, to.center.y}, {0, 0, 1}}};
    tns_homography half = tns_homography_product(&core, &before);
    return tns_homography_product(&after, &half);
}

/* The right singular vector of the smallest singular value, when that is the only small one. */
static bool null_vector(gsl_matrix *a, double h[9])
{
    gsl_matrix *v = gsl_matrix_alloc(9, 9);
    gsl_vector *s = gsl_vector_alloc(9), *work = gsl_vector_alloc(9);
    bool done = v && s && work && gsl_linalg_SV_decomp(a, v, s, work) == GSL_SUCCESS &&
                gsl_vector_get(s, 7) > 1e-9 * gsl_vector_get(s, 0);
    for (size_t k = 0; k < 9 && done; k++)
        h[k] = gsl_matrix_get(v, k, 8);
    gsl_matrix_free(v);
    gsl_vector_free(s);
    gsl_vector_free(work);
    return done;
}

bool tns_homography_fit(const tns_point *from, const tns_point *to, size_t n, tns_homography *out)
{
    tns_numeric_init();
    normal a = normal_of(from, n), b = normal_of(to, n);
    if (n < 4 || n > POINTS_MAX || a.scale == 0 || b.scale == 0)
        return false;
    gsl_matrix *system =
        gsl_matrix_calloc(2 * n < 9 ? 9 : 2 * n, 9); /* SVD wants rows >= columns */
    if (!system)
        return false;
    for (size_t i = 0; i < n; i++)
        set_rows(system, i, normalised(a, from[i]), normalised(b, to[i]));
    double h[9];
    bool done = null_vector(system, h);
    gsl_matrix_free(system);
    if (done)
        *out = denormalised(h, a, b);
    return done;
}

tns_point tns_homography_apply(const tns_homography *map, tns_point p)
{
    const double(*h)[3] = map->h;
    double w = h[2][0] * p.x + h[2][1] * p.y + h[2][2];
    return (tns_point){(h[0][0] * p.x + h[0][1] * p.y + h[0][2]) / w,
                       (h[1][0] * p.x + h[1][1] * p.y + h[1][2]) / w};
}

/* The adjugate: a homography has no scale of its own. */
tns_homography tns_homography_inverse(const tns_homography *map)
{
    tns_homography out;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            int r = (j + 1) % 3, s = (j + 2) % 3, c = (i + 1) % 3, d = (i + 2) % 3;
            out.h[i][j] = map->h[r][c] * map->h[s][d] - map->h[r][d] * map->h[s][c];
        }
    return out;
}

bool tns_corners_are_convex(const tns_point corners[4])
{
    int left = 0, right = 0;
    for (int i = 0; i < 4; i++) {
        tns_point a = corners[i], b = corners[(i + 1) % 4], c = corners[(i + 2) % 4];
        double turn = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
        left += turn > 1;
        right += turn < -1;
    }
    return left == 4 || right == 4;
}
