/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reader KIND ORDERS OUTCOME...: opens the instrument (of rig_kinds) on USB, calibrates, reads it
 * and closes it, once for each OUTCOME, and fails when it does not come out so. An OUTCOME is `ok`,
 * or the word of an error ("bad-checksum"), or either of two with a bar between ("gone|timeout"),
 * or `wait`: until it is plugged in again. Time-outs are five times shorter. What the user would do
 * goes to the emulator by the FIFO ORDERS.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <tonsure/devices.h>
#include <tonsure/instrument.h>

#include "devices/rig.h"

enum { STEPS_MAX = 12, WAITS_MAX = 1000, WAIT_MS = 50, POLL_MS = 5, HURRY = 5, HOLD_MS = 2000 };

static const rig_kind *kind;
static int orders;
static char carried_out[512]; /* the emulator makes this file */

static void pause_ms(int ms)
{
    struct timespec pause = {.tv_nsec = ms * 1000000L};
    nanosleep(&pause, NULL);
}

/* What is ordered is done when this returns, on a busy machine too. */
static void order(const char *assignment)
{
    if (!assignment || dprintf(orders, "%s\ndone=%s\n", assignment, carried_out) < 0)
        return;
    while (unlink(carried_out) != 0) /* the emulator's time limit ends a wait in vain */
        pause_ms(POLL_MS);
}

static bool calibrate(tns_instrument *instrument, tns_error *err)
{
    unsigned needs = 0;
    if (!tns_instrument_needs(instrument, &needs, err))
        return false;
    for (unsigned need = TNS_NEED_WHITE; need <= TNS_NEED_DARK; need <<= 1) {
        tns_step step = {.done = !(needs & need)};
        for (int i = 0; i < STEPS_MAX && !step.done; i++) {
            if (!tns_instrument_calibrate(instrument, need, &step, err))
                return false;
            if (!step.done) {
                printf("  %s\n", step.hint);
                order(kind->on_setup[step.setup]);
            }
        }
        if (!step.done)
            return tns_error_set(err, TNS_ERROR_SETUP, "a calibration without end");
    }
    return true;
}

static bool open_port(const tns_driver *driver, tns_port *port, tns_error *err)
{
    tns_port_options options = {.hurry = HURRY};
    return tns_port_open_usb(driver->usb, driver->usb_count, NULL, &options, port, err);
}

/* One reading, or as many as there are in `hold_ms`; *count of them. */
static bool read_for(tns_instrument *instrument, int hold_ms, int *count, tns_error *err)
{
    tns_measure_options options = {.repeats = 1};
    tns_reading reading = {.id = ""};
    struct timespec start, now;
    clock_gettime(CLOCK_MONOTONIC, &start);
    do {
        if (!tns_instrument_measure(instrument, &options, &reading, err))
            return false;
        ++*count;
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while ((now.tv_sec - start.tv_sec) * 1000 + (now.tv_nsec - start.tv_nsec) / 1000000 <
             hold_ms);
    return true;
}

static bool run(const tns_driver *driver, int hold_ms, int *count, tns_error *err)
{
    tns_port port;
    if (!open_port(driver, &port, err))
        return false;
    tns_instrument *instrument = tns_instrument_open(driver, &port, NULL, NULL, err);
    bool ok = instrument && calibrate(instrument, err);
    order(ok ? kind->to_measure : NULL);
    ok = ok && read_for(instrument, hold_ms, count, err);
    tns_instrument_close(instrument);
    return ok;
}

static bool wait_for(const tns_driver *driver)
{
    for (int i = 0; i < WAITS_MAX; i++) {
        tns_port port;
        tns_error err = {.code = TNS_OK};
        pause_ms(WAIT_MS); /* also at first: its node is just being taken away */
        if (open_port(driver, &port, &err)) {
            tns_port_close(&port);
            return true;
        }
    }
    return false;
}

/* Whether `word` is one of those that `expected` names, a bar between them. */
static bool is_among(const char *word, const char *expected)
{
    size_t n = strlen(word);
    for (const char *at = strstr(expected, word); at; at = strstr(at + 1, word))
        if ((at == expected || at[-1] == '|') && (at[n] == '\0' || at[n] == '|'))
            return true;
    return false;
}

/* Of a run in which the plug may be pulled at any moment. */
static bool may_end_so(tns_code code)
{
    return code == TNS_OK || code == TNS_ERROR_GONE || code == TNS_ERROR_NO_INSTRUMENT;
}

/* Reads on until it stays in for longer than a pull takes to come, or out. */
static bool outlives(const tns_driver *driver, int pulls)
{
    int read = 0, gone = 0;
    tns_error err = {.code = TNS_ERROR_GONE};
    for (int i = 0; err.code != TNS_OK && i < 4 * pulls; i++) {
        err.code = TNS_OK;
        run(driver, HOLD_MS, &read, &err);
        gone += err.code == TNS_ERROR_GONE;
        if (!may_end_so(err.code) || (err.code != TNS_OK && !wait_for(driver)))
            break;
    }
    printf("%s: %s\nread %d times, gone %d times\n", tns_code_name(err.code), err.text, read, gone);
    return may_end_so(err.code) && read > 0 && gone >= pulls;
}

static bool comes_out(const tns_driver *driver, const char *expected)
{
    tns_error err = {.code = TNS_OK};
    int count = 0;
    if (!strcmp(expected, "wait"))
        return wait_for(driver);
    if (atoi(expected) > 0)
        return outlives(driver, atoi(expected));
    const char *word = run(driver, 0, &count, &err) ? "ok" : tns_code_name(err.code);
    printf("%s: %s\n", word, err.text);
    if (is_among(word, expected))
        return true;
    printf("expected %s\n", expected);
    return false;
}

static const rig_kind *find(const char *label)
{
    for (int i = 0; i < rig_kind_count; i++)
        if (!strcmp(rig_kinds[i].label, label))
            return &rig_kinds[i];
    return NULL;
}

int main(int argc, char **argv)
{
    kind = argc > 3 ? find(argv[1]) : NULL;
    orders = kind ? open(argv[2], O_WRONLY | O_CLOEXEC) : -1;
    snprintf(carried_out, sizeof carried_out, "%s.done", argv[2]);
    if (orders < 0) {
        fprintf(stderr, "reader KIND ORDERS OUTCOME...\n");
        return 2;
    }
    order("sample=skin");
    int status = 0;
    for (int i = 3; i < argc && status == 0; i++)
        status = comes_out(kind->driver, argv[i]) ? 0 : 1;
    close(orders);
    return status;
}
