/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "photo/read/spots.h"

/*
 * What may be hair. Each is a ratio, so that neither light nor magnification enters:
 *   SURE     noises by which a spot stands out, so that noise alone gives none in a million pixels
 *   FAINTEST darkness below which skin's own relief lies
 *   HALF     of its own darkness: where a blurred edge lies, however wide the blur
 *   FULL     of its own darkness: the inside of hairs side by side, which stands out of nothing
 *   CLEAR    quantile of what is around: a shadow lies on one side only
 */
static const double SURE = 6, FAINTEST = 0.05, HALF = 0.5, FULL = 0.6, CLEAR = 0.35;

typedef struct seeker {
    const tns_light *light;
    const tns_plot *plot;
    const tns_ground *ground;
    tns_spots *out;
    int *label; /* of each pixel, 0 = none; else spot + 1 */
    int used;   /* of out->pixel */
    size_t room;
} seeker;

typedef struct seed {
    int pixel;
    float stand_out;
} seed;

static int falling(const void *left, const void *right)
{
    const seed *a = left, *b = right;
    if (a->stand_out != b->stand_out)
        return a->stand_out < b->stand_out ? 1 : -1;
    return (a->pixel > b->pixel) - (a->pixel < b->pixel);
}

/* What is beyond the edge does not rival. */
static bool is_peak(const tns_ground *g, int x, int y)
{
    const float *at = g->stand_out + (size_t)y * (size_t)g->width + x;
    for (int j = y > 0 ? -1 : 0; j <= (y < g->height - 1); j++)
        for (int i = x > 0 ? -1 : 0; i <= (x < g->width - 1); i++)
            if (at[j * g->width + i] > *at)
                return false;
    return true;
}

static double least_of(const tns_ground *g)
{
    return fmax(SURE * g->noise, FAINTEST);
}

/* Local peaks that are no noise. */
static seed *find_seeds(const tns_ground *g, size_t *count)
{
    size_t room = 256;
    seed *seeds = malloc(room * sizeof *seeds);
    float least = (float)least_of(g);
    *count = 0;
    for (int y = 0; seeds && y < g->height; y++) {
        const float *row = g->stand_out + (size_t)y * (size_t)g->width;
        for (int x = 0; x < g->width; x++) {
            if (row[x] < least || !is_peak(g, x, y))
                continue;
            if (*count == room) {
                seed *more = realloc(seeds, 2 * room * sizeof *seeds);
                if (!more) {
                    free(seeds);
                    return NULL;
                }
                seeds = more;
                room *= 2;
            }
            seeds[(*count)++] = (seed){y * g->width + x, row[x]};
        }
    }
    if (seeds)
        qsort(seeds, *count, sizeof *seeds, falling);
    return seeds;
}

/* All that is at least half as dark as the seed and hangs together with it. */
static void grow(seeker *s, int from, int label)
{
    const tns_ground *g = s->ground;
    float half = (float)HALF * g->dark[from], full = (float)FULL * g->dark[from];
    int first = s->used;
    s->label[from] = label;
    s->out->pixel[s->used++] = from;
    for (int k = first; k < s->used; k++) {
        int at = s->out->pixel[k], x = at % g->width, y = at / g->width;
        for (int j = y > 0 ? -1 : 0; j <= (y < g->height - 1); j++)
            for (int i = x > 0 ? -1 : 0; i <= (x < g->width - 1); i++) {
                int to = at + j * g->width + i;
                if (s->label[to] == 0 && g->dark[to] >= half &&
                    (g->stand_out[to] >= 0 || g->dark[to] > full)) {
                    s->label[to] = label;
                    s->out->pixel[s->used++] = to;
                }
            }
    }
}

static void widen_box(tns_spot *spot, int x, int y)
{
    spot->x0 = x < spot->x0 ? x : spot->x0;
    spot->y0 = y < spot->y0 ? y : spot->y0;
    spot->x1 = x >= spot->x1 ? x + 1 : spot->x1;
    spot->y1 = y >= spot->y1 ? y + 1 : spot->y1;
}

static void set_shape(const seeker *s, tns_spot *spot)
{
    double n = spot->area, x = 0, y = 0, xx = 0, xy = 0, yy = 0;
    spot->x0 = spot->y0 = 1 << 30;
    for (int k = spot->first; k < spot->first + spot->area; k++) {
        int at = s->out->pixel[k], px = at % s->ground->width, py = at / s->ground->width;
        x += px;
        y += py;
        xx += (double)px * px;
        xy += (double)px * py;
        yy += (double)py * py;
        widen_box(spot, px, py);
    }
    x /= n;
    y /= n;
    xx = xx / n - x * x + 1.0 / 12; /* a pixel is a square, no point */
    yy = yy / n - y * y + 1.0 / 12;
    xy = xy / n - x * y;
    double angle = 0.5 * atan2(2 * xy, xx - yy);
    spot->x = x + 0.5;
    spot->y = y + 0.5;
    spot->along_x = cos(angle);
    spot->along_y = sin(angle);
    double half = (xx + yy) / 2, apart = hypot((xx - yy) / 2, xy);
    spot->length = sqrt(12 * (half + apart));
    spot->across = sqrt(12 * fmax(half - apart, 0));
}

static bool is_of(const seeker *s, int x, int y, int label)
{
    const tns_ground *g = s->ground;
    return x >= 0 && y >= 0 && x < g->width && y < g->height && s->label[y * g->width + x] == label;
}

/*
 * The shorter side of the rectangle with the spot's area and outline. Hairs that touch at an angle
 * make a long outline, no wide rectangle. Steps along pixels are 4 / pi too long on average.
 */
static double stroke_width(const seeker *s, const tns_spot *spot, int label)
{
    int steps = 0;
    for (int k = spot->first; k < spot->first + spot->area; k++) {
        int at = s->out->pixel[k], x = at % s->ground->width, y = at / s->ground->width;
        steps += !is_of(s, x - 1, y, label) + !is_of(s, x + 1, y, label) +
                 !is_of(s, x, y - 1, label) + !is_of(s, x, y + 1, label);
    }
    double half = 0.785 * steps / 2, square = half * half - 4 * spot->area;
    /* A disc's outline is shorter than any rectangle's. */
    return square > 0 ? (half - sqrt(square)) / 2 : sqrt(spot->area / 0.785);
}

/* Mean light of some pixels, in BT.709 primaries. */
typedef struct sample {
    double rgb[3], count;
} sample;

static void add_light(const seeker *s, int pixel, sample *to)
{
    const tns_ground *g = s->ground;
    float rgb[1][3];
    tns_light_read(s->light, s->plot->box.x + pixel % g->width * g->step + g->step / 2,
                   s->plot->box.y + pixel / g->width * g->step + g->step / 2, 1, rgb);
    /* ITU-R BT.2087, its BT.709 to BT.2020 turned round. */
    to->rgb[0] += 1.6605 * rgb[0][0] - 0.5876 * rgb[0][1] - 0.0728 * rgb[0][2];
    to->rgb[1] += -0.1246 * rgb[0][0] + 1.1329 * rgb[0][1] - 0.0083 * rgb[0][2];
    to->rgb[2] += -0.0182 * rgb[0][0] - 0.1006 * rgb[0][1] + 1.1187 * rgb[0][2];
    to->count++;
}

/* What lies three pixels beyond the spot: its darkness, and the light of its bright part. */
static sample look_around(const seeker *s, tns_spot *spot)
{
    enum { MOST = 128 };
    static const int way[8][2] = {{3, 0}, {0, 3},  {-3, 0},  {0, -3},
                                  {2, 2}, {-2, 2}, {-2, -2}, {2, -2}};
    const tns_ground *g = s->ground;
    sample skin = {{0}, 0};
    float v[MOST];
    int n = 0, skip = spot->area / (MOST / 4) + 1;
    for (int k = spot->first; k < spot->first + spot->area && n + 8 <= MOST; k += skip)
        for (int d = 0; d < 8; d++) {
            int at = s->out->pixel[k];
            int x = at % g->width + way[d][0], y = at / g->width + way[d][1];
            if (x < 0 || y < 0 || x >= g->width || y >= g->height || s->label[y * g->width + x] > 0)
                continue;
            v[n++] = g->dark[y * g->width + x];
            if (v[n - 1] < 0.3 * spot->dark)
                add_light(s, y * g->width + x, &skin);
        }
    tns_sort_floats(v, (size_t)n);
    spot->around = n > 0 ? v[(int)(CLEAR * n)] : INFINITY;
    return skin;
}

static void set_tint(const seeker *s, tns_spot *spot, const sample *skin)
{
    enum { MOST = 64 };
    sample hair = {{0}, 0};
    int skip = spot->area / MOST + 1;
    for (int k = spot->first; k < spot->first + spot->area; k += skip)
        if (s->ground->dark[s->out->pixel[k]] >= 0.8 * spot->dark)
            add_light(s, s->out->pixel[k], &hair);
    for (int c = 0; c < 3 && hair.count > 0 && skin->count > 0; c++)
        spot->tint[c] = 1 - hair.rgb[c] / hair.count / fmax(skin->rgb[c] / skin->count, 1e-4);
}

static bool make_room(seeker *s)
{
    if (s->out->count < s->room)
        return true;
    size_t room = s->room ? 2 * s->room : 64;
    tns_spot *more = realloc(s->out->spot, room * sizeof *more);
    if (!more)
        return false;
    s->out->spot = more;
    s->room = room;
    return true;
}

static bool add_spot(seeker *s, const seed *from)
{
    if (!make_room(s))
        return false;
    int label = (int)s->out->count + 1;
    tns_spot spot = {
        .first = s->used, .dark = s->ground->dark[from->pixel], .stand_out = from->stand_out};
    grow(s, from->pixel, label);
    spot.area = s->used - spot.first;
    s->out->spot[s->out->count++] = spot;
    return true;
}

static bool is_outside(const seeker *s, int x, int y)
{
    const tns_ground *g = s->ground;
    x = x < 0 ? 0 : x < g->width ? x : g->width - 1;
    y = y < 0 ? 0 : y < g->height ? y : g->height - 1;
    return !tns_field_has(s->plot->field, x * g->step, y * g->step);
}

/* The field's edge, blurred, is dark on one side; where the frame cuts it, on none that is seen. */
static bool is_at_rim(const seeker *s, const tns_spot *spot)
{
    const tns_ground *g = s->ground;
    const int near = 3;
    if (!s->plot->field ||
        (spot->x0 > 1 && spot->y0 > 1 && spot->x1 < g->width - 1 && spot->y1 < g->height - 1))
        return false;
    for (int i = -1; i <= 1; i += 2)
        if (is_outside(s, i < 0 ? spot->x0 - near : spot->x1 + near, (spot->y0 + spot->y1) / 2) ||
            is_outside(s, (spot->x0 + spot->x1) / 2, i < 0 ? spot->y0 - near : spot->y1 + near))
            return true;
    return false;
}

static void describe(const seeker *s, size_t i)
{
    tns_spot *spot = &s->out->spot[i];
    set_shape(s, spot);
    spot->width = stroke_width(s, spot, (int)i + 1);
    sample skin = look_around(s, spot);
    set_tint(s, spot, &skin);
    spot->at_rim = is_at_rim(s, spot);
}

bool tns_spots_find(const tns_light *light, const tns_plot *plot, const tns_ground *ground,
                    tns_spots *out)
{
    size_t n = (size_t)ground->width * (size_t)ground->height, count;
    *out = (tns_spots){0};
    seeker s = {.light = light, .plot = plot, .ground = ground, .out = out};
    seed *seeds = find_seeds(ground, &count);
    s.label = calloc(n, sizeof *s.label);
    out->pixel = malloc(n * sizeof *out->pixel);
    bool done = seeds && s.label && out->pixel;
    for (size_t i = 0; done && i < count; i++)
        if (s.label[seeds[i].pixel] == 0)
            done = add_spot(&s, &seeds[i]);
    for (size_t i = 0; done && i < out->count; i++)
        describe(&s, i);
    free(seeds);
    free(s.label);
    return done;
}

void tns_spots_finish(tns_spots *spots)
{
    free(spots->spot);
    free(spots->pixel);
    *spots = (tns_spots){0};
}
