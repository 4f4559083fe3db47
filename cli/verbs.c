/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A noun of several verbs: their list, and the way to the one that is asked for. */
#include <stdio.h>
#include <string.h>

#include <tonsure/service.h>

#include "cli.h"

/* "show" of the verb "palette show" of the noun "palette". */
static const char *verb_name(const command *noun, const command *verb)
{
    return verb->name + strlen(noun->name) + 1;
}

static void print_verbs(const command *noun, const command *const *verbs, size_t count)
{
    printf("tonsure %s VERB\n\n", noun->name);
    for (size_t i = 0; i < count; i++) {
        int column = printf("  %-15s ", verb_name(noun, verbs[i]));
        cli_print_wrapped_from(column, column, verbs[i]->summary);
    }
    printf("\n");
    cli_row(0, "`tonsure %s VERB --help` tells a verb's options, with examples.", noun->name);
    cli_print_examples(noun->examples);
}

static int ask_for_verb(const cli *c, const command *noun, const command *const *verbs,
                        size_t count)
{
    char list[200] = "";
    for (size_t i = 0; i < count; i++) {
        size_t used = strlen(list);
        const char *between = i == 0 ? "" : i + 1 < count ? ", " : " or ";
        snprintf(list + used, sizeof list - used, "%s%s", between, verb_name(noun, verbs[i]));
    }
    return cli_usage(c, noun, "expected %s", list);
}

static int unknown_verb(const cli *c, const command *noun, const command *const *verbs,
                        size_t count, const char *word)
{
    enum { VERBS_MAX = 32 };
    char near[200];
    const char *names[VERBS_MAX];
    for (size_t i = 0; i < count && i < VERBS_MAX; i++)
        names[i] = verb_name(noun, verbs[i]);
    tns_service_near(word, names, count < VERBS_MAX ? count : VERBS_MAX, near, sizeof near);
    return cli_usage(c, noun, "unknown verb \"%.40s\"%s", word, near);
}

int cli_run_verb(cli *c, const command *noun, const command *const *verbs, size_t count, int argc,
                 const char **argv)
{
    bool asked = argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0);
    if (c->help || asked) {
        print_verbs(noun, verbs, count);
        return 0;
    }
    if (argc < 2)
        return ask_for_verb(c, noun, verbs, count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(argv[1], verb_name(noun, verbs[i])) == 0)
            return verbs[i]->run(c, argc - 1, argv + 1);
    return unknown_verb(c, noun, verbs, count, argv[1]);
}
