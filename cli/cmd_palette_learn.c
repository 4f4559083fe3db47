/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the mixes that were made and read teach of the palette. */
#include <stdio.h>

#include <tonsure/palettes.h>

#include "palette.h"

static int run_learn(cli *c, int argc, const char **argv)
{
    tns_learn_order order = {0};
    const cli_option options[] = {
        {"recipe", CLI_TEXT, &order.recipe, "PIGMENT=N,..",
         "what was mixed: proportions, or by --unit"},
        {"unit", CLI_TEXT, &order.unit, "UNIT", "the recipe counts drops, ml or g"},
        {"measured", CLI_TEXT, &order.measured, "TARGET", "what it was read as"},
        {"surface", CLI_TEXT, &order.surface, "SURFACE", "it was read on (opaque)"},
        {"id", CLI_TEXT, &order.id, "ID", "what to call the mix (numbered)"},
        {"forget", CLI_TEXT, &order.forget, "ID", "a mix kept before"},
        {"dry-run", CLI_FLAG, &order.dry_run, NULL, "keep and write nothing"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    tns_error err;
    if (!cli_parse(c, &cmd_palette_learn, argc, argv, options, 0, CLI_WORDS_MAX, &words, &status))
        return status;
    order.palette = c->palette;
    order.corrections = words.word;
    order.correction_count = (size_t)words.count;
    tns_context context = cli_context(c);
    tns_learn_record *record = tns_service_learn(&order, &context, &err);
    if (!record)
        return cli_fail(c, &err);
    status = cli_show_learned(c, record, false);
    tns_learn_record_destroy(record);
    return status;
}

const command cmd_palette_learn = {
    "palette learn", "[CORRECTION ..] [--recipe P=N,.. --measured READING]",
    "keeps mixes that were read and learns the palette anew from all of them",
    "  tonsure palette learn --unit drops --measured pot.json \\\n"
    "      --recipe carbon-black=3,titanium-dioxide=20\n"
    "  tonsure palette learn correction.json --dry-run\n"
    "  tonsure --palette mine.json palette learn --recipe carbon=1,diluent=12 \\\n"
    "      --measured film.json --surface film:skin.json,1 --id monday\n",
    run_learn};
