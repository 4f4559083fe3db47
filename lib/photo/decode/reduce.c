/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decode/reduce.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "photo/decode/inside.h"

/* The window's place in memory, and what it becomes there. */
typedef struct stored_window {
    const tns_pixels *pixels;
    size_t column, row; /* its first pixel */
    int width, height;  /* when reduced */
    int factor;
} stored_window;

static void add_bytes(const uint8_t *restrict row, size_t n, uint16_t *restrict sum)
{
    for (size_t i = 0; i < n; i++)
        sum[i] = (uint16_t)(sum[i] + row[i]);
}

static void add_words(const uint16_t *restrict row, size_t n, uint16_t *restrict sum)
{
    for (size_t i = 0; i < n; i++)
        sum[i] = (uint16_t)(sum[i] + (row[i] >> 8));
}

static void add_row(const stored_window *w, size_t row, uint16_t *sum)
{
    const tns_pixels *p = w->pixels;
    size_t at = 3 * ((w->row + row) * (size_t)p->width + w->column);
    size_t n = 3 * (size_t)w->width * (size_t)w->factor;
    if (p->bits == 8)
        add_bytes((const uint8_t *)p->data + at, n, sum);
    else
        add_words((const uint16_t *)p->data + at, n, sum);
}

/*
 * Sums along the row and the division by factor^2, by a product: `inverse` exceeds 2^32 / factor^2
 * by less than 1, which the sum, under 2^8 factor^2 + factor^2 / 2, cannot carry over a whole
 * number as long as factor^4 < 2^24.
 */
static void average_row(const uint16_t *sum, int width, uint32_t factor, uint8_t (*rgb)[3])
{
    uint32_t area = factor * factor;
    uint64_t inverse = ((uint64_t)1 << 32) / area + 1;
    for (int x = 0; x < width; x++) {
        uint32_t total[3] = {area / 2, area / 2, area / 2};
        for (uint32_t k = 0; k < factor; k++, sum += 3)
            for (int c = 0; c < 3; c++)
                total[c] += sum[c];
        for (int c = 0; c < 3; c++)
            rgb[x][c] = (uint8_t)(total[c] * inverse >> 32);
    }
}

static bool reduce_stored(const stored_window *w, uint8_t (*rgb)[3])
{
    size_t n = 3 * (size_t)w->width * (size_t)w->factor;
    uint16_t *sum = malloc((n + 1) * sizeof *sum);
    for (int y = 0; y < w->height && sum; y++) {
        memset(sum, 0, n * sizeof *sum);
        for (int k = 0; k < w->factor; k++)
            add_row(w, (size_t)y * (size_t)w->factor + (size_t)k, sum);
        average_row(sum, w->width, (uint32_t)w->factor, rgb + (size_t)y * (size_t)w->width);
    }
    free(sum);
    return sum != NULL;
}

static void turn(const uint8_t (*stored)[3], const stored_window *w, int orientation,
                 uint8_t (*rgb)[3])
{
    bool turned = orientation >= 5;
    int width = turned ? w->height : w->width, height = turned ? w->width : w->height;
    for (int y = 0; y < height; y++) {
        tns_stored at = tns_orientation_stored(orientation, w->width, w->height, 0, y);
        for (int x = 0; x < width; x++)
            memcpy(*rgb++, stored[at.index + x * at.step], sizeof *rgb);
    }
}

/* Whichever corner of the shown window is stored first. */
static stored_window find_stored(const tns_image *image, tns_window window, int factor)
{
    const tns_pixels *p = &image->pixels;
    int o = image->info.orientation, w = window.width / factor, h = window.height / factor;
    size_t a = (size_t)tns_orientation_stored(o, p->width, p->height, window.x, window.y).index;
    size_t b = (size_t)tns_orientation_stored(o, p->width, p->height, window.x + w * factor - 1,
                                              window.y + h * factor - 1)
                   .index;
    size_t width = (size_t)p->width, column_a = a % width, column_b = b % width;
    return (stored_window){.pixels = p,
                           .column = column_a < column_b ? column_a : column_b,
                           .row = (a < b ? a : b) / width,
                           .width = o >= 5 ? h : w,
                           .height = o >= 5 ? w : h,
                           .factor = factor};
}

bool tns_image_reduce(const tns_image *image, tns_window window, int factor, uint8_t (*rgb)[3])
{
    assert(factor >= 1 && factor <= TNS_REDUCE_MOST && window.x >= 0 && window.y >= 0);
    assert(window.width <= image->info.width - window.x);
    assert(window.height <= image->info.height - window.y);
    if (window.width < factor || window.height < factor)
        return true;
    stored_window w = find_stored(image, window, factor);
    if (image->info.orientation == 1)
        return reduce_stored(&w, rgb);
    uint8_t(*stored)[3] = malloc((size_t)w.width * (size_t)w.height * sizeof *stored);
    bool done = stored && reduce_stored(&w, stored);
    if (done)
        turn((const uint8_t(*)[3])stored, &w, image->info.orientation, rgb);
    free(stored);
    return done;
}
