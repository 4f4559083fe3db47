/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages for people: of a match, of a visit, of a month of the clinic. */
#include <stdio.h>
#include <stdlib.h>

#include <tonsure/matcher.h>

#include "report.h"

static int draw_match(cli *c, const char *record, const char *output)
{
    tns_error err;
    char *text = tns_service_match_report_of(record, cli_now(), output, c->dry_run, &err);
    if (!text)
        return cli_fail(c, &err);
    cli_show_written(c, output, "");
    if (c->json)
        return cli_print_record(c, text);
    free(text);
    return 0;
}

static int run_match(cli *c, int argc, const char **argv)
{
    const char *output = NULL;
    const cli_option options[] = {
        {"output", CLI_TEXT, &output, "FILE.html", "the page"},
        CLI_DRY_RUN(c),
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    if (!cli_parse(c, &cmd_report_match, argc, argv, options, 1, 1, &words, &status))
        return status;
    return output ? draw_match(c, words.word[0], output)
                  : cli_usage(c, &cmd_report_match, "-o FILE.html is missing");
}

const command cmd_report_match = {
    "report match", "RECORD.json -o FILE.html",
    "a page of a match, of the record that match -o kept",
    "  tonsure report match match.json -o match.html\n"
    "  tonsure --quiet report match match.json --output for-the-file.html\n"
    "  tonsure --json match --target lab:35,2,4 | tonsure report match - -o match.html\n",
    run_match};

static const command *const verbs[] = {
    &cmd_report_match,
#ifdef WITH_STORE
    &cmd_report_visit,
    &cmd_report_month,
#endif
};

static int run(cli *c, int argc, const char **argv)
{
    return cli_run_verb(c, &cmd_report, verbs, sizeof verbs / sizeof *verbs, argc, argv);
}

#ifdef WITH_STORE
const command cmd_report = {"report", "VERB ..", "pages for people: of a match, a visit, a month",
                            "  tonsure report match match.json -o match.html\n"
                            "  tonsure report month --month 2026-11 -o november.html\n"
                            "  tonsure report visit V1 -o visit.html\n",
                            run};
#else
const command cmd_report = {"report", "VERB ..", "pages for people: of a match",
                            "  tonsure report match match.json -o match.html\n"
                            "  tonsure --quiet report match match.json -o match.html\n"
                            "  tonsure --json report match match.json -o match.html\n",
                            run};
#endif
