/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * No instrument: a model to try hosts and faults with, and the smallest to start a new one from.
 *
 *   control IN  0x01   4 bytes, its version
 *   control OUT 0x02   u32 LE n: a ramp of n bytes follows on 0x81
 *   control OUT 0x04   n bytes: kept, and nothing follows; control IN 0x05 gives them back
 *   bulk OUT    0x02   command, arguments... -> 0x81: command, 0, arguments..., sum of all before
 *   interrupt   0x83   u32 LE button, u32 LE ms, when the option `button` changes
 */
#include <stddef.h>
#include <string.h>

#include "models.h"

enum { KEPT_MAX = 64, RAMP_MAX = 4096 };

typedef struct echo {
    char serial[EMU_TEXT_SIZE];
    int button, delay_ms;
    const char *strings[4];
    uint8_t kept[KEPT_MAX];
    size_t kept_size;
} echo;

static const emu_option options[] = {
    {"serial", EMU_TEXT, offsetof(echo, serial), "USB serial string"},
    {"button", EMU_INTEGER, offsetof(echo, button), "1 pressed, 0 released: sends an event"},
    {"delay", EMU_INTEGER, offsetof(echo, delay_ms), "of bulk replies, ms"},
    {.name = NULL},
};

/* pid.codes' id for tests. */
static const uint8_t device[] = {18,   1,    0x10, 0x01, 0xFF, 0, 0, 64, 0x09,
                                 0x12, 0x01, 0x00, 0x00, 0x01, 1, 2, 3,  1};
static const uint8_t configuration[] = {
    9, 2, 39,   0, 1,  1, 0,  0x80, 50, 9,    4, 0,  0, 3, 0xFF, 0, 0, 0, /* */
    7, 5, 0x81, 2, 64, 0, 0,  7,    5,  0x02, 2, 64, 0, 0,                /* */
    7, 5, 0x83, 3, 8,  0, 10,
};

static void defaults(void *state)
{
    strcpy(((echo *)state)->serial, "E-0001");
}

static bool start(emu_unit *unit, emu_identity *identity, char why[EMU_TEXT_SIZE])
{
    echo *self = emu_state(unit);
    (void)why;
    self->strings[0] = "Tonsure";
    self->strings[1] = "echo";
    self->strings[2] = self->serial;
    *identity =
        (emu_identity){.device = device, .configuration = configuration, .strings = self->strings};
    return true;
}

static bool changed(emu_unit *unit, const char *name, char why[EMU_TEXT_SIZE])
{
    const echo *self = emu_state(unit);
    uint8_t event[8];
    (void)why;
    if (strcmp(name, "button") != 0)
        return true;
    emu_put_le(event, (uint64_t)self->button, 4);
    emu_put_le(event + 4, (uint64_t)emu_now_ms(unit), 4);
    emu_reply(unit, 0x83, event, sizeof event, 0);
    return true;
}

static emu_answer ramp(emu_unit *unit, const echo *self, const uint8_t *data)
{
    uint8_t bytes[RAMP_MAX];
    uint64_t n = emu_get_le(data, 4);
    if (n > RAMP_MAX)
        return emu_refuse();
    for (size_t i = 0; i < n; i++)
        bytes[i] = (uint8_t)i;
    emu_reply(unit, 0x81, bytes, n, self->delay_ms);
    return emu_ok(4);
}

static emu_answer control(emu_unit *unit, const emu_setup *setup, uint8_t *data)
{
    echo *self = emu_state(unit);
    switch (setup->type << 8 | setup->request) {
    case 0xC001:
        if (setup->length < 4)
            return emu_refuse();
        memcpy(data, "v1.0", 4);
        return emu_ok(4);
    case 0x4002:
        return setup->length == 4 ? ramp(unit, self, data) : emu_refuse();
    case 0x4004:
        self->kept_size = setup->length < KEPT_MAX ? setup->length : KEPT_MAX;
        memcpy(self->kept, data, self->kept_size);
        return emu_ok(setup->length);
    case 0xC005:
        if (setup->length < self->kept_size)
            return emu_refuse();
        memcpy(data, self->kept, self->kept_size);
        return emu_ok(self->kept_size);
    default:
        return emu_refuse();
    }
}

static void seal(uint8_t *reply, size_t n)
{
    uint8_t sum = 0;
    for (size_t i = 0; i + 1 < n; i++)
        sum = (uint8_t)(sum + reply[i]);
    reply[n - 1] = sum;
}

static emu_status out(emu_unit *unit, uint8_t endpoint, const uint8_t *data, size_t n)
{
    const echo *self = emu_state(unit);
    uint8_t reply[EMU_PACKET_MAX + 2] = {0};
    (void)endpoint;
    if (n == 0 || n > EMU_PACKET_MAX)
        return EMU_OK; /* such a frame means nothing to it */
    reply[0] = data[0];
    memcpy(reply + 2, data + 1, n - 1);
    seal(reply, n + 2);
    emu_reply(unit, 0x81, reply, n + 2, self->delay_ms);
    return EMU_OK;
}

const emu_kind emu_echo = {
    .name = "echo",
    .help = "no instrument: tries hosts and faults",
    .state_size = sizeof(echo),
    .options = options,
    .layout = {.error = 1, .command = 0, .payload = 2, .seal = seal},
    .defaults = defaults,
    .start = start,
    .changed = changed,
    .control = control,
    .out = out,
};
