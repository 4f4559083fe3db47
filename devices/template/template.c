/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A driver to begin with, of an instrument that does not exist. It is built and tested, but not in
 * the registry. devices/README.md tells what to change.
 */
#include <stdio.h>

#include <tonsure/driver.h>

#include "devices/template/protocol.h"

enum {
    ENDPOINT_IN = 0x81, /* a serial line does not look at them */
    ENDPOINT_OUT = 0x01,
    ANSWER_MS = 1000,
    READ_MS = 5000, /* what a reading takes, with a margin */
    QUIET_MS = 30,
    WHITE_VALID_S = 24 * 3600
};

/* What is to be remembered between two calls; zeroed before the first. */
typedef struct state {
    bool told; /* the user was asked to put it onto the tile */
} state;

/* One command and its answer. Whatever is left over from before would be taken for it. */
static bool ask(tns_port *port, const char *command, int timeout_ms, char text[TNS_TEMPLATE_LINE],
                tns_error *err)
{
    char line[TNS_TEMPLATE_LINE];
    int n = snprintf(line, sizeof line, "%s\n", command);
    size_t length;
    tns_port_drain(port, ENDPOINT_IN, QUIET_MS);
    return tns_port_write(port, ENDPOINT_OUT, (const uint8_t *)line, (size_t)n, ANSWER_MS, err) &&
           tns_port_read_until(port, ENDPOINT_IN, '\n', line, sizeof line, &length, timeout_ms,
                               err) &&
           tns_template_answer(line, length, text, err);
}

static bool open_template(tns_session *session, tns_error *err)
{
    char text[TNS_TEMPLATE_LINE];
    if (!tns_port_set_line(session->port, (tns_line){.baud = 9600, .parity = 'N', .stop_bits = 1},
                           err) ||
        !ask(session->port, "WHO", ANSWER_MS, text, err) ||
        !tns_template_identity(text, session->serial, err))
        return false;
    snprintf(session->model, sizeof session->model, "Exemplar");
    return true;
}

static bool measure(tns_session *session, tns_sample *out, tns_error *err)
{
    char text[TNS_TEMPLATE_LINE];
    *out = (tns_sample){.has_spectrum = true};
    return ask(session->port, "READ", READ_MS, text, err) &&
           tns_template_spectrum(text, &out->spectrum, err);
}

/* Its age is looked after above the driver: here only what the instrument itself tells. */
static bool needs(tns_session *session, unsigned *out, tns_error *err)
{
    (void)err;
    *out = session->calibration.white_time == 0 ? TNS_NEED_WHITE : 0;
    return true;
}

/* Called once to ask for the tile, and again when it lies there. */
static bool calibrate(tns_session *session, unsigned need, tns_step *out, tns_error *err)
{
    state *s = session->state;
    char text[TNS_TEMPLATE_LINE];
    (void)need;
    if (!s->told) {
        s->told = true;
        *out = (tns_step){.setup = TNS_SETUP_ON_TILE, .hint = "put it onto its white tile"};
        return true;
    }
    s->told = false; /* a failed step begins anew */
    *out = (tns_step){.done = true};
    return ask(session->port, "WHITE", READ_MS, text, err);
}

/* Also called after an error, and when the instrument is gone. */
static void close_template(tns_session *session)
{
    tns_port_drain(session->port, ENDPOINT_IN, QUIET_MS);
}

const tns_driver tns_driver_template = {
    .name = "template",
    .title = "Exemplar",
    .note = "Does not exist.",
    .any_serial_line = true,
    .capabilities =
        {
            .reflective = true,
            .from_nm = 400,
            .to_nm = 700,
            .step_nm = 10,
            .geometry = "45/0",
            .triggers = TNS_TRIGGER_HOST,
            .white_valid_s = WHITE_VALID_S,
            .confidence = TNS_CONFIDENCE_LOW,
        },
    .state_size = sizeof(state),
    .open = open_template,
    .needs = needs,
    .calibrate = calibrate,
    .measure = measure,
    .close = close_template,
};
