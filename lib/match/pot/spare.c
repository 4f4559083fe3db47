/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <tonsure/appraise.h>

#include "match/pot/expect.h"
#include "match/pot/spare.h"

/* Of dE00, which no reading tells. */
static const double LEAST_TOLD = 0.1;

/* Beyond this chance of a visibly darker one a lighter addition is advised. */
static const double MOST_DARKER = 0.5;

/* Below this chance of coming nearer nothing is added. */
static const double LEAST_BETTER = 0.75;

void tns_spare_mark(const tns_pot_job *job, int count, const tns_component *components, bool *dark)
{
    const tns_palette *palette = job->request->palette;
    const tns_goal *goal = &job->problem.goal;
    tns_surface thick = tns_surface_opaque(palette);
    for (int c = 0; c < count; c++) {
        const tns_pigment *p = &palette->pigments[components[c].pigment];
        tns_spectrum masstone = tns_surface_reflectance(&thick, p->K, p->S);
        dark[c] = tns_lab_from_spectrum(&masstone, &goal->viewings[0]).L < goal->target[0].L;
    }
}

double tns_spare_scatter(const tns_pot_job *job, const tns_pot_addition *addition)
{
    tns_pot_addition one = *addition;
    const tns_pot_odds *o = &one.odds;
    tns_expect(job, &one);
    return sqrt(o->by_pot * o->by_pot + o->by_pouring * o->by_pouring +
                o->by_palette * o->by_palette + o->by_reading * o->by_reading);
}

bool tns_spare_is_risky(const tns_pot_addition *addition)
{
    return addition->odds.p_darker > MOST_DARKER;
}

/* Where adding nothing stands, or else where it takes another's place. */
static size_t place_of_nothing(const tns_pot_job *job, const tns_pot_correction *c)
{
    size_t i = 0;
    while (i < c->addition_count && c->additions[i].part_count > 0)
        i++;
    return i < job->problem.top ? i : i - 1;
}

static void put_nothing_first(const tns_pot_job *job, tns_pot_correction *c)
{
    size_t i = place_of_nothing(job, c);
    c->addition_count += i == c->addition_count;
    memmove(&c->additions[1], &c->additions[0], i * sizeof *c->additions);
    c->additions[0] = c->nothing;
    tns_expect(job, &c->additions[0]);
}

void tns_spare_an_unclear_gain(const tns_pot_job *job, tns_pot_correction *correction)
{
    tns_pot_addition best = correction->additions[0];
    bool may_stay = !job->request->never_darker ||
                    correction->nothing.color[0].lab.L >= correction->target_color[0].lab.L;
    /* water in a pot visibly too dark can be mended */
    bool mends = best.thins && correction->measured_color[0].lab.L <
                                   correction->target_color[0].lab.L - TNS_DARKER_STEP;
    if (best.part_count == 0 || best.odds.p_better >= LEAST_BETTER || mends || !may_stay)
        return;
    put_nothing_first(job, correction);
    correction->additions[0].equally_good =
        correction->nothing.objective <= best.objective + correction->margin;
    tns_warn(&correction->warnings,
             "what comes nearest on paper (%.2f, not %.2f) really does so in %.0f of 100 cases "
             "only: leave the pot, or read it again",
             best.objective, correction->nothing.objective, 100 * best.odds.p_better);
}

void tns_spare_say(bool dark, double withheld, tns_pot_correction *correction)
{
    double advised = correction->additions[0].objective;
    if (!(withheld < advised - LEAST_TOLD))
        return;
    if (dark)
        tns_warn(
            &correction->warnings,
            "what makes the pot darker yet, or is of pigment darker than the target, would come "
            "nearer (%.2f, not %.2f), but by less than the outcome scatters: too dark cannot "
            "be taken back",
            withheld, advised);
    else
        tns_warn(&correction->warnings,
                 "a larger step would come nearer on paper (%.2f, not %.2f), but is likelier than "
                 "not to end visibly too dark, which cannot be taken back: add this, read the pot "
                 "again",
                 withheld, advised);
}
