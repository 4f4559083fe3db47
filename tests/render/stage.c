/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "render/hair.h"
#include "render/stage.h"

static double clamp01(double x)
{
    return fmin(fmax(x, 0), 1);
}

static const render_card *card_of_board(const render_scene *scene, int i)
{
    return i == BOARD_COVER ? &scene->cover : i == BOARD_CHART ? &scene->chart : &scene->cards[i];
}

bool stage_make(const render_scene *scene, materials *things, stage *out, render_truth *truth,
                tns_error *err)
{
    *out = (stage){.scene = scene, .board = calloc(BOARDS, sizeof *out->board)};
    if (!out->board)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%d cards: no memory", BOARDS);
    for (int i = 0; i < BOARDS; i++)
        if (!board_make(card_of_board(scene, i), things, &out->board[i], err))
            return false;
    return hair_grow(scene, truth, err) && hair_cover(scene, truth, &out->hair, err);
}

void stage_finish(stage *s)
{
    plane_destroy(&s->hair);
    free(s->board);
    s->board = NULL;
}

tns_point stage_ideal(const render_scene *scene, double x, double y)
{
    double cx = scene->width / 2.0, cy = scene->height / 2.0;
    double r2 = ((x - cx) * (x - cx) + (y - cy) * (y - cy)) / (cx * cx + cy * cy);
    double grow = 1 + scene->camera.distortion * r2;
    return (tns_point){cx + (x - cx) * grow, cy + (y - cy) * grow};
}

/* By fixed point; distortion is small. */
tns_point stage_seen(const render_scene *scene, tns_point ideal)
{
    tns_point p = ideal;
    for (int i = 0; i < 30; i++) {
        tns_point q = stage_ideal(scene, p.x, p.y);
        p.x += ideal.x - q.x;
        p.y += ideal.y - q.y;
    }
    return p;
}

static void add(mixture *m, int material, double weight)
{
    assert(m->count < MIXTURE_PARTS);
    m->material[m->count] = material;
    m->weight[m->count++] = weight;
}

/* What is there already shines through what comes over it. */
static void thin(mixture *m, double covered)
{
    for (int i = 0; i < m->count; i++)
        m->weight[i] *= 1 - covered;
}

/* A texture of the given grain, in mm. */
static double grain(const render_scene *scene, uint64_t seed, double x, double y, double mm)
{
    double scale = scene->mm_per_px / mm;
    return random_field(scene->seed ^ seed, x * scale, y * scale);
}

static void add_cloth(const render_scene *scene, double x, double y, mixture *m)
{
    double much = scene->weave > 0 ? scene->weave : scene->scalp.present ? 0.05 : 0;
    double weave = much > 0 ? much * grain(scene, 21, x, y, 0.35) : 0;
    add(m, MATERIAL_CLOTH, 1 + weave);
}

/* Blood and pigment vary over millimetres, the surface's relief over tenths. */
static void add_skin(const stage *s, double x, double y, double share, double hair, mixture *m)
{
    const render_scene *scene = s->scene;
    double much = scene->scalp.mottling, first = 0, second = 0, relief = 0;
    if (much > 0) {
        first = much * (0.4 * grain(scene, 31, x, y, 11) + 0.25 * grain(scene, 32, x, y, 3));
        second = much * (0.5 * grain(scene, 33, x, y, 7) + 0.35 * grain(scene, 34, x, y, 1.6));
        relief = much * (0.025 * grain(scene, 35, x, y, 0.6) + 0.03 * grain(scene, 36, x, y, 0.25));
    }
    double skin = share * (1 - hair) * (1 + relief);
    add(m, MATERIAL_SKIN, skin);
    add(m, MATERIAL_SKIN_1, skin * first);
    add(m, MATERIAL_SKIN_2, skin * second);
    add(m, MATERIAL_HAIR, share * hair);
}

/* Antialiased over one pixel: `inside_px` is how far a place lies inside the edge. */
static double edge(double inside_px)
{
    return clamp01(0.5 + inside_px);
}

static double head_share(const render_scalp *scalp, double x, double y)
{
    if (!scalp->present)
        return 0;
    double radius_px = fmin(scalp->radius_x, scalp->radius_y);
    return edge((1 - head_radius(scalp, x, y)) * radius_px);
}

/* The share of a cell at a place, antialiased over a pixel, `step` pitches wide. */
static double cell_share(const board_cell *cell, tns_point p, tns_point step)
{
    double x = p.x - cell->x, y = p.y - cell->y, u = x, v = y;
    if (cell->turn != 0) {
        u = x * cos(cell->turn) + y * sin(cell->turn);
        v = y * cos(cell->turn) - x * sin(cell->turn);
    }
    return edge((cell->half_x - fabs(u)) / step.x) * edge((cell->half_y - fabs(v)) / step.y);
}

static void cover_with(mixture *m, int material, double share)
{
    if (share >= 1)
        m->count = 0;
    thin(m, share);
    add(m, material, share);
}

static void add_board(const board *b, tns_point at, mixture *m)
{
    tns_point p = perspective_apply(b->map.to_chart, at.x, at.y);
    if (p.x < b->left - 1 || p.x > b->right + 1 || p.y < b->top - 1 || p.y > b->bottom + 1)
        return;
    tns_point step = perspective_steps(&b->map, at.x, at.y);
    double share = edge(-board_beyond(b, p) * 2 / (step.x + step.y));
    if (share <= 0)
        return;
    cover_with(m, b->frame, share);
    const unsigned char *bin = b->bin[board_bin(p.y)][board_bin(p.x)];
    for (int i = 1; i <= bin[0]; i++) {
        double part = share * cell_share(&b->cell[bin[i]], p, step);
        if (part > 0)
            cover_with(m, b->cell[bin[i]].material, part);
    }
}

static double distance_to(const render_finger *f, double x, double y)
{
    double dx = f->to.x - f->from.x, dy = f->to.y - f->from.y, length = dx * dx + dy * dy;
    double t = length > 0 ? ((x - f->from.x) * dx + (y - f->from.y) * dy) / length : 0;
    t = clamp01(t);
    return hypot(x - f->from.x - t * dx, y - f->from.y - t * dy);
}

static void add_fingers(const render_scene *scene, double x, double y, mixture *m)
{
    for (int i = 0; i < RENDER_FINGERS && scene->fingers[i].radius > 0; i++) {
        double share = edge(scene->fingers[i].radius - distance_to(&scene->fingers[i], x, y));
        if (share > 0)
            cover_with(m, MATERIAL_SKIN, share);
    }
}

static bool is_inside(const render_box *box, int x, int y)
{
    return x >= box->x && y >= box->y && x < box->x + box->width && y < box->y + box->height;
}

static void add_painted(const render_scene *scene, bool over_chart, int x, int y, mixture *m)
{
    for (int i = 0; i < scene->region_count; i++) {
        const render_region *region = &scene->region[i];
        if (region->painted && region->over_chart == over_chart && is_inside(&region->box, x, y)) {
            m->count = 0;
            add(m, MATERIAL_REGION + i, 1);
        }
    }
}

mixture stage_mixture(const stage *s, int x, int y)
{
    const render_scene *scene = s->scene;
    mixture m = {0};
    double cx = x + 0.5, cy = y + 0.5;
    double head = head_share(&scene->scalp, cx, cy);
    if (head < 1) {
        add_cloth(scene, cx, cy, &m);
        thin(&m, head);
    }
    if (head > 0)
        add_skin(s, cx, cy, head, (double)s->hair.at[(size_t)y * (size_t)scene->width + (size_t)x],
                 &m);
    add_painted(scene, false, x, y, &m);
    tns_point at = scene->camera.distortion != 0 ? stage_ideal(scene, cx, cy) : (tns_point){cx, cy};
    for (int i = 0; i < BOARDS; i++)
        if (s->board[i].present)
            add_board(&s->board[i], at, &m);
    add_painted(scene, true, x, y, &m);
    add_fingers(scene, cx, cy, &m);
    return m;
}

/* The head is round, and keeps light from the cloth beside it. */
static double light_of_head(const render_scene *scene, double x, double y)
{
    if (!scene->scalp.present)
        return 1;
    const double shadow_mm = 3;
    double r = head_radius(&scene->scalp, x, y);
    double beyond_mm =
        (r - 1) * fmin(scene->scalp.radius_x, scene->scalp.radius_y) * scene->mm_per_px;
    return r < 1 ? 1 - scene->scalp.limb * pow(r, 8)
                 : 1 - scene->scalp.limb * exp(-beyond_mm / shadow_mm);
}

/* The chart lies a little above what is under it; light comes from the upper left. */
static double shadow_of_chart(const stage *s, tns_point p)
{
    if (!s->scene->scalp.present)
        return 1;
    double beyond = board_beyond(&s->board[BOARD_CHART], (tns_point){p.x - 0.08, p.y - 0.11});
    double depth = clamp01(1 - beyond / 0.22);
    return 1 - 0.45 * depth * depth;
}

static double cast_shadow(const render_light *light, double x, double y)
{
    const tns_point *p = light->shadow;
    double dx = p[1].x - p[0].x, dy = p[1].y - p[0].y;
    double right = (dx * (y - p[0].y) - dy * (x - p[0].x)) / hypot(dx, dy);
    return 1 - light->shadow_depth * clamp01(0.5 + right / fmax(light->shadow_soft, 1));
}

double stage_light(const stage *s, int x, int y)
{
    const render_scene *scene = s->scene;
    double cx = x + 0.5, cy = y + 0.5, around = 1;
    double u = 2 * cx / scene->width - 1, v = 2 * cy / scene->height - 1;
    double lamp = exp(scene->light.slope_x * u + scene->light.slope_y * v);
    double lens = 1 - scene->light.falloff * (u * u + v * v) / 2;
    const board *chart = &s->board[BOARD_CHART];
    if (chart->present) {
        tns_point p = perspective_apply(chart->map.to_chart, cx, cy);
        if (board_beyond(chart, p) >= 0)
            around = light_of_head(scene, cx, cy) * shadow_of_chart(s, p);
    } else {
        around = light_of_head(scene, cx, cy);
    }
    if (scene->light.shadow_depth > 0)
        around *= cast_shadow(&scene->light, cx, cy);
    return lamp * lens * around;
}

double stage_second(const stage *s, int x)
{
    const render_light *light = &s->scene->light;
    double to = light->second_to > light->second_from ? light->second_to : s->scene->width;
    return clamp01((x + 0.5 - light->second_from) / (to - light->second_from));
}

double stage_glare(const stage *s, int x, int y)
{
    const render_light *light = &s->scene->light;
    if (light->glare <= 0 || light->glare_radius <= 0)
        return 0;
    double distance = hypot(x + 0.5 - light->glare_center.x, y + 0.5 - light->glare_center.y);
    double t = distance / light->glare_radius;
    return light->glare * exp(-0.5 * t * t);
}
