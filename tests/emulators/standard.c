/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Descriptors, and the requests of USB 2.0 chapter 9 and HID 1.11 that follow from them. */
#include <string.h>

#include "unit.h"

enum { DEVICE = 1, CONFIGURATION = 2, STRING = 3, ENDPOINT = 5, REPORT = 0x22 };

static size_t configuration_size(const emu_unit *unit)
{
    return emu_get_le(unit->identity.configuration + 2, 2);
}

const uint8_t *emu_endpoint_descriptor(const emu_unit *unit, uint8_t endpoint)
{
    const uint8_t *at = unit->identity.configuration, *end = at + configuration_size(unit);
    for (; at < end && at[0]; at += at[0])
        if (at[1] == ENDPOINT && at[2] == endpoint)
            return at;
    return NULL;
}

int emu_endpoint_type(const emu_unit *unit, uint8_t endpoint)
{
    const uint8_t *found = emu_endpoint_descriptor(unit, endpoint);
    return found ? found[3] & 3 : -1;
}

size_t emu_packet_size(const emu_unit *unit, uint8_t endpoint)
{
    const uint8_t *found = emu_endpoint_descriptor(unit, endpoint);
    return found ? emu_get_le(found + 4, 2) : EMU_PACKET_MAX;
}

int emu_interfaces(const emu_unit *unit)
{
    return unit->identity.configuration[4];
}

static const char *string_of(const emu_unit *unit, int number)
{
    const char *const *string = unit->identity.strings;
    for (; string && *string; string++)
        if (--number == 0)
            return *string;
    return NULL;
}

const char *emu_serial(const emu_unit *unit)
{
    return string_of(unit, unit->identity.device[16]);
}

static emu_answer give(const emu_setup *setup, uint8_t *data, const void *bytes, size_t n)
{
    size_t length = n < setup->length ? n : setup->length;
    memcpy(data, bytes, length);
    return emu_ok(length);
}

static emu_answer give_string(const emu_unit *unit, const emu_setup *setup, uint8_t *data)
{
    static const uint8_t languages[] = {4, STRING, 0x09, 0x04}; /* English (United States) */
    if ((setup->value & 0xFF) == 0)
        return give(setup, data, languages, sizeof languages);
    const char *text = string_of(unit, setup->value & 0xFF);
    uint8_t bytes[255];
    size_t n = text ? strlen(text) : 0;
    if (!text)
        return emu_refuse();
    if (n > 126)
        n = 126;
    bytes[0] = (uint8_t)(2 + 2 * n);
    bytes[1] = STRING;
    for (size_t i = 0; i < n; i++)
        emu_put_le(bytes + 2 + 2 * i, (uint8_t)text[i], 2);
    return give(setup, data, bytes, bytes[0]);
}

static emu_answer give_descriptor(const emu_unit *unit, const emu_setup *setup, uint8_t *data)
{
    const emu_identity *identity = &unit->identity;
    switch (setup->value >> 8) {
    case DEVICE:
        return give(setup, data, identity->device, identity->device[0]);
    case CONFIGURATION:
        return give(setup, data, identity->configuration, configuration_size(unit));
    case STRING:
        return give_string(unit, setup, data);
    case REPORT:
        if (identity->report)
            return give(setup, data, identity->report, identity->report_size);
        return emu_refuse();
    default:
        return emu_refuse();
    }
}

/* CLEAR_FEATURE(ENDPOINT_HALT). */
static emu_answer clear_feature(emu_unit *unit, const emu_setup *setup)
{
    if (setup->type == 0x02 && setup->value == 0)
        emu_clear_halt(unit, (uint8_t)setup->index);
    return emu_ok(0);
}

emu_answer emu_standard(emu_unit *unit, const emu_setup *setup, uint8_t *data)
{
    static const uint8_t zero[2], one[1] = {1};
    switch (setup->type << 8 | setup->request) {
    case 0x8006: /* GET_DESCRIPTOR of the device, of an interface */
    case 0x8106:
        return give_descriptor(unit, setup, data);
    case 0x8000: /* GET_STATUS */
    case 0x8100:
        return give(setup, data, zero, 2);
    case 0x8200:
        data[0] = unit->halted[emu_slot((uint8_t)setup->index)];
        data[1] = 0;
        return emu_ok(2);
    case 0x8008: /* GET_CONFIGURATION */
        return give(setup, data, one, 1);
    case 0x810A: /* GET_INTERFACE */
        return give(setup, data, zero, 1);
    case 0x0009: /* SET_CONFIGURATION */
        emu_bus_event(unit, EMU_CONFIGURED);
        return emu_ok(0);
    case 0x0201: /* CLEAR_FEATURE */
        return clear_feature(unit, setup);
    case 0x010B: /* SET_INTERFACE; HID SET_IDLE, SET_PROTOCOL */
    case 0x210A:
    case 0x210B:
        return emu_ok(0);
    default:
        return emu_refuse();
    }
}
