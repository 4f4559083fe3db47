/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CHN Spec CR30, on its CH34x bridge or any serial line.
 *
 * The trap of this instrument: whatever is measured while its magnet senses the cap becomes the new
 * white, and what is returned is not a reading but a constant of the unit. So a calibration learns
 * that constant, and a reading equal to it means that the white has just been set anew.
 */
#include <stdio.h>
#include <string.h>

#include "devices/cr30/talk.h"

enum { WHITE_VALID_S = 8 * 3600 /* a day's work */ };

typedef enum stage { STAGE_START, STAGE_CAP, STAGE_SURFACE } stage;

typedef struct state {
    stage stage;     /* of a calibration: what the user was asked for last */
    bool white_lost; /* the white was set, and by what is not known */
    bool cap_was_on; /* when the button was pressed */
} state;

/* Another CH340, or a unit that has gone to sleep, says nothing at all; a loop says it again. */
static bool find(const tns_session *session, char serial[40], tns_error *err)
{
    tns_cr30_frame frame;
    tns_error why = {.code = TNS_OK};
    if (tns_cr30_ask(session, TNS_CR30_IDENTITY, &frame, &why))
        return tns_cr30_read_identity(&frame, serial, err);
    if (why.code == TNS_ERROR_TIMEOUT)
        return tns_error_set(err, TNS_ERROR_TIMEOUT,
                             "no CR30 answers: switch it on; if it is on, unplug it and plug it in "
                             "again");
    return tns_error_set(err, why.code == TNS_ERROR_BAD_REPLY ? TNS_ERROR_NO_INSTRUMENT : why.code,
                         "%s", why.text);
}

static bool open_cr30(tns_session *session, tns_error *err)
{
    state *s = session->state;
    tns_cr30_frame version, build;
    if (!tns_cr30_prepare(session->port, err))
        return false;
    s->white_lost = tns_cr30_forget(session->port);
    if (!find(session, session->serial, err) ||
        !tns_cr30_ask(session, TNS_CR30_VERSION, &version, err) ||
        !tns_cr30_ask(session, TNS_CR30_BUILD, &build, err))
        return false;
    tns_cr30_read_firmware(&version, &build, session->firmware);
    snprintf(session->model, sizeof session->model, "CHN Spec CR30");
    return true;
}

static void lose_white(tns_session *session)
{
    state *s = session->state;
    s->white_lost = true;
    session->calibration.white_time = 0;
}

/* A reading by the button with the cap on has set the white to what lay under it. */
static bool refuse_cap(tns_session *session, tns_error *err)
{
    lose_white(session);
    return tns_error_set(err, TNS_ERROR_SETUP,
                         "stop: the cap is on, so that the button has made what lies under it the "
                         "new white: calibrate again");
}

/* That it is not the tile's constant, which would mean that the cap is on, is checked above. */
static bool measure(tns_session *session, tns_sample *out, tns_error *err)
{
    *out = (tns_sample){.has_spectrum = true};
    return tns_cr30_forget(session->port) ? refuse_cap(session, err)
                                          : tns_cr30_trigger(session, &out->spectrum, err);
}

static bool wait(tns_session *session, int timeout_ms, tns_event *out, tns_error *err)
{
    state *s = session->state;
    tns_cr30_frame frame;
    tns_cr30_header header;
    bool heard;
    *out = (tns_event){.kind = TNS_EVENT_NONE};
    if (!tns_cr30_hear(session, timeout_ms, &heard, &frame, err))
        return false;
    if (!heard)
        return true;
    if (!tns_cr30_read_header(&frame, &header, err))
        return false;
    s->cap_was_on = header.cap_on;
    out->kind = header.by_button ? TNS_EVENT_BUTTON : TNS_EVENT_NONE;
    return true;
}

static bool fetch(tns_session *session, tns_sample *out, tns_error *err)
{
    const state *s = session->state;
    *out = (tns_sample){.has_spectrum = true};
    return s->cap_was_on ? refuse_cap(session, err)
                         : tns_cr30_read_kept(session, &out->spectrum, err);
}

/* A white found lost at opening, before what was kept was loaded, is told of here. */
static bool needs(tns_session *session, unsigned *out, tns_error *err)
{
    const state *s = session->state;
    (void)err;
    if (s->white_lost)
        session->calibration.white_time = 0;
    *out = s->white_lost || !session->calibration.has_constant ? TNS_NEED_WHITE : 0;
    return true;
}

/* ---- calibration ---- */

static bool ask_for(state *s, stage next, tns_setup setup, const char *hint, tns_step *out)
{
    s->stage = next;
    *out = (tns_step){.setup = setup};
    snprintf(out->hint, sizeof out->hint, "%s", hint);
    return true;
}

/* A white tile, however the unit's own is: 79 % where one was seen, 70 % at 400 nm. */
static bool is_white(const double value[TNS_BANDS])
{
    for (int i = 0; i < TNS_BANDS; i++)
        if (value[i] < 0.5 || value[i] > 1.1)
            return false;
    return true;
}

/*
 * Learns the constant. Readings differ by noise, the constant never: the same twice means that the
 * magnet senses the cap, and that the white was set.
 */
static bool read_tile(tns_session *session, tns_error *err)
{
    tns_spectrum once, again;
    lose_white(session); /* until the surface below has shown it to be right */
    tns_cr30_forget(session->port);
    if (!tns_cr30_trigger(session, &once, err) || !tns_cr30_trigger(session, &again, err))
        return false;
    if (memcmp(once.value, again.value, sizeof once.value) != 0)
        return tns_error_set(err, TNS_ERROR_SETUP,
                             "the instrument does not sense the cap: seat it until it snaps in, "
                             "and calibrate again");
    if (!is_white(once.value))
        return tns_error_set(err, TNS_ERROR_IMPLAUSIBLE,
                             "the tile in the cap is not white: turn the cap, and calibrate again");
    session->calibration.has_constant = true;
    memcpy(session->calibration.constant, once.value, sizeof once.value);
    return true;
}

/*
 * Paper or skin shows a white that was taken from the wrong side of the cap: paper then reads 150 %
 * and more.
 */
static bool check_surface(tns_session *session, tns_error *err)
{
    tns_spectrum seen;
    double highest = 0;
    if (tns_cr30_forget(session->port))
        return refuse_cap(session, err);
    if (!tns_cr30_trigger(session, &seen, err))
        return false;
    if (memcmp(seen.value, session->calibration.constant, sizeof seen.value) == 0)
        return tns_error_set(err, TNS_ERROR_SETUP,
                             "the cap is still on: take it off, and calibrate again");
    for (int i = 0; i < TNS_BANDS; i++)
        highest = seen.value[i] > highest ? seen.value[i] : highest;
    if (highest > 1.1 || highest < 0.1)
        return tns_error_set(
            err, TNS_ERROR_IMPLAUSIBLE,
            "the surface reads %.1f %%, which neither paper nor skin does: was the "
            "white side of the cap towards the aperture? Calibrate again",
            100 * highest);
    return true;
}

static bool calibrate(tns_session *session, unsigned need, tns_step *out, tns_error *err)
{
    state *s = session->state;
    stage now = s->stage;
    (void)need;
    s->stage = STAGE_START; /* where a failed step begins anew */
    switch (now) {
    case STAGE_START:
        return ask_for(s, STAGE_CAP, TNS_SETUP_CAP_ON,
                       "seat the cap with its white tile towards the aperture", out);
    case STAGE_CAP:
        return read_tile(session, err) &&
               ask_for(s, STAGE_SURFACE, TNS_SETUP_CAP_OFF,
                       "take the cap off, and put the instrument onto plain white paper, or skin",
                       out);
    case STAGE_SURFACE:
        if (!check_surface(session, err))
            return false;
        s->white_lost = false;
        *out = (tns_step){.done = true};
        return true;
    }
    return false;
}

/* A press that nobody read would be the first thing that the next program hears. */
static void close_cr30(tns_session *session)
{
    if (tns_cr30_forget(session->port))
        lose_white(session);
}

static const tns_usb_id usb[] = {
    {0x1A86, 0x7523, "CHN Spec CR30", TNS_BRIDGE_CH34X, true},
};

const tns_driver tns_driver_cr30 = {
    .name = "cr30",
    .title = "CHN Spec CR30",
    .note = "Its 31 bands are made from 8 channels; triggered with the cap on, it loses its white.",
    .usb = usb,
    .usb_count = sizeof usb / sizeof *usb,
    .any_serial_line = true,
    .capabilities =
        {
            .reflective = true,
            .from_nm = 400,
            .to_nm = 700,
            .step_nm = 10,
            .effective_channels = 8,
            .triggers = TNS_TRIGGER_HOST | TNS_TRIGGER_BUTTON,
            .senses_cap = true,
            .white_valid_s = WHITE_VALID_S,
            .confidence = TNS_CONFIDENCE_MEDIUM,
        },
    .state_size = sizeof(state),
    .open = open_cr30,
    .needs = needs,
    .calibrate = calibrate,
    .measure = measure,
    .wait = wait,
    .fetch = fetch,
    .close = close_cr30,
};
