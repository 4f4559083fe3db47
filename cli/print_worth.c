/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Odds and choices of a match as a specialist reads them. */
#include <stdio.h>
#include <string.h>

#include <tonsure/appraise.h>
#include <tonsure/service.h>

#include "cli.h"

const char *cli_chance(double p, char text[16])
{
    if (p <= 0.005) /* printf would make 0 of it, the even one */
        return "under 1 %";
    if (p >= 0.995)
        return "over 99 %";
    snprintf(text, 16, "%.0f %%", 100 * p);
    return text;
}

void cli_print_odds(const tns_match_answer *a, const tns_recipe *recipe)
{
    char within[16], darker[16];
    const tns_odds *odds = &recipe->odds;
    if (!recipe->has_odds)
        return;
    bool alone = odds->by_palette == 0 && odds->by_target == 0 && odds->by_healing == 0;
    cli_paragraph line = {0};
    cli_say(&line, "%s within dE %.1f; within %.1f: %s; visibly darker: %s%s",
            odds->by_healing > 0 ? "19 in 20 of pours and ways of healing" : "19 pours in 20",
            odds->de00_p95, a->match->tolerance, cli_chance(odds->p_within, within),
            cli_chance(odds->p_darker, darker), alone ? " (by pouring alone)" : "");
    if (odds->by_healing > 0)
        cli_say(&line, "; healing alone moves it by dE" CLI_KEEP "%.1f", odds->by_healing);
    printf("      ");
    cli_print_wrapped(8, line.text);
}

static void say_unit(cli_paragraph *out, const tns_unit *unit)
{
    if (unit->kind == TNS_UNIT_DROP)
        cli_say(out, "one drop more: ");
    else
        cli_say(out, "%.3g %s more: ", unit->size, unit->kind == TNS_UNIT_ML ? "ml" : "g");
}

void cli_print_one_more(const tns_match_answer *a, const tns_recipe *recipe)
{
    const tns_palette *palette = a->request->palette;
    bool mixed = recipe->part_count > 1 || recipe->shade > 0;
    if (!recipe->has_odds || !mixed)
        return;
    cli_paragraph line = {0};
    say_unit(&line, &a->request->unit);
    for (size_t i = 0; i < recipe->part_count; i++)
        cli_say(&line, "%s%s" CLI_KEEP "dE" CLI_KEEP "%.1f", i ? ", " : "",
                palette->pigments[recipe->parts[i].pigment].id, recipe->odds.one_more[i]);
    if (recipe->shade > 0)
        cli_say(&line, "; shade" CLI_KEEP "%d" CLI_KEEP "dE" CLI_KEEP "%.1f", recipe->shade + 1,
                recipe->odds.one_more_diluent);
    printf("      ");
    cli_print_wrapped(8, line.text);
}

static void name_choice(bool made, bool is, const char *word, const char **link)
{
    if (!made || !is)
        return;
    printf("%s%s", *link, word);
    *link = ", ";
}

void cli_print_choices(const tns_match *match, size_t i)
{
    const tns_choices *c = &match->choices;
    const char *link = "      ";
    if (match->recipe_count < 2 || !c->made)
        return;
    name_choice(true, c->closest == i, "closest", &link);
    name_choice(match->recipes[i].has_odds, c->surest == i, "surest", &link);
    name_choice(true, c->simplest == i, "fewest pigments", &link);
    name_choice(c->has_metamerism, c->least_metameric == i, "steadiest under other lamps", &link);
    name_choice(c->has_cost, c->cheapest == i, "cheapest", &link);
    if (link[0] == ',')
        printf("\n");
}

bool cli_is_shown(const tns_match *match, size_t i)
{
    const tns_choices *c = &match->choices;
    return !c->made || match->recipes[i].distinct || c->closest == i || c->surest == i ||
           c->simplest == i || (c->has_metamerism && c->least_metameric == i) ||
           (c->has_cost && c->cheapest == i);
}

void cli_print_hidden(const tns_match *match)
{
    size_t hidden = 0;
    for (size_t i = 0; i < match->recipe_count; i++)
        hidden += !cli_is_shown(match, i);
    if (hidden > 0)
        cli_row(8,
                "      %zu more, of these pigments and alike to the eye, %s in the record (--json)",
                hidden, hidden == 1 ? "is" : "are");
}

void cli_print_left_out_of_odds(const tns_match *match)
{
    char text[sizeof match->odds_leave_out.text + 64] = "The odds leave out ";
    const tns_warnings *out = &match->odds_leave_out;
    if (out->count == 0 || match->recipe_count == 0 || !match->recipes[0].has_odds)
        return;
    for (size_t i = 0; i < out->count; i++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%s",
                 i == 0               ? ""
                 : i + 1 < out->count ? "; "
                                      : "; and ",
                 out->text[i]);
    }
    cli_print_note(2, text);
}
