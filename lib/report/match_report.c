/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A match on a page, to be printed and kept with the client. */
#include <math.h>
#include <string.h>

#include <tonsure/version.h>

#include "base/text.h"
#include "report/match_page.h"

/* ---- the head ---- */

typedef struct name {
    char text[80];
} name;

/* What the target is called: its id, its site, what it is of; else its color. */
static name name_of(const tns_reading *target)
{
    name out;
    const tns_lab *lab = &target->color.lab;
    const char *word = target->id[0] ? target->id : target->site;
    if (!word[0])
        word = tns_what_words(target->what);
    if (word[0] || !target->has_color)
        tns_text_format(out.text, sizeof out.text, "%s", word[0] ? word : "a spectrum");
    else
        tns_text_format(out.text, sizeof out.text, "L* %.1f, a* %.1f, b* %.1f", lab->L, lab->a,
                        lab->b);
    return out;
}

static const char *source_words(const tns_source *source)
{
    static const char *const words[] = {"",      "by an instrument", "off a photo", "of a file",
                                        "typed", "predicted"};
    return words[source->kind];
}

static void add_word(tns_html *html, const char *word, bool *any)
{
    if (!word[0])
        return;
    tns_html_add(html, *any ? ", " : "");
    tns_html_text(html, word);
    *any = true;
}

/* "a dot, crown, by an instrument, read 2026-11-22 · made 2026-11-23, 12:00 UTC" */
static void add_under(tns_html *html, const tns_match_report *report)
{
    const tns_reading *target = &report->match->target;
    bool any = false;
    char read[32] = "";
    if (target->time[0])
        tns_text_format(read, sizeof read, "read %.10s", target->time);
    tns_html_add(html, "<p class=\"under\">");
    name told = name_of(target);
    if (strcmp(told.text, tns_what_words(target->what)) != 0)
        add_word(html, tns_what_words(target->what), &any);
    if (strcmp(told.text, target->site) != 0)
        add_word(html, target->site, &any);
    add_word(html, source_words(&target->source), &any);
    add_word(html, read, &any);
    tns_html_time(html, "page made ", report->seconds);
    tns_html_add(html, "</p>\n");
}

static void add_tolerance(tns_html *html, const tns_match_record *match)
{
    bool asked = match->failure.code != TNS_OK;
    tns_html_add(html, "<p>");
    if (match->within_tolerance && match->tolerance > 0)
        tns_html_add(html, "On paper that is within the tolerance of dE %.1f.", match->tolerance);
    else if (match->within_tolerance)
        tns_html_add(html, "On paper that is within the tolerance.");
    else if (match->tolerance > 0)
        tns_html_add(html, "That is farther off than the tolerance of dE %.1f%s.", match->tolerance,
                     asked ? ", which was required" : "");
    else
        tns_html_add(html, "That is farther off than the tolerance%s.",
                     asked ? ", which was required" : "");
    tns_html_add(html, " A dE of about 1 is just seen side by side.</p>");
}

static void add_verdict(tns_html *html, const tns_match_record *match)
{
    tns_color wanted, mixed;
    tns_html_add(html, "<div class=\"verdict%s\"><p class=\"word\">",
                 match->within_tolerance ? "" : " refused");
    tns_html_text(html, match->sentence);
    tns_html_add(html, ".</p>");
    add_tolerance(html, match);
    tns_html_add(html, "</div>\n");
    if (match->recipe_count == 0 || !tns_match_wanted(match, 0, &wanted) ||
        !tns_match_predicted(match->recipes, 0, &mixed))
        return;
    tns_html_add(html, "<figure class=\"beside\">");
    tns_html_pair_of_colors(html, "broad", &wanted, &mixed);
    tns_html_add(html, "<figcaption><span>wanted</span><span>this mix, as predicted</span>"
                       "</figcaption></figure>\n");
}

static void add_figures(tns_html *html, const tns_match_record *match)
{
    const tns_recipe_record *best = match->recipes;
    if (match->recipe_count == 0)
        return;
    tns_html_add(html,
                 "<dl class=\"figures\">\n<div><dt>On paper</dt><dd><b>%.1f</b> dE00 from the "
                 "target, under ",
                 best->de00[0]);
    tns_html_text(html, best->illuminant[0]);
    tns_html_add(html, "</dd></div>\n");
    if (best->has_odds) {
        tns_html_add(html, "<div><dt>Good enough</dt><dd><b>");
        tns_html_chance(html, best->odds.p_within);
        tns_html_add(html, "</b> of pours come within dE %.1f</dd></div>\n", match->tolerance);
        tns_html_add(html, "<div><dt>19 in 20</dt><dd><b>%.1f</b> dE00 or nearer%s</dd></div>\n",
                     best->odds.de00_p95,
                     best->odds.by_healing > 0 ? ", pours and ways of healing" : ", of pours");
        tns_html_add(html, "<div><dt>Too dark</dt><dd><b>");
        tns_html_chance(html, best->odds.p_darker);
        tns_html_add(html, "</b> come out visibly darker</dd></div>\n");
    }
    tns_html_add(html, "</dl>\n");
}

/* ---- odds in words ---- */

/* What moves the color most is what care, or a measurement, would better. */
static const char *main_cause(const tns_odds *odds)
{
    double most =
        fmax(fmax(odds->by_pouring, odds->by_palette), fmax(odds->by_target, odds->by_healing));
    return most <= 0                  ? ""
           : most == odds->by_healing ? "Most of it comes from how the skin may heal."
           : most == odds->by_palette ? "Most of it comes from how well the pigments are known: "
                                        "measuring them narrows it."
           : most == odds->by_target
               ? "Most of it comes from how well the target was read: reading "
                 "it anew, with an instrument, narrows it."
               : "Most of it comes from the pouring: weighing, or a larger "
                 "pot, narrows it.";
}

static void add_left_out(tns_html *html, const tns_warnings *out)
{
    if (out->count == 0)
        return;
    tns_html_add(html, " The odds leave out ");
    for (size_t i = 0; i < out->count; i++) {
        tns_html_add(html, i == 0 ? "" : i + 1 < out->count ? "; " : "; and ");
        tns_html_text(html, out->text[i]);
    }
    tns_html_add(html, ".");
}

static void add_odds(tns_html *html, const tns_match_record *match)
{
    if (match->recipe_count == 0 || !match->recipes->has_odds)
        return;
    const tns_odds *odds = &match->recipes->odds;
    char within[24];
    tns_text_format(within, sizeof within,
                    odds->p_within < 0.005   ? "hardly any"
                    : odds->p_within > 0.995 ? "nearly all"
                                             : "about %.0f",
                    100 * odds->p_within);
    tns_html_add(html,
                 "<p class=\"how\">No two pours are alike: of a hundred pots mixed by this recipe, "
                 "%s come within dE %.1f of the target, and 95 within dE %.1f. %s",
                 within, match->tolerance, odds->de00_p95, main_cause(odds));
    add_left_out(html, &match->odds_leave_out);
    tns_html_add(html, "</p>\n");
}

/* ---- what to heed, what was asked ---- */

/* Of the match, then of its first recipe. */
static void add_doubts(tns_html *html, const tns_match_record *match)
{
    tns_html_doubt_list(html, "What to heed", &match->warnings,
                        match->recipe_count > 0 ? &match->recipes->warnings : NULL);
}

static void add_color_pair(tns_html *html, const tns_reading *target)
{
    char text[160];
    const tns_lab *lab = &target->color.lab;
    const tns_uncertainty *u = &target->uncertainty;
    int used = 0;
    if (target->has_color)
        used =
            tns_text_format(text, sizeof text, "L* %.1f, a* %.1f, b* %.1f (%s, %d\xc2\xb0)", lab->L,
                            lab->a, lab->b, target->color.illuminant, (int)target->color.observer);
    if (target->has_color && target->has_uncertainty)
        tns_text_format(text + used, sizeof text - (size_t)used,
                        ", \xc2\xb1 %.1f, %.1f, %.1f (k = %g)", u->L, u->a, u->b, u->k);
    tns_html_pair(html, "Target, as read", target->has_color ? text : "a spectrum");
}

static void add_lamps(tns_html *html, const tns_match_record *match)
{
    tns_html_add(html, "<div><dt>Lamps, and what each counts</dt><dd>");
    for (size_t i = 0; i < match->weight_count; i++) {
        tns_html_add(html, i ? ", " : "");
        tns_html_text(html, match->weight_of[i]);
        tns_html_add(html, " %g", match->weight[i]);
    }
    tns_html_add(html, "</dd></div>\n");
}

static void add_search(tns_html *html, const tns_match_record *match)
{
    char text[160];
    const tns_search *s = &match->search;
    int used = tns_text_format(text, sizeof text, "%zu to choose from, at most %d in a recipe",
                               s->pigments, s->max_pigments);
    if (!s->continuous)
        used +=
            tns_text_format(text + used, sizeof text - (size_t)used, ", up to %d %s", s->max_units,
                            match->unit.kind == TNS_UNIT_DROP ? "drops" : "units");
    if (s->max_shade > 0)
        tns_text_format(text + used, sizeof text - (size_t)used, ", shades to %d:1", s->max_shade);
    tns_html_pair(html, "Pigments", text);
}

static void add_limits(tns_html *html, const tns_match_record *match)
{
    char text[80];
    const tns_limits_record *limits = &match->limits;
    if (limits->never_darker)
        tns_html_pair(html, "Limit", "never darker than the target");
    for (size_t i = 0; i < limits->least_count; i++) {
        tns_text_format(text, sizeof text, "%.47s: none, or %d at least", limits->least[i].pigment,
                        limits->least[i].units);
        tns_html_pair(html, "Limit", text);
    }
    if (limits->max_cost > 0) {
        tns_text_format(text, sizeof text, "costs %.2f a ml at most", limits->max_cost);
        tns_html_pair(html, "Limit", text);
    }
    for (size_t i = 0; i < match->left_out_count; i++) {
        tns_html_add(html, "<div><dt>Left out</dt><dd>");
        tns_html_text(html, match->left_out[i].pigment);
        tns_html_add(html, ": ");
        tns_html_text(html, match->left_out[i].why);
        tns_html_add(html, "</dd></div>\n");
    }
}

static void add_asked(tns_html *html, const tns_match_record *match)
{
    char text[32];
    tns_html_add(html,
                 "<section aria-labelledby=\"asked\"><h2 id=\"asked\">What was asked</h2>\n<dl "
                 "class=\"making\">\n");
    add_color_pair(html, &match->target);
    tns_html_pair(html, "Surface", match->surface.name);
    if (match->weight_count > 0)
        add_lamps(html, match);
    add_search(html, match);
    if (match->tolerance > 0) {
        tns_text_format(text, sizeof text, "dE %.1f", match->tolerance);
        tns_html_pair(html, "Good enough", text);
    }
    if (match->pot_ml > 0) {
        tns_text_format(text, sizeof text, "%.6g ml or more", match->pot_ml);
        tns_html_pair(html, "Pot", text);
    }
    add_limits(html, match);
    tns_html_add(html, "</dl></section>\n");
}

/* ---- what it rests on ---- */

static const char *confidence_words(char grade)
{
    return grade == 'A'   ? "A: pigments measured, of this lot"
           : grade == 'B' ? "B: pigments measured or published, of this product"
                          : "C: pigments modelled by their Colour Index, not measured";
}

static void add_proof(tns_html *html, const tns_search *s)
{
    char text[160];
    tns_text_format(text, sizeof text, "%llu %s%s", (unsigned long long)s->recipes,
                    s->continuous ? "sets of pigments" : "recipes",
                    s->exact ? "; none left out comes nearer" : "");
    tns_html_pair(html, "Searched", text);
}

static void add_making(tns_html *html, const tns_match_report *report)
{
    const tns_match_record *match = report->match;
    char palette[120], libraries[200];
    tns_version_libraries(libraries, sizeof libraries);
    tns_text_format(palette, sizeof palette, "%s%s%s", match->palette,
                    match->palette_version[0] ? ", version " : "", match->palette_version);
    tns_html_add(html,
                 "<section aria-labelledby=\"making\"><h2 id=\"making\">What it rests on</h2>\n<dl "
                 "class=\"making\">\n");
    tns_html_pair(html, "Palette", palette);
    if (match->recipe_count > 0)
        tns_html_pair(html, "Confidence", confidence_words(match->recipes->confidence));
    add_proof(html, &match->search);
    if (report->digest && report->digest[0])
        tns_html_pair(html, "Reading (SHA-256)", report->digest);
    tns_html_pair(html, "Tonsure", tns_version());
    tns_html_pair(html, "Libraries", libraries);
    tns_html_add(html, "</dl></section>\n");
}

/* To be filled in by hand, on paper. */
static void add_file(tns_html *html)
{
    tns_html_add(html,
                 "<dl class=\"file\" aria-label=\"For the client&rsquo;s file\"><div><dt>Client"
                 "</dt></div><div><dt>Visit</dt></div><div><dt>Mixed by</dt></div></dl>\n");
}

static void add_plots(tns_html *html, const tns_match_record *match)
{
    if (match->recipe_count == 0)
        return;
    tns_html_add(html, "<section class=\"plots\" aria-label=\"Colors and curves\">\n");
    tns_report_place(html, match);
    tns_report_curves(html, match);
    tns_html_add(html, "</section>\n");
}

char *tns_match_report_write(const tns_match_report *report, tns_error *err)
{
    tns_html html = {0};
    const tns_match_record *match = report->match;
    name title = name_of(&match->target);
    tns_html_page_begin(&html, title.text, "match report");
    tns_html_add(&html, "<header>\n<p class=\"over\">Match report</p>\n");
    tns_html_element(&html, "h1", "", title.text);
    add_under(&html, report);
    add_verdict(&html, match);
    add_figures(&html, match);
    add_odds(&html, match);
    tns_html_add(&html, "</header>\n");
    tns_report_recipe(&html, match);
    add_doubts(&html, match);
    tns_report_lamps(&html, match);
    tns_report_others(&html, match);
    add_plots(&html, match);
    add_asked(&html, match);
    add_making(&html, report);
    add_file(&html);
    return tns_html_page_finish(&html, err);
}
