/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From measured samples to a palette. */
#include <stdio.h>

#include <tonsure/exchange.h>
#include <tonsure/service.h>

#include "palette.h"

static void print_summary(const char *label, const tns_fit_summary *s)
{
    if (s->count > 0)
        printf("%-9s %4zu samples   dE00 mean %.2f  median %.2f  p95 %.2f  max %.2f\n", label,
               s->count, s->mean, s->median, s->p95, s->max);
}

static int show_fit(cli *c, const tns_fit *fit, const tns_fit_order *order)
{
    if (c->json)
        return cli_print_record(c, tns_fit_write(fit, order->output, !order->dry_run));
    const tns_palette_model *model = &fit->palette->model;
    printf("%s: %zu pigment%s, %s scale, k1 %g, k2 %g%s%s\n", fit->palette->name,
           fit->palette->count, cli_plural(fit->palette->count),
           model->absolute ? "absolute" : "relative", model->k1, model->k2,
           order->dry_run ? " (dry run: nothing was written)" : ", written to ",
           order->dry_run ? "" : order->output);
    print_summary("fitted", &fit->fitted);
    print_summary("left out", &fit->held_out);
    cli_print_warnings(&fit->warnings);
    return 0;
}

/* A table of colors alone: known pigments are moved to them. */
static int calibrate(cli *c, const tns_calibrate_order *order)
{
    tns_context context = cli_context(c);
    tns_error err;
    tns_learn_record *record = tns_service_calibrate(order, &context, &err);
    if (!record)
        return cli_fail(c, &err);
    int status = cli_show_learned(c, record, true);
    tns_learn_record_destroy(record);
    return status;
}

static int fit_spectra(cli *c, const tns_fit_order *order)
{
    tns_context context = cli_context(c);
    tns_error err;
    tns_fit *fit = tns_service_fit(order, &context, &err);
    if (!fit)
        return cli_fail(c, &err);
    int status = show_fit(c, fit, order);
    tns_fit_destroy(fit);
    return status;
}

static int run_fit(cli *c, int argc, const char **argv)
{
    tns_fit_order order = {0};
    tns_calibrate_order by_color = {.fit = &order};
    cli_list indices = {0};
    bool colors = false;
    const cli_option options[] = {
        {"output", CLI_TEXT, &order.output, "PALETTE", "the palette's file"},
        {"saunderson", CLI_TEXT, &order.saunderson, "K1,K2|fit",
         "the surface's constants, or fit k2 (default: no correction)"},
        {"specular", CLI_TEXT, &order.specular, "included|excluded",
         "in the readings (default: excluded)"},
        {"white", CLI_TEXT, &order.white, "PIGMENT", "whose S is 1, when all is opaque"},
        {"holdout", CLI_TEXT, &order.holdout, "ID,..|@FILE", "samples to judge by, not to fit"},
        {"basis", CLI_TEXT, &order.basis, "volume|mass", "of the amounts (default: volume)"},
        {"load-unit", CLI_TEXT, &order.load_unit, "UNIT", "of films' amounts (default: ul/cm2)"},
        {"color-index", CLI_LIST, &indices, "ID=CI", "colors alone: what a pigment is; repeatable"},
        {"viewing", CLI_TEXT, &by_color.viewing, "ILL/OBS",
         "colors alone: read under, unless the table says"},
        {"dry-run", CLI_FLAG, &order.dry_run, NULL, "write nothing"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    tns_error err;
    if (!cli_parse(c, &cmd_palette_fit, argc, argv, options, 1, 1, &words, &status))
        return status;
    if (!order.output)
        return cli_usage(c, &cmd_palette_fit, "-o PALETTE is missing");
    order.samples = words.word[0];
    if (!tns_exchange_are_colors(order.samples, &colors, &err))
        return cli_fail(c, &err);
    if (!colors && (by_color.viewing || indices.count > 0))
        return cli_usage(c, &cmd_palette_fit, "%s is for a table of colors, not of spectra",
                         by_color.viewing ? "--viewing" : "--color-index");
    by_color.palette = c->palette;
    by_color.color_indices = indices.item;
    by_color.color_index_count = indices.count;
    return colors ? calibrate(c, &by_color) : fit_spectra(c, &order);
}

const command cmd_palette_fit = {
    "palette fit", "SAMPLES -o PALETTE", "makes a palette from measured samples of known mixtures",
    "  tonsure palette fit samples.csv -o shelf.json\n"
    "  tonsure palette fit samples.csv -o shelf.json --saunderson 0.04,0.6 --holdout mix-1,mix-2\n"
    "  tonsure --json palette fit samples.csv -o shelf.json --white white --dry-run\n",
    run_fit};
