/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The window is drawn anew as seen from above, in the logarithm of light; over that the chart's
 * patches are laid in every size and way round, and the order of the colors is scored at five
 * points of each patch. The best is then moved by ever smaller steps.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "photo/chart/order.h"
#include "photo/tags/window.h"

enum { POINTS = 5, GRID_MOST = 160 };

/*
 * How far from a patch's middle the other four points are, in its sides: nearer and nearer to the
 * edges, so that the best is the middle. While sizes and places are tried in steps, its middle
 * alone is looked at.
 */
static const double REACHES[3] = {0.2, 0.3, 0.4};

/* The smallest chart that is looked for, as a share of the largest that fits. */
static const double LEAST_SIZE = 0.3;

/* The window from above: `step` mm a cell. */
typedef struct ground {
    int width, height;
    double step;
    float (*log_light)[3];
} ground;

/* The chart on it: middle, mm a pitch, angle. */
typedef struct pose {
    double x, y, pitch, angle;
} pose;

typedef struct searcher {
    const tns_chart *chart;
    const tns_holder_window *window;
    ground ground;
    double reference[TNS_CHART_PATCHES_MAX][3]; /* centred */
    double reference_squares;
    int points; /* looked at of each patch */
    double reach;
    tns_point middle; /* of the chart, in pitches */
} searcher;

static bool read_light(const tns_light *light, tns_point p, float rgb[3])
{
    const tns_image_info *info = tns_image_describe(light->image);
    float one[1][3];
    if (!(p.x >= 0 && p.y >= 0 && p.x < info->width && p.y < info->height))
        return false;
    tns_light_read(light, (int)p.x, (int)p.y, 1, one);
    memcpy(rgb, one[0], sizeof one[0]);
    return true;
}

/* The mean of nine points of a cell: what lies outside the picture is dark. */
static void draw_cell(const tns_light *light, const tns_sheet *sheet, double x, double y,
                      double step, float out[3])
{
    double sum[3] = {0};
    for (int k = 0; k < 9; k++) {
        float rgb[3] = {0, 0, 0};
        tns_point mm = {x + (k % 3 - 1) * step / 3, y + (k / 3 - 1) * step / 3};
        read_light(light, tns_homography_apply(&sheet->to_px, mm), rgb);
        for (int c = 0; c < 3; c++)
            sum[c] += rgb[c] / 9;
    }
    for (int c = 0; c < 3; c++)
        out[c] = (float)log(fmax(sum[c], 1e-4));
}

static bool draw_ground(const tns_light *light, const tns_sheet *sheet, ground *out)
{
    const tns_holder_window *w = &sheet->holder.chart_window;
    out->step = fmax(w->width, w->height) / GRID_MOST;
    out->width = (int)(w->width / out->step);
    out->height = (int)(w->height / out->step);
    out->log_light = malloc((size_t)out->width * (size_t)out->height * sizeof *out->log_light);
    for (int i = 0; out->log_light && i < out->width * out->height; i++)
        draw_cell(light, sheet, w->x + (i % out->width + 0.5) * out->step,
                  w->y + (i / out->width + 0.5) * out->step, out->step, out->log_light[i]);
    return out->log_light != NULL;
}

static void set_reference(searcher *s)
{
    double mean[3] = {0};
    int n = s->chart->count;
    for (int i = 0; i < n; i++) {
        tns_reference_log_light(s->chart->patch[i].reference, s->reference[i]);
        for (int c = 0; c < 3; c++)
            mean[c] += s->reference[i][c] / n;
    }
    for (int i = 0; i < n; i++)
        for (int c = 0; c < 3; c++) {
            s->reference[i][c] -= mean[c];
            s->reference_squares += s->reference[i][c] * s->reference[i][c];
        }
}

/* Where a point of the chart lies in the window, in mm. */
static tns_point place(const searcher *s, const pose *p, double x, double y)
{
    double u = (x - s->middle.x) * p->pitch, v = (y - s->middle.y) * p->pitch;
    return (tns_point){p->x + u * cos(p->angle) - v * sin(p->angle),
                       p->y + u * sin(p->angle) + v * cos(p->angle)};
}

/* As tns_order_score, over five points of each patch; -1 where a patch leaves the window. */
static double score_of(const searcher *s, const pose *p)
{
    static const int cross[POINTS][2] = {{0, 0}, {1, 1}, {-1, 1}, {1, -1}, {-1, -1}};
    const ground *g = &s->ground;
    double xy = 0, x[3] = {0}, xx[3] = {0};
    double reach = s->reach * s->chart->patch_share;
    double co = cos(p->angle) * p->pitch, si = sin(p->angle) * p->pitch;
    for (int i = 0; i < s->chart->count; i++)
        for (int k = 0; k < s->points; k++) {
            double u = s->chart->patch[i].x - s->middle.x + cross[k][0] * reach;
            double v = s->chart->patch[i].y - s->middle.y + cross[k][1] * reach;
            int column = (int)((p->x + u * co - v * si) / g->step);
            int row = (int)((p->y + u * si + v * co) / g->step);
            if (column < 0 || row < 0 || column >= g->width || row >= g->height)
                return -1;
            const float *at = g->log_light[row * g->width + column];
            for (int c = 0; c < 3; c++) {
                double value = (double)at[c];
                x[c] += value;
                xx[c] += value * value;
                xy += value * s->reference[i][c];
            }
        }
    double n = (double)(s->points * s->chart->count), squares = 0;
    for (int c = 0; c < 3; c++)
        squares += xx[c] - x[c] * x[c] / n;
    return squares > 0 ? xy / sqrt(squares * s->points * s->reference_squares) : 0;
}

/* The largest pitch at which the chart fits into the window, its outer patches whole. */
static double largest_pitch(const searcher *s, double angle)
{
    double w = 2 * s->middle.x + s->chart->patch_share, h = 2 * s->middle.y + s->chart->patch_share;
    double co = fabs(cos(angle)), si = fabs(sin(angle));
    return fmin(s->window->width / (w * co + h * si), s->window->height / (w * si + h * co));
}

static void try_size(const searcher *s, double angle, double pitch, pose *best, double *score)
{
    for (double y = 0; y < s->window->height; y += pitch / 4)
        for (double x = 0; x < s->window->width; x += pitch / 4) {
            pose p = {x, y, pitch, angle};
            double value = score_of(s, &p);
            if (value > *score) {
                *score = value;
                *best = p;
            }
        }
}

static void search_way(const searcher *s, double way, pose *best, double *score)
{
    for (int turn = -2; turn <= 2; turn++) {
        double angle = way + turn * 0.06;
        double most = largest_pitch(s, angle);
        for (double pitch = most; pitch > LEAST_SIZE * most; pitch *= 0.94)
            try_size(s, angle, pitch, best, score);
    }
}

static void settle(searcher *s, double reach, pose *best, double *score)
{
    s->reach = reach;
    s->points = POINTS;
    *score = score_of(s, best);
    double step[4] = {best->pitch / 8, best->pitch / 8, best->pitch / 32, 0.03};
    for (int round = 0; round < 12; round++) {
        for (int k = 0; k < 8; k++) {
            pose p = *best;
            double *axis[4] = {&p.x, &p.y, &p.pitch, &p.angle};
            *axis[k / 2] += k % 2 ? step[k / 2] : -step[k / 2];
            double value = score_of(s, &p);
            if (value > *score) {
                *score = value;
                *best = p;
            }
        }
        for (int k = 0; k < 4; k++)
            step[k] *= 0.75;
    }
}

static bool to_placement(const searcher *s, const tns_light *light, const tns_sheet *sheet,
                         const pose *p, tns_placement *out)
{
    tns_point corners[4];
    for (int k = 0; k < 4; k++) {
        const tns_chart_patch *patch = &s->chart->patch[tns_chart_corner(s->chart, k)];
        tns_point mm = place(s, p, patch->x, patch->y);
        mm.x += s->window->x;
        mm.y += s->window->y;
        corners[k] = tns_homography_apply(&sheet->to_px, mm);
    }
    return tns_placement_of_corners(light->image, s->chart, corners, out);
}

bool tns_window_search(const tns_light *light, const tns_chart *chart, const tns_sheet *sheet,
                       tns_placement *out, double *score, double *second)
{
    static const double right_angle = 1.57079632679489662;
    const tns_chart_patch *last = &chart->patch[chart->count - 1];
    searcher *s = calloc(1, sizeof *s);
    pose best = {0, 0, 1, 0};
    bool drawn = s && sheet->holder.chart_window.width > 0;
    *score = *second = -1;
    if (drawn) {
        s->chart = chart;
        s->window = &sheet->holder.chart_window;
        s->points = 1;
        s->middle = (tns_point){last->x / 2, last->y / 2};
        drawn = draw_ground(light, sheet, &s->ground);
        set_reference(s);
    }
    for (int way = 0; way < 4 && drawn; way++) {
        pose found = {0, 0, 1, 0};
        double value = -1;
        search_way(s, way * right_angle, &found, &value);
        if (value > *score) {
            *second = *score;
            *score = value;
            best = found;
        } else if (value > *second) {
            *second = value;
        }
    }
    bool done = drawn && *score > 0;
    for (int k = 0; k < 3 && done; k++)
        settle(s, REACHES[k], &best, score);
    done = done && to_placement(s, light, sheet, &best, out);
    if (s)
        free(s->ground.log_light);
    free(s);
    return done;
}
