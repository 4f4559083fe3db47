/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/lanes.h"
#include "match/real/descent_difference.h"
#include "match/real/descent_layer.h"
#include "match/real/pull_kernels.h"

enum { LANES = TNS_LANES };

/* Mixtures, by band. */
typedef struct mixtures {
    tns_lane_mixture of;
    tns_lane_field K, S;
} mixtures;

/* What one more of K, of S, and of the liquid does to half the sum of squares. */
typedef struct weights {
    tns_lane_field K, S;
    tns_lane_row liquid;
} weights;

/* Slopes of what is seen on each surface. */
typedef struct slopes {
    tns_lane_field K, S;
} slopes;

static void mix(const tns_descent_goal *goal, const tns_descent_lanes *l, mixtures *out)
{
    const int parts = l->inks + (goal->max_shade > 0);
    tns_lane_mixture_set(goal, l, &out->of);
    for (int b = 0; b < TNS_BANDS; b++)
        tns_lane_mix(l, &out->of, parts, b, out->K[b], out->S[b]);
}

static void see(const tns_screen_surface *s, const mixtures *m, tns_lane_field seen, slopes *by)
{
    for (int b = 0; b < TNS_BANDS; b++)
        if (s->opaque)
            tns_lane_see_opaque(s, b, m->K[b], m->S[b], seen[b], by->K[b], by->S[b]);
        else
            tns_lane_see_film(s, b, m->K[b], m->S[b], seen[b], by->K[b], by->S[b]);
}

/* Half the slopes of one viewing's square in X, Y, Z. */
static void weigh_xyz(const float target[3], float weight, tns_lane_row xyz[3], tns_lane_row out[3])
{
    tns_lane_row f[3], slope[3];
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < LANES; i++)
            f[k][i] = tns_single_compressed_slope(xyz[k][i], &slope[k][i]);
    for (int i = 0; i < LANES; i++) {
        tns_difference_slopes d = tns_difference_of(
            target, 116 * f[1][i] - 16, 500 * (f[0][i] - f[1][i]), 200 * (f[1][i] - f[2][i]));
        float L = 116 * weight * d.l * d.by_L;
        float a = 500 * weight * (d.x * d.x_by_a + d.y * d.y_by_a);
        float b = 200 * weight * (d.x * d.x_by_b + d.y * d.y_by_b);
        out[0][i] = slope[0][i] * a;
        out[1][i] = slope[1][i] * (L - a + b);
        out[2][i] = slope[2][i] * -b;
    }
}

/* Half the slopes of the squares of what is seen, in each band of it. */
static void weigh_bands(const tns_descent_goal *goal, const float *weight, tns_lane_field seen,
                        tns_lane_field out)
{
    memset(out, 0, sizeof(tns_lane_field));
    for (int v = 0; v < goal->eye->viewings; v++) {
        const float *const eye[3] = {goal->eye->xyz[v][0], goal->eye->xyz[v][1],
                                     goal->eye->xyz[v][2]};
        tns_lane_row xyz[3], same[3], by[3];
        tns_lane_dots(eye, seen[0], seen[0], TNS_BANDS, xyz, same);
        weigh_xyz(goal->target[v], weight[v], xyz, by);
        for (int b = 0; b < TNS_BANDS; b++)
            for (int i = 0; i < LANES; i++)
                out[b][i] += eye[0][b] * by[0][i] + eye[1][b] * by[1][i] + eye[2][b] * by[2][i];
    }
}

static void add_surface(float share, const mixtures *m, const slopes *by, tns_lane_field bands,
                        weights *out)
{
    for (int b = 0; b < TNS_BANDS; b++)
        for (int i = 0; i < LANES; i++) {
            float K = share * bands[b][i] * by->K[b][i], S = share * bands[b][i] * by->S[b][i];
            out->K[b][i] += K;
            out->S[b][i] += S;
            out->liquid[i] -= K * m->K[b][i] + S * m->S[b][i];
        }
}

static void weigh_each(const tns_descent_goal *goal, const mixtures *m, weights *out)
{
    for (int s = 0; s < goal->surface_count; s++) {
        tns_lane_field seen, bands;
        slopes by;
        see(&goal->surfaces[s], m, seen, &by);
        weigh_bands(goal, goal->weight[s], seen, bands);
        add_surface(1, m, &by, bands, out);
    }
}

static void weigh_blend(const tns_descent_goal *goal, const mixtures *m, weights *out)
{
    tns_lane_field seen, one, bands;
    slopes by[TNS_DESCENT_SURFACES];
    memset(seen, 0, sizeof seen);
    for (int s = 0; s < goal->surface_count; s++) {
        see(&goal->surfaces[s], m, one, &by[s]);
        for (int b = 0; b < TNS_BANDS; b++)
            for (int i = 0; i < LANES; i++)
                seen[b][i] += goal->share[s] * one[b][i];
    }
    weigh_bands(goal, goal->weight[0], seen, bands);
    for (int s = 0; s < goal->surface_count; s++)
        add_surface(goal->share[s], m, &by[s], bands, out);
}

static void pull_of(const weights *w, const tns_ink *ink, tns_lane_row out)
{
    tns_lane_row sum[2] = {{0}};
    for (int b = 0; b < TNS_BANDS; b += 2)
        for (int k = 0; k < 2; k++)
            for (int i = 0; i < LANES; i++)
                sum[k][i] += w->K[b + k][i] * ink->K[b + k] + w->S[b + k][i] * ink->S[b + k];
    for (int i = 0; i < LANES; i++)
        out[i] = sum[0][i] + sum[1][i] + w->liquid[i] * ink->amount;
}

/* The diluent that an ink's shade brings with it. */
static void add_diluent(const tns_descent_goal *goal, const tns_lane_mixture *m,
                        const tns_pull_inks *inks, const weights *w, tns_lane_row *out)
{
    tns_lane_row diluent;
    pull_of(w, inks->diluent, diluent);
    for (size_t d = 0; d < inks->count; d++)
        for (int i = 0; i < LANES; i++)
            out[d][i] += goal->max_shade * (1 - m->undiluted[i]) * inks->takes[d] * diluent[i];
}

static void pulls(const tns_descent_goal *goal, const tns_descent_lanes *lanes,
                  const tns_pull_inks *inks, tns_lane_row *out)
{
    mixtures m;
    weights w;
    memset(&w, 0, sizeof w);
    mix(goal, lanes, &m);
    if (goal->blended)
        weigh_blend(goal, &m, &w);
    else
        weigh_each(goal, &m, &w);
    for (size_t d = 0; d < inks->count; d++)
        pull_of(&w, &inks->inks[d], out[d]);
    if (goal->max_shade > 0)
        add_diluent(goal, &m.of, inks, &w, out);
}

const tns_pull_kernels TNS_KERNELS(tns_pull_kernels) = {pulls};
