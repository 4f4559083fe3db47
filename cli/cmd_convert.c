/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include <tonsure/service.h>
#include <tonsure/skintone.h>

#include "cli.h"

static void print(const cli *c, const tns_reading *reading)
{
    enum { PER_LINE = 5 };
    cli_print_reading(c, "Color", reading);
    double ita = tns_ita(reading->color.lab);
    if (reading->what == TNS_WHAT_SKIN)
        printf("%-10s ITA %.1f, %s\n", "Skin", ita, tns_ita_class(ita));
    if (!reading->has_spectrum)
        return;
    printf("%-10s %s\n", "Spectrum",
           reading->spectrum.reconstructed                ? "estimated from the color"
           : reading->source.kind == TNS_SOURCE_PREDICTED ? "predicted"
                                                          : "measured");
    for (int i = 0; i < TNS_BANDS; i++)
        printf("  %3.0f nm %6.4f%s", tns_band_nm(i), reading->spectrum.value[i],
               i % PER_LINE == PER_LINE - 1 || i == TNS_BANDS - 1 ? "\n" : "");
}

static int run(cli *c, int argc, const char **argv)
{
    const char *to = NULL, *kind = NULL, *adapt = NULL, *output = NULL;
    bool spectrum = false;
    const cli_option options[] = {
        {"to", CLI_TEXT, &to, "ILL/OBS", "the viewing, e.g. D50/2, or a lamp's file (D65/10)"},
        {"spectrum", CLI_FLAG, &spectrum, NULL, "estimate a spectrum where there is only a color"},
        {"kind", CLI_TEXT, &kind, "KIND", "what the color is of: skin, hair, pigment, any"},
        {"adapt", CLI_TEXT, &adapt, "bradford|cat16",
         "adapt the color, do not go through a spectrum"},
        {"output", CLI_TEXT, &output, "FILE", "write the reading to a file"},
        CLI_DRY_RUN(c),
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    if (!cli_parse(c, &cmd_convert, argc, argv, options, 1, 1, &words, &status))
        return status;

    tns_error err;
    tns_reading in, out;
    tns_convert_options how = {
        .to = to, .spectrum = spectrum, .kind = kind, .adapt = adapt != NULL};
    if (adapt && !cli_adaptation(adapt, &how.adaptation))
        return cli_usage(c, &cmd_convert, "--adapt: expected bradford or cat16, found \"%.40s\"",
                         adapt);
    if (!tns_target_load(words.word[0], &in, &err) || !tns_service_convert(&in, &how, &out, &err))
        return cli_fail(c, &err);
    if (output && (status = cli_save_record(c, tns_reading_write(&out), output)) != 0)
        return status;
    if (c->json)
        return cli_print_record(c, tns_reading_write(&out));
    print(c, &out);
    return 0;
}

const command cmd_convert = {
    "convert", "TARGET [--to ILL/OBS] [--spectrum] [--kind KIND] [--adapt bradford|cat16]",
    "shows a reading under another illuminant or observer",
    "  tonsure convert lab:38,3,6@D50/2 --to D65/10\n"
    "  tonsure convert spectra.csv#donor-left --to F11/10\n"
    "  tonsure --json convert reading.json --spectrum\n",
    run};
