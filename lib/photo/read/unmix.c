/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "base/sort.h"
#include "photo/read/strands.h"
#include "photo/read/unmix.h"

enum {
    HAIRS_LEAST = 4, /* to know how they differ */
    BLURS = 12,
    WIDTHS = 12,
    DEPTHS = 23, /* 0.08 to 0.96: hair mirrors some light, however black */
    DRAWS = 100
};

typedef struct unmixer {
    tns_strands of;
    double width, blur; /* px */
    double depth, depth_sd;
} unmixer;

/* The share of a blurred bar of a width at a distance from its middle. */
static double bar(double width, double blur, double at)
{
    double k = 0.70710678 / blur;
    return 0.5 * (erf((width / 2 - at) * k) + erf((width / 2 + at) * k));
}

/* A hair's length follows its width's change by the blur. */
static double true_length(const tns_strand *s, double width)
{
    return fmax(s->length - s->width, 0) + width;
}

typedef struct fit {
    double squares[DEPTHS], width[DEPTHS];
} fit;

static double depth_of(int i)
{
    return 0.08 + 0.04 * i;
}

/* For each depth that hairs may have, the width of this hair that suits it best. */
static fit fit_strand(const tns_strand *s, double blur)
{
    fit out;
    for (int d = 0; d < DEPTHS; d++)
        out.squares[d] = INFINITY;
    for (int w = 0; w < WIDTHS; w++) {
        double width = s->width * (0.2 + 0.1 * w), mm = 0, dm = 0, dd = 0;
        double end = bar(true_length(s, width), blur, 0);
        for (int b = 0; b < TNS_STRAND_BINS; b++) {
            double share = end * bar(width, blur, (b + 0.5) * TNS_STRAND_BIN * s->width);
            mm += s->weight[b] * share * share;
            dm += s->weight[b] * share * s->bin[b];
            dd += s->weight[b] * s->bin[b] * s->bin[b];
        }
        for (int d = 0; d < DEPTHS; d++) {
            double squares = dd - 2 * depth_of(d) * dm + depth_of(d) * depth_of(d) * mm;
            if (squares < out.squares[d]) {
                out.squares[d] = squares;
                out.width[d] = width;
            }
        }
    }
    return out;
}

/* The best blur and widths for each depth. */
typedef struct trials {
    double squares[DEPTHS], blur[DEPTHS], width[DEPTHS][TNS_STRANDS_MOST];
} trials;

static void try_blur(const unmixer *m, double blur, trials *t)
{
    fit f[TNS_STRANDS_MOST];
    double sum[DEPTHS] = {0};
    for (int i = 0; i < m->of.count; i++) {
        f[i] = fit_strand(&m->of.strand[i], blur);
        for (int d = 0; d < DEPTHS; d++)
            sum[d] += f[i].squares[d];
    }
    for (int d = 0; d < DEPTHS; d++) {
        if (sum[d] >= t->squares[d])
            continue;
        t->squares[d] = sum[d];
        t->blur[d] = blur;
        for (int i = 0; i < m->of.count; i++)
            t->width[d][i] = f[i].width[d];
    }
}

/*
 * One blur and one depth for all. Where blur and width can hardly be told apart, many depths do
 * nearly as well: their mean, weighted by likelihood, is taken, not the best, and their spread
 * tells how sure it is. The errors are the model's, alike along a hair: each hair counts as one
 * datum.
 */
static void fit_blur(unmixer *m)
{
    trials t;
    double least = INFINITY, sum = 0, mean = 0, square = 0;
    for (int d = 0; d < DEPTHS; d++)
        t.squares[d] = INFINITY;
    for (int k = 0; k < BLURS; k++)
        try_blur(m, m->width * (0.06 + 0.05 * k), &t);
    for (int d = 0; d < DEPTHS; d++)
        least = fmin(least, t.squares[d]);
    for (int d = 0; d < DEPTHS; d++) {
        double weight = exp(-0.5 * m->of.count * (t.squares[d] / fmax(least, 1e-12) - 1));
        sum += weight;
        mean += weight * depth_of(d);
        square += weight * depth_of(d) * depth_of(d);
    }
    m->depth = mean / sum;
    m->depth_sd = sqrt(fmax(square / sum - m->depth * m->depth, 0));
    int best = (int)fmin(fmax(lround((m->depth - depth_of(0)) / 0.04), 0), DEPTHS - 1);
    m->blur = t.blur[best];
    for (int i = 0; i < m->of.count; i++)
        m->of.strand[i].fitted = t.width[best][i];
}

static void sum_shares(unmixer *m)
{
    for (int i = 0; i < m->of.count; i++) {
        tns_strand *s = &m->of.strand[i];
        double length = true_length(s, s->fitted);
        for (int k = 0; k < s->count; k++) {
            const tns_strand_sample *p = &s->sample[k];
            double share = bar(length, m->blur, p->u) * bar(s->fitted, m->blur, p->v);
            s->aa += share * share;
            for (int c = 0; c < 6; c++)
                s->ay[c] += share * (1 - p->value[c]);
        }
    }
}

/* What hair and skin are by some of the strands, by index. */
static void mix(const unmixer *m, const int *index, double hair[6], double skin[6])
{
    double ay[6] = {0}, aa = 1e-9;
    memset(skin, 0, 6 * sizeof *skin);
    for (int k = 0; k < m->of.count; k++) {
        const tns_strand *s = &m->of.strand[index[k]];
        aa += s->aa;
        for (int c = 0; c < 6; c++) {
            ay[c] += s->ay[c];
            skin[c] += s->skin[c] / m->of.count;
        }
    }
    for (int c = 0; c < 6; c++)
        hair[c] = skin[c] * fmax(1 - ay[c] / aa, 0.001);
}

static void set_unmixed(const double value[6], tns_unmixed *out)
{
    out->xyz = (tns_xyz){value[0], value[1], value[2]};
    memcpy(out->rgb, value + 3, sizeof out->rgb);
}

static void add_square(tns_lab a, tns_lab b, double weight, double covariance[6])
{
    double d[3] = {a.L - b.L, a.a - b.a, a.b - b.b};
    for (int i = 0, n = 0; i < 3; i++)
        for (int j = i; j < 3; j++)
            covariance[n++] += weight * d[i] * d[j];
}

static tns_lab lab_of(const double value[6])
{
    return tns_lab_from_xyz((tns_xyz){value[0], value[1], value[2]}, tns_photo_white);
}

/* A depth by so much greater makes each hair's color darker in proportion. */
static tns_lab deeper(const unmixer *m, const double hair[6], const double skin[6], double sd)
{
    double moved[6];
    for (int c = 0; c < 6; c++)
        moved[c] = fmax(skin[c] - (skin[c] - hair[c]) * (1 + sd / m->depth), 0.001 * skin[c]);
    return lab_of(moved);
}

/*
 * Skin's relief and tone change from place to place, and hairs stand on some of them only: so much
 * of the places' spread stays in doubt however many hairs there are.
 */
static const double PLACES = 0.5;

static void doubt_skin(const unmixer *m, const double skin[6], double covariance[6])
{
    for (int i = 0; i < m->of.count; i++)
        add_square(lab_of(m->of.strand[i].skin), lab_of(skin), PLACES * PLACES / m->of.count,
                   covariance);
}

/* Bootstrap over hairs, since what differs from hair to hair is what moves the mean. */
static void set_colors(const unmixer *m, uint64_t seed, tns_unmixing *out)
{
    int index[TNS_STRANDS_MOST];
    double hair[6], skin[6], other_hair[6], other_skin[6];
    for (int i = 0; i < m->of.count; i++)
        index[i] = i;
    mix(m, index, hair, skin);
    set_unmixed(hair, &out->hair);
    set_unmixed(skin, &out->skin);
    tns_random random = tns_random_make(seed);
    for (int k = 0; k < DRAWS; k++) {
        for (int i = 0; i < m->of.count; i++)
            index[i] = (int)tns_random_below(&random, (uint32_t)m->of.count);
        mix(m, index, other_hair, other_skin);
        add_square(lab_of(other_hair), lab_of(hair), 1.0 / DRAWS, out->hair.covariance);
        add_square(lab_of(other_skin), lab_of(skin), 1.0 / DRAWS, out->skin.covariance);
    }
    doubt_skin(m, skin, out->skin.covariance);
    for (int sign = -1; sign <= 1; sign += 2)
        add_square(deeper(m, hair, skin, sign * m->depth_sd), lab_of(hair), 0.5,
                   out->hair.covariance);
}

static double median_width(const unmixer *m, bool fitted)
{
    double v[TNS_STRANDS_MOST];
    for (int i = 0; i < m->of.count; i++)
        v[i] = fitted ? m->of.strand[i].fitted : m->of.strand[i].width;
    tns_sort_numbers(v, (size_t)m->of.count);
    return v[m->of.count / 2];
}

bool tns_unmix(const tns_light *light, const tns_calibration *calibration,
               const tns_follicles *follicles, uint64_t seed, tns_unmixing *out)
{
    unmixer *m = calloc(1, sizeof *m);
    memset(out, 0, sizeof *out);
    if (!m)
        return false;
    m->of = (tns_strands){.light = light, .calibration = calibration, .follicles = follicles};
    bool done = tns_strands_choose(&m->of);
    if (done && m->of.count >= HAIRS_LEAST) {
        m->width = median_width(m, false);
        fit_blur(m);
        for (int i = 0; i < m->of.count; i++)
            out->share += bar(m->of.strand[i].fitted, m->blur, 0) / m->of.count;
        /* Seen on rendered stubble: what the fit cannot tell of hairs that the blur dissolves. */
        m->depth_sd = hypot(m->depth_sd, 0.03 + 0.4 * (1 - out->share));
        sum_shares(m);
        set_colors(m, seed, out);
        out->hairs = m->of.count;
        out->blur_px = m->blur;
        out->width_px = median_width(m, true);
    }
    tns_strands_finish(&m->of);
    free(m);
    return done;
}
