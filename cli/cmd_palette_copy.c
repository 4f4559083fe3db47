/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Palettes out to files, and files in among the palettes that can be named. */
#include <stdio.h>

#include <tonsure/palettes.h>

#include "palette.h"

/* What an export has no place for is talk: the file may be read by a program. */
static void tell_losses(const tns_palette_copy *copy)
{
    char text[TNS_WARNING_SIZE + 16];
    for (size_t i = 0; i < copy->warnings.count; i++) {
        snprintf(text, sizeof text, "note: %s", copy->warnings.text[i]);
        cli_print_error(text);
    }
}

static int show(cli *c, const tns_palette_copy *copy, bool exported)
{
    if (c->json)
        return cli_print_record(c, tns_palette_copy_write(copy));
    if (!c->quiet || !copy->written)
        cli_row(2, "%s: %zu pigment%s%s%s", copy->palette, copy->pigments,
                cli_plural(copy->pigments),
                copy->written ? ", written to " : " (dry run: nothing was written)",
                copy->written ? copy->path : "");
    if (exported && !c->quiet)
        tell_losses(copy);
    else if (!exported)
        cli_print_warnings(&copy->warnings);
    return 0;
}

static int run_export(cli *c, int argc, const char **argv)
{
    const char *output = NULL;
    bool dry_run = false;
    const cli_option options[] = {
        {"output", CLI_TEXT, &output, "FILE", "FILE.json: all of it; FILE.csv: K and S by band"},
        {"dry-run", CLI_FLAG, &dry_run, NULL, "write nothing"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    tns_error err;
    tns_palette_copy copy;
    if (!cli_parse(c, &cmd_palette_export, argc, argv, options, 0, 1, &words, &status))
        return status;
    if (!output)
        return cli_usage(c, &cmd_palette_export, "expected -o FILE.json or FILE.csv");
    const char *palette = words.count > 0 ? words.word[0] : c->palette;
    if (!tns_service_palette_export(palette, output, dry_run, &copy, &err))
        return cli_fail(c, &err);
    return show(c, &copy, true);
}

static int run_import(cli *c, int argc, const char **argv)
{
    const char *name = NULL;
    bool force = false, dry_run = false;
    const cli_option options[] = {
        {"name", CLI_TEXT, &name, "NAME", "what to call it (as the file does)"},
        {"force", CLI_FLAG, &force, NULL, "replace a palette of that name"},
        {"dry-run", CLI_FLAG, &dry_run, NULL, "write nothing"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    tns_error err;
    tns_palette_copy copy;
    if (!cli_parse(c, &cmd_palette_import, argc, argv, options, 1, 1, &words, &status))
        return status;
    if (!tns_service_palette_import(words.word[0], name, force, dry_run, &copy, &err))
        return cli_fail(c, &err);
    return show(c, &copy, false);
}

const command cmd_palette_export = {"palette export", "[NAME|FILE] -o FILE.json|FILE.csv",
                                    "writes a palette to a file, for others or other programs",
                                    "  tonsure palette export generic-smp -o shelf.json\n"
                                    "  tonsure palette export kimera -o kimera.csv\n"
                                    "  tonsure --json palette export mine.json -o table.csv\n",
                                    run_export};

const command cmd_palette_import = {
    "palette import", "FILE [--name NAME] [--force]",
    "checks a palette's file or table, and keeps it, so that it can be named",
    "  tonsure palette import mine.json --name clinic\n"
    "  tonsure palette import clinic/shelf.json --name shelf --force\n"
    "  tonsure --json palette import mine.json --name other --dry-run\n",
    run_import};
