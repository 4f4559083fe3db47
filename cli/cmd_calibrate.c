/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include <tonsure/device_records.h>
#include <tonsure/service.h>

#include "instrument.h"

static int show(cli *c, const cli_instrument *i)
{
    const tns_session *session = tns_instrument_session(i->opened);
    if (!c->json) {
        const char *tile = session->calibration.tile;
        printf("%-10s %s%s%s, calibrated%s%s\n", "Ready", session->model,
               session->serial[0] ? " " : "", session->serial, tile[0] ? " on tile " : "", tile);
        return 0;
    }
    tns_kept_calibration *kept = malloc(sizeof *kept);
    if (!kept)
        return cli_print_record(c, NULL);
    tns_instrument_kept(i->opened, kept);
    int status = cli_print_record(c, tns_calibration_write(kept));
    free(kept);
    return status;
}

/* Even where nothing is due: that is what it was called for. */
static unsigned what_to_make(tns_instrument *instrument, unsigned due)
{
    const tns_driver *driver = tns_instrument_driver(instrument);
    return driver->calibrate ? due | TNS_NEED_WHITE : due;
}

static int try_calibration(const cli *c, const cli_instrument *i, unsigned needs)
{
    tns_error err;
    char words[32];
    cli_paragraph would = {0};
    if (!tns_instrument_try_keep(i->opened, &err))
        return cli_fail(c, &err);
    cli_needs_words(needs, words);
    cli_say(&would, "a calibration (%s) would be made and kept%s", words,
            cli_can_ask(c) || i->yes ? "" : "; what is to be set up first asks for --yes");
    return cli_instrument_show_dry(c, i, needs, would.text);
}

static int calibrate(cli *c, cli_instrument *i)
{
    tns_error err;
    unsigned due;
    if (!tns_instrument_needs(i->opened, &due, &err))
        return cli_fail(c, &err);
    unsigned needs = what_to_make(i->opened, due);
    if (needs == 0 && !c->json) {
        printf("%-10s %s calibrates itself\n", "Ready", tns_instrument_driver(i->opened)->name);
        return 0;
    }
    if (c->dry_run)
        return try_calibration(c, i, needs);
    return cli_instrument_calibrate(c, i, needs, &err) ? show(c, i) : cli_fail(c, &err);
}

static void show_verification(const cli *c, const tns_verification *v)
{
    cli_print_reading(c, "Surface", &v->reading);
    if (v->first)
        printf("%-10s kept, for the next time\n", "Check");
    else
        printf("%-10s dE %.2f from the reading that was kept; at most %.1f is well\n",
               v->passed ? "Passed" : "FAILED", v->de00, TNS_VERIFY_DE00);
}

static bool has_reference(const tns_instrument *instrument)
{
    tns_kept_calibration *kept = malloc(sizeof *kept);
    if (!kept)
        return false;
    tns_instrument_kept(instrument, kept);
    bool has = kept->reference_time != 0;
    free(kept);
    return has;
}

static int try_verification(const cli *c, const cli_instrument *i, bool renew)
{
    tns_error err;
    bool compares = !renew && has_reference(i->opened);
    if (!tns_instrument_try_measure(i->opened, NULL, false, &err) ||
        (!compares && !tns_instrument_try_keep(i->opened, &err)))
        return cli_fail(c, &err);
    return cli_instrument_show_dry(c, i, 0,
                                   compares
                                       ? "a surface would be read and compared with the one kept"
                                       : "a surface would be read and kept for the next time");
}

static int verify(cli *c, cli_instrument *i, bool renew)
{
    tns_error err;
    tns_verification v;
    if (c->dry_run)
        return try_verification(c, i, renew);
    if (!tns_instrument_verify(i->opened, NULL, renew, &v, &err))
        return cli_fail(c, &err);
    if (!v.passed)
        tns_error_set(&err, TNS_ERROR_IMPLAUSIBLE,
                      "the surface reads dE %.1f from what was kept: the white is spoilt, or it is "
                      "another surface; calibrate again (--renew keeps a new one)",
                      v.de00);
    if (!c->json)
        show_verification(c, &v);
    int status =
        c->json ? cli_print_record(c, tns_verification_write(&v, v.passed ? NULL : &err)) : 0;
    return status != 0 || v.passed ? status : cli_fail_quietly(&err);
}

static int run(cli *c, int argc, const char **argv)
{
    cli_instrument i = {0};
    bool check = false, renew = false;
    const cli_option options[] = {
        {"device", CLI_TEXT, &i.device, "DRIVER[:SERIAL]", "the instrument; the one plugged in"},
        {"yes", CLI_FLAG, &i.yes, NULL, "all is set up as it will be asked for"},
        {"verify", CLI_FLAG, &check, NULL,
         "read a white paper or tile, and compare it with the last time"},
        {"renew", CLI_FLAG, &renew, NULL, "with --verify: keep this reading as the new standard"},
        {"trace", CLI_TEXT, &i.trace, "FILE", "write down every transfer"},
        CLI_DRY_INSTRUMENT(c),
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    if (!cli_parse(c, &cmd_calibrate, argc, argv, options, 0, 0, &words, &status))
        return status;
    if (renew && !check)
        return cli_usage(c, &cmd_calibrate, "--renew: expected --verify too");
    if (!cli_instrument_open(c, &i, &status))
        return status;
    status = check ? verify(c, &i, renew) : calibrate(c, &i);
    cli_instrument_close(&i);
    return status;
}

const command cmd_calibrate = {"calibrate",
                               "[--device DRIVER[:SERIAL]] [--yes] [--verify [--renew]]",
                               "calibrates an instrument, step by step, and keeps what it found",
                               "  tonsure calibrate --device simulated --yes\n"
                               "  tonsure --json calibrate --device simulated --yes\n"
                               "  tonsure calibrate --device simulated:white --verify\n",
                               run};
