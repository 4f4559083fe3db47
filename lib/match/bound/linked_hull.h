/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What films and opaque layers have in common when linked bands show them to be too far (linked.h):
 * the corners of a set of mixtures to first order, what is left of each, and the directions that
 * are tried. For the kernels of this room.
 */
#ifndef MATCH_BOUND_LINKED_HULL_H
#define MATCH_BOUND_LINKED_HULL_H

#include <math.h>
#include <string.h>

#include "base/lanes.h"
#include "match/bound/linked_reach.h"
#include "match/bound/single.h"

/* What rounding may cost (linked.h): sums over bands, f, its slopes. */
static const float TNS_TERM_ERROR = 7e-6F, TNS_F_ERROR = 5e-6F, TNS_SLOPE_ERROR = 1e-6F;

/* The mean of d may not come nearer to -1. */
static const float TNS_LEAST_THINNING = -0.98F;

/* Nearer than this much of a radius nothing was ever ruled out. */
static const float TNS_LEAST_REACH = 0.5F;

/* Most that are ever ruled out are so by these. */
enum { TNS_TURNS = 12, TNS_TRIES = 3 };

/* By corner: X, Y, Z to first order, y of those, x, and by band what is left. */
typedef struct tns_linked_hull {
    int count;
    float xyz[TNS_FILMS_MAX][TNS_LINKED_LANES], y[TNS_FILMS_MAX][TNS_LINKED_LANES];
    float low_xyz[TNS_LINKED_LANES], high_xyz[TNS_LINKED_LANES]; /* of all mixtures */
    float low_f[TNS_LINKED_LANES], high_f[TNS_LINKED_LANES];
    float x[TNS_FILMS_MAX];
    float x_low, x_high;
    /* by how much (1 + x)(R - R_0) may be less than M, and more */
    float less[TNS_FILMS_MAX][TNS_WIDE], more[TNS_FILMS_MAX][TNS_WIDE];
    float error, sum_error[TNS_LINKED_LANES]; /* of each band, and of sums over them */
} tns_linked_hull;

/* What is tried, as a sum of X, Y, Z, of bands, and a constant. */
typedef struct tns_linked_direction {
    float xyz[TNS_LINKED_LANES], band[TNS_WIDE];
    float constant, error;
} tns_linked_direction;

/* X, Y, Z of the middle, and the least and the most near enough; false where there is none. */
TNS_KERNEL_INLINE bool tns_linked_range(const tns_linked_eye *eye, const float R[TNS_WIDE],
                                        const tns_screen_films *f, float middle[TNS_LINKED_LANES],
                                        tns_linked_hull *out)
{
    float sum[2][3][TNS_LANES];
    bool some = true;
    const float *rows[3] = {R, f->R_low, f->R_high};
    tns_lane_dots(rows, eye->column[0][0], eye->column[1][0], TNS_WIDE, sum[0], sum[1]);
    for (int i = 0; i < TNS_LINKED_LANES; i++) {
        middle[i] = sum[i / TNS_LANES][0][i % TNS_LANES];
        const float low = sum[i / TNS_LANES][1][i % TNS_LANES];
        const float high = sum[i / TNS_LANES][2][i % TNS_LANES];
        out->low_xyz[i] = tns_single_greater(low - eye->below[i], eye->low[i]);
        out->high_xyz[i] = tns_single_lesser(high + eye->below[i], eye->high[i]);
        some = some && out->low_xyz[i] <= out->high_xyz[i];
    }
    for (int i = 0; i < TNS_LINKED_LANES; i++)
        out->low_f[i] = tns_single_compressed(out->low_xyz[i]);
    for (int i = 0; i < TNS_LINKED_LANES; i++)
        out->high_f[i] = tns_single_compressed(out->high_xyz[i]);
    return some;
}

TNS_KERNEL_INLINE void tns_linked_start(tns_linked_hull *hull, int count)
{
    hull->count = count;
    hull->x_low = 3e38F;
    hull->x_high = -1;
}

/* Given d of a corner by band: x, and s. */
TNS_KERNEL_INLINE void tns_linked_step(const tns_linked_eye *eye, const float d[TNS_WIDE],
                                       float s[TNS_WIDE], tns_linked_hull *hull, int corner)
{
    const float none[TNS_WIDE] = {0};
    const float x = tns_lane_dot_pair(eye->share, d, none, none, TNS_WIDE);
    for (int b = 0; b < TNS_WIDE; b++)
        s[b] = x - d[b];
    hull->x[corner] = x;
    hull->x_low = tns_single_lesser(x, hull->x_low);
    hull->x_high = tns_single_greater(x, hull->x_high);
}

/* Where the corners are to first order, three at once. */
TNS_KERNEL_INLINE void tns_linked_put(const tns_linked_eye *eye, float M[TNS_FILMS_MAX][TNS_WIDE],
                                      const float middle[TNS_LINKED_LANES], tns_linked_hull *out)
{
    for (int j = 0; j < out->count; j += 3) {
        float sum[2][3][TNS_LANES];
        const int last = out->count - 1, second = j + 1 < last ? j + 1 : last;
        const int third = j + 2 < last ? j + 2 : last;
        const float *rows[3] = {M[j], M[second], M[third]};
        tns_lane_dots(rows, eye->column[0][0], eye->column[1][0], TNS_WIDE, sum[0], sum[1]);
        for (int k = 0; k < 3 && j + k <= last; k++) {
            const float thinner = 1 / (1 + out->x[j + k]);
            for (int i = 0; i < TNS_LINKED_LANES; i++)
                out->xyz[j + k][i] = middle[i] + sum[i / TNS_LANES][k][i % TNS_LANES] * thinner;
        }
    }
}

/* y of the corners, and the mean of them. */
TNS_KERNEL_INLINE void tns_linked_look(const tns_linked_eye *eye, tns_linked_hull *c,
                                       float p[TNS_LINKED_LANES])
{
    const float each = 1 / (float)c->count;
    memset(p, 0, TNS_LINKED_LANES * sizeof *p);
    for (int j = 0; j < c->count; j++) {
        float f[TNS_LINKED_LANES], *y = c->y[j];
        for (int i = 0; i < TNS_LINKED_LANES; i++)
            f[i] = tns_single_compressed(c->xyz[j][i]);
        memset(y, 0, sizeof c->y[j]);
        for (int v = 0; v < eye->viewings; v++) {
            const float(*U)[3] = eye->U[v], *to = eye->target[v], *from = &f[3 * v];
            const float L = 116 * from[1] - to[0], a = 500 * (from[0] - from[1]) - to[1];
            const float b = 200 * (from[1] - from[2]) - to[2];
            y[3 * v] = U[0][0] * L;
            y[3 * v + 1] = U[1][1] * a + U[1][2] * b;
            y[3 * v + 2] = U[2][2] * b;
        }
        for (int i = 0; i < TNS_LINKED_LANES; i++)
            p[i] += y[i] * each;
    }
}

/* No K or S at a corner is more than twice the middle's. */
TNS_KERNEL_INLINE void tns_linked_allow_for_rounding(float step, const tns_linked_eye *eye,
                                                     const float terms[TNS_WIDE],
                                                     const float R[TNS_WIDE], tns_linked_hull *out)
{
    float term[TNS_WIDE], sum[2][3][TNS_LANES], most = 0;
    out->error = step * (1 + out->x_high);
    for (int b = 0; b < TNS_WIDE; b++)
        term[b] = TNS_TERM_ERROR * (2 * terms[b] + R[b]);
    for (int b = 0; b < TNS_WIDE; b++)
        most = tns_single_greater(term[b], most);
    const float *rows[3] = {term, term, term};
    tns_lane_dots(rows, eye->column[0][0], eye->column[1][0], TNS_WIDE, sum[0], sum[1]);
    for (int i = 0; i < TNS_LINKED_LANES; i++)
        out->sum_error[i] = sum[i / TNS_LANES][0][i % TNS_LANES] + 2 * eye->below[i] * most;
}

TNS_KERNEL_INLINE float tns_linked_dot(const float a[TNS_LINKED_LANES],
                                       const float b[TNS_LINKED_LANES])
{
    float part[TNS_LANES];
    for (int i = 0; i < TNS_LANES; i++)
        part[i] = a[i] * b[i] + a[i + 8] * b[i + 8];
    return ((part[0] + part[4]) + (part[1] + part[5])) +
           ((part[2] + part[6]) + (part[3] + part[7]));
}

/* What a direction makes of f of X, Y, Z, by U, and the constant beside it. */
TNS_KERNEL_INLINE float tns_linked_weigh_f(const tns_linked_eye *eye,
                                           const float n[TNS_LINKED_LANES],
                                           float out[TNS_LINKED_LANES])
{
    float constant = 0;
    memset(out, 0, TNS_LINKED_LANES * sizeof *out);
    for (int v = 0; v < eye->viewings; v++) {
        const float(*U)[3] = eye->U[v], *to = eye->target[v], *y = &n[3 * v];
        const float L = y[0] * U[0][0], a = y[1] * U[1][1], b = y[1] * U[1][2] + y[2] * U[2][2];
        out[3 * v] = 500 * a;
        out[3 * v + 1] = 116 * L - 500 * a + 200 * b;
        out[3 * v + 2] = -200 * b;
        constant -= L * to[0] + a * to[1] + b * to[2];
    }
    return constant;
}

/*
 * f is concave: weighed by less than 0 it is at least its tangent, anywhere, here near a corner;
 * by more than 0 at least its chord between the ends of its range.
 */
TNS_KERNEL_INLINE void tns_linked_weigh_xyz(const tns_linked_hull *c, int corner,
                                            const float by[TNS_LINKED_LANES],
                                            tns_linked_direction *out)
{
    float rest[TNS_LINKED_LANES], error[TNS_LINKED_LANES];
    for (int i = 0; i < TNS_LINKED_LANES; i++) {
        const float low = c->low_xyz[i], high = c->high_xyz[i], range = high - low;
        const float inside = tns_single_greater(c->xyz[corner][i], low);
        const float at = tns_single_lesser(inside, high), f = tns_single_compressed(at);
        const float steep = at > TNS_SINGLE_CORNER ? 1 / (3 * f * f) : 841.0F / 108;
        const float chord = (c->high_f[i] - c->low_f[i]) / (range + 1e-9F);
        const float slope = by[i] < 0 ? steep : chord;
        const float level = by[i] < 0 ? f - slope * at : c->low_f[i] - slope * low;
        const float size = fabsf(by[i]);
        out->xyz[i] = by[i] * slope;
        rest[i] = by[i] * level;
        error[i] =
            size * (TNS_F_ERROR + slope * (TNS_SLOPE_ERROR * range + c->sum_error[i] + 1e-9F));
    }
    out->error = 0;
    for (int i = 0; i < TNS_LINKED_LANES; i++) {
        out->constant += rest[i];
        out->error += error[i];
    }
}

TNS_KERNEL_INLINE void tns_linked_weigh_bands(const tns_linked_eye *eye, tns_linked_direction *d)
{
    memset(d->band, 0, sizeof d->band);
    for (int i = 0; i < 3 * eye->viewings; i++)
        for (int b = 0; b < TNS_WIDE; b++)
            d->band[b] += d->xyz[i] * eye->row[i][b];
}

/* Whether (2) holds, at every corner; written so that what is no number does not. */
TNS_KERNEL_INLINE bool tns_linked_beyond(const tns_linked_hull *c, const tns_linked_direction *d,
                                         float reach)
{
    const float most = 1 + c->x_high;
    float up[TNS_WIDE], down[TNS_WIDE], weight = 0;
    bool all = true;
    for (int b = 0; b < TNS_WIDE; b++)
        up[b] = tns_single_greater(d->band[b], 0);
    for (int b = 0; b < TNS_WIDE; b++)
        down[b] = tns_single_greater(-d->band[b], 0);
    for (int b = 0; b < TNS_WIDE; b++)
        weight += up[b] + down[b];
    const float rest = weight * c->error + 2 * most * d->error;
    for (int j = 0; j < c->count && all; j++) {
        const float ahead = tns_linked_dot(d->xyz, c->xyz[j]) + d->constant;
        const float left = tns_lane_dot_pair(up, c->less[j], down, c->more[j], TNS_WIDE);
        const float rounding =
            2 * most * TNS_TERM_ERROR * (fabsf(ahead) + reach) + TNS_TERM_ERROR * left;
        all = (1 + c->x[j]) * (ahead - reach) - left - rest - rounding > 0;
    }
    return all;
}

/* The corner that is least far along p, and how far that is times p's length. */
TNS_KERNEL_INLINE int tns_linked_nearest_along(const tns_linked_hull *c,
                                               const float p[TNS_LINKED_LANES], float *least)
{
    int nearest = 0;
    *least = 3e38F;
    for (int j = 0; j < c->count; j++) {
        const float along = tns_linked_dot(p, c->y[j]);
        nearest = along < *least ? j : nearest;
        *least = along < *least ? along : *least;
    }
    return nearest;
}

/* Moves p to the point nearest to zero on the way to a corner. */
TNS_KERNEL_INLINE bool tns_linked_turn(const tns_linked_hull *c, int corner,
                                       float p[TNS_LINKED_LANES])
{
    float to[TNS_LINKED_LANES];
    for (int i = 0; i < TNS_LINKED_LANES; i++)
        to[i] = c->y[corner][i] - p[i];
    const float square = tns_linked_dot(to, to), way = -tns_linked_dot(p, to);
    if (!(way > 0))
        return false;
    const float step = way < square ? way / square : 1;
    for (int i = 0; i < TNS_LINKED_LANES; i++)
        p[i] += step * to[i];
    return true;
}

/* Whether all is farther along p than what is within the radius; the nearest corner is. */
TNS_KERNEL_INLINE bool tns_linked_shown_by(const tns_linked_eye *eye, const tns_linked_hull *c,
                                           int corner, const float n[TNS_LINKED_LANES], float reach)
{
    tns_linked_direction d;
    float f[TNS_LINKED_LANES];
    d.constant = tns_linked_weigh_f(eye, n, f);
    tns_linked_weigh_xyz(c, corner, f, &d);
    tns_linked_weigh_bands(eye, &d);
    return tns_linked_beyond(c, &d, reach);
}

/* Where the search for a direction has come to. */
typedef struct tns_linked_aim {
    float p[TNS_LINKED_LANES];        /* of the corners' y or between them */
    float n[TNS_LINKED_LANES], reach; /* along p */
    int nearest, turns;
} tns_linked_aim;

/* Turns until all corners, to first order, are beyond what is within the radius; false = never. */
TNS_KERNEL_INLINE bool tns_linked_turn_until(const tns_linked_eye *eye, const tns_linked_hull *hull,
                                             float radius, tns_linked_aim *aim)
{
    for (; aim->turns < TNS_TURNS; aim->turns++) {
        const float length = sqrtf(tns_linked_dot(aim->p, aim->p));
        float along;
        if (!(length > TNS_LEAST_REACH * radius))
            return false;
        aim->nearest = tns_linked_nearest_along(hull, aim->p, &along);
        for (int i = 0; i < TNS_LINKED_LANES; i++)
            aim->n[i] = aim->p[i] / length;
        if (along > TNS_LEAST_REACH * radius * length) {
            aim->reach = tns_linked_reach(eye, aim->n, radius);
            if (along > aim->reach * length)
                return true;
        }
        if (!tns_linked_turn(hull, aim->nearest, aim->p))
            return false;
    }
    return false;
}

/* Given the corners' places: false = they are not even apart to first order. */
TNS_KERNEL_INLINE bool tns_linked_begin(const tns_linked_eye *eye, tns_linked_hull *hull,
                                        float radius, tns_linked_aim *aim)
{
    tns_linked_look(eye, hull, aim->p);
    aim->turns = 0;
    return tns_linked_turn_until(eye, hull, radius, aim);
}

/* Given what is left of each corner too; false = not known. */
TNS_KERNEL_INLINE bool tns_linked_apart(const tns_linked_eye *eye, const tns_linked_hull *hull,
                                        float radius, tns_linked_aim *aim)
{
    for (int tries = 0; tries < TNS_TRIES; tries++) {
        if (tns_linked_shown_by(eye, hull, aim->nearest, aim->n, aim->reach))
            return true;
        if (!tns_linked_turn(hull, aim->nearest, aim->p))
            return false;
        aim->turns++;
        if (!tns_linked_turn_until(eye, hull, radius, aim))
            return false;
    }
    return false;
}

#endif
