/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Noise of single bands hardly moves a color, for a color is a mean over many: a residual too small
 * to be told from noise band by band may still be a difference that the eye sees. So a color is
 * held against what noise does to a color.
 */
#include <math.h>
#include <string.h>

#include <tonsure/difference.h>

#include "match/odds/rooted.h"
#include "match/pot/unexplained.h"

/* Three numbers reach this by noise in one reading of a hundred; squared standard deviations. */
static const double TOLD_COLOR = 12;

static tns_spectrum seen_of(const tns_pot_job *j, const tns_mix *mix)
{
    tns_coefficients c;
    tns_mix_coefficients(mix, &c);
    return tns_surface_reflectance(j->request->surface, c.K, c.S);
}

static tns_spectrum explained(const tns_pot_job *j, const tns_pot *pot, const double *factor)
{
    tns_mix mix;
    tns_pot_mix(pot, factor, &mix);
    return seen_of(j, &mix);
}

/* The largest difference between the reading and what explains it, under any lamp that tells. */
static double unexplained_de00(const tns_pot_job *j, const tns_pot *pot, const double *factor)
{
    double most = 0;
    const tns_pot_request *r = j->request;
    const tns_viewing *only = j->evidence.viewing;
    tns_spectrum seen = explained(j, pot, factor);
    for (size_t v = 0; v < (only ? 1 : r->viewing_count); v++) {
        const tns_viewing *viewing = only ? only : &r->viewings[v];
        most = fmax(most, tns_de00(tns_lab_from_spectrum(&r->measured, viewing),
                                   tns_lab_from_spectrum(&seen, viewing)));
    }
    return most;
}

/* ---- the color ---- */

/* Adds one error's share: LL, La, Lb, aa, ab, bb. */
static void add_error(const tns_pot_job *j, tns_lab still, const tns_spectrum *moved, double c[6])
{
    tns_lab lab = tns_lab_from_spectrum(moved, &j->request->viewings[0]);
    double L = lab.L - still.L, a = lab.a - still.a, b = lab.b - still.b;
    const double product[6] = {L * L, L * a, L * b, a * a, a * b, b * b};
    for (int i = 0; i < 6; i++)
        c[i] += product[i];
}

static void add_noise(const tns_pot_job *j, const tns_spectrum *seen, tns_lab still, double c[6])
{
    for (int b = 0; b < j->evidence.count; b++) {
        tns_spectrum moved = *seen;
        moved.value[j->evidence.first + b] += j->evidence.noise;
        add_error(j, still, &moved, c);
    }
}

/* K, and S, of every part, off in all bands alike. */
static void add_palette(const tns_pot_job *j, const tns_pot *pot, const double *factor,
                        tns_lab still, double c[6])
{
    tns_mix mix;
    tns_pot_mix(pot, factor, &mix);
    for (int i = 0; i < pot->count; i++) {
        tns_mix darker, lighter;
        tns_pot_doubt_part(pot, factor, i, &mix, &darker, &lighter);
        tns_spectrum moved[] = {seen_of(j, &darker), seen_of(j, &lighter)};
        add_error(j, still, &moved[0], c);
        add_error(j, still, &moved[1], c);
    }
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

/* How far the reading's color is from the explained one: by noise, and by noise and palette. */
static void color_chi(const tns_pot_job *j, const tns_pot *pot, const double *factor, double *noise,
                      double *all)
{
    double c[6] = {0};
    const tns_viewing *viewing = &j->request->viewings[0];
    tns_spectrum seen = explained(j, pot, factor);
    tns_lab still = tns_lab_from_spectrum(&seen, viewing);
    tns_lab read = tns_lab_from_spectrum(&j->request->measured, viewing);
    add_noise(j, &seen, still, c);
    *noise = chi_squared(c, still, read);
    add_palette(j, pot, factor, still, c);
    *all = chi_squared(c, still, read);
}

/* ---- both ---- */

tns_pot_residual tns_unexplained(const tns_pot_job *job, const tns_pot *pot, const double *factor)
{
    double left[TNS_BANDS], expected[TNS_BANDS], squares = 0, ratios = 0, worst = -1;
    const tns_evidence *e = &job->evidence;
    tns_pot_residual out = {0};
    tns_effective_residual(pot, e, factor, left, expected);
    for (int b = 0; b < e->count; b++) {
        double ratio = fabs(left[b]) / expected[b];
        squares += left[b] * left[b];
        ratios += ratio * ratio;
        if (ratio > worst) {
            worst = ratio;
            out.worst = left[b];
            out.worst_nm = e->viewing ? 0 : tns_band_nm(e->first + b);
            out.expected = expected[b];
        }
    }
    out.rmse = sqrt(squares / e->count);
    out.ratio = sqrt(ratios / e->count);
    out.color_ratio = out.ratio;
    out.de00 = unexplained_de00(job, pot, factor);
    double noise, all;
    if (!e->viewing) {
        color_chi(job, pot, factor, &noise, &all);
        out.color_ratio = sqrt(all / 3);
    }
    return out;
}

/* Stein's estimate of a mean: the residual times 1 less the share that noise alone would have, of
 * the bands or, where that is more, of the color. */
void tns_unexplained_offset(tns_pot_job *job)
{
    double left[TNS_BANDS], expected[TNS_BANDS], squares = 0, color, all;
    const tns_evidence *e = &job->evidence;
    if (e->viewing)
        return;
    tns_effective_residual(&job->pot, e, job->effective.factor, left, expected);
    for (int b = 0; b < e->count; b++)
        squares += left[b] * left[b];
    color_chi(job, &job->pot, job->effective.factor, &color, &all);
    double noise = e->count * e->noise * e->noise;
    double share =
        fmax(squares > noise ? 1 - noise / squares : 0, color > TOLD_COLOR ? 1 - 3 / color : 0);
    for (int b = 0; b < e->count; b++)
        job->offset[e->first + b] = share * left[b];
    job->offset_sd = e->noise * sqrt(share);
}
