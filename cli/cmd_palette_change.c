/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bottle more, or a drop weighed: changes of one palette. */
#include <stdio.h>

#include <tonsure/palettes.h>

#include "palette.h"

static int show_change(cli *c, const tns_palette_change *change)
{
    if (c->json)
        return cli_print_record(c, tns_palette_change_write(change));
    cli_row(2, "%s: %s, drop %.4f ml%s%s", change->palette, change->pigment, change->drop_ml,
            change->written ? ", written to " : " (dry run: nothing was written)",
            change->written ? change->path : "");
    cli_print_warnings(&change->warnings);
    return 0;
}

static int run_add(cli *c, int argc, const char **argv)
{
    const char *color_index = NULL, *name = NULL;
    bool dry_run = false;
    const cli_option options[] = {
        {"color-index", CLI_TEXT, &color_index, "CI",
         "the Colour Index on the bottle: \"CI 77266\""},
        {"name", CLI_TEXT, &name, "NAME", "what to call it"},
        {"dry-run", CLI_FLAG, &dry_run, NULL, "write nothing"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    tns_error err;
    tns_palette_change change;
    if (!cli_parse(c, &cmd_palette_add, argc, argv, options, 0, 0, &words, &status))
        return status;
    if (!color_index || !name)
        return cli_usage(c, &cmd_palette_add, "expected --color-index and --name");
    if (!tns_service_palette_add(c->palette, color_index, name, dry_run, &change, &err))
        return cli_fail(c, &err);
    return show_change(c, &change);
}

static int run_drop(cli *c, int argc, const char **argv)
{
    const char *weigh = NULL;
    bool dry_run = false;
    const cli_option options[] = {
        {"weigh", CLI_TEXT, &weigh, "DROPS=GRAMSg", "what so many drops weigh: 20=0.83g"},
        {"dry-run", CLI_FLAG, &dry_run, NULL, "write nothing"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    tns_error err;
    tns_palette_change change;
    if (!cli_parse(c, &cmd_palette_drop, argc, argv, options, 1, 1, &words, &status))
        return status;
    if (!weigh)
        return cli_usage(c, &cmd_palette_drop, "--weigh is missing");
    if (!tns_service_palette_drop(c->palette, words.word[0], weigh, dry_run, &change, &err))
        return cli_fail(c, &err);
    return show_change(c, &change);
}

const command cmd_palette_add = {
    "palette add", "--color-index CI --name NAME",
    "adds a bottle nobody measured, by its Colour Index",
    "  tonsure palette add --color-index \"CI 77266\" --name \"Deep Black\"\n"
    "  tonsure --palette mine.json palette add --color-index 77491 --name \"Warm Red\"\n"
    "  tonsure palette add --color-index \"CI 77499\" --name \"Iron Black\" --dry-run\n",
    run_add};

const command cmd_palette_drop = {
    "palette drop", "PIGMENT --weigh DROPS=GRAMSg", "sets how much a drop of a bottle holds",
    "  tonsure palette drop carbon-black --weigh 20=0.83g\n"
    "  tonsure --palette mine.json palette drop red --weigh 20=0.91g\n"
    "  tonsure palette drop carbon-black --weigh 20=0.83g --dry-run\n",
    run_drop};
