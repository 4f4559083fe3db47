/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * X-Rite DTP20 Pulse: commands in ASCII by a control request to the interface, replies on 0x81,
 * each with its status as <hh>. Two habits of the real thing: after power-up the first 0PR is not
 * answered, and the first 0518CF changes nothing.
 */
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models.h"
#include "sample.h"

enum { IN = 0x81, BANDS = 31, FIRST_NM = 400, STORED_MAX = 20, LINE = 64, REPLY = 128 };
enum { OK_ = 0x00, BAD_COMMAND = 0x11, RANGE = 0x13, NOT_CALIBRATED = 0x28 };
enum { CALIBRATION_FAILED = 0x29, END_OF_DATA = 0x42 };

typedef struct dtp20 {
    char sample[EMU_TEXT_SIZE], tile[EMU_TEXT_SIZE], serial[EMU_TEXT_SIZE], stored[EMU_TEXT_SIZE];
    int calibrated, status, battery, busy_polls, white_ms, reading_ms, resets;
    bool xyz_asked, xyz, binary, has_reading;
    int polls_left;
    emu_sample reading, spot[STORED_MAX];
    int spots;
    double white; /* what its white calibration makes of all readings */
} dtp20;

static const emu_option options[] = {
    {"sample", EMU_TEXT, offsetof(dtp20, sample), "what is under it"},
    {"tile", EMU_TEXT, offsetof(dtp20, tile), "serial number of its white tile"},
    {"serial", EMU_TEXT, offsetof(dtp20, serial), "its own serial number"},
    {"stored", EMU_TEXT, offsetof(dtp20, stored), "spots it has kept: samples between spaces"},
    {"calibrated", EMU_INTEGER, offsetof(dtp20, calibrated), "0: wants its white first"},
    {"status", EMU_INTEGER, offsetof(dtp20, status), "of every measurement, 0x31 = lamp"},
    {"battery", EMU_INTEGER, offsetof(dtp20, battery), "0..4"},
    {"white-ms", EMU_INTEGER, offsetof(dtp20, white_ms), "how long a calibration takes"},
    {"reading-ms", EMU_INTEGER, offsetof(dtp20, reading_ms), "how long a reading takes"},
    {"busy", EMU_INTEGER, offsetof(dtp20, busy_polls), "polls of CS after a measurement"},
    {.name = NULL},
};

static const uint8_t device[] = {18,   1,    0x10, 0x01, 0xFF, 0, 0, 8, 0x65,
                                 0x07, 0x20, 0xD0, 0x00, 0x01, 1, 2, 0, 1};
static const uint8_t configuration[] = {
    9, 2, 25, 0, 1, 1, 0, 0xC0, 0, 9, 4, 0, 0, 1, 0xFF, 0, 0, 0, 7, 5, 0x81, 2, 64, 0, 0,
};
static const char *const strings[] = {"X-Rite", "DTP20", NULL};

static void defaults(void *state)
{
    dtp20 *self = state;
    strcpy(self->sample, "skin");
    strcpy(self->tile, "T20417");
    strcpy(self->serial, "000813");
    self->battery = 3;
    self->busy_polls = 2;
    self->white_ms = 3000;
    self->reading_ms = 800;
    self->white = 1;
}

static bool keep_spots(dtp20 *self, char why[EMU_TEXT_SIZE])
{
    char list[EMU_TEXT_SIZE], *rest = NULL;
    strcpy(list, self->stored);
    for (char *s = strtok_r(list, " ", &rest); s; s = strtok_r(NULL, " ", &rest))
        if (self->spots < STORED_MAX && !emu_sample_read(s, &self->spot[self->spots++], why))
            return false;
    return true;
}

static bool start(emu_unit *unit, emu_identity *identity, char why[EMU_TEXT_SIZE])
{
    dtp20 *self = emu_state(unit);
    *identity =
        (emu_identity){.device = device, .configuration = configuration, .strings = strings};
    return emu_sample_read(self->sample, &self->reading, why) && keep_spots(self, why);
}

static bool changed(emu_unit *unit, const char *name, char why[EMU_TEXT_SIZE])
{
    dtp20 *self = emu_state(unit);
    emu_sample sample;
    return strcmp(name, "sample") != 0 || emu_sample_read(self->sample, &sample, why);
}

static void answer(emu_unit *unit, const char *text, int status, int64_t delay_ms)
{
    char reply[REPLY];
    int n = snprintf(reply, sizeof reply, "%s%s<%02X>", text, *text ? "\r" : "", status);
    emu_reply(unit, IN, reply, (size_t)n, delay_ms);
}

static void answer_spectrum(emu_unit *unit, const dtp20 *self, const emu_sample *sample)
{
    uint8_t bytes[2 * BANDS];
    for (int i = 0; i < BANDS; i++) {
        double r = 100 * emu_sample_at(sample, FIRST_NM + 10.0 * i) * self->white;
        double v = fmin(fmax(round(r * 65535 / 200), 0), 65535);
        emu_put_be(bytes + 2 * i, (uint64_t)v, 2);
    }
    emu_reply(unit, IN, bytes, sizeof bytes, 5);
}

static void answer_reading(emu_unit *unit, const dtp20 *self, const emu_sample *sample)
{
    static const double D50[3] = {96.42, 100, 82.51};
    double xyz[3];
    char text[LINE];
    if (self->binary && !self->xyz) {
        answer_spectrum(unit, self, sample);
        return;
    }
    emu_sample_xyz(sample, xyz);
    snprintf(text, sizeof text, "%.2f\t%.2f\t%.2f", xyz[0] * D50[0] * self->white,
             xyz[1] * D50[1] * self->white, xyz[2] * D50[2] * self->white);
    answer(unit, text, OK_, 5);
}

static void measure(emu_unit *unit, dtp20 *self)
{
    char why[EMU_TEXT_SIZE];
    if (!self->calibrated || self->status) {
        answer(unit, "", self->status ? self->status : NOT_CALIBRATED, 50);
        return;
    }
    emu_sample_read(self->sample, &self->reading, why);
    self->has_reading = true;
    self->polls_left = self->busy_polls;
    answer(unit, "", OK_, self->reading_ms);
}

/* Its white is whatever is there: a gray card for the tile makes all later readings too light. */
static void calibrate(emu_unit *unit, dtp20 *self)
{
    char why[EMU_TEXT_SIZE];
    double xyz[3];
    emu_sample_read(self->sample, &self->reading, why);
    emu_sample_xyz(&self->reading, xyz);
    self->calibrated = xyz[1] > 0.5;
    self->polls_left = self->busy_polls;
    answer(unit, "", self->calibrated ? OK_ : CALIBRATION_FAILED, self->white_ms);
}

static void get_reading(emu_unit *unit, dtp20 *self, const char *line)
{
    char text[LINE];
    int index = atoi(line);
    size_t digits = strspn(line, "0123456789");
    if (!strcmp(line, "00GM")) {
        snprintf(text, sizeof text, "%d", self->spots);
        answer(unit, text, OK_, 5);
    } else if (!strcmp(line, "01GM")) {
        if (self->has_reading)
            answer_reading(unit, self, &self->reading);
        else
            answer(unit, "", END_OF_DATA, 5);
    } else if (digits == 5 && !strcmp(line + 3, "01GM")) {
        index /= 100;
        if (index >= 1 && index <= self->spots)
            answer_reading(unit, self, &self->spot[index - 1]);
        else
            answer(unit, "", END_OF_DATA, 5);
    } else {
        answer(unit, "", RANGE, 5);
    }
}

static void configure(emu_unit *unit, dtp20 *self, const char *line)
{
    if (!strcmp(line, "0518CF")) {
        self->xyz = self->xyz || self->xyz_asked;
        self->xyz_asked = true;
    } else {
        self->xyz_asked = false;
    }
    if (!strcmp(line, "0318CF"))
        self->xyz = false;
    if (!strcmp(line, "011BCF") || !strcmp(line, "001BCF"))
        self->binary = line[1] == '1';
    answer(unit, "", strlen(line) == 6 ? OK_ : RANGE, 5);
}

static void poll(emu_unit *unit, dtp20 *self)
{
    answer(unit, self->polls_left > 0 ? "4" : "0", OK_, 5);
    self->polls_left -= self->polls_left > 0;
}

static void reset(emu_unit *unit, dtp20 *self)
{
    self->xyz = self->xyz_asked = self->binary = false;
    if (self->resets++ > 0)
        answer(unit, "", OK_, 20);
}

static void tell(emu_unit *unit, const dtp20 *self, const char *line)
{
    char level[2] = {(char)('0' + self->battery), 0};
    if (!strcmp(line, "SV"))
        answer(unit, "X-Rite DTP20 V1.03", OK_, 5);
    else if (!strcmp(line, "04SN"))
        answer(unit, self->tile, OK_, 5);
    else if (!strcmp(line, "00SN") || !strcmp(line, "SN"))
        answer(unit, self->serial, OK_, 5);
    else if (!strcmp(line, "06BA"))
        answer(unit, level, OK_, 5);
    else if (!strcmp(line, "GI"))
        answer(unit, "DTP20 Pulse", OK_, 5);
    else
        answer(unit, "", BAD_COMMAND, 5);
}

static bool ends_with(const char *line, const char *end)
{
    size_t n = strlen(line), m = strlen(end);
    return n >= m && !strcmp(line + n - m, end);
}

static void forget(emu_unit *unit, dtp20 *self)
{
    self->spots = 0;
    self->polls_left = self->busy_polls;
    answer(unit, "", OK_, 20);
}

static void obey(emu_unit *unit, dtp20 *self, const char *line)
{
    if (!strcmp(line, "") || !strcmp(line, "CE"))
        answer(unit, "", OK_, 5);
    else if (!strcmp(line, "0PR"))
        reset(unit, self);
    else if (ends_with(line, "CF"))
        configure(unit, self, line);
    else if (ends_with(line, "GM"))
        get_reading(unit, self, line);
    else if (!strcmp(line, "RM"))
        measure(unit, self);
    else if (!strcmp(line, "CR"))
        calibrate(unit, self);
    else if (!strcmp(line, "CS"))
        poll(unit, self);
    else if (!strcmp(line, "02CD"))
        forget(unit, self);
    else
        tell(unit, self, line);
}

static emu_answer control(emu_unit *unit, const emu_setup *setup, uint8_t *data)
{
    dtp20 *self = emu_state(unit);
    char line[LINE] = "";
    if (setup->type != 0x41 || setup->request != 0 || setup->length == 0 || setup->length >= LINE ||
        data[setup->length - 1] != '\r')
        return emu_refuse();
    memcpy(line, data, setup->length - 1u);
    obey(unit, self, line);
    return emu_ok(setup->length);
}

/* The last two letters, as for CF 0x4346; 0 for a bare CR. */
static int command(const emu_setup *setup, const uint8_t *data, size_t n)
{
    (void)setup;
    return n >= 3 ? data[n - 3] << 8 | data[n - 2] : 0;
}

const emu_kind emu_dtp20 = {
    .name = "dtp20",
    .help = "X-Rite DTP20 Pulse",
    .state_size = sizeof(dtp20),
    .options = options,
    .layout = {.error = -1, .command = -1, .payload = 0},
    .defaults = defaults,
    .start = start,
    .changed = changed,
    .control = control,
    .command = command,
};
