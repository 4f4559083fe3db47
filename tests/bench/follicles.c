/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Counting follicular units on 70x microscope views, rendered with known truth, beside a simple
 * threshold: darker than the median of its surroundings by four robust deviations.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/timing.h"
#include "photo/read/follicles.h"
#include "render/render.h"
#include "render/stubble.h"

enum { VIEWS = 12, BOXES = 4000, STEP = 4, TILE = 24 };

static const double SHARED = 0.3; /* of the area two boxes cover together: they match */

typedef struct box {
    double x0, y0, x1, y1;
} box;

typedef struct tally {
    double matched, found, true_units, error, seconds;
} tally;

static double shared(const box *a, const stubble_unit *b)
{
    double w = fmin(a->x1, b->x1) - fmax(a->x0, b->x0), h = fmin(a->y1, b->y1) - fmax(a->y0, b->y0);
    double both = w > 0 && h > 0 ? w * h : 0;
    return both / ((a->x1 - a->x0) * (a->y1 - a->y0) + (b->x1 - b->x0) * (b->y1 - b->y0) - both);
}

static void add(const stubble_picture *p, const box *found, int n, tally *to)
{
    bool used[BOXES] = {false};
    for (size_t i = 0; i < p->unit_count; i++) {
        int best = -1;
        double most = SHARED;
        for (int k = 0; k < n; k++)
            if (!used[k] && shared(&found[k], &p->units[i]) > most) {
                most = shared(&found[k], &p->units[i]);
                best = k;
            }
        if (best >= 0)
            used[best] = true;
        to->matched += best >= 0;
    }
    to->found += n;
    to->true_units += (double)p->unit_count;
    to->error += fabs(n - (double)p->unit_count);
}

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

static int fill(field *f, int from, float limit, int *queue, box *out)
{
    int count = 0, done = 0;
    *out = (box){1e9, 1e9, -1, -1};
    queue[count++] = from;
    f->dark[from] = -1e9F;
    while (done < count) {
        int at = queue[done++], x = at % f->width, y = at / f->width;
        *out = (box){fmin(out->x0, STEP * x), fmin(out->y0, STEP * y),
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

static int by_threshold(const stubble_picture *p, box *out)
{
    field f = {p->width / STEP, p->height / STEP, NULL, NULL};
    size_t n = (size_t)f.width * (size_t)f.height;
    int count = 0, *queue = malloc(n * sizeof *queue);
    f.light = malloc(n * sizeof *f.light);
    f.dark = malloc(n * sizeof *f.dark);
    reduce(p, &f);
    darken(&f);
    float limit = threshold(&f);
    for (size_t i = 0; i < n && count < BOXES; i++)
        if (f.dark[i] > limit && fill(&f, (int)i, limit, queue, &out[count]) >= 8)
            count++;
    free(f.light);
    free(f.dark);
    free(queue);
    return count;
}

static int by_tonsure(const tns_image *image, box *out)
{
    const tns_image_info *info = tns_image_describe(image);
    tns_light light = {.image = image};
    tns_plot plot = {.box = {0, 0, info->width, info->height}};
    tns_follicles f;
    int n = 0;
    if (tns_follicles_find(&light, &plot, 0, &f, NULL))
        for (; n < BOXES && (size_t)n < f.units; n++) {
            const tns_follicle_unit *u = &f.unit[n];
            out[n] = (box){u->x, u->y, u->x + u->width, u->y + u->height};
        }
    tns_follicles_finish(&f);
    return n;
}

static stubble_scene scene_of(int i)
{
    stubble_scene s = stubble_scene_usual(200 + 10 * i, (uint64_t)(900 + i));
    s.lie = i;
    s.blur_px = 1 + i % 5;
    s.noise = 0.005 * (1 + i % 4);
    s.texture = 0.02 + 0.02 * (i % 5);
    s.redness = 0.15 * (i % 5);
    s.shine = 0.2 * (i % 4);
    s.hair.L = 18 + 5 * (i % 4);
    s.bubbles = i % 3;
    s.crusts = i % 2;
    return s;
}

static void report(const char *name, const tally *t)
{
    printf("%-22s F1 %.3f, count off by %.2f of %.1f, %6.1f ms\n", name,
           2 * t->matched / (t->found + t->true_units), t->error / VIEWS, t->true_units / VIEWS,
           1e3 * t->seconds / VIEWS);
}

int main(void)
{
    static box found[BOXES];
    tally ours = {0}, theirs = {0};
    for (int i = 0; i < VIEWS; i++) {
        stubble_scene s = scene_of(i);
        stubble_picture p;
        if (!stubble_make(&s, &p))
            return 1;
        render_picture picture = {.width = p.width, .height = p.height, .rgb = p.rgb};
        size_t size;
        unsigned char *jpeg = render_picture_jpeg(&picture, NULL, &size, NULL);
        tns_image *image = jpeg ? tns_image_parse(jpeg, size, "view.jpg", NULL) : NULL;
        if (!image)
            return 1;
        double start = processor_seconds();
        int n = by_tonsure(image, found);
        ours.seconds += processor_seconds() - start;
        add(&p, found, n, &ours);
        start = processor_seconds();
        n = by_threshold(&p, found);
        theirs.seconds += processor_seconds() - start;
        add(&p, found, n, &theirs);
        tns_image_destroy(image);
        free(jpeg);
        stubble_finish(&p);
    }
    puts("follicular units in 1280 x 1024 views of 200-310 px/mm");
    report("tonsure", &ours);
    report("median threshold, 1/4", &theirs);
    return 0;
}
