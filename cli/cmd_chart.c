/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The noun and its verbs. */
#include "chart.h"

static const command *const verbs[] = {
    &cmd_chart_list,    &cmd_chart_show, &cmd_chart_check,
#ifdef WITH_DEVICES
    &cmd_chart_measure,
#endif
    &cmd_chart_holder,
};

static int run(cli *c, int argc, const char **argv)
{
    return cli_run_verb(c, &cmd_chart, verbs, sizeof verbs / sizeof *verbs, argc, argv);
}

const command cmd_chart = {"chart", "list|show|check|measure|holder ..",
                           "color charts: those known, your own, measured with the instrument",
                           "  tonsure chart list\n"
                           "  tonsure chart show classic\n"
                           "  tonsure chart check my.chart\n",
                           run};
