/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "measure.h"

int cli_measure_show(cli *c, const measure_options *o, const tns_reading *reading)
{
    int status = o->output ? cli_save_record(c, tns_reading_write(reading), o->output) : 0;
    if (status != 0 || c->json)
        return status != 0 ? status : cli_print_record(c, tns_reading_write(reading));
    cli_print_reading(c, reading->site[0] ? reading->site : "Reading", reading);
    if (reading->has_repeats)
        printf("%-10s %d, within dE %.2f of their middle, %d set aside\n", "Repeats",
               reading->repeats.n, reading->repeats.max_de00, reading->repeats.rejected);
    return 0;
}
