/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to mix: the first recipe, part by part. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "report/match_page.h"

/* ---- what recipes share ---- */

void tns_html_chance(tns_html *html, double p)
{
    if (p <= 0.005)
        tns_html_add(html, "under 1&thinsp;%%");
    else if (p >= 0.995)
        tns_html_add(html, "over 99&thinsp;%%");
    else
        tns_html_add(html, "%.0f&thinsp;%%", 100 * p);
}

/* In what is dispensed; of real amounts the share. */
static void add_amount(tns_html *html, const tns_match_record *match, const tns_part_record *part)
{
    if (match->search.continuous)
        tns_html_add(html, "%.2f&thinsp;%% ", 100 * part->fraction);
    else if (match->unit.kind == TNS_UNIT_GRAM)
        tns_html_add(html, "%.2f&nbsp;g ", part->g);
    else if (match->unit.kind == TNS_UNIT_ML || part->units == 0)
        tns_html_add(html, "%.2f&nbsp;ml ", part->ml);
    else
        tns_html_add(html, "%d&nbsp;", part->units);
    tns_html_text(html, part->pigment);
}

static bool has_water(const tns_recipe_record *recipe)
{
    return recipe->has_diluent && recipe->diluent.fraction > 0;
}

void tns_html_mixture(tns_html *html, const tns_match_record *match,
                      const tns_recipe_record *recipe)
{
    tns_part_record water = recipe->diluent;
    for (size_t i = 0; i < recipe->part_count; i++) {
        tns_html_add(html, i ? " + " : "");
        add_amount(html, match, &recipe->parts[i]);
    }
    water.units = 0; /* it is measured, not counted */
    if (has_water(recipe)) {
        tns_html_add(html, " + ");
        add_amount(html, match, &water);
    }
}

static void add_choice(tns_html *html, bool is, const char *word, const char **link)
{
    if (!is)
        return;
    tns_html_add(html, "%s%s", *link, word);
    *link = ", ";
}

void tns_match_choices(tns_html *html, const tns_match_record *match, size_t i)
{
    const tns_choices *c = &match->choices;
    const char *link = "";
    if (match->recipe_count < 2 || !c->made)
        return;
    add_choice(html, c->closest == i, "closest", &link);
    add_choice(html, match->recipes[i].has_odds && c->surest == i, "surest", &link);
    add_choice(html, c->simplest == i, "fewest pigments", &link);
    add_choice(html, c->has_metamerism && c->least_metameric == i, "steadiest under other lamps",
               &link);
    add_choice(html, c->has_cost && c->cheapest == i, "cheapest", &link);
}

bool tns_match_is_choice(const tns_match_record *match, size_t i)
{
    const tns_choices *c = &match->choices;
    return c->made &&
           (c->closest == i || (match->recipes[i].has_odds && c->surest == i) || c->simplest == i ||
            (c->has_metamerism && c->least_metameric == i) || (c->has_cost && c->cheapest == i));
}

bool tns_match_is_shown(const tns_match_record *match, size_t i)
{
    return !match->choices.made || match->recipes[i].distinct || tns_match_is_choice(match, i);
}

/* ---- the first of them ---- */

static bool counts_drops(const tns_match_record *match)
{
    return match->unit.kind == TNS_UNIT_DROP && !match->search.continuous;
}

static void add_head(tns_html *html, const tns_match_record *match, bool one_more)
{
    tns_html_add(html, "<table class=\"parts\"><thead><tr><th scope=\"col\">Of</th>");
    if (counts_drops(match))
        tns_html_add(html, "<th scope=\"col\" class=\"n\">Drops</th>");
    if (!match->search.continuous)
        tns_html_add(html, "<th scope=\"col\" class=\"n\">ml</th>"
                           "<th scope=\"col\" class=\"n\">g</th>");
    tns_html_add(html, "<th scope=\"col\" class=\"n\">Share</th>");
    if (one_more)
        tns_html_add(html, "<th scope=\"col\" class=\"n\">One more: dE</th>");
    tns_html_add(html, "</tr></thead>\n<tbody>\n");
}

static void add_cell(tns_html *html, double value, int decimals)
{
    tns_html_add(html, "<td class=\"n\">");
    tns_html_number(html, value, decimals);
    tns_html_add(html, "</td>");
}

/* units 0 = not counted; one_more NAN = there is no such column, 0 = nothing to tell. */
static void add_row(tns_html *html, const tns_match_record *match, const char *name,
                    const tns_part_record *part, double one_more)
{
    tns_html_add(html, "<tr><th scope=\"row\">");
    tns_html_text(html, name);
    tns_html_add(html, "</th>");
    if (counts_drops(match))
        add_cell(html, part->units > 0 ? part->units : NAN, 0);
    if (!match->search.continuous) {
        add_cell(html, part->ml, 2);
        add_cell(html, part->g, 2);
    }
    tns_html_add(html, "<td class=\"n\">%.1f&thinsp;%%</td>", 100 * part->fraction);
    if (!isnan(one_more))
        tns_html_add(html, one_more > 0 ? "<td class=\"n\">%.1f</td>" : "<td></td>", one_more);
    tns_html_add(html, "</tr>\n");
}

static void add_up(tns_part_record *sum, const tns_part_record *part)
{
    sum->units += part->units;
    sum->ml += part->ml;
    sum->g += part->g;
    sum->fraction += part->fraction;
}

static void add_bottles(tns_html *html, const tns_recipe_record *recipe, const char *pigment,
                        int columns)
{
    const char *link = "from ";
    for (size_t i = 0; i < recipe->lot_count; i++) {
        const tns_lot_record *lot = &recipe->lots[i];
        if (strcmp(lot->pigment, pigment) != 0)
            continue;
        if (link[0] == 'f')
            tns_html_add(html, "<tr class=\"detail\"><td colspan=\"%d\">", columns);
        tns_html_add(html, "%s%.2f ml of bottle B%lld, ", link, (double)lot->ul / 1000,
                     (long long)lot->bottle);
        tns_html_text(html, lot->product);
        tns_html_add(html, ", lot ");
        tns_html_text(html, lot->lot);
        link = "; ";
    }
    if (link[0] != 'f')
        tns_html_add(html, "</td></tr>\n");
}

static int columns_of(const tns_match_record *match, bool one_more)
{
    return 2 + counts_drops(match) + (match->search.continuous ? 0 : 2) + one_more;
}

static void add_table(tns_html *html, const tns_match_record *match,
                      const tns_recipe_record *recipe)
{
    tns_part_record sum = {.units = 0};
    bool one_more = recipe->has_odds && (recipe->part_count > 1 || has_water(recipe));
    int columns = columns_of(match, one_more);
    add_head(html, match, one_more);
    for (size_t i = 0; i < recipe->part_count; i++) {
        const tns_part_record *part = &recipe->parts[i];
        add_row(html, match, part->pigment, part, one_more ? recipe->odds.one_more[i] : NAN);
        add_bottles(html, recipe, part->pigment, columns);
        add_up(&sum, part);
    }
    if (has_water(recipe)) {
        add_row(html, match, recipe->diluent.pigment, &recipe->diluent, one_more ? 0 : NAN);
        add_bottles(html, recipe, recipe->diluent.pigment, columns);
        add_up(&sum, &recipe->diluent);
        sum.units = 0; /* nobody counts the water's */
    }
    add_row(html, match, "Together", &sum, one_more ? 0 : NAN);
    tns_html_add(html, "</tbody></table>\n");
}

static double all_ml(const tns_recipe_record *recipe)
{
    double ml = recipe->diluent.ml;
    for (size_t i = 0; i < recipe->part_count; i++)
        ml += recipe->parts[i].ml;
    return ml;
}

/* "Shade 33:1: 33 parts of diluent to one of pigment. Cost 0.38 a ml, 1.20 in all." */
static void add_terms(tns_html *html, const tns_match_record *match,
                      const tns_recipe_record *recipe)
{
    const char *begin = "<p class=\"how\">";
    if (has_water(recipe)) {
        tns_html_add(html, "%sShade %.*f:1, parts of ", begin, match->search.continuous ? 2 : 0,
                     recipe->real_shade);
        tns_html_text(html, recipe->diluent.pigment);
        tns_html_add(html, " to one of pigment. ");
        begin = "";
    }
    if (recipe->cost > 0) {
        tns_html_add(html, "%sCost %.2f a ml", begin, recipe->cost);
        begin = "";
        if (all_ml(recipe) > 0)
            tns_html_add(html, ", %.2f in all", recipe->cost * all_ml(recipe));
        tns_html_add(html, ". ");
    }
    if (begin[0] == '\0')
        tns_html_add(html, "</p>\n");
}

/* What stands above is the mean over ways of healing, which no single scalp shows. */
static void add_span(tns_html *html, const tns_recipe_record *recipe)
{
    const double low[3] = {recipe->span.low.L, recipe->span.low.a, recipe->span.low.b};
    const double high[3] = {recipe->span.high.L, recipe->span.high.a, recipe->span.high.b};
    if (!recipe->has_span)
        return;
    tns_html_add(html, "<p class=\"how\">Healed, the color told is the mean over many ways of "
                       "healing. One scalp may show");
    for (int i = 0; i < 3; i++) {
        tns_html_add(html, "%s %c* ", i ? "," : "", "Lab"[i]);
        tns_html_number(html, low[i], 0);
        tns_html_add(html, " to ");
        tns_html_number(html, high[i], 0);
    }
    tns_html_add(html, " (9 scalps in 10).</p>\n");
}

void tns_report_recipe(tns_html *html, const tns_match_record *match)
{
    if (match->recipe_count == 0)
        return;
    const tns_recipe_record *recipe = &match->recipes[0];
    tns_html_add(html, "<section aria-labelledby=\"mix\"><h2 id=\"mix\">What to mix</h2>\n");
    add_table(html, match, recipe);
    add_terms(html, match, recipe);
    add_span(html, recipe);
    tns_html_add(html, "</section>\n");
}
