/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the ColorMunki's raw readings to reflectance. Pure: raw counts less the dark, made linear,
 * per second, freed of the LED's drift with its temperature, gathered into bands, freed of stray
 * light, and set against the white tile.
 */
#ifndef COLORMUNKI_SENSOR_H
#define COLORMUNKI_SENSOR_H

#include "devices/colormunki/protocol.h"

typedef struct munki_dark {
    double level; /* mean of all pixels, counts */
    double pixel[MUNKI_PIXELS];
} munki_dark;

/* What the calibration on the tile finds. */
typedef struct munki_white {
    double ticks;           /* of one integration */
    double led;             /* the LED's voltage that all readings are brought to */
    double a[MUNKI_PIXELS]; /* light of a pixel over the LED's voltage T: a + b T */
    double b[MUNKI_PIXELS];
    double factor[TNS_BANDS]; /* from bands to reflectance */
} munki_white;

/* Numbers in a munki_white, for keeping it. */
enum { MUNKI_WHITE_NUMBERS = 2 + 2 * MUNKI_PIXELS + TNS_BANDS };

void munki_white_put(const munki_white *white, double out[MUNKI_WHITE_NUMBERS]);
bool munki_white_get(const double *values, size_t count, munki_white *out); /* false: no such */

/* Mean of readings without lamp. Light that leaks in, and a restless sensor, are implausible. */
bool munki_find_dark(const munki_reading *readings, size_t count, munki_dark *out, tns_error *err);

/* Whether any pixel is beyond the sensor's range. */
bool munki_is_saturated(const munki_eeprom *eeprom, const munki_reading *readings, size_t count);

/* counts -> counts of a linear sensor */
double munki_linear(const munki_eeprom *eeprom, double counts);

/* The brightest pixel of the mean, linear, less the dark, in counts. */
double munki_brightest(const munki_eeprom *eeprom, const munki_dark *dark,
                       const munki_reading *readings, size_t count);

/* From a long run on the tile; integration_s is the time of one. */
void munki_find_white(const munki_eeprom *eeprom, const munki_dark *dark,
                      const munki_reading *readings, size_t count, double integration_s,
                      munki_white *out);

/* Reflectance. A hand that moved (readings that differ by over 5 %) is implausible. */
bool munki_find_reflectance(const munki_eeprom *eeprom, const munki_white *white,
                            const munki_dark *dark, const munki_reading *readings, size_t count,
                            double integration_s, double out[TNS_BANDS], tns_error *err);

#endif
