/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The noun: its verbs and the dispatch. */
#include <stdio.h>
#include <string.h>

#include "chart.h"

static const command *const verbs[] = {
    &cmd_chart_list,    &cmd_chart_show, &cmd_chart_check,
#ifdef WITH_DEVICES
    &cmd_chart_measure,
#endif
    &cmd_chart_holder,
};

enum { VERBS = sizeof verbs / sizeof *verbs };

/* Without the noun. */
static const char *verb_name(const command *verb)
{
    return verb->name + strlen("chart ");
}

static void print_verbs(void)
{
    printf("tonsure chart VERB\n\n");
    for (int i = 0; i < VERBS; i++)
        printf("  %-15s %s\n", verb_name(verbs[i]), verbs[i]->summary);
    printf("\nExamples\n%s", cmd_chart.examples);
}

static int run(cli *c, int argc, const char **argv)
{
    bool asked = argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0);
    if (c->help || asked) {
        print_verbs();
        return 0;
    }
    if (argc < 2)
        return cli_usage(c, &cmd_chart, "expected list, show, check, measure or holder");
    for (int i = 0; i < VERBS; i++)
        if (strcmp(argv[1], verb_name(verbs[i])) == 0)
            return verbs[i]->run(c, argc - 1, argv + 1);
    return cli_usage(c, &cmd_chart, "unknown verb \"%.40s\"", argv[1]);
}

const command cmd_chart = {"chart", "list|show|check|measure|holder ..",
                           "color charts: those known, your own, measured with the instrument",
                           "  tonsure chart list\n"
                           "  tonsure chart show classic\n"
                           "  tonsure chart check my.chart\n",
                           run};
