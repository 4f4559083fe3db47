/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands that use an instrument share: opening it, and guiding through a calibration. */
#ifndef CLI_INSTRUMENT_H
#define CLI_INSTRUMENT_H

#include <stdio.h>

#include <tonsure/devices.h>

#include "cli.h"

/* How an instrument is named and opened, by options. */
typedef struct cli_instrument {
    const char *device; /* --device; NULL = the one that is plugged in */
    const char *trace;  /* --trace; NULL = none */
    bool yes;           /* --yes: what is asked for is done already */
    char folder[1024];
    FILE *trace_file;
    tns_context context;
    tns_instrument *opened;
} cli_instrument;

/* Opens it and says its notes; *status is what to return where it fails. */
bool cli_instrument_open(cli *c, cli_instrument *i, int *status);
void cli_instrument_close(cli_instrument *i);

/*
 * Goes through every step of what `needs` asks for, each with its hint: waits for Enter on a
 * terminal, goes on by itself where the instrument can tell, or with --yes. Fails with
 * TNS_ERROR_SETUP where nobody can be asked.
 */
bool cli_instrument_calibrate(cli *c, cli_instrument *i, unsigned needs, tns_error *err);

/* ---- dry runs (c->dry_run): the instrument is opened, asked what it needs, and left alone ---- */

#define CLI_DRY_INSTRUMENT(c)                                                                      \
    {                                                                                              \
        "dry-run", CLI_FLAG, &(c)->dry_run, NULL, "read and keep nothing, tell what would be"      \
    }

/*
 * What a measurement would be refused before it begins. *needs is what would be calibrated first,
 * by whoever can be asked or with --yes; without, that is refused too.
 */
bool cli_instrument_try(const cli *c, cli_instrument *i, const tns_measure_options *how,
                        unsigned *needs, tns_error *err);

/* "Dry run    MODEL SERIAL: WOULD", or its record of tonsure/devices/1. Ends with the status. */
int cli_instrument_show_dry(const cli *c, const cli_instrument *i, unsigned needs,
                            const char *would);

/* Whether there is a person to ask, at a terminal. */
bool cli_can_ask(const cli *c);
/* Asks for Enter: true when it was pressed; false at the end of the input, or on Ctrl-C. */
bool cli_ask_enter(const cli_instrument *i);

/* "white, dark". */
void cli_needs_words(unsigned needs, char out[32]);

#endif
