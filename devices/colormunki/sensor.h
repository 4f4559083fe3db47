/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the ColorMunki's raw readings to reflectance. Pure: raw counts less the dark, made linear,
 * per second, freed of the LED's drift with its temperature, gathered into bands, freed of stray
 * light, and set against the white tile.
 */
#ifndef COLORMUNKI_SENSOR_H
#define COLORMUNKI_SENSOR_H

#include "devices/colormunki/protocol.h"

typedef struct tns_munki_dark {
    double level; /* mean of all pixels, counts */
    double pixel[TNS_MUNKI_PIXELS];
} tns_munki_dark;

/* What the calibration on the tile finds. */
typedef struct tns_munki_white {
    double ticks;               /* of one integration */
    double led;                 /* the LED's voltage that all readings are brought to */
    double a[TNS_MUNKI_PIXELS]; /* light of a pixel over the LED's voltage T: a + b T */
    double b[TNS_MUNKI_PIXELS];
    double factor[TNS_BANDS]; /* from bands to reflectance */
} tns_munki_white;

/* Numbers in a tns_munki_white, for keeping it. */
enum { TNS_MUNKI_WHITE_NUMBERS = 2 + 2 * TNS_MUNKI_PIXELS + TNS_BANDS };

void tns_munki_white_put(const tns_munki_white *white, double out[TNS_MUNKI_WHITE_NUMBERS]);
bool tns_munki_white_get(const double *values, size_t count,
                         tns_munki_white *out); /* false: no such */

/* Mean of readings without lamp. Light that leaks in, and a restless sensor, are implausible. */
bool tns_munki_find_dark(const tns_munki_reading *readings, size_t count, tns_munki_dark *out,
                         tns_error *err);

/* Whether any pixel is beyond the sensor's range. */
bool tns_munki_is_saturated(const tns_munki_eeprom *eeprom, const tns_munki_reading *readings,
                            size_t count);

/* counts -> counts of a linear sensor */
double tns_munki_linear(const tns_munki_eeprom *eeprom, double counts);

/* The brightest pixel of the mean, linear, less the dark, in counts. */
double tns_munki_brightest(const tns_munki_eeprom *eeprom, const tns_munki_dark *dark,
                           const tns_munki_reading *readings, size_t count);

/*
 * From a long run on the tile; integration_s is the time of one. A run that is unsteady (5 %) even
 * without the LED's drift is implausible: the dial was turned.
 */
bool tns_munki_find_white(const tns_munki_eeprom *eeprom, const tns_munki_dark *dark,
                          const tns_munki_reading *readings, size_t count, double integration_s,
                          tns_munki_white *out, tns_error *err);

/* Reflectance. A hand that moved (readings that differ by over 5 %) is implausible. */
bool tns_munki_find_reflectance(const tns_munki_eeprom *eeprom, const tns_munki_white *white,
                                const tns_munki_dark *dark, const tns_munki_reading *readings,
                                size_t count, double integration_s, double out[TNS_BANDS],
                                tns_error *err);

#endif
