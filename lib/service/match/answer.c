/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the best recipe means, in one sentence a specialist can act on. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "service/parts.h"
#include "service/words.h"

/* Below this share of the main pigment a component is a touch, and below this one a little. */
static const double TOUCH = 0.15, LITTLE = 0.35;
/* Odds narrower than this share of another's are worth a word. */
static const double MUCH_SURER = 0.75;
/* .. if anyone can see the difference, dE00. */
static const double LEAST_SURER = 0.3;

static const tns_off_words directions = {.lighter = "lighter",
                                         .darker = "darker",
                                         .warmer = "warmer",
                                         .cooler = "cooler",
                                         .redder = "redder",
                                         .greener = "greener"};

static size_t largest_part(const tns_recipe *recipe, const bool *said)
{
    size_t largest = recipe->part_count;
    for (size_t i = 0; i < recipe->part_count; i++)
        if (!said[i] && (largest == recipe->part_count ||
                         recipe->parts[i].fraction > recipe->parts[largest].fraction))
            largest = i;
    return largest;
}

/* "carbon black with a touch of red oxide and a little white": most first. */
static void say_parts(tns_sentence *s, const tns_match_answer *answer, const tns_recipe *recipe)
{
    bool said[TNS_PARTS_MAX] = {false};
    double most = recipe->parts[largest_part(recipe, said)].fraction;
    for (size_t n = 0; n < recipe->part_count; n++) {
        size_t i = largest_part(recipe, said);
        double share = recipe->parts[i].fraction / most;
        const char *link = n == 0                       ? ""
                           : n == 1                     ? " with "
                           : n + 1 < recipe->part_count ? ", "
                                                        : " and ";
        const char *amount = n == 0           ? ""
                             : share < TOUCH  ? "a touch of "
                             : share < LITTLE ? "a little "
                                              : "";
        said[i] = true;
        tns_say(s, "%s%s", link, amount);
        tns_say_name(s, &answer->request->palette->pigments[recipe->parts[i].pigment]);
    }
}

static double lightness_of_target(const tns_match_answer *answer)
{
    return tns_lab_from_spectrum(&answer->request->target, &answer->request->viewings[0]).L;
}

/* The strongest dilution allowed was taken, and the color is still too dark. */
static bool water_is_short(const tns_match_answer *answer, const tns_recipe *best)
{
    return best->has_diluent && best->shade > 0 && best->shade == answer->match->search.max_shade &&
           best->color[0].lab.L < lightness_of_target(answer) - TNS_JUST_SEEN;
}

/* What is minimized counts every lamp; the reader is told of the main one. */
static void say_more_drops(tns_sentence *s, const tns_match_request *r, double possible,
                           double found)
{
    if (r->max_cost > 0 || r->least_units)
        tns_say(s, "; without %s it would come nearer",
                r->max_cost > 0 ? "--max-cost" : "--min-drops");
    else
        tns_say(s, "; more drops in the pot would come nearer");
    if (possible < found)
        tns_say(s, " (dE %.1f)", possible);
    else
        tns_say(s, " under the other lamps");
}

/* What the person's own limits hold back is no fault of the shelf. */
static void say_missing(tns_sentence *s, const tns_match_answer *answer)
{
    const char *missing = answer->match->missing.text;
    if (answer->held.options[0])
        tns_say(s, "; it is %s that holds it back: without, real amounts come to dE %.1f",
                answer->held.options, answer->held.de00);
    else
        tns_say(s, "; these pigments come no nearer%s%s", missing[0] ? ": " : "", missing);
}

/* What would come nearer, if anything would. */
static void say_nearer(tns_sentence *s, const tns_match_answer *answer, const tns_recipe *best)
{
    if (water_is_short(answer, best))
        tns_say(s, "; more water would come nearer: allow a shade above %d", best->shade);
    else if (!answer->match->in_gamut)
        say_missing(s, answer);
    else if (best->rounding_loss > 1 && best->part_count > 1)
        say_more_drops(s, answer->request, answer->match->best_possible.de00, best->de00[0]);
    else if (best->rounding_loss > 1 && best->has_diluent)
        tns_say(s, "; a whole shade comes no nearer");
}

/* Too light can be mended, too dark cannot: the best of the list that is not darker, by name. */
static void say_safer(tns_sentence *s, const tns_match_answer *answer)
{
    const tns_match *match = answer->match;
    double least = lightness_of_target(answer) - TNS_JUST_SEEN;
    if (match->recipes[0].color[0].lab.L >= least - TNS_JUST_SEEN)
        return;
    for (size_t i = 1; i < match->recipe_count; i++) {
        const tns_recipe *recipe = &match->recipes[i];
        if (recipe->color[0].lab.L < least)
            continue;
        tns_say(s, "; darker cannot be mended: recipe %zu is not darker (dE %.1f)", i + 1,
                recipe->de00[0]);
        return;
    }
    bool too_light_for_all = match->missing.text[0] && match->missing.dL > TNS_JUST_SEEN;
    if (!too_light_for_all && !water_is_short(answer, &match->recipes[0]))
        tns_say(s, "; darker cannot be mended: ask for recipes that are never darker");
}

/* The nearest by far from the surest: a person should know before choosing. */
static void say_surer(tns_sentence *s, const tns_match *match)
{
    size_t i = match->choices.surest;
    const tns_recipe *best = &match->recipes[0], *surest = &match->recipes[i];
    if (!match->choices.made || !best->has_odds ||
        surest->odds.de00_p95 > MUCH_SURER * best->odds.de00_p95 ||
        best->odds.de00_p95 - surest->odds.de00_p95 < LEAST_SURER)
        return;
    tns_say(s, "; recipe %zu is surer: %s within dE %.1f, not %.1f", i + 1,
            best->odds.by_healing > 0 ? "19 in 20 of pours and ways of healing" : "19 pours in 20",
            surest->odds.de00_p95, best->odds.de00_p95);
}

/* A match is no surer than what was matched. */
static void say_certainty(tns_sentence *s, const tns_match_answer *answer, const tns_recipe *best)
{
    const tns_reading *target = answer->target;
    if (target->has_uncertainty && target->uncertainty.L > fmax(3, 2 * best->de00[0]))
        tns_say(s, "; the target itself is known to +-%.0f in L only", target->uncertainty.L);
}

/* A difference within the tolerance that most pours will miss is one on paper. */
static const char *on_paper(const tns_match *match)
{
    const tns_recipe *best = &match->recipes[0];
    return match->within_tolerance && best->has_odds && best->odds.p_within < 0.5 ? " on paper"
                                                                                  : "";
}

void tns_answer_sentence(const tns_match_answer *answer, char *text, size_t size)
{
    tns_sentence s = {text, size};
    text[0] = '\0';
    if (answer->match->recipe_count == 0)
        return;
    const tns_recipe *best = &answer->match->recipes[0];
    tns_lab target = tns_lab_from_spectrum(&answer->request->target, &answer->request->viewings[0]);
    if (best->has_diluent && best->shade > 0)
        tns_say(&s, "Shade %d of ", best->shade);
    else if (best->has_diluent)
        tns_say(&s, "Undiluted ");
    say_parts(&s, answer, best);
    tns_say(&s, ": %s%s (dE %.1f)", tns_closeness(best->de00[0]), on_paper(answer->match),
            best->de00[0]);
    tns_say_off(&s, target, best->color[0].lab, &directions);
    say_nearer(&s, answer, best);
    if (!answer->request->never_darker && !answer->request->continuous)
        say_safer(&s, answer);
    say_surer(&s, answer->match);
    say_certainty(&s, answer, best);
    text[0] = tns_text_upper(text[0]);
}
