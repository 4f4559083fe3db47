/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/read/blown.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "photo/decode/pixels.h"

enum {
    CELLS = 400,    /* across, so that a cell is smaller than a gap */
    CELL_LEAST = 4, /* pixels */
    CHUNK = 256,    /* pixels read at a time */
    FEW = 20,       /* units, of which gaps cannot be told: taken for as many */
    ROUNDS = 4      /* a smaller area left makes smaller gaps, until it stays */
};

/*
 * Of the usual distance, 1 / sqrt(density): a square as wide as two has no unit in it by chance
 * once in exp(4) = 55 times, were units anywhere; they keep a distance, so that it is rarer.
 */
static const double GAP = 2;

typedef struct finder {
    const tns_light *light;
    const tns_plot *plot;
    tns_field *out;
    bool *scratch;
    double area;
    size_t units;
} finder;

/* Hair is looked for in red and green. */
static bool is_white(const uint16_t code[3])
{
    return code[0] >= TNS_CODE_HIGH && code[1] >= TNS_CODE_HIGH;
}

/* Takes from a row of cells those where a pixel of a row is not white; how many are left. */
static int sift_row(finder *f, int y, bool *cells)
{
    const tns_box *box = &f->plot->box;
    uint16_t code[CHUNK][3];
    int left = 0;
    for (int x = 0; x < box->width; x += CHUNK) {
        int n = box->width - x < CHUNK ? box->width - x : CHUNK;
        tns_image_encoded(f->light->image, box->x + x, box->y + y, n, code);
        for (int i = 0; i < n; i++)
            if (!is_white(code[i]))
                cells[(x + i) / f->out->cell] = false;
    }
    for (int i = 0; i < f->out->across; i++)
        left += cells[i];
    return left;
}

/* Marks cells whose every pixel is white; how many. */
static int mark_white(finder *f)
{
    tns_field *out = f->out;
    int sum = 0;
    memset(out->is_outside, true, (size_t)out->across * (size_t)out->down * sizeof(bool));
    for (int j = 0; j < out->down; j++) {
        bool *cells = out->is_outside + j * out->across;
        int left = out->across, end = (j + 1) * out->cell;
        for (int y = j * out->cell; left > 0 && y < end && y < f->plot->box.height; y++)
            left = sift_row(f, y, cells);
        sum += left;
    }
    return sum;
}

/* Unmarks what is no further than `reach` from what is not marked; beyond the line nothing is. */
static void shrink_line(bool *at, int count, int stride, int reach, bool *clear)
{
    for (int i = 0, since = reach + 1; i < count; i++) {
        since = at[i * stride] ? since + 1 : 0;
        clear[i] = since > reach;
    }
    for (int i = count - 1, since = reach + 1; i >= 0; i--) {
        since = at[i * stride] ? since + 1 : 0;
        at[i * stride] = clear[i] && since > reach;
    }
}

/* In a square around. */
static void shrink(tns_field *f, int reach, bool *clear)
{
    for (int j = 0; j < f->down; j++)
        shrink_line(f->is_outside + j * f->across, f->across, 1, reach, clear);
    for (int i = 0; i < f->across; i++)
        shrink_line(f->is_outside + i, f->down, f->across, reach, clear);
}

static void invert(tns_field *f)
{
    for (int i = 0; i < f->across * f->down; i++)
        f->is_outside[i] = !f->is_outside[i];
}

/* Leaves what marked squares of `side` pixels cover: an opening (Serra 1982). */
static void open(tns_field *f, double side, bool *clear)
{
    int reach = (int)fmin(side / 2 / f->cell, fmax(f->across, f->down));
    shrink(f, reach, clear);
    invert(f);
    shrink(f, reach, clear);
    invert(f);
}

static double area_left(const finder *f, const tns_field *blown)
{
    tns_plot left = *f->plot;
    double area = 0;
    left.blown = blown;
    for (int y = 0; y < left.box.height; y++)
        area += tns_plot_row(&left, y, f->scratch);
    return area;
}

/*
 * `white` is what may be blown; the gaps are those of the units in what is left of the area. Where
 * most is white and hardly a unit is found, all that is white counts.
 */
static void narrow(finder *f, int count, const bool *white)
{
    size_t n = (size_t)f->out->across * (size_t)f->out->down;
    double area = f->area, units = f->units > FEW ? (double)f->units : FEW;
    if (f->units < FEW && (double)count * f->out->cell * f->out->cell > area / 2)
        return;
    for (int i = 0; i < ROUNDS; i++) {
        memcpy(f->out->is_outside, white, n * sizeof *white);
        open(f->out, GAP * sqrt(area / units), f->scratch);
        if (!memchr(f->out->is_outside, true, n * sizeof *white))
            return;
        area = area_left(f, f->out);
    }
}

static bool find(finder *f)
{
    size_t n = (size_t)f->out->across * (size_t)f->out->down;
    bool *white = malloc(n * sizeof *white), done = white != NULL;
    int count = done ? mark_white(f) : 0;
    if (count > 0) {
        memcpy(white, f->out->is_outside, n * sizeof *white);
        narrow(f, count, white);
    }
    free(white);
    if (done && !memchr(f->out->is_outside, true, n * sizeof *white))
        tns_field_finish(f->out); /* all is seen */
    return done;
}

bool tns_blown_find(const tns_light *light, const tns_plot *plot, double area, size_t units,
                    tns_field *out)
{
    const tns_box *box = &plot->box;
    int cell = (box->width + CELLS - 1) / CELLS;
    *out = (tns_field){.cell = cell > CELL_LEAST ? cell : CELL_LEAST};
    out->across = (box->width + out->cell - 1) / out->cell;
    out->down = (box->height + out->cell - 1) / out->cell;
    out->is_outside = malloc((size_t)out->across * (size_t)out->down * sizeof *out->is_outside);
    finder f = {.light = light, .plot = plot, .out = out, .area = area, .units = units};
    f.scratch = malloc((size_t)(box->width + out->down) * sizeof *f.scratch);
    bool done = out->is_outside && f.scratch && find(&f);
    free(f.scratch);
    return done;
}
