/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/service.h>

#include "cli.h"

enum { LIST, SHOW, CHECK, ADD, DROP, FIT, VERBS };

static const command verbs[VERBS];

/* ---- list ---- */

static int run_list(cli *c, int argc, const char **argv)
{
    cli_words words;
    int status;
    tns_error err;
    size_t count = 0;
    if (!cli_parse(c, &verbs[LIST], argc, argv, NULL, 0, 0, &words, &status))
        return status;
    tns_palette_entry *entries = tns_service_palettes(&count, &err);
    if (!entries)
        return cli_fail(c, &err);
    if (c->json)
        status = cli_print_record(c, tns_palette_list_write(entries, count));
    else
        for (size_t i = 0; i < count; i++)
            printf("%-20s %2zu pigments, %s, %s\n", entries[i].name, entries[i].pigments,
                   entries[i].absolute ? "absolute" : "relative", entries[i].place);
    free(entries);
    return c->json ? status : 0;
}

/* ---- show ---- */

static const char *kind_name(tns_pigment_kind kind)
{
    static const char *const names[] = {"pigment", "preshade", "diluent", "additive"};
    return names[kind];
}

static void print_pigment(const tns_pigment *p, int id_width, int name_width)
{
    printf("  %-*s  %-*s  %-8s  %-8s  ", id_width, p->id, name_width, p->name, kind_name(p->kind),
           p->color_index_count > 0 ? p->color_index[0] : "-");
    printf("%s, drop %.3f ml%s\n", p->origin == TNS_ORIGIN_MEASURED ? "measured" : "modelled",
           tns_pigment_drop_ml(p), p->drop_ml > 0 ? "" : " (not weighed)");
}

static void print_palette(const tns_palette *p)
{
    int id_width = 0, name_width = 0;
    printf("%s %s: %zu pigments, %s scale, by %s\n\n", p->name, p->version, p->count,
           p->model.absolute ? "absolute" : "relative",
           p->model.basis == TNS_BY_VOLUME ? "volume" : "mass");
    cli_print_wrapped(0, p->provenance);
    printf("%s", p->provenance[0] ? "\n" : "");
    for (size_t i = 0; i < p->count; i++) {
        int id = (int)strlen(p->pigments[i].id), name = (int)strlen(p->pigments[i].name);
        id_width = id > id_width ? id : id_width;
        name_width = name > name_width ? name : name_width;
    }
    for (size_t i = 0; i < p->count; i++)
        print_pigment(&p->pigments[i], id_width, name_width);
}

static int run_show(cli *c, int argc, const char **argv)
{
    cli_words words;
    int status;
    tns_error err;
    if (!cli_parse(c, &verbs[SHOW], argc, argv, NULL, 0, 1, &words, &status))
        return status;
    tns_palette *palette = tns_palette_choose(words.count > 0 ? words.word[0] : c->palette, &err);
    if (!palette)
        return cli_fail(c, &err);
    if (c->json)
        status = cli_print_record(c, tns_palette_write(palette));
    else
        print_palette(palette);
    tns_palette_destroy(palette);
    return c->json ? status : 0;
}

/* ---- check ---- */

static int run_check(cli *c, int argc, const char **argv)
{
    cli_words words;
    int status;
    tns_error err;
    if (!cli_parse(c, &verbs[CHECK], argc, argv, NULL, 1, 1, &words, &status))
        return status;
    tns_palette *palette = tns_palette_load(words.word[0], &err);
    if (c->json)
        status = cli_print_record(
            c, tns_palette_check_write(words.word[0], palette, palette ? NULL : &err));
    else if (palette)
        printf("%s: good: %zu pigments\n", words.word[0], palette->count);
    if (!palette)
        return cli_fail_quietly(&err);
    tns_palette_destroy(palette);
    return c->json ? status : 0;
}

/* ---- add, drop ---- */

static int show_change(cli *c, const tns_palette_change *change)
{
    if (c->json)
        return cli_print_record(c, tns_palette_change_write(change));
    printf("%s: %s, drop %.4f ml%s%s\n", change->palette, change->pigment, change->drop_ml,
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
    if (!cli_parse(c, &verbs[ADD], argc, argv, options, 0, 0, &words, &status))
        return status;
    if (!color_index || !name)
        return cli_usage(c, &verbs[ADD], "expected --color-index and --name");
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
    if (!cli_parse(c, &verbs[DROP], argc, argv, options, 1, 1, &words, &status))
        return status;
    if (!weigh)
        return cli_usage(c, &verbs[DROP], "--weigh is missing");
    if (!tns_service_palette_drop(c->palette, words.word[0], weigh, dry_run, &change, &err))
        return cli_fail(c, &err);
    return show_change(c, &change);
}

/* ---- fit ---- */

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
    printf("%s: %zu pigments, %s scale, k1 %g, k2 %g%s%s\n", fit->palette->name,
           fit->palette->count, model->absolute ? "absolute" : "relative", model->k1, model->k2,
           order->dry_run ? " (dry run: nothing was written)" : ", written to ",
           order->dry_run ? "" : order->output);
    print_summary("fitted", &fit->fitted);
    print_summary("left out", &fit->held_out);
    cli_print_warnings(&fit->warnings);
    return 0;
}

static int run_fit(cli *c, int argc, const char **argv)
{
    tns_fit_order order = {0};
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
        {"dry-run", CLI_FLAG, &order.dry_run, NULL, "write nothing"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    tns_error err;
    if (!cli_parse(c, &verbs[FIT], argc, argv, options, 1, 1, &words, &status))
        return status;
    if (!order.output)
        return cli_usage(c, &verbs[FIT], "-o PALETTE is missing");
    order.samples = words.word[0];
    tns_context context = cli_context(c);
    tns_fit *fit = tns_service_fit(&order, &context, &err);
    if (!fit)
        return cli_fail(c, &err);
    status = show_fit(c, fit, &order);
    tns_fit_destroy(fit);
    return status;
}

/* ---- verbs ---- */

static const command verbs[VERBS] = {
    {"palette list", "", "lists the palettes there are",
     "  tonsure palette list\n"
     "  tonsure --json palette list\n"
     "  tonsure --json palette list > shelf.json\n",
     run_list},
    {"palette show", "[NAME|FILE]", "shows a palette's pigments",
     "  tonsure palette show\n"
     "  tonsure palette show kimera\n"
     "  tonsure --json palette show generic-smp > mine.json\n",
     run_show},
    {"palette check", "FILE", "says whether a palette file is sound, or what is wrong and where",
     "  tonsure palette check mine.json\n"
     "  tonsure --json palette check mine.json\n"
     "  tonsure palette check ./clinic/shelf.json && echo good\n",
     run_check},
    {"palette add", "--color-index CI --name NAME",
     "adds a bottle nobody measured, by its Colour Index",
     "  tonsure palette add --color-index \"CI 77266\" --name \"Deep Black\"\n"
     "  tonsure --palette mine.json palette add --color-index 77491 --name \"Warm Red\"\n"
     "  tonsure palette add --color-index \"CI 77499\" --name \"Iron Black\" --dry-run\n",
     run_add},
    {"palette drop", "PIGMENT --weigh DROPS=GRAMSg", "sets how much a drop of a bottle holds",
     "  tonsure palette drop carbon-black --weigh 20=0.83g\n"
     "  tonsure --palette mine.json palette drop red --weigh 20=0.91g\n"
     "  tonsure palette drop carbon-black --weigh 20=0.83g --dry-run\n",
     run_drop},
    {"palette fit", "SAMPLES -o PALETTE", "makes a palette from measured samples of known mixtures",
     "  tonsure palette fit samples.csv -o shelf.json\n"
     "  tonsure palette fit samples.csv -o shelf.json --saunderson 0.04,0.6 --holdout mix-1,mix-2\n"
     "  tonsure --json palette fit samples.csv -o shelf.json --white white --dry-run\n",
     run_fit},
};

static void print_verbs(void)
{
    printf("tonsure palette VERB\n\n");
    for (int i = 0; i < VERBS; i++)
        printf("  %-15s %s\n", verbs[i].name + strlen("palette "), verbs[i].summary);
    printf("\nExamples\n%s", cmd_palette.examples);
}

static int run(cli *c, int argc, const char **argv)
{
    bool asked = argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0);
    if (c->help || asked) {
        print_verbs();
        return 0;
    }
    if (argc < 2)
        return cli_usage(c, &cmd_palette, "expected list, show, check, add, drop or fit");
    for (int i = 0; i < VERBS; i++)
        if (strcmp(argv[1], verbs[i].name + strlen("palette ")) == 0)
            return verbs[i].run(c, argc - 1, argv + 1);
    return cli_usage(c, &cmd_palette, "unknown verb \"%.40s\"", argv[1]);
}

const command cmd_palette = {"palette", "list|show|check|add|drop|fit ..",
                             "what is on the shelf: pigments and palettes",
                             "  tonsure palette list\n"
                             "  tonsure palette show generic-smp\n"
                             "  tonsure palette check mine.json\n",
                             run};
