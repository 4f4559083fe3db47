/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Konica Minolta CM-700d, CM-600d, CM-2600d, CM-2500d: lines of ASCII over a serial line (CDC-ACM,
 * or a terminal). A command ends with CR LF; a reply begins with OKnn or ERnn and ends so too.
 */
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models.h"
#include "sample.h"

enum { OUT_ = 0x02, IN = 0x81, LINE = 160, REPLY = 512, BANDS_MAX = 39 };
enum { COMMAND = 0, NOT_CALIBRATED = 7, NO_DATA = 10, CALIBRATION_FAILED = 11, MEASURING = 35 };

typedef struct konica {
    char sample[EMU_TEXT_SIZE], model[EMU_TEXT_SIZE], serial[EMU_TEXT_SIZE], split[EMU_TEXT_SIZE];
    int error, ok, zero, white, area, measuring_ms, specular, press;
    double gloss;                                     /* what the specular part adds */
    bool portable, switch_on, has_reading, by_switch; /* portable: CM-700d, CM-600d */
    int64_t busy_until;
    emu_sample reading;
    char line[LINE];
    size_t length;
} konica;

static const emu_option options[] = {
    {"sample", EMU_TEXT, offsetof(konica, sample), "what is under it"},
    {"model", EMU_TEXT, offsetof(konica, model), "700d, 600d, 2600d or 2500d"},
    {"serial", EMU_TEXT, offsetof(konica, serial), "its serial number, 8 digits"},
    {"split", EMU_TEXT, offsetof(konica, split), "1: replies come in pieces; cr: end in CR alone"},
    {"error", EMU_INTEGER, offsetof(konica, error), "ERnn of every measurement; -1 none"},
    {"ok", EMU_INTEGER, offsetof(konica, ok), "OKnn of all replies: 2 weak lamp, 3 low battery"},
    {"zero", EMU_INTEGER, offsetof(konica, zero), "1: zero calibration is made"},
    {"white", EMU_INTEGER, offsetof(konica, white), "1: white calibration is made"},
    {"area", EMU_INTEGER, offsetof(konica, area), "position of the switch: 0 MAV, 1 SAV"},
    {"measuring-ms", EMU_INTEGER, offsetof(konica, measuring_ms), "how long a reading takes"},
    {"gloss", EMU_REAL, offsetof(konica, gloss), "reflectance that SCI adds"},
    {"press", EMU_INTEGER, offsetof(konica, press), "presses the measuring button"},
    {.name = NULL},
};

static const uint8_t device[] = {18,   1,    0x10, 0x01, 2, 0, 0, 64, 0x2B,
                                 0x13, 0x04, 0x21, 0x00, 1, 1, 2, 0,  1};
static const uint8_t configuration[] = {
    9, 2,  67,   0,    2,  1,  0,   0xC0, 0,                                    /* */
    9, 4,  0,    0,    1,  2,  2,   1,    0,                                    /* communication */
    5, 36, 0,    0x10, 1,  5,  36,  1,    0, 1,    4, 36, 2, 2, 5, 36, 6, 0, 1, /* CDC's own */
    7, 5,  0x83, 3,    8,  0,  255,                                             /* */
    9, 4,  1,    0,    2,  10, 0,   0,    0,                                    /* data */
    7, 5,  0x02, 2,    64, 0,  0,   7,    5, 0x81, 2, 64, 0, 0,
};
static const char *const strings[] = {"KONICA MINOLTA", "SPECTROPHOTOMETER", NULL};

static void defaults(void *state)
{
    konica *self = state;
    strcpy(self->sample, "skin");
    strcpy(self->model, "700d");
    strcpy(self->serial, "10001234");
    self->error = -1;
    self->measuring_ms = 1200;
    self->gloss = 0.04;
    self->specular = 1;
}

static bool start(emu_unit *unit, emu_identity *identity, char why[EMU_TEXT_SIZE])
{
    konica *self = emu_state(unit);
    *identity =
        (emu_identity){.device = device, .configuration = configuration, .strings = strings};
    self->portable = !strcmp(self->model, "700d") || !strcmp(self->model, "600d");
    self->reading = (emu_sample){{0}};
    return emu_sample_read(self->sample, &self->reading, why);
}

static void send_pieces(emu_unit *unit, const char *text, size_t n, int64_t delay_ms)
{
    for (size_t at = 0; at < n; at += 7)
        emu_reply(unit, IN, text + at, n - at < 7 ? n - at : 7, delay_ms + (int64_t)at);
}

static void reply(emu_unit *unit, const konica *self, const char *text, int64_t delay_ms)
{
    char line[REPLY];
    bool bare = !strcmp(self->split, "cr");
    int n = snprintf(line, sizeof line, "%s%s", text, bare ? "\r" : "\r\n");
    if (!strcmp(self->split, "1"))
        send_pieces(unit, line, (size_t)n, delay_ms);
    else
        emu_reply(unit, IN, line, (size_t)n, delay_ms);
}

static void say_ok(emu_unit *unit, const konica *self, const char *rest, int64_t delay_ms)
{
    char line[REPLY];
    snprintf(line, sizeof line, "OK%02d%s%s", self->ok, *rest ? "," : "", rest);
    reply(unit, self, line, delay_ms);
}

static void say_error(emu_unit *unit, const konica *self, int code)
{
    char line[8];
    snprintf(line, sizeof line, "ER%02d", code);
    reply(unit, self, line, 10);
}

static bool is_busy(const emu_unit *unit, const konica *self)
{
    return emu_now_ms(unit) < self->busy_until;
}

/* Specular included where asked; `hundred` is what reflectance 1 is in its figures. */
static void put_bands(const konica *self, bool included, double hundred, bool points,
                      char text[REPLY])
{
    int bands = self->portable ? 31 : 39;
    double first = self->portable ? 400 : 360;
    size_t at = 0;
    text[0] = '\0';
    for (int i = 0; i < bands; i++) {
        double r = emu_sample_at(&self->reading, first + 10 * i) + (included ? self->gloss : 0);
        at += (size_t)snprintf(text + at, REPLY - at, points ? "%s%.2f" : "%s%.0f", i ? "," : "",
                               r * hundred);
    }
}

static void read_now(konica *self)
{
    char why[EMU_TEXT_SIZE];
    emu_sample_read(self->sample, &self->reading, why);
    self->has_reading = true;
}

static bool may_measure(emu_unit *unit, const konica *self)
{
    if (self->error >= 0)
        say_error(unit, self, self->error);
    else if (!self->white)
        say_error(unit, self, NOT_CALIBRATED);
    else
        return true;
    return false;
}

/* CM-2600d: one line, of the mode that CPS chose. */
static void measure_at_once(emu_unit *unit, konica *self)
{
    char text[REPLY];
    if (!may_measure(unit, self))
        return;
    read_now(self);
    put_bands(self, self->specular == 0 || self->specular == 2, 100, true, text);
    say_ok(unit, self, text, self->measuring_ms);
}

static void measure(emu_unit *unit, konica *self)
{
    if (!self->portable) {
        measure_at_once(unit, self);
    } else if (may_measure(unit, self)) {
        read_now(self);
        self->by_switch = false;
        self->busy_until = emu_now_ms(unit) + self->measuring_ms;
        say_ok(unit, self, "", 10);
    }
}

static void give_reading(emu_unit *unit, const konica *self, const char *arguments, bool by_switch)
{
    char text[REPLY];
    if (!self->has_reading || self->by_switch != by_switch) {
        say_error(unit, self, NO_DATA);
        return;
    }
    put_bands(self, atoi(arguments) == 1, 10000, false, text);
    say_ok(unit, self, text, 20);
}

static void calibrate(emu_unit *unit, konica *self, bool white)
{
    char why[EMU_TEXT_SIZE];
    emu_sample there;
    emu_sample_read(self->sample, &there, why);
    double middle = emu_sample_at(&there, 550);
    bool right = white ? middle > 0.6 : middle < 0.02;
    if (!right) {
        say_error(unit, self, CALIBRATION_FAILED);
        return;
    }
    self->zero |= !white;
    self->white |= white;
    self->busy_until = emu_now_ms(unit) + 500;
    say_ok(unit, self, "", white ? 900 : 600);
}

static void identify(emu_unit *unit, const konica *self)
{
    char text[LINE];
    if (self->portable)
        snprintf(text, sizeof text, "0100,1.10,%s,0,400,700,10", self->serial);
    else
        snprintf(text, sizeof text, "%s,1.31,%s,0,360,740,10",
                 !strcmp(self->model, "2600d") ? "03" : "13", self->serial);
    say_ok(unit, self, text, 10);
}

static void tell_state(emu_unit *unit, const konica *self)
{
    char text[LINE];
    int calibration = self->white ? 3 : self->zero ? 1 : 0;
    if (is_busy(unit, self)) {
        say_error(unit, self, MEASURING);
        return;
    }
    if (self->portable)
        snprintf(text, sizeof text, "1,2,%d,100,0,0,0,0", calibration);
    else
        snprintf(text, sizeof text, "1,2,%d,0,0,0,%d", calibration, self->area);
    say_ok(unit, self, text, 10);
}

static void set_conditions(emu_unit *unit, konica *self, const char *arguments)
{
    const char *comma = strchr(arguments, ',');
    if (!comma) {
        say_error(unit, self, 3);
        return;
    }
    self->specular = atoi(comma + 1);
    say_ok(unit, self, "", 10);
}

static void tell_conditions(emu_unit *unit, const konica *self)
{
    char text[LINE];
    snprintf(text, sizeof text, "%d,%d,00,01,01", self->area, self->specular);
    say_ok(unit, self, text, 10);
}

static void obey(emu_unit *unit, konica *self, char *line)
{
    const char *arguments = strlen(line) > 4 ? line + 4 : "";
    line[strlen(line) < 3 ? 0 : 3] = '\0';
    if (!strcmp(line, "IDR"))
        identify(unit, self);
    else if (!strcmp(line, "STR"))
        tell_state(unit, self);
    else if (!strcmp(line, "CPR"))
        tell_conditions(unit, self);
    else if (!strcmp(line, "CPS"))
        set_conditions(unit, self, arguments);
    else if (!strcmp(line, "MES"))
        measure(unit, self);
    else if (!strcmp(line, "MDR") && self->portable)
        give_reading(unit, self, arguments, false);
    else if (!strcmp(line, "RDR") && self->portable)
        give_reading(unit, self, arguments, true);
    else if (!strcmp(line, self->portable ? "ZRC" : "UZC"))
        calibrate(unit, self, false);
    else if (!strcmp(line, "CAL"))
        calibrate(unit, self, true);
    else if (!strcmp(line, self->portable ? "SWS" : "SWE"))
        self->switch_on = true, say_ok(unit, self, "", 10);
    else if (!strcmp(line, "CIR") && self->portable)
        say_ok(unit, self, "20417", 10);
    else if (!strcmp(line, "DTS") || !strcmp(line, "DFS") || !strcmp(line, "DTR"))
        say_ok(unit, self, "", 10);
    else
        say_error(unit, self, COMMAND);
}

/* The button: the CM-700d keeps the reading for RDR, the CM-2600d sends it. */
static bool changed(emu_unit *unit, const char *name, char why[EMU_TEXT_SIZE])
{
    konica *self = emu_state(unit);
    emu_sample sample;
    if (!strcmp(name, "press") && self->press && self->switch_on && self->white) {
        if (self->portable) {
            read_now(self);
            self->by_switch = true;
        } else {
            measure_at_once(unit, self);
        }
    }
    return strcmp(name, "sample") != 0 || emu_sample_read(self->sample, &sample, why);
}

static emu_status out(emu_unit *unit, uint8_t endpoint, const uint8_t *data, size_t n)
{
    konica *self = emu_state(unit);
    (void)endpoint;
    for (size_t i = 0; i < n; i++) {
        if (data[i] == '\n')
            continue;
        if (data[i] != '\r' && self->length + 1 < LINE) {
            self->line[self->length++] = (char)data[i];
            continue;
        }
        self->line[self->length] = '\0';
        self->length = 0;
        obey(unit, self, self->line);
    }
    return EMU_OK;
}

/* CDC-ACM: it sends nothing before the host says that it is there, but nobody sees that here. */
static emu_answer control(emu_unit *unit, const emu_setup *setup, uint8_t *data)
{
    (void)unit;
    (void)data;
    bool known = setup->type == 0x21 && (setup->request == 0x20 || setup->request == 0x22);
    return known ? emu_ok(setup->length) : emu_refuse();
}

/* The first letter and the third, as M and S of MES 0x4D53. */
static int command(const emu_setup *setup, const uint8_t *data, size_t n)
{
    return setup ? setup->request << 16 : n >= 3 ? data[0] << 8 | data[2] : EMU_NO_COMMAND;
}

const emu_kind emu_konica = {
    .name = "konica",
    .help = "Konica Minolta CM-700d, CM-600d, CM-2600d, CM-2500d",
    .state_size = sizeof(konica),
    .options = options,
    .layout = {.error = -1, .command = -1, .payload = 4},
    .defaults = defaults,
    .start = start,
    .changed = changed,
    .control = control,
    .out = out,
    .command = command,
};
