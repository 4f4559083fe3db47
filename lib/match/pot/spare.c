/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "match/pot/expect.h"
#include "match/pot/spare.h"

/* Of dE00, which no reading tells. */
static const double LEAST_TOLD = 0.1;

/* Beyond this chance of a visibly darker one a lighter addition is advised. */
static const double MOST_DARKER = 0.5;

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
