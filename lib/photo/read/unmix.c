/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "photo/correct/uncertainty.h"
#include "photo/read/unmix.h"

enum {
    HAIRS_MOST = 48,    /* more do not make the color surer */
    HAIRS_LEAST = 4,    /* to know how they differ */
    HAIRS_ENOUGH = 10,  /* that stand alone */
    SAMPLES_MOST = 900, /* of a hair */
    SKIN_LEAST = 12,
    BINS = 15, /* across a hair, from its axis outward */
    BLURS = 12,
    WIDTHS = 12,
    DEPTHS = 23, /* 0.08 to 0.96: hair mirrors some light, however black */
    DRAWS = 100
};

static const double BIN = 0.15;    /* of the width at half darkness */
static const double REACH = 2.4;   /* widths from the axis that are sampled */
static const double CLEAR = 1.5;   /* widths from the axis where skin begins */
static const double BRIGHT = 1.25; /* of the skin around: a reflex */

typedef struct sample {
    float u, v;     /* along and across the hair, px from its middle */
    float value[6]; /* XYZ, then linear RGB; in the end over those of the skin around */
} sample;

typedef struct strand {
    const tns_follicle_hair *hair;
    double x, y, along_x, along_y, length, width; /* px, at half darkness */
    sample *sample;
    int count;
    double skin[6];
    double bin[BINS], weight[BINS]; /* darkness by distance from the axis */
    double fitted;                  /* true width, px */
    double ay[6], aa;               /* sums of share times darkness, and of squared shares */
} strand;

typedef struct unmixer {
    const tns_light *light;
    const tns_calibration *calibration;
    const tns_follicles *follicles;
    strand strand[HAIRS_MOST];
    int count;
    double width, blur; /* px */
    double depth, depth_sd;
} unmixer;

static bool is_inside(const tns_follicles *f, double x, double y)
{
    return x >= f->x && y >= f->y && x < f->x + f->width && y < f->y + f->height;
}

static double distance(const tns_follicle_hair *h, double x, double y)
{
    double dx = h->end[1][0] - h->end[0][0], dy = h->end[1][1] - h->end[0][1];
    double square = dx * dx + dy * dy;
    double t = square > 0 ? ((x - h->end[0][0]) * dx + (y - h->end[0][1]) * dy) / square : 0;
    t = fmin(fmax(t, 0), 1);
    return hypot(x - h->end[0][0] - t * dx, y - h->end[0][1] - t * dy);
}

/* Hairs that a hair's samples must keep clear of. */
typedef struct others {
    const tns_follicle_hair *hair[64];
    int count;
} others;

static others near_to(const tns_follicles *f, const strand *s)
{
    others out = {.count = 0};
    double reach = s->length / 2 + (REACH + CLEAR + 1) * s->width;
    for (size_t i = 0; i < f->count && out.count < 64; i++) {
        const tns_follicle_hair *h = &f->hair[i];
        if (h != s->hair && distance(h, s->x, s->y) < reach)
            out.hair[out.count++] = h;
    }
    return out;
}

static bool is_alone(const others *o, double x, double y)
{
    for (int i = 0; i < o->count; i++)
        if (distance(o->hair[i], x, y) < CLEAR * o->hair[i]->width_px)
            return false;
    return true;
}

static void read_sample(const unmixer *m, int x, int y, float value[6])
{
    float rgb[1][3];
    tns_light_read(m->light, x, y, 1, rgb);
    double light[3] = {rgb[0][0], rgb[0][1], rgb[0][2]};
    tns_point at =
        tns_hold_light(tns_calibration_position(m->calibration, (tns_point){x + 0.5, y + 0.5}));
    tns_xyz xyz = tns_correction_xyz(&m->calibration->correction, light, at.x, at.y);
    value[0] = (float)xyz.X;
    value[1] = (float)xyz.Y;
    value[2] = (float)xyz.Z;
    memcpy(value + 3, rgb[0], sizeof rgb[0]);
}

static bool is_skin(const strand *s, const sample *p)
{
    double beyond = fmax(fabs(p->u) - (s->length - s->width) / 2, 0);
    return hypot(beyond, p->v) > CLEAR * s->width;
}

static void gather(const unmixer *m, strand *s)
{
    others around = near_to(m->follicles, s);
    double reach = s->length / 2 + REACH * s->width;
    double area = (s->length + 2 * REACH * s->width) * 2 * REACH * s->width;
    int step = (int)fmax(1, ceil(sqrt(area / SAMPLES_MOST)));
    for (int y = (int)(s->y - reach); y <= s->y + reach; y += step)
        for (int x = (int)(s->x - reach); x <= s->x + reach; x += step) {
            double dx = x + 0.5 - s->x, dy = y + 0.5 - s->y;
            double u = dx * s->along_x + dy * s->along_y, v = dy * s->along_x - dx * s->along_y;
            if (fabs(v) > REACH * s->width || fabs(u) > reach || s->count == SAMPLES_MOST ||
                !is_inside(m->follicles, x, y) || !is_alone(&around, x + 0.5, y + 0.5))
                continue;
            sample *p = &s->sample[s->count++];
            p->u = (float)u;
            p->v = (float)v;
            read_sample(m, x, y, p->value);
        }
}

static int rising(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* The skin around a hair, and all samples over it; false when too little skin shows. */
static bool compare_with_skin(strand *s)
{
    double v[SAMPLES_MOST];
    for (int c = 0; c < 6; c++) {
        int n = 0;
        for (int i = 0; i < s->count; i++)
            if (is_skin(s, &s->sample[i]))
                v[n++] = s->sample[i].value[c];
        if (n < SKIN_LEAST)
            return false;
        qsort(v, (size_t)n, sizeof *v, rising);
        s->skin[c] = v[n / 2];
        if (!(s->skin[c] > 1e-6))
            return false;
    }
    int kept = 0;
    for (int i = 0; i < s->count; i++) {
        sample *p = &s->sample[i];
        for (int c = 0; c < 6; c++)
            p->value[c] = (float)(p->value[c] / s->skin[c]);
        if (p->value[1] < BRIGHT)
            s->sample[kept++] = *p;
    }
    s->count = kept;
    return true;
}

/* How dark a hair is across, in its middle part. */
static void fill_bins(strand *s)
{
    double part = fmax((s->length - s->width) / 2 - s->width / 2, 0.35 * s->width);
    for (int i = 0; i < s->count; i++) {
        const sample *p = &s->sample[i];
        int bin = (int)(fabs(p->v) / (BIN * s->width));
        if (fabs(p->u) > part || bin >= BINS)
            continue;
        s->bin[bin] += 1 - p->value[1];
        s->weight[bin]++;
    }
    for (int b = 0; b < BINS; b++)
        s->bin[b] /= fmax(s->weight[b], 1);
}

static bool add_strand(unmixer *m, const tns_follicle_hair *h, bool alone)
{
    strand *s = &m->strand[m->count];
    double dx = h->end[1][0] - h->end[0][0], dy = h->end[1][1] - h->end[0][1], l = hypot(dx, dy);
    *s = (strand){.hair = h,
                  .x = (h->end[0][0] + h->end[1][0]) / 2,
                  .y = (h->end[0][1] + h->end[1][1]) / 2,
                  .along_x = l > 0 ? dx / l : 1,
                  .along_y = l > 0 ? dy / l : 0,
                  .length = h->length_px,
                  .width = h->width_px};
    if (alone != (near_to(m->follicles, s).count == 0))
        return true;
    s->sample = malloc(SAMPLES_MOST * sizeof *s->sample);
    if (!s->sample)
        return false;
    gather(m, s);
    if (s->count > 0 && compare_with_skin(s)) {
        fill_bins(s);
        m->count++;
    } else {
        free(s->sample);
    }
    return true;
}

/*
 * Two hairs side by side, blurred into one, are wide without being dark, and would be taken for a
 * fair color: the wider ones are left out, and hairs that have neighbors come last.
 */
static bool choose_strands(unmixer *m)
{
    size_t n = m->follicles->count;
    for (int alone = 1; alone >= 0 && m->count < HAIRS_ENOUGH; alone--)
        for (size_t i = 0; i < n && m->count < HAIRS_MOST; i++) {
            size_t k = i * 7919 % n; /* from all over the picture: 7919 is prime */
            const tns_follicle_hair *h = &m->follicles->hair[n % 7919 ? k : i];
            if (!h->through && h->contrast > 0 && h->width_px > 1 &&
                h->width_px <= 1.05 * m->follicles->diameter_px && !add_strand(m, h, alone))
                return false;
        }
    return true;
}

/* The share of a blurred bar of a width at a distance from its middle. */
static double bar(double width, double blur, double at)
{
    double k = 0.70710678 / blur;
    return 0.5 * (erf((width / 2 - at) * k) + erf((width / 2 + at) * k));
}

/* A hair's length follows its width's change by the blur. */
static double true_length(const strand *s, double width)
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
static fit fit_strand(const strand *s, double blur)
{
    fit out;
    for (int d = 0; d < DEPTHS; d++)
        out.squares[d] = INFINITY;
    for (int w = 0; w < WIDTHS; w++) {
        double width = s->width * (0.2 + 0.1 * w), mm = 0, dm = 0, dd = 0;
        double end = bar(true_length(s, width), blur, 0);
        for (int b = 0; b < BINS; b++) {
            double share = end * bar(width, blur, (b + 0.5) * BIN * s->width);
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
    double squares[DEPTHS], blur[DEPTHS], width[DEPTHS][HAIRS_MOST];
} trials;

static void try_blur(const unmixer *m, double blur, trials *t)
{
    fit f[HAIRS_MOST];
    double sum[DEPTHS] = {0};
    for (int i = 0; i < m->count; i++) {
        f[i] = fit_strand(&m->strand[i], blur);
        for (int d = 0; d < DEPTHS; d++)
            sum[d] += f[i].squares[d];
    }
    for (int d = 0; d < DEPTHS; d++) {
        if (sum[d] >= t->squares[d])
            continue;
        t->squares[d] = sum[d];
        t->blur[d] = blur;
        for (int i = 0; i < m->count; i++)
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
        double weight = exp(-0.5 * m->count * (t.squares[d] / fmax(least, 1e-12) - 1));
        sum += weight;
        mean += weight * depth_of(d);
        square += weight * depth_of(d) * depth_of(d);
    }
    m->depth = mean / sum;
    m->depth_sd = sqrt(fmax(square / sum - m->depth * m->depth, 0));
    int best = (int)fmin(fmax(lround((m->depth - depth_of(0)) / 0.04), 0), DEPTHS - 1);
    m->blur = t.blur[best];
    for (int i = 0; i < m->count; i++)
        m->strand[i].fitted = t.width[best][i];
}

static void sum_shares(unmixer *m)
{
    for (int i = 0; i < m->count; i++) {
        strand *s = &m->strand[i];
        double length = true_length(s, s->fitted);
        for (int k = 0; k < s->count; k++) {
            const sample *p = &s->sample[k];
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
    for (int k = 0; k < m->count; k++) {
        const strand *s = &m->strand[index[k]];
        aa += s->aa;
        for (int c = 0; c < 6; c++) {
            ay[c] += s->ay[c];
            skin[c] += s->skin[c] / m->count;
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

/* Bootstrap over hairs, since what differs from hair to hair is what moves the mean. */
static void set_colors(const unmixer *m, uint64_t seed, tns_unmixing *out)
{
    int index[HAIRS_MOST];
    double hair[6], skin[6], other_hair[6], other_skin[6];
    for (int i = 0; i < m->count; i++)
        index[i] = i;
    mix(m, index, hair, skin);
    set_unmixed(hair, &out->hair);
    set_unmixed(skin, &out->skin);
    tns_random random = tns_random_make(seed);
    for (int k = 0; k < DRAWS; k++) {
        for (int i = 0; i < m->count; i++)
            index[i] = (int)tns_random_below(&random, (uint32_t)m->count);
        mix(m, index, other_hair, other_skin);
        add_square(lab_of(other_hair), lab_of(hair), 1.0 / DRAWS, out->hair.covariance);
        add_square(lab_of(other_skin), lab_of(skin), 1.0 / DRAWS, out->skin.covariance);
    }
    for (int sign = -1; sign <= 1; sign += 2)
        add_square(deeper(m, hair, skin, sign * m->depth_sd), lab_of(hair), 0.5,
                   out->hair.covariance);
}

static double median_width(const unmixer *m, bool fitted)
{
    double v[HAIRS_MOST];
    for (int i = 0; i < m->count; i++)
        v[i] = fitted ? m->strand[i].fitted : m->strand[i].width;
    qsort(v, (size_t)m->count, sizeof *v, rising);
    return v[m->count / 2];
}

bool tns_unmix(const tns_light *light, const tns_calibration *calibration,
               const tns_follicles *follicles, uint64_t seed, tns_unmixing *out)
{
    unmixer *m = calloc(1, sizeof *m);
    memset(out, 0, sizeof *out);
    if (!m)
        return false;
    *m = (unmixer){.light = light, .calibration = calibration, .follicles = follicles};
    bool done = choose_strands(m);
    if (done && m->count >= HAIRS_LEAST) {
        m->width = median_width(m, false);
        fit_blur(m);
        for (int i = 0; i < m->count; i++)
            out->share += bar(m->strand[i].fitted, m->blur, 0) / m->count;
        /* Seen on rendered stubble: what the fit cannot tell of hairs that the blur dissolves. */
        m->depth_sd = hypot(m->depth_sd, 0.03 + 0.4 * (1 - out->share));
        sum_shares(m);
        set_colors(m, seed, out);
        out->hairs = m->count;
        out->blur_px = m->blur;
        out->width_px = median_width(m, true);
    }
    for (int i = 0; i < m->count; i++)
        free(m->strand[i].sample);
    free(m);
    return done;
}
