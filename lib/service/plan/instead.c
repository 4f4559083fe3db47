/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A shade that is mixed of others from the day on which its own bottles are used up: what a plan of
 * that costs beside one that buys it, and how far the mix is from it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tonsure/difference.h>

#include "base/near.h"
#include "base/text.h"
#include "service/mixture.h"
#include "service/parts.h"
#include "service/plan/work.h"

/* ---- who takes its place ---- */

static void offer_item(const tns_plan_item *item, const char *what, tns_near *near)
{
    tns_near_offer(near, what, item->id);
    for (size_t i = 0; i < item->product_count; i++)
        tns_near_offer(near, what, item->products[i]->id);
}

static bool no_item(const tns_plan_work *w, bool diluents, const char *what, tns_error *err)
{
    char text[TNS_NEAR_TEXT];
    tns_near near = {0};
    for (size_t i = 0; i < w->item_count; i++)
        if (w->items[i].kind == TNS_PRODUCT_PIGMENT ||
            (diluents && w->items[i].kind == TNS_PRODUCT_DILUENT))
            offer_item(&w->items[i], what, &near);
    tns_near_write(&near, text, sizeof text);
    return tns_error_set(err, TNS_ERROR_USAGE, "mix: no pigment %son the shelf is %.40s%s",
                         diluents ? "and no diluent " : "", what, text);
}

static bool no_part(const tns_plan_work *w, const char *what, bool itself, tns_error *err)
{
    return itself ? tns_error_set(err, TNS_ERROR_USAGE, "mix: %s is not mixed of itself", what)
                  : no_item(w, true, what, err);
}

/* Each a pigment of the shelf or its diluent; in shares of the whole. */
static bool read_parts(tns_plan_work *w, tns_recipe_parts *parts, tns_error *err)
{
    const tns_plan_request *r = w->request;
    double sum = 0;
    if (!r->mix_of)
        return tns_error_set(err, TNS_ERROR_USAGE, "mix: of what %s is mixed is not told", r->mix);
    if (!tns_mixture_parse(r->mix_of, r->palette, parts, err))
        return false;
    for (size_t i = 0; i < parts->count; i++) {
        const tns_plan_item *item = tns_plan_item_of(w, parts->parts[i].what);
        if (!item || item == w->mixed_item || item->kind == TNS_PRODUCT_CONSUMABLE)
            return no_part(w, parts->parts[i].what, item && item == w->mixed_item, err);
        sum += parts->parts[i].share;
    }
    for (size_t i = 0; i < parts->count; i++)
        parts->parts[i].share /= sum;
    return true;
}

static bool move_taking(const tns_plan_taking *t, double share, tns_plan_item *to, tns_error *err)
{
    tns_plan_taking *more =
        tns_plan_grow(to->takings, to->taking_count, &to->taking_room, sizeof *more);
    if (!more)
        return tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
    to->takings = more;
    more[to->taking_count] = *t;
    more[to->taking_count].poured *= share;
    more[to->taking_count++].amount *= share;
    return true;
}

/* For the reasons of orders. Those that stay are of the days before. */
static bool move_takings(tns_plan_item *own, tns_day from, double share, tns_plan_item *to,
                         tns_error *err)
{
    for (size_t i = 0; i < own->taking_count; i++)
        if (own->takings[i].day >= from && !move_taking(&own->takings[i], share, to, err))
            return false;
    return true;
}

/* What that visit pours of it already. */
static double poured_for(const tns_plan_item *item, const tns_plan_visit *visit)
{
    double sum = 0;
    for (size_t i = 0; i < item->taking_count; i++)
        if (item->takings[i].visit == visit)
            sum += item->takings[i].poured;
    return sum;
}

/* How much more of an item in ampoules is taken for each unit of what was: a visit's pot is filled
   from one ampoule as far as that goes. */
static double share_of_ampoules(const tns_plan_item *own, tns_day from, double share,
                                const tns_plan_item *to)
{
    double taken = 0, more = 0;
    for (size_t i = 0; i < own->taking_count; i++) {
        const tns_plan_taking *t = &own->takings[i];
        double poured = poured_for(to, t->visit);
        if (t->day < from)
            continue;
        taken += t->amount;
        more += tns_plan_whole(to->ampoule, poured + share * t->amount, 1) -
                tns_plan_whole(to->ampoule, poured, 1);
    }
    double size = share * own->demand.size; /* of visits that are not known yet */
    return taken > 0  ? more / taken
           : size > 0 ? share * tns_plan_whole(to->ampoule, size, 1) / size
                      : share;
}

static const tns_planned_item *find(const tns_plan *plan, const char *id)
{
    for (size_t i = 0; i < plan->item_count; i++)
        if (strcmp(plan->items[i].id, id) == 0)
            return &plan->items[i];
    return NULL;
}

static tns_day used_up(const tns_plan *without, const char *id)
{
    const tns_planned_item *item = find(without, id);
    return item && item->lasts != TNS_NO_DAY ? item->lasts + 1 : TNS_NO_DAY;
}

bool tns_plan_mix_instead(tns_plan_work *w, const tns_plan *without, tns_error *err)
{
    tns_recipe_parts parts;
    tns_plan_item *own = w->mixed_item = tns_plan_item_of(w, w->request->mix);
    if (!own || own->kind != TNS_PRODUCT_PIGMENT)
        return no_item(w, false, w->request->mix, err);
    if (!read_parts(w, &parts, err))
        return false;
    w->mixed_from = used_up(without, own->id);
    if (w->mixed_from == TNS_NO_DAY)
        return true;
    for (size_t i = 0; i < parts.count; i++) {
        tns_plan_item *to = tns_plan_item_of(w, parts.parts[i].what);
        double share = parts.parts[i].share;
        if (to->ampoule > 0)
            share = share_of_ampoules(own, w->mixed_from, share, to);
        if (!(share > 0))
            continue;
        tns_demand_redirect(&own->demand, w->mixed_from, share, &to->demand);
        if (!move_takings(own, w->mixed_from, share, to, err))
            return false;
    }
    tns_demand_end(&own->demand, w->mixed_from);
    return true;
}

/* ---- what it looks like ---- */

typedef struct look {
    tns_lab lab;     /* of an opaque layer, D65/10 */
    double strength; /* its extinction, in whatever unit the palette has */
} look;

static bool set_amount(const tns_palette *palette, const char *what, double share, double *amounts)
{
    int index = strcmp(what, TNS_DILUENT_ITEM) == 0 ? tns_palette_diluent(palette)
                                                    : tns_palette_index(palette, what);
    if (index >= 0)
        amounts[index] +=
            share * tns_unit_by_basis(palette, &palette->pigments[index], TNS_UNIT_ML);
    return index >= 0;
}

static bool look_at(const tns_palette *palette, const tns_recipe_parts *parts, look *out)
{
    double K[TNS_BANDS], S[TNS_BANDS];
    tns_viewing viewing;
    tns_surface surface;
    tns_warnings warnings = {0};
    double *amounts = calloc(palette->count + 1, sizeof *amounts);
    bool done = amounts != NULL;
    for (size_t i = 0; done && i < parts->count; i++)
        done = set_amount(palette, parts->parts[i].what, parts->parts[i].share, amounts);
    done = done && tns_mixture_coefficients(palette, amounts, K, S, NULL) &&
           tns_surface_parse(NULL, palette, &surface, &warnings, NULL) &&
           tns_viewing_find("D65/10", &viewing, NULL);
    free(amounts);
    if (!done)
        return false;
    tns_spectrum seen = tns_surface_reflectance(&surface, K, S);
    out->lab = tns_lab_from_spectrum(&seen, &viewing);
    out->strength = 0;
    for (int i = 0; i < TNS_BANDS; i++)
        out->strength += K[i] + S[i];
    return true;
}

static void tell_color(const tns_plan_request *r, const char *pigment, tns_plan *out)
{
    tns_planned_mix *m = &out->mix;
    tns_recipe_parts own = {.count = 1, .parts = {{.share = 1}}}, parts;
    look right, made;
    tns_text_copy(own.parts[0].what, sizeof own.parts[0].what, pigment);
    m->has_color = r->palette && tns_mixture_parse(r->mix_of, r->palette, &parts, NULL) &&
                   look_at(r->palette, &own, &right) && look_at(r->palette, &parts, &made) &&
                   right.strength > 0;
    if (!m->has_color) {
        tns_warn(&out->warnings,
                 "mix: the palette does not know all of it: how it looks is not told");
        return;
    }
    m->de00 = tns_de00(right.lab, made.lab);
    m->strength = made.strength / right.strength;
    for (size_t i = 0; i < parts.count && m->strength > 1; i++)
        m->diluent += parts.parts[i].share * (m->strength - 1);
}

/* ---- what it costs ---- */

static tns_planned_sum sum_of(const tns_plan *plan)
{
    tns_planned_sum sum = {0};
    for (size_t i = 0; i < plan->order_count; i++) {
        sum.orders++;
        sum.cost_cents += plan->orders[i].cost_cents;
        sum.unpriced += plan->orders[i].cost_cents == 0;
        sum.will_expire += plan->orders[i].pieces ? 0 : plan->orders[i].will_expire;
    }
    return sum;
}

void tns_plan_tell_mix(const tns_plan_work *w, const tns_plan *without)
{
    tns_planned_mix *m = &w->out->mix;
    tns_text_copy(m->pigment, sizeof m->pigment, w->mixed_item->id);
    tns_text_copy(m->of, sizeof m->of, w->request->mix_of);
    m->from = w->mixed_from;
    m->with = sum_of(w->out);
    m->without = sum_of(without);
    tell_color(w->request, m->pigment, w->out);
}
