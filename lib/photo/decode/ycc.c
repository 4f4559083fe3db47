/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decode/ycc.h"

#include <math.h>

enum { IDENTITY = 0, UNSPECIFIED = 2, BY_PRIMARIES = 12 };

/* Weights of red and blue in luma: H.273 (07/2024), table 4. */
typedef struct weights {
    int code;
    double red, blue;
} weights;

/* What is not specified is read as BT.601, as other readers do. */
static const weights of_matrix[] = {
    {1, 0.2126, 0.0722},         {4, 0.30, 0.11},   {5, 0.299, 0.114},   {6, 0.299, 0.114},
    {UNSPECIFIED, 0.299, 0.114}, {7, 0.212, 0.087}, {9, 0.2627, 0.0593},
};

/* The luminances of BT.709's, BT.2020's and Display P3's primaries (8.3, equations 39 to 44). */
static const weights of_primaries[] = {
    {1, 0.2126, 0.0722}, {9, 0.2627, 0.0593}, {12, 0.22897, 0.07929}};

static const weights *look_up(const weights *table, size_t count, int code)
{
    for (size_t i = 0; i < count; i++)
        if (table[i].code == code)
            return &table[i];
    return NULL;
}

/* NULL: not known. */
static const weights *find_weights(const tns_ycc *p)
{
    if (p->matrix == BY_PRIMARIES)
        return look_up(of_primaries, sizeof of_primaries / sizeof *of_primaries, p->primaries);
    return look_up(of_matrix, sizeof of_matrix / sizeof *of_matrix, p->matrix);
}

static bool plane_fits(const tns_ycc *p, int channel)
{
    const tns_ycc_plane *plane = &p->plane[channel];
    int across = channel ? p->across : 1, down = channel ? p->down : 1;
    return plane->data && plane->width >= (p->width + across - 1) / across &&
           plane->height >= (p->height + down - 1) / down &&
           plane->stride >= (ptrdiff_t)plane->width * (p->bits > 8 ? 2 : 1);
}

bool tns_ycc_is_readable(const tns_ycc *p)
{
    if (p->bits < 8 || p->bits > 16 || p->width <= 0 || p->height <= 0)
        return false;
    for (int c = 0; c < (p->across ? 3 : 1); c++)
        if (!plane_fits(p, c))
            return false;
    if (!p->across)
        return true;
    return p->matrix == IDENTITY ? p->across == 1 && p->down == 1 : find_weights(p) != NULL;
}

size_t tns_ycc_scratch(const tns_ycc *p)
{
    return 5 * (size_t)p->width;
}

static void load_row(const tns_ycc *p, int channel, int y, int count, float *to)
{
    const tns_ycc_plane *plane = &p->plane[channel];
    const char *row = (const char *)plane->data + y * plane->stride;
    if (p->bits == 8) {
        const uint8_t *from = (const uint8_t *)row;
        for (int x = 0; x < count; x++)
            to[x] = from[x];
    } else {
        const uint16_t *from = (const uint16_t *)(const void *)row;
        for (int x = 0; x < count; x++)
            to[x] = from[x];
    }
}

/* Samples of half the number, each in the middle of its two, to all; both end at the edge. */
static void spread_row(const float *half, int halves, int width, float *to)
{
    for (int x = 0; x < width; x++) {
        int near = x / 2, far = near + (x % 2 ? 1 : -1);
        far = far < 0 ? 0 : far >= halves ? halves - 1 : far;
        to[x] = 0.75f * half[near] + 0.25f * half[far];
    }
}

/* A row of chroma as fine as luma. `work` is of two rows. */
static void chroma_row(const tns_ycc *p, int channel, int y, float *work, float *to)
{
    int count = (p->width + p->across - 1) / p->across, rows = (p->height + p->down - 1) / p->down;
    int near = y / p->down, far = p->down == 1 ? near : near + (y % 2 ? 1 : -1);
    float *half = p->across == 1 ? to : work, *other = work + p->width;
    far = far < 0 ? 0 : far >= rows ? rows - 1 : far;
    load_row(p, channel, near, count, half);
    if (far != near) {
        load_row(p, channel, far, count, other);
        for (int x = 0; x < count; x++)
            half[x] = 0.75f * half[x] + 0.25f * other[x];
    }
    if (p->across == 2)
        spread_row(half, count, p->width, to);
}

/* Ordered thresholds, 0 to 1, that share out evenly over any 4 x 4 pixels. */
static const float threshold[4][4] = {
    {0.5f / 16, 8.5f / 16, 2.5f / 16, 10.5f / 16},
    {12.5f / 16, 4.5f / 16, 14.5f / 16, 6.5f / 16},
    {3.5f / 16, 11.5f / 16, 1.5f / 16, 9.5f / 16},
    {15.5f / 16, 7.5f / 16, 13.5f / 16, 5.5f / 16},
};

static void store_row(const float *value, int count, int bits, const float at[4], void *to)
{
    float most = (float)((1 << bits) - 1);
    uint8_t *narrow = to;
    uint16_t *wide = to;
    for (int x = 0; x < count; x++) {
        float v = value[x] + at[x & 3];
        v = v < 0 ? 0 : v > most ? most : v;
        if (bits == 8)
            narrow[x] = (uint8_t)v;
        else
            wide[x] = (uint16_t)v;
    }
}

/* What is added of luma, Cb and Cr, and what is taken off. */
typedef struct mix {
    float luma, cb, cr, less;
} mix;

/* How codes of a limited range are spread, and where they begin. */
typedef struct range {
    double luma, chroma, black;
} range;

static range find_range(const tns_ycc *p)
{
    double most = ldexp(1, p->bits) - 1, step = ldexp(1, p->bits - 8);
    if (!p->is_limited)
        return (range){1, 1, 0};
    return (range){most / (219 * step), most / (224 * step), 16 * step};
}

static void find_mixes(const tns_ycc *p, const weights *w, mix m[3])
{
    range r = find_range(p);
    double green = 1 - w->red - w->blue, middle = ldexp(1, p->bits - 1);
    const double of[3][2] = {
        {0, 2 * (1 - w->red)},
        {-2 * w->blue * (1 - w->blue) / green, -2 * w->red * (1 - w->red) / green},
        {2 * (1 - w->blue), 0},
    };
    for (int i = 0; i < 3; i++)
        m[i] = (mix){(float)r.luma, (float)(r.chroma * of[i][0]), (float)(r.chroma * of[i][1]),
                     (float)(r.luma * r.black + r.chroma * (of[i][0] + of[i][1]) * middle)};
}

static void mix_row(const mix *m, int count, const float *luma, const float *cb, const float *cr,
                    float *to)
{
    for (int x = 0; x < count; x++)
        to[x] = m->luma * luma[x] + m->cb * cb[x] + m->cr * cr[x] - m->less;
}

static void mixed_row(const tns_ycc *p, int y, float *scratch, void *const rgb[3])
{
    size_t width = (size_t)p->width;
    float *luma = scratch, *cb = luma + width, *cr = cb + width, *work = cr + width;
    mix m[3];
    find_mixes(p, find_weights(p), m);
    load_row(p, 0, y, p->width, luma);
    chroma_row(p, 1, y, work, cb);
    chroma_row(p, 2, y, work, cr);
    for (int c = 0; c < 3; c++) {
        mix_row(&m[c], p->width, luma, cb, cr, work);
        store_row(work, p->width, p->bits, threshold[(y + c) & 3], rgb[c]);
    }
}

/* A picture of grays, or one coded as G, B, R. */
static void plain_row(const tns_ycc *p, int y, float *scratch, void *const rgb[3])
{
    static const int coded[3] = {2, 0, 1};
    range r = find_range(p);
    mix m = {.luma = (float)r.luma, .less = (float)(r.luma * r.black)};
    for (int c = 0; c < 3; c++) {
        load_row(p, p->across ? coded[c] : 0, y, p->width, scratch);
        mix_row(&m, p->width, scratch, scratch, scratch, scratch);
        store_row(scratch, p->width, p->bits, threshold[y & 3], rgb[c]);
    }
}

void tns_ycc_row(const tns_ycc *p, int y, float *scratch, void *const rgb[3])
{
    if (!p->across || p->matrix == IDENTITY)
        plain_row(p, y, scratch, rgb);
    else
        mixed_row(p, y, scratch, rgb);
}
