/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include <tonsure/print.h>

#include "chart.h"

static bool find_paper(const char *text, tns_paper *out)
{
    *out = text && strcmp(text, "letter") == 0 ? TNS_PAPER_LETTER : TNS_PAPER_A4;
    return !text || strcmp(text, "letter") == 0 || strcmp(text, "a4") == 0;
}

static int run(cli *c, int argc, const char **argv)
{
    const char *output = NULL, *paper = NULL, *chart = "passport";
    const cli_option options[] = {
        {"output", CLI_TEXT, &output, "FILE.pdf", "the sheet to print"},
        CLI_DRY_RUN(c),
        {"chart", CLI_TEXT, &chart, "NAME", "passport (default), mini, nano or classic"},
        {"paper", CLI_TEXT, &paper, "a4|letter", "the paper (a4)"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    tns_paper size;
    tns_holder holder;
    tns_error err;
    int status;
    if (!cli_parse(c, &cmd_chart_holder, argc, argv, options, 0, 0, &words, &status))
        return status;
    if (!output)
        return cli_usage(c, &cmd_chart_holder, "expected -o FILE.pdf");
    if (!find_paper(paper, &size))
        return cli_usage(c, &cmd_chart_holder, "--paper: expected a4 or letter, found \"%.40s\"",
                         paper);
    if (!tns_holder_find(chart, &holder, &err) ||
        !tns_holder_save(&holder, size, output, c->dry_run, &err))
        return cli_fail(c, &err);
    cli_show_written(c, output, ": print it at 100 %, then check its line of 100 mm");
    return 0;
}

const command cmd_chart_holder = {
    "chart holder", "-o FILE.pdf [--chart NAME] [--paper a4|letter]",
    "a sheet to print that holds chart and scalp in view, and gives millimetres",
    "  tonsure chart holder -o holder.pdf\n"
    "  tonsure chart holder --chart mini --paper letter -o holder.pdf\n"
    "  tonsure chart holder --chart classic -o sheet.pdf\n",
    run};
