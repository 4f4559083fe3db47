/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "photo/decode/pixels.h"
#include "photo/find/blobs.h"

enum { AREA_LEAST = 25 };

/* Steps of the encoded value over two pixels that count as an edge: from faint to strong. */
static const int edge_steps[] = {6, 12, 24, 48};

static const double AREA_SHARE = 0.04;
static const double SLIMMEST = 0.3; /* short axis over long axis */

/*
 * Area over 12 sqrt(determinant of the second moments): 1 for every parallelogram, lower for what
 * has holes, bays or branches. A few pixels of a small one may fray.
 */
static const double FULL_LEAST = 0.88, FULL_MOST = 1.06;

static void add_row(const tns_image *image, int y, int width, int factor, uint16_t (*row)[3],
                    uint32_t (*sum)[3])
{
    tns_image_encoded(image, 0, y, width * factor, row);
    for (int x = 0; x < width * factor; x++)
        for (int c = 0; c < 3; c++)
            sum[x / factor][c] += row[x][c] >> 8;
}

bool tns_reduced_make(const tns_image *image, int long_side, tns_reduced *out)
{
    const tns_image_info *info = tns_image_describe(image);
    int longest = info->width > info->height ? info->width : info->height;
    int f = (longest + long_side - 1) / long_side;
    memset(out, 0, sizeof *out);
    out->factor = f;
    out->width = info->width / f;
    out->height = info->height / f;
    uint16_t(*row)[3] = malloc(((size_t)info->width + 1) * sizeof *row);
    uint32_t(*sum)[3] = malloc(((size_t)out->width + 1) * sizeof *sum);
    out->rgb = malloc(((size_t)out->width * (size_t)out->height + 1) * sizeof *out->rgb);
    bool done = row && sum && out->rgb;
    for (int y = 0; y < out->height && done; y++) {
        memset(sum, 0, (size_t)out->width * sizeof *sum);
        for (int k = 0; k < f; k++)
            add_row(image, y * f + k, out->width, f, row, sum);
        for (int x = 0; x < out->width; x++)
            for (int c = 0; c < 3; c++)
                out->rgb[(size_t)y * (size_t)out->width + (size_t)x][c] =
                    (uint8_t)(sum[x][c] / (uint32_t)(f * f));
    }
    free(row);
    free(sum);
    return done;
}

void tns_reduced_finish(tns_reduced *reduced)
{
    free(reduced->rgb);
    memset(reduced, 0, sizeof *reduced);
}

/* Each value the sum of 3 by 3; the border stays as it is, it is no place for a patch. */
static void smooth(const tns_reduced *p, uint16_t (*sum)[3])
{
    size_t w = (size_t)p->width;
    for (size_t y = 1; y + 1 < (size_t)p->height; y++)
        for (size_t x = 1; x + 1 < w; x++) {
            const uint8_t(*at)[3] = (const uint8_t(*)[3])p->rgb + y * w + x;
            for (int c = 0; c < 3; c++)
                sum[y * w + x][c] =
                    (uint16_t)(at[-1][c] + at[0][c] + at[1][c] + (at - w)[-1][c] + (at - w)[0][c] +
                               (at - w)[1][c] + (at + w)[-1][c] + (at + w)[0][c] + (at + w)[1][c]);
        }
}

/* Strongest step over two pixels, in any channel, of the smoothed picture; 255 along the border. */
static void edges_of(const tns_reduced *p, const uint16_t (*sum)[3], uint8_t *edge)
{
    size_t w = (size_t)p->width;
    memset(edge, 255, w * (size_t)p->height);
    for (size_t y = 2; y + 2 < (size_t)p->height; y++)
        for (size_t x = 2; x + 2 < w; x++) {
            const uint16_t(*at)[3] = sum + y * w + x;
            int most = 0;
            for (int c = 0; c < 3; c++) {
                int across = abs(at[1][c] - at[-1][c]), down = abs((at + w)[0][c] - (at - w)[0][c]);
                most = across > most ? across : most;
                most = down > most ? down : most;
            }
            most /= 9;
            edge[y * w + x] = (uint8_t)(most > 255 ? 255 : most);
        }
}

typedef struct moments {
    double n, x, y, xx, xy, yy;
} moments;

static void add_pixel(moments *m, double x, double y)
{
    m->n += 1;
    m->x += x;
    m->y += y;
    m->xx += x * x;
    m->xy += x * y;
    m->yy += y * y;
}

static bool is_parallelogram(const moments *m, double most, tns_blob *out)
{
    if (m->n < AREA_LEAST || m->n > most)
        return false;
    double x = m->x / m->n, y = m->y / m->n;
    double xx = m->xx / m->n - x * x + 1.0 / 12, yy = m->yy / m->n - y * y + 1.0 / 12;
    double xy = m->xy / m->n - x * y;
    double determinant = xx * yy - xy * xy, half = (xx + yy) / 2;
    double root = sqrt(fmax(half * half - determinant, 0));
    double full = m->n / (12 * sqrt(determinant));
    *out = (tns_blob){.center = {x + 0.5, y + 0.5}, .side = sqrt(m->n)};
    return full > FULL_LEAST && full < FULL_MOST &&
           (half - root) > SLIMMEST * SLIMMEST * (half + root);
}

static bool is_known(const tns_blob *blobs, int count, const tns_blob *blob)
{
    for (int i = 0; i < count; i++)
        if (hypot(blobs[i].center.x - blob->center.x, blobs[i].center.y - blob->center.y) <
            0.3 * blob->side)
            return true;
    return false;
}

/* The connected even pixels from `start` on; marks them as taken. `stack` holds a whole picture. */
static moments flood(const tns_reduced *p, uint8_t *even, int32_t *stack, int32_t start)
{
    moments m = {0};
    const int32_t step[4] = {1, -1, p->width, -p->width};
    int32_t top = 0;
    stack[top++] = start;
    even[start] = 0;
    while (top > 0) {
        int32_t at = stack[--top];
        add_pixel(&m, at % p->width, (double)(at / p->width));
        for (int k = 0; k < 4; k++) /* the border is never even */
            if (even[at + step[k]]) {
                even[at + step[k]] = 0;
                stack[top++] = at + step[k];
            }
    }
    return m;
}

static int collect(const tns_reduced *p, const uint8_t *edge, uint8_t *even, int32_t *stack,
                   tns_blob *blobs)
{
    int32_t n = p->width * p->height;
    int count = 0;
    for (size_t k = 0; k < sizeof edge_steps / sizeof *edge_steps; k++) {
        for (int32_t i = 0; i < n; i++)
            even[i] = edge[i] < edge_steps[k];
        for (int32_t i = 0; i < n && count < TNS_BLOBS_MAX; i++) {
            if (!even[i])
                continue;
            moments m = flood(p, even, stack, i);
            if (is_parallelogram(&m, AREA_SHARE * n, &blobs[count]) &&
                !is_known(blobs, count, &blobs[count]))
                count++;
        }
    }
    return count;
}

static int by_x(const void *a, const void *b)
{
    double u = ((const tns_blob *)a)->center.x, v = ((const tns_blob *)b)->center.x;
    return (u > v) - (u < v);
}

int tns_blobs_find(const tns_reduced *picture, tns_blob *blobs)
{
    size_t n = (size_t)picture->width * (size_t)picture->height;
    uint8_t *edge = malloc(n + 1), *even = malloc(n + 1);
    int32_t *stack = malloc((n + 1) * sizeof *stack);
    uint16_t(*sum)[3] = malloc((n + 1) * sizeof *sum);
    int count = -1;
    if (edge && even && stack && sum) {
        smooth(picture, sum);
        edges_of(picture, (const uint16_t(*)[3])sum, edge);
        count = collect(picture, edge, even, stack, blobs);
        qsort(blobs, (size_t)count, sizeof *blobs, by_x);
    }
    free(edge);
    free(even);
    free(stack);
    free(sum);
    return count;
}
