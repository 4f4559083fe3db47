/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "photo/find/edges.h"

/* Sums of three neighbours along a row of `n` values, three channels in turn. */
static void sum_along(const uint8_t *row, int n, uint16_t *out)
{
    for (int i = 3; i < n - 3; i++)
        out[i] = (uint16_t)(row[i - 3] + row[i] + row[i + 3]);
}

static void sum_rows(uint16_t *const row[3], int n, uint16_t *out)
{
    const uint16_t *a = row[0], *b = row[1], *c = row[2];
    for (int i = 0; i < n; i++)
        out[i] = (uint16_t)(a[i] + b[i] + c[i]);
}

static uint16_t apart(uint16_t a, uint16_t b)
{
    return (uint16_t)(a > b ? a - b : b - a);
}

/* Of smoothed rows above, at and below. */
static void steps_of(uint16_t *const row[3], int n, uint16_t *out)
{
    const uint16_t *up = row[0], *at = row[1], *low = row[2];
    for (int i = 6; i < n - 6; i++) {
        uint16_t across = apart(at[i + 3], at[i - 3]), down = apart(low[i], up[i]);
        out[i] = across > down ? across : down;
    }
}

static void strongest(const uint16_t *step, int width, uint8_t *edge)
{
    for (int x = 2; x < width - 2; x++) {
        const uint16_t *s = step + 3 * x;
        uint16_t most = s[0] > s[1] ? s[0] : s[1];
        most = s[2] > most ? s[2] : most;
        edge[x] = (uint8_t)(most / 9);
    }
}

static void turn_ring(uint16_t *ring[3])
{
    uint16_t *first = ring[0];
    ring[0] = ring[1];
    ring[1] = ring[2];
    ring[2] = first;
}

bool tns_edges_of(const tns_reduced *p, uint8_t *edge)
{
    size_t w = (size_t)p->width;
    int n = 3 * p->width;
    uint16_t *rows = calloc(7 * 3 * w + 1, sizeof *rows);
    if (!rows)
        return false;
    uint16_t *along[3] = {rows, rows + n, rows + 2 * n};
    uint16_t *smooth[3] = {rows + 3 * n, rows + 4 * n, rows + 5 * n};
    uint16_t *step = rows + 6 * n;
    memset(edge, 255, w * (size_t)p->height);
    for (int y = 0; y < p->height; y++) {
        turn_ring(along);
        turn_ring(smooth);
        sum_along(p->rgb[(size_t)y * w], n, along[2]);
        sum_rows(along, n, smooth[2]); /* around row y - 1 */
        if (y < 4)
            continue;
        steps_of(smooth, n, step); /* of row y - 2 */
        strongest(step, p->width, edge + (size_t)(y - 2) * w);
    }
    free(rows);
    return true;
}
