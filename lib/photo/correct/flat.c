/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "photo/correct/flat.h"
#include "photo/decode/pixels.h"

/* Cells across the longer side; each is the mean of up to SIDE x SIDE pixels. */
enum { CELLS = 100, SIDE = 12, PASSES = 2 };

static const double ASPECT = 0.01;       /* by which the shapes may differ */
static const double CLIPPED = 0.02;      /* share of the pixels */
static const double LEAST = 0.02;        /* of the mean light: below, nothing is made brighter */
static const double DARK = 0.02;         /* mean light of a frame that shows more than noise */
static const double RELIEF = 0.04;       /* of a cell against its surroundings, relative */
static const double RELIEF_SHARE = 0.12; /* of the cells that may show it: a seam, a screw */

struct tns_flat {
    int columns, rows;
    double width, height; /* of the picture, in cells a pixel */
    float (*gain)[3];
};

/* The cell's neighbours at a place, and how far on from the first of them it lies. */
typedef struct between {
    int first, second;
    float share;
} between;

static between neighbours(double at, int count)
{
    double bounded = fmin(fmax(at - 0.5, 0), count - 1);
    int first = (int)bounded, second = first + 1 < count ? first + 1 : first;
    return (between){first, second, (float)(bounded - first)};
}

void tns_light_read(const tns_light *light, int x, int y, int count, float (*rgb)[3])
{
    const tns_flat *flat = light->flat;
    tns_image_read(light->image, x, y, count, rgb);
    if (!flat)
        return;
    between v = neighbours((y + 0.5) * flat->height, flat->rows);
    const float(*above)[3] = (const float(*)[3])flat->gain + (ptrdiff_t)v.first * flat->columns;
    const float(*below)[3] = (const float(*)[3])flat->gain + (ptrdiff_t)v.second * flat->columns;
    for (int i = 0; i < count; i++) {
        between h = neighbours((x + i + 0.5) * flat->width, flat->columns);
        for (int c = 0; c < 3; c++) {
            float up = above[h.first][c] + h.share * (above[h.second][c] - above[h.first][c]);
            float down = below[h.first][c] + h.share * (below[h.second][c] - below[h.first][c]);
            rgb[i][c] *= up + v.share * (down - up);
        }
    }
}

void tns_flat_destroy(tns_flat *flat)
{
    if (flat)
        free(flat->gain);
    free(flat);
}

static bool check_shape(const tns_image *blank, const tns_image *image, tns_error *err)
{
    const tns_image_info *b = tns_image_describe(blank), *i = tns_image_describe(image);
    double ratio = (double)b->width / b->height / ((double)i->width / i->height);
    return fabs(log(ratio)) < ASPECT ||
           tns_error_set(err, TNS_ERROR_UNSUPPORTED,
                         "blank frame: its shape is %d x %d, the photo's %d x %d: it must be taken "
                         "with the same camera, held alike",
                         b->width, b->height, i->width, i->height);
}

/* The pixels of one cell, on a grid; returns how many of them are clipped. */
static int mean_of_cell(const tns_image *blank, int x0, int x1, int y0, int y1, int *seen,
                        float mean[3])
{
    int step_x = (x1 - x0 + SIDE - 1) / SIDE, step_y = (y1 - y0 + SIDE - 1) / SIDE;
    int clipped = 0, count = 0;
    double sum[3] = {0};
    for (int y = y0; y < y1; y += step_y)
        for (int x = x0; x < x1; x += step_x) {
            uint16_t code[1][3];
            float rgb[1][3];
            tns_image_encoded(blank, x, y, 1, code);
            tns_image_read(blank, x, y, 1, rgb);
            clipped += code[0][0] >= 65000 || code[0][1] >= 65000 || code[0][2] >= 65000;
            count++;
            for (int c = 0; c < 3; c++)
                sum[c] += rgb[0][c];
        }
    for (int c = 0; c < 3; c++)
        mean[c] = (float)(sum[c] / count);
    *seen += count;
    return clipped;
}

/* Into the gains, which are light as yet. */
static bool gather(tns_flat *flat, const tns_image *blank, tns_error *err)
{
    const tns_image_info *info = tns_image_describe(blank);
    int clipped = 0, seen = 0;
    for (int j = 0; j < flat->rows; j++)
        for (int i = 0; i < flat->columns; i++)
            clipped += mean_of_cell(blank, (int)((long)i * info->width / flat->columns),
                                    (int)((long)(i + 1) * info->width / flat->columns),
                                    (int)((long)j * info->height / flat->rows),
                                    (int)((long)(j + 1) * info->height / flat->rows), &seen,
                                    flat->gain[j * flat->columns + i]);
    return clipped <= CLIPPED * seen ||
           tns_error_set(err, TNS_ERROR_UNSUPPORTED,
                         "blank frame: %.0f %% of it is clipped; expose it less",
                         100.0 * clipped / seen);
}

static int inside(int i, int count)
{
    return i < 0 ? 0 : i >= count ? count - 1 : i;
}

/* One pass of 1 2 1 along the rows or the columns. */
static void smooth(const tns_flat *flat, bool along_rows, const float (*from)[3], float (*to)[3])
{
    for (int j = 0; j < flat->rows; j++)
        for (int i = 0; i < flat->columns; i++) {
            int before = along_rows ? j * flat->columns + inside(i - 1, flat->columns)
                                    : inside(j - 1, flat->rows) * flat->columns + i;
            int after = along_rows ? j * flat->columns + inside(i + 1, flat->columns)
                                   : inside(j + 1, flat->rows) * flat->columns + i;
            int at = j * flat->columns + i;
            for (int c = 0; c < 3; c++)
                to[at][c] = (from[before][c] + 2 * from[at][c] + from[after][c]) / 4;
        }
}

/* Share of the cells that stand out from the four beside them, two cells on. */
static double relief_of(const tns_flat *flat)
{
    int outstanding = 0, n = 0;
    for (int j = 2; j + 2 < flat->rows; j++)
        for (int i = 2; i + 2 < flat->columns; i++) {
            const float(*at)[3] = (const float(*)[3])flat->gain + j * flat->columns + i;
            double around =
                sqrt(fmax((double)at[-2][1] * at[2][1], 0)) / 2 +
                sqrt(fmax((double)at[-2 * flat->columns][1] * at[2 * flat->columns][1], 0)) / 2;
            outstanding += !(fabs(at[0][1] - around) <= RELIEF * around);
            n++;
        }
    return n > 0 ? (double)outstanding / n : 1;
}

static bool check_relief(const tns_flat *flat, tns_error *err)
{
    double share = relief_of(flat);
    return share <= RELIEF_SHARE ||
           tns_error_set(err, TNS_ERROR_UNSUPPORTED,
                         "blank frame: something is to be seen in %.0f %% of it; it must show an "
                         "even white sheet and nothing else",
                         100 * share);
}

static bool smooth_all(tns_flat *flat, tns_error *err)
{
    float(*turn)[3] = malloc((size_t)flat->columns * (size_t)flat->rows * sizeof *turn);
    if (!turn)
        return tns_error_set(err, TNS_ERROR_MEMORY, "blank frame: out of memory");
    for (int k = 0; k < PASSES; k++) {
        smooth(flat, true, (const float(*)[3])flat->gain, turn);
        smooth(flat, false, (const float(*)[3])turn, flat->gain);
    }
    free(turn);
    return true;
}

/* From light to the factor that makes it the mean's. */
static bool turn_to_gains(tns_flat *flat, tns_error *err)
{
    int n = flat->columns * flat->rows;
    for (int c = 0; c < 3; c++) {
        double mean = 0;
        for (int i = 0; i < n; i++)
            mean += flat->gain[i][c] / n;
        if (mean < DARK)
            return tns_error_set(err, TNS_ERROR_UNSUPPORTED,
                                 "blank frame: too dark (%.1f %% of the light that fits)",
                                 100 * fmax(mean, 0));
        for (int i = 0; i < n; i++)
            flat->gain[i][c] = (float)(mean / fmax(flat->gain[i][c], LEAST * mean));
    }
    return true;
}

static tns_flat *allocate(const tns_image *blank, const tns_image *image, tns_error *err)
{
    const tns_image_info *b = tns_image_describe(blank), *i = tns_image_describe(image);
    int longer = b->width > b->height ? b->width : b->height;
    tns_flat *flat = calloc(1, sizeof *flat);
    if (flat) {
        flat->columns =
            inside((int)((CELLS * (int64_t)b->width + longer / 2) / longer), b->width + 1);
        flat->rows =
            inside((int)((CELLS * (int64_t)b->height + longer / 2) / longer), b->height + 1);
        flat->columns += flat->columns == 0;
        flat->rows += flat->rows == 0;
        flat->width = (double)flat->columns / i->width;
        flat->height = (double)flat->rows / i->height;
        flat->gain = malloc((size_t)flat->columns * (size_t)flat->rows * sizeof *flat->gain);
    }
    if (!flat || !flat->gain) {
        tns_flat_destroy(flat);
        tns_error_set(err, TNS_ERROR_MEMORY, "blank frame: out of memory");
        return NULL;
    }
    return flat;
}

tns_flat *tns_flat_make(const tns_image *blank, const tns_image *image, tns_error *err)
{
    if (!check_shape(blank, image, err))
        return NULL;
    tns_flat *flat = allocate(blank, image, err);
    bool done = flat && gather(flat, blank, err) && check_relief(flat, err) &&
                smooth_all(flat, err) && turn_to_gains(flat, err);
    if (!done) {
        tns_flat_destroy(flat);
        return NULL;
    }
    return flat;
}
