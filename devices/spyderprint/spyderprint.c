/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Datacolor Spyder3Print SR, SpyderPRINT, PrintFIX PRO. It gives L*a*b* only, of a light that its
 * maker does not tell (taken as D50/2), and its factory white is applied by its maker's program:
 * here its own tile, read once, is brought to what such tiles are. Nothing is written into its
 * memory.
 */
#include <stdio.h>
#include <string.h>

#include <tonsure/driver.h>

#include "devices/spyderprint/protocol.h"

enum { BUTTON_IN = 0x81, DATA_IN = 0x82, DATA_OUT = 0x02 };
enum { SEND_MS = 1000, REPLY_MS = 2000, QUIET_MS = 30, RESET_MS = 50 };

/* What the tile is taken to be: a usual white ceramic. An assumption. */
static const tns_lab TILE = {95, 0, 0};

/* A tile that reads outside of these is none. */
static const double DARKEST_TILE = 80, MOST_CHROMA = 15;

typedef struct spyder {
    uint8_t sequence;
    bool asked; /* the user, for the tile */
} spyder;

/* No packet ends a reply of a whole number of them: what is due is asked for, no more. */
static bool read_reply(tns_session *s, uint8_t *bytes, size_t *count, tns_error *err)
{
    size_t length = 0;
    if (!tns_port_read(s->port, DATA_IN, bytes, TNS_SPYDER_PACKET, count, REPLY_MS, err) ||
        !tns_spyder_get_length(bytes, *count, &length, err))
        return false;
    if (*count >= length)
        return true;
    size_t left = length - *count;
    bool ok = tns_port_read_exactly(s->port, DATA_IN, bytes + *count, left, REPLY_MS, err);
    *count = length;
    return ok;
}

/*
 * A reply that nobody fetched wedges the pipe: the command is not taken. So it is fetched, and the
 * command sent again, which is safe since it was not heard.
 */
static bool send(tns_session *s, const uint8_t *command, size_t length, tns_error *err)
{
    tns_error why = {.code = TNS_OK};
    if (tns_port_write(s->port, DATA_OUT, command, length, SEND_MS, &why))
        return true;
    if (why.code != TNS_ERROR_TIMEOUT)
        return tns_error_set(err, why.code, "%s", why.text);
    tns_port_drain(s->port, DATA_IN, QUIET_MS);
    return tns_port_write(s->port, DATA_OUT, command, length, SEND_MS, err);
}

static bool exchange(tns_session *s, const uint8_t *command, size_t length, uint8_t *data,
                     size_t size, tns_error *err)
{
    uint8_t reply[TNS_SPYDER_REPLY_HEAD + TNS_SPYDER_DATA_MAX + TNS_SPYDER_PACKET];
    size_t count = 0;
    bool ok = send(s, command, length, err) && read_reply(s, reply, &count, err) &&
              tns_spyder_get_reply(reply, count, command[0], data, size, err);
    if (!ok) /* what is left unread would be taken for the next reply */
        tns_port_drain(s->port, DATA_IN, QUIET_MS);
    return ok;
}

static bool command(tns_session *s, uint8_t number, const uint8_t *arguments, size_t count,
                    uint8_t *data, size_t size, tns_error *err)
{
    uint8_t packet[TNS_SPYDER_PACKET];
    spyder *state = s->state;
    size_t length = tns_spyder_put(++state->sequence, number, arguments, count, packet);
    return exchange(s, packet, length, data, size, err);
}

static bool reset(tns_session *s, tns_error *err)
{
    if (!command(s, TNS_SPYDER_SOFT_RESET, NULL, 0, NULL, 0, err))
        return tns_error_prefix(err, "reset");
    tns_port_sleep_ms(s->port, RESET_MS);
    return true;
}

static bool read_serial(tns_session *s, uint32_t *serial, tns_error *err)
{
    uint8_t packet[TNS_SPYDER_PACKET], data[TNS_SPYDER_SERIAL_SIZE];
    spyder *state = s->state;
    size_t length = tns_spyder_put_read(++state->sequence, TNS_SPYDER_SERIAL_ADDRESS,
                                        TNS_SPYDER_SERIAL_SIZE, packet);
    if (!exchange(s, packet, length, data, sizeof data, err))
        return tns_error_prefix(err, "serial number");
    *serial = tns_spyder_get_serial(data);
    return true;
}

static bool open_spyder(tns_session *s, tns_error *err)
{
    uint8_t test[TNS_SPYDER_SELF_TEST_SIZE];
    uint32_t serial = 0;
    tns_port_clear_halt(s->port, DATA_IN, NULL); /* a halt outlives the program that met it */
    tns_port_clear_halt(s->port, DATA_OUT, NULL);
    for (int i = 0; i < 2; i++)
        tns_port_drain(s->port, DATA_IN, QUIET_MS);
    if (!reset(s, err) || !command(s, TNS_SPYDER_SELF_TEST, NULL, 0, test, sizeof test, err) ||
        !read_serial(s, &serial, err))
        return false;
    snprintf(s->serial, sizeof s->serial, "%u", (unsigned)serial);
    strcpy(s->model, "Datacolor Spyder3Print/SpyderPRINT");
    return tns_port_listen(s->port, BUTTON_IN, TNS_SPYDER_PACKET, err);
}

static bool read_lab(tns_session *s, tns_lab *out, tns_error *err)
{
    uint8_t data[TNS_SPYDER_LAB_SIZE];
    return (command(s, TNS_SPYDER_MEASURE, NULL, 0, data, sizeof data, err) &&
            tns_spyder_get_lab(data, out, err)) ||
           tns_error_prefix(err, "reading");
}

static bool view(tns_viewing *out, tns_error *err)
{
    return tns_viewing_find("D50/2", out, err);
}

static bool needs_spyder(tns_session *s, unsigned *needs, tns_error *err)
{
    (void)err;
    *needs = s->calibration.count == 3 ? 0 : TNS_NEED_WHITE;
    return true;
}

static bool keep_tile(tns_session *s, tns_lab tile, tns_error *err)
{
    tns_viewing viewing;
    if (tile.L < DARKEST_TILE || tile.a * tile.a + tile.b * tile.b > MOST_CHROMA * MOST_CHROMA)
        return tns_error_set(err, TNS_ERROR_IMPLAUSIBLE,
                             "the tile reads L*a*b* %.1f %.1f %.1f: that is no white tile", tile.L,
                             tile.a, tile.b);
    if (!view(&viewing, err))
        return false;
    tns_xyz xyz = tns_xyz_from_lab(tile, viewing.white);
    s->calibration.value[0] = xyz.X;
    s->calibration.value[1] = xyz.Y;
    s->calibration.value[2] = xyz.Z;
    s->calibration.count = 3;
    return true;
}

static bool calibrate_spyder(tns_session *s, unsigned need, tns_step *step, tns_error *err)
{
    static const uint8_t WHITE[] = {0x00};
    (void)need;
    spyder *state = s->state;
    tns_lab tile;
    if (!state->asked) {
        state->asked = true;
        *step = (tns_step){.setup = TNS_SETUP_ON_TILE,
                           .hint = "set the instrument into its base, onto the white tile"};
        return true;
    }
    state->asked = false;
    if (!command(s, TNS_SPYDER_CALIBRATE, WHITE, sizeof WHITE, NULL, 0, err))
        return tns_error_prefix(err, "white");
    if (!read_lab(s, &tile, err) || !keep_tile(s, tile, err))
        return false;
    *step = (tns_step){.done = true};
    return true;
}

static tns_lab map_white(const tns_session *s, const tns_viewing *viewing, tns_lab lab)
{
    const double *tile = s->calibration.value;
    tns_xyz x = tns_xyz_from_lab(lab, viewing->white), to = tns_xyz_from_lab(TILE, viewing->white);
    tns_xyz mapped = {x.X * to.X / tile[0], x.Y * to.Y / tile[1], x.Z * to.Z / tile[2]};
    return tns_lab_from_xyz(mapped, viewing->white);
}

static bool measure_spyder(tns_session *s, tns_sample *out, tns_error *err)
{
    tns_viewing viewing;
    tns_lab lab;
    if (s->calibration.count != 3)
        return tns_error_set(err, TNS_ERROR_NOT_CALIBRATED, "not calibrated on its white tile");
    if (!read_lab(s, &lab, err) || !view(&viewing, err))
        return false;
    *out = (tns_sample){.has_color = true,
                        .color = {map_white(s, &viewing, lab), "D50", TNS_OBSERVER_2}};
    tns_warn(&out->warnings, "SpyderPRINT: its L*a*b* is taken as D50/2, and its tile as L* 95, "
                             "neither of which its maker tells: for comparing, not for absolute "
                             "colors");
    return true;
}

static bool wait_spyder(tns_session *s, int timeout_ms, tns_event *out, tns_error *err)
{
    uint8_t report[TNS_SPYDER_PACKET];
    size_t got = 0;
    tns_error why = {.code = TNS_OK};
    *out = (tns_event){.kind = TNS_EVENT_NONE};
    if (!tns_port_read(s->port, BUTTON_IN, report, sizeof report, &got, timeout_ms, &why))
        return why.code == TNS_ERROR_TIMEOUT || tns_error_set(err, why.code, "%s", why.text);
    if (got > 0 && report[0] == TNS_SPYDER_BUTTON)
        out->kind = TNS_EVENT_BUTTON;
    return true;
}

static void close_spyder(tns_session *s)
{
    tns_port_listen(s->port, BUTTON_IN, 0, NULL);
}

static const tns_usb_id IDS[] = {
    {0x085C, 0x0007, "Datacolor Spyder3Print SR/SpyderPRINT/PrintFIX PRO", TNS_BRIDGE_NONE, false},
};

const tns_driver tns_driver_spyderprint = {
    .name = "spyderprint",
    .title = "Datacolor Spyder3Print SR, SpyderPRINT, PrintFIX PRO",
    .note = "Gives L*a*b* only, of a light and a white that its maker does not tell.",
    .usb = IDS,
    .usb_count = sizeof IDS / sizeof *IDS,
    .capabilities = {.reflective = true,
                     .effective_channels = 6,
                     .geometry = "45/0",
                     .specular = TNS_SPECULAR_EXCLUDED,
                     .triggers = TNS_TRIGGER_HOST | TNS_TRIGGER_BUTTON,
                     .white_valid_s = 24 * 3600,
                     .confidence = TNS_CONFIDENCE_LOW},
    .state_size = sizeof(spyder),
    .open = open_spyder,
    .needs = needs_spyder,
    .calibrate = calibrate_spyder,
    .measure = measure_spyder,
    .wait = wait_spyder,
    .close = close_spyder,
};
