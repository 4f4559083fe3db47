/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/read/strands.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "photo/correct/uncertainty.h"

enum {
    ENOUGH = 10,        /* hairs that stand alone */
    SAMPLES_MOST = 900, /* of a hair */
    SKIN_LEAST = 12
};

static const double REACH = 2.4;   /* widths from the axis that are sampled */
static const double CLEAR = 1.5;   /* widths from the axis where skin begins */
static const double BRIGHT = 1.25; /* of the skin around: a reflex */

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

/* From a hair's middle, beyond which others do not matter to it. */
static double reach_of(double length, double width)
{
    return length / 2 + (REACH + CLEAR + 1) * width;
}

static others near_to(const tns_strands *m, const tns_strand *s)
{
    others out = {.count = 0};
    double reach = reach_of(s->length, s->width);
    size_t count;
    const size_t *near = tns_nearby_at(&m->by_place, s->x, s->y, &count);
    for (size_t i = 0; i < count && out.count < 64; i++) {
        const tns_follicle_hair *h = &m->follicles->hair[near[i]];
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

static void read_sample(const tns_strands *m, int x, int y, float value[6])
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

static bool is_skin(const tns_strand *s, const tns_strand_sample *p)
{
    double beyond = fmax(fabs(p->u) - (s->length - s->width) / 2, 0);
    return hypot(beyond, p->v) > CLEAR * s->width;
}

static void gather(const tns_strands *m, tns_strand *s)
{
    others around = near_to(m, s);
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
            tns_strand_sample *p = &s->sample[s->count++];
            p->u = (float)u;
            p->v = (float)v;
            read_sample(m, x, y, p->value);
        }
}

/* The skin around a hair, and all samples over it; false when too little skin shows. */
static bool compare_with_skin(tns_strand *s)
{
    double v[SAMPLES_MOST];
    for (int c = 0; c < 6; c++) {
        int n = 0;
        for (int i = 0; i < s->count; i++)
            if (is_skin(s, &s->sample[i]))
                v[n++] = s->sample[i].value[c];
        if (n < SKIN_LEAST)
            return false;
        tns_sort_numbers(v, (size_t)n);
        s->skin[c] = v[n / 2];
        if (!(s->skin[c] > 1e-6))
            return false;
    }
    int kept = 0;
    for (int i = 0; i < s->count; i++) {
        tns_strand_sample *p = &s->sample[i];
        for (int c = 0; c < 6; c++)
            p->value[c] = (float)(p->value[c] / s->skin[c]);
        if (p->value[1] < BRIGHT)
            s->sample[kept++] = *p;
    }
    s->count = kept;
    return true;
}

/* How dark a hair is across, in its middle part. */
static void fill_bins(tns_strand *s)
{
    double part = fmax((s->length - s->width) / 2 - s->width / 2, 0.35 * s->width);
    for (int i = 0; i < s->count; i++) {
        const tns_strand_sample *p = &s->sample[i];
        int bin = (int)(fabs(p->v) / (TNS_STRAND_BIN * s->width));
        if (fabs(p->u) > part || bin >= TNS_STRAND_BINS)
            continue;
        s->bin[bin] += 1 - p->value[1];
        s->weight[bin]++;
    }
    for (int b = 0; b < TNS_STRAND_BINS; b++)
        s->bin[b] /= fmax(s->weight[b], 1);
}

static bool add_strand(tns_strands *m, const tns_follicle_hair *h, bool alone)
{
    tns_strand *s = &m->strand[m->count];
    double dx = h->end[1][0] - h->end[0][0], dy = h->end[1][1] - h->end[0][1], l = hypot(dx, dy);
    *s = (tns_strand){.hair = h,
                      .x = (h->end[0][0] + h->end[1][0]) / 2,
                      .y = (h->end[0][1] + h->end[1][1]) / 2,
                      .along_x = l > 0 ? dx / l : 1,
                      .along_y = l > 0 ? dy / l : 0,
                      .length = h->length_px,
                      .width = h->width_px};
    if (alone != (near_to(m, s).count == 0))
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

/* What a color may be read from. */
static bool is_fit(const tns_follicles *f, const tns_follicle_hair *h)
{
    return !h->through && h->contrast > 0 && h->width_px > 1 &&
           h->width_px <= 1.05 * f->diameter_px;
}

static tns_rect around(const tns_follicle_hair *h, double far)
{
    return (tns_rect){
        fmin(h->end[0][0], h->end[1][0]) - far, fmin(h->end[0][1], h->end[1][1]) - far,
        fmax(h->end[0][0], h->end[1][0]) + far, fmax(h->end[0][1], h->end[1][1]) + far};
}

static bool sort_out(const tns_follicles *f, tns_nearby *out)
{
    tns_rect *rect = malloc((f->count + 1) * sizeof *rect);
    double far = 0;
    for (size_t i = 0; i < f->count; i++)
        if (is_fit(f, &f->hair[i]))
            far = fmax(far, reach_of(f->hair[i].length_px, f->hair[i].width_px));
    for (size_t i = 0; rect && i < f->count; i++)
        rect[i] = around(&f->hair[i], far);
    bool done = rect && tns_nearby_make(rect, f->count, out);
    free(rect);
    return done;
}

/*
 * Two hairs side by side, blurred into one, are wide without being dark, and would be taken for a
 * fair color: the wider ones are left out, and hairs that have neighbors come last.
 */
bool tns_strands_choose(tns_strands *m)
{
    size_t n = m->follicles->count;
    if (!sort_out(m->follicles, &m->by_place))
        return false;
    for (int alone = 1; alone >= 0 && m->count < ENOUGH; alone--)
        for (size_t i = 0; i < n && m->count < TNS_STRANDS_MOST; i++) {
            size_t k = i * 7919 % n; /* from all over the picture: 7919 is prime */
            const tns_follicle_hair *h = &m->follicles->hair[n % 7919 ? k : i];
            if (is_fit(m->follicles, h) && !add_strand(m, h, alone))
                return false;
        }
    return true;
}

void tns_strands_finish(tns_strands *strands)
{
    for (int i = 0; i < strands->count; i++)
        free(strands->strand[i].sample);
    strands->count = 0;
    tns_nearby_finish(&strands->by_place);
}
