/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "render/stubble_skin.h"

static const double TURN = 6.283185307179586;

double stubble_cover(double distance_px)
{
    return fmin(fmax(0.5 - distance_px, 0), 1);
}

static float *pixel(stubble_light *light, int c, int x, int y)
{
    plane *p = &light->channel[c];
    return &p->at[(size_t)y * (size_t)p->width + (size_t)x];
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

static void draw_ground(const stubble_scene *s, const double skin[3], stubble_light *light)
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

/* Calls for every pixel near a disc; `edge` is the distance beyond its outline, px. */
typedef void paint(const stubble_scene *s, stubble_light *light, int x, int y, double edge,
                   double radius);

static void draw_disc(const stubble_scene *s, stubble_light *light, uint64_t *random,
                      const double radius_mm[2], paint *put)
{
    double cx = random_uniform(random) * s->width, cy = random_uniform(random) * s->height;
    double r =
        s->px_per_mm * (radius_mm[0] + (radius_mm[1] - radius_mm[0]) * random_uniform(random));
    int reach = (int)(1.4 * r) + 3;
    for (int y = (int)cy - reach; y <= (int)cy + reach; y++)
        for (int x = (int)cx - reach; x <= (int)cx + reach; x++)
            if (x >= 0 && y >= 0 && x < s->width && y < s->height)
                put(s, light, x, y, hypot(x - cx, y - cy) - r, r);
}

static void mix(stubble_light *light, int x, int y, double share, const double color[3])
{
    for (int c = 0; c < 3; c++) {
        float *at = pixel(light, c, x, y);
        *at = (float)(*at * (1 - share) + share * color[c]);
    }
}

static void put_mole(const stubble_scene *s, stubble_light *light, int x, int y, double edge,
                     double radius)
{
    const double brown[3] = {0.16, 0.07, 0.04};
    double ragged =
        edge + 0.3 * radius * random_field(s->seed + 41, 3 * x / radius, 3 * y / radius);
    mix(light, x, y, 0.8 * fmin(fmax(0.5 - 4 * ragged / radius, 0), 1), brown);
}

static void put_bubble(const stubble_scene *s, stubble_light *light, int x, int y, double edge,
                       double radius)
{
    const double dark[3] = {0.12, 0.08, 0.07}, bright[3] = {0.95, 0.95, 0.95};
    double rim = 0.02 * s->px_per_mm + 1;
    mix(light, x, y, 0.6 * stubble_cover(fabs(edge) - rim), dark);
    mix(light, x, y, 0.5 * stubble_cover(fabs(edge + 0.4 * radius) - rim), bright);
}

static void put_crust(const stubble_scene *s, stubble_light *light, int x, int y, double edge,
                      double radius)
{
    const double pale[3] = {0.75, 0.66, 0.5}, edge_color[3] = {0.3, 0.18, 0.11};
    double ragged =
        edge + 0.5 * radius * random_field(s->seed + 42, 2 * x / radius, 2 * y / radius);
    mix(light, x, y, 0.7 * stubble_cover(ragged / 2), pale);
    mix(light, x, y, 0.35 * stubble_cover(fabs(ragged) - 1.5), edge_color);
}

static void draw_scratch(const stubble_scene *s, stubble_light *light, uint64_t *random)
{
    const double bright[3] = {0.8, 0.72, 0.66}, dark[3] = {0.28, 0.13, 0.1};
    double x = random_uniform(random) * s->width, y = random_uniform(random) * s->height;
    double way = random_uniform(random) * TURN,
           length = s->px_per_mm * (2 + 4 * random_uniform(random));
    bool is_dark = random_uniform(random) < 0.5;
    for (double t = 0; t < length; t += 0.5, way += 0.002 * (random_uniform(random) - 0.5)) {
        x += 0.5 * cos(way);
        y += 0.5 * sin(way);
        if (x >= 0 && y >= 0 && x < s->width && y < s->height)
            mix(light, (int)x, (int)y, 0.25, is_dark ? dark : bright);
    }
}

void stubble_draw_skin(const stubble_scene *s, const double skin[3], stubble_light *light)
{
    const double mole[2] = {0.4, 0.9}, bubble[2] = {0.1, 0.4}, crust[2] = {0.1, 0.35};
    uint64_t random = s->seed * 7 + 5;
    draw_ground(s, skin, light);
    for (int i = 0; i < s->moles; i++)
        draw_disc(s, light, &random, mole, put_mole);
    for (int i = 0; i < s->crusts; i++)
        draw_disc(s, light, &random, crust, put_crust);
    for (int i = 0; i < s->scratches; i++)
        draw_scratch(s, light, &random);
    for (int i = 0; i < s->bubbles; i++)
        draw_disc(s, light, &random, bubble, put_bubble);
}

static void put_spot(const stubble_scene *s, stubble_light *light, int x, int y, double edge,
                     double radius)
{
    (void)s;
    (void)radius;
    for (int c = 0; c < 3; c++)
        *pixel(light, c, x, y) += (float)(1.2 * stubble_cover(edge));
}

void stubble_draw_sheen(const stubble_scene *s, stubble_light *light)
{
    double size = s->sheen_mm > 0 ? s->sheen_mm : 0.05;
    double radius[2] = {0.3 * size, size};
    double area = s->width * (double)s->height / (s->px_per_mm * s->px_per_mm * 100);
    uint64_t random = s->seed * 13 + 3;
    for (int i = 0; i < (int)(s->sheen * area + 0.5); i++)
        draw_disc(s, light, &random, radius, put_spot);
}
