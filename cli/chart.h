/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of `tonsure chart`. */
#ifndef CLI_CHART_H
#define CLI_CHART_H

#include <tonsure/card.h>

#include "cli.h"

extern const command cmd_chart_list, cmd_chart_show, cmd_chart_check, cmd_chart_measure,
    cmd_chart_holder;

/* A chart's color, which is D50 and 2 degrees. */
tns_color cli_chart_color(const tns_card *card, int patch);

/* "row 2, column 5 (orange yellow)" of where a person finds it. */
void cli_chart_place(const tns_chart *chart, int patch, char out[80]);

/* "auto", "before2014" ..; NULL leaves it. */
bool cli_chart_edition(const char *text, tns_edition *out);

/* The card that `name` is: one that is known, or a file. NULL: fails with the error. */
tns_card *cli_chart_card(const char *name, tns_edition edition, tns_error *err);

#endif
