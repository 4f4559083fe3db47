/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as what a ColorMunki says, by their first byte: firmware, dial, EEPROM, readings. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "devices/colormunki/protocol.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_eeprom(const uint8_t *data, size_t size)
{
    static tns_munki_eeprom eeprom;
    tns_error err = {.code = TNS_OK};
    if (!tns_munki_get_eeprom(data, size, &eeprom, &err)) {
        assert(err.code != TNS_OK && err.text[0]);
        return;
    }
    assert(strlen(eeprom.serial) <= 16);
    for (int j = 0; j < TNS_BANDS; j++)
        assert(eeprom.first_pixel[j] >= 0 &&
               eeprom.first_pixel[j] + TNS_MUNKI_TAPS <= TNS_MUNKI_PIXELS &&
               isfinite(eeprom.tile[j]));
}

static void read_readings(const uint8_t *data, size_t size)
{
    static tns_munki_reading readings[8];
    size_t count = 0;
    tns_error err = {.code = TNS_OK};
    if (tns_munki_get_readings(data, size, readings, 8, &count, &err))
        assert(count >= 1 && count <= 8 && readings[0].shielded <= 65535);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t answer[TNS_MUNKI_FIRMWARE_SIZE] = {0};
    tns_munki_firmware firmware;
    tns_munki_dial dial;
    tns_error err = {.code = TNS_OK};
    if (size < 1)
        return 0;
    memcpy(answer, data + 1, size - 1 < sizeof answer ? size - 1 : sizeof answer);
    if (data[0] == 'f')
        tns_munki_get_firmware(answer, &firmware, &err);
    else if (data[0] == 'd')
        tns_munki_get_dial(answer, &dial, &err);
    else if (data[0] == 'e')
        read_eeprom(data + 1, size - 1);
    else
        read_readings(data + 1, size - 1);
    return 0;
}
