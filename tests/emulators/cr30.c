/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CHN Spec CR30 behind its imitated CH340: frames of exactly 60 bytes, edited in place.
 *
 * A measurement with the cap's magnet engaged sets the white by whatever is under the aperture and
 * returns the unit's constant; with the cap reversed that is its green outside, and every later
 * reading is wrong. `magnet`: 0 off, 1 tile towards the aperture, 2 reversed.
 */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "models.h"
#include "sample.h"

enum { FRAME = 60, MARKER = 58, CHECKSUM = 59, BANDS = 31, CHUNK = 12, FIRST_NM = 400 };
enum { IN = 0x82, OUT_ = 0x02, NO_MAGNET = 0, TILE = 1, REVERSED = 2 };

typedef struct cr30 {
    char sample[EMU_TEXT_SIZE], id[EMU_TEXT_SIZE], model[EMU_TEXT_SIZE];
    int magnet, press, mute, bad_checksum, first_nm, reading_ms;
    double noise, scale[BANDS]; /* noise in % R; scale is what a wrong white does */
    float reading[BANDS];       /* the last one */
    const char *strings[3];
} cr30;

static const emu_option options[] = {
    {"sample", EMU_TEXT, offsetof(cr30, sample), "what is under it, or `vector`"},
    {"id", EMU_TEXT, offsetof(cr30, id), "device id of 10 characters or more"},
    {"model", EMU_TEXT, offsetof(cr30, model), "what it says that it is"},
    {"magnet", EMU_INTEGER, offsetof(cr30, magnet), "cap: 0 off, 1 on, 2 reversed"},
    {"press", EMU_INTEGER, offsetof(cr30, press), "presses the button"},
    {"mute", EMU_INTEGER, offsetof(cr30, mute), "1: takes all, answers nothing"},
    {"bad-checksum", EMU_INTEGER, offsetof(cr30, bad_checksum), "1: in all replies"},
    {"first-nm", EMU_INTEGER, offsetof(cr30, first_nm), "start of the axis in headers"},
    {"reading-ms", EMU_INTEGER, offsetof(cr30, reading_ms), "how long a reading takes"},
    {"noise", EMU_REAL, offsetof(cr30, noise), "% R, one deviation"},
    {.name = NULL},
};

static const uint8_t device[] = {18,   1,    0x10, 0x01, 0xFF, 0, 0, 8, 0x86,
                                 0x1A, 0x23, 0x75, 0x63, 0x02, 0, 1, 0, 1};
static const uint8_t configuration[] = {
    9, 2, 39,   0, 1,  1, 0, 0x80, 48, 9,    4, 0,  0, 3, 0xFF, 1, 2, 0, /* */
    7, 5, 0x82, 2, 32, 0, 0, 7,    5,  0x02, 2, 32, 0, 0,                /* */
    7, 5, 0x81, 3, 8,  0, 1,
};

/* %R of a published reading, bit by bit: 400-700 nm. */
static const uint32_t VECTOR[BANDS] = {
    0x40B03B2E, 0x40E6386D, 0x4100FD6A, 0x41099FCA, 0x411330EF, 0x411F22DF, 0x412B90B0, 0x413994D1,
    0x41498774, 0x415997DC, 0x41664D4B, 0x416879F1, 0x415D6D18, 0x41484196, 0x413077A8, 0x41195BF6,
    0x41052704, 0x40E9C79C, 0x40CD5274, 0x40AE4406, 0x40934508, 0x40877DF3, 0x408BABCC, 0x408DE6B1,
    0x408B23A3, 0x408A9D46, 0x408D51E9, 0x4093A1CA, 0x409A8FCF, 0x40A0E8CB, 0x40A6126B,
};

static void defaults(void *state)
{
    cr30 *self = state;
    strcpy(self->sample, "skin");
    strcpy(self->id, "2311070042");
    strcpy(self->model, "CR30");
    self->first_nm = FIRST_NM;
    self->reading_ms = 1000;
}

static bool start(emu_unit *unit, emu_identity *identity, char why[EMU_TEXT_SIZE])
{
    cr30 *self = emu_state(unit);
    emu_sample sample;
    self->strings[0] = "CH554_CDC";
    *identity =
        (emu_identity){.device = device, .configuration = configuration, .strings = self->strings};
    for (int i = 0; i < BANDS; i++)
        self->scale[i] = 1;
    return !strcmp(self->sample, "vector") || emu_sample_read(self->sample, &sample, why);
}

/* The stored nominal constant of the tile, in % R. */
static double constant(int band)
{
    return 79.2 - 9 * exp(-band / 1.5);
}

/* The outside of the cap. */
static double green(int band)
{
    double nm = FIRST_NM + 10.0 * band;
    return 45 - 5 * cos((nm - 530) / 60);
}

static void read_sample(emu_unit *unit, cr30 *self)
{
    emu_sample sample = {{0}};
    char why[EMU_TEXT_SIZE];
    bool vector = !strcmp(self->sample, "vector");
    if (!vector)
        emu_sample_read(self->sample, &sample, why);
    for (int i = 0; i < BANDS; i++) {
        double r = 100 * emu_sample_at(&sample, FIRST_NM + 10.0 * i);
        if (vector)
            memcpy(&self->reading[i], &VECTOR[i], sizeof self->reading[i]);
        else
            self->reading[i] = (float)(r * self->scale[i] + self->noise * emu_noise(unit));
    }
}

/* With the magnet engaged: the white is set by what is there, and the constant given. */
static void set_white(cr30 *self)
{
    for (int i = 0; i < BANDS; i++) {
        self->scale[i] = self->magnet == REVERSED ? constant(i) / green(i) : 1;
        self->reading[i] = (float)constant(i);
    }
}

static void read_now(emu_unit *unit, cr30 *self)
{
    if (self->magnet == NO_MAGNET)
        read_sample(unit, self);
    else
        set_white(self);
}

static void seal(uint8_t *frame, size_t n)
{
    uint8_t sum = 0;
    if (n < FRAME)
        return;
    for (int i = 0; i < CHECKSUM; i++)
        sum = (uint8_t)(sum + frame[i]);
    frame[CHECKSUM] = sum;
}

static void reply(emu_unit *unit, uint8_t *frame, int64_t delay_ms)
{
    const cr30 *self = emu_state(unit);
    seal(frame, FRAME);
    frame[CHECKSUM] = (uint8_t)(frame[CHECKSUM] + (self->bad_checksum ? 1 : 0));
    emu_reply(unit, IN, frame, FRAME, delay_ms);
}

static void put_header(const cr30 *self, uint8_t *frame)
{
    frame[2] = 0x09;
    frame[4] = (uint8_t)(self->first_nm / 10);
    frame[5] = BANDS;
    frame[6] = 10;
}

static void press(emu_unit *unit, cr30 *self)
{
    uint8_t frame[FRAME] = {0xBB, 0x01};
    read_now(unit, self);
    put_header(self, frame);
    frame[24] = self->magnet != NO_MAGNET;
    reply(unit, frame, self->reading_ms);
}

static bool changed(emu_unit *unit, const char *name, char why[EMU_TEXT_SIZE])
{
    cr30 *self = emu_state(unit);
    emu_sample sample;
    if (!strcmp(name, "press") && self->press)
        press(unit, self);
    return strcmp(name, "sample") != 0 || !strcmp(self->sample, "vector") ||
           emu_sample_read(self->sample, &sample, why);
}

static void put_text(uint8_t *frame, int at, const char *text)
{
    memcpy(frame + at, text, strlen(text) + 1);
}

static void put_identity(const cr30 *self, uint8_t *frame)
{
    static const uint8_t UNKNOWN[] = {0x56, 0x00, 0x19, 0x03};
    switch (frame[2]) {
    case 0:
        memcpy(frame + 5, UNKNOWN, sizeof UNKNOWN);
        put_text(frame, 9, self->id);
        put_text(frame, 39, self->model);
        break;
    case 1:
        put_text(frame, 19, self->id);
        put_text(frame, 49, "V11.3.");
        break;
    case 2:
        put_text(frame, 5, "0.0.20231219");
        put_text(frame, 29, "V10.0.0.0");
        break;
    case 3:
        frame[19] = 0x02;
        break;
    default:
        break; /* an echo */
    }
}

static void put_values(uint8_t *at, const float *value, int count)
{
    for (int i = 0; i < count; i++)
        emu_put_float_le(at + 4 * i, value[i]);
}

static void put_chunk(const cr30 *self, uint8_t *frame)
{
    int first = CHUNK * (frame[2] - 0x10), left = BANDS - first;
    memset(frame + 6, 0, 4 * CHUNK);
    if (frame[2] == 0x13)
        put_values(frame + 34, self->reading, 5);
    else
        put_values(frame + 6, self->reading + first, left < CHUNK ? left : CHUNK);
}

/* BB 01 .. */
static int64_t measure(emu_unit *unit, cr30 *self, uint8_t *frame)
{
    if (frame[2] == 0x00) {
        read_now(unit, self);
        put_header(self, frame);
        return self->reading_ms;
    }
    if (frame[2] == 0x09)
        put_header(self, frame);
    else if (frame[2] >= 0x10 && frame[2] <= 0x13)
        put_chunk(self, frame);
    return 1;
}

static emu_status out(emu_unit *unit, uint8_t endpoint, const uint8_t *data, size_t n)
{
    cr30 *self = emu_state(unit);
    uint8_t frame[FRAME];
    int64_t delay_ms = 1;
    if (endpoint != OUT_ || n != FRAME || self->mute)
        return EMU_OK; /* silence, not an error */
    memcpy(frame, data, FRAME);
    if (frame[0] == 0xAA && frame[1] == 0x0A)
        put_identity(self, frame);
    else if (frame[0] == 0xBB && frame[1] == 0x01)
        delay_ms = measure(unit, self, frame);
    else if (frame[0] == 0xBB && (frame[1] == 0x10 || frame[1] == 0x11))
        frame[6] = 0x01;
    frame[MARKER] = 0xFF;
    reply(unit, frame, delay_ms);
    return EMU_OK;
}

/* The CH340 that it imitates; line settings change nothing. */
static emu_answer control(emu_unit *unit, const emu_setup *setup, uint8_t *data)
{
    (void)unit;
    switch (setup->type << 8 | setup->request) {
    case 0xC05F:
        emu_put_le(data, 0x0031, setup->length < 2 ? setup->length : 2);
        return emu_ok(setup->length < 2 ? setup->length : 2);
    case 0xC095:
        memset(data, 0, setup->length);
        return emu_ok(setup->length < 2 ? setup->length : 2);
    case 0x40A1:
    case 0x409A:
    case 0x40A4:
        return emu_ok(0);
    default:
        return emu_refuse();
    }
}

/* Of a frame: its bytes 1 and 2, so that BB 01 10 is 0x0110. */
static int command(const emu_setup *setup, const uint8_t *data, size_t n)
{
    return setup ? setup->request << 16 : n >= 3 ? data[1] << 8 | data[2] : EMU_NO_COMMAND;
}

const emu_kind emu_cr30 = {
    .name = "cr30",
    .help = "CHN Spec CR30",
    .state_size = sizeof(cr30),
    .options = options,
    .layout = {.error = -1, .command = 2, .payload = 6, .seal = seal},
    .defaults = defaults,
    .start = start,
    .changed = changed,
    .control = control,
    .out = out,
    .command = command,
};
