/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `tonsure measure`: one reading, a stream of them, those an instrument has kept. */
#ifndef CLI_MEASURE_H
#define CLI_MEASURE_H

#include "instrument.h"

typedef struct measure_options {
    cli_instrument instrument;
    tns_measure_options how;
    const char *site, *what, *output, *typed, *pasted, *viewing;
    bool button, follow, stored;
    int repeats, count, pick; /* -1 = not said */
} measure_options;

/* Each ends with the exit status. With --dry-run, what would be read and where it would go. */
int cli_measure_dry(cli *c, measure_options *o);

int cli_measure_follow(cli *c, measure_options *o);
int cli_measure_stored(cli *c, measure_options *o);

/* A reading to stdout, or into the file asked for. */
int cli_measure_show(cli *c, const measure_options *o, const tns_reading *reading);

#endif
