/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include <tonsure/service.h>

#include "cli.h"

typedef struct correct_options {
    const char *measured, *target;
    bool require_tolerance;
    tns_correct_order order;
} correct_options;

static const char *id_of(const tns_correct_answer *a, int pigment)
{
    return a->request->palette->pigments[pigment].id;
}

static void print_label(const char *label)
{
    printf("%-10s ", label);
}

static void print_color(const cli *c, const char *label, const tns_color *color, const char *more)
{
    print_label(label);
    cli_print_color_with(11 + cli_swatch(c, color, 8), 11, color, more);
}

static const char *unit_word(const tns_unit *unit, double amount)
{
    return unit->kind == TNS_UNIT_DROP ? (amount == 1 ? "drop" : "drops")
           : unit->kind == TNS_UNIT_ML ? "ml"
                                       : "g";
}

/* An int has no negative zero. */
static int whole(double value)
{
    return (int)(value < 0 ? value - 0.5 : value + 0.5);
}

/* "2 drops carbon-black: acts like 2.4 (+20 %, +- 5)"; of what is hardly there no figures. */
static void print_part(const tns_correct_answer *a, const tns_pot_part *part)
{
    static const double HARDLY = 0.02;
    printf("%g %s %s: ", part->nominal, unit_word(&a->request->unit, part->nominal),
           id_of(a, part->pigment));
    if (part->factor < HARDLY)
        printf("as if none were in it\n");
    else
        printf("acts like %.3g (%+d %%, +- %.0f)\n", part->effective,
               whole(100 * part->factor - 100), 100 * part->factor_sd);
}

static void print_pot(const tns_correct_answer *a)
{
    const tns_pot_correction *found = a->correction;
    print_label("Pot");
    printf("%.2f ml", found->ml);
    if (found->has_shade)
        printf(", shade %.3g:1", found->shade);
    printf("\n");
    for (size_t i = 0; i < found->part_count; i++) {
        print_label(i ? "" : "In it");
        print_part(a, &found->parts[i]);
    }
    print_label("Left over");
    printf("%.2g%s unexplained, dE %.2f\n",
           found->from_color ? found->residual.rmse : 100 * found->residual.rmse,
           found->from_color ? " in L, a, b" : " % of reflectance", found->residual.de00);
}

/* Water beyond what anyone counts is measured. */
static void say_amount(cli_paragraph *line, const tns_correct_answer *a,
                       const tns_recipe_part *part)
{
    static const int MOST_COUNTED = 20;
    const tns_unit *unit = &a->request->unit;
    bool water = a->request->palette->pigments[part->pigment].kind == TNS_DILUENT;
    if (unit->kind == TNS_UNIT_ML)
        cli_say(line, "%g", part->ml);
    else if (unit->kind == TNS_UNIT_GRAM)
        cli_say(line, "%g", part->g);
    else if (water && part->units > MOST_COUNTED)
        cli_say(line, "%.2f" CLI_KEEP "ml", part->ml);
    else
        cli_say(line, "%d", part->units);
    cli_say(line, CLI_KEEP "%s", id_of(a, part->pigment));
    if (unit->kind == TNS_UNIT_DROP && water && part->units > MOST_COUNTED)
        cli_say(line, " (%d" CLI_KEEP "drops)", part->units);
}

static void print_addition(const cli *c, const tns_correct_answer *a, size_t i)
{
    const tns_pot_addition *one = &a->correction->additions[i];
    char within[16], darker[16];
    cli_paragraph line = {0};
    int column = printf("%3zu   ", i + 1);
    column += cli_swatch(c, &a->correction->target_color[0], 4);
    column += cli_swatch(c, &one->color[0], 4);
    cli_say(&line, "dE %.2f  %s", one->de00[0], one->part_count ? "" : "nothing");
    for (size_t p = 0; p < one->part_count; p++) {
        cli_say(&line, "%s", p ? " + " : "");
        say_amount(&line, a, &one->parts[p]);
    }
    cli_say(&line, "%s", one->equally_good ? "" : "  (not as near)");
    cli_print_wrapped_from(column, 8, line.text);
    cli_paragraph then = {0};
    cli_say(&then, "      then %.2f ml", one->ml);
    if (a->correction->has_shade)
        cli_say(&then, ", shade %.3g:1", one->shade);
    cli_say(&then, "; ");
    cli_say_color(&then, &one->color[0]);
    cli_print_wrapped_from(0, 8, then.text);
    cli_row(8, "      19 in 20 within dE %.1f; within %.1f: %s; visibly darker: %s",
            one->odds.de00_p95, a->request->tolerance, cli_chance(one->odds.p_within, within),
            cli_chance(one->odds.p_darker, darker));
}

static void print(const cli *c, const tns_correct_answer *a)
{
    static const char *const units[] = {"drops", "ml", "g"};
    const tns_pot_correction *found = a->correction;
    char off[40];
    snprintf(off, sizeof off, "  dE" CLI_KEEP "%.2f", found->measured_de00[0]);
    print_color(c, "Target", &found->target_color[0], "");
    print_color(c, "Measured", &found->measured_color[0], off);
    printf("%-10s %s\n%-10s %s\n", "Surface", a->request->surface->name, "Palette",
           a->request->palette->name);
    print_pot(a);
    print_label("Answer");
    cli_print_wrapped(11, a->sentence);
    cli_print_left_out(a->left_out, a->left_out_count);
    if (found->addition_count > 0)
        printf("\n  #   %sto add (%s)\n", cli_shows_color(c) ? "goal  then  " : "",
               units[a->request->unit.kind]);
    for (size_t i = 0; i < found->addition_count; i++)
        print_addition(c, a, i);
    if (found->addition_count > 0)
        printf("\n");
    if (found->addition_count > 0)
        cli_row(2, "%llu additions tried, the others ruled out; within dE %.2f smaller ones first",
                (unsigned long long)found->evaluated, found->margin);
    cli_print_warnings(&found->warnings);
}

/* Whether the answer is one to act on; what is wrong with it otherwise. */
static bool is_good(const correct_options *o, const tns_correct_answer *a, tns_error *err)
{
    const tns_pot_correction *found = a->correction;
    if (found->refused)
        return tns_error_set(err, TNS_ERROR_WRONG_INK, "correct: %s", found->reason);
    if (o->require_tolerance && !found->within_tolerance)
        return tns_error_set(err, TNS_ERROR_TOLERANCE,
                             "correct: the best addition is dE %.2f from the target, more than "
                             "%.2f",
                             found->additions[0].de00[0], o->order.tolerance);
    return true;
}

static int answer(cli *c, const correct_options *o, const tns_correct_answer *a)
{
    tns_error err = {0};
    bool good = is_good(o, a, &err);
    int status = 0;
    if (c->json)
        status = cli_print_record(c, tns_correct_write(a, good ? NULL : &err));
    else
        print(c, a);
    return status != 0 || good ? status : cli_fail_quietly(&err);
}

static int correct(cli *c, correct_options *o, const tns_palette *palette)
{
    tns_error err;
    tns_reading measured, target;
    tns_context context = cli_context(c);
    if (!tns_target_load(o->measured, &measured, &err) ||
        !tns_target_load(o->target, &target, &err))
        return cli_fail(c, &err);
    o->order.palette = palette;
    o->order.measured = &measured;
    o->order.target = &target;
    tns_correct_service *service = tns_service_correct(&o->order, &context, &err);
    if (!service)
        return cli_fail(c, &err);
    int status = answer(c, o, tns_correct_service_answer(service));
    tns_correct_service_destroy(service);
    return status;
}

static const char *missing(const correct_options *o)
{
    return !o->order.recipe ? "recipe" : !o->measured ? "measured" : !o->target ? "target" : NULL;
}

/* All that is needed is there, and every number in reason. */
static int check(const cli *c, const correct_options *o)
{
    const tns_correct_order *order = &o->order;
    const cli_range ranges[] = {
        {"drops", CLI_INTEGER, order->drops, 1, 1000},
        {"max-pigments", CLI_INTEGER, order->max_pigments, 1, TNS_PARTS_MAX - 1},
        {"top", CLI_INTEGER, order->top, 1, 1000},
        {"max-shade", CLI_INTEGER, order->max_shade, 1, 1000},
        {"tolerance", CLI_NUMBER, order->tolerance, 0, INFINITY},
        {"noise", CLI_NUMBER, order->noise, 0, 10},
    };
    return missing(o) ? cli_usage(c, &cmd_correct, "--%s is missing", missing(o))
                      : cli_check(c, &cmd_correct, ranges, sizeof ranges / sizeof *ranges);
}

/* False: the run ends with *status, at --help too. */
static bool parse(cli *c, int argc, const char **argv, correct_options *o, int *status)
{
    tns_correct_order *order = &o->order;
    const cli_option options[] = {
        {"recipe", CLI_TEXT, &order->recipe, "PIGMENT=N,..",
         "what was put in: drops, or ml or g as --unit says"},
        {"measured", CLI_TEXT, &o->measured, "TARGET", "what the pot was read as"},
        {"target", CLI_TEXT, &o->target, "TARGET",
         "lab:L,a,b, a reading's or a spectral file, or - (piped in)"},
        {"surface", CLI_TEXT, &order->surface, "SURFACE",
         "opaque (default: a thick layer) or film:SKIN,LOAD (ul/cm2)"},
        {"drops", CLI_INTEGER, &order->drops, "N", "most units of pigment to add (10)"},
        {"max-pigments", CLI_INTEGER, &order->max_pigments, "N", "different ones to add (3)"},
        {"max-shade", CLI_INTEGER, &order->max_shade, "N", "thin the pot to this at most (40)"},
        {"never-darker", CLI_FLAG, &order->never_darker, NULL,
         "nothing darker on paper than the target"},
        {"unit", CLI_TEXT, &order->unit, "UNIT", "drops (default), 0.05ml, 0.01g"},
        {"top", CLI_INTEGER, &order->top, "N", "additions to list (5)"},
        {"illuminants", CLI_TEXT, &order->illuminants, "LIST", "lamps to match under (D65,A,F11)"},
        {"weights", CLI_TEXT, &order->weights, "LIST", "what each lamp counts (1,0.25,0.25)"},
        {"only", CLI_TEXT, &order->only, "NAMES", "add only these, a diluent among them"},
        {"without", CLI_TEXT, &order->without, "NAMES",
         "add none of these, nor what contains them"},
        {"drop-ml", CLI_TEXT, &order->drop_ml, "NAME=ML,..", "what a bottle's drop holds"},
        {"noise", CLI_NUMBER, &order->noise, "PERCENT", "of a reading, % of reflectance (0.2)"},
        {"tolerance", CLI_NUMBER, &order->tolerance, "DE", "dE00 that is good enough (2.0)"},
        {"require-tolerance", CLI_FLAG, &o->require_tolerance, NULL, "exit 4 beyond the tolerance"},
        {NULL, CLI_FLAG, NULL, NULL, NULL},
    };
    cli_words words;
    return cli_parse(c, &cmd_correct, argc, argv, options, 0, 0, &words, status) &&
           (*status = check(c, o)) == 0;
}

static int run(cli *c, int argc, const char **argv)
{
    correct_options o = {.order = {.drops = 10,
                                   .max_pigments = 3,
                                   .top = 5,
                                   .tolerance = 2,
                                   .noise = 0.2,
                                   .max_shade = 40}};
    int status;
    tns_error err;
    if (!parse(c, argc, argv, &o, &status))
        return status;
    tns_palette *palette = tns_palette_choose(c->palette, &err);
    if (!palette)
        return cli_fail(c, &err);
    status = correct(c, &o, palette);
    tns_palette_destroy(palette);
    return status;
}

const command cmd_correct = {
    "correct", "--recipe PIGMENT=N,.. --measured TARGET --target TARGET [options]",
    "finds what to add to a pot that came out wrong",
    "  tonsure correct --recipe carbon-black=3,titanium-dioxide=20 --measured pot.json \\\n"
    "      --target wanted.json\n"
    "  tonsure correct --recipe carbon-black=1,diluent=14 --measured film.json \\\n"
    "      --target readings/stubble.json --surface film:readings/skin.json,1 --drops 20\n"
    "  tonsure --json --palette kimera correct --unit 0.1g --recipe black=0.5,white=4 \\\n"
    "      --measured lab:51,-1.4,-6.2 --target lab:53,-1.4,-6 --only white\n",
    run};
