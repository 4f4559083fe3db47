/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <tonsure/file.h>
#include <tonsure/service.h>

#include "instrument.h"

/*
 * How long a dial or a cap is waited for: a person at a terminal may take her time; a program is
 * told within half a minute that nobody turns it.
 */
enum { LOOK_MS = 500, PATIENCE_S = 120, PATIENCE_ALONE_S = 20, STEPS_MAX = 300 };

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void cli_needs_words(unsigned needs, char out[32])
{
    snprintf(out, 32, "%s%s%s", needs & TNS_NEED_WHITE ? "white" : "",
             needs == (TNS_NEED_WHITE | TNS_NEED_DARK) ? ", " : "",
             needs & TNS_NEED_DARK ? "dark" : "");
}

/* ---- which one ---- */

/* A serial number tells two of one kind apart; without one, the place does. */
static void name_of(const tns_device *device, char *out, size_t size)
{
    const char *which = device->serial[0] ? device->serial : device->path;
    snprintf(out, size, "%s:%s", device->driver->name, which);
}

static bool is_a_thing(const tns_device *device)
{
    return device->vendor_id != 0 && device->certain;
}

/* The only instrument there is. */
static bool find_only(char *name, size_t size, tns_error *err)
{
    tns_device *devices;
    size_t count, found = 0;
    const char *maybe = NULL; /* a driver's; static */
    char names[2][200] = {"", ""};
    bool looked = tns_devices_list(&devices, &count, err);
    for (size_t i = 0; looked && i < count; i++) {
        if (is_a_thing(&devices[i]) && found++ < 2)
            name_of(&devices[i], names[found - 1], sizeof names[0]);
        if (devices[i].vendor_id && !devices[i].certain)
            maybe = devices[i].driver->name;
    }
    free(devices);
    if (!looked)
        return false;
    snprintf(name, size, "%s", names[0]);
    if (found > 1)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "there are %zu instruments; say which: --device %s, --device %s ..",
                             found, names[0], names[1]);
    if (found == 0 && maybe)
        return tns_error_set(err, TNS_ERROR_NO_INSTRUMENT,
                             "what is plugged in may be an instrument, but says so only when "
                             "asked: name it with --device %s",
                             maybe);
    return found == 1 || tns_error_set(err, TNS_ERROR_NO_INSTRUMENT,
                                       "no instrument is plugged in (tonsure devices tells what "
                                       "is seen; --device simulated works without one)");
}

/* ---- open and close ---- */

static bool open_trace(const cli *c, cli_instrument *i, tns_error *err)
{
    if (c->dry_run && i->trace)
        return tns_file_expect_writable(i->trace, NULL, err);
    i->trace_file = i->trace ? fopen(i->trace, "w") : NULL;
    return !i->trace || i->trace_file ||
           tns_error_set(err, TNS_ERROR_IO, "%s: cannot be written: %s", i->trace, strerror(errno));
}

static bool open_it(cli *c, cli_instrument *i, tns_error *err)
{
    char name[300];
    snprintf(name, sizeof name, "%s", i->device ? i->device : "");
    if (!i->device && !find_only(name, sizeof name, err))
        return false;
    if (!open_trace(c, i, err))
        return false;
    i->context = cli_context(c);
    tns_port_options options = {.trace = i->trace_file};
    const char *folder = tns_service_calibrations(i->folder, sizeof i->folder) ? i->folder : NULL;
    i->opened = tns_device_open(name, folder, &options, &i->context, err);
    if (i->opened && c->dry_run)
        tns_instrument_dry_run(i->opened);
    return i->opened != NULL;
}

bool cli_instrument_open(cli *c, cli_instrument *i, int *status)
{
    tns_error err;
    if (!open_it(c, i, &err)) {
        *status = cli_fail(c, &err);
        cli_instrument_close(i);
        return false;
    }
    const tns_warnings *notes = tns_instrument_notes(i->opened);
    for (size_t n = 0; n < notes->count && !c->quiet; n++)
        fprintf(stderr, "note: %s\n", notes->text[n]);
    return true;
}

void cli_instrument_close(cli_instrument *i)
{
    tns_instrument_close(i->opened);
    if (i->trace_file)
        fclose(i->trace_file);
    i->opened = NULL;
    i->trace_file = NULL;
}

/* ---- step by step ---- */

bool cli_can_ask(const cli *c)
{
    return !c->no_input && isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

bool cli_ask_enter(const cli_instrument *i)
{
    /* An Enter from before, out of impatience, is no answer to what was not asked yet. */
    tcflush(STDIN_FILENO, TCIFLUSH);
    fprintf(stderr, "  press Enter when done ");
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    char waste[256];
    while (!tns_context_cancelled(&i->context)) {
        int ready = poll(&input, 1, LOOK_MS);
        if (ready > 0)
            return read(STDIN_FILENO, waste, sizeof waste) > 0;
        if (ready < 0 && errno != EINTR)
            return false;
    }
    return false;
}

/* Dial or cap: until the instrument tells of a change, or for a while, then it is asked again. */
static bool await_change(cli_instrument *i, tns_error *err)
{
    tns_event event = {0};
    if (tns_context_cancelled(&i->context))
        return tns_error_set(err, TNS_ERROR_CANCELLED, "stopped");
    return tns_instrument_wait(i->opened, LOOK_MS, &event, err);
}

static bool await_user(cli *c, cli_instrument *i, const tns_step *step, double since,
                       tns_error *err)
{
    bool asks = cli_can_ask(c);
    double patience_s = asks ? PATIENCE_S : PATIENCE_ALONE_S;
    if (step->sensed && (asks || i->yes) && seconds_now() - since < patience_s)
        return await_change(i, err);
    if (i->yes && !step->sensed)
        return true;
    if (!asks)
        return tns_error_set(err, TNS_ERROR_SETUP, "%s%s", step->hint,
                             i->yes ? "" : "; then run it again with --yes");
    return cli_ask_enter(i) || tns_error_set(err, TNS_ERROR_CANCELLED, "stopped");
}

/* A hint once, however often the instrument is asked whether it has been followed. */
static void say_hint(const cli *c, const tns_step *step, char said[160])
{
    if (strcmp(said, step->hint) != 0 && (!c->quiet || cli_can_ask(c)))
        fprintf(stderr, "> %s%s\n", step->hint,
                step->sensed && cli_can_ask(c) ? "\n  it goes on by itself, no key is needed" : "");
    memcpy(said, step->hint, 160);
}

static bool calibrate_one(cli *c, cli_instrument *i, unsigned need, tns_error *err)
{
    tns_step step = {0};
    char said[160] = "";
    double since = seconds_now();
    for (int steps = 0; steps < STEPS_MAX; steps++) {
        if (!tns_instrument_calibrate(i->opened, need, &step, err))
            return false;
        if (step.done)
            return true;
        if (step.setup == TNS_SETUP_NONE)
            continue;
        if (cli_can_ask(c) && strcmp(said, step.hint) != 0)
            since = seconds_now();
        say_hint(c, &step, said);
        if (!await_user(c, i, &step, since, err))
            return false;
    }
    return tns_error_set(err, TNS_ERROR_SETUP, "the calibration does not come to an end: %s",
                         step.hint);
}

bool cli_instrument_calibrate(cli *c, cli_instrument *i, unsigned needs, tns_error *err)
{
    static const unsigned each[] = {TNS_NEED_DARK, TNS_NEED_WHITE};
    for (size_t n = 0; n < 2; n++)
        if ((needs & each[n]) && !calibrate_one(c, i, each[n], err))
            return false;
    return true;
}
