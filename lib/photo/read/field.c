/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/read/field.h"
#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

/*
 * BLACK  of the usual light: black hair mirrors more, and does not fill a cell
 * LEAST  of all cells: less is no tube's edge
 */
static const float BLACK = 0.05F, LEAST = 0.01F;

enum {
    CELLS = 80,     /* across */
    CELL_LEAST = 4, /* pixels */
    RIM = 3         /* cells within the edge, which is blurred */
};

static float mean_of(const tns_light *light, int x, int y, int count)
{
    enum { CHUNK = 64 };
    float rgb[CHUNK][3], sum = 0;
    for (int from = 0; from < count; from += CHUNK) {
        int n = count - from < CHUNK ? count - from : CHUNK;
        tns_light_read(light, x + from, y, n, rgb);
        for (int i = 0; i < n; i++)
            sum += 0.7F * rgb[i][0] + 0.3F * rgb[i][1];
    }
    return sum / (float)count;
}

/* Of the middle row of each cell. */
static void fill(const tns_light *light, const tns_box *box, const tns_field *f, float *mean)
{
    for (int j = 0; j < f->down; j++)
        for (int i = 0; i < f->across; i++) {
            int y = j * f->cell + f->cell / 2, x = i * f->cell;
            int n = box->width - x < f->cell ? box->width - x : f->cell;
            y = y < box->height ? y : box->height - 1;
            mean[j * f->across + i] = mean_of(light, box->x + x, box->y + y, n);
        }
}

/* Black cells that hang together with a corner's; how many. `stack` has room for all. */
static int flood(const float *mean, float black, tns_field *f, int *stack)
{
    int w = f->across, h = f->down, used = 0, count = 0;
    const int corner[4] = {0, w - 1, (h - 1) * w, h * w - 1};
    for (int k = 0; k < 4; k++)
        if (mean[corner[k]] < black && !f->is_outside[corner[k]]) {
            f->is_outside[corner[k]] = true;
            stack[used++] = corner[k];
        }
    while (used > 0) {
        int at = stack[--used], x = at % w, y = at / w;
        const int next[4] = {x > 0 ? at - 1 : at, x < w - 1 ? at + 1 : at, y > 0 ? at - w : at,
                             y < h - 1 ? at + w : at};
        count++;
        for (int k = 0; k < 4; k++)
            if (mean[next[k]] < black && !f->is_outside[next[k]]) {
                f->is_outside[next[k]] = true;
                stack[used++] = next[k];
            }
    }
    return count;
}

/* By one cell all around. */
static void grow(tns_field *f, bool *was)
{
    int w = f->across, h = f->down;
    memcpy(was, f->is_outside, (size_t)w * (size_t)h * sizeof *was);
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++)
            for (int j = y > 0 ? -1 : 0; j <= (y < h - 1); j++)
                for (int i = x > 0 ? -1 : 0; i <= (x < w - 1); i++)
                    f->is_outside[y * w + x] |= was[(y + j) * w + x + i];
}

static void mark(const float *mean, float *sorted, tns_field *f, int *stack, bool *was)
{
    size_t n = (size_t)f->across * (size_t)f->down;
    memcpy(sorted, mean, n * sizeof *sorted);
    tns_sort_floats(sorted, n);
    int count = flood(mean, BLACK * sorted[n / 2], f, stack);
    if ((float)count < LEAST * (float)n) {
        free(f->is_outside);
        f->is_outside = NULL;
        return;
    }
    for (int k = 0; k < RIM; k++)
        grow(f, was);
}

bool tns_field_find(const tns_light *light, const tns_box *box, tns_field *out)
{
    int cell = (box->width + CELLS - 1) / CELLS;
    *out = (tns_field){.cell = cell > CELL_LEAST ? cell : CELL_LEAST};
    out->across = (box->width + out->cell - 1) / out->cell;
    out->down = (box->height + out->cell - 1) / out->cell;
    size_t n = (size_t)out->across * (size_t)out->down;
    out->is_outside = calloc(n, sizeof *out->is_outside);
    float *mean = malloc(n * sizeof *mean), *sorted = malloc(n * sizeof *sorted);
    int *stack = malloc(n * sizeof *stack);
    bool *was = malloc(n * sizeof *was);
    bool done = out->is_outside && mean && sorted && stack && was;
    if (done) {
        fill(light, box, out, mean);
        mark(mean, sorted, out, stack, was);
    }
    free(mean);
    free(sorted);
    free(stack);
    free(was);
    return done;
}

void tns_field_finish(tns_field *field)
{
    free(field->is_outside);
    field->is_outside = NULL;
}

bool tns_field_has(const tns_field *field, int x, int y)
{
    return !field->is_outside ||
           !field->is_outside[y / field->cell * field->across + x / field->cell];
}
