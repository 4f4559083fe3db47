/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "devices/colormunki/sensor.h"

/* Light leaks in where the pixels without lamp see more than this many times the shielded cells. */
static const double LEAK = 2;

/* Means of readings may differ by this share: more is a hand that moves. */
static const double RESTLESS = 0.05;

/* Of which no less is taken as the whole: counts per second, about 1 % of the white tile. */
static const double LEAST_LIGHT = 10000;

/* A band that sees less of the tile is not divided by what it sees. */
static const double LEAST_WHITE = 1000;

void tns_munki_white_put(const tns_munki_white *white, double out[TNS_MUNKI_WHITE_NUMBERS])
{
    *out++ = white->ticks;
    *out++ = white->led;
    memcpy(out, white->a, sizeof white->a);
    memcpy(out + TNS_MUNKI_PIXELS, white->b, sizeof white->b);
    memcpy(out + 2 * TNS_MUNKI_PIXELS, white->factor, sizeof white->factor);
}

bool tns_munki_white_get(const double *values, size_t count, tns_munki_white *out)
{
    if (count != TNS_MUNKI_WHITE_NUMBERS)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!isfinite(values[i]))
            return false;
    out->ticks = values[0];
    out->led = values[1];
    memcpy(out->a, values + 2, sizeof out->a);
    memcpy(out->b, values + 2 + TNS_MUNKI_PIXELS, sizeof out->b);
    memcpy(out->factor, values + 2 + 2 * TNS_MUNKI_PIXELS, sizeof out->factor);
    return out->ticks >= 1 && out->ticks < 1e6;
}

static double mean_of(const double *value, int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += value[i];
    return sum / count;
}

/* Means of single readings. */
typedef struct span {
    double least, most, mean;
} span;

static const span NO_SPAN = {INFINITY, -INFINITY, 0};

static void widen(span *s, double value, size_t count)
{
    s->least = fmin(s->least, value);
    s->most = fmax(s->most, value);
    s->mean += value / (double)count;
}

static bool is_restless(const span *s, double least_whole)
{
    return !(s->most - s->least <= RESTLESS * fmax(s->mean, least_whole));
}

bool tns_munki_find_dark(const tns_munki_reading *readings, size_t count, tns_munki_dark *out,
                         tns_error *err)
{
    span all = NO_SPAN;
    double shielded = 0;
    memset(out, 0, sizeof *out);
    for (size_t n = 0; n < count; n++) {
        widen(&all, mean_of(readings[n].pixel, TNS_MUNKI_PIXELS), count);
        shielded += readings[n].shielded / (double)count;
        for (int i = 0; i < TNS_MUNKI_PIXELS; i++)
            out->pixel[i] += readings[n].pixel[i] / (double)count;
    }
    out->level = all.mean;
    if (out->level > LEAK * shielded)
        return tns_error_set(err, TNS_ERROR_IMPLAUSIBLE,
                             "ambient light: without lamp the sensor sees %.0f counts, %.0f when "
                             "shielded: set it down flat",
                             out->level, shielded);
    return !is_restless(&all, 0) ||
           tns_error_set(err, TNS_ERROR_IMPLAUSIBLE,
                         "dark readings differ by %.1f %%: keep it still, out of the light",
                         100 * (all.most - all.least) / all.mean);
}

bool tns_munki_is_saturated(const tns_munki_eeprom *eeprom, const tns_munki_reading *readings,
                            size_t count)
{
    for (size_t n = 0; n < count; n++)
        for (int i = 0; i < TNS_MUNKI_PIXELS; i++)
            if (readings[n].pixel[i] > eeprom->saturation)
                return true;
    return false;
}

double tns_munki_linear(const tns_munki_eeprom *eeprom, double counts)
{
    const double *c = eeprom->linear;
    return c[0] + counts * (c[1] + counts * (c[2] + counts * c[3]));
}

double tns_munki_brightest(const tns_munki_eeprom *eeprom, const tns_munki_dark *dark,
                           const tns_munki_reading *readings, size_t count)
{
    double brightest = 0;
    for (int i = 0; i < TNS_MUNKI_PIXELS; i++) {
        double sum = 0;
        for (size_t n = 0; n < count; n++)
            sum += tns_munki_linear(eeprom, readings[n].pixel[i] - dark->pixel[i]);
        brightest = fmax(brightest, sum / (double)count);
    }
    return brightest;
}

/* What to multiply a pixel by, read at the LED's voltage `led`. */
static double drift(const tns_munki_white *white, int pixel, double led)
{
    double now = white->a[pixel] + white->b[pixel] * led;
    double then = white->a[pixel] + white->b[pixel] * white->led;
    double ratio = then / now;
    return ratio > 0.5 && ratio < 2 ? ratio : 1; /* a pixel that sees no light has no slope */
}

static double light_of(const tns_munki_eeprom *eeprom, const tns_munki_dark *dark,
                       const tns_munki_reading *reading, int pixel, double integration_s)
{
    return tns_munki_linear(eeprom, reading->pixel[pixel] - dark->pixel[pixel]) / integration_s;
}

/* One reading's pixels in counts per second, drift taken out. */
static void correct(const tns_munki_eeprom *eeprom, const tns_munki_white *white,
                    const tns_munki_dark *dark, const tns_munki_reading *reading,
                    double integration_s, double out[TNS_MUNKI_PIXELS])
{
    for (int i = 0; i < TNS_MUNKI_PIXELS; i++)
        out[i] = light_of(eeprom, dark, reading, i, integration_s) * drift(white, i, reading->led);
}

static void gather(const tns_munki_eeprom *eeprom, const double light[TNS_MUNKI_PIXELS],
                   double out[TNS_BANDS])
{
    double filtered[TNS_BANDS];
    for (int j = 0; j < TNS_BANDS; j++) {
        filtered[j] = 0;
        for (int k = 0; k < TNS_MUNKI_TAPS; k++)
            filtered[j] += eeprom->tap[j][k] * light[eeprom->first_pixel[j] + k];
    }
    for (int j = 0; j < TNS_BANDS; j++) {
        out[j] = 0;
        for (int k = 0; k < TNS_BANDS; k++)
            out[j] += eeprom->stray[j][k] * filtered[k];
    }
}

/* The bands of the mean of all readings. */
static span find_bands(const tns_munki_eeprom *eeprom, const tns_munki_white *white,
                       const tns_munki_dark *dark, const tns_munki_reading *readings, size_t count,
                       double integration_s, double out[TNS_BANDS])
{
    double light[TNS_MUNKI_PIXELS], mean[TNS_MUNKI_PIXELS] = {0};
    span all = NO_SPAN;
    for (size_t n = 0; n < count; n++) {
        correct(eeprom, white, dark, &readings[n], integration_s, light);
        for (int i = 0; i < TNS_MUNKI_PIXELS; i++)
            mean[i] += light[i] / (double)count;
        widen(&all, mean_of(light, TNS_MUNKI_PIXELS), count);
    }
    gather(eeprom, mean, out);
    return all;
}

/* The light of each pixel over the LED's voltage: a straight line by least squares. */
static void fit_drift(const tns_munki_eeprom *eeprom, const tns_munki_dark *dark,
                      const tns_munki_reading *readings, size_t count, double integration_s,
                      tns_munki_white *out)
{
    double mean = 0, spread = 0;
    for (size_t n = 0; n < count; n++)
        mean += readings[n].led / (double)count;
    for (size_t n = 0; n < count; n++)
        spread += (readings[n].led - mean) * (readings[n].led - mean);
    for (int i = 0; i < TNS_MUNKI_PIXELS; i++) {
        double level = 0, slope = 0;
        for (size_t n = 0; n < count; n++) {
            double light = light_of(eeprom, dark, &readings[n], i, integration_s);
            level += light / (double)count;
            slope += light * (readings[n].led - mean);
        }
        out->b[i] = spread > 0 ? slope / spread : 0;
        out->a[i] = level - out->b[i] * mean;
    }
}

static bool check_steady(const span *all, tns_error *err)
{
    return !is_restless(all, LEAST_LIGHT) ||
           tns_error_set(err, TNS_ERROR_IMPLAUSIBLE,
                         "the readings differ by over %.0f %%: hold it still", 100 * RESTLESS);
}

bool tns_munki_find_white(const tns_munki_eeprom *eeprom, const tns_munki_dark *dark,
                          const tns_munki_reading *readings, size_t count, double integration_s,
                          tns_munki_white *out, tns_error *err)
{
    double bands[TNS_BANDS];
    out->led = (readings[0].led + readings[count - 1].led) / 2;
    fit_drift(eeprom, dark, readings, count, integration_s, out);
    span all = find_bands(eeprom, out, dark, readings, count, integration_s, bands);
    for (int j = 0; j < TNS_BANDS; j++)
        out->factor[j] = eeprom->tile[j] / fmax(bands[j], LEAST_WHITE);
    return check_steady(&all, err);
}

bool tns_munki_find_reflectance(const tns_munki_eeprom *eeprom, const tns_munki_white *white,
                                const tns_munki_dark *dark, const tns_munki_reading *readings,
                                size_t count, double integration_s, double out[TNS_BANDS],
                                tns_error *err)
{
    span all = find_bands(eeprom, white, dark, readings, count, integration_s, out);
    for (int j = 0; j < TNS_BANDS; j++)
        out[j] *= white->factor[j];
    return check_steady(&all, err);
}
