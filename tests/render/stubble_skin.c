/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "render/stubble_skin.h"

double stubble_cover(double distance_px)
{
    return fmin(fmax(0.5 - distance_px, 0), 1);
}

static float *pixel(stubble_light *light, int c, int x, int y)
{
    plane *p = &light->channel[c];
    return &p->at[(size_t)y * (size_t)p->width + (size_t)x];
}

void stubble_mix(stubble_light *light, int x, int y, double share, const double color[3])
{
    if (x < 0 || y < 0 || x >= light->channel[0].width || y >= light->channel[0].height)
        return;
    for (int c = 0; c < 3; c++) {
        float *at = pixel(light, c, x, y);
        *at = (float)(*at * (1 - share) + share * color[c]);
    }
}

/* Furrows between raised fields: dark where a smooth field crosses zero; and a fine grain. */
static double relief(const stubble_scene *s, double x, double y)
{
    double size = s->texture_mm > 0 ? s->texture_mm : 0.35;
    double furrow = 1 - fmin(1, 4 * fabs(random_field(s->seed + 11, x / size, y / size)));
    double second = 1 - fmin(1, 4 * fabs(random_field(s->seed + 12, x / size * 1.7, y / size)));
    double grain = random_field(s->seed + 13, 9 * x / size, 9 * y / size);
    return 1 - s->texture * (0.6 * furrow + 0.4 * second + 0.3 * grain);
}

/* Blood takes green and blue away. */
static double blood(const stubble_scene *s, double x, double y)
{
    double patch = random_field(s->seed + 21, x / 1.1, y / 1.1);
    double bend = 0.4 * random_field(s->seed + 22, x / 0.8, y / 0.8);
    double vessel = fabs(random_field(s->seed + 23, x / 2.3 + bend, y / 2.3 - bend));
    return s->redness * (0.15 * fmax(patch, 0) + 0.3 * exp(-vessel * vessel / 0.0006));
}

static double shade(const stubble_scene *s, int px, int py, double x, double y)
{
    double u = 2.0 * px / s->width - 1, v = 2.0 * py / s->height - 1;
    double slow = random_field(s->seed + 31, x / 2.7, y / 2.7);
    return (1 - s->vignetting * (u * u + v * v) / 2) * (1 + s->mottling * slow);
}

void stubble_draw_skin(const stubble_scene *s, const double skin[3], stubble_light *light)
{
    for (int py = 0; py < s->height; py++)
        for (int px = 0; px < s->width; px++) {
            double x = px / s->px_per_mm, y = py / s->px_per_mm;
            double level = relief(s, x, y) * shade(s, px, py, x, y), red = blood(s, x, y);
            double loss[3] = {0.25 * red, red, 0.9 * red};
            for (int c = 0; c < 3; c++)
                *pixel(light, c, px, py) = (float)(skin[c] * level * (1 - loss[c]));
        }
}
