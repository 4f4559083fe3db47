/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the best addition to a pot means, in one sentence a specialist can act on. */
#include <math.h>

#include "service/parts.h"
#include "service/words.h"

/* "2 drops of white", "0.1 ml of white". */
static void say_amount(tns_sentence *s, const tns_pot_request *request, const tns_recipe_part *part)
{
    if (request->unit.kind == TNS_UNIT_DROP)
        tns_say(s, "%d %s of ", part->units, part->units == 1 ? "drop" : "drops");
    else if (request->unit.kind == TNS_UNIT_ML)
        tns_say(s, "%.4g ml of ", part->ml);
    else
        tns_say(s, "%.4g g of ", part->g);
    tns_say_name(s, &request->palette->pigments[part->pigment]);
}

/* Nobody counts a hundred drops of water. */
static const int MOST_COUNTED = 20;

static void say_part(tns_sentence *s, const tns_pot_request *request, const tns_recipe_part *part)
{
    const tns_pigment *pigment = &request->palette->pigments[part->pigment];
    if (request->unit.kind != TNS_UNIT_DROP || pigment->kind != TNS_DILUENT ||
        part->units <= MOST_COUNTED) {
        say_amount(s, request, part);
        return;
    }
    tns_say(s, "%.2f ml of ", part->ml);
    tns_say_name(s, pigment);
    tns_say(s, " (%d drops)", part->units);
}

static void say_addition(tns_sentence *s, const tns_pot_request *request,
                         const tns_pot_addition *one)
{
    tns_say(s, "Add ");
    for (size_t i = 0; i < one->part_count; i++) {
        tns_say(s, "%s", i == 0 ? "" : i + 1 < one->part_count ? ", " : " and ");
        say_part(s, request, &one->parts[i]);
    }
    if (one->part_count == 0)
        tns_say(s, "nothing");
}

static const tns_off_words faults = {.lighter = "too light",
                                     .darker = "too dark",
                                     .warmer = "too warm",
                                     .cooler = "too cool",
                                     .redder = "too red",
                                     .greener = "too green"};

/* What stays wrong when the best addition is made; too light can be mended, too dark cannot. */
static void say_limit(tns_sentence *s, const tns_correct_answer *answer,
                      const tns_pot_addition *best)
{
    const tns_pot_correction *c = answer->correction;
    if (!c->within_tolerance)
        tns_say_off(s, c->target_color[0].lab, best->color[0].lab, &faults);
    bool light = best->color[0].lab.L > c->target_color[0].lab.L + TNS_JUST_SEEN;
    if (light)
        tns_say(s, "; too light is the safe side, and can be made darker later");
    if (c->within_tolerance)
        return;
    if (c->better_with_more)
        tns_say(s, "; more would come nearer: allow more than --drops %d", best->pigment_units);
    else if (c->thinner_is_nearer)
        tns_say(s, "; more water would come nearer: take a part of the pot, or allow a larger "
                   "--max-shade");
    else if (best->part_count == 0)
        tns_say(s, "; nothing that may be added mends it, so mix it anew");
    else if (!best->thins && !light)
        tns_say(s, "; nothing that may be added comes nearer");
}

/* A difference within the tolerance that most pours will miss is one on paper. */
static const char *on_paper(const tns_pot_correction *c)
{
    return c->within_tolerance && c->additions[0].odds.p_within < 0.5 ? " on paper" : "";
}

/* Water alone goes first where it will do; with pigment it may come nearer. */
static void say_nearer(tns_sentence *s, const tns_pot_correction *c)
{
    const tns_pot_addition *best = &c->additions[0];
    if (best->thins && !best->equally_good && c->addition_count > 1)
        tns_say(s, "; with pigment too it would come nearer, see 2 (dE %.1f)",
                c->additions[1].de00[0]);
}

void tns_correct_sentence(const tns_correct_answer *answer, char *text, size_t size)
{
    tns_sentence s = {text, size};
    const tns_pot_correction *c = answer->correction;
    text[0] = '\0';
    if (c->refused) {
        tns_say(&s, "Add nothing and mix it anew: %s", c->reason);
        return;
    }
    const tns_pot_addition *best = &c->additions[0];
    say_addition(&s, answer->request, best);
    tns_say(&s, ": %s%s (dE %.1f)", tns_closeness(best->de00[0]), on_paper(c), best->de00[0]);
    say_limit(&s, answer, best);
    say_nearer(&s, c);
    if (best->part_count == 0)
        return;
    tns_say(&s, "; now dE %.1f", c->measured_de00[0]);
    tns_say_off(&s, c->target_color[0].lab, c->measured_color[0].lab, &faults);
}
