/* SPDX-License-Identifier: GPL-3.0-or-later */
/* X-Rite ColorMunki Photo/Design and i1Studio: requests, dial, button, and a hand that holds it. */
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models.h"
#include "munki_sensor.h"

enum {
    DATA = 0x81,
    EVENTS = 0x83,
    DIAL_SURFACE = 1,
    DIAL_TILE = 2,
    TICK_US = 32,
    LEAST_TICKS = 224,
    MOST_READINGS = 4000,
    UNHEARD_MS = 1500 /* the firmware's delay while nobody waits for events */
};

typedef struct munki {
    /* options */
    char serial[EMU_TEXT_SIZE], sample[EMU_TEXT_SIZE], tile[EMU_TEXT_SIZE];
    int dial, button, version, production;
    int bad_checksum, chip_mismatch, no_sensor, every_second, unheard_delay;
    double noise, drift, brightness, ambient, hand, speed;
    /* the rest */
    bool i1studio;
    emu_sample under, on_tile;
    munki_sensor sensor;
    uint8_t memory[MUNKI_MEMORY], chip[MUNKI_CHIP_SIZE];
    int64_t power_up_ms, busy_until_ms;
    int dial_sent, button_sent;
    bool talked, dead; /* since it was opened; closed without a reset and sulking */
    const char *strings[3];
} munki;

#define AT(field) offsetof(munki, field)
static const emu_option options[] = {
    {"sample", EMU_TEXT, AT(sample), "what it stands on: a name or a CSV file, see sample.h"},
    {"tile", EMU_TEXT, AT(tile), "another tile than its own, as a sample"},
    {"dial", EMU_INTEGER, AT(dial), "0 between, 1 surface, 2 calibration tile, 3 ambient"},
    {"button", EMU_INTEGER, AT(button), "1 pressed, 0 released"},
    {"serial", EMU_TEXT, AT(serial), "in its memory; up to 15 characters"},
    {"version", EMU_INTEGER, AT(version), "of the calibration in its memory (6)"},
    {"production", EMU_INTEGER, AT(production), "production number"},
    {"bad_checksum", EMU_INTEGER, AT(bad_checksum), "1: a bit of the memory is wrong"},
    {"chip_mismatch", EMU_INTEGER, AT(chip_mismatch), "1: the memory is another sensor's"},
    {"no_sensor", EMU_INTEGER, AT(no_sensor), "1: the sensor is not connected"},
    {"every_second", EMU_INTEGER, AT(every_second),
     "1: after a close without a reset it is mute for one opening"},
    {"unheard_delay", EMU_INTEGER, AT(unheard_delay),
     "1: readings come 1.5 s late while nobody waits for events"},
    {"noise", EMU_REAL, AT(noise), "counts"},
    {"drift", EMU_REAL, AT(drift), "part of its light the LED loses until warm (0.02)"},
    {"brightness", EMU_REAL, AT(brightness), "of the LED: 1; 10 saturates at any integration time"},
    {"ambient", EMU_REAL, AT(ambient), "light from elsewhere, 1 as bright as the LED's on white"},
    {"hand", EMU_REAL, AT(hand), "how far readings on a surface differ by movement: 0.2 = 20 %"},
    {"speed", EMU_REAL, AT(speed), "readings come so many times sooner (1)"},
    {.name = NULL},
};

static const uint8_t device[] = {18,   1,    0x10, 0x01, 0,    0, 0, 64, 0x71,
                                 0x09, 0x07, 0x20, 0x00, 0x01, 1, 2, 0,  1};
static const uint8_t i1studio_device[] = {18,   1,    0x10, 0x01, 0,    0, 0, 64, 0x65,
                                          0x07, 0x08, 0x60, 0x00, 0x01, 1, 2, 0,  1};
static const uint8_t configuration[] = {
    9, 2, 39,     0, 1,  1, 0,  0x80, 250, 9,    4, 0,  0, 3, 0xFF, 0, 0, 0, /* 500 mA */
    7, 5, DATA,   2, 64, 0, 0,  7,    5,   0x02, 2, 64, 0, 0,                /* */
    7, 5, EVENTS, 3, 8,  0, 64,
};

static void defaults(void *state)
{
    munki *self = state;
    strcpy(self->serial, "T-000001");
    strcpy(self->sample, "gray:0.5");
    self->dial = self->dial_sent = DIAL_TILE;
    self->version = 6;
    self->production = 4711;
    self->drift = 0.02;
    self->brightness = self->speed = 1;
    self->unheard_delay = self->every_second = 1;
}

static void i1studio_defaults(void *state)
{
    defaults(state);
    ((munki *)state)->i1studio = true;
}

/* The option `tile` empty: its own. */
static bool read_samples(munki *self, char why[EMU_TEXT_SIZE])
{
    memcpy(self->on_tile.reflectance, self->sensor.optics.tile, sizeof self->on_tile.reflectance);
    return emu_sample_read(self->sample, &self->under, why) &&
           (!self->tile[0] || emu_sample_read(self->tile, &self->on_tile, why));
}

static bool start(emu_unit *unit, emu_identity *identity, char why[EMU_TEXT_SIZE])
{
    static const uint8_t chip[MUNKI_CHIP_SIZE] = {0x2A, 0x10, 0x07, 0xE5, 0x31, 0x00, 0x00, 0x5C};
    munki *self = emu_state(unit);
    munki_label label = {self->serial, self->production, self->version, {0}};
    memcpy(label.chip, chip, sizeof chip);
    munki_memory_make(&label, self->memory, &self->sensor.optics);
    munki_sensor_init(&self->sensor);
    memcpy(self->chip, chip, sizeof chip);
    self->chip[0] ^= self->chip_mismatch ? 0x40 : 0;
    if (self->no_sensor)
        memset(self->chip, 0xFF, sizeof self->chip);
    self->memory[1000] ^= self->bad_checksum ? 0x10 : 0;
    self->dial_sent = self->dial;
    self->strings[0] = "X-Rite";
    self->strings[1] = self->i1studio ? "i1Studio" : "colormunki";
    *identity = (emu_identity){.device = self->i1studio ? i1studio_device : device,
                               .configuration = configuration,
                               .strings = self->strings};
    if (!(self->speed > 0)) {
        strcpy(why, "speed: expected more than 0");
        return false;
    }
    return read_samples(self, why);
}

static void send_event(emu_unit *unit, uint32_t code, uint32_t time)
{
    uint8_t event[8];
    emu_put_le(event, code, 4);
    emu_put_le(event + 4, time, 4);
    emu_reply(unit, EVENTS, event, sizeof event, 0);
}

static bool changed(emu_unit *unit, const char *name, char why[EMU_TEXT_SIZE])
{
    munki *self = emu_state(unit);
    uint32_t time = (uint32_t)(emu_now_ms(unit) - self->power_up_ms);
    if (self->dial != self->dial_sent)
        send_event(unit, 0x0100, time);
    if (self->button != self->button_sent)
        send_event(unit, self->button ? 1 : 2, time);
    self->dial_sent = self->dial;
    self->button_sent = self->button;
    (void)name;
    return read_samples(self, why);
}

static munki_shot shot_of(const munki *self, const uint8_t *trigger, int reading)
{
    munki_shot shot = {.lamp = trigger[0],
                       .high_gain = trigger[2],
                       .brightness = self->brightness,
                       .drift = self->drift,
                       .noise = self->noise};
    const double *seen =
        self->dial == DIAL_TILE ? self->on_tile.reflectance : self->under.reflectance;
    bool surface = self->dial == DIAL_SURFACE;
    double moved = surface ? 1 + self->hand * sin(0.7 * reading) : 1;
    shot.integration_s = 1e-6 * TICK_US * (double)emu_get_le(trigger + 4, 4);
    shot.ambient = self->dial == DIAL_TILE ? 0 : self->ambient;
    for (int band = 0; band < EMU_BANDS; band++)
        shot.reflectance[band] = moved * seen[band];
    return shot;
}

/* All the readings of one trigger, a reply that is ready when the last of them is. */
static emu_answer trigger(emu_unit *unit, munki *self, const emu_setup *setup, const uint8_t *data)
{
    uint64_t ticks = setup->length == 12 ? emu_get_le(data + 4, 4) : 0;
    uint64_t n = setup->length == 12 ? emu_get_le(data + 8, 4) : 0;
    size_t size = 2 * MUNKI_WORDS * n;
    if (ticks < LEAST_TICKS || n == 0 || n > MOST_READINGS)
        return emu_refuse();
    uint8_t *readings = malloc(size);
    if (!readings)
        abort();
    munki_sensor_rest(&self->sensor, 1e-3 * (double)llabs(emu_now_ms(unit) - self->busy_until_ms));
    for (uint64_t i = 0; i < n; i++) {
        munki_shot shot = shot_of(self, data, (int)i);
        munki_sensor_read(&self->sensor, &shot, unit, readings + 2 * MUNKI_WORDS * i);
    }
    int64_t takes_ms = (int64_t)((double)(ticks * n * TICK_US) / (1000 * self->speed));
    if (self->unheard_delay && !emu_is_awaited(unit, EVENTS))
        takes_ms += UNHEARD_MS;
    self->busy_until_ms = emu_now_ms(unit) + takes_ms;
    emu_reply(unit, DATA, readings, size, takes_ms);
    free(readings);
    return emu_ok(setup->length);
}

static emu_answer read_memory(emu_unit *unit, const munki *self, const emu_setup *setup,
                              const uint8_t *data)
{
    if (setup->length != 8)
        return emu_refuse();
    uint64_t address = emu_get_le(data, 4), length = emu_get_le(data + 4, 4);
    if (address > MUNKI_MEMORY || length > MUNKI_MEMORY - address)
        return emu_refuse();
    emu_reply(unit, DATA, self->memory + address, length, 5);
    return emu_ok(setup->length);
}

static emu_answer give(const emu_setup *setup, uint8_t *data, const void *bytes, size_t n)
{
    size_t length = n < setup->length ? n : setup->length;
    memcpy(data, bytes, length);
    return emu_ok(length);
}

static emu_answer give_words(const emu_setup *setup, uint8_t *data, const uint32_t *words, int n)
{
    uint8_t bytes[24];
    for (int i = 0; i < n; i++)
        emu_put_le(bytes + 4 * i, words[i], 4);
    return give(setup, data, bytes, 4 * (size_t)n);
}

static emu_answer ask(const munki *self, const emu_setup *setup, uint8_t *data)
{
    const uint32_t firmware[] = {
        self->i1studio ? 2 : 1, self->i1studio ? 0 : 32, TICK_US, LEAST_TICKS, 2, 8192};
    const uint32_t led[] = {0, (uint32_t)(1000 * self->sensor.warmth), 0, 0};
    const uint8_t state[] = {(uint8_t)self->dial, (uint8_t)self->button};
    char version[36];
    switch (setup->request) {
    case 0x85:
        snprintf(version, sizeof version, "%s",
                 self->i1studio ? "i1Studio FW V2.00  Build Nr. 1310"
                                : "colormunki FW V1.32  Build Nr. 1303");
        return give(setup, data, version, sizeof version);
    case 0x86:
        return give_words(setup, data, firmware, 6);
    case 0x87:
        return give(setup, data, state, sizeof state);
    case 0x8A:
        return give(setup, data, self->chip, sizeof self->chip);
    case 0x8F:
        return give_words(setup, data, led, 4);
    default:
        return emu_refuse();
    }
}

static emu_answer control(emu_unit *unit, const emu_setup *setup, uint8_t *data)
{
    munki *self = emu_state(unit);
    self->talked = true;
    if (self->dead)
        return (emu_answer){.status = EMU_SILENT};
    if (setup->type == 0xC0)
        return ask(self, setup, data);
    if (setup->type != 0x40)
        return emu_refuse();
    switch (setup->request) {
    case 0x80:
        return trigger(unit, self, setup, data);
    case 0x81:
        return read_memory(unit, self, setup, data);
    case 0x8E:
        if (setup->length != 8)
            return emu_refuse();
        send_event(unit, (uint32_t)emu_get_le(data, 4), (uint32_t)emu_get_le(data + 4, 4));
        return emu_ok(8);
    case 0x92:
        return setup->length == 20 ? emu_ok(20) : emu_refuse();
    default:
        return emu_refuse();
    }
}

/* Works only every second time it is opened, unless it is reset before it is closed. */
static void bus(emu_unit *unit, emu_bus what)
{
    munki *self = emu_state(unit);
    switch (what) {
    case EMU_PLUGGED:
        self->power_up_ms = emu_now_ms(unit);
        self->talked = self->dead = false;
        break;
    case EMU_RESET:
        self->talked = self->dead = false;
        break;
    case EMU_CLOSED:
        self->dead = self->every_second && self->talked && !self->dead;
        self->talked = false;
        break;
    case EMU_OPENED:
    case EMU_CONFIGURED:
    case EMU_HALT_CLEARED:
        break;
    }
}

#define MUNKI_KIND(kind_name, kind_help, kind_defaults)                                            \
    {                                                                                              \
        .name = kind_name, .help = kind_help, .state_size = sizeof(munki), .options = options,     \
        .layout = {.error = -1, .command = -1, .payload = 0}, .defaults = kind_defaults,           \
        .start = start, .changed = changed, .control = control, .bus = bus                         \
    }

const emu_kind emu_colormunki =
    MUNKI_KIND("colormunki", "X-Rite ColorMunki Photo/Design: spectral, LED, dial", defaults);
const emu_kind emu_i1studio =
    MUNKI_KIND("i1studio", "X-Rite i1Studio: the same with other ids", i1studio_defaults);
