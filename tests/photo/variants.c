/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "photo/variants.h"
#include "render/camera.h"
#include "render/perspective.h"
#include "render/plane.h"
#include "render/pose.h"

/* `partial`: so much of the chart is hidden that what is harder still may be refused. */
static const struct {
    const char *name;
    render_verdict verdict;
    bool partial;
} photos[] = {
    {"arcu__color_checker__1_.jpg", RENDER_FOUND, false},
    {"arcu__color_checker__2_.jpg", RENDER_FOUND, false},
    {"arcu__color_checker__3_.jpg", RENDER_FOUND, false},
    {"arcu__color_checker__6_.jpg", RENDER_FOUND, false},
    {"arcu__color_checker_mini__1_.jpg", RENDER_FOUND, false},
    {"arcu__color_checker_mini__4_.jpg", RENDER_FOUND, false},
    {"collinsui__ColorCard_Big.JPG", RENDER_FOUND, false},
    {"darsia__baseline.jpg", RENDER_FOUND, false},
    {"jarrelscy__IMG_20140613_203444.jpg", RENDER_FOUND, false},
    {"jarrelscy__IMG_20140613_203518.jpg", RENDER_FOUND, false},
    {"plantcv__classic.png", RENDER_FOUND, false},
    {"plantcv__partial_card_rgb.png", RENDER_FOUND, true},
    {"qiu__passport.jpg", RENDER_FOUND, false},
    {"plantcv__camera-trax.png", RENDER_REFUSED, false},
    {"arcu__normal_example.jpg", RENDER_REFUSED, false},
    {"collinsui__Blank.JPG", RENDER_REFUSED, false},
};

int variant_source_count(void)
{
    return (int)(sizeof photos / sizeof *photos);
}

const char *variant_source_name(int index)
{
    return photos[index].name;
}

/* ---- The photo and its truth ---- */

static bool read_corners(const tns_json *truth, variant_source *out)
{
    tns_json_at root = tns_json_root(truth, "ground_truth.json");
    tns_json_at photo = tns_json_member(&root, out->name);
    tns_json_at list = tns_json_member(&photo, "corner_patch_centres");
    for (size_t i = 0; i < 4; i++) {
        tns_json_at point = tns_json_item(&list, i);
        tns_json_at x = tns_json_item(&point, 0), y = tns_json_item(&point, 1);
        if (!tns_json_number(&x, 0, 1e5, &out->corner[i].x, NULL) ||
            !tns_json_number(&y, 0, 1e5, &out->corner[i].y, NULL))
            return false;
    }
    return true;
}

static double mean_pitch(const tns_point p[4])
{
    return (hypot(p[1].x - p[0].x, p[1].y - p[0].y) + hypot(p[2].x - p[3].x, p[2].y - p[3].y)) / 10;
}

bool variant_source_truth(const char *folder, int index, variant_source *out, tns_error *err)
{
    char path[4096];
    size_t length = 0;
    *out = (variant_source){.name = photos[index].name,
                            .verdict = photos[index].verdict,
                            .partial = photos[index].partial};
    snprintf(path, sizeof path, "%s/ground_truth.json", folder);
    char *text = tns_file_read(path, 1 << 20, &length, err);
    tns_json *truth = text ? tns_json_parse(text, length, path, err) : NULL;
    free(text);
    if (!truth)
        return false;
    out->has_chart = read_corners(truth, out);
    out->pitch_px = out->has_chart ? mean_pitch(out->corner) : 0;
    tns_json_destroy(truth);
    return true;
}

/* BT.2020 to sRGB primaries, both D65: ITU-R BT.2087, the inverse of its matrix. */
static void to_srgb(const float in[3], float out[3])
{
    static const float m[3][3] = {{1.6605F, -0.5876F, -0.0728F},
                                  {-0.1246F, 1.1329F, -0.0083F},
                                  {-0.0182F, -0.1006F, 1.1187F}};
    for (int c = 0; c < 3; c++)
        out[c] = m[c][0] * in[0] + m[c][1] * in[1] + m[c][2] * in[2];
}

static bool first_level(const tns_image *image, variant_level *out)
{
    const tns_image_info *info = tns_image_describe(image);
    *out = (variant_level){info->width, info->height, NULL};
    float(*row)[3] = malloc((size_t)info->width * sizeof *row);
    out->rgb = malloc(3 * sizeof(float) * (size_t)info->width * (size_t)info->height);
    for (int y = 0; row && out->rgb && y < info->height; y++) {
        tns_image_read(image, 0, y, info->width, row);
        for (int x = 0; x < info->width; x++)
            to_srgb(row[x], out->rgb + 3 * ((size_t)y * (size_t)info->width + (size_t)x));
    }
    free(row);
    return out->rgb != NULL;
}

static bool halve(const variant_level *in, variant_level *out)
{
    *out = (variant_level){in->width / 2, in->height / 2, NULL};
    size_t across = 3 * (size_t)in->width;
    out->rgb = malloc(3 * sizeof(float) * (size_t)out->width * (size_t)out->height);
    for (int y = 0; out->rgb && y < out->height; y++)
        for (int x = 0; x < out->width; x++)
            for (size_t c = 0; c < 3; c++) {
                const float *at = in->rgb + 2 * (size_t)y * across + 6 * (size_t)x + c;
                out->rgb[3 * ((size_t)y * (size_t)out->width + (size_t)x) + c] =
                    0.25F * (at[0] + at[3] + at[across] + at[across + 3]);
            }
    return out->rgb != NULL;
}

bool variant_source_load(const char *folder, int index, variant_source *out, tns_error *err)
{
    char path[4096];
    if (!variant_source_truth(folder, index, out, err))
        return false;
    snprintf(path, sizeof path, "%s/%s", folder, out->name);
    tns_image *image = tns_image_load(path, err);
    if (!image)
        return false;
    out->width = tns_image_describe(image)->width;
    out->height = tns_image_describe(image)->height;
    bool done = first_level(image, &out->level[0]);
    for (out->levels = 1; done && out->levels < VARIANT_LEVELS; out->levels++)
        done = halve(&out->level[out->levels - 1], &out->level[out->levels]);
    tns_image_destroy(image);
    if (!done)
        variant_source_finish(out);
    return done || tns_error_set(err, TNS_ERROR_MEMORY, "%s: no memory", path);
}

void variant_source_finish(variant_source *source)
{
    for (int i = 0; i < VARIANT_LEVELS; i++)
        free(source->level[i].rgb);
    *source = (variant_source){0};
}

/* ---- What is drawn ---- */

typedef struct plan {
    const variant_source *source;
    int width, height;
    perspective map;  /* to the photo's plane: one unit = `unit_px` of the photo ... */
    tns_point middle; /* ... about this place of it, which lies at (2.5, 1.5) */
    double unit_px, pitch_px;
    bool cropped, mirrored;
    int hidden_columns; /* of the chart, from its end */
    double hidden[3];
    double gain[3], slope_x, slope_y, blur_px, motion_px, motion_degrees, read;
    render_camera tone;
    uint64_t random;
} plan;

static double between(plan *p, double least, double most)
{
    return least + (most - least) * random_uniform(&p->random);
}

static bool chance(plan *p, double much)
{
    return random_uniform(&p->random) < much;
}

static tns_point to_variant(const plan *p, tns_point at)
{
    double u = (at.x - p->middle.x) / p->unit_px + 2.5, v = (at.y - p->middle.y) / p->unit_px + 1.5;
    return perspective_apply((const double(*)[3])p->map.to_picture, p->mirrored ? 5 - u : u, v);
}

static tns_point to_photo(const plan *p, double x, double y)
{
    tns_point at = perspective_apply((const double(*)[3])p->map.to_chart, x, y);
    double u = p->mirrored ? 5 - at.x : at.x;
    return (tns_point){p->middle.x + (u - 2.5) * p->unit_px,
                       p->middle.y + (at.y - 1.5) * p->unit_px};
}

/* A place of the chart, its corner patches at 0 and 1, without the tilt of the photo itself. */
static tns_point on_chart(const tns_point c[4], double u, double v)
{
    tns_point p = {0, 0};
    const double share[4] = {(1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v};
    for (int i = 0; i < 4; i++) {
        p.x += share[i] * c[i].x;
        p.y += share[i] * c[i].y;
    }
    return p;
}

/* With the patches' outer edges, every corner of the chart is in the picture. */
static bool holds_chart(const plan *p)
{
    static const double outer[4][2] = {{-0.1, -0.17}, {1.1, -0.17}, {1.1, 1.17}, {-0.1, 1.17}};
    for (int i = 0; i < 4 && p->source->has_chart; i++) {
        tns_point at = to_variant(p, on_chart(p->source->corner, outer[i][0], outer[i][1]));
        if (at.x < 0 || at.y < 0 || at.x >= p->width || at.y >= p->height)
            return false;
    }
    return true;
}

/* Anywhere, any way round, up to 50 degrees off. */
static bool draw_pose(plan *p)
{
    double largest = fmin(110, 1.3 * p->unit_px), least = fmin(17, largest);
    p->pitch_px = least * exp(between(p, 0, log(largest / least)));
    render_pose pose = {
        .center = {between(p, 0, p->width), between(p, 0, p->height)},
        .pitch_px = p->pitch_px,
        .degrees = between(p, 0, 360),
        .tilt_degrees = chance(p, 0.5) ? between(p, 10, 50) : 0,
        .axis_degrees = between(p, 0, 180),
    };
    tns_point corner[4];
    render_pose_corners(&pose, 6, 4, corner);
    if (pose.tilt_degrees > 0)
        p->pitch_px *= cos(pose.tilt_degrees * 0.017453292519943295);
    return perspective_make(corner, 5, 3, &p->map) && holds_chart(p);
}

/* The patches' outer edges are the picture's, nearly. */
static bool draw_crop(plan *p)
{
    const tns_point *c = p->source->corner;
    double target = fmin(between(p, 25, 90), p->unit_px), edge = 0.46 * target;
    double columns = hypot(c[1].x - c[0].x, c[1].y - c[0].y) / p->unit_px * target;
    double rows = hypot(c[3].x - c[0].x, c[3].y - c[0].y) / p->unit_px * target;
    p->width = (int)(columns + 2 * edge);
    p->height = (int)(rows + 2 * edge);
    p->pitch_px = target;
    p->cropped = true;
    tns_point turned[4];
    double angle = atan2(c[1].y - c[0].y, c[1].x - c[0].x);
    render_pose pose = {.center = {p->width / 2.0, p->height / 2.0},
                        .pitch_px = target,
                        .degrees = -angle / 0.017453292519943295};
    render_pose_corners(&pose, 6, 4, turned);
    return perspective_make(turned, 5, 3, &p->map);
}

static void draw_light(plan *p)
{
    double exposure = exp(between(p, log(0.3), log(1.05)));
    double warm = chance(p, 0.5) ? between(p, -0.45, 0.45) : 0;
    p->gain[0] = exposure * exp(warm);
    p->gain[1] = exposure;
    p->gain[2] = exposure * exp(-warm);
    p->slope_x = between(p, -0.4, 0.4);
    p->slope_y = between(p, -0.4, 0.4);
    p->blur_px = between(p, 0, 0.1) * p->pitch_px;
    if (chance(p, 0.15)) {
        p->motion_px = between(p, 0.05, 0.15) * p->pitch_px;
        p->motion_degrees = between(p, 0, 180);
        p->blur_px = 0.3;
    }
    p->read = between(p, 0.0005, 0.005);
    p->tone.s_curve = between(p, 0, 0.2);
}

static void draw_cover(plan *p)
{
    if (!p->source->has_chart || !chance(p, 0.15))
        return;
    p->hidden_columns = chance(p, 0.5) ? 1 : 2;
    for (int c = 0; c < 3; c++)
        p->hidden[c] = between(p, 0.05, 0.6);
}

static bool draw(const variant_source *source, uint64_t seed, plan *p)
{
    *p = (plan){.source = source, .width = 960, .height = 720, .random = random_bits(seed)};
    p->unit_px = source->has_chart ? source->pitch_px : fmax(source->width, source->height) / 9.0;
    p->middle = source->has_chart ? on_chart(source->corner, 0.5, 0.5)
                                  : (tns_point){source->width / 2.0, source->height / 2.0};
    if (chance(p, 0.4)) {
        p->width = 720;
        p->height = 960;
    }
    p->mirrored = source->has_chart && chance(p, 0.07);
    bool posed = source->has_chart && !p->mirrored && chance(p, 0.12) && draw_crop(p);
    for (int i = 0; !posed && i < 400; i++)
        posed = draw_pose(p);
    draw_light(p);
    draw_cover(p);
    return posed;
}

/* ---- What comes of it ---- */

static const float *sample_at(const variant_level *level, int x, int y)
{
    return level->rgb + 3 * ((size_t)y * (size_t)level->width + (size_t)x);
}

/* Bilinear; false outside the photo. */
static bool look_up(const variant_level *level, double x, double y, double rgb[3])
{
    double u = x - 0.5, v = y - 0.5;
    if (x < 0 || y < 0 || x >= level->width || y >= level->height)
        return false;
    u = fmin(fmax(u, 0), level->width - 1.001);
    v = fmin(fmax(v, 0), level->height - 1.001);
    int i = (int)u, j = (int)v;
    double s = u - i, t = v - j;
    const float *a = sample_at(level, i, j), *b = sample_at(level, i + 1, j);
    const float *c = sample_at(level, i, j + 1), *d = sample_at(level, i + 1, j + 1);
    for (int k = 0; k < 3; k++)
        rgb[k] = (1 - t) * ((1 - s) * (double)a[k] + s * (double)b[k]) +
                 t * ((1 - s) * (double)c[k] + s * (double)d[k]);
    return true;
}

/* The level that has about a pixel for each of the variant's. */
static const variant_level *level_for(const plan *p, double *scale)
{
    int i = 0;
    *scale = 1;
    for (double ratio = p->unit_px / p->pitch_px; ratio >= 1.6 && i + 1 < p->source->levels; i++) {
        ratio /= 2;
        *scale *= 2;
    }
    return &p->source->level[i];
}

static void see(const plan *p, const variant_level *level, double scale, int x, int y,
                double rgb[3])
{
    tns_point at = to_photo(p, x + 0.5, y + 0.5);
    if (!look_up(level, at.x / scale, at.y / scale, rgb))
        rgb[0] = rgb[1] = rgb[2] = 0.25 * (1 + 0.1 * random_field(7, x / 3.0, y / 3.0));
}

static bool is_hidden(const perspective *chart, int columns, double x, double y)
{
    tns_point at = perspective_apply((const double(*)[3])chart->to_chart, x, y);
    return at.x > 5.5 - columns && at.x < 6.2 && at.y > -1.2 && at.y < 4.2;
}

static bool expose(const plan *p, const tns_point corner[4], plane channel[3])
{
    perspective chart = {.to_chart = {{0}}};
    double scale;
    const variant_level *level = level_for(p, &scale);
    bool covered = p->hidden_columns > 0 && perspective_make(corner, 5, 3, &chart);
    for (int y = 0; y < p->height; y++)
        for (int x = 0; x < p->width; x++) {
            double rgb[3];
            double light =
                exp(p->slope_x * (2.0 * x / p->width - 1) + p->slope_y * (2.0 * y / p->height - 1));
            see(p, level, scale, x, y, rgb);
            if (covered && is_hidden(&chart, p->hidden_columns, x + 0.5, y + 0.5))
                memcpy(rgb, p->hidden, sizeof rgb);
            for (int c = 0; c < 3; c++)
                channel[c].at[(size_t)y * (size_t)p->width + (size_t)x] =
                    (float)(rgb[c] * light * p->gain[c]);
        }
    for (int c = 0; c < 3; c++)
        if (!plane_shake(&channel[c], p->motion_px, p->motion_degrees) ||
            !plane_blur(&channel[c], p->blur_px))
            return false;
    return true;
}

/* sRGB's curve with the plan's contrast. */
static double encoded(const plan *p, double linear)
{
    const double turn = 6.283185307179586;
    double x = fmin(fmax(linear, 0), 1);
    double v = x <= 0.0031308 ? 12.92 * x : 1.055 * pow(x, 1 / 2.4) - 0.055;
    return v - p->tone.s_curve * sin(turn * v) / turn;
}

static void develop(const plan *p, uint64_t seed, const plane channel[3], render_picture *out)
{
    size_t count = (size_t)p->width * (size_t)p->height;
    const render_camera noise = {.shot = p->read * p->read * 4, .read = p->read};
    for (size_t i = 0; i < count; i++) {
        double rgb[3] = {(double)channel[0].at[i], (double)channel[1].at[i],
                         (double)channel[2].at[i]};
        camera_add_noise(&noise, random_bits(seed ^ 91), i, rgb);
        for (size_t c = 0; c < 3; c++)
            out->rgb[3 * i + c] = (unsigned char)(255 * encoded(p, rgb[c]) + 0.5);
    }
}

static void describe(const plan *p, uint64_t seed, variant *out)
{
    snprintf(out->label, sizeof out->label, "%.40s #%llu: %.0f px%s%s%s%s", p->source->name,
             (unsigned long long)seed, p->pitch_px, p->cropped ? ", cropped" : "",
             p->mirrored ? ", mirrored" : "", p->hidden_columns ? ", partly covered" : "",
             p->motion_px > 0 ? ", shaken" : "");
}

bool variant_make(const variant_source *source, uint64_t seed, variant *out)
{
    plan p;
    *out = (variant){.has_chart = source->has_chart, .verdict = source->verdict};
    if (!draw(source, seed, &p))
        out->verdict = RENDER_EITHER; /* the chart may leave the frame */
    if (source->partial)
        out->verdict = RENDER_EITHER;
    if (p.mirrored)
        out->verdict = RENDER_REFUSED;
    for (int i = 0; i < 4 && source->has_chart; i++)
        out->corner[i] = to_variant(&p, source->corner[i]);
    describe(&p, seed, out);
    out->jpeg.quality = (int)between(&p, 60, 95);
    out->picture = (render_picture){.width = p.width, .height = p.height};
    plane channel[3];
    for (int c = 0; c < 3; c++)
        channel[c] = plane_create(p.width, p.height);
    out->picture.rgb = malloc(3 * (size_t)p.width * (size_t)p.height);
    bool done = out->picture.rgb && channel[0].at && channel[1].at && channel[2].at &&
                expose(&p, out->corner, channel);
    if (done)
        develop(&p, seed, channel, &out->picture);
    for (int c = 0; c < 3; c++)
        plane_destroy(&channel[c]);
    if (!done)
        variant_finish(out);
    return done;
}

void variant_finish(variant *v)
{
    render_picture_finish(&v->picture);
}
