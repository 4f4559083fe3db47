/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Noise of single bands hardly moves a color, for a color is a mean over many: a residual too small
 * to be told from noise band by band may still be a difference that the eye sees. So a color is
 * held against what noise does to a color.
 */
#include <math.h>

#include <tonsure/difference.h>

#include "color/tristimulus.h"
#include "match/odds/rooted.h"
#include "match/pot/unexplained.h"

/* Three numbers reach this by noise in one reading of a hundred; squared standard deviations. */
static const double TOLD_COLOR = 12;

/* A pot that is held against its reading. */
typedef struct explained {
    tns_bottles bottles; /* near its amounts */
    double left[TNS_BANDS];
} explained;

static void explain(const tns_pot_job *j, const tns_pot *pot, const double *factor, explained *out)
{
    tns_bottles_init(&out->bottles, pot, &j->evidence, factor, false);
    tns_evidence_read(&j->evidence, &out->bottles.sight.seen, out->left);
    for (int b = 0; b < j->evidence.count; b++)
        out->left[b] = j->evidence.value[b] - out->left[b];
}

/* The largest difference between the reading and what explains it, under any lamp that tells. */
static double unexplained_de00(const tns_pot_job *j, const tns_spectrum *seen)
{
    double most = 0;
    const tns_pot_request *r = j->request;
    const tns_viewing *only = j->evidence.viewing;
    for (size_t v = 0; v < (only ? 1 : r->viewing_count); v++) {
        const tns_viewing *viewing = only ? only : &r->viewings[v];
        most = fmax(most, tns_de00(tns_lab_from_spectrum(&r->measured, viewing),
                                   tns_lab_from_spectrum(seen, viewing)));
    }
    return most;
}

/* ---- the color ---- */

/* The covariance of a color by that of two bands: LL, La, Lb, aa, ab, bb. */
static void add_bands(double by_R[3][TNS_BANDS], int n, int m, double covariance, double c[6])
{
    int at = 0;
    for (int i = 0; i < 3; i++)
        for (int k = i; k < 3; k++)
            c[at++] += covariance * by_R[i][n] * by_R[k][m];
}

static void add_noise(const tns_evidence *e, double by_R[3][TNS_BANDS], double c[6])
{
    for (int n = e->first; n < e->first + e->count; n++)
        add_bands(by_R, n, n, e->noise * e->noise, c);
}

static void add_palette(const tns_bottles *bottles, double by_R[3][TNS_BANDS], double c[6])
{
    for (int n = 0; n < TNS_BANDS; n++)
        for (int m = 0; m < TNS_BANDS; m++)
            add_bands(by_R, n, m, bottles->by_band[n > m ? n : m][n > m ? m : n], c);
}

/* The squared length of a difference of colors in standard deviations of c. */
static double chi_squared(const double c[6], tns_lab from, tns_lab to)
{
    double root[3][3] = {{0}}, rest[3] = {to.L - from.L, to.a - from.a, to.b - from.b}, sum = 0;
    tns_root3(c, root);
    for (int k = 0; k < 3; k++) {
        double z = root[k][k] > 0 ? rest[k] / root[k][k] : 0;
        for (int i = k; i < 3; i++)
            rest[i] -= root[k][i] * z;
        sum += z * z;
    }
    return sum;
}

/* How far the reading's color is from what is seen, squared: by noise, and by what bottles add. */
static double color_off(const tns_pot_job *j, const tns_spectrum *seen, const tns_bottles *bottles)
{
    double c[6] = {0}, by_R[3][TNS_BANDS];
    const tns_viewing *viewing = &j->request->viewings[0];
    tns_lab_by_bands(seen, viewing, by_R);
    add_noise(&j->evidence, by_R, c);
    if (bottles)
        add_palette(bottles, by_R, c);
    return chi_squared(c, tns_lab_from_spectrum(seen, viewing),
                       tns_lab_from_spectrum(&j->request->measured, viewing));
}

/* ---- both ---- */

tns_pot_residual tns_unexplained(const tns_pot_job *job, const tns_pot *pot, const double *factor)
{
    double squares = 0, ratios = 0, worst = -1;
    const tns_evidence *e = &job->evidence;
    explained x;
    tns_pot_residual out = {0};
    explain(job, pot, factor, &x);
    for (int b = 0; b < e->count; b++) {
        double ratio = fabs(x.left[b]) / sqrt(x.bottles.variance[b]);
        squares += x.left[b] * x.left[b];
        ratios += ratio * ratio;
        if (ratio > worst) {
            worst = ratio;
            out.worst = x.left[b];
            out.worst_nm = e->viewing ? 0 : tns_band_nm(e->first + b);
            out.expected = sqrt(x.bottles.variance[b]);
        }
    }
    out.rmse = sqrt(squares / e->count);
    out.ratio = sqrt(ratios / e->count);
    out.color_ratio = out.ratio;
    out.de00 = unexplained_de00(job, &x.bottles.sight.seen);
    if (!e->viewing)
        out.color_ratio = sqrt(color_off(job, &x.bottles.sight.seen, &x.bottles) / 3);
    return out;
}

/* Stein's estimate of a mean: the residual times 1 less the share that noise alone would have, of
 * the bands or, where that is more, of the color. */
void tns_unexplained_offset(tns_pot_job *job)
{
    double left[TNS_BANDS], squares = 0, color;
    const tns_evidence *e = &job->evidence;
    const tns_spectrum *seen = &job->guesses.likeliest.seen;
    if (e->viewing)
        return;
    tns_evidence_read(e, seen, left);
    for (int b = 0; b < e->count; b++) {
        left[b] = e->value[b] - left[b];
        squares += left[b] * left[b];
    }
    color = color_off(job, seen, NULL);
    double noise = e->count * e->noise * e->noise;
    double share =
        fmax(squares > noise ? 1 - noise / squares : 0, color > TOLD_COLOR ? 1 - 3 / color : 0);
    for (int b = 0; b < e->count; b++)
        job->offset[e->first + b] = share * left[b];
    job->offset_sd = e->noise * sqrt(share);
}
