/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Datacolor Spyder3Print, SpyderPRINT: packets of up to 8 bytes on bulk endpoints.
 *
 *   OUT  sequence, length, command, arguments; what a memory write puts there is a transfer of its
 *        own that follows, and the reply comes after it
 *   IN   sequence as it was, length, status (0 = well), data; over 8 bytes as several packets
 *
 * Nothing is taken while a reply has not been fetched. Figures are big-endian. What lies under it
 * when it is calibrated reads L*a*b* 102.92, 0.04, -3.11 from then on: the white of the tile is
 * mapped by the program. Of its memory only what a calibration writes may be written.
 */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "models.h"
#include "sample.h"

enum { BUTTON = 0x81, IN = 0x82, OUT_ = 0x02, PACKET = 8, HEAD = 3, MEMORY = 0x800 };
enum { UNKNOWN_COMMAND = 1, BAD_LENGTH = 2, BAD_ADDRESS = 3, READ_ONLY = 4 }; /* not 0 */
enum { QUICK_MS = 2, RESET_MS = 26, CALIBRATION_MS = 105 };

typedef struct spyderprint {
    char sample[EMU_TEXT_SIZE];
    int serial, reading_ms, press, status, leftover;
    double noise, lamp, ambient;
    double gain[3]; /* of X, Y, Z, as its calibration has set them */
    uint8_t memory[MEMORY], config[5];
    uint8_t write_sequence;
    uint16_t write_at, write_count; /* a write whose bytes are still to come; count 0 = none */
    const char *strings[3];
} spyderprint;

#define AT(field) offsetof(spyderprint, field)
static const emu_option options[] = {
    {"sample", EMU_TEXT, AT(sample), "what is under it"},
    {"serial", EMU_INTEGER, AT(serial), "serial number"},
    {"reading-ms", EMU_INTEGER, AT(reading_ms), "how long a reading takes (60)"},
    {"press", EMU_INTEGER, AT(press), "1: presses the button"},
    {"status", EMU_INTEGER, AT(status), "of every measurement (0: well)"},
    {"leftover", EMU_INTEGER, AT(leftover), "1: when opened, a reading is there unfetched"},
    {"noise", EMU_REAL, AT(noise), "standard deviation, part of the reading"},
    {"lamp", EMU_REAL, AT(lamp), "light of its LEDs beside what it should be (1)"},
    {"ambient", EMU_REAL, AT(ambient), "light from outside, of a white's (0)"},
    {.name = NULL},
};

static const uint8_t device[] = {18,   1,    0x10, 0x01, 0,    0, 0, 64, 0x5C,
                                 0x08, 0x07, 0x00, 0x00, 0x01, 1, 2, 0,  1};
static const uint8_t configuration[] = {
    9, 2, 39,     0, 1, 1, 0,  0x80, 32, 9,  4, 0, 0, 3, 0, 0, 0, 0, /* */
    7, 5, BUTTON, 3, 8, 0, 10, 7,    5,  IN, 2, 8, 0, 0,             /* */
    7, 5, OUT_,   2, 8, 0, 0,
};

static void defaults(void *state)
{
    spyderprint *self = state;
    strcpy(self->sample, "skin");
    self->serial = 1234567;
    self->reading_ms = 60;
    self->lamp = 1;
}

static bool start(emu_unit *unit, emu_identity *identity, char why[EMU_TEXT_SIZE])
{
    static const double UNCALIBRATED[3] = {0.94, 0.91, 1.02};
    static const uint8_t CONFIG[] = {0x01, 0x05, 0x0A, 0x0A, 0x01};
    spyderprint *self = emu_state(unit);
    emu_sample sample;
    memcpy(self->gain, UNCALIBRATED, sizeof self->gain);
    memcpy(self->config, CONFIG, sizeof CONFIG);
    emu_put_be(self->memory + 0x000B, 0x0368, 2);
    emu_put_be(self->memory + 0x000D, (uint64_t)self->serial, 4);
    emu_put_be(self->memory + 0x0018, 6, 1); /* LEDs */
    emu_put_be(self->memory + 0x07FC, 1, 4);
    self->strings[0] = "Datacolor";
    self->strings[1] = "Spyder3Print";
    *identity =
        (emu_identity){.device = device, .configuration = configuration, .strings = self->strings};
    return emu_sample_read(self->sample, &sample, why);
}

static bool changed(emu_unit *unit, const char *name, char why[EMU_TEXT_SIZE])
{
    static const uint8_t PRESSED[] = {0xFA};
    const spyderprint *self = emu_state(unit);
    emu_sample sample;
    if (!strcmp(name, "press") && self->press)
        emu_reply(unit, BUTTON, PRESSED, sizeof PRESSED, 0);
    return strcmp(name, "sample") != 0 || emu_sample_read(self->sample, &sample, why);
}

/* ---- what it sees ---- */

/* X, Y, Z beside those of a white; its converter ends at 1.25 of them. */
static void see(emu_unit *unit, const spyderprint *self, double xyz[3])
{
    char why[EMU_TEXT_SIZE];
    emu_sample sample, white;
    double full[3];
    emu_sample_read(self->sample, &sample, why);
    emu_sample_read("gray:1", &white, why);
    emu_sample_xyz(&sample, xyz);
    emu_sample_xyz(&white, full);
    for (int i = 0; i < 3; i++) {
        xyz[i] = self->lamp * xyz[i] / full[i] + self->ambient;
        if (self->noise > 0)
            xyz[i] *= 1 + self->noise * emu_noise(unit);
        xyz[i] = fmin(fmax(xyz[i], 0), 1.25);
    }
}

/* CIE 15: L* of a part of the white's Y, and its inverse. */
static double root_of(double part)
{
    return part > 216.0 / 24389 ? cbrt(part) : (24389.0 / 27 * part + 16) / 116;
}

static double part_of(double root)
{
    return root > 6.0 / 29 ? root * root * root : (116 * root - 16) * 27 / 24389;
}

static void put_q16(uint8_t *at, double value)
{
    emu_put_be(at, (uint64_t)(int64_t)llround(value * 65536), 4);
}

/* What was under it becomes 102.92, 0.04, -3.11. */
static int calibrate(emu_unit *unit, spyderprint *self)
{
    /* As a unit's tile was seen to read: 0066ECC4, 000009C4, FFFCE3E8. */
    const double L = 0x66ECC4 / 65536.0, a = 0x9C4 / 65536.0, b = -0x31C18 / 65536.0;
    const double y = (L + 16) / 116;
    const double to[3] = {part_of(y + a / 500), part_of(y), part_of(y - b / 200)};
    double xyz[3];
    see(unit, self, xyz);
    for (int i = 0; i < 3; i++)
        self->gain[i] = to[i] / fmax(xyz[i], 1e-4);
    self->memory[0x00F0] = 2;
    put_q16(self->memory + 0x00F1, self->gain[1]);
    return 0;
}

static int measure(emu_unit *unit, const spyderprint *self, uint8_t *data)
{
    double xyz[3];
    see(unit, self, xyz);
    for (int i = 0; i < 3; i++)
        xyz[i] = root_of(self->gain[i] * xyz[i]);
    put_q16(data, 116 * xyz[1] - 16);
    put_q16(data + 4, 500 * (xyz[0] - xyz[1]));
    put_q16(data + 8, 200 * (xyz[1] - xyz[2]));
    return 12;
}

/* ---- packets ---- */

/* `length` bytes of data after the head, or a status negated. */
static void reply(emu_unit *unit, uint8_t sequence, const uint8_t *data, int length, int delay_ms)
{
    uint8_t frame[HEAD + 252] = {sequence, HEAD};
    if (length < 0)
        frame[2] = (uint8_t)-length;
    for (int i = 0; i < length; i++)
        frame[HEAD + i] = data[i];
    frame[1] = (uint8_t)(HEAD + (length > 0 ? length : 0));
    emu_reply(unit, IN, frame, frame[1], delay_ms);
}

/* 08, address, count; the argument 08 is always that. */
static int place(const uint8_t *frame, uint16_t *at, uint16_t *count)
{
    *at = (uint16_t)emu_get_be(frame + 4, 2);
    *count = (uint16_t)emu_get_be(frame + 6, 2);
    if (frame[1] != PACKET || frame[3] != 0x08)
        return -BAD_LENGTH;
    return *count == 0 || *count > 252 || *at + *count > MEMORY ? -BAD_ADDRESS : 0;
}

static int read_memory(const spyderprint *self, const uint8_t *frame, uint8_t *data)
{
    uint16_t at, count;
    int wrong = place(frame, &at, &count);
    if (wrong)
        return wrong;
    memcpy(data, self->memory + at, count);
    return count;
}

static bool may_be_written(uint16_t at, uint16_t count)
{
    return (at == 0x0011 && count == 2) || (at == 0x032F && count == 4) ||
           (at == 0x0333 && count == 1);
}

/* The bytes come with the next transfer; a refusal comes at once. */
static bool begin_write(spyderprint *self, const uint8_t *frame, int *wrong)
{
    *wrong = place(frame, &self->write_at, &self->write_count);
    if (!*wrong && !may_be_written(self->write_at, self->write_count))
        *wrong = -READ_ONLY;
    if (*wrong)
        self->write_count = 0;
    self->write_sequence = frame[0];
    return !*wrong;
}

static void end_write(emu_unit *unit, spyderprint *self, const uint8_t *data, size_t n)
{
    bool whole = n == self->write_count;
    if (whole)
        memcpy(self->memory + self->write_at, data, n);
    self->write_count = 0;
    reply(unit, self->write_sequence, NULL, whole ? 0 : -BAD_LENGTH, QUICK_MS);
}

static int configure(spyderprint *self, const uint8_t *frame, uint8_t *data)
{
    if (frame[2] == 0x21 && frame[1] != HEAD + sizeof self->config)
        return -BAD_LENGTH;
    if (frame[2] == 0x21)
        memcpy(self->config, frame + HEAD, sizeof self->config);
    memcpy(data, self->config, sizeof self->config);
    return frame[2] == 0x21 ? 0 : (int)sizeof self->config;
}

/* Gives the length of the data or a status negated; *delay_ms is how long it takes. */
static int obey(emu_unit *unit, spyderprint *self, const uint8_t *frame, uint8_t *data,
                int *delay_ms)
{
    switch (frame[2]) {
    case 0x02:
        emu_put_be(data, 1, 4);
        return 4;
    case 0x04:
        *delay_ms = RESET_MS;
        return 0;
    case 0x0A:
        *delay_ms = self->reading_ms;
        return self->status ? -self->status : measure(unit, self, data);
    case 0x12:
        *delay_ms = CALIBRATION_MS;
        return frame[1] != 4      ? -BAD_LENGTH
               : frame[3] != 0x00 ? -UNKNOWN_COMMAND
                                  : calibrate(unit, self);
    case 0x16:
        return read_memory(self, frame, data);
    case 0x21:
    case 0x22:
        return configure(self, frame, data);
    default:
        return -UNKNOWN_COMMAND;
    }
}

static emu_status out(emu_unit *unit, uint8_t endpoint, const uint8_t *data, size_t n)
{
    spyderprint *self = emu_state(unit);
    uint8_t frame[PACKET] = {0}, answer[252];
    int delay_ms = QUICK_MS, length = -BAD_LENGTH;
    if (endpoint != OUT_ || emu_is_queued(unit, IN))
        return EMU_SILENT; /* the pipe is wedged by what nobody fetched */
    if (self->write_count) {
        end_write(unit, self, data, n);
        return EMU_OK;
    }
    memcpy(frame, data, n < PACKET ? n : PACKET);
    if (n >= HEAD && n <= PACKET && n == frame[1]) {
        if (frame[2] == 0x17 && begin_write(self, frame, &length))
            return EMU_OK;
        if (frame[2] != 0x17)
            length = obey(unit, self, frame, answer, &delay_ms);
    }
    reply(unit, frame[0], answer, length, delay_ms);
    return EMU_OK;
}

/* The bytes of a memory write are no command. */
static int command(const emu_setup *setup, const uint8_t *data, size_t n)
{
    return setup ? setup->request << 16 : n >= HEAD && data[1] == n ? data[2] : EMU_NO_COMMAND;
}

static void bus(emu_unit *unit, emu_bus what)
{
    spyderprint *self = emu_state(unit);
    uint8_t answer[252];
    if (what == EMU_RESET || what == EMU_PLUGGED)
        self->write_count = 0;
    if (what == EMU_OPENED && self->leftover && !emu_is_queued(unit, IN))
        reply(unit, 0x5A, answer, measure(unit, self, answer), 0);
}

const emu_kind emu_spyderprint = {
    .name = "spyderprint",
    .help = "Datacolor Spyder3Print, SpyderPRINT",
    .state_size = sizeof(spyderprint),
    .options = options,
    .layout = {.error = 2, .command = 0, .payload = 3}, /* "command": the sequence it repeats */
    .defaults = defaults,
    .start = start,
    .changed = changed,
    .out = out,
    .command = command,
    .bus = bus,
};
