/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <math.h>

#include "render/hair.h"
#include "render/stage.h"

enum { CHART_COLUMNS = 6, CHART_ROWS = 4 };

/* Of a Classic, in units of the patches' pitch. */
static const double patch_half = 0.44, frame_beyond = 0.66, frame_corner = 0.12;

static double clamp01(double x)
{
    return fmin(fmax(x, 0), 1);
}

bool stage_make(const render_scene *scene, stage *out, render_truth *truth, tns_error *err)
{
    *out = (stage){.scene = scene};
    const tns_point *p = scene->chart.corner;
    if (scene->chart.present && !perspective_make(p, &out->chart))
        return tns_error_set(err, TNS_ERROR_USAGE, "the chart's corners span no quadrilateral");
    out->px_per_pitch =
        (hypot(p[1].x - p[0].x, p[1].y - p[0].y) + hypot(p[2].x - p[3].x, p[2].y - p[3].y)) /
        (2 * (CHART_COLUMNS - 1));
    return hair_grow(scene, truth, err) && hair_cover(scene, truth, &out->hair, err);
}

void stage_finish(stage *s)
{
    plane_destroy(&s->hair);
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
    double weave = scene->scalp.present ? 0.05 * grain(scene, 21, x, y, 0.35) : 0;
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

/* How far outside the frame's rounded edge, in pitches; negative inside. */
static double beyond_frame(tns_point p)
{
    double half_x = (CHART_COLUMNS - 1) / 2.0, half_y = (CHART_ROWS - 1) / 2.0;
    double dx = fabs(p.x - half_x) - (half_x + frame_beyond - frame_corner);
    double dy = fabs(p.y - half_y) - (half_y + frame_beyond - frame_corner);
    return hypot(fmax(dx, 0), fmax(dy, 0)) + fmin(fmax(dx, dy), 0) - frame_corner;
}

static int nearest(double x, int last)
{
    return (int)fmin(fmax(round(x), 0), last);
}

static void add_chart(const stage *s, double x, double y, mixture *m)
{
    tns_point p = perspective_apply(s->chart.to_chart, x, y);
    double board = edge(-beyond_frame(p) * s->px_per_pitch);
    if (board <= 0)
        return;
    thin(m, board);
    int column = nearest(p.x, CHART_COLUMNS - 1), row = nearest(p.y, CHART_ROWS - 1);
    double patch = edge((patch_half - fabs(p.x - column)) * s->px_per_pitch) *
                   edge((patch_half - fabs(p.y - row)) * s->px_per_pitch);
    add(m, MATERIAL_FRAME, board * (1 - patch));
    add(m, MATERIAL_PATCH + row * CHART_COLUMNS + column, board * patch);
}

static bool is_inside(const tns_box *box, int x, int y)
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
    if (scene->chart.present)
        add_chart(s, cx, cy, &m);
    add_painted(scene, true, x, y, &m);
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
static double shadow_of_chart(const stage *s, double x, double y)
{
    if (!s->scene->chart.present || !s->scene->scalp.present)
        return 1;
    tns_point p = perspective_apply(s->chart.to_chart, x, y);
    if (beyond_frame(p) < 0)
        return 1;
    double beyond = beyond_frame((tns_point){p.x - 0.08, p.y - 0.11});
    double depth = clamp01(1 - beyond / 0.22);
    return 1 - 0.45 * depth * depth;
}

double stage_light(const stage *s, int x, int y)
{
    const render_scene *scene = s->scene;
    double cx = x + 0.5, cy = y + 0.5;
    double u = 2 * cx / scene->width - 1, v = 2 * cy / scene->height - 1;
    double lamp = exp(scene->light.slope_x * u + scene->light.slope_y * v);
    double lens = 1 - scene->light.falloff * (u * u + v * v) / 2;
    bool on_chart =
        scene->chart.present && beyond_frame(perspective_apply(s->chart.to_chart, cx, cy)) < 0;
    return lamp * lens * (on_chart ? 1 : light_of_head(scene, cx, cy) * shadow_of_chart(s, cx, cy));
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
