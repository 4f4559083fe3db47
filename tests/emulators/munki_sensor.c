/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Light to counts, the instrument's pipeline backwards: for band values u wanted behind filters T
 * and stray light S, the pixels are a = T'(TT')^-1 S^-1 u, the least light that gives them.
 */
#include <math.h>
#include <string.h>

#include "munki_sensor.h"

enum { SHIELDED = 4, FIRST_PIXEL = 6, LED_WORD = 136, MOST_COUNTS = 13000 };

static const double dead_time_s = 0.004432; /* at the start of an integration nothing is gathered */
static const double peak_rate = 840000; /* counts/s of a perfect white where the LED is brightest */
static const double cold_word = 12000, warm_drop = 800;
static const double scattered = 0.002; /* of each band's light, where no filter looks */

/* Blue LED and phosphor, a little left everywhere; the brightest is about 1. */
static double led_at(int band)
{
    double nm = EMU_FIRST_NM + EMU_STEP_NM * band, blue = (nm - 452) / 13, yellow = (nm - 565) / 58;
    return 0.03 + 0.95 * exp(-blue * blue / 2) + 0.72 * exp(-yellow * yellow / 2);
}

/* Solves m x = b for n right sides at once, in place; by elimination with pivots. */
static void solve(double m[EMU_BANDS][EMU_BANDS], double b[EMU_BANDS][EMU_BANDS])
{
    for (int i = 0; i < EMU_BANDS; i++) {
        double pivot = m[i][i]; /* both matrices are near diagonal */
        for (int k = 0; k < EMU_BANDS; k++) {
            m[i][k] /= pivot;
            b[i][k] /= pivot;
        }
        for (int row = 0; row < EMU_BANDS; row++) {
            double factor = m[row][i];
            for (int k = 0; k < EMU_BANDS && row != i; k++) {
                m[row][k] -= factor * m[i][k];
                b[row][k] -= factor * b[i][k];
            }
        }
    }
}

/* A filter's weight at a pixel. */
static double weight(const munki_optics *optics, int band, int pixel)
{
    int k = pixel - optics->start[band];
    return k >= 0 && k < MUNKI_TAPS ? optics->tap[band][k] : 0;
}

static double overlap(const munki_optics *optics, int a, int b)
{
    double sum = 0;
    for (int pixel = 0; pixel < MUNKI_PIXELS; pixel++)
        sum += weight(optics, a, pixel) * weight(optics, b, pixel);
    return sum;
}

/* No pixel is without light, as in any polychromator: a host may divide by what one sees. */
static void scatter(munki_sensor *self)
{
    for (int pixel = 0; pixel < MUNKI_PIXELS; pixel++) {
        double seen = 0;
        for (int band = 0; band < EMU_BANDS; band++)
            seen += weight(&self->optics, band, pixel);
        for (int band = 0; band < EMU_BANDS && seen < 1e-4; band++)
            self->spread[pixel][band] += scattered;
    }
}

void munki_sensor_init(munki_sensor *self)
{
    const munki_optics *optics = &self->optics;
    double stray[EMU_BANDS][EMU_BANDS], overlaps[EMU_BANDS][EMU_BANDS];
    double solution[EMU_BANDS][EMU_BANDS] = {{0}};
    memcpy(stray, optics->stray, sizeof stray);
    for (int i = 0; i < EMU_BANDS; i++) {
        solution[i][i] = 1;
        for (int j = 0; j < EMU_BANDS; j++)
            overlaps[i][j] = overlap(optics, i, j);
    }
    solve(stray, solution);
    solve(overlaps, solution);
    for (int pixel = 0; pixel < MUNKI_PIXELS; pixel++)
        for (int j = 0; j < EMU_BANDS; j++) {
            double sum = 0;
            for (int i = 0; i < EMU_BANDS; i++)
                sum += weight(optics, i, pixel) * solution[i][j];
            self->spread[pixel][j] = sum;
        }
    scatter(self);
    self->warmth = 0;
}

void munki_sensor_rest(munki_sensor *self, double seconds)
{
    self->warmth *= exp(-seconds / 4);
}

/* The LED's voltage falls as it warms; light goes with the word as it is sent, so the relation is
   exactly the line that calibration looks for. */
static int led_word(const munki_sensor *self)
{
    return (int)lround(cold_word - warm_drop * self->warmth);
}

static double led_factor(const munki_shot *shot, int word, int pixel)
{
    double slope = 0.8 + 0.4 * pixel / (MUNKI_PIXELS - 1);
    return 1 - shot->drift * slope * (cold_word - word) / warm_drop;
}

/* The counts that linearise to y: Newton's method from y / c1. */
static double unlinear(const double c[4], double y)
{
    double x = y / c[1];
    for (int i = 0; i < 4; i++) {
        double value = c[0] + x * (c[1] + x * (c[2] + x * c[3]));
        x -= (value - y) / (c[1] + x * (2 * c[2] + 3 * x * c[3]));
    }
    return x;
}

/* Without light: an offset, a pattern, and what gathers with time. */
static double dark(int word, double integration_s)
{
    return 2000 + 6 * sin(1.7 * word) + 400 * integration_s;
}

static double pixel_light(const munki_sensor *self, const munki_shot *shot, int pixel, int word)
{
    double lit = 0, elsewhere = 0;
    for (int band = 0; band < EMU_BANDS; band++) {
        double led = led_at(band) * self->spread[pixel][band];
        lit += led * shot->reflectance[band];
        elsewhere += led * shot->ambient;
    }
    return elsewhere + (shot->lamp ? lit * shot->brightness * led_factor(shot, word, pixel) : 0);
}

/* Rounds, and remembers the rest for the next reading. */
static void put_word(munki_sensor *self, int word, double value, uint8_t *out)
{
    double wanted = value + self->carry[word];
    double counts = fmin(fmax(round(wanted), 0), MOST_COUNTS);
    self->carry[word] = fmin(fmax(wanted - counts, -0.5), 0.5);
    emu_put_le(out + 2 * word, (uint64_t)counts, 2);
}

void munki_sensor_read(munki_sensor *self, const munki_shot *shot, emu_unit *unit,
                       uint8_t out[2 * MUNKI_WORDS])
{
    const double *curve = shot->high_gain ? self->optics.high : self->optics.normal;
    double exposure = fmax(shot->integration_s - dead_time_s, 0) * peak_rate;
    int led = led_word(self);
    memset(out, 0, 2 * MUNKI_WORDS);
    for (int word = 0; word < LED_WORD - 2; word++) {
        double value = dark(word, shot->integration_s);
        int pixel = word - FIRST_PIXEL;
        if (pixel >= 0)
            value += unlinear(curve, exposure * pixel_light(self, shot, pixel, led));
        if (shot->noise > 0)
            value += shot->noise * emu_noise(unit);
        if (pixel >= 0 || word < SHIELDED)
            put_word(self, word, value, out);
    }
    emu_put_le(out + 2 * LED_WORD, (uint64_t)led, 2);
    if (shot->lamp)
        self->warmth = 1 - (1 - self->warmth) * exp(-shot->integration_s / 2);
    else
        munki_sensor_rest(self, shot->integration_s);
}
