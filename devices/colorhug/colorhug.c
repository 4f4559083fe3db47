/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hughski ColorHug and ColorHug2: made for screens, they see light and have no lamp. Under a lamp
 * that does not move or change, a sample is read against a white tile in the same place, channel by
 * channel. Only as good as lamp and geometry; nothing that writes into the instrument is sent.
 */
#include <stdio.h>
#include <string.h>

#include <tonsure/driver.h>

#include "devices/colorhug/protocol.h"

enum { FRAMES_IN = 0x81, FRAMES_OUT = 0x01 };
enum { REPLY_MS = 2000, READING_MS = 25000, QUIET_MS = 30, STALE_MS = 2 };

/* Of XYZ: the calibration of the factory. */
static const uint8_t FACTORY[] = {0, 0};

/* A first ColorHug counts nothing before it is told its range and how long to count. */
static const uint8_t FULL_RANGE[] = {3}, LONGEST[] = {0xFF, 0xFF};

/* What the tile is taken to be, as a share of the perfect white. An assumption. */
static const double TILE = 0.9;

/* Light of the tile below which the lamp is off; of a sample, beside the tile's, above reason. */
static const double LEAST_LIGHT = 0.5, MOST_RATIO = 1.3;

typedef struct hug {
    bool asked; /* the user, for the tile */
} hug;

static const uint8_t *exchange(tns_session *s, uint8_t command, const uint8_t *arguments,
                               size_t count, size_t size, uint8_t frame[TNS_HUG_FRAME],
                               tns_error *err)
{
    int timeout = command == TNS_HUG_TAKE_XYZ ? READING_MS : REPLY_MS;
    size_t got = 0;
    tns_hug_put(command, arguments, count, frame);
    if (!tns_port_write(s->port, FRAMES_OUT, frame, TNS_HUG_FRAME, REPLY_MS, err) ||
        !tns_port_read(s->port, FRAMES_IN, frame, TNS_HUG_FRAME, &got, timeout, err))
        return NULL;
    const uint8_t *data = tns_hug_get_reply(frame, got, command, size, err);
    if (!data) /* a stale reply would be taken for the next one */
        tns_port_drain(s->port, FRAMES_IN, QUIET_MS);
    return data;
}

static bool read_identity(tns_session *s, int *hardware, tns_error *err)
{
    uint8_t frame[TNS_HUG_FRAME];
    const uint8_t *data = exchange(s, TNS_HUG_FIRMWARE, NULL, 0, 6, frame, err);
    if (!data)
        return tns_error_prefix(err, "firmware");
    tns_hug_firmware f = tns_hug_get_firmware(data);
    snprintf(s->firmware, sizeof s->firmware, "%u.%u.%u", f.major, f.minor, f.micro);
    data = exchange(s, TNS_HUG_HARDWARE, NULL, 0, 1, frame, err);
    if (!data)
        return tns_error_prefix(err, "hardware");
    *hardware = data[0];
    data = exchange(s, TNS_HUG_SERIAL, NULL, 0, 4, frame, err);
    if (!data)
        return tns_error_prefix(err, "serial number");
    snprintf(s->serial, sizeof s->serial, "%u", (unsigned)tns_hug_get_serial(data));
    return true;
}

static bool set_range(tns_session *s, tns_error *err)
{
    uint8_t frame[TNS_HUG_FRAME];
    return exchange(s, TNS_HUG_SET_MULTIPLIER, FULL_RANGE, sizeof FULL_RANGE, 0, frame, err) &&
           exchange(s, TNS_HUG_SET_INTEGRAL, LONGEST, sizeof LONGEST, 0, frame, err);
}

static bool open_hug(tns_session *s, tns_error *err)
{
    int hardware = 0;
    tns_port_clear_halt(s->port, FRAMES_IN, NULL); /* a halt outlives the program that met it */
    tns_port_clear_halt(s->port, FRAMES_OUT, NULL);
    tns_port_drain(s->port, FRAMES_IN, QUIET_MS);
    if (!read_identity(s, &hardware, err))
        return false;
    if (hardware != TNS_HUG_COLORHUG && hardware != TNS_HUG_COLORHUG2)
        return tns_error_set(err, TNS_ERROR_NO_INSTRUMENT,
                             "hardware %d: neither a ColorHug nor a ColorHug2", hardware);
    strcpy(s->model, hardware == TNS_HUG_COLORHUG ? "Hughski ColorHug" : "Hughski ColorHug2");
    return hardware == TNS_HUG_COLORHUG2 || set_range(s, err);
}

static bool needs_hug(tns_session *s, unsigned *needs, tns_error *err)
{
    (void)err;
    *needs = s->calibration.count == 3 ? 0 : TNS_NEED_WHITE;
    return true;
}

static bool read_light(tns_session *s, tns_xyz *out, tns_error *err)
{
    uint8_t frame[TNS_HUG_FRAME];
    if (tns_context_cancelled(s->context))
        return tns_error_set(err, TNS_ERROR_CANCELLED, "cancelled");
    tns_port_drain(s->port, FRAMES_IN, STALE_MS); /* an old reading looks like the new one */
    const uint8_t *data = exchange(s, TNS_HUG_TAKE_XYZ, FACTORY, sizeof FACTORY, 12, frame, err);
    return (data && tns_hug_get_xyz(data, out, err)) || tns_error_prefix(err, "reading");
}

static bool calibrate_hug(tns_session *s, unsigned need, tns_step *step, tns_error *err)
{
    (void)need;
    hug *state = s->state;
    tns_xyz tile;
    if (!state->asked) {
        state->asked = true;
        *step = (tns_step){.setup = TNS_SETUP_ON_TILE,
                           .hint = "put the white tile in the sample's place, the lamp as it will "
                                   "stay"};
        return true;
    }
    state->asked = false;
    if (!read_light(s, &tile, err))
        return false;
    if (!(tile.X > LEAST_LIGHT && tile.Y > LEAST_LIGHT && tile.Z > LEAST_LIGHT / 2))
        return tns_error_set(err, TNS_ERROR_IMPLAUSIBLE,
                             "the tile gives XYZ %.2f %.2f %.2f: is the lamp on?", tile.X, tile.Y,
                             tile.Z);
    s->calibration.value[0] = tile.X;
    s->calibration.value[1] = tile.Y;
    s->calibration.value[2] = tile.Z;
    s->calibration.count = 3;
    *step = (tns_step){.done = true};
    return true;
}

static bool measure_hug(tns_session *s, tns_sample *out, tns_error *err)
{
    const double *tile = s->calibration.value;
    tns_viewing viewing;
    tns_xyz light;
    if (s->calibration.count != 3)
        return tns_error_set(err, TNS_ERROR_NOT_CALIBRATED, "no white tile read under this lamp");
    if (!read_light(s, &light, err) || !tns_viewing_find("D50/2", &viewing, err))
        return false;
    tns_xyz ratio = {light.X / tile[0], light.Y / tile[1], light.Z / tile[2]};
    if (!(ratio.Y <= MOST_RATIO))
        return tns_error_set(err, TNS_ERROR_IMPLAUSIBLE,
                             "%.0f %% of the tile's light: lamp or tile have moved", 100 * ratio.Y);
    tns_xyz w = viewing.white;
    tns_xyz xyz = {TILE * ratio.X * w.X, TILE * ratio.Y * w.Y, TILE * ratio.Z * w.Z};
    *out =
        (tns_sample){.has_color = true, .color = {tns_lab_from_xyz(xyz, w), "D50", TNS_OBSERVER_2}};
    tns_warn(&out->warnings, "ColorHug: read against a white tile under the lamp at hand, named "
                             "D50/2 for want of better: for comparing, not for absolute colors");
    return true;
}

/* A reply left unread would meet the next program, which is then told of an incomplete request. */
static void close_hug(tns_session *s)
{
    tns_port_drain(s->port, FRAMES_IN, QUIET_MS);
}

static const tns_usb_id IDS[] = {
    {0x273F, 0x1004, "Hughski ColorHug2", TNS_BRIDGE_NONE, false},
    {0x273F, 0x1001, "Hughski ColorHug", TNS_BRIDGE_NONE, false},
    {0x04D8, 0xF8DA, "Hughski ColorHug", TNS_BRIDGE_NONE, false},
};

const tns_driver tns_driver_colorhug = {
    .name = "colorhug",
    .title = "Hughski ColorHug, ColorHug2",
    .note = "Has no lamp: needs one that stays, and a white tile, and is relative to both.",
    .usb = IDS,
    .usb_count = sizeof IDS / sizeof *IDS,
    .capabilities = {.reflective = true,
                     .emissive = true,
                     .effective_channels = 3,
                     .triggers = TNS_TRIGGER_HOST,
                     .white_valid_s = 3600,
                     .confidence = TNS_CONFIDENCE_LOW},
    .state_size = sizeof(hug),
    .open = open_hug,
    .needs = needs_hug,
    .calibrate = calibrate_hug,
    .measure = measure_hug,
    .close = close_hug,
};
