/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The noun: its verbs and the dispatch. */
#include <stdio.h>
#include <string.h>

#include "palette.h"

static const command *const verbs[] = {
    &cmd_palette_list,   &cmd_palette_show,  &cmd_palette_check,
    &cmd_palette_add,    &cmd_palette_drop,  &cmd_palette_fit,
    &cmd_palette_ladder, &cmd_palette_learn, &cmd_palette_gamut,
};

enum { VERBS = sizeof verbs / sizeof *verbs };

/* Without the noun. */
static const char *verb_name(const command *verb)
{
    return verb->name + strlen("palette ");
}

static void print_verbs(void)
{
    printf("tonsure palette VERB\n\n");
    for (int i = 0; i < VERBS; i++)
        printf("  %-15s %s\n", verb_name(verbs[i]), verbs[i]->summary);
    printf("\nExamples\n%s", cmd_palette.examples);
}

static int run(cli *c, int argc, const char **argv)
{
    bool asked = argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0);
    if (c->help || asked) {
        print_verbs();
        return 0;
    }
    if (argc < 2)
        return cli_usage(c, &cmd_palette,
                         "expected list, show, check, add, drop, fit, ladder, learn or gamut");
    for (int i = 0; i < VERBS; i++)
        if (strcmp(argv[1], verb_name(verbs[i])) == 0)
            return verbs[i]->run(c, argc - 1, argv + 1);
    return cli_usage(c, &cmd_palette, "unknown verb \"%.40s\"", argv[1]);
}

const command cmd_palette = {"palette", "list|show|check|add|drop|fit|ladder|learn|gamut ..",
                             "what is on the shelf: pigments and palettes",
                             "  tonsure palette list\n"
                             "  tonsure palette show generic-smp\n"
                             "  tonsure palette check mine.json\n",
                             run};
