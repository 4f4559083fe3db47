/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "render/camera.h"
#include "render/plane.h"

static double gaussian(double x, double mean, double sd)
{
    return exp(-0.5 * (x - mean) * (x - mean) / (sd * sd));
}

/*
 * Sensitivity of a made-up but ordinary phone sensor behind an infrared and an ultraviolet cut. No
 * linear map takes these curves to the CIE observer (the Luther condition fails, as in every real
 * camera), so that a 3x3 correction leaves honest residuals.
 */
static void sensitivity(double nm, double rgb[3])
{
    double pass = 1 / ((1 + exp((nm - 685) / 8)) * (1 + exp((412 - nm) / 5)));
    rgb[0] = pass *
             (gaussian(nm, 600, 31) + 0.06 * gaussian(nm, 535, 35) + 0.03 * gaussian(nm, 440, 25));
    rgb[1] = pass * (gaussian(nm, 535, 37) + 0.04 * gaussian(nm, 620, 40));
    rgb[2] = pass * (gaussian(nm, 457, 26) + 0.06 * gaussian(nm, 530, 35));
}

/*
 * White-balanced raw to linear sRGB: least squares over the 1,269 Munsell matte spectra of the
 * University of Eastern Finland under D55, relative error, rows summing to 1 so that grey stays
 * grey. Rounded to 0.01. One matrix whatever the light, as in a camera.
 */
static const double to_srgb[3][3] = {
    {2.12, -1.23, 0.11},
    {-0.22, 1.50, -0.28},
    {0.05, -0.40, 1.35},
};

/* The light of the 5 nm steps goes to the bands as linear interpolation of a reflectance wants. */
static void weigh(const tns_illuminant *light, camera_weights *out)
{
    *out = (camera_weights){0};
    for (int i = 0; i < TNS_SPD_SAMPLES; i++) {
        double nm = TNS_SPD_FIRST_NM + i * TNS_SPD_STEP_NM, rgb[3];
        double band = (nm - TNS_FIRST_NM) / TNS_STEP_NM;
        if (band < 0 || band > TNS_BANDS - 1)
            continue;
        int lower = (int)band, upper = lower + (band > lower);
        sensitivity(nm, rgb);
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

bool camera_weights_make(const char *light, const char *balanced, camera_weights *out,
                         tns_error *err)
{
    tns_illuminant lamp, white;
    if (!tns_illuminant_find(light, &lamp, err) || !tns_illuminant_find(balanced, &white, err))
        return false;
    camera_weights reference;
    weigh(&white, &reference);
    weigh(&lamp, out);
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

/* IEC 61966-2-1 with an S over it that leaves both ends and the middle where they are. */
static double tone(double linear, double s_curve)
{
    const double turn = 6.283185307179586;
    double v = linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1 / 2.4) - 0.055;
    return v - s_curve * sin(turn * v) / turn;
}

void camera_develop(const render_camera *camera, const double raw[3], unsigned char rgb[3])
{
    double exposure = camera->exposure > 0 ? camera->exposure : 0.85;
    double balanced[3];
    for (int c = 0; c < 3; c++)
        balanced[c] = raw[c] * exposure * (camera->cast[c] > 0 ? camera->cast[c] : 1);
    for (int c = 0; c < 3; c++) {
        double linear =
            to_srgb[c][0] * balanced[0] + to_srgb[c][1] * balanced[1] + to_srgb[c][2] * balanced[2];
        rgb[c] = (unsigned char)(255 * tone(fmin(fmax(linear, 0), 1), camera->s_curve) + 0.5);
    }
}
