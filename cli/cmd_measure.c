/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <tonsure/service.h>

#include "measure.h"

/* How often what is not set up may be tried. */
enum { TRIES_MAX = 5 };

/* ---- what was said ---- */

static bool is_without_instrument(const measure_options *o)
{
    return o->typed || o->pasted;
}

static int check(cli *c, const measure_options *o)
{
    const cli_range ranges[] = {{"repeats", CLI_INTEGER, o->repeats, 1, TNS_REPEATS_MAX},
                                {"count", CLI_INTEGER, o->count < 0 ? 1 : o->count, 1, 1e6},
                                {"pick", CLI_INTEGER, o->pick < 0 ? 1 : o->pick, 1, 1e6}};
    int status = cli_check(c, &cmd_measure, ranges, sizeof ranges / sizeof *ranges);
    if (status != 0)
        return status;
    if (o->typed && o->pasted)
        return cli_usage(c, &cmd_measure, "expected --typed or --pasted, found both");
    if (is_without_instrument(o) && (o->instrument.device || o->button || o->follow || o->stored))
        return cli_usage(c, &cmd_measure, "a reading that is typed or pasted is not measured");
    if (o->viewing && !is_without_instrument(o))
        return cli_usage(c, &cmd_measure, "--viewing: an instrument knows its own");
    if (o->stored && (o->follow || o->button))
        return cli_usage(c, &cmd_measure, "--stored: what is kept is not measured anew");
    if (o->output && (o->follow || (o->stored && o->pick < 0)))
        return cli_usage(c, &cmd_measure, "--output: expected one reading, not a stream of them");
    if ((o->count >= 0 && !o->follow) || (o->pick >= 0 && !o->stored))
        return cli_usage(c, &cmd_measure, "--count goes with --follow, --pick with --stored");
    return 0;
}

static int understand(cli *c, measure_options *o)
{
    if (o->repeats < 0)
        o->repeats = o->follow ? 1 : 3;
    if (o->what && !cli_what(o->what, &o->how.what))
        return cli_usage(c, &cmd_measure,
                         "--what: expected dot, area, skin, strand or ink, found \"%.40s\"",
                         o->what);
    if (o->site && strlen(o->site) >= sizeof((tns_reading *)0)->site)
        return cli_usage(c, &cmd_measure, "--site: too long: \"%.60s\"", o->site);
    o->how.repeats = o->repeats;
    o->how.by_button = o->button;
    o->how.site = o->site;
    return check(c, o);
}

/* ---- one reading ---- */

static int take_over(cli *c, const measure_options *o)
{
    tns_error err;
    tns_reading reading;
    bool done = o->typed ? tns_service_typed(o->typed, o->viewing, &reading, &err)
                         : tns_service_pasted(o->pasted, o->viewing, &reading, &err);
    if (!done)
        return cli_fail(c, &err);
    snprintf(reading.site, sizeof reading.site, "%s", o->site ? o->site : "");
    reading.what = o->how.what;
    return cli_measure_show(c, o, &reading);
}

/* Each repeat as it comes, for whoever stands at the terminal. */
static void show_live(void *user, int number, const tns_color *color)
{
    printf("  %2d  ", number);
    cli_swatch(user, color, 6);
    cli_print_color(color);
    printf("\n");
    fflush(stdout);
}

/* Whether a person at the terminal is led; with --yes nobody is. */
static bool leads(const cli *c, const measure_options *o)
{
    return cli_can_ask(c) && !o->instrument.yes;
}

static bool calibrate_if_due(cli *c, measure_options *o, tns_error *err)
{
    unsigned needs;
    if (!tns_instrument_needs(o->instrument.opened, &needs, err))
        return false;
    if (needs == 0 || (!leads(c, o) && !o->instrument.yes))
        return true;
    if (!cli_instrument_calibrate(c, &o->instrument, needs, err))
        return false;
    if (leads(c, o))
        fprintf(stderr, "  calibrated\n");
    return true;
}

/* Asks for a calibration that is due, and for the instrument to be put where it is to read. */
static bool prepare(cli *c, measure_options *o, tns_error *err)
{
    if (!calibrate_if_due(c, o, err))
        return false;
    if (!leads(c, o) || o->stored)
        return true;
    if (tns_instrument_session(o->instrument.opened)->capabilities.has_dial)
        fprintf(stderr, "> turn the dial to the surface position\n");
    fprintf(stderr, "> rest the instrument lightly on the place to read%s",
            o->button ? " and press its button\n" : "\n");
    return o->button || cli_ask_enter(&o->instrument) ||
           tns_error_set(err, TNS_ERROR_CANCELLED, "stopped");
}

/* A person is told what is not set up yet, and may try again: a dial, a cap. */
static bool read_place(cli *c, measure_options *o, tns_reading *out, tns_error *err)
{
    for (int tries = 1;; tries++) {
        if (!prepare(c, o, err))
            return false;
        if (tns_instrument_measure(o->instrument.opened, &o->how, out, err))
            return true;
        if (err->code != TNS_ERROR_SETUP || !leads(c, o) || tries == TRIES_MAX)
            return false;
        fprintf(stderr, "! %s\n", err->text);
    }
}

static int measure_place(cli *c, measure_options *o)
{
    tns_error err;
    tns_reading reading;
    if (!c->json && isatty(STDOUT_FILENO)) {
        o->how.each = show_live;
        o->how.user = c;
    }
    return read_place(c, o, &reading, &err) ? cli_measure_show(c, o, &reading) : cli_fail(c, &err);
}

static int measure(cli *c, measure_options *o)
{
    tns_error err;
    if (c->dry_run)
        return cli_measure_dry(c, o);
    if (!o->stored && !o->follow)
        return measure_place(c, o);
    if (!prepare(c, o, &err))
        return cli_fail(c, &err);
    return o->stored ? cli_measure_stored(c, o) : cli_measure_follow(c, o);
}

static int run(cli *c, int argc, const char **argv)
{
    measure_options o = {.repeats = -1, .count = -1, .pick = -1};
    const cli_option options[] = {
        {"device", CLI_TEXT, &o.instrument.device, "DRIVER[:SERIAL]",
         "the instrument; the one plugged in"},
        {"repeats", CLI_INTEGER, &o.repeats, "N", "readings of the same place (3)"},
        {"site", CLI_TEXT, &o.site, "SITE", "where: donor-left .."},
        {"what", CLI_TEXT, &o.what, "WHAT", "dot, area, skin, strand or ink"},
        {"button", CLI_FLAG, &o.button, NULL, "each reading is begun by the instrument's button"},
        {"follow", CLI_FLAG, &o.follow, NULL, "one reading after the other, until Ctrl-C"},
        {"count", CLI_INTEGER, &o.count, "N", "with --follow: end after N"},
        {"stored", CLI_FLAG, &o.stored, NULL, "the readings that the instrument has kept"},
        {"pick", CLI_INTEGER, &o.pick, "N", "with --stored: only the Nth"},
        {"typed", CLI_TEXT, &o.typed, "\"L a b\"", "no instrument: three numbers read off another"},
        {"pasted", CLI_TEXT, &o.pasted, "FILE[#SAMPLE]", "no instrument: a table of its app"},
        {"viewing", CLI_TEXT, &o.viewing, "ILL/OBS", "of what is typed (D65/10) or pasted"},
        {"yes", CLI_FLAG, &o.instrument.yes, NULL,
         "calibrate if that is due: all is set up as it will be asked for"},
        {"trace", CLI_TEXT, &o.instrument.trace, "FILE", "write down every transfer"},
        {"output", CLI_TEXT, &o.output, "FILE", "write the reading to a file"},
        CLI_DRY_INSTRUMENT(c),
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    if (!cli_parse(c, &cmd_measure, argc, argv, options, 0, 0, &words, &status) ||
        (status = understand(c, &o)) != 0)
        return status;
    if (is_without_instrument(&o))
        return take_over(c, &o);
    if (!cli_instrument_open(c, &o.instrument, &status))
        return status;
    status = measure(c, &o);
    cli_instrument_close(&o.instrument);
    return status;
}

const command cmd_measure = {
    "measure", "[--device DRIVER[:SERIAL]] [-n N] [--site SITE] [--what WHAT] [-o FILE]",
    "reads a color with an instrument, or takes over one that was read",
    "  tonsure measure --device simulated:hair-brown --yes --site donor-left -o hair.json\n"
    "  tonsure --json measure --device simulated:skin-light --yes --what skin\n"
    "  tonsure measure --typed \"38.2 3.1 6.0\" --viewing D65/10 --what skin\n",
    run};
