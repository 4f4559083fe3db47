/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "render/camera.h"
#include "render/develop.h"
#include "render/stage.h"
#include "render/truth.h"

enum { RAW = 3, LAMPS = 2 };

/* What the raw channels make of each material, and of the lamp itself, under each lamp. */
typedef struct signals {
    double of[LAMPS][MATERIALS_MOST][RAW];
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
        if (!camera_weights_make(&scene->camera, names[lamp], first, &camera, err))
            return false;
        for (int i = 0; i < things->count; i++)
            camera_signal(&camera, &things->of[i], out->of[lamp][i]);
        camera_signal(&camera, &white, out->lamp[lamp]);
    }
    return true;
}

/* Under one lamp. */
static void lamp_signal(const mixture *m, const double of[MATERIALS_MOST][RAW], double raw[RAW])
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
        share[1] = stage_second(s, x);
        share[0] = 1 - share[1];
    }
    raw[0] = raw[1] = raw[2] = 0;
    for (int lamp = 0; lamp < LAMPS; lamp++) {
        double matte[RAW];
        if (share[lamp] <= 0)
            continue;
        lamp_signal(&m, signal->of[lamp], matte);
        for (int c = 0; c < RAW; c++)
            raw[c] += share[lamp] * (light * matte[c] + glare * signal->lamp[lamp][c]);
    }
}

static bool blur(const render_camera *camera, plane *channel)
{
    return plane_defocus(channel, camera->defocus_px) &&
           plane_shake(channel, camera->motion_px, camera->motion_degrees) &&
           plane_blur(channel, camera->blur_px);
}

static void add_flare(plane *channel, double share)
{
    float veil = (float)(share * plane_mean(channel));
    for (size_t i = 0; i < (size_t)channel->width * (size_t)channel->height; i++)
        channel->at[i] += veil;
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
    for (int c = 0; c < RAW; c++) {
        if (!blur(&scene->camera, &channel[c]))
            return false;
        if (scene->camera.flare > 0)
            add_flare(&channel[c], scene->camera.flare);
    }
    return true;
}

static bool photograph(const stage *s, const signals *signal, render_picture *out, tns_error *err)
{
    const render_scene *scene = s->scene;
    plane channel[RAW];
    size_t count = RAW * (size_t)scene->width * (size_t)scene->height;
    for (int c = 0; c < RAW; c++)
        channel[c] = plane_create(scene->width, scene->height);
    out->rgb = malloc(count);
    out->deep = scene->camera.deep ? malloc(count * sizeof *out->deep) : NULL;
    bool done = out->rgb && channel[0].at && channel[1].at && channel[2].at &&
                (out->deep || !scene->camera.deep) && expose(s, signal, channel) &&
                develop_picture(scene, channel, out);
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
    materials_make(scene, &things);
    bool done = stage_make(scene, &things, &s, &out->truth, err) &&
                signals_make(scene, &things, &signal, err) &&
                truth_of_stage(&s, &things, &out->truth, err) && photograph(&s, &signal, out, err);
    stage_finish(&s);
    if (!done)
        render_picture_finish(out);
    return done;
}

void render_picture_finish(render_picture *picture)
{
    free(picture->rgb);
    free(picture->deep);
    free(picture->truth.hairs);
    *picture = (render_picture){0};
}
