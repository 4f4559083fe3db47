/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture that tests of HEIC write, each into a program of its own. */
#ifndef PHOTO_HEIC_PICTURE_H
#define PHOTO_HEIC_PICTURE_H

#include <math.h>
#include <string.h>

#include <tonsure/export.h>

#include "photo/files.h"

/* The encoder, which only these tests use, does not free all that it takes. */
TNS_API const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libx265";
}

enum { SIDE = 32, ACROSS = 4, DOWN = 3, W = SIDE * ACROSS, H = SIDE * DOWN };

static uint16_t words[W * H * 4];

/* Patches of skin, hair and colors, encoded in sRGB, each
 * with the noise of a phone indoors and some slope of the light. */
static inline picture paint(int channels)
{
    static const double patch[ACROSS * DOWN][3] = {
        {0.85, 0.66, 0.56}, {0.72, 0.50, 0.41}, {0.50, 0.33, 0.27}, {0.20, 0.15, 0.13},
        {0.90, 0.89, 0.87}, {0.46, 0.46, 0.47}, {0.12, 0.12, 0.13}, {0.75, 0.25, 0.22},
        {0.25, 0.55, 0.30}, {0.25, 0.30, 0.62}, {0.85, 0.75, 0.25}, {0.60, 0.35, 0.55}};
    uint32_t seed = 7;
    for (int i = 0; i < W * H; i++)
        for (int c = 0; c < channels; c++) {
            seed = seed * 1664525u + 1013904223u;
            double noise = ((double)(seed >> 8) / (1 << 24) - 0.5) * 12 / 255;
            double slope = 1 + 0.16 * ((double)(i % W % SIDE) / SIDE - 0.5);
            double level = slope * patch[i / W / SIDE * ACROSS + i % W / SIDE][c % 3] + noise;
            words[i * channels + c] = c == 3 ? 65535 : (uint16_t)lround(65535 * level);
        }
    return (picture){.width = W, .height = H, .channels = channels, .bits = 16, .data = words};
}

/* Columns and rows of a picture, from (x, y) on. */
static inline picture part_of(const picture *p, int x, int y, int width, int height, uint16_t *to)
{
    const uint16_t *from = p->data;
    for (int row = 0; row < height; row++)
        memcpy(to + 3 * row * width, from + 3 * ((y + row) * p->width + x),
               3 * (size_t)width * sizeof *to);
    picture part = *p;
    part.width = width;
    part.height = height;
    part.data = to;
    return part;
}

#endif
