/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "render/hair.h"

enum { HAIRS_MOST = 3, SUBPIXELS = 4 };

double head_radius(const render_scalp *scalp, double x, double y)
{
    return hypot((x - scalp->center.x) / scalp->radius_x, (y - scalp->center.y) / scalp->radius_y);
}

static double smoothstep(double t)
{
    double u = fmin(fmax(t, 0), 1);
    return u * u * (3 - 2 * u);
}

double hair_growth(const render_scalp *scalp, double x, double y)
{
    if (head_radius(scalp, x, y) >= 1)
        return 0;
    double beyond = hypot(x - scalp->bald_center.x, y - scalp->bald_center.y) - scalp->bald_radius;
    if (scalp->bald_radius <= 0 || beyond >= scalp->bald_fade)
        return 1;
    return scalp->bald_fade > 0 ? smoothstep(beyond / scalp->bald_fade) : 0;
}

/* Follicular units hold one to three hairs, 1.9 in the mean. */
static int hairs_of_unit(double u)
{
    return u < 0.3 ? 1 : u < 0.8 ? 2 : 3;
}

/* Hair lies in a whorl around the bald disc's middle. */
static double lie(const render_scene *scene, double x, double y)
{
    tns_point c = scene->scalp.bald_center;
    double mm = scene->mm_per_px;
    return atan2(x - c.x, -(y - c.y)) +
           0.3 * random_field(scene->seed ^ 11, x * mm / 8, y * mm / 8);
}

static render_hair new_hair(const render_scene *scene, tns_point at, int unit, uint64_t *random)
{
    const double *span = scene->scalp.diameter_mm;
    double diameter = span[0] + (span[1] - span[0]) * random_uniform(random);
    const double *cut = scene->scalp.cut_mm;
    double stretch = cut[0] + (cut[1] - cut[0]) * random_uniform(random);
    return (render_hair){.center = at,
                         .diameter_px = diameter / scene->mm_per_px,
                         .length_px = (diameter + stretch) / scene->mm_per_px,
                         .angle = lie(scene, at.x, at.y),
                         .unit = unit};
}

static void grow_unit(const render_scene *scene, tns_point at, uint64_t *random,
                      render_truth *truth)
{
    const double apart_mm = 0.28, turn = 6.283185307179586;
    int count = hairs_of_unit(random_uniform(random));
    double angle = turn * random_uniform(random);
    for (int i = 0; i < count; i++) {
        double radius = count > 1 ? apart_mm * (0.8 + 0.4 * random_uniform(random)) : 0;
        double phi = angle + turn * i / count;
        tns_point p = {at.x + radius * cos(phi) / scene->mm_per_px,
                       at.y + radius * sin(phi) / scene->mm_per_px};
        truth->hairs[truth->hair_count++] = new_hair(scene, p, (int)truth->unit_count, random);
    }
    truth->unit_count++;
}

/* A hexagonal grid, each place moved by up to 0.3 of the spacing: even, never regular. */
typedef struct places {
    double column, row;
    int columns, rows;
} places;

static places places_for(const render_scene *scene)
{
    double area_mm2 = 100 / scene->scalp.follicular_units_per_cm2;
    double column = sqrt(area_mm2 * 2 / sqrt(3)) / scene->mm_per_px;
    double row = column * sqrt(3) / 2;
    return (places){column, row, (int)(scene->width / column) + 2, (int)(scene->height / row) + 2};
}

static tns_point place(const places *grid, int i, int j, uint64_t *random)
{
    double x = i + (j % 2) * 0.5 + 0.6 * (random_uniform(random) - 0.5);
    double y = j + 0.6 * (random_uniform(random) - 0.5);
    return (tns_point){x * grid->column, y * grid->row};
}

bool hair_grow(const render_scene *scene, render_truth *truth, tns_error *err)
{
    if (!scene->scalp.present || scene->scalp.follicular_units_per_cm2 <= 0)
        return true;
    places grid = places_for(scene);
    size_t most = (size_t)grid.columns * (size_t)grid.rows * HAIRS_MOST;
    truth->hairs = calloc(most, sizeof *truth->hairs);
    if (!truth->hairs)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%zu hairs: no memory", most);
    uint64_t random = random_bits(scene->seed ^ 12);
    for (int j = 0; j < grid.rows; j++)
        for (int i = 0; i < grid.columns; i++) {
            tns_point at = place(&grid, i, j, &random);
            if (random_uniform(&random) < hair_growth(&scene->scalp, at.x, at.y))
                grow_unit(scene, at, &random, truth);
        }
    return true;
}

/* A disc drawn out: the points within half the diameter of the axis. */
static bool covers(const render_hair *hair, double x, double y)
{
    double dx = x - hair->center.x, dy = y - hair->center.y;
    double along = dx * cos(hair->angle) + dy * sin(hair->angle);
    double across = dy * cos(hair->angle) - dx * sin(hair->angle);
    double axis = (hair->length_px - hair->diameter_px) / 2;
    double beyond = fmax(fabs(along) - axis, 0);
    return beyond * beyond + across * across <= hair->diameter_px * hair->diameter_px / 4;
}

static float covered_share(const render_hair *hair, int x, int y)
{
    int inside = 0;
    for (int j = 0; j < SUBPIXELS; j++)
        for (int i = 0; i < SUBPIXELS; i++)
            inside += covers(hair, x + (i + 0.5) / SUBPIXELS, y + (j + 0.5) / SUBPIXELS);
    return (float)inside / (SUBPIXELS * SUBPIXELS);
}

static void draw(const render_hair *hair, plane *cover)
{
    int reach = (int)(hair->length_px / 2) + 1;
    int cx = (int)floor(hair->center.x), cy = (int)floor(hair->center.y);
    for (int y = cy - reach; y <= cy + reach; y++)
        for (int x = cx - reach; x <= cx + reach; x++) {
            if (x < 0 || y < 0 || x >= cover->width || y >= cover->height)
                continue;
            float *at = &cover->at[(size_t)y * (size_t)cover->width + (size_t)x];
            *at = 1 - (1 - *at) * (1 - covered_share(hair, x, y));
        }
}

/* Three tenths of a dot's absorption are felt up to 0.4 mm away, the rest within 0.06 mm. */
static bool spread(plane *cover, double mm_per_px)
{
    const float wide_share = 0.3F;
    plane wide = plane_create(cover->width, cover->height);
    size_t count = (size_t)cover->width * (size_t)cover->height;
    for (size_t i = 0; wide.at && i < count; i++)
        wide.at[i] = wide_share * cover->at[i];
    bool done =
        wide.at && plane_blur(&wide, 0.4 / mm_per_px) && plane_blur(cover, 0.06 / mm_per_px);
    for (size_t i = 0; done && i < count; i++)
        cover->at[i] = (1 - wide_share) * cover->at[i] + wide.at[i];
    plane_destroy(&wide);
    return done;
}

bool hair_cover(const render_scene *scene, const render_truth *truth, plane *cover, tns_error *err)
{
    *cover = plane_create(scene->width, scene->height);
    for (size_t i = 0; cover->at && i < truth->hair_count; i++)
        draw(&truth->hairs[i], cover);
    if (!cover->at || (truth->hair_count > 0 && !spread(cover, scene->mm_per_px)))
        return tns_error_set(err, TNS_ERROR_MEMORY, "a picture of %d x %d: no memory", scene->width,
                             scene->height);
    return true;
}
