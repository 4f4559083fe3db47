/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/kubelka_munk.h>

#include "color/numeric.h"
#include "pigment/learn_mix.h"

/* How far Kubelka and Munk's additive K and S go wrong, of R + 0.03, going together over the bands;
   as the fits to real films have it. */
static const double MISFIT = 0.02, MISFIT_BANDS = 0.95;

/* A film's thickness, relative. */
static const double FILM_CV = 0.03;

static const double BRIGHTEST_BACKING = 0.9999;

/* ---- the inks ---- */

static double moved(const tns_learn_curves *c, const double *t, int b)
{
    double sum = 0;
    for (int j = 0; j < c->count; j++)
        sum += t[j] * c->value[j][b];
    return exp(fmin(fmax(sum, -30), 30));
}

void tns_learn_move(tns_learn_state *s, const double *z)
{
    for (size_t i = 0; i < s->ink_count; i++) {
        const tns_learn_ink *ink = &s->inks[i];
        const tns_pigment *p = &s->palette->pigments[ink->pigment];
        double t[TNS_LEARN_PARAMETERS_MAX];
        for (int k = 0; k < ink->count; k++) {
            t[k] = 0;
            for (int j = 0; j <= k; j++)
                t[k] += ink->mobility[k][j] * z[ink->at + j];
        }
        for (int b = 0; b < TNS_BANDS; b++) {
            s->K[ink->pigment][b] = p->K[b] * moved(s->curves, t, b);
            s->S[ink->pigment][b] =
                p->S[b] * (ink->fixed_S ? 1 : moved(s->curves, t + s->curves->count, b));
        }
    }
}

/* ---- what a mix reflects ---- */

static tns_saunderson surface_of(const tns_palette *palette)
{
    return (tns_saunderson){palette->model.k1, palette->model.k2, palette->model.specular_included};
}

static tns_km_slopes reflectance(const tns_palette *palette, const tns_mix *mix, int b, double K,
                                 double S)
{
    tns_saunderson surface = surface_of(palette);
    double below = mix->film ? tns_saunderson_internal(surface, mix->backing.value[b]) : 0;
    below = fmin(fmax(below, 0), BRIGHTEST_BACKING);
    tns_km_slopes out = mix->film ? tns_km_film_slopes(K, S, 1, below) : tns_km_opaque_slopes(K, S);
    double outside = tns_saunderson_slope(surface, out.R);
    return (tns_km_slopes){tns_saunderson_measured(surface, out.R), outside * out.dR_dK,
                           outside * out.dR_dS};
}

void tns_mix_predict(const tns_learn_state *s, const tns_mix *mix, tns_mix_slopes *out)
{
    for (int b = 0; b < TNS_BANDS; b++) {
        double K = 0, S = 0;
        for (size_t i = 0; i < mix->part_count; i++) {
            K += mix->amount[i] * s->K[mix->pigment[i]][b];
            S += mix->amount[i] * s->S[mix->pigment[i]][b];
        }
        tns_km_slopes R = reflectance(s->palette, mix, b, K, S);
        out->R[b] = R.R;
        for (size_t i = 0; i < mix->part_count; i++) {
            out->by_K[i][b] = R.dR_dK * mix->amount[i] * s->K[mix->pigment[i]][b];
            out->by_S[i][b] = R.dR_dS * mix->amount[i] * s->S[mix->pigment[i]][b];
        }
    }
}

/* ---- as a color ---- */

int tns_mix_dimension(const tns_mix *mix)
{
    return mix->from_color ? 3 : TNS_BANDS;
}

static tns_xyz xyz_of(const tns_mix *mix, const double R[TNS_BANDS])
{
    double sum[3] = {0};
    for (int k = 0; k < 3; k++)
        for (int b = 0; b < TNS_BANDS; b++)
            sum[k] += mix->viewing->weight[k][b] * R[b];
    return (tns_xyz){sum[0], sum[1], sum[2]};
}

tns_lab tns_mix_lab(const tns_mix *mix, const double R[TNS_BANDS])
{
    return tns_lab_from_xyz(xyz_of(mix, R), mix->viewing->white);
}

/* The slopes of Lab in X, Y and Z by central differences, times the weights. */
void tns_mix_lab_slopes(const tns_mix *mix, const double R[TNS_BANDS], double out[3][TNS_BANDS])
{
    const double h = 1e-3;
    tns_xyz at = xyz_of(mix, R);
    memset(out, 0, sizeof(double[3][TNS_BANDS]));
    for (int k = 0; k < 3; k++) {
        tns_xyz up = at, down = at;
        *(k == 0 ? &up.X : k == 1 ? &up.Y : &up.Z) += h;
        *(k == 0 ? &down.X : k == 1 ? &down.Y : &down.Z) -= h;
        tns_lab a = tns_lab_from_xyz(up, mix->viewing->white);
        tns_lab b = tns_lab_from_xyz(down, mix->viewing->white);
        const double slope[3] = {(a.L - b.L) / (2 * h), (a.a - b.a) / (2 * h),
                                 (a.b - b.b) / (2 * h)};
        for (int i = 0; i < 3; i++)
            for (int band = 0; band < TNS_BANDS; band++)
                out[i][band] += slope[i] * mix->viewing->weight[k][band];
    }
}

/* ---- how sure a reading is ---- */

static void add_misfit(const tns_mix_slopes *m, double V[TNS_BANDS][TNS_BANDS])
{
    double power[TNS_BANDS] = {1};
    for (int b = 1; b < TNS_BANDS; b++)
        power[b] = MISFIT_BANDS * power[b - 1];
    for (int b = 0; b < TNS_BANDS; b++)
        for (int d = 0; d < TNS_BANDS; d++)
            V[b][d] = MISFIT * (m->R[b] + 0.03) * MISFIT * (m->R[d] + 0.03) * power[abs(b - d)];
}

/* More of one part is less of the others, in a film of the same thickness. */
static void add_amounts(const tns_mix *mix, const tns_mix_slopes *m, double cv,
                        double V[TNS_BANDS][TNS_BANDS])
{
    double all[TNS_BANDS] = {0}, total = 0, g[TNS_BANDS];
    for (size_t i = 0; i < mix->part_count; i++) {
        total += mix->amount[i];
        for (int b = 0; b < TNS_BANDS; b++)
            all[b] += m->by_K[i][b] + m->by_S[i][b];
    }
    for (size_t i = 0; i <= mix->part_count; i++) {
        bool film = i == mix->part_count;
        for (int b = 0; b < TNS_BANDS; b++)
            g[b] = film ? FILM_CV * all[b] * mix->film
                        : cv * (m->by_K[i][b] + m->by_S[i][b] - mix->amount[i] / total * all[b]);
        for (int b = 0; b < TNS_BANDS; b++)
            for (int d = 0; d < TNS_BANDS; d++)
                V[b][d] += g[b] * g[d];
    }
}

static const tns_learn_ink *ink_of(const tns_learn_state *s, int pigment)
{
    for (size_t i = 0; i < s->ink_count; i++)
        if (s->inks[i].pigment == pigment)
            return &s->inks[i];
    return NULL;
}

/* What of the prior the curves cannot follow. */
static void add_beside(const tns_learn_state *s, const tns_mix *mix, const tns_mix_slopes *m,
                       double V[TNS_BANDS][TNS_BANDS])
{
    for (size_t i = 0; i < mix->part_count; i++) {
        const tns_learn_ink *ink = ink_of(s, mix->pigment[i]);
        for (int b = 0; ink && b < TNS_BANDS; b++)
            for (int d = 0; d < TNS_BANDS; d++)
                V[b][d] +=
                    m->by_K[i][b] * m->by_K[i][d] * ink->beside[b][d] +
                    m->by_S[i][b] * m->by_S[i][d] * ink->beside[TNS_BANDS + b][TNS_BANDS + d] +
                    m->by_K[i][b] * m->by_S[i][d] * ink->beside[b][TNS_BANDS + d] +
                    m->by_S[i][b] * m->by_K[i][d] * ink->beside[TNS_BANDS + b][d];
    }
}

/* V becomes J V J', in its first three rows. */
static void as_color(const tns_mix *mix, const tns_mix_slopes *m, double color_sd,
                     double V[TNS_BANDS][TNS_BANDS])
{
    double J[3][TNS_BANDS], half[3][TNS_BANDS] = {{0}}, out[3][3] = {{0}};
    tns_mix_lab_slopes(mix, m->R, J);
    for (int i = 0; i < 3; i++)
        for (int b = 0; b < TNS_BANDS; b++)
            for (int d = 0; d < TNS_BANDS; d++)
                half[i][b] += J[i][d] * V[d][b];
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            for (int b = 0; b < TNS_BANDS; b++)
                out[i][j] += half[i][b] * J[j][b];
            V[i][j] = out[i][j] + (i == j ? color_sd * color_sd : 0);
        }
}

void tns_mix_root(const tns_learn_state *state, const tns_mix *mix, const tns_mix_slopes *slopes,
                  const tns_learn_options *options, double scale, double root[TNS_BANDS][TNS_BANDS])
{
    add_misfit(slopes, root);
    add_amounts(mix, slopes, options->amount_cv, root);
    add_beside(state, mix, slopes, root);
    for (int b = 0; b < TNS_BANDS; b++)
        for (int d = 0; d < TNS_BANDS; d++)
            root[b][d] *= scale * scale;
    if (mix->from_color)
        as_color(mix, slopes, options->color_sd, root);
    else
        for (int b = 0; b < TNS_BANDS; b++)
            root[b][b] += options->noise * options->noise;
    tns_cholesky(&root[0][0], (size_t)tns_mix_dimension(mix), TNS_BANDS,
                 0); /* noise is on its diagonal */
}
