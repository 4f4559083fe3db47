/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the best recipe, or addition, means, in one sentence a specialist can act on. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "service/parts.h"

/* Below this share of the main pigment a component is a touch, and below this one a little. */
static const double TOUCH = 0.15, LITTLE = 0.35;
/* Lab steps under which nobody speaks of a direction. */
static const double JUST_SEEN = 0.5;
/* Odds narrower than this share of another's are worth a word. */
static const double MUCH_SURER = 0.75;

typedef struct sentence {
    char *text;
    size_t size;
} sentence;

static void say(sentence *s, const char *format, ...) TNS_PRINTF(2, 3);

static void say(sentence *s, const char *format, ...)
{
    size_t used = strlen(s->text);
    va_list args;
    va_start(args, format);
    tns_text_vformat(s->text + used, s->size - used, format, args);
    va_end(args);
}

/* "Carbon black" -> "carbon-black": a name that says what the id says is no proper name. */
static bool is_common_name(const tns_pigment *pigment, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        char c = pigment->name[i] == ' ' ? '-' : tns_text_lower(pigment->name[i]);
        if (pigment->id[i] != c)
            return false;
    }
    return pigment->id[length] == '\0';
}

/* As it stands in a sentence: what follows a comma ("15 % by mass") is left out. */
static void say_name(sentence *s, const tns_pigment *pigment)
{
    size_t n = strcspn(pigment->name, ",");
    if (n == 0 || is_common_name(pigment, n)) {
        char name[TNS_ID_SIZE];
        snprintf(name, sizeof name, "%s", pigment->id);
        for (char *c = name; n > 0 && *c; c++)
            *c = *c == '-' ? ' ' : *c;
        say(s, "%s", name);
    } else {
        say(s, "%.*s", (int)n, pigment->name);
    }
}

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
static void say_parts(sentence *s, const tns_match_answer *answer, const tns_recipe *recipe)
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
        say(s, "%s%s", link, amount);
        say_name(s, &answer->request->palette->pigments[recipe->parts[i].pigment]);
    }
}

static const char *closeness(double de00)
{
    return de00 <= 1 ? "very close" : de00 <= 2 ? "close" : de00 <= 4 ? "near" : "off";
}

/* "slightly", "clearly" or nothing at all. */
static const char *degree(double step)
{
    return fabs(step) < 1.5 ? "slightly " : fabs(step) < 4 ? "" : "much ";
}

static void say_direction(sentence *s, tns_lab target, tns_lab found)
{
    double dL = found.L - target.L, da = found.a - target.a, db = found.b - target.b;
    const char *before = ", ";
    if (fabs(dL) >= JUST_SEEN) {
        say(s, "%s%s%s", before, degree(dL), dL > 0 ? "lighter" : "darker");
        before = " and ";
    }
    if (fabs(db) >= JUST_SEEN && fabs(db) >= fabs(da)) {
        say(s, "%s%s%s", before, degree(db), db > 0 ? "warmer" : "cooler");
    } else if (fabs(da) >= JUST_SEEN) {
        say(s, "%s%s%s", before, degree(da), da > 0 ? "redder" : "greener");
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
           best->color[0].lab.L < lightness_of_target(answer) - JUST_SEEN;
}

/* What is minimized counts every lamp; the reader is told of the main one. */
static void say_more_drops(sentence *s, double possible, double found)
{
    say(s, "; more drops in the pot would come nearer");
    if (possible < found)
        say(s, " (dE %.1f)", possible);
    else
        say(s, " under the other lamps");
}

static void say_missing(sentence *s, const tns_missing *missing)
{
    say(s, "; these pigments come no nearer%s%s", missing->text[0] ? ": " : "", missing->text);
}

/* What would come nearer, if anything would. */
static void say_nearer(sentence *s, const tns_match_answer *answer, const tns_recipe *best)
{
    if (water_is_short(answer, best))
        say(s, "; more water would come nearer: allow a shade above %d", best->shade);
    else if (!answer->match->in_gamut)
        say_missing(s, &answer->match->missing);
    else if (best->rounding_loss > 1 && best->part_count > 1)
        say_more_drops(s, answer->match->best_possible.de00, best->de00[0]);
    else if (best->rounding_loss > 1 && best->has_diluent)
        say(s, "; a whole shade comes no nearer");
}

/* Too light can be mended, too dark cannot: the best of the list that is not darker, by name. */
static void say_safer(sentence *s, const tns_match_answer *answer)
{
    const tns_match *match = answer->match;
    double least = lightness_of_target(answer) - JUST_SEEN;
    if (match->recipes[0].color[0].lab.L >= least - JUST_SEEN)
        return;
    for (size_t i = 1; i < match->recipe_count; i++) {
        const tns_recipe *recipe = &match->recipes[i];
        if (recipe->color[0].lab.L < least)
            continue;
        say(s, "; darker cannot be mended: recipe %zu is not darker (dE %.1f)", i + 1,
            recipe->de00[0]);
        return;
    }
    bool too_light_for_all = match->missing.text[0] && match->missing.dL > JUST_SEEN;
    if (!too_light_for_all && !water_is_short(answer, &match->recipes[0]))
        say(s, "; darker cannot be mended: ask for recipes that are never darker");
}

/* The nearest by far from the surest: a person should know before choosing. */
static void say_surer(sentence *s, const tns_match *match)
{
    size_t i = match->choices.surest;
    const tns_recipe *best = &match->recipes[0], *surest = &match->recipes[i];
    if (!match->choices.made || !best->has_odds ||
        surest->odds.de00_p95 > MUCH_SURER * best->odds.de00_p95)
        return;
    say(s, "; recipe %zu is surer: 19 pours in 20 within dE %.1f, not %.1f", i + 1,
        surest->odds.de00_p95, best->odds.de00_p95);
}

/* A match is no surer than what was matched. */
static void say_certainty(sentence *s, const tns_match_answer *answer, const tns_recipe *best)
{
    const tns_reading *target = answer->target;
    if (target->has_uncertainty && target->uncertainty.L > fmax(3, 2 * best->de00[0]))
        say(s, "; the target itself is known to +-%.0f in L only", target->uncertainty.L);
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
    sentence s = {text, size};
    text[0] = '\0';
    if (answer->match->recipe_count == 0)
        return;
    const tns_recipe *best = &answer->match->recipes[0];
    tns_lab target = tns_lab_from_spectrum(&answer->request->target, &answer->request->viewings[0]);
    if (best->has_diluent && best->shade > 0)
        say(&s, "Shade %d of ", best->shade);
    else if (best->has_diluent)
        say(&s, "Undiluted ");
    say_parts(&s, answer, best);
    say(&s, ": %s%s (dE %.1f)", closeness(best->de00[0]), on_paper(answer->match), best->de00[0]);
    say_direction(&s, target, best->color[0].lab);
    say_nearer(&s, answer, best);
    if (!answer->request->never_darker && !answer->request->continuous)
        say_safer(&s, answer);
    say_surer(&s, answer->match);
    say_certainty(&s, answer, best);
    text[0] = tns_text_upper(text[0]);
}

/* ---- correcting a pot ---- */

/* "2 drops of white", "0.1 ml of white". */
static void say_amount(sentence *s, const tns_pot_request *request, const tns_recipe_part *part)
{
    if (request->unit.kind == TNS_UNIT_DROP)
        say(s, "%d %s of ", part->units, part->units == 1 ? "drop" : "drops");
    else if (request->unit.kind == TNS_UNIT_ML)
        say(s, "%.4g ml of ", part->ml);
    else
        say(s, "%.4g g of ", part->g);
    say_name(s, &request->palette->pigments[part->pigment]);
}

static void say_addition(sentence *s, const tns_pot_request *request, const tns_pot_addition *one)
{
    say(s, "Add ");
    for (size_t i = 0; i < one->part_count; i++) {
        say(s, "%s", i == 0 ? "" : i + 1 < one->part_count ? ", " : " and ");
        say_amount(s, request, &one->parts[i]);
    }
    if (one->part_count == 0)
        say(s, "nothing");
}

/* "slightly too dark and too warm". */
static void say_fault(sentence *s, tns_lab target, tns_lab found)
{
    double dL = found.L - target.L, da = found.a - target.a, db = found.b - target.b;
    const char *before = ", ";
    if (fabs(dL) >= JUST_SEEN) {
        say(s, "%s%stoo %s", before, degree(dL), dL > 0 ? "light" : "dark");
        before = " and ";
    }
    if (fabs(db) >= JUST_SEEN && fabs(db) >= fabs(da))
        say(s, "%s%stoo %s", before, degree(db), db > 0 ? "warm" : "cool");
    else if (fabs(da) >= JUST_SEEN)
        say(s, "%s%stoo %s", before, degree(da), da > 0 ? "red" : "green");
}

/* What stays wrong when the best addition is made. */
static void say_limit(sentence *s, const tns_pot_correction *c, const tns_pot_addition *best)
{
    say_fault(s, c->target_color[0].lab, best->color[0].lab);
    if (c->better_with_more)
        say(s, "; more drops would come nearer");
    else if (best->part_count == 0)
        say(s, "; nothing that may be added mends it, so mix it anew");
    else
        say(s, "; nothing that may be added comes nearer");
}

void tns_correct_sentence(const tns_correct_answer *answer, char *text, size_t size)
{
    sentence s = {text, size};
    const tns_pot_correction *c = answer->correction;
    text[0] = '\0';
    if (c->refused) {
        say(&s, "Add nothing and mix it anew: %s", c->reason);
        return;
    }
    const tns_pot_addition *best = &c->additions[0];
    say_addition(&s, answer->request, best);
    say(&s, ": %s (dE %.1f)", closeness(best->de00[0]), best->de00[0]);
    if (!c->within_tolerance)
        say_limit(&s, c, best);
    if (best->part_count == 0)
        return;
    say(&s, "; now dE %.1f", c->measured_de00[0]);
    say_fault(&s, c->target_color[0].lab, c->measured_color[0].lab);
}
