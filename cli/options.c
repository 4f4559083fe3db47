/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options by popt, which only this file knows. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <popt.h>

#include <tonsure/service.h>

#include "cli.h"

enum { OPTIONS_MAX = 40 };

/* popt's names for ours, with val = index + 1. */
typedef struct tables {
    size_t count;
    cli_option ours[OPTIONS_MAX];
    struct poptOption theirs[OPTIONS_MAX + 1];
} tables;

/* '\0' = none. */
static char short_name(const cli_option *option)
{
    return strcmp(option->name, "output") == 0    ? 'o'
           : strcmp(option->name, "repeats") == 0 ? 'n'
           : strcmp(option->name, "help") == 0    ? 'h'
                                                  : '\0';
}

static void add(tables *t, const cli_option *option)
{
    if (t->count == OPTIONS_MAX)
        return;
    struct poptOption *theirs = &t->theirs[t->count];
    theirs->longName = option->name;
    theirs->shortName = short_name(option);
    theirs->argInfo = option->kind == CLI_FLAG ? POPT_ARG_NONE : POPT_ARG_STRING;
    theirs->val = (int)t->count + 1;
    t->ours[t->count++] = *option;
}

static void add_all(tables *t, const cli_option *options)
{
    for (; options && options->name; options++)
        add(t, options);
}

static void add_global(tables *t, cli *c)
{
    const cli_option global[] = {
        {"json", CLI_FLAG, &c->json, NULL, "print one JSON document"},
        {"palette", CLI_TEXT, &c->palette, "NAME|FILE", "the palette (generic-smp)"},
#ifdef WITH_STORE
        {"store", CLI_TEXT, &c->store, "FILE", "the shelf's store (the user's own)"},
#endif
        {"quiet", CLI_FLAG, &c->quiet, NULL, "no progress"},
        {"no-color", CLI_FLAG, &c->no_color, NULL, "no swatches (NO_COLOR does the same)"},
        {"no-input", CLI_FLAG, &c->no_input, NULL, "never ask"},
        {"version", CLI_FLAG, &c->version, NULL, "version, licence, libraries"},
        {"help", CLI_FLAG, &c->help, NULL, "this help"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    add_all(t, global);
}

static bool to_number(const char *text, double *out)
{
    char *end;
    double value = strtod(text, &end);
    bool whole = end != text && *end == '\0' && value == value && value < 1e300 && value > -1e300;
    if (whole)
        *out = value;
    return whole;
}

static bool wrong(tns_error *err, const cli_option *option, const char *expected, const char *text)
{
    return tns_error_set(err, TNS_ERROR_USAGE, "--%s: expected %s, found \"%.60s\"", option->name,
                         expected, text);
}

/* Stores one option's value; texts are kept for the life of the command. */
static bool store(cli *c, const cli_option *option, char *text, tns_error *err)
{
    double number = 0;
    bool room = c->kept_count < sizeof c->kept / sizeof *c->kept;
    if (text && !room) {
        free(text);
        return tns_error_set(err, TNS_ERROR_USAGE, "--%s: too many options", option->name);
    }
    if (text)
        c->kept[c->kept_count++] = text;
    cli_list *list = option->to;
    switch (option->kind) {
    case CLI_FLAG:
        *(bool *)option->to = true;
        return true;
    case CLI_TEXT:
        *(const char **)option->to = text;
        return true;
    case CLI_LIST:
        if (list->count == CLI_LIST_MAX)
            return tns_error_set(err, TNS_ERROR_USAGE, "--%s: said more than %d times",
                                 option->name, CLI_LIST_MAX);
        list->item[list->count++] = text;
        return true;
    case CLI_INTEGER:
        if (!to_number(text, &number) || number < 0 || number > 1e6 || number != (int)number)
            return wrong(err, option, "a whole number", text);
        *(int *)option->to = (int)number;
        return true;
    case CLI_NUMBER:
        return to_number(text, (double *)option->to) || wrong(err, option, "a number", text);
    }
    return false;
}

/* `bad` as it was typed, a value behind "=" left off. "" for a letter, and where none is near. */
static void near_options(const tables *t, const char *bad, char *text, size_t size)
{
    char word[48], names[OPTIONS_MAX][48];
    const char *list[OPTIONS_MAX];
    snprintf(word, sizeof word, "%.*s", (int)strcspn(bad, "="), bad);
    text[0] = '\0';
    for (size_t i = 0; i < t->count; i++) {
        snprintf(names[i], sizeof names[i], "--%s", t->ours[i].name);
        list[i] = names[i];
    }
    if (strlen(word) > 4)
        tns_service_near(word, list, t->count, text, size);
}

static bool take_options(cli *c, poptContext popt, const tables *t, tns_error *err)
{
    int val;
    while ((val = poptGetNextOpt(popt)) > 0)
        if (!store(c, &t->ours[val - 1], poptGetOptArg(popt), err))
            return false;
    if (val >= -1)
        return true;
    char near[200] = "";
    const char *bad = poptBadOption(popt, POPT_BADOPTION_NOALIAS);
    if (val == POPT_ERROR_BADOPT)
        near_options(t, bad, near, sizeof near);
    return tns_error_set(err, TNS_ERROR_USAGE, "%s: %s%s", bad, poptStrerror(val), near);
}

/* The words stay in argv, which outlives popt's copy of them. */
static const char *same_word(int argc, const char **argv, const char *word)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], word) == 0)
            return argv[i];
    return word;
}

static bool take_words(poptContext popt, const command *cmd, int argc, const char **argv, int least,
                       int most, cli_words *words, tns_error *err)
{
    const char *word;
    words->count = 0;
    while ((word = poptGetArg(popt)) != NULL) {
        if (words->count == most || words->count == CLI_WORDS_MAX)
            return tns_error_set(err, TNS_ERROR_USAGE, "unexpected argument \"%.60s\"", word);
        words->word[words->count++] = same_word(argc, argv, word);
    }
    return words->count >= least ||
           tns_error_set(err, TNS_ERROR_USAGE, "expected %d argument%s, found %d: %s %s", least,
                         least == 1 ? "" : "s", words->count, cmd->name, cmd->usage);
}

bool cli_parse(cli *c, const command *cmd, int argc, const char **argv, const cli_option *options,
               int least, int most, cli_words *words, int *status)
{
    tables t = {0};
    tns_error err = {0};
    *status = 0;
    add_all(&t, options);
    add_global(&t, c);
    poptContext popt = poptGetContext(NULL, argc, argv, t.theirs, 0);
    bool done = take_options(c, popt, &t, &err);
    if (done && (c->help || c->version)) {
        if (c->version)
            cli_print_version();
        else
            cli_print_help(cmd, options);
        done = false;
    } else if (!done || !take_words(popt, cmd, argc, argv, least, most, words, &err)) {
        *status = cli_usage(c, cmd, "%s", err.text);
        done = false;
    }
    poptFreeContext(popt);
    return done;
}

/* How many of argv the options before the first word take: popt is asked up to there only. */
bool cli_parse_global(cli *c, int argc, const char **argv, int *used, int *status)
{
    tables t = {0};
    tns_error err = {0};
    add_global(&t, c);
    poptContext popt = poptGetContext(NULL, argc, argv, t.theirs, POPT_CONTEXT_POSIXMEHARDER);
    bool done = take_options(c, popt, &t, &err);
    const char **rest = done ? poptGetArgs(popt) : NULL;
    int left = 0;
    while (rest && rest[left])
        left++;
    *used = argc - left;
    poptFreeContext(popt);
    if (!done)
        *status = cli_fail(c, &err);
    return done;
}

static void print_option(const cli_option *option)
{
    char left[64], letter[8] = "";
    if (short_name(option))
        snprintf(letter, sizeof letter, "-%c, ", short_name(option));
    snprintf(left, sizeof left, "%s--%s%s%s", letter, option->name, option->value ? " " : "",
             option->value ? option->value : "");
    int column = printf("  %-32s ", left);
    cli_print_wrapped_from(column, 35, option->help);
}

void cli_print_help(const command *cmd, const cli_option *options)
{
    cli none = {0};
    tables global = {0};
    add_global(&global, &none);
    cli_row(8, "tonsure %s %s", cmd->name, cmd->usage);
    printf("\n");
    cli_print_wrapped(0, cmd->summary);
    if (options && options->name)
        printf("\nOptions; in brackets the default\n");
    for (; options && options->name; options++)
        print_option(options);
    printf("\nOptions of every command\n");
    for (size_t i = 0; i < global.count; i++)
        print_option(&global.ours[i]);
    cli_print_examples(cmd->examples);
}

int cli_check(const cli *c, const command *cmd, const cli_range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const cli_range *r = &ranges[i];
        bool whole = r->kind == CLI_INTEGER;
        if (r->value <= r->most && (whole ? r->value >= r->least : r->value > r->least))
            continue;
        if (whole)
            return cli_usage(c, cmd, "--%s: expected %g to %g", r->option, r->least, r->most);
        return isfinite(r->most)
                   ? cli_usage(c, cmd, "--%s: expected a number above %g, at most %g", r->option,
                               r->least, r->most)
                   : cli_usage(c, cmd, "--%s: expected a number above %g", r->option, r->least);
    }
    return 0;
}

bool cli_adaptation(const char *text, tns_adaptation *out)
{
    bool cat16 = strcmp(text, "cat16") == 0;
    *out = cat16 ? TNS_ADAPT_CAT16 : TNS_ADAPT_BRADFORD;
    return cat16 || strcmp(text, "bradford") == 0;
}

bool cli_what(const char *text, tns_what *out)
{
    static const char *const words[] = {"dot", "area", "skin", "strand", "ink"};
    static const tns_what whats[] = {TNS_WHAT_DOT, TNS_WHAT_AREA, TNS_WHAT_SKIN, TNS_WHAT_STRAND,
                                     TNS_WHAT_INK};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i]) == 0) {
            *out = whats[i];
            return true;
        }
    return false;
}

void cli_finish(cli *c)
{
    for (size_t i = 0; i < c->kept_count; i++)
        free(c->kept[i]);
}
