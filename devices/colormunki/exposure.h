/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the ColorMunki is told to do with lamp and sensor: spots, and the white tile. */
#ifndef COLORMUNKI_EXPOSURE_H
#define COLORMUNKI_EXPOSURE_H

#include <tonsure/driver.h>

#include "devices/colormunki/protocol.h"
#include "devices/colormunki/sensor.h"

enum { TNS_MUNKI_DATA = 0x81 };

/* The state of a session. */
typedef struct munki {
    tns_munki_firmware firmware;
    tns_munki_eeprom eeprom;
    bool doubtful; /* readings may be left over, and are drained before the next ones */
} munki;

/* Requests by number (protocol.h), from and to the instrument. */
bool tns_munki_request(tns_session *s, uint8_t number, uint8_t *data, size_t length,
                       tns_error *err);
bool tns_munki_command(tns_session *s, uint8_t number, const uint8_t *data, size_t length,
                       tns_error *err);

/* Whether an integration time is one that this driver asks for. */
bool tns_munki_can_integrate(const tns_session *s, double ticks);

/* Heats the lamp, finds the integration time, reads the tile under the dial: about 8 s. */
bool tns_munki_read_white(tns_session *s, tns_munki_white *out, tns_error *err);

/* Dark, then half a second of light: reflectance. */
bool tns_munki_read_spot(tns_session *s, const tns_munki_white *white, double out[TNS_BANDS],
                         tns_error *err);

#endif
