/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/stubble.h"
#include "render/stubble_skin.h"

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

/* A hair as it will be drawn. */
typedef struct strand {
    root foot;
    double way, bend; /* its direction, and how it turns a pixel */
    double radius, length;
    const double *color;
    double share; /* of its color in what is drawn */
} strand;

static double off_axis(const strand *h, double x, double y)
{
    double px = x - h->foot.x, py = y - h->foot.y, dx = cos(h->way), dy = sin(h->way);
    double along = fmin(fmax(px * dx + py * dy, 0), h->length);
    double aside = h->bend * along * along / 2;
    return hypot(px - along * dx + aside * dy, py - along * dy - aside * dx);
}

/* The box around it, a little more than full. */
static void reach_of(const grower *g, const strand *h, int box[4])
{
    double aside = fabs(h->bend) * h->length * h->length / 2 + h->radius + 2;
    double x = h->foot.x + h->length * cos(h->way), y = h->foot.y + h->length * sin(h->way);
    box[0] = (int)fmax(fmin(h->foot.x, x) - aside, 0);
    box[1] = (int)fmax(fmin(h->foot.y, y) - aside, 0);
    box[2] = (int)fmin(fmax(h->foot.x, x) + aside, g->scene->width - 1);
    box[3] = (int)fmin(fmax(h->foot.y, y) + aside, g->scene->height - 1);
}

/* Dark hair mirrors along its middle; white hair lets light through but for its edges. */
static void color_across(const grower *g, const strand *h, double off, double out[3])
{
    double reflex = 0.6 * g->scene->shine * exp(-pow((off / h->radius - 0.1) / 0.35, 2));
    bool is_edge = h->color == g->grey && off > 0.72 * h->radius;
    double edge = g->scene->grey_edge > 0 ? g->scene->grey_edge : 0.55;
    for (int c = 0; c < 3; c++)
        out[c] = is_edge ? edge * g->skin[c] : h->color[c] * (1 - reflex) + 2 * g->skin[1] * reflex;
}

static void draw_shadow(grower *g, const strand *h)
{
    const double black[3] = {0, 0, 0};
    double soft = 2.5 * h->radius;
    strand cast = *h;
    int box[4];
    cast.foot.x += 1.5 * h->radius;
    cast.foot.y += 2 * h->radius;
    cast.radius = soft;
    reach_of(g, &cast, box);
    for (int y = box[1]; y <= box[3]; y++)
        for (int x = box[0]; x <= box[2]; x++) {
            double t = off_axis(&cast, x + 0.5, y + 0.5) / soft;
            if (t < 1)
                stubble_mix(&g->light, x, y, g->scene->shadow * (1 - t * t), black);
        }
}

/* What of it is in the picture widens the box; whether that is anything. */
static bool draw_hair(grower *g, const strand *h, stubble_unit *unit)
{
    double seen = 0, color[3];
    int box[4];
    reach_of(g, h, box);
    for (int y = box[1]; y <= box[3]; y++)
        for (int x = box[0]; x <= box[2]; x++) {
            double off = off_axis(h, x + 0.5, y + 0.5), cover = stubble_cover(off - h->radius);
            if (cover <= 0)
                continue;
            color_across(g, h, off, color);
            stubble_mix(&g->light, x, y, h->share * cover, color);
            if (cover >= 0.5) {
                seen++;
                unit->x0 = fmin(unit->x0, x);
                unit->y0 = fmin(unit->y0, y);
                unit->x1 = fmax(unit->x1, x + 1);
                unit->y1 = fmax(unit->y1, y + 1);
            }
        }
    return seen >= fmax(1, h->radius * h->radius);
}

/* Whether a person would see it: how far it stands out of skin, once the lens has blurred it. */
static bool is_visible(const grower *g, const strand *h)
{
    static const double share[3] = {0.2126, 0.7152, 0.0722}, LEAST = 0.12;
    double hair = 0, skin = 0;
    for (int c = 0; c < 3; c++) {
        hair += share[c] * h->color[c];
        skin += share[c] * g->skin[c];
    }
    double blurred = g->scene->blur_px > 0 ? erf(h->radius / (1.414 * g->scene->blur_px)) : 1;
    return h->share * blurred * fabs(1 - hair / skin) > LEAST;
}

static void dim_mouth(grower *g, root at)
{
    const double blood[3] = {0.12, 0.03, 0.02};
    double radius = 0.16 * g->scene->px_per_mm;
    for (int y = (int)(at.y - radius); y <= at.y + radius; y++)
        for (int x = (int)(at.x - radius); x <= at.x + radius; x++) {
            double t = hypot(x - at.x, y - at.y) / radius;
            if (t < 1)
                stubble_mix(&g->light, x, y, g->scene->halo * (1 - t * t), blood);
        }
}

static strand strand_at(grower *g, root foot, double way)
{
    const stubble_scene *s = g->scene;
    double u = random_uniform(&g->random), fine = u < s->vellus_share ? 0.33 : 1;
    strand h = {.foot = foot, .way = way, .share = 1};
    h.radius = fine * s->px_per_mm * between(&g->random, s->hair_mm) / 2;
    h.length = fmax(s->px_per_mm * between(&g->random, s->length_mm) - 2 * h.radius, 0);
    h.bend = s->curl * normal(&g->random) / fmax(h.length, 1);
    u = random_uniform(&g->random);
    h.color = fine < 1                            ? g->fair
              : u < s->grey_share                 ? g->grey
              : u < s->grey_share + s->fair_share ? g->fair
                                                  : g->hair;
    return h;
}

static void make_root(const grower *g, strand *h)
{
    h->radius *= 1.4;
    h->length *= 0.3;
    h->color = g->blue;
    h->share = 0.5;
}

/* In the round field, if there is one. */
static bool is_in_field(const stubble_scene *s, const stubble_unit *u)
{
    double x = (u->x0 + u->x1 - s->width) / 2, y = (u->y0 + u->y1 - s->height) / 2;
    return s->tube <= 0 || hypot(x, y) < s->tube * hypot(s->width, s->height) / 2;
}

static void grow_unit(grower *g, root at)
{
    const stubble_scene *s = g->scene;
    stubble_unit unit = {1e9, 1e9, -1e9, -1e9, 0, 0, random_uniform(&g->random) < s->through_share};
    int hairs = 1 + (int)(random_uniform(&g->random) * s->most_hairs);
    double way = s->lie + s->scatter * normal(&g->random);
    double turn = 6.283 * random_uniform(&g->random);
    if (s->halo > 0)
        dim_mouth(g, at);
    for (int i = 0; i < (unit.through ? 1 : hairs); i++) {
        double off = hairs > 1 ? s->px_per_mm * between(&g->random, s->spread_mm) : 0;
        double angle = turn + 6.283 * i / hairs;
        root foot = {at.x + off * cos(angle), at.y + off * sin(angle)};
        strand h = strand_at(g, foot, way + 0.5 * s->scatter * normal(&g->random));
        if (unit.through)
            make_root(g, &h);
        stubble_unit before = unit;
        if (s->shadow > 0 && !unit.through)
            draw_shadow(g, &h);
        if (draw_hair(g, &h, &unit) && is_visible(g, &h)) {
            unit.hairs++;
            unit.grey += h.color == g->grey;
            g->diameter_sum += 2 * h.radius / s->px_per_mm;
        } else {
            unit = before;
        }
    }
    if (unit.hairs > 0 && is_in_field(s, &unit)) {
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

static void set_colors(grower *g)
{
    const stubble_scene *s = g->scene;
    tns_lab fair = {(s->hair.L + s->skin.L) / 2, (s->hair.a + s->skin.a) / 2, s->skin.b};
    linear_of(s->hair, g->hair);
    linear_of(s->skin, g->skin);
    linear_of(fair, g->fair);
    linear_of((tns_lab){s->grey_L > 0 ? s->grey_L : 88, 0, 4}, g->grey);
    for (int c = 0; c < 3; c++)
        g->grey[c] += s->grey_clear * (g->skin[c] - g->grey[c]);
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
        stubble_draw_marks(scene, &g.light);
        done = grow(&g);
        stubble_draw_litter(scene, &g.light);
        stubble_draw_sheen(scene, &g.light);
        out->rgb = malloc(3 * (size_t)scene->width * (size_t)scene->height);
        done = done && out->rgb && stubble_expose(scene, &g.light, out->rgb);
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
