/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "render/pose.h"

static const double degree = 0.017453292519943295;

/* A point of the card, in pitches from its middle, as a pinhole camera sees it. */
static tns_point seen(const render_pose *pose, double x, double y)
{
    double turn = pose->degrees * degree, tilt = pose->tilt_degrees * degree;
    double axis = pose->axis_degrees * degree;
    double distance = pose->distance > 0 ? pose->distance : 25;
    double u = x * cos(turn) - y * sin(turn), v = x * sin(turn) + y * cos(turn);
    double along = u * cos(axis) + v * sin(axis), across = v * cos(axis) - u * sin(axis);
    double away = 1 + across * sin(tilt) / distance;
    across *= cos(tilt);
    double px = pose->pitch_px / away;
    return (tns_point){pose->center.x + px * (along * cos(axis) - across * sin(axis)),
                       pose->center.y + px * (along * sin(axis) + across * cos(axis))};
}

void render_pose_corners(const render_pose *pose, double columns, double rows, tns_point corner[4])
{
    double x = (columns - 1) / 2 * (pose->mirrored ? -1 : 1), y = (rows - 1) / 2;
    corner[0] = seen(pose, -x, -y);
    corner[1] = seen(pose, x, -y);
    corner[2] = seen(pose, x, y);
    corner[3] = seen(pose, -x, y);
}

render_card render_card_posed(const render_pose *pose)
{
    render_card card = {.present = true, .edition = TNS_EDITION_AFTER_2014};
    render_pose_corners(pose, 6, 4, card.corner);
    return card;
}

void render_light_across(render_scene *scene, double ratio, bool both)
{
    const tns_point *p = scene->chart.corner;
    double x = p[1].x - p[0].x, y = p[1].y - p[0].y, length = hypot(x, y);
    double per_px = log1p(ratio) / length;
    double way_x = x / length, way_y = y / length;
    scene->light.slope_x = per_px * (way_x + (both ? way_y : 0)) * scene->width / 2;
    scene->light.slope_y = per_px * (way_y - (both ? way_x : 0)) * scene->height / 2;
}

render_scene render_scene_blank(const render_scene *scene)
{
    render_scene blank = *scene;
    blank.chart.present = blank.cover.present = blank.scalp.present = false;
    memset(blank.cards, 0, sizeof blank.cards);
    memset(blank.fingers, 0, sizeof blank.fingers);
    blank.region_count = 0;
    blank.backdrop = 0.9;
    blank.weave = 0;
    blank.seed++;
    return blank;
}
