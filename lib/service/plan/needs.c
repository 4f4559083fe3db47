/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each visit takes of each item. */
#include <math.h>

#include "service/plan/work.h"

static bool take(tns_plan_item *item, const tns_plan_taking *taken, double odds, tns_error *err)
{
    const tns_plan_visit *v = taken->visit;
    tns_plan_taking *more =
        tns_plan_grow(item->takings, item->taking_count, &item->taking_room, sizeof *more);
    if (!more)
        return tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
    item->takings = more;
    more[item->taking_count++] = *taken;
    tns_demand_book(&item->demand, &(tns_need){v->day, taken->amount, odds, v->follows});
    return true;
}

static tns_plan_taking taking_of(const tns_plan_visit *v, double amount, double poured)
{
    return (tns_plan_taking){.visit = v,
                             .poured = poured,
                             .day = v->day,
                             .kind = v->kind,
                             .amount = amount,
                             .booked = !v->follows};
}

/* What is lost of an ampoule is of its rest, which nobody else gets. */
static double amount_of(const tns_plan_work *w, const tns_plan_item *item, double pot, double share)
{
    return item->ampoule > 0 ? tns_plan_whole(item->ampoule, pot * share, 1)
                             : tns_measured_part(&w->request->measuring, pot, share);
}

/* Of those that are over, with odds of 0, only what such a visit takes. */
static bool take_part(tns_plan_work *w, const tns_plan_visit *v, tns_plan_item *item, double share,
                      double pot, tns_error *err)
{
    double amount = amount_of(w, item, pot, share);
    if (!v->follows) {
        item->recipe_takes++;
        item->recipe_amount += amount;
    }
    tns_plan_taking taken = taking_of(v, amount, pot * share);
    return !(v->odds > 0) || take(item, &taken, v->odds, err);
}

static void warn_of_missing(tns_plan_work *w, tns_plan_mix *mix)
{
    for (size_t i = 0; !mix->warned && i < mix->made.count; i++)
        if (!mix->items[i])
            tns_warn(&w->out->warnings, "no product holds %s, which a recipe asks for",
                     mix->made.parts[i].what);
    mix->warned = true;
}

static bool take_parts(tns_plan_work *w, const tns_plan_visit *v, tns_plan_mix *mix, tns_error *err)
{
    double pot =
        v->pot_ul > 0 ? v->pot_ul : tns_measured_pot(&w->request->measuring, v->area_cm2, 0);
    bool done = true;
    if (v->odds > 0)
        warn_of_missing(w, mix);
    for (size_t i = 0; done && i < mix->made.count; i++)
        if (mix->items[i])
            done = take_part(w, v, mix->items[i], mix->made.parts[i].share, pot, err);
    return done;
}

static bool take_mix(tns_plan_work *w, tns_plan_visit *v, tns_plan_mixes *mixes, tns_error *err)
{
    if (!v->recipe[0])
        return true;
    tns_plan_mix *mix = tns_plan_mix_of(w, mixes, v->recipe, err);
    if (!mix)
        return false;
    v->told = mix->told;
    if (!v->told)
        return true;
    w->recipes += !v->follows;
    return take_parts(w, v, mix, err);
}

static bool take_mixes(tns_plan_work *w, tns_error *err)
{
    tns_plan_mixes mixes;
    bool done = tns_plan_mixes_init(&mixes, w->visits.count, err);
    for (size_t i = 0; done && i < w->visits.count; i++)
        done = take_mix(w, &w->visits.visits[i], &mixes, err);
    tns_plan_mixes_finish(&mixes);
    return done;
}

/* ---- without a recipe ---- */

/* How often a visit takes of it, 0 to 1, and how much then: by the ledger; where that has no uses
   yet, as visits with recipes do. */
static double usual_take(const tns_plan_work *w, const tns_plan_item *item, double *amount)
{
    double sum = 0;
    *amount = item->recipe_takes > 0 ? item->recipe_amount / item->recipe_takes : 0;
    if (!(w->ink_uses > 0) && item->kind != TNS_PRODUCT_CONSUMABLE)
        return item->recipe_takes > 0 ? item->recipe_takes / w->recipes : 0;
    for (int k = 0; k < TNS_USAGE_WEEKS; k++)
        sum += item->weeks[k];
    *amount = item->uses > 0 ? sum / item->uses : 0;
    return item->uses == 0 ? 0 : fmin(tns_plan_uses_a_week(item) / w->visits_a_week, 1);
}

static bool take_usual(tns_plan_work *w, const tns_plan_visit *v, tns_error *err)
{
    bool done = true;
    if (v->recipe[0])
        tns_warn(&w->out->warnings, "the recipe \"%.60s\" is not understood: the usual is taken",
                 v->recipe);
    for (size_t i = 0; done && i < w->item_count; i++) {
        double amount, often = usual_take(w, &w->items[i], &amount);
        tns_plan_taking taken = taking_of(v, amount, amount);
        done = !(often > 0) || take(&w->items[i], &taken, often * v->odds, err);
    }
    return done;
}

static void warn_of_usual(tns_plan_work *w, size_t count)
{
    const char *how = w->ink_uses > 0 ? ": the usual use of a visit is taken"
                      : w->recipes > 0
                          ? ": the mean of those with one is taken"
                          : ", and no other tells what one takes: nothing is counted for them";
    if (count > 0)
        tns_warn(&w->out->warnings, "%zu visit%s without a recipe%s", count, count == 1 ? "" : "s",
                 how);
}

/* What is counted by an area is not what a pot is mixed of unless somebody says so. */
static void warn_of_areas(tns_plan_work *w)
{
    size_t count = 0;
    double by_area = 0, usual = tns_measured_pot(&w->request->measuring, 0, 0);
    for (size_t i = 0; i < w->visits.count; i++) {
        const tns_plan_visit *v = &w->visits.visits[i];
        double pot = tns_measured_pot(&w->request->measuring, v->area_cm2, 0);
        bool differs = v->told && !v->follows && v->odds > 0 && !(v->pot_ul > 0) && pot != usual;
        count += differs;
        by_area += differs ? pot : 0;
    }
    if (count > 0)
        tns_warn(&w->out->warnings,
                 "%zu booked visit%s an area and no pot: counted by the area, %.3g ml of mix in "
                 "all; pot mix takes %.3g ml for each, %.3g ml, unless --ml says otherwise",
                 count, count == 1 ? " tells" : "s tell", by_area / 1000, usual / 1000,
                 (double)count * usual / 1000);
}

bool tns_plan_book(tns_plan_work *w, tns_error *err)
{
    size_t usual = 0;
    bool done = take_mixes(w, err);
    for (size_t i = 0; done && i < w->visits.count; i++) {
        const tns_plan_visit *v = &w->visits.visits[i];
        if (v->told || !(v->odds > 0))
            continue;
        usual += !v->follows;
        done = take_usual(w, v, err);
    }
    warn_of_usual(w, usual);
    warn_of_areas(w);
    return done;
}
