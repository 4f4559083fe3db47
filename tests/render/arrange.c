/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "render/arrange.h"
#include "render/pose.h"

static render_card sheet(double left, double top, double right, double bottom, tns_lab color)
{
    return (render_card){
        .present = true,
        .thing = RENDER_PAPER,
        .corner = {{left, top}, {right, top}, {right, bottom}, {left, bottom}},
        .color = color,
    };
}

static tns_point on_chart(const render_scene *scene, double u, double v)
{
    const tns_point *p = scene->chart.corner;
    double top_x = p[0].x + u * (p[1].x - p[0].x), top_y = p[0].y + u * (p[1].y - p[0].y);
    double low_x = p[3].x + u * (p[2].x - p[3].x), low_y = p[3].y + u * (p[2].y - p[3].y);
    return (tns_point){top_x + v * (low_x - top_x), top_y + v * (low_y - top_y)};
}

static double pitch_of(const render_scene *scene)
{
    const tns_point *p = scene->chart.corner;
    return hypot(p[1].x - p[0].x, p[1].y - p[0].y) / 5;
}

/* ---- What lies on the desk ---- */

void arrange_without_chart(render_scene *scene)
{
    scene->chart.present = false;
}

void arrange_on_white(render_scene *scene)
{
    scene->backdrop = 0.85;
}

void arrange_on_black(render_scene *scene)
{
    scene->backdrop = 0.03;
}

void arrange_on_wood(render_scene *scene)
{
    scene->cards[0] = sheet(-10, -10, scene->width + 10, scene->height + 10, (tns_lab){56, 14, 32});
}

void arrange_among_things(render_scene *scene)
{
    double w = scene->width, h = scene->height;
    scene->cards[0] = (render_card){.present = true,
                                    .thing = RENDER_CLUTTER,
                                    .paint = 5,
                                    .corner = {{0, 0}, {w, 0}, {w, h}, {0, h}}};
}

void arrange_among_things_without_chart(render_scene *scene)
{
    arrange_among_things(scene);
    scene->chart.present = false;
}

void arrange_beside_a_keyboard(render_scene *scene)
{
    scene->cards[0] = (render_card){.present = true,
                                    .thing = RENDER_KEYBOARD,
                                    .corner = {{60, 40}, {580, 30}, {590, 190}, {70, 200}}};
}

/* The same chart once more, smaller and turned. */
void arrange_beside_another_chart(render_scene *scene)
{
    render_pose pose = {.center = {220, 150}, .pitch_px = 32, .degrees = 20};
    scene->cards[0] = render_card_posed(&pose);
    scene->cards[0].paint = 3;
}

void arrange_beside_a_lookalike(render_scene *scene)
{
    render_pose pose = {.center = {220, 150}, .pitch_px = 36, .degrees = -12};
    scene->cards[0] = render_card_posed(&pose);
    scene->cards[0].thing = RENDER_RECOLORED;
    scene->cards[0].paint = 8;
}

void arrange_old_edition(render_scene *scene)
{
    scene->chart.edition = TNS_EDITION_BEFORE_2014;
}

void arrange_faded(render_scene *scene)
{
    scene->chart.age = 2;
}

/* ---- What lies on the chart ---- */

void arrange_two_columns_under_paper(render_scene *scene)
{
    tns_point a = on_chart(scene, 0.7, -0.6), b = on_chart(scene, 1.4, -0.6);
    tns_point c = on_chart(scene, 1.4, 1.6), d = on_chart(scene, 0.7, 1.6);
    scene->cover = (render_card){
        .present = true, .thing = RENDER_PAPER, .corner = {a, b, c, d}, .color = {90, 0, 3}};
}

/* Sixteen patches are enough; these leave eight. */
void arrange_most_under_paper(render_scene *scene)
{
    arrange_two_columns_under_paper(scene);
    scene->cover.corner[0] = on_chart(scene, 0.3, -0.6);
    scene->cover.corner[3] = on_chart(scene, 0.3, 1.6);
}

void arrange_two_rows_under_dark_cloth(render_scene *scene)
{
    scene->cover =
        (render_card){.present = true,
                      .thing = RENDER_PAPER,
                      .corner = {on_chart(scene, -0.3, -0.6), on_chart(scene, 1.3, -0.6),
                                 on_chart(scene, 1.3, 0.17), on_chart(scene, -0.3, 0.17)},
                      .color = {28, 2, -6}};
}

void arrange_under_fingers(render_scene *scene)
{
    double pitch = pitch_of(scene);
    for (int i = 0; i < 3; i++)
        scene->fingers[i] = (render_finger){on_chart(scene, 1.3, -0.1 + 0.3 * i),
                                            on_chart(scene, 0.85, 0.05 + 0.25 * i), 0.42 * pitch};
    scene->fingers[3] =
        (render_finger){on_chart(scene, 1.5, 0.2), on_chart(scene, 1.5, 0.9), 1.2 * pitch};
}

void arrange_with_a_reflex(render_scene *scene)
{
    scene->light.glare_center = on_chart(scene, 0.3, 0.4);
    scene->light.glare_radius = 0.5 * pitch_of(scene);
    scene->light.glare = 0.25;
}

void arrange_with_sheen(render_scene *scene)
{
    scene->light.glare_center = on_chart(scene, 0.1, 0.1);
    scene->light.glare_radius = 2 * pitch_of(scene);
    scene->light.glare = 0.05;
}

void arrange_with_a_shadow(render_scene *scene)
{
    scene->light.shadow[0] = on_chart(scene, 0.55, -0.5);
    scene->light.shadow[1] = on_chart(scene, 0.4, 1.5);
    scene->light.shadow_depth = 0.45;
    scene->light.shadow_soft = 0.3 * pitch_of(scene);
}

/* ---- Light ---- */

static void mixed_light(render_scene *scene, const char *second)
{
    strcpy(scene->light.second, second);
    tns_point a = on_chart(scene, -0.1, 0.5), b = on_chart(scene, 1.1, 0.5);
    scene->light.second_from = a.x;
    scene->light.second_to = b.x;
}

void arrange_window_and_bulb(render_scene *scene)
{
    mixed_light(scene, "A");
}

void arrange_window_and_warm_tube(render_scene *scene)
{
    mixed_light(scene, "D4000");
}

/* Two daylights hardly apart: every window's side is a little bluer. */
void arrange_sun_and_sky(render_scene *scene)
{
    mixed_light(scene, "D5800");
}

void arrange_bulb_in_daylights_balance(render_scene *scene)
{
    strcpy(scene->light.second, "A");
    scene->light.second_from = -2;
    scene->light.second_to = -1;
}

/* A hand on a desk full of things, in light that slopes and comes from two lamps all but alike. */
void arrange_in_real_life(render_scene *scene)
{
    arrange_among_things(scene);
    arrange_under_fingers(scene);
    arrange_sun_and_sky(scene);
    render_light_across(scene, 0.25, true);
}

/* ---- Cut to the patches' own edges ---- */

void arrange_fill_the_frame(render_scene *scene)
{
    double pitch = scene->width / 5.88, x = 0.44 * pitch;
    double y = scene->height / 2.0 - 1.5 * pitch;
    const tns_point corner[4] = {
        {x, y}, {x + 5 * pitch, y}, {x + 5 * pitch, y + 3 * pitch}, {x, y + 3 * pitch}};
    memcpy(scene->chart.corner, corner, sizeof corner);
}
