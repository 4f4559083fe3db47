/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Konica Minolta CM-700d/600d, and CM-2600d/2500d, over lines of OK and ER. What differs between
 * them stands in a table (protocol.c); which one it is, the instrument says.
 */
#include <stdio.h>

#include "devices/konica/find.h"
#include "devices/konica/protocol.h"

enum {
    ANSWER_MS = 3000,
    WORK_MS = 25000, /* long averages take longer, and are refused: no call may last over 30 s */
    POLL_MS = 500,
    LAST_MS = 1000 /* no line for so long: that was the last of several */
};

/* Of a calibration: where the user was asked to put it last. */
typedef enum stage { STAGE_START, STAGE_AIR, STAGE_TILE } stage;

typedef struct state {
    tns_okline line;
    const tns_konica_model *model;
    stage stage;
    bool asks_for_white; /* an error has told so */
} state;

/* A command that must be answered with OK. */
static bool ask(state *s, const char *command, tns_okline_reply *out, tns_warnings *warnings,
                tns_error *err)
{
    return tns_okline_ask(&s->line, command, ANSWER_MS, out, err) &&
           tns_okline_check(out, warnings, err);
}

/* ---- open ---- */

/* The mask tells which aperture may be set: the other one is refused by ER25. */
static bool set_mask(state *s, tns_error *err)
{
    tns_okline_reply reply;
    tns_error why = {.code = TNS_OK};
    if (ask(s, "CPS,0,1", &reply, NULL, &why)) /* medium area, SCE with UV */
        return true;
    if (why.code != TNS_ERROR_SETUP)
        return tns_error_set(err, why.code, "%s", why.text);
    return ask(s, "CPS,1,1", &reply, NULL, err);
}

static bool read_conditions(state *s, tns_capabilities *can, tns_error *err)
{
    tns_okline_reply reply;
    if (!ask(s, "CPR", &reply, NULL, err))
        return false;
    tns_konica_conditions(&reply, &can->aperture_mm, &can->specular);
    return true;
}

static bool open_konica(tns_session *session, tns_error *err)
{
    state *s = session->state;
    tns_capabilities *can = &session->capabilities;
    tns_okline_reply reply;
    if (!tns_konica_find(&s->line, session->port, &reply, err) ||
        !tns_konica_identify(&reply, &s->model, session->serial, session->firmware, err) ||
        !tns_port_set_line(session->port, s->model->family->line, err))
        return false;
    snprintf(session->model, sizeof session->model, "%s", s->model->name);
    can->from_nm = s->model->family->from_nm;
    can->to_nm = s->model->family->to_nm;
    can->specular = TNS_SPECULAR_EXCLUDED;
    return s->model->family->has_mask ? set_mask(s, err) : read_conditions(s, can, err);
}

/* ---- what takes time ---- */

/*
 * Asks until the instrument is not busy, all within WORK_MS of `start`. Asking again is safe: a
 * command that is answered by "busy" has done nothing.
 */
static bool ask_until_free(tns_session *session, const char *command, int64_t start,
                           tns_okline_reply *out, tns_error *err)
{
    state *s = session->state;
    for (;; tns_port_sleep_ms(session->port, POLL_MS)) {
        int64_t left = start + WORK_MS - tns_port_now_ms(session->port);
        if (tns_context_cancelled(session->context))
            return tns_error_set(err, TNS_ERROR_CANCELLED, "cancelled");
        if (left <= 0)
            return tns_error_set(err, TNS_ERROR_TIMEOUT,
                                 "not ready within %d s: ask it for fewer averages",
                                 WORK_MS / 1000);
        if (!tns_okline_ask(&s->line, command, (int)left, out, err))
            return false;
        if (!tns_okline_is_busy(out))
            return true;
    }
}

/* An error may tell that a calibration is missing. */
static bool note(state *s, const tns_error *why, tns_error *err)
{
    s->asks_for_white = s->asks_for_white || why->code == TNS_ERROR_NOT_CALIBRATED;
    return tns_error_set(err, why->code, "%s", why->text);
}

/* A command of seconds, to its end. */
static bool work(tns_session *session, const char *command, tns_warnings *warnings, tns_error *err)
{
    state *s = session->state;
    int64_t start = tns_port_now_ms(session->port);
    tns_okline_reply reply;
    tns_error why = {.code = TNS_OK};
    bool done = ask_until_free(session, command, start, &reply, &why) &&
                tns_okline_check(&reply, warnings, &why);
    if (done && s->model->family->polls)
        done = ask_until_free(session, "STR", start, &reply, &why) &&
               tns_okline_check(&reply, warnings, &why);
    return done || note(s, &why, err);
}

/* ---- reading ---- */

static bool read_when_ready(tns_session *session, tns_sample *out, tns_okline_reply *reply,
                            tns_error *err)
{
    state *s = session->state;
    bool included = session->capabilities.specular == TNS_SPECULAR_INCLUDED;
    return work(session, "MES,1", &out->warnings, err) &&
           ask(s, included ? "MDR,1" : "MDR,2", reply, &out->warnings, err);
}

/* One line for each of several modes comes; the last one is the one that was set. */
static bool read_last_line(tns_session *session, tns_sample *out, tns_okline_reply *reply,
                           tns_error *err)
{
    state *s = session->state;
    tns_okline_reply next;
    tns_error why = {.code = TNS_OK};
    int64_t start = tns_port_now_ms(session->port);
    if (!ask_until_free(session, "MES", start, &next, &why))
        return note(s, &why, err);
    do {
        *reply = next;
        if (!tns_okline_check(reply, &out->warnings, &why))
            return note(s, &why, err);
    } while (tns_okline_receive(&s->line, LAST_MS, &next, &why) &&
             tns_port_now_ms(session->port) - start < WORK_MS);
    return why.code == TNS_OK || why.code == TNS_ERROR_TIMEOUT ||
           tns_error_set(err, why.code, "%s", why.text);
}

static bool measure(tns_session *session, tns_sample *out, tns_error *err)
{
    const state *s = session->state;
    tns_okline_reply reply;
    *out = (tns_sample){.has_spectrum = true};
    bool done = s->model->family->polls ? read_when_ready(session, out, &reply, err)
                                        : read_last_line(session, out, &reply, err);
    return done && tns_konica_spectrum(s->model->family, &reply, &out->spectrum, err);
}

/* ---- calibration ---- */

/* What is missing. The CM-2600d tells only by an error: it is calibrated once by this program. */
static bool find_missing(tns_session *session, bool *zero, bool *white, tns_error *err)
{
    state *s = session->state;
    tns_okline_reply status;
    *white = *zero = s->asks_for_white || session->calibration.white_time == 0;
    if (!s->model->family->polls)
        return true;
    return ask_until_free(session, "STR", tns_port_now_ms(session->port), &status, err) &&
           tns_okline_check(&status, NULL, err) && tns_konica_missing(&status, zero, white, err);
}

static bool needs(tns_session *session, unsigned *out, tns_error *err)
{
    const state *s = session->state;
    bool zero, white;
    if (!find_missing(session, &zero, &white, err))
        return false;
    *out = zero || white || s->asks_for_white ? TNS_NEED_WHITE : 0;
    return true;
}

/* The number of the tile, where the instrument tells it. */
static bool name_tile(tns_session *session, tns_error *err)
{
    state *s = session->state;
    char *tile = session->calibration.tile;
    tns_okline_reply reply;
    tile[0] = '\0';
    if (!s->model->family->polls)
        return true;
    if (!tns_okline_ask(&s->line, "CIR", ANSWER_MS, &reply, err))
        return false;
    if (reply.ok && reply.count)
        snprintf(tile, sizeof session->calibration.tile, "%.39s", tns_okline_field(&reply, 0));
    return true;
}

static bool ask_for_air(state *s, tns_step *out)
{
    s->stage = STAGE_AIR;
    *out = (tns_step){.setup = TNS_SETUP_OPEN_AIR};
    snprintf(out->hint, sizeof out->hint,
             "put it onto the zero box, or hold it into the open, 1 m from everything");
    return true;
}

static bool ask_for_tile(tns_session *session, tns_step *out, tns_error *err)
{
    const char *tile = session->calibration.tile;
    if (!name_tile(session, err))
        return false;
    ((state *)session->state)->stage = STAGE_TILE;
    *out = (tns_step){.setup = TNS_SETUP_ON_TILE};
    snprintf(out->hint, sizeof out->hint, "put it onto its white tile%s%s",
             tile[0] ? ", number " : "", tile);
    return true;
}

static bool begin(tns_session *session, unsigned need, tns_step *out, tns_error *err)
{
    const state *s = session->state;
    bool zero, white, polls = s->model->family->polls;
    if (!find_missing(session, &zero, &white, err))
        return false;
    return zero || need == TNS_NEED_DARK || !polls ? ask_for_air(session->state, out)
                                                   : ask_for_tile(session, out, err);
}

/* A white stands on a zero, so that where both are missing a white begins with it. */
static bool calibrate(tns_session *session, unsigned need, tns_step *out, tns_error *err)
{
    state *s = session->state;
    stage now = s->stage;
    s->stage = STAGE_START; /* where a failed step begins anew */
    if (now == STAGE_START)
        return begin(session, need, out, err);
    if (!work(session, now == STAGE_AIR ? s->model->family->zero : "CAL", NULL, err))
        return false;
    if (now == STAGE_AIR && need == TNS_NEED_WHITE)
        return ask_for_tile(session, out, err);
    s->asks_for_white = s->asks_for_white && need != TNS_NEED_WHITE;
    *out = (tns_step){.done = true};
    return true;
}

static void close_konica(tns_session *session)
{
    state *s = session->state;
    if (s->line.port)
        tns_okline_forget(&s->line);
}

/* The numbers of its products are not published: any serial line of the maker's is asked. */
static const tns_usb_id usb[] = {
    {.vendor_id = 0x132B, .model = "Konica Minolta CM-700d/600d", .bridge = TNS_BRIDGE_CDC},
};

const tns_driver tns_driver_konica = {
    .name = "konica",
    .title = "Konica Minolta CM-700d, CM-600d, CM-2600d, CM-2500d",
    .note = "CM-2600d, CM-2500d: over their serial line, by the path of its adapter, /dev/ttyUSB0.",
    .usb = usb,
    .usb_count = sizeof usb / sizeof *usb,
    .any_serial_line = true,
    .capabilities =
        {
            .reflective = true,
            .from_nm = 400,
            .to_nm = 700,
            .step_nm = 10,
            .geometry = "d/8",
            .triggers = TNS_TRIGGER_HOST,
            .confidence = TNS_CONFIDENCE_MEDIUM,
        },
    .state_size = sizeof(state),
    .open = open_konica,
    .needs = needs,
    .calibrate = calibrate,
    .measure = measure,
    .close = close_konica,
};
