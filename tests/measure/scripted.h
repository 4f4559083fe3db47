/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An instrument that does what a test has written down, on a clock that a test sets. */
#ifndef TEST_MEASURE_SCRIPTED_H
#define TEST_MEASURE_SCRIPTED_H

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/instrument.h>

#include "support/testing.h"

enum { SCRIPT_MAX = 16 };

/* What one measurement gives: an error, or a sample. */
typedef struct scripted_answer {
    tns_code code;
    tns_sample sample;
} scripted_answer;

typedef struct script {
    int64_t ms;    /* the port's clock */
    int64_t epoch; /* the context's, in seconds */
    size_t count, next;
    scripted_answer answer[SCRIPT_MAX];
    tns_code open, calibrate, needs_fail, stored_fail; /* TNS_OK = works */
    unsigned needs;
    int steps;  /* of a calibration, before it is done */
    int events; /* presses of the button still to come, each after a second */
    int opened, closed, driver_closed, fetched, measured;
    bool stop;                       /* cancels */
    bool nameless;                   /* tells no serial number */
    bool forgets_white, loses_white; /* found lost when asked what it needs; when closed */
} script;

/* ---- the port: a clock and nothing else ---- */

static bool scripted_transfer(void *self, tns_transfer *transfer, tns_error *err)
{
    (void)self;
    (void)transfer;
    return tns_error_set(err, TNS_ERROR_IO, "no bytes here");
}

static int64_t scripted_now(void *self)
{
    return ((script *)self)->ms;
}

static void scripted_sleep(void *self, int duration_ms)
{
    ((script *)self)->ms += duration_ms;
}

static void scripted_port_close(void *self)
{
    ((script *)self)->closed++;
}

static const tns_port_type scripted_port_type = {scripted_transfer, scripted_now, scripted_sleep,
                                                 scripted_port_close};

/* ---- the driver ---- */

static script *script_of(const tns_session *session)
{
    return session->port->self;
}

static bool outcome(tns_code code, tns_error *err)
{
    return code == TNS_OK || tns_error_set(err, code, "as written: %s", tns_code_name(code));
}

static bool scripted_open(tns_session *session, tns_error *err)
{
    script_of(session)->opened++;
    snprintf(session->serial, sizeof session->serial, "%s",
             script_of(session)->nameless ? "" : "A/1");
    snprintf(session->model, sizeof session->model, "Scripted");
    return outcome(script_of(session)->open, err);
}

static void scripted_close(tns_session *session)
{
    if (script_of(session)->loses_white)
        session->calibration.white_time = 0;
    script_of(session)->driver_closed++;
}

static bool scripted_needs(tns_session *session, unsigned *needs, tns_error *err)
{
    *needs = script_of(session)->needs;
    if (script_of(session)->forgets_white)
        session->calibration.white_time = 0;
    return outcome(script_of(session)->needs_fail, err);
}

static bool scripted_calibrate(tns_session *session, unsigned need, tns_step *step, tns_error *err)
{
    script *s = script_of(session);
    step->done = s->steps <= 0;
    s->steps--;
    step->setup = TNS_SETUP_ON_TILE;
    snprintf(step->hint, sizeof step->hint, "put it onto the tile");
    if (!step->done || s->calibrate != TNS_OK)
        return outcome(s->calibrate, err);
    s->needs &= ~need;
    tns_calibration *c = &session->calibration;
    snprintf(c->tile, sizeof c->tile, "T-7");
    c->has_constant = true;
    for (int i = 0; i < TNS_BANDS; i++)
        c->constant[i] = 0.79 + 0.001 * i;
    c->count = 2;
    c->value[0] = 1.0 / 3;
    c->value[1] = 65535;
    return true;
}

static bool scripted_measure(tns_session *session, tns_sample *out, tns_error *err)
{
    script *s = script_of(session);
    s->ms += 1000;
    s->measured++;
    ck_assert_uint_lt(s->next, s->count);
    *out = s->answer[s->next].sample;
    return outcome(s->answer[s->next++].code, err);
}

static bool scripted_fetch(tns_session *session, tns_sample *out, tns_error *err)
{
    script_of(session)->fetched++;
    return scripted_measure(session, out, err);
}

static bool scripted_wait(tns_session *session, int timeout_ms, tns_event *out, tns_error *err)
{
    script *s = script_of(session);
    s->ms += timeout_ms;
    out->kind = TNS_EVENT_CAP;
    if (s->events > 0 && s->ms % 1000 == 0) {
        s->events--;
        out->kind = TNS_EVENT_BUTTON;
    }
    return outcome(TNS_OK, err);
}

static bool scripted_count(tns_session *session, size_t *count, tns_error *err)
{
    *count = script_of(session)->count;
    return outcome(TNS_OK, err);
}

static bool scripted_stored(tns_session *session, size_t index, tns_sample *out, tns_error *err)
{
    *out = script_of(session)->answer[index].sample;
    return outcome(script_of(session)->stored_fail, err);
}

static bool scripted_battery(tns_session *session, double *level, tns_error *err)
{
    (void)session;
    *level = 0.4;
    return outcome(TNS_OK, err);
}

static const tns_driver scripted = {
    .name = "scripted",
    .title = "A script",
    .note = "",
    .capabilities = {.reflective = true,
                     .from_nm = 400,
                     .to_nm = 700,
                     .step_nm = 10,
                     .effective_channels = 8,
                     .geometry = "45/0",
                     .condition = "M2",
                     .aperture_mm = 8,
                     .specular = TNS_SPECULAR_EXCLUDED,
                     .triggers = TNS_TRIGGER_HOST | TNS_TRIGGER_BUTTON,
                     .white_valid_s = 86400,
                     .confidence = TNS_CONFIDENCE_MEDIUM},
    .state_size = 8,
    .open = scripted_open,
    .needs = scripted_needs,
    .calibrate = scripted_calibrate,
    .measure = scripted_measure,
    .wait = scripted_wait,
    .fetch = scripted_fetch,
    .count_stored = scripted_count,
    .read_stored = scripted_stored,
    .battery = scripted_battery,
    .close = scripted_close,
};

/* ---- what a test says ---- */

static int64_t scripted_clock(void *user)
{
    return ((script *)user)->epoch;
}

static bool scripted_cancelled(void *user)
{
    return ((script *)user)->stop;
}

static inline script ready(void)
{
    return (script){.epoch = 1800000000};
}

static inline tns_context scripted_context(script *s)
{
    return (tns_context){.user = s, .clock = scripted_clock, .cancelled = scripted_cancelled};
}

static inline tns_port scripted_port(script *s)
{
    return (tns_port){&scripted_port_type, s, {0}};
}

/* A spectrum like skin's, of some height. */
static inline tns_sample skin_sample(double height)
{
    tns_sample sample = {.has_spectrum = true, .spectrum = tns_spectrum_constant(0)};
    for (int i = 0; i < TNS_BANDS; i++)
        sample.spectrum.value[i] = height * (0.25 + 0.008 * i);
    return sample;
}

static inline tns_sample color_sample(double L, double a, double b)
{
    return (tns_sample){.has_color = true, .color = {{L, a, b}, "D50", TNS_OBSERVER_2}};
}

static inline void will_give(script *s, tns_sample sample)
{
    s->answer[s->count++].sample = sample;
}

static inline void will_fail(script *s, tns_code code)
{
    s->answer[s->count++].code = code;
}

static inline tns_instrument *open_with(const tns_driver *driver, script *s, const char *folder,
                                        const tns_context *context)
{
    tns_error err = {0};
    tns_port port = scripted_port(s);
    tns_instrument *instrument = tns_instrument_open(driver, &port, folder, context, &err);
    ck_assert_msg(instrument != NULL, "%s", err.text);
    ck_assert_ptr_null(port.type);
    return instrument;
}

static inline void calibrate_fully(tns_instrument *instrument)
{
    tns_step step = {0};
    tns_error err = {0};
    for (int i = 0; i < 10 && !step.done; i++)
        ck_assert_msg(tns_instrument_calibrate(instrument, TNS_NEED_WHITE, &step, &err), "%s",
                      err.text);
    ck_assert(step.done);
}

/* An empty folder of this program's own, gone afterwards. */
static inline void make_folder(char path[64])
{
    snprintf(path, 64, "instrument-%ld-XXXXXX", (long)getpid());
    ck_assert(mkdtemp(path) != NULL);
}

#endif
