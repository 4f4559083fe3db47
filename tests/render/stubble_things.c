/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "render/stubble_skin.h"

static const double TURN = 6.283185307179586;

/* Calls for every pixel near a disc; `edge` is the distance beyond its outline, px. */
typedef void paint(const stubble_scene *s, stubble_light *light, int x, int y, double edge,
                   double radius);

static double between(uint64_t *random, double least, double most)
{
    return least + (most - least) * random_uniform(random);
}

static void draw_disc(const stubble_scene *s, stubble_light *light, uint64_t *random,
                      const double radius_mm[2], paint *put)
{
    double cx = random_uniform(random) * s->width, cy = random_uniform(random) * s->height;
    double r = s->px_per_mm * between(random, radius_mm[0], radius_mm[1]);
    int reach = (int)(1.4 * r) + 3;
    for (int y = (int)cy - reach; y <= (int)cy + reach; y++)
        for (int x = (int)cx - reach; x <= (int)cx + reach; x++)
            if (x >= 0 && y >= 0 && x < s->width && y < s->height)
                put(s, light, x, y, hypot(x - cx, y - cy) - r, r);
}

static void draw_discs(const stubble_scene *s, stubble_light *light, uint64_t *random, int count,
                       const double radius_mm[2], paint *put)
{
    for (int i = 0; i < count; i++)
        draw_disc(s, light, random, radius_mm, put);
}

static double per_area(const stubble_scene *s, double per_cm2)
{
    return per_cm2 * s->width * (double)s->height / (s->px_per_mm * s->px_per_mm * 100);
}

static void put_mole(const stubble_scene *s, stubble_light *light, int x, int y, double edge,
                     double radius)
{
    const double brown[3] = {0.16, 0.07, 0.04};
    double ragged =
        edge + 0.3 * radius * random_field(s->seed + 41, 3 * x / radius, 3 * y / radius);
    stubble_mix(light, x, y, 0.8 * fmin(fmax(0.5 - 4 * ragged / radius, 0), 1), brown);
}

static void put_bubble(const stubble_scene *s, stubble_light *light, int x, int y, double edge,
                       double radius)
{
    const double dark[3] = {0.12, 0.08, 0.07}, bright[3] = {0.95, 0.95, 0.95};
    double rim = 0.02 * s->px_per_mm + 1;
    stubble_mix(light, x, y, 0.6 * stubble_cover(fabs(edge) - rim), dark);
    stubble_mix(light, x, y, 0.5 * stubble_cover(fabs(edge + 0.4 * radius) - rim), bright);
}

static void put_crust(const stubble_scene *s, stubble_light *light, int x, int y, double edge,
                      double radius)
{
    const double pale[3] = {0.75, 0.66, 0.5}, edge_color[3] = {0.3, 0.18, 0.11};
    double ragged =
        edge + 0.5 * radius * random_field(s->seed + 42, 2 * x / radius, 2 * y / radius);
    stubble_mix(light, x, y, 0.7 * stubble_cover(ragged / 2), pale);
    stubble_mix(light, x, y, 0.35 * stubble_cover(fabs(ragged) - 1.5), edge_color);
}

/* An empty mouth of a gland: a soft brown dot. */
static void put_pore(const stubble_scene *s, stubble_light *light, int x, int y, double edge,
                     double radius)
{
    const double brown[3] = {0.2, 0.1, 0.06};
    (void)s;
    stubble_mix(light, x, y, 0.3 * fmin(fmax(-edge / radius, 0), 1), brown);
}

static void put_spot(const stubble_scene *s, stubble_light *light, int x, int y, double edge,
                     double radius)
{
    const double lamp[3] = {1.2, 1.2, 1.2};
    double ragged =
        edge +
        0.7 * radius * (0.5 + random_field(s->seed + 43, 1.5 * x / radius, 1.5 * y / radius));
    stubble_mix(light, x, y, stubble_cover(ragged / 2), lamp);
}

/* A line that wanders, by discs along it. */
static void draw_line(const stubble_scene *s, stubble_light *light, uint64_t *random,
                      const double length_mm[2], double width_mm, double turn, double share,
                      const double color[3])
{
    double x = random_uniform(random) * s->width, y = random_uniform(random) * s->height;
    double way = random_uniform(random) * TURN, radius = fmax(width_mm * s->px_per_mm / 2, 0.5);
    double length = s->px_per_mm * between(random, length_mm[0], length_mm[1]), bend = 0;
    double step = fmax(radius / 2, 0.5), each = 1 - pow(1 - share, step / (2 * radius));
    int reach = (int)radius + 1;
    for (double t = 0; t < length; t += step) {
        bend = 0.9 * bend + turn * step / s->px_per_mm * between(random, -1, 1);
        way += bend;
        x += step * cos(way);
        y += step * sin(way);
        for (int v = (int)y - reach; v <= (int)y + reach; v++)
            for (int u = (int)x - reach; u <= (int)x + reach; u++)
                stubble_mix(light, u, v, each * stubble_cover(hypot(u - x, v - y) - radius), color);
    }
}

static void draw_scratch(const stubble_scene *s, stubble_light *light, uint64_t *random)
{
    const double bright[3] = {0.8, 0.72, 0.66}, dark[3] = {0.28, 0.13, 0.1};
    const double length[2] = {2, 6};
    const double *color = random_uniform(random) < 0.5 ? dark : bright;
    draw_line(s, light, random, length, 1.5 / s->px_per_mm, 0.05, 0.4, color);
}

/* A cut of the razor, with blood in it. */
static void draw_nick(const stubble_scene *s, stubble_light *light, uint64_t *random)
{
    const double blood[3] = {0.2, 0.02, 0.02}, length[2] = {0.2, 1.2};
    draw_line(s, light, random, length, between(random, 0.05, 0.16), 0.15, 0.75, blood);
}

/* A fibre of cloth, finer or longer than hair, and in any color. */
static void draw_fibre(const stubble_scene *s, stubble_light *light, uint64_t *random)
{
    static const double color[4][3] = {
        {0.75, 0.75, 0.78}, {0.1, 0.14, 0.35}, {0.06, 0.06, 0.06}, {0.4, 0.06, 0.08}};
    const double length[2] = {1, 5};
    const double *one = color[(int)between(random, 0, 4)];
    draw_line(s, light, random, length, between(random, 0.008, 0.022), 2, 0.8, one);
}

void stubble_draw_marks(const stubble_scene *s, stubble_light *light)
{
    const double mole[2] = {0.4, 0.9}, crust[2] = {0.1, 0.35}, pore[2] = {0.03, 0.07};
    uint64_t random = s->seed * 7 + 5;
    draw_discs(s, light, &random, s->moles, mole, put_mole);
    draw_discs(s, light, &random, s->crusts, crust, put_crust);
    draw_discs(s, light, &random, (int)(per_area(s, s->pores) + 0.5), pore, put_pore);
    for (int i = 0; i < s->scratches; i++)
        draw_scratch(s, light, &random);
    for (int i = 0; i < s->nicks; i++)
        draw_nick(s, light, &random);
}

void stubble_draw_litter(const stubble_scene *s, stubble_light *light)
{
    const double bubble[2] = {0.1, 0.4};
    uint64_t random = s->seed * 17 + 9;
    for (int i = 0; i < s->lint; i++)
        draw_fibre(s, light, &random);
    draw_discs(s, light, &random, s->bubbles, bubble, put_bubble);
}

/* A film of oil mirrors the lamp where it happens to lie right, broken by the skin's relief. */
static void draw_oil(const stubble_scene *s, stubble_light *light)
{
    for (int y = 0; s->oil > 0 && y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            double u = x / s->px_per_mm, v = y / s->px_per_mm;
            double warp = 0.3 * random_field(s->seed + 53, u / 0.4, v / 0.4);
            double broad = random_field(s->seed + 51, u / 1.3 + warp, v / 1.3 - warp);
            double fine = random_field(s->seed + 52, u / 0.12 + 2 * warp, v / 0.12 + 2 * warp);
            double here = fmin(fmax((broad + 0.2 * fine - 0.8 + s->oil) / 0.5, 0), 1);
            for (int c = 0; here > 0 && c < 3; c++)
                light->channel[c].at[(size_t)y * (size_t)s->width + (size_t)x] +=
                    (float)(0.8 * here * here);
        }
}

/* Smooth skin mirrors a flash around one place: all that lies there, hair too, grows lighter. */
static void draw_flash(const stubble_scene *s, stubble_light *light)
{
    uint64_t random = s->seed * 19 + 7;
    double cx = between(&random, 0.3, 0.7) * s->width, cy = between(&random, 0.3, 0.7) * s->height;
    double spread = s->flash_mm * s->px_per_mm;
    for (int y = 0; s->flash > 0 && y < s->height; y++)
        for (int x = 0; x < s->width; x++) {
            double off = hypot(x - cx, y - cy) / spread, here = s->flash * exp(-off * off / 2);
            for (int c = 0; c < 3; c++)
                light->channel[c].at[(size_t)y * (size_t)s->width + (size_t)x] += (float)here;
        }
}

void stubble_draw_sheen(const stubble_scene *s, stubble_light *light)
{
    double size = s->sheen_mm > 0 ? s->sheen_mm : 0.05;
    double radius[2] = {0.3 * size, size};
    uint64_t random = s->seed * 13 + 3;
    draw_oil(s, light);
    draw_flash(s, light);
    draw_discs(s, light, &random, (int)(per_area(s, s->sheen) + 0.5), radius, put_spot);
}
