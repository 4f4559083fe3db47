/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <math.h>
#include <stdio.h>

#include "render/render.h"

/* Upright, in the right half: what is left is for painted regions. */
static render_chart upright_chart(int width, int height)
{
    double pitch = fmin(width / 2.0 / 6.6, height / 4.6);
    double x = width * 0.75 - 2.5 * pitch, y = height * 0.5 - 1.5 * pitch;
    return (render_chart){
        .present = true,
        .edition = TNS_EDITION_AFTER_2014,
        .corner = {{x, y}, {x + 5 * pitch, y}, {x + 5 * pitch, y + 3 * pitch}, {x, y + 3 * pitch}},
    };
}

render_scene render_scene_studio(int width, int height)
{
    return (render_scene){
        .width = width,
        .height = height,
        .mm_per_px = 0.1,
        .seed = 1,
        .chart = upright_chart(width, height),
    };
}

static render_scalp sample_scalp(void)
{
    return (render_scalp){
        .present = true,
        .center = {540, 330},
        .radius_x = 930,
        .radius_y = 810,
        .limb = 0.5,
        .mottling = 1,
        .follicular_units_per_cm2 = 96,
        .diameter_mm = {0.15, 0.40},
        .cut_mm = {0.6, 1.6},
        .bald_center = {940, 260},
        .bald_radius = 280,
        .bald_fade = 130,
    };
}

render_scene render_scene_sample(void)
{
    render_scene scene = {
        .width = 1600,
        .height = 1200,
        .mm_per_px = 0.1,
        .seed = 20,
        .chart = {.present = true,
                  .edition = TNS_EDITION_AFTER_2014,
                  .corner = {{1017.5, 836.0}, {1494.0, 797.5}, {1518.5, 1086.0}, {1030.0, 1123.0}}},
        .scalp = sample_scalp(),
        .light = {.name = "D55", .slope_x = 0.12, .slope_y = -0.05, .falloff = 0.04},
        .camera = {.exposure = 0.92,
                   .cast = {1.02, 1, 0.97},
                   .s_curve = 0.12,
                   .blur_px = 0.7,
                   .shot = 6e-5,
                   .read = 8e-4},
    };
    render_scene_watch(&scene, "stubble", 470, 610, 240, 180);
    render_scene_watch(&scene, "skin", 860, 250, 220, 170);
    render_scene_watch(&scene, "cloth", 1512, 540, 76, 130);
    return scene;
}

static render_region *add_region(render_scene *scene, const char *name, int x, int y, int width,
                                 int height)
{
    assert(scene->region_count < RENDER_REGIONS);
    assert(x >= 0 && y >= 0 && width > 0 && height > 0);
    assert(x + width <= scene->width && y + height <= scene->height);
    render_region *region = &scene->region[scene->region_count++];
    *region = (render_region){.box = {.x = x, .y = y, .width = width, .height = height}};
    snprintf(region->box.name, sizeof region->box.name, "%s", name);
    return region;
}

void render_scene_paint(render_scene *scene, const char *name, int x, int y, int width, int height,
                        tns_spectrum spectrum)
{
    render_region *region = add_region(scene, name, x, y, width, height);
    region->painted = true;
    region->spectrum = spectrum;
}

void render_scene_watch(render_scene *scene, const char *name, int x, int y, int width, int height)
{
    add_region(scene, name, x, y, width, height);
}
