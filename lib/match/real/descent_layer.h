/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the amounts in the lanes of a descent to what is seen of them, and its slopes in K and S:
 * for kernels (base/cpu.h), a band at a time.
 */
#ifndef MATCH_REAL_DESCENT_LAYER_H
#define MATCH_REAL_DESCENT_LAYER_H

#include <math.h>

#include "match/bound/single.h"
#include "match/real/descent_kernels.h"

/* By band, then by lane. */
typedef float tns_lane_field[TNS_BANDS][TNS_LANES];

/* dR/dK of an opaque layer is infinite at K = 0. */
#define TNS_LEAST_CURVED 1e-12F

/* What is mixed in each lane. */
typedef struct tns_lane_mixture {
    tns_lane_row part[TNS_SCREEN_PARTS]; /* amounts that together make 1 of liquid */
    tns_lane_row share[TNS_PARTS_MAX];   /* of the diluent that each ink takes */
    tns_lane_row undiluted;              /* 1 - shade / max_shade */
} tns_lane_mixture;

/* At the logarithms of l->next. */
TNS_KERNEL_INLINE void tns_lane_mixture_set(const tns_descent_goal *goal,
                                            const tns_descent_lanes *l, tns_lane_mixture *m)
{
    const int inks = l->inks;
    tns_lane_row liquid = {0}, taken = {0};
    for (int j = 0; j < inks; j++)
        for (int i = 0; i < TNS_LANES; i++) {
            float part = tns_single_exp(l->next[j][i]);
            m->part[j][i] = part;
            liquid[i] += part * l->amount[j][i];
            taken[i] += part * l->takes[j][i];
        }
    if (goal->max_shade > 0) {
        for (int i = 0; i < TNS_LANES; i++) {
            float shade = 1 / (1 + tns_single_exp(-l->next[inks][i]));
            m->undiluted[i] = 1 - shade;
            m->part[inks][i] = goal->max_shade * shade * taken[i];
            liquid[i] += m->part[inks][i] * l->amount[inks][i];
        }
        for (int j = 0; j < inks; j++)
            for (int i = 0; i < TNS_LANES; i++)
                m->share[j][i] = m->part[j][i] * l->takes[j][i] / taken[i];
    }
    for (int j = 0; j < inks + (goal->max_shade > 0); j++)
        for (int i = 0; i < TNS_LANES; i++)
            m->part[j][i] /= liquid[i];
}

/* K and S of the mixture in one band. */
TNS_KERNEL_INLINE void tns_lane_mix(const tns_descent_lanes *l, const tns_lane_mixture *m,
                                    int parts, int b, tns_lane_row K, tns_lane_row S)
{
    for (int i = 0; i < TNS_LANES; i++) {
        K[i] = m->part[0][i] * l->K[0][b][i];
        S[i] = m->part[0][i] * l->S[0][b][i];
    }
    for (int j = 1; j < parts; j++)
        for (int i = 0; i < TNS_LANES; i++) {
            K[i] += m->part[j][i] * l->K[j][b][i];
            S[i] += m->part[j][i] * l->S[j][b][i];
        }
}

/*
 * An opaque layer's R = S / (K + S + t), t^2 = K (K + 2S), seen as c0 + c1 R / (1 - c2 R) = c0 + c1
 * S / E, E = K + (1 - c2) S + t. Its slopes in K and S are -m S and m K, m = c1 (K + S + t) / (t
 * E^2): only the ratio of K and S counts, and the liquid does not.
 */
TNS_KERNEL_INLINE void tns_lane_see_opaque(const tns_screen_surface *s, int b, const tns_lane_row K,
                                           const tns_lane_row S, tns_lane_row seen,
                                           tns_lane_row by_K, tns_lane_row by_S)
{
    const float c0 = s->c0[b], c1 = s->c1[b], rest = 1 - s->c2[b];
    for (int i = 0; i < TNS_LANES; i++) {
        float t = sqrtf(tns_single_greater(K[i] * (K[i] + 2 * S[i]), TNS_LEAST_CURVED));
        float E = K[i] + rest * S[i] + t, over = 1 / (t * E), below = t * over;
        float m = c1 * (K[i] + S[i] + t) * below * over;
        seen[i] = c0 + c1 * S[i] * below;
        by_K[i] = -m * S[i];
        by_S[i] = m * K[i];
    }
}

/* Reflectance and its slopes in K and S. */
typedef struct tns_single_film {
    float R, by_K, by_S;
} tns_single_film;

/*
 * A film of thickness 1 in the form of tns_km_film_slopes: with y^2 = K (K + 2S), c = y coth y, R =
 * (S - Rg (K + S - c)) / (K + S - Rg S + c). For small y, c and dc/dy^2 by their series.
 */
TNS_KERNEL_INLINE tns_single_film tns_single_film_at(float K, float S, float Rg)
{
    float y2 = tns_single_greater(K * (K + 2 * S), TNS_LEAST_CURVED), y = sqrtf(y2);
    float E = tns_single_exp(-2 * y), lost = 1 - E, over = 1 / (y * lost);
    float c = y2 * (1 + E) * over, slope = (1 + E) / 2 * over - 2 * E * y2 * over * over;
    float near_c = 1 + y2 * (1.0F / 3 - y2 * (1.0F / 45 - y2 * (2.0F / 945)));
    float near_slope = 1.0F / 3 - y2 * (2.0F / 45 - y2 * (2.0F / 315 - y2 * (4.0F / 4725)));
    c = y2 < 0.25F ? near_c : c;
    slope = y2 < 0.25F ? near_slope : slope;
    float below = 1 / (K + S - Rg * S + c), c_K = 2 * slope * (K + S), c_S = 2 * slope * K;
    float R = (S - Rg * (K + S - c)) * below;
    tns_single_film out = {R, (Rg * (c_K - 1) - R * (c_K + 1)) * below,
                           ((1 - Rg) + Rg * c_S - R * ((1 - Rg) + c_S)) * below};
    return out;
}

TNS_KERNEL_INLINE void tns_lane_see_film(const tns_screen_surface *s, int b, const tns_lane_row K,
                                         const tns_lane_row S, tns_lane_row seen, tns_lane_row by_K,
                                         tns_lane_row by_S)
{
    const float c0 = s->c0[b], c1 = s->c1[b], c2 = s->c2[b], Rg = s->backing[b];
    const float host_K = s->host_K[b], host_S = s->host_S[b], load = s->load[b];
    for (int i = 0; i < TNS_LANES; i++) {
        tns_single_film at = tns_single_film_at(host_K + load * K[i], host_S + load * S[i], Rg);
        float over = 1 / (1 - c2 * at.R), slope = load * c1 * over * over;
        seen[i] = c0 + c1 * at.R * over;
        by_K[i] = slope * at.by_K;
        by_S[i] = slope * at.by_S;
    }
}

#endif
