/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A match as a specialist reads it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/service.h>

#include "cli.h"

static const char *unit_name(const tns_match_request *request)
{
    return request->unit.kind == TNS_UNIT_DROP ? "drops"
           : request->unit.kind == TNS_UNIT_ML ? "ml"
                                               : "g";
}

static double dispensed(const tns_match_request *request, const tns_recipe_part *part)
{
    return request->unit.kind == TNS_UNIT_DROP ? part->units
           : request->unit.kind == TNS_UNIT_ML ? part->ml
                                               : part->g;
}

/* Shares of the mixed liquid, in per cent: what cannot be dispensed has no drops. */
static void say_shares(cli_paragraph *out, const tns_match_answer *a, const tns_recipe *recipe)
{
    const tns_pigment *pigments = a->request->palette->pigments;
    for (size_t i = 0; i < recipe->part_count; i++)
        cli_say(out, "%s%.2f" CLI_KEEP "%s", i ? " + " : "", 100 * recipe->parts[i].fraction,
                pigments[recipe->parts[i].pigment].id);
    if (recipe->real_shade > 0)
        cli_say(out, " + %.2f" CLI_KEEP "%s (%.2f:1)", 100 * recipe->diluent.fraction,
                pigments[recipe->diluent.pigment].id, recipe->real_shade);
}

/* Pigments as they are dispensed; water as it is measured, in ml, with its drops behind. */
static void say_parts(cli_paragraph *out, const tns_match_answer *a, const tns_recipe *recipe)
{
    const tns_match_request *r = a->request;
    for (size_t i = 0; i < recipe->part_count; i++)
        cli_say(out, "%s%g" CLI_KEEP "%s", i ? " + " : "", dispensed(r, &recipe->parts[i]),
                r->palette->pigments[recipe->parts[i].pigment].id);
    if (recipe->diluent.ml <= 0)
        return;
    const char *water = r->palette->pigments[recipe->diluent.pigment].id;
    if (r->unit.kind == TNS_UNIT_GRAM)
        cli_say(out, " + %.2f" CLI_KEEP "%s", recipe->diluent.g, water);
    else
        cli_say(out, " + %.2f" CLI_KEEP "ml" CLI_KEEP "%s", recipe->diluent.ml, water);
    if (r->unit.kind == TNS_UNIT_DROP && recipe->diluent.units > 0)
        cli_say(out, " (%d drop%s)", recipe->diluent.units, recipe->diluent.units == 1 ? "" : "s");
}

/* The other notations of one recipe: ml and g of each, N:1, per cent. */
static void print_amounts(const tns_recipe *recipe)
{
    double ml = recipe->diluent.ml, g = recipe->diluent.g, pigment = 0;
    cli_paragraph line = {0};
    for (size_t i = 0; i < recipe->part_count; i++) {
        cli_say(&line, "%s%.2f", i ? " + " : "", recipe->parts[i].ml);
        pigment += recipe->parts[i].ml;
        g += recipe->parts[i].g;
    }
    ml += pigment;
    if (recipe->diluent.ml > 0)
        cli_say(&line, " + %.2f", recipe->diluent.ml);
    cli_say(&line, " = %.2f ml, %.2f g", ml, g);
    if (recipe->has_diluent && recipe->shade > 0)
        cli_say(&line, "; shade %d:1, %.1f %% pigment", recipe->shade, 100 * pigment / ml);
    else if (recipe->has_diluent)
        cli_say(&line, "; undiluted");
    printf("      ");
    cli_print_wrapped_from(6, 8, line.text);
}

static bool is_among(const tns_warnings *notes, const char *note)
{
    for (size_t i = 0; i < notes->count; i++)
        if (strcmp(notes->text[i], note) == 0)
            return true;
    return false;
}

/* What is noted of every recipe, to be said once. */
static tns_warnings common_notes(const tns_match *match)
{
    tns_warnings common = {0};
    for (size_t k = 0; match->recipe_count > 0 && k < match->recipes[0].warnings.count; k++) {
        const char *note = match->recipes[0].warnings.text[k];
        bool everywhere = true;
        for (size_t i = 1; everywhere && i < match->recipe_count; i++)
            everywhere = is_among(&match->recipes[i].warnings, note);
        if (everywhere)
            tns_warn(&common, "%s", note);
    }
    return common;
}

/* Under the main lamp; under the others too where the target was measured. */
static void say_differences(cli_paragraph *out, const tns_match_answer *a, const tns_recipe *recipe)
{
    cli_say(out, "dE %.2f  ", recipe->de00[0]);
    for (size_t i = 1; !a->request->target.reconstructed && i < a->request->viewing_count; i++)
        cli_say(out, "%s %.2f  ", a->request->viewings[i].illuminant, recipe->de00[i]);
}

/* The nearest, halves away from 0; printf would make -0 of -0.4. */
static int whole(double x)
{
    return (int)(x < 0 ? x - 0.5 : x + 0.5);
}

/* What stands above is the mean over ways of healing, which no single scalp shows. */
static void print_span(const tns_healed_span *s)
{
    printf("      one scalp may show L* %d to %d, a* %d to %d, b* %d to %d (9 in 10)\n",
           whole(s->low.L), whole(s->high.L), whole(s->low.a), whole(s->high.a), whole(s->low.b),
           whole(s->high.b));
}

/* Bottle by bottle, and what it costs where all of them have a price. */
static void print_lots(const tns_match_answer *a, const tns_recipe *recipe)
{
    cli_paragraph line = {0};
    size_t room = a->stocked ? a->stocked->bottle_count : 0;
    tns_stocked_bottle *lots = calloc(room + 1, sizeof *lots);
    size_t count = lots ? tns_match_lots(a, recipe, lots) : 0;
    double cents = 0;
    bool priced = true;
    for (size_t i = 0; i < count; i++) {
        const tns_stocked_bottle *b = &lots[i];
        cli_say(&line, "%s%.2f" CLI_KEEP "ml" CLI_KEEP "of" CLI_KEEP "B%lld %s, lot" CLI_KEEP "%s",
                i ? "; " : "from ", (double)b->ul / 1000, (long long)b->bottle, b->product, b->lot);
        cents += b->cents_per_ml * (double)b->ul / 1000;
        priced = priced && b->cents_per_ml > 0;
    }
    if (count > 0 && priced)
        cli_say(&line, "; costs" CLI_KEEP "%.2f", cents / 100);
    if (count > 0) {
        printf("      ");
        cli_print_wrapped(6, line.text);
    }
    free(lots);
}

static void print_recipe(const cli *c, const tns_match_answer *a, size_t i, const tns_color *target,
                         const tns_warnings *common)
{
    const tns_recipe *recipe = &a->match->recipes[i];
    cli_paragraph line = {0};
    printf("%3zu   ", i + 1);
    int column = 6 + cli_swatch(c, target, 4) + cli_swatch(c, &recipe->color[0], 4);
    say_differences(&line, a, recipe);
    (a->request->continuous ? say_shares : say_parts)(&line, a, recipe);
    cli_print_wrapped_from(column, 8, line.text);
    if (!a->request->continuous)
        print_amounts(recipe);
    print_lots(a, recipe);
    char more[] = ", confidence" CLI_KEEP "?";
    more[sizeof more - 2] = recipe->confidence;
    printf("      ");
    cli_print_color_with(6, 8, &recipe->color[0], more);
    if (a->spans)
        print_span(&a->spans[i]);
    cli_print_choices(a->match, i);
    cli_print_odds(a, recipe);
    cli_print_one_more(a, recipe);
    for (size_t k = 0; k < recipe->warnings.count; k++)
        if (!is_among(common, recipe->warnings.text[k]))
            cli_print_note(6, recipe->warnings.text[k]);
}

/* Ratios are listed with the fewest units, which fill no pot. */
static void print_pot_hint(const tns_match_answer *a)
{
    const tns_match_request *r = a->request;
    if (a->match->recipe_count > 0 && !r->continuous && !r->exactly && !(a->pot_ml > 0))
        cli_row(8, "      these are the smallest pots: --ml 3 makes a whole pot of 3 ml");
}

/* What is minimized counts every lamp with a weight; with several of them it is no dE of the first.
 */
static void say_best_possible(cli_paragraph *out, const tns_match_answer *a)
{
    const tns_match *match = a->match;
    int lamps = 0;
    for (size_t i = 0; i < a->request->viewing_count; i++)
        lamps += a->request->weights[i] > 0;
    cli_say(out, "best with real amounts %s%.2f", lamps > 1 ? "" : "dE" CLI_KEEP,
            match->best_possible.objective);
    if (lamps > 1 && match->recipe_count > 0)
        cli_say(out, " over all lamps, where recipe 1 has %.2f", match->recipes[0].objective);
    if (!match->in_gamut)
        cli_say(out, " (out of reach of these pigments%s)",
                match->search.max_shade > 0 ? " and shades" : "");
}

static void print_search(const tns_match_answer *a)
{
    cli_paragraph line = {0};
    const tns_search *search = &a->match->search;
    cli_say(&line, "%llu %s%s%s, %llu evaluated%s, %.2f s; ", (unsigned long long)search->recipes,
            search->continuous ? "set" : "recipe", search->recipes == 1 ? "" : "s",
            search->continuous ? " of pigments" : "", (unsigned long long)search->evaluated,
            search->exact ? ", none left out" : "", search->seconds);
    say_best_possible(&line, a);
    printf("\n");
    cli_print_wrapped(2, line.text);
}

/* The gravest first: what may go wrong, what the odds do not know, then all else. */
static void print_notes(const tns_match_answer *a, const tns_warnings *common)
{
    const tns_warnings *notes = &a->match->warnings;
    for (size_t i = 0; i < a->grave && i < notes->count; i++)
        cli_print_note(2, notes->text[i]);
    cli_print_left_out_of_odds(a->match);
    cli_print_warnings(common);
    for (size_t i = a->grave; i < notes->count; i++)
        cli_print_note(2, notes->text[i]);
}

void cli_print_match(const cli *c, const tns_match_answer *a)
{
    const tns_match *match = a->match;
    tns_color target = tns_color_from_spectrum(&a->request->target, &a->request->viewings[0]);
    tns_warnings common = common_notes(match);
    char bars[48];
    cli_bars(a->target->has_uncertainty ? &a->target->uncertainty : NULL, bars);
    printf("%-10s ", "Target");
    cli_print_color_with(11 + cli_swatch(c, &target, 8), 11, &target, bars);
    printf("%-10s %s\n%-10s %s\n%-10s ", "Surface", a->request->surfaces[0].name, "Palette",
           a->request->palette->name, "Answer");
    cli_print_wrapped(11, a->sentence);
    cli_print_limits(a->request);
    cli_print_left_out(a->left_out, a->left_out_count);
    printf("\n  #   %srecipe (%s)\n", cli_shows_color(c) ? "goal  mix   " : "",
           a->request->continuous ? "per cent" : unit_name(a->request));
    for (size_t i = 0; i < match->recipe_count; i++)
        if (cli_is_shown(match, i))
            print_recipe(c, a, i, &target, &common);
    cli_print_hidden(match);
    print_pot_hint(a);
    print_search(a);
    print_notes(a, &common);
}
