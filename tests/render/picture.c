/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "render/camera.h"
#include "render/stage.h"
#include "render/truth.h"

enum { RAW = 3, LAMPS = 2 };

/* What the raw channels make of each material, and of the lamp itself, under each lamp. */
typedef struct signals {
    double of[LAMPS][MATERIAL_COUNT][RAW];
    double lamp[LAMPS][RAW];
    bool two_lamps;
} signals;

static bool signals_make(const render_scene *scene, const materials *things, signals *out,
                         tns_error *err)
{
    const char *first = scene->light.name[0] ? scene->light.name : "D55";
    out->two_lamps = scene->light.second[0] != '\0';
    const char *names[LAMPS] = {first, out->two_lamps ? scene->light.second : first};
    const tns_spectrum white = tns_spectrum_constant(1);
    for (int lamp = 0; lamp < LAMPS; lamp++) {
        camera_weights camera;
        if (!camera_weights_make(names[lamp], first, &camera, err))
            return false;
        for (int i = 0; i < MATERIAL_COUNT; i++)
            camera_signal(&camera, &things->of[i], out->of[lamp][i]);
        camera_signal(&camera, &white, out->lamp[lamp]);
    }
    return true;
}

/* Under one lamp. */
static void lamp_signal(const mixture *m, const double of[MATERIAL_COUNT][RAW], double raw[RAW])
{
    for (int c = 0; c < RAW; c++) {
        raw[c] = 0;
        for (int i = 0; i < m->count; i++)
            raw[c] += m->weight[i] * of[m->material[i]][c];
    }
}

static void pixel_signal(const stage *s, const signals *signal, int x, int y, double raw[RAW])
{
    mixture m = stage_mixture(s, x, y);
    double light = stage_light(s, x, y), glare = stage_glare(s, x, y);
    double share[LAMPS] = {1, 0};
    if (signal->two_lamps) {
        share[1] = (x + 0.5) / s->scene->width;
        share[0] = 1 - share[1];
    }
    raw[0] = raw[1] = raw[2] = 0;
    for (int lamp = 0; lamp < LAMPS && share[lamp] > 0; lamp++) {
        double matte[RAW];
        lamp_signal(&m, signal->of[lamp], matte);
        for (int c = 0; c < RAW; c++)
            raw[c] += share[lamp] * (light * matte[c] + glare * signal->lamp[lamp][c]);
    }
}

/* What the lens throws onto the sensor. */
static bool expose(const stage *s, const signals *signal, plane channel[RAW])
{
    const render_scene *scene = s->scene;
    for (int y = 0; y < scene->height; y++)
        for (int x = 0; x < scene->width; x++) {
            double raw[RAW];
            pixel_signal(s, signal, x, y, raw);
            size_t at = (size_t)y * (size_t)scene->width + (size_t)x;
            for (int c = 0; c < RAW; c++)
                channel[c].at[at] = (float)raw[c];
        }
    for (int c = 0; c < RAW; c++)
        if (!plane_blur(&channel[c], scene->camera.blur_px))
            return false;
    return true;
}

static void develop(const render_scene *scene, const plane channel[RAW], unsigned char *rgb)
{
    size_t count = (size_t)scene->width * (size_t)scene->height;
    for (size_t i = 0; i < count; i++) {
        double raw[RAW] = {(double)channel[0].at[i], (double)channel[1].at[i],
                           (double)channel[2].at[i]};
        camera_add_noise(&scene->camera, random_bits(scene->seed ^ 41), i, raw);
        camera_develop(&scene->camera, raw, rgb + RAW * i);
    }
}

static bool photograph(const stage *s, const signals *signal, render_picture *out, tns_error *err)
{
    const render_scene *scene = s->scene;
    plane channel[RAW];
    for (int c = 0; c < RAW; c++)
        channel[c] = plane_create(scene->width, scene->height);
    out->rgb = malloc((size_t)scene->width * (size_t)scene->height * RAW);
    bool done = out->rgb && channel[0].at && channel[1].at && channel[2].at;
    done = done && expose(s, signal, channel);
    if (done)
        develop(scene, channel, out->rgb);
    for (int c = 0; c < RAW; c++)
        plane_destroy(&channel[c]);
    return done || tns_error_set(err, TNS_ERROR_MEMORY, "a picture of %d x %d: no memory",
                                 scene->width, scene->height);
}

bool render_picture_make(const render_scene *scene, render_picture *out, tns_error *err)
{
    *out = (render_picture){.width = scene->width, .height = scene->height};
    materials things;
    signals signal;
    stage s = {0};
    bool done = materials_make(scene, &things, err) && signals_make(scene, &things, &signal, err) &&
                stage_make(scene, &s, &out->truth, err) &&
                truth_of_stage(&s, &things, &out->truth, err) && photograph(&s, &signal, out, err);
    stage_finish(&s);
    if (!done)
        render_picture_finish(out);
    return done;
}

void render_picture_finish(render_picture *picture)
{
    free(picture->rgb);
    free(picture->truth.hairs);
    *picture = (render_picture){0};
}
