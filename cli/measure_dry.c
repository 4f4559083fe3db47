/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include <tonsure/file.h>

#include "measure.h"

static void say_readings(const measure_options *o, char *out, size_t size)
{
    const char *each = o->repeats == 1 ? "" : "s";
    if (!o->follow)
        snprintf(out, size, "%d reading%s of one place would be taken", o->repeats, each);
    else if (o->count > 0)
        snprintf(out, size, "%d places would be read, one after the other", o->count);
    else
        snprintf(out, size, "one place after the other would be read, until Ctrl-C");
}

/* What the instrument has kept is handed out all the same: that triggers nothing. */
int cli_measure_dry(cli *c, measure_options *o)
{
    tns_error err;
    unsigned needs;
    char would[120], due[32];
    cli_paragraph line = {0};
    if (o->stored)
        return cli_measure_stored(c, o);
    if (!cli_instrument_try(c, &o->instrument, &o->how, &needs, &err) ||
        (o->output && !tns_file_expect_writable(o->output, NULL, &err)))
        return cli_fail(c, &err);
    say_readings(o, would, sizeof would);
    cli_needs_words(needs, due);
    cli_say(&line, "%s%s%s%s", would, needs ? ", after a calibration (" : "", due,
            needs ? ")" : "");
    int status = cli_instrument_show_dry(c, &o->instrument, needs, line.text);
    if (status == 0 && o->output)
        cli_show_written(c, o->output, "");
    return status;
}
