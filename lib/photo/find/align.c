/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Baker and Matthews, "Lucas-Kanade 20 years on", IJCV 56, 221 (2004), with the mean of the
 * drawing's and the image's gradients (Malis, ICRA 2004).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "photo/decode/reduce.h"
#include "photo/find/align.h"

enum { GRID = 12, CELLS = GRID * GRID, FREE = 8, STEPS = 7 };

static const double STEP_LEAST = 0.02; /* of the blur: less than this is no step more */

/* Samples reach from a patch's middle to half a pitch and a little. */
static const double CELL = 1.08;

static const double PITCH_WANTED = 12; /* pixels of the close-up */

static const double HUBER = 0.06; /* of the encoding's range: what is not the chart counts less */

/* Contrast below which an edge says nothing: mean squared gradient, encoding's range per pitch. */
static const double GRADIENT_LEAST = 0.02;

static void bound(const tns_chart *chart, const tns_placement *placement, tns_point *low,
                  tns_point *high)
{
    *low = (tns_point){INFINITY, INFINITY};
    *high = (tns_point){-INFINITY, -INFINITY};
    for (int k = 0; k < 4; k++) {
        tns_point at = tns_chart_place(chart, tns_chart_corner(chart, k));
        at.x += k == 0 || k == 3 ? -1 : 1;
        at.y += k < 2 ? -1 : 1;
        tns_point p = tns_placement_apply(placement, at);
        *low = (tns_point){fmin(low->x, p.x), fmin(low->y, p.y)};
        *high = (tns_point){fmax(high->x, p.x), fmax(high->y, p.y)};
    }
}

bool tns_close_up_make(const tns_image *image, const tns_chart *chart,
                       const tns_placement *placement, tns_close_up *out)
{
    const tns_image_info *info = tns_image_describe(image);
    tns_point low, high;
    bound(chart, placement, &low, &high);
    memset(out, 0, sizeof *out);
    out->x = (int)fmin(fmax(low.x, 0), info->width - 1);
    out->y = (int)fmin(fmax(low.y, 0), info->height - 1);
    int width = (int)fmin(fmax(high.x + 1, 0), info->width) - out->x;
    int height = (int)fmin(fmax(high.y + 1, 0), info->height) - out->y;
    double pitch = tns_placement_pitch(placement, tns_chart_place(chart, chart->count / 2));
    out->factor = (int)fmin(fmax(floor(pitch / PITCH_WANTED), 1), TNS_REDUCE_MOST);
    out->width = width / out->factor;
    out->height = height / out->factor;
    if (width < 1 || height < 1 || out->width < 2 || out->height < 2)
        return false;
    out->rgb = malloc((size_t)out->width * (size_t)out->height * sizeof *out->rgb);
    tns_window window = {out->x, out->y, width, height};
    if (out->rgb && tns_image_reduce(image, window, out->factor, out->rgb))
        return true;
    tns_close_up_finish(out);
    return false;
}

void tns_close_up_finish(tns_close_up *close_up)
{
    free(close_up->rgb);
    memset(close_up, 0, sizeof *close_up);
}

/* Between four pixels, 0..1. False outside; there the border goes on. */
static bool color_at(const tns_close_up *c, tns_point p, double out[3])
{
    double wanted_x = (p.x - c->x) / c->factor - 0.5, wanted_y = (p.y - c->y) / c->factor - 0.5;
    double x = fmin(fmax(wanted_x, 0), c->width - 1.001);
    double y = fmin(fmax(wanted_y, 0), c->height - 1.001);
    int i = (int)x, j = (int)y;
    double u = x - i, v = y - j;
    const uint8_t(*up)[3] = (const uint8_t(*)[3])c->rgb + (size_t)j * (size_t)c->width + i;
    const uint8_t(*low)[3] = up + c->width;
    for (int k = 0; k < 3; k++)
        out[k] = ((1 - v) * ((1 - u) * up[0][k] + u * up[1][k]) +
                  v * ((1 - u) * low[0][k] + u * low[1][k])) /
                 255;
    return fabs(wanted_x - x) < 1 && fabs(wanted_y - y) < 1;
}

/* One patch and what is round it, as the image has it and as it is drawn. */
typedef struct cell {
    tns_point at[GRID][GRID]; /* from the patch's middle */
    bool is_seen[GRID][GRID]; /* in the image */
    double image[GRID][GRID][3];
    double miss[GRID][GRID][3]; /* image - drawing */
    double slope[GRID][GRID][3][2];
} cell;

/* 1 inside, 0 outside of a side of the patch; a logistic step. */
static double inside(double d, double half, double blur, double *slope)
{
    double left = 1 / (1 + exp(-(d + half) / blur)), right = 1 / (1 + exp((d - half) / blur));
    *slope = (left * (1 - left) * right - right * (1 - right) * left) / blur;
    return left * right;
}

static void look(const tns_close_up *c, const tns_placement *placement, tns_point patch, cell *out)
{
    for (int j = 0; j < GRID; j++)
        for (int i = 0; i < GRID; i++) {
            tns_point d = {CELL * ((i + 0.5) / GRID - 0.5), CELL * ((j + 0.5) / GRID - 0.5)};
            out->at[j][i] = d;
            out->is_seen[j][i] = color_at(
                c, tns_placement_apply(placement, (tns_point){patch.x + d.x, patch.y + d.y}),
                out->image[j][i]);
        }
}

/* Least squares of the image by `a` inside + `b` outside. */
static void levels(const cell *c, double (*weight)[GRID], int channel, double *a, double *b)
{
    double n = 0, w = 0, ww = 0, v = 0, wv = 0;
    for (int j = 0; j < GRID; j++)
        for (int i = 0; i < GRID; i++) {
            double k = weight[j][i], x = c->image[j][i][channel];
            if (!c->is_seen[j][i])
                continue;
            n += 1;
            w += k;
            ww += k * k;
            v += x;
            wv += k * x;
        }
    n = fmax(n, 1);
    double spread = ww - w * w / n;
    double rise = spread > 1e-9 ? (wv - w * v / n) / spread : 0;
    *b = (v - rise * w) / n;
    *a = *b + rise;
}

static double image_slope(const cell *c, int j, int i, int channel, bool down)
{
    int lo = down ? j : i, hi = lo;
    lo -= lo > 0;
    hi += hi < GRID - 1;
    double step = CELL / GRID * (hi - lo);
    return down ? (c->image[hi][i][channel] - c->image[lo][i][channel]) / step
                : (c->image[j][hi][channel] - c->image[j][lo][channel]) / step;
}

static void draw(cell *c, double half, double blur)
{
    double weight[GRID][GRID], u_slope[GRID], v_slope[GRID], u[GRID], v[GRID];
    for (int i = 0; i < GRID; i++) {
        u[i] = inside(c->at[0][i].x, half, blur, &u_slope[i]);
        v[i] = inside(c->at[i][0].y, half, blur, &v_slope[i]);
    }
    for (int j = 0; j < GRID; j++)
        for (int i = 0; i < GRID; i++)
            weight[j][i] = u[i] * v[j];
    for (int k = 0; k < 3; k++) {
        double a, b;
        levels(c, weight, k, &a, &b);
        for (int j = 0; j < GRID; j++)
            for (int i = 0; i < GRID; i++) {
                double takes = c->is_seen[j][i] ? 1 : 0;
                c->miss[j][i][k] = takes * (c->image[j][i][k] - (b + (a - b) * weight[j][i]));
                c->slope[j][i][k][0] =
                    takes * ((a - b) * u_slope[i] * v[j] + image_slope(c, j, i, k, false)) / 2;
                c->slope[j][i][k][1] =
                    takes * ((a - b) * u[i] * v_slope[j] + image_slope(c, j, i, k, true)) / 2;
            }
    }
}

static double weight_of(double miss)
{
    return fabs(miss) <= HUBER ? 1 : HUBER / fabs(miss);
}

/* Normal equations of the eight numbers of a small projective change. */
typedef struct normal {
    double a[FREE][FREE], b[FREE];
} normal;

/* `p` in the chart, from its middle, half extents 1. */
static void add_cell(normal *n, const cell *c, tns_point p, tns_point scale)
{
    for (int j = 0; j < GRID; j++)
        for (int i = 0; i < GRID; i++) {
            double u = p.x + c->at[j][i].x * scale.x, v = p.y + c->at[j][i].y * scale.y;
            for (int k = 0; k < 3; k++) {
                double gu = c->slope[j][i][k][0] / scale.x, gv = c->slope[j][i][k][1] / scale.y;
                double bend = gu * u + gv * v, w = weight_of(c->miss[j][i][k]);
                const double row[FREE] = {gu,     gu * u, gu * v,   gv,
                                          gv * u, gv * v, bend * u, bend * v};
                for (int r = 0; r < FREE; r++) {
                    n->b[r] -= w * row[r] * c->miss[j][i][k];
                    for (int s = 0; s <= r; s++)
                        n->a[r][s] += w * row[r] * row[s];
                }
            }
        }
}

/* By Cholesky's method; a little is added to the diagonal. */
static bool solve(normal *n, double x[FREE])
{
    for (int i = 0; i < FREE; i++)
        n->a[i][i] = n->a[i][i] * 1.001 + 1e-9;
    for (int i = 0; i < FREE; i++)
        for (int j = 0; j <= i; j++) {
            double s = n->a[i][j];
            for (int k = 0; k < j; k++)
                s -= n->a[i][k] * n->a[j][k];
            if (i == j && s <= 0)
                return false;
            n->a[i][j] = i == j ? sqrt(s) : s / n->a[j][j];
        }
    for (int i = 0; i < FREE; i++) {
        x[i] = n->b[i];
        for (int k = 0; k < i; k++)
            x[i] -= n->a[i][k] * x[k];
        x[i] /= n->a[i][i];
    }
    for (int i = FREE - 1; i >= 0; i--) {
        for (int k = i + 1; k < FREE; k++)
            x[i] -= n->a[k][i] * x[k];
        x[i] /= n->a[i][i];
    }
    return true;
}

/* The map after the change `x`, which is told in coordinates from the chart's middle. */
static tns_homography changed(const tns_homography *map, const double x[FREE], tns_point middle,
                              tns_point scale)
{
    tns_homography to = {
        {{scale.x, 0, -middle.x * scale.x}, {0, scale.y, -middle.y * scale.y}, {0, 0, 1}}};
    tns_homography change = {{{1 + x[1], x[2], x[0]}, {x[4], 1 + x[5], x[3]}, {-x[6], -x[7], 1}}};
    tns_homography from = tns_homography_inverse(&to), a = tns_homography_product(&change, &to),
                   b = tns_homography_product(&from, &a);
    return tns_homography_product(map, &b);
}

bool tns_align(const tns_close_up *close_up, const tns_chart *chart, const bool *takes, double blur,
               tns_placement *placement)
{
    tns_point last = tns_chart_place(chart, chart->count - 1);
    tns_point middle = {last.x / 2, last.y / 2};
    tns_point scale = {2 / fmax(last.x, 1), 2 / fmax(last.y, 1)};
    for (int step = 0; step < STEPS; step++) {
        normal n = {{{0}}, {0}};
        double x[FREE], most = 0;
        cell c;
        for (int i = 0; i < chart->count; i++) {
            tns_point p = tns_chart_place(chart, i);
            if (!takes[i])
                continue;
            look(close_up, placement, p, &c);
            draw(&c, chart->patch_share / 2, blur);
            add_cell(&n, &c, (tns_point){(p.x - middle.x) * scale.x, (p.y - middle.y) * scale.y},
                     scale);
        }
        if (!solve(&n, x))
            return false;
        for (int k = 0; k < FREE; k++)
            most = fmax(most, fabs(x[k]));
        if (!(most < 0.5))
            return false;
        placement->map = changed(&placement->map, x, middle, scale);
        placement->back = tns_homography_inverse(&placement->map);
        if (most < STEP_LEAST * blur)
            break;
    }
    return true;
}

bool tns_align_patch(const tns_close_up *close_up, const tns_chart *chart, int patch, double blur,
                     const tns_placement *placement, tns_point *off)
{
    tns_point at = tns_chart_place(chart, patch);
    *off = (tns_point){0, 0};
    for (int step = 0; step < 4; step++) {
        double uu = 0, uv = 0, vv = 0, u = 0, v = 0;
        cell c;
        look(close_up, placement, (tns_point){at.x + off->x, at.y + off->y}, &c);
        draw(&c, chart->patch_share / 2, blur);
        for (int k = 0; k < 3 * CELLS; k++) {
            double m = (&c.miss[0][0][0])[k], *g = (&c.slope[0][0][0])[k], w = weight_of(m);
            uu += w * g[0] * g[0];
            uv += w * g[0] * g[1];
            vv += w * g[1] * g[1];
            u -= w * g[0] * m;
            v -= w * g[1] * m;
        }
        double determinant = uu * vv - uv * uv;
        if (fmin(uu, vv) < GRADIENT_LEAST * CELLS || determinant < 0.1 * uu * vv)
            return false;
        tns_point more = {(vv * u - uv * v) / determinant, (uu * v - uv * u) / determinant};
        *off = (tns_point){off->x + more.x, off->y + more.y};
        if (!(hypot(off->x, off->y) < 0.4))
            return false;
    }
    return true;
}

double tns_align_share(const tns_close_up *close_up, const tns_chart *chart, int patch, double blur,
                       const tns_placement *placement)
{
    double left = 0, all = 0;
    cell c;
    look(close_up, placement, tns_chart_place(chart, patch), &c);
    draw(&c, chart->patch_share / 2, blur);
    for (int k = 0; k < 3; k++) {
        double n = 0, sum = 0, squares = 0;
        for (int i = 0; i < CELLS; i++) {
            double x = c.image[i / GRID][i % GRID][k], miss = c.miss[i / GRID][i % GRID][k];
            if (!c.is_seen[i / GRID][i % GRID])
                continue;
            n += 1;
            sum += x;
            squares += x * x;
            left += miss * miss;
        }
        all += squares - sum * sum / fmax(n, 1);
    }
    return all > 0 ? 1 - left / all : 0;
}
