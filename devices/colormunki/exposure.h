/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the ColorMunki is told to do with lamp and sensor: spots, and the white tile. */
#ifndef COLORMUNKI_EXPOSURE_H
#define COLORMUNKI_EXPOSURE_H

#include <tonsure/driver.h>

#include "devices/colormunki/protocol.h"
#include "devices/colormunki/sensor.h"

enum { MUNKI_DATA = 0x81 };

/* The state of a session. */
typedef struct munki {
    munki_firmware firmware;
    munki_eeprom eeprom;
} munki;

/* Requests by number (protocol.h), from and to the instrument. */
bool munki_request(tns_session *s, uint8_t number, uint8_t *data, size_t length, tns_error *err);
bool munki_command(tns_session *s, uint8_t number, const uint8_t *data, size_t length,
                   tns_error *err);

/* Heats the lamp, finds the integration time, reads the tile under the dial: about 8 s. */
bool munki_read_white(tns_session *s, munki_white *out, tns_error *err);

/* Dark, then half a second of light: reflectance. */
bool munki_read_spot(tns_session *s, const munki_white *white, double out[TNS_BANDS],
                     tns_error *err);

#endif
