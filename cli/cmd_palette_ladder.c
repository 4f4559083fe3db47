/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bottle's ladder: planned, or fitted and shown. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/palettes.h>

#include "palette.h"

/* ---- a plan ---- */

static const char *where_to_read(const tns_ladder_step *step)
{
    return step->on_white && step->on_black ? ", on white and black"
           : step->on_white                 ? ", on white"
           : step->on_black                 ? ", on black"
                                            : "";
}

static void print_step(const tns_ladder_plan_record *plan, const tns_ladder_step *step)
{
    const char *link = "";
    cli_paragraph line = {0};
    printf("%-15s ", step->id);
    for (int i = 0; i < TNS_LADDER_PARTS; i++) {
        if (step->drops[i] == 0)
            continue;
        cli_say(&line, "%s%d" CLI_KEEP "drop%s" CLI_KEEP "%s" CLI_KEEP "(%.2f" CLI_KEEP "ml)", link,
                step->drops[i], step->drops[i] == 1 ? "" : "s", plan->part[i], step->ml[i]);
        link = " + ";
    }
    cli_say(&line, "%s", where_to_read(step));
    cli_print_wrapped(16, line.text);
}

/* "tonsure palette", under the palette that was asked for. */
static void say_command(cli_paragraph *line, const cli *c, const char *verb)
{
    cli_say(line, "tonsure%s%s palette %s", c->palette ? " --palette " : "",
            c->palette ? c->palette : "", verb);
}

static void print_command(const cli_paragraph *line)
{
    printf("  ");
    cli_print_command(2, 6, line->text);
}

/* A bottle that is not on the palette yet has no drop to be kept there. */
static void print_weighing(const cli *c, const tns_ladder_plan_record *plan)
{
    const char *id = plan->part[TNS_LADDER_BOTTLE];
    bool on_palette = strcmp(plan->known, id) == 0;
    if (!plan->ladder.weigh_first)
        return;
    if (!on_palette && !plan->known[0]) {
        cli_row(0, "Weigh 20 drops once %s is on a palette, which its ladder puts it on.", id);
        return;
    }
    printf("First weigh 20 drops:\n");
    cli_paragraph add = {0}, drop = {0};
    if (!on_palette) {
        say_command(&add, c, "add");
        cli_say(&add, " --color-index \"%s\" --name %s", plan->known, id);
        print_command(&add);
    }
    say_command(&drop, c, "drop");
    cli_say(&drop, " %s --weigh 20=0.83g", id);
    print_command(&drop);
}

/* Spectra are fitted and shown as a ladder; colors alone correct the model that the bottle has. */
static void print_next(const cli *c, const tns_ladder_plan_record *plan, bool lab)
{
    const char *id = plan->part[TNS_LADDER_BOTTLE];
    cli_paragraph line = {0};
    cli_row(2, "%s is to be filled in; then:", plan->path);
    say_command(&line, c, lab ? "fit" : "ladder");
    if (lab)
        cli_say(&line, " %s", plan->path);
    else
        cli_say(&line, " %s --samples %s", id, plan->path);
    if (plan->known[0] && strcmp(plan->known, id) != 0)
        cli_say(&line, " --color-index \"%s%s%s\"", lab ? id : "", lab ? "=" : "", plan->known);
    cli_say(&line, " -o shelf.json");
    print_command(&line);
}

/* "13 %" */
static const char *percent(double share, char text[16])
{
    if (share <= 0.005)
        return "under 1 %";
    snprintf(text, 16, "%.0f %%", 100 * share);
    return text;
}

static void print_deviations(const char *label, double K, double S)
{
    char of_K[16], of_S[16];
    if (isnan(K) || isnan(S))
        cli_row(2, "How well K and S are known these readings do not tell: there are too few");
    else
        cli_row(2, "%sK known to %s, S to %s (one standard deviation)", label, percent(K, of_K),
                percent(S, of_S));
}

static int show_plan(cli *c, const tns_ladder_plan_record *plan, bool lab)
{
    const tns_ladder *ladder = &plan->ladder;
    bool follows = plan->known[0] && strcmp(plan->known, plan->part[TNS_LADDER_BOTTLE]) != 0;
    if (c->json)
        return cli_print_record(c, tns_ladder_plan_write(plan));
    cli_row(2, "%s: %zu mixes, %zu readings, about %.0f minutes%s%s", plan->part[TNS_LADDER_BOTTLE],
            ladder->count, ladder->readings, ladder->minutes, follows ? "; planned after " : "",
            follows ? plan->known : "");
    print_weighing(c, plan);
    if (ladder->opaque)
        printf("Each a thick layer that hides what is below.\n\n");
    else
        printf(
            "Each drawn down at %g %s over both halves of a contrast card,\nread bare first.\n\n",
            ladder->load, plan->load_unit);
    for (size_t i = 0; i < ladder->count; i++)
        print_step(plan, &ladder->step[i]);
    printf("\n");
    print_deviations("Expected: ", ladder->K_sd, ladder->S_sd);
    if (plan->written)
        print_next(c, plan, lab);
    cli_print_warnings(&ladder->warnings);
    return 0;
}

/* ---- a fit ---- */

static void print_summary(const char *label, const tns_fit_summary *s)
{
    if (s->count > 0)
        printf("%-9s dE00 mean %.2f  median %.2f  max %.2f\n", label, s->mean, s->median, s->max);
}

static void print_row(const cli *c, const tns_ladder_result *result, const tns_ladder_row *row)
{
    cli_paragraph line = {0};
    int column = printf("%-24s ", row->id);
    column += cli_swatch(c, &row->measured, 2);
    column += cli_swatch(c, &row->predicted, 2);
    cli_say(&line, "L %5.1f a %5.1f b %5.1f  dE %5.2f", row->measured.lab.L, row->measured.lab.a,
            row->measured.lab.b, row->de00);
    if (result->left_out.count > 0 && isnan(row->left_out))
        cli_say(&line, "  nothing else tells");
    else if (result->left_out.count > 0)
        cli_say(&line, "  left out %5.2f", row->left_out);
    cli_print_wrapped_from(column, 25, line.text);
}

static int show_fit(cli *c, const tns_ladder_result *result)
{
    if (c->json)
        return cli_print_record(c, tns_ladder_write(result));
    printf("%s: %zu samples, measured beside predicted (D65/10)\n\n", result->pigment,
           result->count);
    for (size_t i = 0; i < result->count; i++)
        print_row(c, result, &result->rows[i]);
    printf("\n");
    print_summary("fitted", &result->fitted);
    print_summary("left out", &result->left_out);
    print_deviations("", result->K_sd, result->S_sd);
    if (result->path[0])
        cli_row(2, "%s%s", result->path,
                result->written ? " written" : ": dry run, nothing written");
    cli_print_warnings(&result->warnings);
    return 0;
}

/* ---- both ---- */

static int plan_it(cli *c, const tns_ladder_order *order)
{
    tns_ladder_plan_record plan;
    tns_error err;
    return tns_service_ladder_plan(order, &plan, &err) ? show_plan(c, &plan, order->lab)
                                                       : cli_fail(c, &err);
}

static int fit_it(cli *c, const tns_ladder_order *order)
{
    tns_context context = cli_context(c);
    tns_error err;
    tns_ladder_result *result = tns_service_ladder_fit(order, &context, &err);
    if (!result)
        return cli_fail(c, &err);
    int status = show_fit(c, result);
    tns_ladder_result_destroy(result);
    return status;
}

static int run_ladder(cli *c, int argc, const char **argv)
{
    tns_ladder_order order = {.load = INFINITY, .minutes = 15, .drops = 24};
    const cli_option options[] = {
        {"samples", CLI_TEXT, &order.samples, "TABLE", "the table filled in: fit and show it"},
        {"output", CLI_TEXT, &order.output, "FILE",
         "the table to fill in; with --samples the palette"},
        {"color-index", CLI_TEXT, &order.color_index, "CI",
         "of a bottle the palette does not have"},
        {"white", CLI_TEXT, &order.white, "PIGMENT", "to tint with (the whitest)"},
        {"black", CLI_TEXT, &order.black, "PIGMENT", "to shade with (the blackest)"},
        {"opaque", CLI_FLAG, &order.opaque, NULL, "thick samples instead of films"},
        {"load", CLI_NUMBER, &order.load, "N", "of a film, wet (2.4 ul/cm2, 24 um)"},
        {"minutes", CLI_NUMBER, &order.minutes, "N", "there are (15)"},
        {"drops", CLI_INTEGER, &order.drops, "N", "in one mix at most (24)"},
        {"lab", CLI_FLAG, &order.lab, NULL, "a table for L*, a*, b*, not for spectra"},
        {"saunderson", CLI_TEXT, &order.saunderson, "K1,K2|fit", "as in palette fit"},
        {"specular", CLI_TEXT, &order.specular, "included|excluded", "in the readings"},
        {"dry-run", CLI_FLAG, &order.dry_run, NULL, "write nothing"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    int status;
    if (!cli_parse(c, &cmd_palette_ladder, argc, argv, options, 1, 1, &words, &status))
        return status;
    const cli_range ranges[] = {
        {"load", CLI_NUMBER, order.load, 0, INFINITY},
        {"minutes", CLI_NUMBER, order.minutes, 0, INFINITY},
        {"drops", CLI_INTEGER, order.drops, 1, INFINITY},
    };
    if ((status = cli_check(c, &cmd_palette_ladder, ranges, 3)) != 0)
        return status;
    order.load = isinf(order.load) ? 0 : order.load; /* the usual one */
    order.palette = c->palette;
    order.pigment = words.word[0];
    return order.samples ? fit_it(c, &order) : plan_it(c, &order);
}

const command cmd_palette_ladder = {
    "palette ladder", "PIGMENT [-o TABLE] | PIGMENT --samples TABLE [-o PALETTE]",
    "plans the few mixes that tell most of a bottle, then fits and shows them",
    "  tonsure palette ladder carbon-black -o to-read.csv\n"
    "  tonsure palette ladder my-red --color-index \"CI 77491\" --minutes 25\n"
    "  tonsure palette ladder carbon-black --samples ladder.csv -o shelf.json\n",
    run_ladder};
