/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a match came to its answer: what was compared, what was searched, what it rests on. */
#include <stdio.h>

#include <tonsure/service.h>

#include "cli.h"

enum { LABEL = 11 };

static void print_line(const char *label, const cli_paragraph *line)
{
    printf("%-10s ", label);
    cli_print_wrapped(LABEL, line->text);
}

static void print_target(const tns_match_request *r)
{
    cli_paragraph line = {0};
    if (!r->target.reconstructed)
        cli_say(&line, "its spectrum, as measured");
    else
        cli_say(&line, "a spectrum estimated from its color alone, by the prior \"%s\"",
                r->target.prior);
    print_line("Target", &line);
}

static void say_surfaces(cli_paragraph *out, const tns_match_request *r)
{
    static const char *const words[] = {"root mean square over", "the worst of",
                                        "of the mean reflectance of"};
    if (r->surface_count > 1)
        cli_say(out, "; %s %zu surfaces", words[r->reducer], r->surface_count);
}

/* "sqrt(1 x dE(D65)^2 + 0.25 x dE(A)^2)" */
static void print_objective(const tns_match_request *r)
{
    const char *link = "";
    cli_paragraph line = {0};
    cli_say(&line, "sqrt(");
    for (size_t i = 0; i < r->viewing_count; i++) {
        if (!(r->weights[i] > 0))
            continue;
        cli_say(&line, "%s%g" CLI_KEEP "x" CLI_KEEP "dE(%s)^2", link, r->weights[i],
                r->viewings[i].illuminant);
        link = " + ";
    }
    cli_say(&line, "), dE00, observer %d", (int)r->viewings[0].observer);
    say_surfaces(&line, r);
    print_line("Minimized", &line);
}

static void say_space(cli_paragraph *out, const tns_match_request *r, const tns_search *s)
{
    cli_say(out, "%zu pigment%s, at most %d in a recipe", s->pigments, cli_plural(s->pigments),
            s->max_pigments);
    if (!s->continuous)
        cli_say(out, ", %s %d units", r->exactly ? "just" : "at most", s->max_units);
    if (s->max_shade > 0)
        cli_say(out, ", shades 0 to %d", s->max_shade);
    cli_say(out, ": %llu %s", (unsigned long long)s->recipes, s->continuous ? "sets" : "recipes");
}

/* What was not evaluated a bound has ruled out, which is where the answer's proof lies. */
static void print_search(const tns_match_request *r, const tns_search *s)
{
    cli_paragraph line = {0};
    say_space(&line, r, s);
    cli_say(&line, "; %llu %s", (unsigned long long)s->evaluated,
            s->continuous ? "descents" : "evaluated");
    if (!s->continuous && s->evaluated < s->recipes)
        cli_say(&line, ", the others ruled out by a proven bound");
    cli_say(&line, s->exact        ? "; none left out is nearer by more than 1e-9"
                   : s->continuous ? "; sets that a bound ruled out were not descended from"
                                   : "");
    cli_say(&line, "; %d thread%s", s->threads, s->threads == 1 ? "" : "s");
    print_line("Searched", &line);
}

static void say_cause(cli_paragraph *out, const char *what, double de)
{
    cli_say(out, "%s%s" CLI_KEEP "dE" CLI_KEEP "%.2f", out->text[0] ? ", " : "", what, de);
}

static void print_odds(const tns_match *match)
{
    const tns_recipe *best = &match->recipes[0];
    cli_paragraph line = {0};
    if (match->recipe_count == 0 || !best->has_odds)
        return;
    say_cause(&line, "pouring", best->odds.by_pouring);
    say_cause(&line, "K and S of the palette", best->odds.by_palette);
    if (best->odds.by_target > 0) /* 0: nobody told how well it is known */
        say_cause(&line, "the target's error", best->odds.by_target);
    if (best->odds.by_healing > 0)
        say_cause(&line, "healing", best->odds.by_healing);
    cli_say(&line, ", each alone, of recipe 1");
    print_line("Scatter", &line);
}

static void say_knowledge(cli_paragraph *out, const tns_pigment *p)
{
    cli_say(out, "%s%s %s", out->text[0] ? "; " : "", p->id,
            p->origin == TNS_ORIGIN_MODELLED ? "modelled" : "measured");
    if (p->uncertainty > 0)
        cli_say(out, ", K and S to %.0f" CLI_KEEP "%%", 100 * p->uncertainty);
    else if (p->has_covariance)
        cli_say(out, ", K and S by the errors of its fit");
    else
        cli_say(out, ", errors not stated");
}

static void print_pigments(const tns_match_answer *a)
{
    const tns_match *match = a->match;
    cli_paragraph line = {0};
    for (size_t i = 0; match->recipe_count > 0 && i < match->recipes[0].part_count; i++)
        say_knowledge(&line, &a->request->palette->pigments[match->recipes[0].parts[i].pigment]);
    if (line.text[0])
        print_line("Rests on", &line);
}

void cli_print_how(const tns_match_answer *a)
{
    printf("\nHow this was found\n");
    print_target(a->request);
    print_objective(a->request);
    print_search(a->request, &a->match->search);
    print_odds(a->match);
    print_pigments(a);
}
