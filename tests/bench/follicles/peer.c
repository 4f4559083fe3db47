/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "bench/follicles/peer.h"

enum { STEP = 4, TILE = 24 };

static int rising(const void *left, const void *right)
{
    float a = *(const float *)left, b = *(const float *)right;
    return (a > b) - (a < b);
}

typedef struct field {
    int width, height;
    float *light, *dark;
} field;

static void reduce(const stubble_picture *p, field *f)
{
    for (int y = 0; y < f->height; y++)
        for (int x = 0; x < f->width; x++) {
            double sum = 0;
            for (int k = 0; k < STEP * STEP; k++)
                sum += p->rgb[3 * ((y * STEP + k / STEP) * p->width + x * STEP + k % STEP) + 1];
            f->light[y * f->width + x] = (float)(sum / (STEP * STEP));
        }
}

static void darken(field *f)
{
    float v[9 * TILE * TILE];
    for (int ty = 0; ty < f->height; ty += TILE)
        for (int tx = 0; tx < f->width; tx += TILE) {
            int n = 0;
            for (int y = ty - TILE; y < ty + 2 * TILE; y++)
                for (int x = tx - TILE; x < tx + 2 * TILE; x++)
                    if (x >= 0 && y >= 0 && x < f->width && y < f->height)
                        v[n++] = f->light[y * f->width + x];
            qsort(v, (size_t)n, sizeof *v, rising);
            for (int y = ty; y < ty + TILE && y < f->height; y++)
                for (int x = tx; x < tx + TILE && x < f->width; x++)
                    f->dark[y * f->width + x] = v[n / 2] - f->light[y * f->width + x];
        }
}

static float threshold(const field *f)
{
    size_t n = (size_t)f->width * (size_t)f->height;
    float *v = malloc(n * sizeof *v);
    for (size_t i = 0; i < n; i++)
        v[i] = fabsf(f->dark[i]);
    qsort(v, n, sizeof *v, rising);
    float limit = 4 * 1.4826F * v[n / 2];
    free(v);
    return limit;
}

static int fill(field *f, int from, float limit, int *queue, found_box *out)
{
    int count = 0, done = 0;
    *out = (found_box){1e9, 1e9, -1, -1};
    queue[count++] = from;
    f->dark[from] = -1e9F;
    while (done < count) {
        int at = queue[done++], x = at % f->width, y = at / f->width;
        *out = (found_box){fmin(out->x0, STEP * x), fmin(out->y0, STEP * y),
                           fmax(out->x1, STEP * (x + 1)), fmax(out->y1, STEP * (y + 1))};
        const int way[4][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
        for (int k = 0; k < 4; k++) {
            int u = x + way[k][0], v = y + way[k][1], to = v * f->width + u;
            if (u < 0 || v < 0 || u >= f->width || v >= f->height || f->dark[to] <= limit)
                continue;
            f->dark[to] = -1e9F;
            queue[count++] = to;
        }
    }
    return count;
}

int count_by_threshold(const stubble_picture *p, found_box *out, int most)
{
    field f = {p->width / STEP, p->height / STEP, NULL, NULL};
    size_t n = (size_t)f.width * (size_t)f.height;
    int count = 0, *queue = malloc(n * sizeof *queue);
    f.light = malloc(n * sizeof *f.light);
    f.dark = malloc(n * sizeof *f.dark);
    reduce(p, &f);
    darken(&f);
    float limit = threshold(&f);
    for (size_t i = 0; i < n && count < most; i++)
        if (f.dark[i] > limit && fill(&f, (int)i, limit, queue, &out[count]) >= 8)
            count++;
    free(f.light);
    free(f.dark);
    free(queue);
    return count;
}
