/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ColorHug2 and ColorHug: a colorimeter behind HID reports, here over a sample under a lamp. */
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "models.h"
#include "sample.h"

enum { OUT = 0x01, IN = 0x81, REPORT_SIZE = 64, NAME_SIZE = 23 };

/* What a reply's first byte says. */
enum {
    UNKNOWN_COMMAND = 0x01,
    BAD_LENGTH = 0x08,
    NO_CALIBRATION = 0x0C,
    SENSOR_OVERFLOW = 0x0F,
    DEACTIVATED = 0x11,
    INCOMPLETE_REQUEST = 0x12
};

typedef struct colorhug {
    char sample[EMU_TEXT_SIZE];
    int serial, firmware, reading_ms, short_replies, self_test, lid;
    double lamp, red, blue, ambient, noise, temperature;
    bool first; /* the ColorHug before the ColorHug2 */
    emu_sample under;
    uint8_t leds, multiplier;
    uint16_t integral;
    char version[16];
    const char *strings[5];
} colorhug;

#define AT(field) offsetof(colorhug, field)
static const emu_option options[] = {
    {"sample", EMU_TEXT, AT(sample), "what the lamp lights: a name or a CSV file, see sample.h"},
    {"lamp", EMU_REAL, AT(lamp), "Y of a perfect white under the lamp (100)"},
    {"red", EMU_REAL, AT(red), "the lamp's X beside that of an equal-energy light (1)"},
    {"blue", EMU_REAL, AT(blue), "and its Z (1)"},
    {"ambient", EMU_REAL, AT(ambient), "Y of light that does not come from the sample"},
    {"noise", EMU_REAL, AT(noise), "standard deviation, part of the reading"},
    {"lid", EMU_INTEGER, AT(lid), "1: covered, it sees nothing"},
    {"serial", EMU_INTEGER, AT(serial), "serial number"},
    {"firmware", EMU_INTEGER, AT(firmware), "0xMMmmuu (0x020007)"},
    {"reading_ms", EMU_INTEGER, AT(reading_ms), "how long a reading takes (200)"},
    {"short_replies", EMU_INTEGER, AT(short_replies), "1: replies are not padded"},
    {"self_test", EMU_INTEGER, AT(self_test), "the code a self test ends with"},
    {"temperature", EMU_REAL, AT(temperature), "degrees Celsius"},
    {.name = NULL},
};

static const uint8_t device2[] = {18,   1,    0x00, 0x02, 0,    0, 0, 64, 0x3F,
                                  0x27, 0x04, 0x10, 0x02, 0x00, 1, 2, 0,  1};
static const uint8_t device1[] = {18,   1,    0x00, 0x02, 0,    0, 0, 64, 0x3F,
                                  0x27, 0x01, 0x10, 0x02, 0x00, 1, 2, 0,  1};
static const uint8_t report[] = {
    0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, /* a collection of a vendor's page */
    0x19, 0x01, 0x29, 0x40, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08,
    0x95, 0x40, 0x81, 0x00, 0x19, 0x01, 0x29, 0x40, 0x91, 0x00, 0xC0, /* 64 bytes in, 64 out */
};
static const uint8_t configuration[] = {
    9,   2,  0x3B, 0,    3,  1,    0,    0x80,
    150, /* 300 mA */
    9,   4,  0,    0,    2,  3,    0,    0,
    0, /* HID */
    9,   33, 0x11, 0x01, 0,  1,    0x22, sizeof report,
    0,                                /* */
    7,   5,  IN,   3,    64, 0,    1, /* */
    7,   5,  OUT,  3,    64, 0,    1, /* */
    9,   4,  1,    0,    0,  0xFF, 'F',  'W',
    3, /* its name is the firmware's version */
    9,   4,  2,    0,    0,  0xFF, 'G',  'U',
    4, /* its name is a GUID of the firmware */
};

static void defaults(void *state)
{
    colorhug *self = state;
    strcpy(self->sample, "white");
    self->lamp = 100;
    self->red = self->blue = 1;
    self->serial = 4242;
    self->firmware = 0x020007;
    self->reading_ms = 200;
    self->temperature = 24.5;
}

static void defaults1(void *state)
{
    defaults(state);
    ((colorhug *)state)->first = true;
    ((colorhug *)state)->firmware = 0x010204;
}

static bool start(emu_unit *unit, emu_identity *identity, char why[EMU_TEXT_SIZE])
{
    colorhug *self = emu_state(unit);
    snprintf(self->version, sizeof self->version, "%d.%d.%d", self->firmware >> 16 & 0xFF,
             self->firmware >> 8 & 0xFF, self->firmware & 0xFF);
    self->strings[0] = "Hughski Ltd.";
    self->strings[1] = self->first ? "ColorHug" : "ColorHug2";
    self->strings[2] = self->version;
    self->strings[3] = "2082b5e0-7a64-478a-b1b2-e3404fab6dad";
    *identity = (emu_identity){.device = self->first ? device1 : device2,
                               .configuration = configuration,
                               .strings = self->strings,
                               .report = report,
                               .report_size = sizeof report};
    return emu_sample_read(self->sample, &self->under, why);
}

static bool changed(emu_unit *unit, const char *name, char why[EMU_TEXT_SIZE])
{
    colorhug *self = emu_state(unit);
    (void)name;
    return emu_sample_read(self->sample, &self->under, why);
}

/* 16.16 fixed point. */
static void put_packed(uint8_t *at, double value)
{
    emu_put_le(at, (uint64_t)llround(value * 65536), 4);
}

static void see(emu_unit *unit, const colorhug *self, double xyz[3])
{
    emu_sample_xyz(&self->under, xyz);
    xyz[0] *= self->red;
    xyz[2] *= self->blue;
    for (int i = 0; i < 3; i++) {
        xyz[i] = self->lid ? 0 : self->lamp * xyz[i] + self->ambient;
        if (self->noise > 0)
            xyz[i] *= 1 + self->noise * emu_noise(unit);
    }
}

/* Three packed numbers after `scale`; gives how many bytes, or the error negated. */
static int put_reading(emu_unit *unit, const colorhug *self, double scale, uint8_t *data)
{
    double xyz[3];
    see(unit, self, xyz);
    for (int i = 0; i < 3; i++) {
        if (xyz[i] > 3000)
            return -SENSOR_OVERFLOW;
        put_packed(data + 4 * i, scale * xyz[i]);
    }
    return 12;
}

/* Factory, LCD, CRT, projector, LED, two custom. */
static bool has_calibration(uint64_t index)
{
    return index == 0 || (index >= 64 && index <= 69);
}

/* The matrix, what it is for, its name. */
static int put_calibration(uint64_t index, uint8_t *data)
{
    if (!has_calibration(index))
        return -NO_CALIBRATION;
    for (int i = 0; i < 9; i++)
        put_packed(data + 4 * i, i % 4 == 0 ? 1 : 0);
    data[36] = 1;
    memcpy(data + 37, "emulated", sizeof "emulated");
    return 37 + NAME_SIZE;
}

/* Numbers that fit into a register. */
static int put_number(uint8_t *data, uint64_t value, int bytes)
{
    emu_put_le(data, value, bytes);
    return bytes;
}

static int put_version(const colorhug *self, uint8_t *data)
{
    for (int i = 0; i < 3; i++)
        emu_put_le(data + 2 * i, (uint64_t)(self->firmware >> (16 - 8 * i) & 0xFF), 2);
    return 6;
}

static int put_fixed(double value, uint8_t *data)
{
    put_packed(data, value);
    return 4;
}

/* Commands that only the first ColorHug has: speed and duration of its sensor, a scale. */
static int first_only(colorhug *self, const uint8_t *frame, uint8_t *data)
{
    if (!self->first)
        return -UNKNOWN_COMMAND;
    switch (frame[0]) {
    case 0x03:
        return put_number(data, self->multiplier, 1);
    case 0x04:
        self->multiplier = frame[1];
        return 0;
    case 0x05:
        return put_number(data, self->integral, 2);
    case 0x06:
        self->integral = (uint16_t)emu_get_le(frame + 1, 2);
        return 0;
    default:
        return put_fixed(1, data);
    }
}

/* What a command does; gives how many bytes of data, or an error negated. */
static int obey(emu_unit *unit, colorhug *self, const uint8_t *frame, uint8_t *data)
{
    switch (frame[0]) {
    case 0x03:
    case 0x04:
    case 0x05:
    case 0x06:
    case 0x2A:
        return first_only(self, frame, data);
    case 0x07:
        return put_version(self, data);
    case 0x09:
        return put_calibration(emu_get_le(frame + 1, 2), data);
    case 0x0B:
        return put_number(data, (uint64_t)self->serial, 4);
    case 0x0D:
        return put_number(data, self->leds, 1);
    case 0x0E:
        self->leds = frame[1];
        return 0;
    case 0x22:
        return put_reading(unit, self, 1e-3, data);
    case 0x23:
        return has_calibration(emu_get_le(frame + 1, 2)) ? put_reading(unit, self, 1, data)
                                                         : -NO_CALIBRATION;
    case 0x24:
        return 0;
    case 0x30:
        return put_number(data, self->first ? 1 : 2, 1);
    case 0x33:
        return put_number(data, 0, 2);
    case 0x3B:
        return put_fixed(self->temperature, data);
    case 0x40:
        return -self->self_test;
    case 0x0A: /* these write; nothing here may send them */
    case 0x0C:
    case 0x20:
    case 0x2F:
    case 0x32:
    case 0x34:
        return -DEACTIVATED;
    default:
        return -UNKNOWN_COMMAND;
    }
}

static emu_status out(emu_unit *unit, uint8_t endpoint, const uint8_t *data, size_t n)
{
    colorhug *self = emu_state(unit);
    uint8_t frame[REPORT_SIZE] = {0}, reply[REPORT_SIZE] = {0};
    bool measures = n && (data[0] == 0x22 || data[0] == 0x23);
    (void)endpoint;
    if (n > REPORT_SIZE)
        return EMU_STALL;
    memcpy(frame, data, n);
    int length = emu_is_queued(unit, IN) ? -INCOMPLETE_REQUEST
                 : n == 0                ? -BAD_LENGTH
                                         : obey(unit, self, frame, reply + 2);
    reply[0] = (uint8_t)(length < 0 ? -length : 0);
    reply[1] = frame[0];
    size_t size = self->short_replies ? 2 + (size_t)(length > 0 ? length : 0) : REPORT_SIZE;
    emu_reply(unit, IN, reply, size, measures ? self->reading_ms : 1);
    return EMU_OK;
}

#define COLORHUG_KIND(kind_name, kind_help, kind_defaults)                                         \
    {                                                                                              \
        .name = kind_name, .help = kind_help, .state_size = sizeof(colorhug), .options = options,  \
        .layout = {.error = 0, .command = 1, .payload = 2}, .defaults = kind_defaults,             \
        .start = start, .changed = changed, .out = out                                             \
    }

const emu_kind emu_colorhug = COLORHUG_KIND("colorhug", "Hughski ColorHug (the first)", defaults1);
const emu_kind emu_colorhug2 = COLORHUG_KIND("colorhug2", "Hughski ColorHug2", defaults);
