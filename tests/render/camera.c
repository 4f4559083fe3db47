/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "render/camera.h"
#include "render/plane.h"

static double gaussian(double x, double mean, double sd)
{
    return exp(-0.5 * (x - mean) * (x - mean) / (sd * sd));
}

/* A channel: its own hump and two leaks, each with its middle, width and height. */
typedef struct hump {
    double middle, width, height;
} hump;

typedef struct model {
    hump of[3][3];
    double infrared_cut; /* nm */
    double to_srgb[3][3];
} model;

/*
 * Made-up but ordinary sensors behind an infrared and an ultraviolet cut: a phone, an older phone,
 * a system camera and a webcam. No linear map takes these curves to the CIE observer (the Luther
 * condition fails, as in every real camera), so that a 3x3 correction leaves honest residuals.
 *
 * to_srgb leads from white-balanced raw to linear sRGB: least squares over the 1,269 Munsell matte
 * spectra of the University of Eastern Finland under D55, relative error, rows summing to 1 so that
 * grey stays grey. Rounded to 0.01. One matrix whatever the light, as in a camera.
 */
static const model models[RENDER_CAMERAS] = {
    {{{{600, 31, 1}, {535, 35, 0.06}, {440, 25, 0.03}},
      {{535, 37, 1}, {620, 40, 0.04}, {457, 26, 0}},
      {{457, 26, 1}, {530, 35, 0.06}, {600, 31, 0}}},
     685,
     {{2.12, -1.23, 0.11}, {-0.22, 1.50, -0.28}, {0.05, -0.40, 1.35}}},
    {{{{606, 34, 1}, {540, 40, 0.12}, {450, 30, 0.05}},
      {{530, 42, 1}, {610, 40, 0.10}, {460, 25, 0.06}},
      {{462, 30, 1}, {525, 40, 0.12}, {620, 40, 0.02}}},
     680,
     {{2.21, -1.36, 0.15}, {-0.30, 1.85, -0.55}, {0.18, -0.87, 1.69}}},
    {{{{598, 27, 1}, {530, 30, 0.04}, {430, 20, 0.04}},
      {{529, 32, 1}, {600, 35, 0.03}, {465, 25, 0.02}},
      {{450, 22, 1}, {525, 30, 0.03}, {600, 30, 0.01}}},
     672,
     {{1.93, -1.06, 0.13}, {0.02, 1.23, -0.25}, {-0.07, -0.13, 1.20}}},
    {{{{612, 38, 1}, {545, 45, 0.16}, {470, 35, 0.06}},
      {{542, 45, 1}, {620, 45, 0.14}, {470, 35, 0.10}},
      {{466, 32, 1}, {535, 45, 0.14}, {640, 45, 0.03}}},
     700,
     {{2.35, -1.29, -0.06}, {-0.68, 2.19, -0.51}, {0.37, -1.20, 1.83}}},
};

static void sensitivity(const model *camera, double nm, double rgb[3])
{
    double pass = 1 / ((1 + exp((nm - camera->infrared_cut) / 8)) * (1 + exp((412 - nm) / 5)));
    for (int c = 0; c < 3; c++) {
        rgb[c] = 0;
        for (int k = 0; k < 3; k++) {
            const hump *b = &camera->of[c][k];
            rgb[c] += pass * b->height * gaussian(nm, b->middle, b->width);
        }
    }
}

/* The light of the 5 nm steps goes to the bands as linear interpolation of a reflectance wants. */
static void weigh(const model *camera, const tns_illuminant *light, camera_weights *out)
{
    *out = (camera_weights){0};
    for (int i = 0; i < TNS_SPD_SAMPLES; i++) {
        double nm = TNS_SPD_FIRST_NM + i * TNS_SPD_STEP_NM, rgb[3];
        double band = (nm - TNS_FIRST_NM) / TNS_STEP_NM;
        if (band < 0 || band > TNS_BANDS - 1)
            continue;
        int lower = (int)band, upper = lower + (band > lower);
        sensitivity(camera, nm, rgb);
        for (int c = 0; c < 3; c++) {
            double share = rgb[c] * light->power[i];
            out->weight[c][lower] += share * (1 - (band - lower));
            out->weight[c][upper] += share * (band - lower);
        }
    }
}

static double sum_of_bands(const double weight[TNS_BANDS])
{
    double sum = 0;
    for (int i = 0; i < TNS_BANDS; i++)
        sum += weight[i];
    return sum;
}

/* The lamps' brightness: both give the green channel the same signal. */
static void balance(camera_weights *lamp, const camera_weights *white)
{
    double level = sum_of_bands(white->weight[1]) / sum_of_bands(lamp->weight[1]);
    for (int c = 0; c < 3; c++) {
        double gain = level / sum_of_bands(white->weight[c]);
        for (int i = 0; i < TNS_BANDS; i++)
            lamp->weight[c][i] *= gain;
    }
}

bool camera_weights_make(const render_camera *camera, const char *light, const char *balanced,
                         camera_weights *out, tns_error *err)
{
    const model *kind = &models[camera->model];
    tns_illuminant lamp, white;
    if (!tns_illuminant_find(light, &lamp, err) || !tns_illuminant_find(balanced, &white, err))
        return false;
    camera_weights reference;
    weigh(kind, &white, &reference);
    weigh(kind, &lamp, out);
    balance(out, &reference);
    return true;
}

void camera_signal(const camera_weights *camera, const tns_spectrum *reflectance, double raw[3])
{
    for (int c = 0; c < 3; c++) {
        raw[c] = 0;
        for (int i = 0; i < TNS_BANDS; i++)
            raw[c] += camera->weight[c][i] * reflectance->value[i];
    }
}

void camera_add_noise(const render_camera *camera, uint64_t seed, uint64_t key, double raw[3])
{
    for (uint64_t c = 0; c < 3; c++) {
        double variance = camera->shot * fmax(raw[c], 0) + camera->read * camera->read;
        if (variance > 0)
            raw[c] += sqrt(variance) * random_normal(random_bits(seed ^ (3 * key + c)));
    }
}

/* Luminance as in sRGB, IEC 61966-2-1. */
static void saturate(double rgb[3], double much)
{
    double Y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    for (int c = 0; c < 3; c++)
        rgb[c] = Y + (1 + much) * (rgb[c] - Y);
}

/* Linear sRGB to linear Display P3 (DCI-P3 primaries, D65). */
static void to_display_p3(double rgb[3])
{
    static const double m[3][3] = {
        {0.8224621, 0.1775380, 0}, {0.0331942, 0.9668058, 0}, {0.0170826, 0.0723974, 0.9105199}};
    double in[3] = {rgb[0], rgb[1], rgb[2]};
    for (int c = 0; c < 3; c++)
        rgb[c] = m[c][0] * in[0] + m[c][1] * in[1] + m[c][2] * in[2];
}

/* Above the knee the encoded value runs into white ever flatter: at white by 1 - much. */
static double shoulder(double v, double much)
{
    const double knee = 0.5;
    double t = (v - knee) / (1 - knee);
    return t > 0 ? knee + (1 - knee) * (t + much * t * t * (1 - t)) : v;
}

/*
 * IEC 61966-2-1 with a shoulder, and an S over it that leaves both ends and the middle where they
 * are.
 */
static double tone(const render_camera *camera, double linear)
{
    const double turn = 6.283185307179586;
    double v = linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1 / 2.4) - 0.055;
    if (camera->shoulder > 0)
        v = shoulder(v, camera->shoulder);
    return camera->s_curve != 0 ? v - camera->s_curve * sin(turn * v) / turn : v;
}

void camera_develop(const render_camera *camera, const double raw[3], double rgb[3])
{
    const double(*m)[3] = models[camera->model].to_srgb;
    double exposure = camera->exposure > 0 ? camera->exposure : 0.85;
    double balanced[3];
    for (int c = 0; c < 3; c++)
        balanced[c] = raw[c] * exposure * (camera->cast[c] > 0 ? camera->cast[c] : 1);
    for (int c = 0; c < 3; c++)
        rgb[c] = m[c][0] * balanced[0] + m[c][1] * balanced[1] + m[c][2] * balanced[2];
    if (camera->saturation != 0)
        saturate(rgb, camera->saturation);
    if (camera->display_p3)
        to_display_p3(rgb);
    for (int c = 0; c < 3; c++)
        rgb[c] = tone(camera, fmin(fmax(rgb[c], 0), 1));
}
