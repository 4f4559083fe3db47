/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The noun skin, and its verb fit: what a bare-skin reading says of the skin. */
#include <stdio.h>

#include <tonsure/service.h>
#include <tonsure/skintone.h>

#include "cli.h"

static const command cmd_skin_fit;

/* As it was read; a spectrum alone has its color in the record. */
static void print_color(const cli *c, const tns_reading *reading)
{
    char bars[48];
    cli_bars(reading->has_uncertainty ? &reading->uncertainty : NULL, bars);
    printf("%-10s ", "Skin");
    if (reading->has_color)
        cli_print_color_with(11 + cli_swatch(c, &reading->color, 6), 11, &reading->color, bars);
    else
        cli_row(11, "a spectrum%s", bars);
}

static void print_class(const tns_skin_record *r)
{
    printf("%-10s %s, ITA %.0f", "Tone", tns_ita_class(r->fit.ita), r->fit.ita);
    if (r->ita_uncertainty > 0)
        printf(" +- %.0f", r->ita_uncertainty);
    printf("\n");
}

/* "3.1 % (1.9 to 4.3)". */
static void print_share(double value, const double interval[2])
{
    printf("%.2g %% (%.2g to %.2g)", 100 * value, 100 * interval[0], 100 * interval[1]);
}

static void print_layers(const tns_skin_record *r)
{
    const tns_skin *s = &r->fit.skin;
    printf("%-10s ", "Melanin");
    print_share(s->melanin, r->interval[0]);
    printf(" of the epidermis\n%-10s ", "Blood");
    print_share(s->blood, r->interval[1]);
    printf(" of the dermis, %.0f %% of it with oxygen\n", 100 * s->oxygenation);
    cli_row(11, "%-10s %.2g per mm at 500 nm (%.2g to %.2g); light comes from %.1f mm deep",
            "Scatter", s->scattering, r->interval[3][0], r->interval[3][1], s->depth_mm);
}

static int show(cli *c, const tns_skin_record *r)
{
    const tns_skin_fit *fit = &r->fit;
    if (c->json)
        return cli_print_record(c, tns_skin_record_write(r));
    cli_paragraph line = {0};
    print_color(c, &r->reading);
    print_class(r);
    if (fit->is_skin)
        cli_say(&line, "yes: layers of skin give its color to dE %.1f and its spectrum to %.1f %%",
                fit->de00, 100 * fit->rmse);
    else
        cli_say(&line, "no: %s", fit->reason);
    printf("%-10s ", "Like skin");
    cli_print_wrapped(11, line.text);
    if (fit->is_skin)
        print_layers(r);
    cli_print_warnings(&fit->warnings);
    return 0;
}

static int run_fit(cli *c, int argc, const char **argv)
{
    const char *output = NULL;
    const cli_option options[] = {
        {"output", CLI_TEXT, &output, "FILE", "write the record to a file"},
        CLI_DRY_RUN(c),
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    tns_error err;
    tns_reading reading;
    tns_skin_record record;
    if (!cli_parse(c, &cmd_skin_fit, argc, argv, options, 1, 1, &words, &status))
        return status;
    if (!tns_target_load(words.word[0], &reading, &err) ||
        !tns_service_skin(&reading, &record, &err))
        return cli_fail(c, &err);
    if (output && (status = cli_save_record(c, tns_skin_record_write(&record), output)) != 0)
        return status;
    return show(c, &record);
}

static const command cmd_skin_fit = {"skin fit", "READING [-o FILE]",
                                     "tone, melanin and blood of bare skin, or why it is none",
                                     "  tonsure skin fit readings/skin.json\n"
                                     "  tonsure skin fit spectra.csv#donor-left -o donor.json\n"
                                     "  tonsure --json skin fit lab:62,9,16\n",
                                     run_fit};

static const command *const verbs[] = {&cmd_skin_fit};

static int run(cli *c, int argc, const char **argv)
{
    return cli_run_verb(c, &cmd_skin, verbs, sizeof verbs / sizeof *verbs, argc, argv);
}

const command cmd_skin = {"skin", "fit ..", "the tone of bare skin and what it is made of",
                          "  tonsure skin fit readings/skin.json\n"
                          "  tonsure skin fit lab:62,9,16\n"
                          "  tonsure --json skin fit readings/skin.json\n",
                          run};
