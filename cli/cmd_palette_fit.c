/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From measured samples to a palette. */
#include <math.h>
#include <stdio.h>

#include <tonsure/exchange.h>
#include <tonsure/palettes.h>

#include "palette.h"

enum { PUT_LABEL = 10 };

/* Two decimals would show 1. */
static bool is_one(double times)
{
    return times > 0.995 && times < 1.005;
}

static void print_summary(const char *label, const tns_fit_summary *s)
{
    if (s->count > 0)
        cli_row(10, "%-9s %4zu samples   dE00 mean %.2f  median %.2f  p95 %.2f  max %.2f", label,
                s->count, s->mean, s->median, s->p95, s->max);
}

/* "replaced  carbon-black, which was modelled; its masstone moves by dE 2.1, 0.85 times as strong".
 */
static void print_put(const tns_fit_put *put)
{
    static const char *const words[] = {"added", "replaced", "kept"};
    cli_paragraph line = {0};
    cli_say(&line, "%s", put->pigment);
    if (put->how == TNS_PUT_REPLACED)
        cli_say(&line, ", which was %s", put->was == TNS_ORIGIN_MODELLED ? "modelled" : "measured");
    if (put->how == TNS_PUT_KEPT)
        cli_say(&line, ": the palette's own");
    if (!isnan(put->moved))
        cli_say(&line, "; its masstone %s by dE" CLI_KEEP "%.1f",
                put->how == TNS_PUT_KEPT ? "differs" : "moves", put->moved);
    if (!isnan(put->strength) && !is_one(put->strength))
        cli_say(&line, ", %.2f" CLI_KEEP "times as strong", put->strength);
    printf("%-9s ", words[put->how]);
    cli_print_wrapped(PUT_LABEL, line.text);
}

/* A clear diluent is on the palette anyway: nobody fitted it. */
static bool is_clear(const tns_fit *fit, const char *id)
{
    int index = tns_palette_index(fit->palette, id);
    return index >= 0 && fit->palette->pigments[index].kind == TNS_DILUENT;
}

static size_t count_fitted(const tns_fit *fit, const tns_fit_into *into)
{
    size_t count = 0;
    for (size_t i = 0; i < into->count; i++)
        count += into->puts[i].how != TNS_PUT_KEPT && !is_clear(fit, into->puts[i].pigment);
    for (size_t i = 0; !into->palette[0] && i < fit->palette->count; i++)
        count += fit->palette->pigments[i].kind != TNS_DILUENT;
    return count;
}

static void print_into(const tns_fit *fit, const tns_fit_into *into)
{
    for (size_t i = 0; i < into->count; i++)
        if (into->puts[i].how != TNS_PUT_KEPT || !is_clear(fit, into->puts[i].pigment))
            print_put(&into->puts[i]);
    if (into->scale > 0 && !is_one(into->scale))
        printf("scale     all that was fitted is %.2f times as strong on the palette's\n",
               into->scale);
    if (into->palette[0])
        printf("untouched %zu other pigment%s of %s\n", into->untouched,
               cli_plural(into->untouched), into->palette);
}

static int show_fit(cli *c, const tns_fit *fit, const tns_fit_into *into, const char *path,
                    bool dry_run)
{
    if (c->json)
        return cli_print_record(c, tns_fit_write_into(fit, into, path, !dry_run));
    const tns_palette_model *model = &fit->palette->model;
    size_t fitted = count_fitted(fit, into);
    cli_row(2, "%s: %zu pigment%s fitted, %s scale, k1 %g, k2 %g%s%s", fit->palette->name, fitted,
            cli_plural(fitted), model->absolute ? "absolute" : "relative", model->k1, model->k2,
            dry_run ? " (dry run: nothing was written)" : ", written to ", dry_run ? "" : path);
    print_into(fit, into);
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
    tns_fit_into into;
    char path[1024];
    tns_fit *fit = tns_service_fit_into(order, &context, &into, path, sizeof path, &err);
    if (!fit)
        return cli_fail(c, &err);
    int status = show_fit(c, fit, &into, path, order->dry_run);
    tns_fit_into_finish(&into);
    tns_fit_destroy(fit);
    return status;
}

typedef struct fit_options {
    tns_fit_order order;
    tns_calibrate_order by_color; /* of a table of colors alone */
    cli_list indices;
} fit_options;

/* What only the other kind of table takes is refused. */
static int check(const cli *c, const fit_options *o, bool colors)
{
    if (!colors && (o->by_color.viewing || o->indices.count > 0))
        return cli_usage(c, &cmd_palette_fit, "%s is for a table of colors, not of spectra",
                         o->by_color.viewing ? "--viewing" : "--color-index");
    if (colors && o->order.into)
        return cli_usage(c, &cmd_palette_fit,
                         "--into is for a table of spectra; one of colors is put onto the palette "
                         "in force: --palette P .. -o FILE");
    return 0;
}

/* False: the run ends with *status, at --help too. */
static bool parse(cli *c, int argc, const char **argv, fit_options *o, int *status)
{
    tns_fit_order *order = &o->order;
    const cli_option options[] = {
        {"output", CLI_TEXT, &order->output, "PALETTE", "the palette's file"},
        {"into", CLI_TEXT, &order->into, "PALETTE", "put what is fitted into it; its others stay"},
        {"keep", CLI_TEXT, &order->keep, "ID,..", "with --into: of its own these stay too"},
        {"new-bottle", CLI_TEXT, &order->new_bottles, "ID,..",
         "with --into: not the bottles that it has of these"},
        {"saunderson", CLI_TEXT, &order->saunderson, "K1,K2|fit",
         "the surface's constants, or fit k2 (no correction)"},
        {"specular", CLI_TEXT, &order->specular, "included|excluded", "in the readings (excluded)"},
        {"white", CLI_TEXT, &order->white, "PIGMENT", "whose S is 1, when all is opaque"},
        {"holdout", CLI_TEXT, &order->holdout, "ID,..|@FILE", "samples to judge by, not to fit"},
        {"basis", CLI_TEXT, &order->basis, "volume|mass", "of the amounts (volume)"},
        {"load-unit", CLI_TEXT, &order->load_unit, "UNIT", "of films' amounts (ul/cm2)"},
        {"color-index", CLI_LIST, &o->indices, "ID=CI",
         "colors alone: what a pigment is; repeatable"},
        {"viewing", CLI_TEXT, &o->by_color.viewing, "ILL/OBS",
         "colors alone: read under, unless the table says"},
        {"dry-run", CLI_FLAG, &order->dry_run, NULL, "write nothing"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    if (!cli_parse(c, &cmd_palette_fit, argc, argv, options, 1, 1, &words, status))
        return false;
    order->samples = words.word[0];
    *status = order->output || order->into
                  ? 0
                  : cli_usage(c, &cmd_palette_fit, "-o PALETTE or --into PALETTE is missing");
    return *status == 0;
}

static int run_fit(cli *c, int argc, const char **argv)
{
    fit_options o = {.by_color = {.palette = c->palette}};
    bool colors = false;
    int status;
    tns_error err;
    if (!parse(c, argc, argv, &o, &status))
        return status;
    if (!tns_exchange_are_colors(o.order.samples, &colors, &err))
        return cli_fail(c, &err);
    if ((status = check(c, &o, colors)) != 0)
        return status;
    o.by_color.fit = &o.order;
    o.by_color.color_indices = o.indices.item;
    o.by_color.color_index_count = o.indices.count;
    return colors ? calibrate(c, &o.by_color) : fit_spectra(c, &o.order);
}

const command cmd_palette_fit = {
    "palette fit", "SAMPLES -o PALETTE | SAMPLES --into PALETTE",
    "makes a palette from measured samples of known mixtures",
    "  tonsure palette fit samples.csv -o shelf.json\n"
    "  tonsure palette fit samples.csv -o shelf.json --saunderson 0.04,0.6 --holdout mix-1,mix-2\n"
    "  tonsure --json palette fit samples.csv --into shelf.json --keep white --dry-run\n",
    run_fit};
