/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * X-Rite DTP20 "Pulse", over RCI.
 *
 * It keeps the spots that are read away from a computer, and every reading joins them. They are
 * somebody's work: its store is only cleared when it was empty at the beginning.
 */
#include <stdio.h>
#include <string.h>

#include "devices/dtp20/protocol.h"
#include "devices/dtp20/spot.h"

enum {
    WAKE_MS = 500,
    ANSWER_MS = 2000,
    READ_MS = 6000,  /* a spot takes up to 5 s */
    WHITE_MS = 6000, /* 4.5 s */
    SETTLE_MS = 8000,
    POLL_MS = 200,
    STORED_MAX = 999,
    WHITE_VALID_S = 24 * 3600
};

typedef struct state {
    tns_rci rci;
    int stored; /* spots that were there at the beginning */
    bool asks_for_white;
    bool told; /* the user was asked to put it onto the tile */
} state;

/* From whatever state it is in: the first commands may go unheard. */
static bool wake(tns_rci *rci, tns_error *err)
{
    static const char *const calls[] = {"0PR", "0PR", ""};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (!tns_rci_nudge(rci, calls[i], WAKE_MS, err))
            return false;
    return tns_rci_tell(rci, "0PR", ANSWER_MS, err) &&
           tns_rci_tell(rci, "0008CF", ANSWER_MS, err); /* ends lines with CR */
}

/* Of the bus; else as the instruments of this family tell it, if this one does. */
static bool find_serial(tns_session *session, tns_rci *rci, tns_error *err)
{
    const char *bus = session->port->identity.serial;
    tns_rci_reply reply;
    tns_error why = {.code = TNS_OK};
    if (bus[0]) {
        snprintf(session->serial, sizeof session->serial, "%s", bus);
        return true;
    }
    if (tns_rci_ask(rci, "00SN", ANSWER_MS, &reply, &why)) {
        snprintf(session->serial, sizeof session->serial, "%.39s", reply.text);
        return true;
    }
    return why.code == TNS_ERROR_INSTRUMENT || tns_error_set(err, why.code, "%s", why.text);
}

static bool ask_number(tns_rci *rci, const char *command, int high, int *out, tns_error *err)
{
    tns_rci_reply reply;
    return tns_rci_ask(rci, command, ANSWER_MS, &reply, err) &&
           tns_rci_number(&reply, 0, high, out, err);
}

static bool open_dtp20(tns_session *session, tns_error *err)
{
    state *s = session->state;
    tns_rci_reply version;
    if (!tns_rci_init(&s->rci, session->port, err) || !wake(&s->rci, err) ||
        !tns_rci_ask(&s->rci, "SV", ANSWER_MS, &version, err) ||
        !tns_dtp20_read_version(version.text, session->firmware, err) ||
        !tns_dtp20_configure(&s->rci, err) || !find_serial(session, &s->rci, err))
        return false;
    snprintf(session->model, sizeof session->model, "X-Rite DTP20");
    return ask_number(&s->rci, "00GM", STORED_MAX, &s->stored, err);
}

/* Until it is no longer busy. */
static bool settle(tns_session *session, tns_error *err)
{
    state *s = session->state;
    int64_t end = tns_port_now_ms(session->port) + SETTLE_MS;
    for (int status;; tns_port_sleep_ms(session->port, POLL_MS)) {
        if (tns_context_cancelled(session->context))
            return tns_error_set(err, TNS_ERROR_CANCELLED, "cancelled");
        if (!ask_number(&s->rci, "CS", 99, &status, err))
            return false;
        if (status != TNS_DTP20_BUSY)
            return true;
        if (tns_port_now_ms(session->port) >= end)
            return tns_error_set(err, TNS_ERROR_TIMEOUT, "busy for over %d s", SETTLE_MS / 1000);
    }
}

/* The newest spot. */
static bool fetch(tns_session *session, tns_sample *out, tns_error *err)
{
    state *s = session->state;
    if (!tns_dtp20_read_spot(&s->rci, "01GM", out, err))
        return false;
    if (s->stored == 0)
        return tns_rci_tell(&s->rci, "02CD", ANSWER_MS, err) && settle(session, err);
    tns_warn(&out->warnings, "%d spots wait in the instrument; this one was added to them",
             s->stored);
    return true;
}

static bool note(tns_session *session, const tns_error *why, tns_error *err)
{
    state *s = session->state;
    s->asks_for_white = s->asks_for_white || why->code == TNS_ERROR_NOT_CALIBRATED;
    return tns_error_set(err, why->code, "%s", why->text);
}

static bool measure(tns_session *session, tns_sample *out, tns_error *err)
{
    state *s = session->state;
    tns_rci_reply reply;
    tns_error why = {.code = TNS_OK};
    return (tns_rci_ask(&s->rci, "RM", READ_MS, &reply, &why) && fetch(session, out, &why)) ||
           note(session, &why, err);
}

static bool needs(tns_session *session, unsigned *out, tns_error *err)
{
    const state *s = session->state;
    (void)err;
    *out = s->asks_for_white || session->calibration.white_time == 0 ? TNS_NEED_WHITE : 0;
    return true;
}

/* Each unit has a tile of its own. */
static bool ask_for_tile(tns_session *session, tns_step *out, tns_error *err)
{
    state *s = session->state;
    tns_rci_reply tile;
    if (!tns_rci_ask(&s->rci, "04SN", ANSWER_MS, &tile, err))
        return false;
    snprintf(session->calibration.tile, sizeof session->calibration.tile, "%.39s", tile.text);
    *out = (tns_step){.setup = TNS_SETUP_ON_TILE};
    snprintf(out->hint, sizeof out->hint, "put the instrument onto its white tile, number %s",
             session->calibration.tile);
    s->told = true;
    return true;
}

static bool calibrate(tns_session *session, unsigned need, tns_step *out, tns_error *err)
{
    state *s = session->state;
    tns_rci_reply reply;
    (void)need;
    if (!s->told)
        return ask_for_tile(session, out, err);
    s->told = false;
    if (!tns_rci_ask(&s->rci, "CR", WHITE_MS, &reply, err) || !settle(session, err))
        return false;
    s->asks_for_white = false;
    *out = (tns_step){.done = true};
    return true;
}

static bool wait(tns_session *session, int timeout_ms, tns_event *out, tns_error *err)
{
    state *s = session->state;
    int64_t end = tns_port_now_ms(session->port) + timeout_ms;
    *out = (tns_event){.kind = TNS_EVENT_NONE};
    for (int status = 0; tns_port_now_ms(session->port) < end;
         tns_port_sleep_ms(session->port, POLL_MS)) {
        if (tns_context_cancelled(session->context))
            return tns_error_set(err, TNS_ERROR_CANCELLED, "cancelled");
        if (!ask_number(&s->rci, "CS", 99, &status, err))
            return false;
        if (status == TNS_DTP20_MEASURED_BY_SWITCH) {
            out->kind = TNS_EVENT_BUTTON;
            return true;
        }
    }
    return true;
}

static bool count_stored(tns_session *session, size_t *count, tns_error *err)
{
    const state *s = session->state;
    (void)err;
    *count = (size_t)s->stored;
    return true;
}

static bool read_stored(tns_session *session, size_t index, tns_sample *out, tns_error *err)
{
    state *s = session->state;
    char command[12];
    if (index >= (size_t)s->stored)
        return tns_error_set(err, TNS_ERROR_RANGE, "spot %zu: the instrument keeps %d", index + 1,
                             s->stored);
    snprintf(command, sizeof command, "%03d01GM", (int)index + 1);
    return tns_dtp20_read_spot(&s->rci, command, out, err);
}

static bool battery(tns_session *session, double *level, tns_error *err)
{
    state *s = session->state;
    int quarters;
    if (!ask_number(&s->rci, "06BA", 4, &quarters, err))
        return false;
    *level = quarters / 4.0;
    return true;
}

static void close_dtp20(tns_session *session)
{
    state *s = session->state;
    tns_rci_finish(&s->rci);
}

static const tns_usb_id usb[] = {
    {0x0765, 0xD020, "X-Rite DTP20 Pulse", TNS_BRIDGE_NONE, false},
};

const tns_driver tns_driver_dtp20 = {
    .name = "dtp20",
    .title = "X-Rite DTP20 Pulse",
    .note = "Written from one description of its protocol.",
    .usb = usb,
    .usb_count = sizeof usb / sizeof *usb,
    .any_serial_line = true,
    .capabilities =
        {
            .reflective = true,
            .from_nm = 400,
            .to_nm = 700,
            .step_nm = 10,
            .triggers = TNS_TRIGGER_HOST | TNS_TRIGGER_BUTTON,
            .stores_readings = true,
            .has_battery = true,
            .white_valid_s = WHITE_VALID_S,
            .confidence = TNS_CONFIDENCE_MEDIUM,
        },
    .state_size = sizeof(state),
    .open = open_dtp20,
    .needs = needs,
    .calibrate = calibrate,
    .measure = measure,
    .wait = wait,
    .fetch = fetch,
    .count_stored = count_stored,
    .read_stored = read_stored,
    .battery = battery,
    .close = close_dtp20,
};
