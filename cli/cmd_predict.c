/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include <tonsure/service.h>

#include "cli.h"

static int predict(cli *c, const tns_palette *palette, const char *recipe, const char *unit,
                   const char *surface, const char *output)
{
    tns_error err;
    tns_reading reading;
    if (!tns_service_predict(palette, recipe, unit, surface, &reading, &err))
        return cli_fail(c, &err);
    int status = output ? cli_save_record(c, tns_reading_write(&reading), output) : 0;
    if (status != 0)
        return status;
    if (c->json)
        return cli_print_record(c, tns_reading_write(&reading));
    cli_print_reading(c, "Predicted", &reading);
    return 0;
}

static int run(cli *c, int argc, const char **argv)
{
    const char *recipe = NULL, *unit = NULL, *surface = NULL, *output = NULL;
    const cli_option options[] = {
        {"recipe", CLI_TEXT, &recipe, "PIGMENT=N,..",
         "proportions, or what --unit counts; diluent=N too"},
        {"unit", CLI_TEXT, &unit, "UNIT", "the recipe counts drops, ml or g (proportions)"},
        {"surface", CLI_TEXT, &surface, "SURFACE",
         "opaque (default: a thick layer), film:SKIN,LOAD (ul/cm2), or "
         "healed:SKIN: as it looks in skin once healed"},
        {"output", CLI_TEXT, &output, "FILE", "write the reading to a file"},
        CLI_DRY_RUN(c),
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    if (!cli_parse(c, &cmd_predict, argc, argv, options, 0, 0, &words, &status))
        return status;
    if (!recipe)
        return cli_usage(c, &cmd_predict, "--recipe is missing");
    tns_error err;
    tns_palette *palette = tns_palette_choose(c->palette, &err);
    if (!palette)
        return cli_fail(c, &err);
    status = predict(c, palette, recipe, unit, surface, output);
    tns_palette_destroy(palette);
    return status;
}

const command cmd_predict = {
    "predict", "--recipe PIGMENT=N,.. [--surface SURFACE]", "tells the color a recipe will have",
    "  tonsure predict --recipe carbon-black=1,diluent=14 --surface film:skin.json,1\n"
    "  tonsure predict --palette kimera --recipe black=0.14,white=0.25\n"
    "  tonsure --json predict --palette mine.json --recipe carbon=3,red=1 -o predicted.json\n",
    run};
