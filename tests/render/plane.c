/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/plane.h"

enum { RADIUS_MOST = 60 };

plane plane_create(int width, int height)
{
    return (plane){width, height, calloc((size_t)width * (size_t)height, sizeof(float))};
}

void plane_destroy(plane *p)
{
    free(p->at);
    *p = (plane){0};
}

/* Half of a Gaussian kernel that sums to 1; returns its radius. */
static int gaussian(double sigma, float kernel[RADIUS_MOST + 1])
{
    int radius = (int)fmin(ceil(3 * sigma), RADIUS_MOST);
    double weight[RADIUS_MOST + 1], sum = 0;
    for (int i = 0; i <= radius; i++) {
        weight[i] = exp(-0.5 * i * i / (sigma * sigma));
        sum += i == 0 ? weight[i] : 2 * weight[i];
    }
    for (int i = 0; i <= radius; i++)
        kernel[i] = (float)(weight[i] / sum);
    return radius;
}

static void blur_row(const float *padded, float *out, int count, const float *kernel, int radius)
{
    for (int x = 0; x < count; x++) {
        const float *middle = padded + radius + x;
        float sum = kernel[0] * middle[0];
        for (int i = 1; i <= radius; i++)
            sum += kernel[i] * (middle[-i] + middle[i]);
        out[x] = sum;
    }
}

static void blur_rows(plane *p, float *padded, const float *kernel, int radius)
{
    for (int y = 0; y < p->height; y++) {
        float *row = p->at + (size_t)y * (size_t)p->width;
        for (int i = 0; i < radius; i++) {
            padded[i] = row[0];
            padded[radius + p->width + i] = row[p->width - 1];
        }
        memcpy(padded + radius, row, (size_t)p->width * sizeof *row);
        blur_row(padded, row, p->width, kernel, radius);
    }
}

static const float *held_row(const plane *p, int y)
{
    int inside = y < 0 ? 0 : y >= p->height ? p->height - 1 : y;
    return p->at + (size_t)inside * (size_t)p->width;
}

static void blur_columns(const plane *p, float *out, const float *kernel, int radius)
{
    for (int y = 0; y < p->height; y++, out += p->width) {
        const float *middle = held_row(p, y);
        for (int x = 0; x < p->width; x++)
            out[x] = kernel[0] * middle[x];
        for (int i = 1; i <= radius; i++) {
            const float *above = held_row(p, y - i), *below = held_row(p, y + i);
            for (int x = 0; x < p->width; x++)
                out[x] += kernel[i] * (above[x] + below[x]);
        }
    }
}

bool plane_blur(plane *p, double sigma_px)
{
    if (sigma_px <= 0)
        return true;
    float kernel[RADIUS_MOST + 1];
    int radius = gaussian(sigma_px, kernel);
    float *padded = malloc(((size_t)p->width + 2 * (size_t)radius) * sizeof *padded);
    plane out = plane_create(p->width, p->height);
    bool done = padded && out.at;
    if (done) {
        blur_rows(p, padded, kernel, radius);
        blur_columns(p, out.at, kernel, radius);
        float *swap = p->at;
        p->at = out.at;
        out.at = swap;
    }
    free(padded);
    plane_destroy(&out);
    return done;
}

/* A place and its share of a pixel's light. */
typedef struct tap {
    int x, y;
    float weight;
} tap;

enum { TAPS_MOST = 4096 };

static float sum_of_taps(const plane *p, int x, int y, const tap *taps, int count)
{
    float sum = 0;
    for (int i = 0; i < count; i++) {
        int at_x = x + taps[i].x, at_y = y + taps[i].y;
        at_x = at_x < 0 ? 0 : at_x >= p->width ? p->width - 1 : at_x;
        sum += taps[i].weight * held_row(p, at_y)[at_x];
    }
    return sum;
}

static bool convolve(plane *p, tap *taps, int count)
{
    float sum = 0;
    plane out = plane_create(p->width, p->height);
    if (!out.at)
        return false;
    for (int i = 0; i < count; i++)
        sum += taps[i].weight;
    for (int i = 0; i < count; i++)
        taps[i].weight /= sum;
    for (int y = 0; y < p->height; y++)
        for (int x = 0; x < p->width; x++)
            out.at[(size_t)y * (size_t)p->width + (size_t)x] = sum_of_taps(p, x, y, taps, count);
    plane_destroy(p);
    *p = out;
    return true;
}

bool plane_defocus(plane *p, double radius_px)
{
    tap taps[TAPS_MOST];
    int count = 0, reach = (int)fmin(ceil(radius_px), 30);
    for (int y = -reach; radius_px > 0 && y <= reach; y++)
        for (int x = -reach; x <= reach; x++) {
            double inside = radius_px + 0.5 - hypot(x, y);
            if (inside > 0)
                taps[count++] = (tap){x, y, (float)fmin(inside, 1)};
        }
    return count <= 1 || convolve(p, taps, count);
}

/* Steps of a third of a pixel, each shared out to the four pixels about it. */
bool plane_shake(plane *p, double length_px, double degrees)
{
    tap taps[TAPS_MOST];
    int count = 0, steps = (int)fmin(ceil(length_px * 3), TAPS_MOST / 4 - 1);
    double way_x = cos(degrees * 0.017453292519943295), way_y = sin(degrees * 0.017453292519943295);
    for (int i = 0; length_px > 0 && i <= steps; i++) {
        double t = length_px * ((double)i / steps - 0.5), x = t * way_x, y = t * way_y;
        int ix = (int)floor(x), iy = (int)floor(y);
        for (int k = 0; k < 4; k++) {
            double u = k % 2 ? x - ix : 1 - (x - ix), v = k / 2 ? y - iy : 1 - (y - iy);
            taps[count++] = (tap){ix + k % 2, iy + k / 2, (float)(u * v)};
        }
    }
    return count == 0 || convolve(p, taps, count);
}

double plane_mean(const plane *p)
{
    double sum = 0;
    for (size_t i = 0; i < (size_t)p->width * (size_t)p->height; i++)
        sum += (double)p->at[i];
    return sum / ((double)p->width * p->height);
}

uint64_t random_bits(uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

double random_uniform(uint64_t *state)
{
    *state += 0x9E3779B97F4A7C15u;
    return (double)(random_bits(*state) >> 11) / 9007199254740992.0; /* 2^53 */
}

double random_normal(uint64_t bits)
{
    double sum = 0;
    for (int i = 0; i < 4; i++)
        sum += (double)((bits >> (16 * i)) & 0xFFFF);
    return (sum / 65536 - 2 + 2.0 / 65536) * 1.7320508075688772;
}

static double lattice(uint64_t seed, int64_t x, int64_t y)
{
    uint64_t key = seed ^ ((uint64_t)x * 0x9E3779B97F4A7C15u) ^ ((uint64_t)y * 0xC2B2AE3D27D4EB4Fu);
    return (double)(random_bits(key) >> 11) / 4503599627370496.0 - 1; /* 2^52 */
}

static double smooth(double t)
{
    return t * t * (3 - 2 * t);
}

double random_field(uint64_t seed, double x, double y)
{
    double fx = floor(x), fy = floor(y);
    int64_t ix = (int64_t)fx, iy = (int64_t)fy;
    double u = smooth(x - fx), v = smooth(y - fy);
    double upper = (1 - u) * lattice(seed, ix, iy) + u * lattice(seed, ix + 1, iy);
    double lower = (1 - u) * lattice(seed, ix, iy + 1) + u * lattice(seed, ix + 1, iy + 1);
    return (1 - v) * upper + v * lower;
}
