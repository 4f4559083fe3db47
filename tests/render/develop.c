/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "render/camera.h"
#include "render/develop.h"

enum { RAW = 3 };

static size_t pixels_of(const plane *p)
{
    return (size_t)p->width * (size_t)p->height;
}

static void get(const plane channel[RAW], size_t at, double value[RAW])
{
    for (int c = 0; c < RAW; c++)
        value[c] = (double)channel[c].at[at];
}

static void put(plane channel[RAW], size_t at, const double value[RAW])
{
    for (int c = 0; c < RAW; c++)
        channel[c].at[at] = (float)value[c];
}

static void add_noise(const render_scene *scene, plane channel[RAW])
{
    for (size_t i = 0; i < pixels_of(channel); i++) {
        double raw[RAW];
        get(channel, i, raw);
        camera_add_noise(&scene->camera, random_bits(scene->seed ^ 41), i, raw);
        put(channel, i, raw);
    }
}

/* The filter over a pixel: R G over G B. */
static int filter(int x, int y)
{
    return (x & 1) + (y & 1);
}

/* The mean of those of a channel among a pixel's nine that have it; edges held. */
static float from_neighbours(const plane *p, int channel, int x, int y)
{
    float sum = 0;
    int count = 0;
    for (int j = y - 1; j <= y + 1; j++)
        for (int i = x - 1; i <= x + 1; i++) {
            if (i < 0 || j < 0 || i >= p->width || j >= p->height || filter(i, j) != channel)
                continue;
            sum += p->at[(size_t)j * (size_t)p->width + (size_t)i];
            count++;
        }
    return count > 0 ? sum / (float)count : 0;
}

/* Bilinear demosaicing. What the filters keep away is never looked at. */
static bool mosaic(plane channel[RAW])
{
    for (int c = 0; c < RAW; c++) {
        plane out = plane_create(channel[c].width, channel[c].height);
        if (!out.at)
            return false;
        for (int y = 0; y < out.height; y++)
            for (int x = 0; x < out.width; x++) {
                size_t at = (size_t)y * (size_t)out.width + (size_t)x;
                out.at[at] =
                    filter(x, y) == c ? channel[c].at[at] : from_neighbours(&channel[c], c, x, y);
            }
        plane_destroy(&channel[c]);
        channel[c] = out;
    }
    return true;
}

/* An unsharp mask, the same in all channels, so that edges get a halo and no color. */
static bool sharpen(plane channel[RAW], double much)
{
    const double radius_px = 1.2;
    plane grey = plane_create(channel->width, channel->height);
    plane soft = plane_create(channel->width, channel->height);
    for (size_t i = 0; grey.at && soft.at && i < pixels_of(channel); i++)
        grey.at[i] = soft.at[i] =
            0.3F * channel[0].at[i] + 0.6F * channel[1].at[i] + 0.1F * channel[2].at[i];
    bool done = grey.at && soft.at && plane_blur(&soft, radius_px);
    for (size_t i = 0; done && i < pixels_of(channel); i++)
        for (int c = 0; c < RAW; c++)
            channel[c].at[i] += (float)much * (grey.at[i] - soft.at[i]);
    plane_destroy(&grey);
    plane_destroy(&soft);
    return done;
}

static void encode(const double value[RAW], size_t at, render_picture *out)
{
    for (size_t c = 0; c < RAW; c++) {
        double v = fmin(fmax(value[c], 0), 1);
        out->rgb[RAW * at + c] = (unsigned char)(255 * v + 0.5);
        if (out->deep)
            out->deep[RAW * at + c] = (uint16_t)(65535 * v + 0.5);
    }
}

bool develop_picture(const render_scene *scene, plane channel[RAW], render_picture *out)
{
    const render_camera *camera = &scene->camera;
    add_noise(scene, channel);
    if (camera->mosaic && !mosaic(channel))
        return false;
    for (size_t i = 0; i < pixels_of(channel); i++) {
        double raw[RAW], rgb[RAW];
        get(channel, i, raw);
        camera_develop(camera, raw, rgb);
        put(channel, i, rgb);
    }
    if (camera->sharpen > 0 && !sharpen(channel, camera->sharpen))
        return false;
    for (size_t i = 0; i < pixels_of(channel); i++) {
        double rgb[RAW];
        get(channel, i, rgb);
        encode(rgb, i, out);
    }
    return true;
}
