/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A match as a specialist reads it. */
#include <stdio.h>
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
static void print_shares(const tns_match_answer *a, const tns_recipe *recipe)
{
    const tns_pigment *pigments = a->request->palette->pigments;
    for (size_t i = 0; i < recipe->part_count; i++)
        printf("%s%.2f %s", i ? " + " : "", 100 * recipe->parts[i].fraction,
               pigments[recipe->parts[i].pigment].id);
    if (recipe->real_shade > 0)
        printf(" + %.2f %s (%.2f:1)", 100 * recipe->diluent.fraction,
               pigments[recipe->diluent.pigment].id, recipe->real_shade);
}

/* Pigments as they are dispensed; water as it is measured, in ml, with its drops behind. */
static void print_parts(const tns_match_answer *a, const tns_recipe *recipe)
{
    const tns_match_request *r = a->request;
    for (size_t i = 0; i < recipe->part_count; i++)
        printf("%s%g %s", i ? " + " : "", dispensed(r, &recipe->parts[i]),
               r->palette->pigments[recipe->parts[i].pigment].id);
    if (recipe->diluent.ml <= 0)
        return;
    const char *water = r->palette->pigments[recipe->diluent.pigment].id;
    if (r->unit.kind == TNS_UNIT_GRAM)
        printf(" + %.2f %s", recipe->diluent.g, water);
    else
        printf(" + %.2f ml %s", recipe->diluent.ml, water);
    if (r->unit.kind == TNS_UNIT_DROP && recipe->diluent.units > 0)
        printf(" (%d drop%s)", recipe->diluent.units, recipe->diluent.units == 1 ? "" : "s");
}

/* The other notations of one recipe: ml and g of each, N:1, per cent. */
static void print_amounts(const tns_recipe *recipe)
{
    double ml = recipe->diluent.ml, g = recipe->diluent.g, pigment = 0;
    printf("      ");
    for (size_t i = 0; i < recipe->part_count; i++) {
        printf("%s%.2f", i ? " + " : "", recipe->parts[i].ml);
        pigment += recipe->parts[i].ml;
        g += recipe->parts[i].g;
    }
    ml += pigment;
    if (recipe->diluent.ml > 0)
        printf(" + %.2f", recipe->diluent.ml);
    printf(" = %.2f ml, %.2f g", ml, g);
    if (recipe->has_diluent && recipe->shade > 0)
        printf("; shade %d:1, %.1f %% pigment", recipe->shade, 100 * pigment / ml);
    else if (recipe->has_diluent)
        printf("; undiluted");
    printf("\n");
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
static void print_differences(const tns_match_answer *a, const tns_recipe *recipe)
{
    printf("dE %.2f  ", recipe->de00[0]);
    for (size_t i = 1; !a->request->target.reconstructed && i < a->request->viewing_count; i++)
        printf("%s %.2f  ", a->request->viewings[i].illuminant, recipe->de00[i]);
}

static void print_recipe(const cli *c, const tns_match_answer *a, size_t i, const tns_color *target,
                         const tns_warnings *common)
{
    const tns_recipe *recipe = &a->match->recipes[i];
    printf("%3zu   ", i + 1);
    cli_swatch(c, target, 4);
    cli_swatch(c, &recipe->color[0], 4);
    print_differences(a, recipe);
    if (a->request->continuous) {
        print_shares(a, recipe);
        printf("\n");
    } else {
        print_parts(a, recipe);
        printf("\n");
        print_amounts(recipe);
    }
    printf("      ");
    cli_print_color(&recipe->color[0]);
    printf(", confidence %c", recipe->confidence);
    cli_print_choices(a->match, i);
    printf("\n");
    cli_print_odds(a, recipe);
    cli_print_one_more(a, recipe);
    for (size_t k = 0; k < recipe->warnings.count; k++)
        if (!is_among(common, recipe->warnings.text[k]))
            printf("      note: %s\n", recipe->warnings.text[k]);
}

/* Ratios are listed with the fewest units, which fill no pot. */
static void print_pot_hint(const tns_match_answer *a)
{
    const tns_match_request *r = a->request;
    if (a->match->recipe_count > 0 && !r->continuous && !r->exactly && !(a->pot_ml > 0))
        printf("      these are the smallest pots: --ml 3 makes a whole pot of 3 ml\n");
}

/* What is minimized counts every lamp with a weight; with several of them it is no dE of the first.
 */
static void print_best_possible(const tns_match_answer *a)
{
    const tns_match *match = a->match;
    int lamps = 0;
    for (size_t i = 0; i < a->request->viewing_count; i++)
        lamps += a->request->weights[i] > 0;
    printf("best with real amounts %s%.2f", lamps > 1 ? "" : "dE ", match->best_possible.objective);
    if (lamps > 1 && match->recipe_count > 0)
        printf(" over all lamps, where recipe 1 has %.2f", match->recipes[0].objective);
    if (!match->in_gamut)
        printf(" (out of reach of these pigments%s)",
               match->search.max_shade > 0 ? " and shades" : "");
    printf("\n");
}

static void print_search(const tns_match_answer *a)
{
    const tns_search *search = &a->match->search;
    printf("\n%llu %s%s%s, %llu evaluated%s, %.2f s; ", (unsigned long long)search->recipes,
           search->continuous ? "set" : "recipe", search->recipes == 1 ? "" : "s",
           search->continuous ? " of pigments" : "", (unsigned long long)search->evaluated,
           search->exact ? ", none left out" : "", search->seconds);
    print_best_possible(a);
}

void cli_print_match(const cli *c, const tns_match_answer *a)
{
    const tns_match *match = a->match;
    tns_color target = tns_color_from_spectrum(&a->request->target, &a->request->viewings[0]);
    tns_warnings common = common_notes(match);
    printf("%-10s ", "Target");
    cli_swatch(c, &target, 8);
    cli_print_color(&target);
    if (a->target->has_uncertainty)
        printf("  +- %.1f %.1f %.1f", a->target->uncertainty.L, a->target->uncertainty.a,
               a->target->uncertainty.b);
    printf("\n%-10s %s\n%-10s %s\n%-10s ", "Surface", a->request->surfaces[0].name, "Palette",
           a->request->palette->name, "Answer");
    cli_print_wrapped(11, a->sentence);
    cli_print_limits(a->request);
    cli_print_left_out(a->left_out, a->left_out_count);
    printf("\n  #   recipe (%s)\n", a->request->continuous ? "per cent" : unit_name(a->request));
    for (size_t i = 0; i < match->recipe_count; i++)
        if (cli_is_shown(match, i))
            print_recipe(c, a, i, &target, &common);
    cli_print_hidden(match);
    print_pot_hint(a);
    print_search(a);
    cli_print_left_out_of_odds(match);
    cli_print_warnings(&common);
    cli_print_warnings(&match->warnings);
}
