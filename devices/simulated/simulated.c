/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An instrument that is a program: for demonstrations, and for software that is written without
 * one. What lies under it is what the port's path says. It has what an instrument has: a lamp that
 * a white calibration must make up for, noise, a button (pressed by itself every two seconds), kept
 * readings, a battery.
 */
#include <string.h>

#include <tonsure/driver.h>

#include "base/random.h"
#include "base/text.h"
#include "devices/simulated/sample.h"

enum { READING_MS = 300, ANSWER_MS = 2000, PRESS_MS = 2000, STORED = 3, WHITE_HOLDS_S = 86400 };

/* Standard deviation of a band, and of the whole reading as the instrument is put down again. */
static const double NOISE = 0.0004, TOUCH = 0.004;

/* What the lamp has lost, which the white calibration finds. */
static const double LAMP = 0.93;

typedef struct sim {
    sim_sample sample;
    uint64_t readings; /* taken so far: noise goes by it, so that runs repeat */
    int64_t next_press_ms;
    bool asked;
} sim;

static bool sim_open(tns_session *s, tns_error *err)
{
    sim *state = s->state;
    tns_text_copy(s->serial, sizeof s->serial, "SIM-1");
    tns_text_copy(s->model, sizeof s->model, "Simulated instrument");
    tns_text_copy(s->firmware, sizeof s->firmware, "1");
    state->next_press_ms = tns_port_now_ms(s->port) + PRESS_MS;
    return sim_sample_find(s->port->identity.path, &state->sample, err);
}

static bool sim_needs(tns_session *s, unsigned *needs, tns_error *err)
{
    (void)err;
    *needs = s->calibration.count == 1 ? 0 : TNS_NEED_WHITE;
    return true;
}

static bool sim_calibrate(tns_session *s, unsigned need, tns_step *step, tns_error *err)
{
    sim *state = s->state;
    (void)need;
    (void)err;
    if (!state->asked) {
        state->asked = true;
        *step = (tns_step){.setup = TNS_SETUP_ON_TILE,
                           .hint = "put the instrument onto the white tile SIM-TILE"};
        return true;
    }
    state->asked = false;
    tns_port_sleep_ms(s->port, READING_MS);
    tns_spectrum tile = sim_tile();
    memcpy(s->calibration.constant, tile.value, sizeof s->calibration.constant);
    s->calibration.has_constant = true;
    s->calibration.value[0] = LAMP;
    s->calibration.count = 1;
    tns_text_copy(s->calibration.tile, sizeof s->calibration.tile, "SIM-TILE");
    *step = (tns_step){.done = true};
    return true;
}

/* ---- readings ---- */

/* -1..1, of variance 1/6: the mean of two even draws. */
static double draw(tns_random *random)
{
    double a = (double)tns_random_below(random, 1u << 30) / (1u << 30);
    double b = (double)tns_random_below(random, 1u << 30) / (1u << 30);
    return a + b - 1;
}

static const double DRAW_SD = 0.40824829046386302; /* sqrt(1/6) */

/* How far trouble has led from the sample by reading number `n`, 0..1. */
static double gone_astray(const sim *state, uint64_t n)
{
    if (state->sample.trouble == SIM_PRESSED)
        return n < 4 ? 0.25 * (double)n : 1;
    return state->sample.trouble == SIM_UNSTEADY ? 0.5 * (double)(n % 3) : 0;
}

static tns_spectrum seen(const tns_session *s, uint64_t n)
{
    const sim *state = s->state;
    tns_random random = tns_random_make((s->context ? s->context->seed : 0) + 1000 * (n + 1));
    double touch = 1 + TOUCH * draw(&random) / DRAW_SD, astray = gone_astray(state, n);
    double gain = LAMP / s->calibration.value[0];
    const sim_sample *sample = &state->sample;
    tns_spectrum out = sample->patches
                           ? sample->patch[n / (uint64_t)sample->each % (uint64_t)sample->patches]
                           : sample->spectrum;
    out.reconstructed = false; /* it is what lies there */
    out.prior[0] = '\0';
    out.from_nm = TNS_FIRST_NM;
    out.to_nm = TNS_LAST_NM;
    for (int i = 0; i < TNS_BANDS; i++) {
        double there = (1 - astray) * out.value[i] + astray * state->sample.other.value[i];
        out.value[i] = gain * touch * there + NOISE * draw(&random) / DRAW_SD;
    }
    return out;
}

static bool sim_measure(tns_session *s, tns_sample *out, tns_error *err)
{
    sim *state = s->state;
    if (s->calibration.count != 1)
        return tns_error_set(err, TNS_ERROR_NOT_CALIBRATED, "no white tile was read");
    if (state->sample.trouble == SIM_SILENT) {
        tns_port_sleep_ms(s->port, ANSWER_MS);
        return tns_error_set(err, TNS_ERROR_TIMEOUT, "no answer within %d s", ANSWER_MS / 1000);
    }
    if (state->sample.trouble == SIM_UNPLUGGED && state->readings > 0)
        return tns_error_set(err, TNS_ERROR_GONE, "unplugged");
    tns_port_sleep_ms(s->port, READING_MS);
    *out = (tns_sample){.has_spectrum = true, .spectrum = seen(s, state->readings++)};
    if (state->sample.trouble == SIM_CAP_ON)
        out->spectrum = sim_tile();
    return true;
}

static bool sim_wait(tns_session *s, int timeout_ms, tns_event *out, tns_error *err)
{
    sim *state = s->state;
    int64_t left = state->next_press_ms - tns_port_now_ms(s->port);
    (void)err;
    *out = (tns_event){.kind = TNS_EVENT_NONE};
    if (left > timeout_ms) {
        tns_port_sleep_ms(s->port, timeout_ms);
        return true;
    }
    tns_port_sleep_ms(s->port, left > 0 ? (int)left : 0);
    state->next_press_ms = tns_port_now_ms(s->port) + PRESS_MS;
    out->kind = TNS_EVENT_BUTTON;
    return true;
}

static bool sim_count_stored(tns_session *s, size_t *count, tns_error *err)
{
    (void)s;
    (void)err;
    *count = STORED;
    return true;
}

static bool sim_read_stored(tns_session *s, size_t index, tns_sample *out, tns_error *err)
{
    if (s->calibration.count != 1)
        return tns_error_set(err, TNS_ERROR_NOT_CALIBRATED, "no white tile was read");
    *out = (tns_sample){.has_spectrum = true, .spectrum = seen(s, 1000 + index)};
    return true;
}

static bool sim_battery(tns_session *s, double *level, tns_error *err)
{
    (void)s;
    (void)err;
    *level = 0.8;
    return true;
}

/* It is found as it was: nothing asked, nothing read. */
static void sim_close(tns_session *s)
{
    memset(s->state, 0, sizeof(sim));
}

const tns_driver tns_driver_simulated = {
    .name = "simulated",
    .title = "Simulated instrument",
    .note = "A program, for demonstrations and for trying software.",
    .capabilities = {.reflective = true,
                     .from_nm = TNS_FIRST_NM,
                     .to_nm = TNS_LAST_NM,
                     .step_nm = TNS_STEP_NM,
                     .geometry = "45/0",
                     .condition = "M2",
                     .aperture_mm = 8,
                     .specular = TNS_SPECULAR_EXCLUDED,
                     .triggers = TNS_TRIGGER_HOST | TNS_TRIGGER_BUTTON,
                     .stores_readings = true,
                     .has_battery = true,
                     .white_valid_s = WHITE_HOLDS_S,
                     .confidence = TNS_CONFIDENCE_HIGH},
    .state_size = sizeof(sim),
    .open = sim_open,
    .needs = sim_needs,
    .calibrate = sim_calibrate,
    .measure = sim_measure,
    .wait = sim_wait,
    .count_stored = sim_count_stored,
    .read_stored = sim_read_stored,
    .battery = sim_battery,
    .close = sim_close,
};
