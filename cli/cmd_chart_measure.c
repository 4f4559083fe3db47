/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads a person over a card with the instrument, patch by patch. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <tonsure/file.h>
#include <tonsure/photo_records.h>

#include "chart.h"
#include "chart_session.h"
#include "instrument.h"

enum { LOOK_MS = 500, TRIES_MAX = 5, BUTTON_S = 600 };

typedef struct options {
    cli_instrument instrument;
    const char *chart, *edition, *output, *serial;
    tns_edition which;
    double pitch_mm; /* 0 = not said */
    int repeats;
    bool button, anew, any_color;
} options;

/* What a person answers before a patch is read. */
typedef enum answer { GO_ON, GO_BACK, STOP } answer;

static bool leads(const cli *c, const options *o)
{
    return cli_can_ask(c) && !o->instrument.yes;
}

/* ---- questions ---- */

/* The first letter of a line, '\n' for an empty one, 0 at the end of the input or on Ctrl-C. */
static char ask_letter(const options *o, const char *prompt)
{
    char line[64] = "";
    tcflush(STDIN_FILENO, TCIFLUSH); /* an Enter out of impatience is no answer */
    fprintf(stderr, "%s", prompt);
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    while (!tns_context_cancelled(&o->instrument.context)) {
        int ready = poll(&input, 1, LOOK_MS);
        if (ready > 0)
            return read(STDIN_FILENO, line, sizeof line - 1) > 0 ? line[0] : '\0';
        if (ready < 0 && errno != EINTR)
            return '\0';
    }
    return '\0';
}

static answer ask_to_go_on(const cli *c, const options *o, bool can_go_back)
{
    if (!leads(c, o) || o->button)
        return GO_ON;
    char letter = ask_letter(o, can_go_back ? "  press Enter when done, b to go back by one "
                                            : "  press Enter when done ");
    return letter == '\0'                                    ? STOP
           : can_go_back && (letter == 'b' || letter == 'B') ? GO_BACK
                                                             : GO_ON;
}

/* ---- one patch ---- */

static void show_place(const cli *c, const options *o, const chart_session *s, int i)
{
    char place[80];
    if (c->quiet && !leads(c, o))
        return;
    cli_chart_place(&s->nominal, i, place);
    fprintf(stderr, "> %d of %d: rest the instrument on \"%s\" (%s)%s\n", i + 1, s->nominal.count,
            s->nominal.patch[i].name, place, o->button ? " and press its button" : "");
}

static void show_reading(const cli *c, const chart_session *s, int i)
{
    tns_color color = cli_chart_color(s->card, i);
    if (c->json)
        return;
    printf("%-24s ", s->nominal.patch[i].name);
    cli_swatch(c, &color, 6);
    cli_print_color(&color);
    if (s->has_nominal)
        printf("  dE00 %.1f from nominal", chart_session_distance(s, i, color.lab));
    printf("\n");
    fflush(stdout);
}

/* Takes a reading that is plainly of another patch only when that is confirmed. */
static bool accepts(const cli *c, const options *o, const chart_session *s, int i,
                    const tns_reading *reading, bool *again, tns_error *err)
{
    char says[200];
    tns_viewing viewing;
    tns_color color;
    *again = false;
    if (!tns_viewing_find("D50/2", &viewing, err) ||
        !tns_reading_color(reading, &viewing, &color, NULL, err))
        return false;
    if (o->any_color || !chart_session_doubts(s, i, color.lab, says))
        return true;
    if (!leads(c, o))
        return tns_error_set(err, TNS_ERROR_IMPLAUSIBLE, "%s (--any-color takes it all the same)",
                             says);
    fprintf(stderr, "! %s\n", says);
    char letter = ask_letter(o, "  k and Enter keeps it, Enter alone reads it again ");
    *again = letter != 'k' && letter != 'K';
    return letter != '\0' || tns_error_set(err, TNS_ERROR_CANCELLED, "stopped");
}

static bool calibrate_if_due(cli *c, options *o, tns_error *err)
{
    unsigned needs;
    if (!tns_instrument_needs(o->instrument.opened, &needs, err))
        return false;
    if (needs == 0 || (!leads(c, o) && !o->instrument.yes))
        return true;
    return cli_instrument_calibrate(c, &o->instrument, needs, err);
}

static tns_measure_options how_to_read(const options *o)
{
    return (tns_measure_options){
        .repeats = o->repeats, .by_button = o->button, .button_s = BUTTON_S};
}

static bool read_patch(cli *c, options *o, chart_session *s, int i, tns_error *err)
{
    const tns_measure_options how = how_to_read(o);
    tns_reading reading;
    bool again = false;
    for (int tries = 1;; tries++) {
        if (!calibrate_if_due(c, o, err))
            return false;
        if (tns_instrument_measure(o->instrument.opened, &how, &reading, err)) {
            if (!accepts(c, o, s, i, &reading, &again, err))
                return false;
            if (!again)
                return chart_session_take(s, i, &reading, err);
            tries = 0;
        } else if (!leads(c, o) || tries == TRIES_MAX ||
                   (err->code != TNS_ERROR_SETUP && err->code != TNS_ERROR_IMPLAUSIBLE)) {
            return false;
        } else {
            fprintf(stderr, "! %s\n", err->text);
        }
        if (ask_to_go_on(c, o, false) == STOP)
            return tns_error_set(err, TNS_ERROR_CANCELLED, "stopped");
    }
}

/* ---- the card ---- */

static bool stopped(const chart_session *s, tns_error *err)
{
    return tns_error_set(err, TNS_ERROR_CANCELLED,
                         "stopped; what was read is kept in %s, and the same command goes on",
                         s->kept);
}

static bool measure_all(cli *c, options *o, chart_session *s, tns_error *err)
{
    int i = tns_card_missing(s->card), n = s->nominal.count;
    if (!calibrate_if_due(c, o, err))
        return false;
    for (i = i < 0 ? n : i; i < n;) {
        show_place(c, o, s, i);
        answer said = ask_to_go_on(c, o, i > 0);
        if (said == STOP || tns_context_cancelled(&o->instrument.context))
            return stopped(s, err);
        if (said == GO_BACK) {
            i--;
            continue;
        }
        if (!read_patch(c, o, s, i, err))
            return err->code == TNS_ERROR_CANCELLED
                       ? stopped(s, err)
                       : tns_error_prefix(err, "patch %d of %d", i + 1, n);
        show_reading(c, s, i++);
        if (i == n && leads(c, o) && !o->button) {
            char letter = ask_letter(o, "  Enter writes the chart, b reads the last one again ");
            if (letter == '\0')
                return stopped(s, err);
            i -= letter == 'b' || letter == 'B';
        }
    }
    return true;
}

static void print_summary(const chart_session *s)
{
    const tns_chart *chart = &s->card->chart;
    tns_chart_distance apart;
    printf("\n");
    cli_row(11, "%-10s %s: %d patches, each known to dE00 %.2f (one standard deviation)", "Written",
            s->path, chart->count, chart->reference_de00);
    if (s->has_nominal && tns_chart_compare(&s->nominal, chart, &apart))
        cli_row(11, "%-10s dE00 %.2f mean, %.2f at most (%s) from the nominal %s", "Distance",
                apart.mean, apart.most, chart->patch[apart.worst].name, s->nominal.title);
    cli_row(11, "%-10s tonsure photo IMAGE --chart %s", "Use", s->path);
}

static int finish(cli *c, options *o, chart_session *s)
{
    tns_error err;
    if (o->serial)
        snprintf(s->card->serial, sizeof s->card->serial, "%s", o->serial);
    if (o->pitch_mm > 0)
        s->card->chart.pitch_mm = o->pitch_mm;
    if (!chart_session_save(s, &err))
        return cli_fail(c, &err);
    if (c->json)
        return cli_print_record(c, tns_chart_record_write(s->card));
    print_summary(s);
    return 0;
}

/* Both files, for the unfinished one comes first. */
static int try_all(const cli *c, options *o, const chart_session *s)
{
    tns_error err;
    unsigned needs;
    cli_paragraph would = {0};
    const tns_measure_options how = how_to_read(o);
    int left = 0;
    if (!cli_instrument_try(c, &o->instrument, &how, &needs, &err) ||
        !tns_file_expect_writable(s->kept, NULL, &err) ||
        !tns_file_expect_writable(s->path, NULL, &err))
        return cli_fail(c, &err);
    for (int i = 0; i < s->nominal.count; i++)
        left += !s->card->patch[i].has_color;
    cli_say(&would, "%d of %d patches would be read%s", left, s->nominal.count,
            needs ? ", after a calibration" : "");
    int status = cli_instrument_show_dry(c, &o->instrument, needs, would.text);
    if (status == 0)
        cli_show_written(c, s->path, "");
    return status;
}

static int measure(cli *c, options *o, chart_session *s)
{
    tns_error err;
    int status;
    if (!cli_instrument_open(c, &o->instrument, &status))
        return status;
    if (c->dry_run)
        status = try_all(c, o, s);
    else
        status = measure_all(c, o, s, &err) ? finish(c, o, s) : cli_fail(c, &err);
    cli_instrument_close(&o->instrument);
    return status;
}

/* ---- the command ---- */

static int check(cli *c, options *o)
{
    const cli_range ranges[] = {{"repeats", CLI_INTEGER, o->repeats, 1, TNS_REPEATS_MAX}};
    int status = cli_check(c, &cmd_chart_measure, ranges, 1);
    if (status != 0)
        return status;
    if (!o->chart || !o->output)
        return cli_usage(c, &cmd_chart_measure, "expected --chart and -o");
    if (!cli_chart_edition(o->edition, &o->which))
        return cli_usage(c, &cmd_chart_measure,
                         "--edition: expected before2014, after2014 or auto, found \"%.40s\"",
                         o->edition);
    if (o->serial && strlen(o->serial) >= sizeof((tns_card *)0)->serial)
        return cli_usage(c, &cmd_chart_measure, "--serial: too long: \"%.60s\"", o->serial);
    if (o->pitch_mm != 0 && !(o->pitch_mm >= 0.2 && o->pitch_mm <= 1000))
        return cli_usage(c, &cmd_chart_measure, "--pitch-mm: expected 0.2 to 1000, found %g",
                         o->pitch_mm);
    if (!cli_can_ask(c) && !o->instrument.yes && !o->button)
        return cli_usage(c, &cmd_chart_measure,
                         "somebody must move the instrument: run it on a terminal, or with "
                         "--button, or with --yes where a program moves it");
    return 0;
}

static int measure_card(cli *c, options *o)
{
    tns_error err;
    int resumed = 0;
    chart_session *s = calloc(1, sizeof *s);
    if (!s) {
        tns_error_set(&err, TNS_ERROR_MEMORY, "out of memory");
        return cli_fail(c, &err);
    }
    bool begun = chart_session_begin(s, o->chart, o->which, o->output, o->anew, &resumed, &err);
    if (begun && resumed > 0 && !c->quiet)
        fprintf(stderr, "note: goes on with %s: %d of %d patches were read\n", s->kept, resumed,
                s->nominal.count);
    int status = begun ? measure(c, o, s) : cli_fail(c, &err);
    chart_session_finish(s);
    free(s);
    return status;
}

static int run(cli *c, int argc, const char **argv)
{
    options o = {.repeats = 3};
    const cli_option table[] = {
        {"chart", CLI_TEXT, &o.chart, "NAME|FILE|CxR",
         "its layout: a known chart, a file, or columns x rows"},
        {"edition", CLI_TEXT, &o.edition, "EDITION", "of a ColorChecker, to compare with"},
        {"device", CLI_TEXT, &o.instrument.device, "DRIVER[:SERIAL]",
         "the instrument; the one plugged in"},
        {"repeats", CLI_INTEGER, &o.repeats, "N", "readings of each patch (3)"},
        {"button", CLI_FLAG, &o.button, NULL, "each reading is begun by the instrument's button"},
        {"output", CLI_TEXT, &o.output, "FILE", "the chart file to write"},
        {"serial", CLI_TEXT, &o.serial, "NUMBER", "the card's own number, or what you call it"},
        {"pitch-mm", CLI_NUMBER, &o.pitch_mm, "MM",
         "from one patch's middle to the next, by a ruler: gives photos a scale"},
        {"any-color", CLI_FLAG, &o.any_color, NULL, "take readings unlike the nominal color"},
        {"anew", CLI_FLAG, &o.anew, NULL, "begin anew, not where a run was interrupted"},
        {"yes", CLI_FLAG, &o.instrument.yes, NULL, "never wait: all is set up as it is asked for"},
        {"trace", CLI_TEXT, &o.instrument.trace, "FILE", "write down every transfer"},
        CLI_DRY_INSTRUMENT(c),
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    if (!cli_parse(c, &cmd_chart_measure, argc, argv, table, 0, 0, &words, &status) ||
        (status = check(c, &o)) != 0)
        return status;
    return measure_card(c, &o);
}

const command cmd_chart_measure = {
    "chart measure", "--chart NAME|FILE|CxR -o FILE [--device DRIVER[:SERIAL]] [-n N]",
    "reads your own card patch by patch: the largest gain in accuracy",
    "  tonsure chart measure --chart my.chart --device simulated:card:my.chart,1 -n 1 --yes \\\n"
    "      --serial 2217 -o yours.chart\n"
    "  tonsure chart measure --chart 3x2 --device simulated:card:sg,1 -n 1 --yes -o strip.chart\n"
    "  tonsure --json chart measure --chart my.chart --any-color --device simulated --yes -n 1 \\\n"
    "      --pitch-mm 14.3 -o odd.chart\n",
    run};
