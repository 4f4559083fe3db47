/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/stubble.h"
#include "render/stubble_skin.h"

enum { HAIRS_MOST = 4 };

static const double SPACING = 0.62; /* least distance of units, in mean distances */

typedef struct root {
    double x, y; /* px */
} root;

typedef struct grower {
    const stubble_scene *scene;
    stubble_picture *out;
    stubble_light light;
    double hair[3], skin[3], fair[3], grey[3], blue[3];
    uint64_t random;
    double diameter_sum;
} grower;

stubble_scene stubble_scene_usual(double px_per_mm, uint64_t seed)
{
    return (stubble_scene){.width = 1280,
                           .height = 1024,
                           .px_per_mm = px_per_mm,
                           .seed = seed,
                           .units_per_cm2 = 80,
                           .most_hairs = 3,
                           .hair_mm = {0.05, 0.09},
                           .length_mm = {0.15, 0.6},
                           .spread_mm = {0.04, 0.12},
                           .lie = 0.7,
                           .scatter = 0.3,
                           .hair = {22, 2, 4},
                           .skin = {64, 12, 17},
                           .texture = 0.05,
                           .mottling = 0.05,
                           .redness = 0.2,
                           .vignetting = 0.25,
                           .sheen = 40,
                           .blur_px = 1,
                           .noise = 0.008};
}

static double decoded(double v)
{
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static void linear_of(tns_lab lab, double rgb[3])
{
    const tns_xyz d50 = {96.42, 100, 82.49}; /* ICC.1 */
    tns_srgb_from_xyz(tns_xyz_from_lab(lab, d50), d50, rgb);
    for (int c = 0; c < 3; c++)
        rgb[c] = decoded(rgb[c]);
}

static double between(uint64_t *random, const double range[2])
{
    return range[0] + (range[1] - range[0]) * random_uniform(random);
}

static double normal(uint64_t *random)
{
    random_uniform(random);
    return random_normal(random_bits(*random));
}

/* One hair, a capsule from its root along `way`; what of it is in the picture widens the box. */
static bool draw_hair(grower *g, root at, double way, double radius, double length,
                      const double color[3], double share, stubble_unit *unit)
{
    const stubble_scene *s = g->scene;
    double dx = cos(way), dy = sin(way), seen = 0;
    int reach = (int)(radius + length) + 2;
    for (int y = (int)at.y - reach; y <= (int)at.y + reach; y++)
        for (int x = (int)at.x - reach; x <= (int)at.x + reach; x++) {
            if (x < 0 || y < 0 || x >= s->width || y >= s->height)
                continue;
            double px = x + 0.5 - at.x, py = y + 0.5 - at.y;
            double along = fmin(fmax(px * dx + py * dy, 0), length);
            double off = hypot(px - along * dx, py - along * dy);
            double cover = stubble_cover(off - radius);
            if (cover <= 0)
                continue;
            double reflex = s->shine * exp(-pow((off / radius - 0.1) / 0.35, 2)) * 0.6;
            for (int c = 0; c < 3; c++) {
                float *p = &g->light.channel[c].at[(size_t)y * (size_t)s->width + (size_t)x];
                *p = (float)(*p * (1 - share * cover) +
                             share * cover * (color[c] * (1 - reflex) + 0.6 * reflex));
            }
            if (cover >= 0.5) {
                seen++;
                unit->x0 = fmin(unit->x0, x);
                unit->y0 = fmin(unit->y0, y);
                unit->x1 = fmax(unit->x1, x + 1);
                unit->y1 = fmax(unit->y1, y + 1);
            }
        }
    return seen >= fmax(1, radius * radius);
}

static const double *hair_color(grower *g)
{
    double u = random_uniform(&g->random);
    return u < g->scene->grey_share                          ? g->grey
           : u < g->scene->grey_share + g->scene->fair_share ? g->fair
                                                             : g->hair;
}

static void grow_unit(grower *g, root at)
{
    const stubble_scene *s = g->scene;
    stubble_unit unit = {1e9, 1e9, -1e9, -1e9, 0, random_uniform(&g->random) < s->through_share};
    int hairs = 1 + (int)(random_uniform(&g->random) * s->most_hairs);
    double way = s->lie + s->scatter * normal(&g->random);
    double turn = 6.283 * random_uniform(&g->random);
    for (int i = 0; i < (unit.through ? 1 : hairs); i++) {
        double off = hairs > 1 ? s->px_per_mm * between(&g->random, s->spread_mm) : 0;
        double radius = s->px_per_mm * between(&g->random, s->hair_mm) / 2;
        double length = s->px_per_mm * between(&g->random, s->length_mm) - 2 * radius;
        double angle = turn + 6.283 * i / hairs;
        root foot = {at.x + off * cos(angle), at.y + off * sin(angle)};
        double direction = way + 0.5 * s->scatter * normal(&g->random);
        bool seen =
            draw_hair(g, foot, direction, radius * (unit.through ? 1.4 : 1),
                      fmax(length, 0) * (unit.through ? 0.3 : 1),
                      unit.through ? g->blue : hair_color(g), unit.through ? 0.5 : 1, &unit);
        unit.hairs += seen;
        g->diameter_sum += seen ? 2 * radius / s->px_per_mm : 0;
    }
    if (unit.hairs > 0) {
        g->out->units[g->out->unit_count++] = unit;
        g->out->hair_count += (size_t)unit.hairs;
    }
}

static bool is_free(const root *roots, size_t n, root at, double gap)
{
    for (size_t i = 0; i < n; i++)
        if (hypot(roots[i].x - at.x, roots[i].y - at.y) < gap)
            return false;
    return true;
}

/* Units keep their distance, as real ones do; the frame is grown beyond so that edges are cut. */
static bool grow(grower *g)
{
    const stubble_scene *s = g->scene;
    double per_px = s->units_per_cm2 / (100 * s->px_per_mm * s->px_per_mm);
    double margin = s->px_per_mm * (s->length_mm[1] + s->spread_mm[1]);
    double w = s->width + 2 * margin, h = s->height + 2 * margin;
    size_t want = (size_t)(per_px * w * h + random_uniform(&g->random)), n = 0;
    root *roots = calloc(want + 1, sizeof *roots);
    g->out->units = calloc(want + 1, sizeof *g->out->units);
    for (size_t tries = 0; roots && g->out->units && n < want && tries < 60 * want; tries++) {
        root at = {random_uniform(&g->random) * w - margin,
                   random_uniform(&g->random) * h - margin};
        if (is_free(roots, n, at, SPACING / sqrt(per_px)))
            roots[n++] = at;
    }
    bool done = roots && g->out->units;
    for (size_t i = 0; done && i < n; i++)
        grow_unit(g, roots[i]);
    free(roots);
    return done;
}

static bool develop(grower *g)
{
    const stubble_scene *s = g->scene;
    size_t n = (size_t)s->width * (size_t)s->height;
    g->out->rgb = malloc(3 * n);
    for (int c = 0; c < 3; c++)
        if (!g->out->rgb || !plane_blur(&g->light.channel[c], s->blur_px))
            return false;
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < 3; c++) {
            double v = g->light.channel[c].at[i];
            v += s->noise * sqrt(fmax(v, 0.02) / 0.2) *
                 random_normal(random_bits(s->seed * 77 + 3 * i + c));
            v = fmin(fmax(v, 0), 1);
            v = v <= 0.0031308 ? 12.92 * v : 1.055 * pow(v, 1 / 2.4) - 0.055;
            g->out->rgb[3 * i + c] = (unsigned char)(255 * v + 0.5);
        }
    return true;
}

static void set_colors(grower *g)
{
    const stubble_scene *s = g->scene;
    tns_lab fair = {(s->hair.L + s->skin.L) / 2, (s->hair.a + s->skin.a) / 2, s->skin.b};
    linear_of(s->hair, g->hair);
    linear_of(s->skin, g->skin);
    linear_of(fair, g->fair);
    linear_of((tns_lab){88, 0, 4}, g->grey);
    linear_of((tns_lab){s->skin.L - 22, 0, -4}, g->blue);
    g->out->hair = s->hair;
    g->out->skin = s->skin;
}

bool stubble_make(const stubble_scene *scene, stubble_picture *out)
{
    memset(out, 0, sizeof *out);
    grower g = {.scene = scene, .out = out, .random = scene->seed * 1000003 + 17};
    out->width = scene->width;
    out->height = scene->height;
    set_colors(&g);
    bool done = true;
    for (int c = 0; c < 3; c++) {
        g.light.channel[c] = plane_create(scene->width, scene->height);
        done = done && g.light.channel[c].at;
    }
    if (done) {
        stubble_draw_skin(scene, g.skin, &g.light);
        done = grow(&g);
        stubble_draw_sheen(scene, &g.light);
        done = done && develop(&g);
    }
    out->diameter_mm = out->hair_count ? g.diameter_sum / (double)out->hair_count : 0;
    for (int c = 0; c < 3; c++)
        plane_destroy(&g.light.channel[c]);
    return done;
}

void stubble_finish(stubble_picture *picture)
{
    free(picture->rgb);
    free(picture->units);
    memset(picture, 0, sizeof *picture);
}
