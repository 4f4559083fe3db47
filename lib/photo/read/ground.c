/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "photo/read/ground.h"
#include "photo/read/shape.h"
#include "photo/read/smooth.h"

enum {
    TILE = 32, /* pixels of a level: some eight hairs wide, so that hair is its smaller part */
    SIDE_LEAST = 24,  /* of a level */
    BROAD = 3,        /* tiles: as far as the lamp hardly changes */
    SAMPLES = 1 << 14 /* for a robust spread */
};

static const float SURROUND = 3.2F; /* pixels */
static const float GLEAM = 1.25F;   /* of the skin far around: brighter than skin can be */
static const float HIGHEST = 2;     /* of the usual light: what is brighter shines no more */

/* Red sees through blood, green is the sharpest in a camera; blue is noise and chroma. */
static const float red_share = 0.7F, green_share = 0.3F;

/* fmaxf must tell NaN from numbers, and is a call; what is compared here may be NaN in `a` only. */
static inline float at_least(float a, float least)
{
    return a < least ? least : a;
}

static tns_layer layer_create(int width, int height)
{
    return (tns_layer){width, height, malloc((size_t)width * (size_t)height * sizeof(float))};
}

static bool is_in_hole(const tns_plot *plot, double x, double y)
{
    int left = 0;
    for (int i = 0; i < 4; i++) {
        tns_point a = plot->hole[i], b = plot->hole[(i + 1) % 4];
        left += (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x) > 0;
    }
    return left == 0 || left == 4;
}

static void mark_region(const tns_plot *plot, int y, bool *belongs)
{
    tns_span spans[TNS_REGION_POINTS_MAX];
    int n = tns_region_spans(plot->within, plot->box.y + y, spans);
    memset(belongs, 0, (size_t)plot->box.width * sizeof *belongs);
    for (int i = 0; i < n; i++)
        for (int x = spans[i].first; x < spans[i].end; x++)
            belongs[x - plot->box.x] = true;
}

int tns_plot_row(const tns_plot *plot, int y, bool *belongs)
{
    int count = 0;
    if (plot->within)
        mark_region(plot, y, belongs);
    for (int x = 0; x < plot->box.width; x++) {
        belongs[x] =
            (!plot->within || belongs[x]) &&
            !(plot->has_hole && is_in_hole(plot, plot->box.x + x + 0.5, plot->box.y + y + 0.5)) &&
            (!plot->field || tns_field_has(plot->field, x, y)) &&
            (!plot->blown || tns_field_has(plot->blown, x, y));
        count += belongs[x];
    }
    return count;
}

/* NaN marks what is left out. */
static void fill_row(const tns_light *light, const tns_plot *plot, int y, bool *belongs, float *row)
{
    enum { CHUNK = 256 };
    float rgb[CHUNK][3];
    for (int x = 0; x < plot->box.width; x += CHUNK) {
        int n = plot->box.width - x < CHUNK ? plot->box.width - x : CHUNK;
        tns_light_read(light, plot->box.x + x, plot->box.y + y, n, rgb);
        for (int i = 0; i < n; i++)
            row[x + i] = at_least(red_share * rgb[i][0] + green_share * rgb[i][1], 0);
    }
    if (plot->within || plot->has_hole || plot->field || plot->blown) {
        tns_plot_row(plot, y, belongs);
        for (int x = 0; x < plot->box.width; x++)
            row[x] = belongs[x] ? row[x] : NAN;
    }
}

static tns_layer read_light(const tns_light *light, const tns_plot *plot)
{
    tns_layer out = layer_create(plot->box.width, plot->box.height);
    bool *belongs = malloc((size_t)out.width * sizeof *belongs);
    if (!belongs) {
        free(out.at);
        out.at = NULL;
    }
    for (int y = 0; out.at && y < out.height; y++)
        fill_row(light, plot, y, belongs, out.at + (size_t)y * (size_t)out.width);
    free(belongs);
    return out;
}

/* Half the size: the mean of four, in linear light, keeps mixtures linear. */
static tns_layer halved(const tns_layer *in)
{
    tns_layer out = layer_create(in->width / 2, in->height / 2);
    for (int y = 0; out.at && y < out.height; y++) {
        const float *a = in->at + (size_t)(2 * y) * (size_t)in->width, *b = a + in->width;
        float *to = out.at + (size_t)y * (size_t)out.width;
        for (int x = 0; x < out.width; x++)
            to[x] = 0.25F * (a[2 * x] + a[2 * x + 1] + b[2 * x] + b[2 * x + 1]);
    }
    return out;
}

/* Hoare's selection: the k-th smallest; reorders. */
static float smallest(float *v, int n, int k)
{
    int low = 0, high = n - 1;
    while (low < high) {
        float pivot = v[(low + high) / 2];
        int i = low, j = high;
        while (i <= j) {
            while (v[i] < pivot)
                i++;
            while (pivot < v[j])
                j--;
            if (i <= j) {
                float swap = v[i];
                v[i++] = v[j];
                v[j--] = swap;
            }
        }
        if (k <= j)
            high = j;
        else if (k >= i)
            low = i;
        else
            break;
    }
    return v[k];
}

/* Cuts reflexes, which would shine upon the hair beside them once the picture is reduced. */
static void cut(tns_layer *light)
{
    enum { SOME = 1 << 12 };
    float v[SOME];
    size_t all = (size_t)light->width * (size_t)light->height, step = all / SOME + 1;
    int n = 0;
    for (size_t i = 0; i < all; i += step | 1)
        if (!isnan(light->at[i]))
            v[n++] = light->at[i];
    float most = n > 0 ? HIGHEST * smallest(v, n, n / 2) : INFINITY;
    for (size_t i = 0; i < all; i++)
        light->at[i] = light->at[i] > most ? most : light->at[i];
}

/* NaN where a tile holds nothing. Every third pixel will do. */
static float tile_median(const tns_layer *in, int x0, int y0, int x1, int y1)
{
    float v[TILE * TILE];
    int n = 0, skip = x1 - x0 >= 16 && y1 - y0 >= 16 ? 3 : 1;
    for (int y = y0; y < y1; y += skip)
        for (int x = x0; x < x1; x += skip) {
            float one = in->at[(size_t)y * (size_t)in->width + (size_t)x];
            if (!isnan(one))
                v[n++] = one;
        }
    return n > 0 ? smallest(v, n, n / 2) : NAN;
}

typedef struct tiles {
    int across, down;
    float *at;
} tiles;

static void fill_tiles(const tns_layer *in, tiles *t)
{
    for (int j = 0; j < t->down; j++)
        for (int i = 0; i < t->across; i++)
            t->at[j * t->across + i] =
                tile_median(in, i * in->width / t->across, j * in->height / t->down,
                            (i + 1) * in->width / t->across, (j + 1) * in->height / t->down);
}

/* The median of the tiles no further than `reach`. */
static float among_neighbors(const tiles *t, int i, int j, int reach)
{
    float v[(2 * BROAD + 1) * (2 * BROAD + 1)];
    int n = 0;
    for (int y = j - reach; y <= j + reach; y++)
        for (int x = i - reach; x <= i + reach; x++)
            if (x >= 0 && y >= 0 && x < t->across && y < t->down &&
                !isnan(t->at[y * t->across + x]))
                v[n++] = t->at[y * t->across + x];
    return n > 0 ? smallest(v, n, reach > 1 ? n / 3 : (n - 1) / 2) : 1;
}

/*
 * A tile full of hair, or of nothing, asks its neighbors; one full of a gleam asks far around.
 */
static float even_tile(const tiles *t, int i, int j)
{
    return fminf(among_neighbors(t, i, j, 1), GLEAM * among_neighbors(t, i, j, BROAD));
}

/* Where a pixel lies between tile middles: the lower one and how far toward the next. */
static int between(int pixel, int pixels, int count, float *share)
{
    float at = ((float)pixel + 0.5F) * (float)count / (float)pixels - 0.5F;
    at = fminf(fmaxf(at, 0), (float)(count - 1));
    int lower = (int)at < count - 1 ? (int)at : count - 1 - (count > 1);
    *share = at - (float)lower;
    return lower;
}

static void spread_row(const tiles *t, const tns_layer *in, int y, const int *column,
                       const float *share, float *row)
{
    float v;
    int j = between(y, in->height, t->down, &v);
    const float *upper = t->at + j * t->across, *lower = t->down > 1 ? upper + t->across : upper;
    int next = t->across > 1;
    for (int x = 0; x < in->width; x++) {
        int i = column[x];
        float a = upper[i] + share[x] * (upper[i + next] - upper[i]);
        float b = lower[i] + share[x] * (lower[i + next] - lower[i]);
        row[x] = at_least(a + v * (b - a), 1e-6F);
    }
}

/* Skin as it would be without hair: medians of tiles, drawn smoothly between their middles. */
static bool find_skin(const tns_layer *in, float *skin)
{
    tiles raw = {(in->width + TILE - 1) / TILE, (in->height + TILE - 1) / TILE, NULL};
    size_t n = (size_t)raw.across * (size_t)raw.down, w = (size_t)in->width;
    tiles even = raw;
    raw.at = malloc(n * sizeof(float));
    even.at = malloc(n * sizeof(float));
    int *column = malloc(w * sizeof *column);
    float *share = malloc(w * sizeof *share);
    bool done = raw.at && even.at && column && share;
    if (done) {
        fill_tiles(in, &raw);
        for (int j = 0; j < raw.down; j++)
            for (int i = 0; i < raw.across; i++)
                even.at[j * raw.across + i] = even_tile(&raw, i, j);
        for (int x = 0; x < in->width; x++)
            column[x] = between(x, in->width, even.across, &share[x]);
        for (int y = 0; y < in->height; y++)
            spread_row(&even, in, y, column, share, skin + (size_t)y * w);
    }
    free(raw.at);
    free(even.at);
    free(column);
    free(share);
    return done;
}

/*
 * Robust standard deviation about the median: of each side the median distance, and the smaller of
 * the two, since dark hair widens one side and reflexes the other.
 */
static double spread(const float *v, size_t n)
{
    static const double to_sigma = 1.4826; /* of a normal distribution's median distance */
    size_t skip = n / SAMPLES + 1, count = 0;
    skip += skip > 1 && skip % 2 == 0; /* odd: columns of an even width take turns */
    float *some = malloc((n / skip + 1) * sizeof *some);
    if (!some)
        return 0;
    for (size_t i = 0; i < n; i += skip)
        some[count++] = v[i];
    int m = (int)count;
    double middle = smallest(some, m, m / 2);
    double low = middle - smallest(some, m, m / 4),
           high = smallest(some, m, m - 1 - m / 4) - middle;
    free(some);
    return to_sigma * fmin(low, high);
}

/* What is left out is as dark as skin; reflexes must not draw dark rings around themselves. */
static void darken(const tns_layer *in, const float *skin, float sign, float *dark)
{
    size_t n = (size_t)in->width * (size_t)in->height;
    for (size_t i = 0; i < n; i++) {
        float d = sign * (1 - in->at[i] / skin[i]);
        dark[i] = d == d ? d : 0;
    }
    float bright = -3 * (float)fmax(spread(dark, n), 0.01);
    for (size_t i = 0; i < n; i++)
        dark[i] = at_least(dark[i], bright);
}

static bool look(const tns_layer *in, float sign, float *skin, float *sharp, tns_ground *out)
{
    if (!find_skin(in, skin))
        return false;
    darken(in, skin, sign, sharp);
    return tns_smooth(sharp, in->width, in->height, 1, out->dark) &&
           tns_smooth(sharp, in->width, in->height, SURROUND, out->stand_out);
}

bool tns_ground_look(const tns_layers *layers, int level, bool bright, tns_ground *out)
{
    const tns_layer *in = &layers->layer[level];
    size_t n = (size_t)in->width * (size_t)in->height;
    float *sharp = malloc(n * sizeof *sharp), *skin = malloc(n * sizeof *skin);
    *out = (tns_ground){.width = in->width,
                        .height = in->height,
                        .step = 1 << level,
                        .dark = malloc(n * sizeof *out->dark),
                        .stand_out = malloc(n * sizeof *out->stand_out)};
    bool done =
        sharp && skin && out->dark && out->stand_out && look(in, bright ? -1 : 1, skin, sharp, out);
    for (size_t i = 0; done && i < n; i++)
        out->stand_out[i] = out->dark[i] - out->stand_out[i];
    if (done)
        out->noise = spread(out->stand_out, n);
    free(sharp);
    free(skin);
    return done;
}

bool tns_layers_read(const tns_light *light, const tns_plot *plot, tns_layers *out)
{
    *out = (tns_layers){.count = 1};
    out->layer[0] = read_light(light, plot);
    if (out->layer[0].at)
        cut(&out->layer[0]);
    while (out->layer[out->count - 1].at && out->count < TNS_LAYERS) {
        const tns_layer *last = &out->layer[out->count - 1];
        if (last->width < 2 * SIDE_LEAST || last->height < 2 * SIDE_LEAST)
            return true;
        out->layer[out->count++] = halved(last);
    }
    return out->layer[out->count - 1].at != NULL;
}

void tns_layers_finish(tns_layers *layers)
{
    for (int i = 0; i < layers->count; i++)
        free(layers->layer[i].at);
    layers->count = 0;
}

void tns_ground_finish(tns_ground *ground)
{
    free(ground->dark);
    free(ground->stand_out);
    *ground = (tns_ground){0};
}
