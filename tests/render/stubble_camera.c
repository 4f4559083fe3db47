/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the camera of a cheap microscope makes of a picture before it stores it. */
#include <math.h>

#include "render/stubble_skin.h"

static const double SHARPENING_PX = 2.5;

/* Falls and rises about the middle, ends held. */
static double curved(double v, double contrast)
{
    v = fmin(fmax(v, 0), 1);
    return v + contrast * (3 * v * v - 2 * v * v * v - v);
}

static bool sharpen(const stubble_scene *s, int channel, unsigned char *rgb)
{
    plane soft = plane_create(s->width, s->height);
    size_t n = (size_t)s->width * (size_t)s->height;
    for (size_t i = 0; soft.at && i < n; i++)
        soft.at[i] = rgb[3 * i + (size_t)channel];
    bool done = soft.at && plane_blur(&soft, SHARPENING_PX);
    for (size_t i = 0; done && i < n; i++) {
        double v = rgb[3 * i + (size_t)channel];
        v += s->sharpening * (v - (double)soft.at[i]);
        rgb[3 * i + (size_t)channel] = (unsigned char)(255 * curved(v / 255, s->contrast) + 0.5);
    }
    plane_destroy(&soft);
    return done;
}

bool stubble_develop(const stubble_scene *s, unsigned char *rgb)
{
    bool done = true;
    for (int c = 0; c < 3 && done && (s->sharpening > 0 || s->contrast > 0); c++)
        done = sharpen(s, c, rgb);
    return done;
}
