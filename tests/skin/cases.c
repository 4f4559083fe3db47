/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three skins, the dots wanted in them, and what the shelf comes to when it has healed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>
#include <tonsure/dots.h>
#include <tonsure/match.h>

#include "skin/people.h"
#include "skin/tables.h"

/* Dots of the trade's usual healed width and spacing. */
static const double PER_CM2 = 150, DIAMETER_MM = 0.125;

static tns_viewing day(void)
{
    tns_viewing v;
    must(tns_viewing_find("D65/10", &v, NULL), NULL);
    return v;
}

static tns_match *solve(const tns_palette *palette, const tns_healed *healed,
                        const tns_spectrum *target)
{
    tns_viewing viewing = day();
    tns_error err = {0};
    const tns_match_request request = {.palette = palette,
                                       .target = *target,
                                       .surfaces = healed->surfaces,
                                       .surface_weights = healed->weights,
                                       .surface_count = healed->count,
                                       .reducer = TNS_REDUCE_BLEND,
                                       .viewings = &viewing,
                                       .weights = {1},
                                       .viewing_count = 1,
                                       .max_pigments = 3,
                                       .max_units = 8,
                                       .top = 1};
    tns_match *match = tns_match_solve(&request, NULL, &err);
    must(match && match->recipe_count > 0, &err);
    return match;
}

static void name_recipe(const tns_palette *palette, const tns_recipe *r, char *text, size_t size)
{
    text[0] = '\0';
    for (size_t i = 0; i < r->part_count; i++) {
        size_t used = strlen(text);
        snprintf(text + used, size - used, "%s%d %s", i ? " + " : "", r->parts[i].units,
                 palette->pigments[r->parts[i].pigment].id);
    }
    size_t used = strlen(text);
    snprintf(text + used, size - used, ", shade %d:1", r->shade);
}

/* The recipe's K and S, by its shares. */
static void coefficients(const tns_palette *palette, const tns_recipe *r, double *K, double *S)
{
    tns_error err = {0};
    double *amounts = calloc(palette->count, sizeof *amounts);
    must(amounts != NULL, NULL);
    for (size_t i = 0; i < r->part_count; i++)
        amounts[r->parts[i].pigment] = r->parts[i].fraction;
    amounts[tns_palette_diluent(palette)] += r->diluent.fraction;
    must(tns_mixture_coefficients(palette, amounts, K, S, &err), &err);
    free(amounts);
}

static void set_band_of_ways(const tns_healed *healed, const double *K, const double *S, worked *c)
{
    tns_spectrum ways[TNS_HEALED_USUAL];
    for (size_t i = 0; i < healed->count; i++)
        ways[i] = tns_surface_reflectance(&healed->surfaces[i], K, S);
    for (int b = 0; b < TNS_BANDS; b++) {
        double at[TNS_HEALED_USUAL];
        for (size_t i = 0; i < healed->count; i++)
            at[i] = ways[i].value[b];
        spanned s = span_of(at, healed->count);
        c->low.value[b] = s.low;
        c->high.value[b] = s.high;
    }
}

static void set_de_of_ways(const tns_healed *healed, const double *K, const double *S, worked *c)
{
    tns_viewing viewing = day();
    double de[TNS_HEALED_USUAL];
    for (size_t i = 0; i < healed->count; i++) {
        tns_spectrum way = tns_surface_reflectance(&healed->surfaces[i], K, S);
        de[i] = tns_de00(people[c->who].dot, tns_lab_from_spectrum(&way, &viewing));
    }
    c->de_p95 = span_of(de, healed->count).high;
}

static void set_area(worked *c)
{
    c->coverage = tns_dots_coverage(TNS_DOTS_RANDOM, c->density, c->diameter_mm);
    c->area = tns_dots_area(&c->dot, &c->fit.modelled, c->coverage, c->n);
}

worked work_out(const tns_palette *palette, int who)
{
    double K[TNS_BANDS], S[TNS_BANDS];
    const tns_healing_terms usual = {0};
    tns_viewing viewing = day();
    tns_error err = {0};
    worked c = {.who = who,
                .fit = fit_of(who),
                .density = PER_CM2,
                .diameter_mm = DIAMETER_MM,
                .n = TNS_YULE_NIELSEN};
    tns_healed *healed = tns_healed_create(palette, &c.fit.skin, c.fit.specular, &usual, &err);
    must(healed &&
             tns_spectrum_estimate(people[who].dot, &viewing, TNS_PRIOR_SKIN, &c.target, &err),
         &err);
    tns_match *match = solve(palette, healed, &c.target);
    name_recipe(palette, &match->recipes[0], c.recipe, sizeof c.recipe);
    coefficients(palette, &match->recipes[0], K, S);
    must(tns_healed_forecast(healed, K, S, &viewing, &c.seen, &err), NULL);
    c.dot = c.seen.mean;
    set_band_of_ways(healed, K, S, &c);
    set_de_of_ways(healed, K, S, &c);
    set_area(&c);
    tns_match_destroy(match);
    tns_healed_destroy(healed);
    return c;
}

static void write_lab(FILE *out, tns_lab lab)
{
    fprintf(out, "%.1f/%.1f/%.1f", lab.L, lab.a, lab.b);
}

static void write_case(const worked *c, FILE *out)
{
    const tns_skin *skin = &c->fit.skin;
    tns_lab seen = c->seen.lab, area = seen_by_day(&c->area), bare = people[c->who].lab;
    fprintf(out, "| %s | ", people[c->who].name);
    write_lab(out, bare);
    fprintf(out, " | %.1f %%, %.1f %%, %.0f %% | ", 100 * skin->melanin, 100 * skin->blood,
            100 * skin->oxygenation);
    write_lab(out, people[c->who].dot);
    fprintf(out, " | %s | ", c->recipe);
    write_lab(out, seen);
    fprintf(out, " (L\\* %.0f to %.0f, b\\* %.0f to %.0f) | %.1f | %.1f | ", c->seen.low.L,
            c->seen.high.L, c->seen.low.b, c->seen.high.b, tns_de00(people[c->who].dot, seen),
            c->de_p95);
    write_lab(out, area);
    fprintf(out, ", %.1f from bare |\n", tns_de00(bare, area));
}

void write_cases(const tns_palette *palette, FILE *out)
{
    static const int shown[] = {LIGHT, OLIVE, DARK};
    fprintf(out,
            "| skin | bare | melanin, blood, oxygenation | dots wanted | recipe | healed | dE00 | "
            "19 ways in 20 within | area |\n|---|---|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        worked c = work_out(palette, shown[i]);
        write_case(&c, out);
    }
}
