/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/gamut/gamut_cells.h"

/* L* 0..100 and a*, b* -128..128, with an empty cell all around. */
static const double L_MOST = 100, AB_MOST = 128;

struct tns_gamut {
    double cell;
    int size[3];           /* L*, a*, b* */
    unsigned char *within; /* a cell each */
};

static size_t cells_of(const tns_gamut *g)
{
    return (size_t)g->size[0] * (size_t)g->size[1] * (size_t)g->size[2];
}

static size_t index_of(const tns_gamut *g, int i, int j, int k)
{
    return ((size_t)i * (size_t)g->size[1] + (size_t)j) * (size_t)g->size[2] + (size_t)k;
}

static int held(double at, int size)
{
    return at < 1 ? 1 : at > size - 2 ? size - 2 : (int)at;
}

/* Cell 1 is centered on L* 0 and on a*, b* -128. */
static size_t cell_at(const tns_gamut *g, tns_lab lab)
{
    return index_of(g, held(floor(lab.L / g->cell + 1.5), g->size[0]),
                    held(floor((lab.a + AB_MOST) / g->cell + 1.5), g->size[1]),
                    held(floor((lab.b + AB_MOST) / g->cell + 1.5), g->size[2]));
}

static tns_lab center(const tns_gamut *g, int i, int j, int k)
{
    return (tns_lab){(i - 1) * g->cell, (j - 1) * g->cell - AB_MOST, (k - 1) * g->cell - AB_MOST};
}

tns_gamut *tns_gamut_create(double cell, tns_error *err)
{
    tns_gamut *g = calloc(1, sizeof *g);
    if (g) {
        g->cell = cell;
        g->size[0] = (int)ceil(L_MOST / cell) + 3;
        g->size[1] = g->size[2] = (int)ceil(2 * AB_MOST / cell) + 3;
        g->within = calloc(cells_of(g), 1);
    }
    if (g && g->within)
        return g;
    tns_gamut_destroy(g);
    tns_error_set(err, TNS_ERROR_MEMORY, "gamut: out of memory");
    return NULL;
}

void tns_gamut_destroy(tns_gamut *gamut)
{
    if (!gamut)
        return;
    free(gamut->within);
    free(gamut);
}

void tns_gamut_touch(tns_gamut *gamut, tns_lab lab)
{
    gamut->within[cell_at(gamut, lab)] = 1;
}

void tns_gamut_add(tns_gamut *gamut, tns_lab lab)
{
    gamut->within[cell_at(gamut, lab)] = 1;
}

bool tns_gamut_has(const tns_gamut *gamut, tns_lab lab)
{
    return gamut->within[cell_at(gamut, lab)];
}

double tns_gamut_cell(const tns_gamut *gamut)
{
    return gamut->cell;
}

/* ---- filling ---- */

/* Marks a cell as outside, to go on from, unless it is the shell's or was met. */
static void reach(tns_gamut *g, size_t at, size_t *queue, size_t *end)
{
    if (g->within[at])
        return;
    g->within[at] = 2;
    queue[(*end)++] = at;
}

/* From the empty border over the six neighbors; what is not met becomes 1, what is 0. */
bool tns_gamut_fill(tns_gamut *g, tns_error *err)
{
    size_t n = cells_of(g), start = 0, end = 0;
    size_t row = (size_t)g->size[2], plane = row * (size_t)g->size[1];
    size_t *queue = malloc(n * sizeof *queue);
    if (!queue)
        return tns_error_set(err, TNS_ERROR_MEMORY, "gamut: out of memory");
    for (reach(g, 0, queue, &end); start < end; start++) {
        size_t at = queue[start];
        const size_t step[3] = {1, row, plane};
        for (int i = 0; i < 3; i++) {
            if (at >= step[i])
                reach(g, at - step[i], queue, &end);
            if (at + step[i] < n)
                reach(g, at + step[i], queue, &end);
        }
    }
    for (size_t i = 0; i < n; i++)
        g->within[i] = g->within[i] != 2;
    free(queue);
    return true;
}

/* ---- figures ---- */

double tns_gamut_volume(const tns_gamut *gamut)
{
    double cells = 0;
    for (size_t i = 0; i < cells_of(gamut); i++)
        cells += gamut->within[i];
    return cells * gamut->cell * gamut->cell * gamut->cell;
}

void tns_gamut_box(const tns_gamut *g, tns_lab *least, tns_lab *most)
{
    *least = (tns_lab){INFINITY, INFINITY, INFINITY};
    *most = (tns_lab){-INFINITY, -INFINITY, -INFINITY};
    for (int i = 0; i < g->size[0]; i++)
        for (int j = 0; j < g->size[1]; j++)
            for (int k = 0; k < g->size[2]; k++) {
                tns_lab at = center(g, i, j, k);
                if (!g->within[index_of(g, i, j, k)])
                    continue;
                *least =
                    (tns_lab){fmin(least->L, at.L), fmin(least->a, at.a), fmin(least->b, at.b)};
                *most = (tns_lab){fmax(most->L, at.L), fmax(most->a, at.a), fmax(most->b, at.b)};
            }
}

/* ---- outlines ---- */

/* Walks with the cells within on the left; directions: +a, +b, -a, -b. */
static const int AHEAD[4][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};

typedef struct plane {
    const tns_gamut *gamut;
    int level;
    unsigned char *met; /* four sides of each grid point */
} plane;

static bool cell_is(const plane *p, int j, int k)
{
    const tns_gamut *g = p->gamut;
    return j >= 0 && k >= 0 && j < g->size[1] && k < g->size[2] &&
           g->within[index_of(g, p->level, j, k)];
}

/* From the lower corner of cell (j, k) in a direction: is that a side of the outline? */
static bool is_side(const plane *p, int j, int k, int direction)
{
    static const int left[4][2] = {{0, 0}, {-1, 0}, {-1, -1}, {0, -1}};
    static const int right[4][2] = {{0, -1}, {0, 0}, {-1, 0}, {-1, -1}};
    return cell_is(p, j + left[direction][0], k + left[direction][1]) &&
           !cell_is(p, j + right[direction][0], k + right[direction][1]);
}

static unsigned char *met(const plane *p, int j, int k, int direction)
{
    return &p->met[4 * ((size_t)j * (size_t)p->gamut->size[2] + (size_t)k) + (size_t)direction];
}

static bool add_point(tns_gamut_loop *loop, const tns_gamut *g, int j, int k)
{
    double(*more)[2] = realloc(loop->point, (loop->count + 1) * sizeof *more);
    if (!more)
        return false;
    loop->point = more;
    more[loop->count][0] = (j - 1.5) * g->cell - AB_MOST;
    more[loop->count++][1] = (k - 1.5) * g->cell - AB_MOST;
    return true;
}

/* Corners alone are points; at a crossing the right turn keeps to one loop. */
static bool walk(const plane *p, int j, int k, int direction, tns_gamut_loop *loop)
{
    int came = -1;
    while (!*met(p, j, k, direction)) {
        *met(p, j, k, direction) = 1;
        if (direction != came && !add_point(loop, p->gamut, j, k))
            return false;
        came = direction;
        j += AHEAD[direction][0];
        k += AHEAD[direction][1];
        for (int turn = 3; turn <= 6; turn++) /* right, ahead, left, back */
            if (is_side(p, j, k, (direction + turn) % 4)) {
                direction = (direction + turn) % 4;
                break;
            }
    }
    return true;
}

static bool trace(const plane *p, tns_gamut_loop **loops, size_t *count)
{
    for (int j = 0; j < p->gamut->size[1]; j++)
        for (int k = 0; k < p->gamut->size[2]; k++) {
            if (!is_side(p, j, k, 0) || *met(p, j, k, 0))
                continue;
            tns_gamut_loop *more = realloc(*loops, (*count + 2) * sizeof *more);
            if (!more)
                return false;
            *loops = more;
            more[*count] = (tns_gamut_loop){0};
            if (!walk(p, j, k, 0, &more[(*count)++]))
                return false;
        }
    return true;
}

tns_gamut_loop *tns_gamut_outline(const tns_gamut *gamut, double L, size_t *count)
{
    plane p = {.gamut = gamut, .level = held(floor(L / gamut->cell + 1.5), gamut->size[0])};
    tns_gamut_loop *loops = calloc(1, sizeof *loops);
    *count = 0;
    p.met = calloc(4 * (size_t)gamut->size[1] * (size_t)gamut->size[2], 1);
    bool done = loops && p.met && trace(&p, &loops, count);
    free(p.met);
    if (done)
        return loops;
    tns_gamut_loops_destroy(loops, *count);
    *count = 0;
    return NULL;
}

void tns_gamut_loops_destroy(tns_gamut_loop *loops, size_t count)
{
    for (size_t i = 0; loops && i < count; i++)
        free(loops[i].point);
    free(loops);
}
