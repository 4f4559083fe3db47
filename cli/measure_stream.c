/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "measure.h"

enum { FOLLOW_BUTTON_S = 3600 };

/* One of many: a record a line, or a color a line. */
static int show_line(const cli *c, size_t number, const tns_reading *reading)
{
    if (c->json)
        return cli_print_line(c, tns_reading_write(reading));
    char label[24];
    snprintf(label, sizeof label, "%zu", number);
    cli_print_reading(c, label, reading);
    fflush(stdout);
    return 0;
}

/* A stream's last line is its error. */
static int fail_in_line(const cli *c, const tns_error *err)
{
    if (c->json)
        cli_print_line(c, tns_error_write(err));
    return cli_fail_quietly(err);
}

int cli_measure_follow(cli *c, measure_options *o)
{
    tns_measure_options how = o->how;
    how.button_s = FOLLOW_BUTTON_S; /* between two spots a person may talk */
    for (size_t n = 1; o->count <= 0 || n <= (size_t)o->count; n++) {
        tns_error err;
        tns_reading reading;
        if (!tns_instrument_measure(o->instrument.opened, &how, &reading, &err))
            return err.code == TNS_ERROR_CANCELLED ? 0 : fail_in_line(c, &err);
        int status = show_line(c, n, &reading);
        if (status != 0 || ferror(stdout))
            return status;
    }
    return 0;
}

static bool read_one(measure_options *o, size_t index, tns_reading *out, tns_error *err)
{
    if (!tns_instrument_read_stored(o->instrument.opened, index, out, err))
        return false;
    snprintf(out->site, sizeof out->site, "%s", o->site ? o->site : "");
    out->what = o->how.what;
    return true;
}

int cli_measure_stored(cli *c, measure_options *o)
{
    tns_error err;
    tns_reading reading;
    size_t count = 0;
    if (!tns_instrument_count_stored(o->instrument.opened, &count, &err))
        return cli_fail(c, &err);
    if (o->pick > 0)
        return read_one(o, (size_t)o->pick - 1, &reading, &err) ? cli_measure_show(c, o, &reading)
                                                                : cli_fail(c, &err);
    for (size_t i = 0; i < count; i++) {
        if (!read_one(o, i, &reading, &err))
            return fail_in_line(c, &err);
        int status = show_line(c, i + 1, &reading);
        if (status != 0)
            return status;
    }
    if (count == 0 && !c->json)
        printf("The instrument keeps no reading.\n");
    return 0;
}
