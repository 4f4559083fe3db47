/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/stubble_skin.h"

static plane copy_of(const plane *p)
{
    plane out = plane_create(p->width, p->height);
    if (out.at)
        memcpy(out.at, p->at, (size_t)p->width * (size_t)p->height * sizeof *p->at);
    return out;
}

/* Sharp in the middle; toward the corners more and more of a softer picture. */
static bool focus(const stubble_scene *s, plane *p)
{
    plane soft = copy_of(p);
    bool done = soft.at && plane_blur(p, s->blur_px) &&
                (s->bowl <= 0 || plane_blur(&soft, s->blur_px * (1 + s->bowl)));
    for (int y = 0; done && s->bowl > 0 && y < p->height; y++)
        for (int x = 0; x < p->width; x++) {
            double u = 2.0 * x / p->width - 1, v = 2.0 * y / p->height - 1;
            size_t i = (size_t)y * (size_t)p->width + (size_t)x;
            p->at[i] += (float)((u * u + v * v) / 2) * (soft.at[i] - p->at[i]);
        }
    plane_destroy(&soft);
    return done;
}

static float at(const plane *p, double x, double y)
{
    x = fmin(fmax(x, 0), p->width - 1.001);
    y = fmin(fmax(y, 0), p->height - 1.001);
    const float *q = p->at + (size_t)y * (size_t)p->width + (size_t)x;
    double u = x - floor(x), v = y - floor(y);
    return (float)((1 - v) * ((1 - u) * q[0] + u * q[1]) +
                   v * ((1 - u) * q[p->width] + u * q[p->width + 1]));
}

/* About the middle. */
static bool magnify(plane *p, double by)
{
    plane from = copy_of(p);
    for (int y = 0; from.at && y < p->height; y++)
        for (int x = 0; x < p->width; x++)
            p->at[(size_t)y * (size_t)p->width + (size_t)x] =
                at(&from, p->width / 2.0 + (x - p->width / 2.0) / by,
                   p->height / 2.0 + (y - p->height / 2.0) / by);
    bool done = from.at != NULL;
    plane_destroy(&from);
    return done;
}

static unsigned char encoded(double v)
{
    v = fmin(fmax(v, 0), 1);
    v = v <= 0.0031308 ? 12.92 * v : 1.055 * pow(v, 1 / 2.4) - 0.055;
    return (unsigned char)(255 * v + 0.5);
}

/* In the tube of the microscope, with a soft edge. */
static double field_at(const stubble_scene *s, size_t i)
{
    double x = (double)(i % (size_t)s->width) - s->width / 2.0;
    double y = (double)(i / (size_t)s->width) - s->height / 2.0;
    double beyond = hypot(x, y) - s->tube * hypot(s->width, s->height) / 2;
    return s->tube <= 0 ? 1 : 0.01 + 0.99 / (1 + exp(beyond / 6));
}

bool stubble_expose(const stubble_scene *s, stubble_light *light, unsigned char *rgb)
{
    size_t n = (size_t)s->width * (size_t)s->height;
    for (int c = 0; c < 3; c++) {
        plane *p = &light->channel[c];
        if (!focus(s, p) || (s->aberration > 0 && !magnify(p, 1 + (1 - c) * s->aberration)))
            return false;
        for (size_t i = 0; i < n; i++) {
            double v = p->at[i] * field_at(s, i);
            v += s->noise * sqrt(fmax(v, 0.02) / 0.2) *
                 random_normal(random_bits(s->seed * 77 + 3 * i + (size_t)c));
            rgb[3 * i + (size_t)c] = encoded(v);
        }
    }
    return stubble_develop(s, rgb);
}
