/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "photo/read/smooth.h"

enum { REACH = 15 };

/* Half of a kernel that sums to 1; returns how far it reaches. */
static int gaussian(float sigma, float kernel[REACH + 1])
{
    int reach = (int)fminf(ceilf(2.7F * sigma), REACH);
    double sum = 0;
    for (int i = 0; i <= reach; i++) {
        kernel[i] = (float)exp(-0.5 * i * i / (double)(sigma * sigma));
        sum += (i ? 2 : 1) * (double)kernel[i];
    }
    for (int i = 0; i <= reach; i++)
        kernel[i] /= (float)sum;
    return reach;
}

/* One term after the other over a whole row, which becomes vector code. */
static void add_pair(float *to, const float *a, const float *b, float weight, int n)
{
    for (int i = 0; i < n; i++)
        to[i] += weight * (a[i] + b[i]);
}

static void start(float *to, const float *from, float weight, int n)
{
    for (int i = 0; i < n; i++)
        to[i] = weight * from[i];
}

static const float *held_row(const float *in, int width, int height, int y)
{
    int inside = y < 0 ? 0 : y >= height ? height - 1 : y;
    return in + (size_t)inside * (size_t)width;
}

/* Rows above and below into `padded`, held at its ends, then along it. */
static void smooth_row(const float *in, int width, int height, int y, const float *kernel,
                       int reach, float *padded, float *out)
{
    float *middle = padded + REACH;
    start(middle, held_row(in, width, height, y), kernel[0], width);
    for (int i = 1; i <= reach; i++)
        add_pair(middle, held_row(in, width, height, y - i), held_row(in, width, height, y + i),
                 kernel[i], width);
    for (int i = 1; i <= reach; i++) {
        middle[-i] = middle[0];
        middle[width - 1 + i] = middle[width - 1];
    }
    start(out, middle, kernel[0], width);
    for (int i = 1; i <= reach; i++)
        add_pair(out, middle - i, middle + i, kernel[i], width);
}

bool tns_smooth(const float *in, int width, int height, float sigma_px, float *out)
{
    float kernel[REACH + 1];
    int reach = gaussian(sigma_px, kernel);
    float *padded = malloc(((size_t)width + 2 * REACH) * sizeof *padded);
    if (!padded)
        return false;
    for (int y = 0; y < height; y++)
        smooth_row(in, width, height, y, kernel, reach, padded, out + (size_t)y * (size_t)width);
    free(padded);
    return true;
}
