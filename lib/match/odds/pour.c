/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "match/odds/pour.h"

static const double DROP_CV = 0.05, UNWEIGHED = 0.10;
static const double SYRINGE = 0.03, PLUNGER_TICKS = 0.2, BALANCE_TICKS = 0.29;

static double drops_spread(const tns_pigment *pigment, int drops)
{
    double cv = pigment->drop_cv > 0 ? pigment->drop_cv : DROP_CV;
    return hypot(cv / sqrt(drops), pigment->drop_ml > 0 ? 0 : UNWEIGHED);
}

double tns_pour_spread(const tns_unit *unit, const tns_pigment *pigment,
                       const tns_recipe_part *part)
{
    if (!(part->ml > 0) || (part->units == 0 && pigment->kind != TNS_DILUENT))
        return 0; /* a share, not an amount that anyone pours */
    if (unit->kind == TNS_UNIT_ML)
        return hypot(SYRINGE, PLUNGER_TICKS * unit->size / part->ml);
    if (unit->kind == TNS_UNIT_GRAM)
        return BALANCE_TICKS * unit->size / part->g;
    return pigment->kind == TNS_DILUENT ? SYRINGE : drops_spread(pigment, part->units);
}

static void add_part(tns_pour *pour, const tns_match_request *request, const tns_recipe_part *part)
{
    const tns_pigment *pigment = &request->palette->pigments[part->pigment];
    tns_mix stock = {.amount = 1};
    for (int b = 0; b < TNS_BANDS; b++) {
        stock.K[b] = pigment->K[b];
        stock.S[b] = pigment->S[b];
    }
    pour->pigment[pour->count] = pigment;
    pour->amount[pour->count] = part->fraction;
    pour->spread[pour->count] = tns_pour_spread(&request->unit, pigment, part);
    pour->count++;
    tns_mix_add(&pour->whole, part->fraction, &stock);
}

void tns_pour_init(tns_pour *pour, const tns_match_request *request, const tns_recipe *recipe)
{
    *pour = (tns_pour){0};
    for (size_t i = 0; i < recipe->part_count; i++)
        add_part(pour, request, &recipe->parts[i]);
    if (recipe->diluent.ml > 0)
        add_part(pour, request, &recipe->diluent);
}
