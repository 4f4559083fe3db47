/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each visit takes of each item. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "service/parts.h"
#include "service/plan.h"

enum { PARTS = 16 };

typedef struct part {
    char id[TNS_ID_SIZE];
    double share;
} part;

typedef struct mix {
    size_t count;
    part parts[PARTS];
    double smallest; /* share of a pigment */
} mix;

/* "carbon=3": an id and an amount. */
static bool read_part(char *text, part *out)
{
    char *equals = strchr(text, '=');
    if (!equals)
        return false;
    *equals = '\0';
    return tns_text_copy(out->id, sizeof out->id, text) && out->id[0] &&
           tns_text_number(equals + 1, &out->share, NULL) && out->share > 0 && out->share < 1e9;
}

/* Parts by volume, as drops of one size are. */
static bool read_mix(const char *recipe, mix *out)
{
    char text[128];
    double sum = 0;
    *out = (mix){.smallest = 1};
    while (tns_next_name(&recipe, text, sizeof text)) {
        if (out->count == PARTS || !read_part(text, &out->parts[out->count]))
            return false;
        sum += out->parts[out->count++].share;
    }
    for (size_t i = 0; i < out->count; i++) {
        out->parts[i].share /= sum;
        if (strcmp(out->parts[i].id, TNS_DILUENT_ITEM) != 0)
            out->smallest = fmin(out->smallest, out->parts[i].share);
    }
    return out->count > 0;
}

static bool take(tns_plan_item *item, const tns_plan_visit *v, double amount, double odds,
                 tns_error *err)
{
    tns_plan_taking *more =
        tns_plan_grow(item->takings, item->taking_count, &item->taking_room, sizeof *more);
    if (!more)
        return tns_error_set(err, TNS_ERROR_MEMORY, "plan: out of memory");
    item->takings = more;
    more[item->taking_count++] = (tns_plan_taking){v->day, v->kind, amount, !v->follows};
    tns_demand_book(&item->demand, &(tns_need){v->day, amount, odds, v->follows});
    return true;
}

static bool take_mix(tns_plan_work *w, const tns_plan_visit *v, const mix *m, tns_error *err)
{
    double pot = tns_measured_pot(&w->request->measuring, v->area_cm2, m->smallest);
    if (v->pot_ul > 0)
        pot = v->pot_ul;
    for (size_t i = 0; i < m->count; i++) {
        tns_plan_item *item = tns_plan_find_item(w, m->parts[i].id);
        double amount = tns_measured_part(&w->request->measuring, pot, m->parts[i].share);
        if (!item)
            tns_warn(&w->out->warnings, "no product holds %s, which a recipe asks for",
                     m->parts[i].id);
        else if (!take(item, v, amount, v->odds, err))
            return false;
    }
    return true;
}

/* Without a recipe: of each item as often as a visit uses it, so much as it does. */
static bool take_usual(tns_plan_work *w, const tns_plan_visit *v, tns_error *err)
{
    for (size_t i = 0; i < w->item_count; i++) {
        tns_plan_item *item = &w->items[i];
        double sum = 0;
        for (int k = 0; k < TNS_USAGE_WEEKS; k++)
            sum += item->weeks[k];
        double uses = tns_plan_uses_a_week(item);
        double often = uses > 0 ? fmin(uses / w->visits_a_week, 1) : 0;
        if (often > 0 && !take(item, v, sum / item->uses, often * v->odds, err))
            return false;
    }
    return true;
}

static bool book_visit(tns_plan_work *w, const tns_plan_visit *v, size_t *usual, tns_error *err)
{
    mix m;
    if (v->recipe[0] && read_mix(v->recipe, &m))
        return take_mix(w, v, &m, err);
    if (v->recipe[0])
        tns_warn(&w->out->warnings, "the recipe \"%.60s\" is not understood: the usual is taken",
                 v->recipe);
    *usual += !v->follows;
    return take_usual(w, v, err);
}

bool tns_plan_book(tns_plan_work *w, tns_error *err)
{
    size_t usual = 0;
    for (size_t i = 0; i < w->visits.count; i++) {
        const tns_plan_visit *v = &w->visits.visits[i];
        if (v->odds > 0 && !book_visit(w, v, &usual, err))
            return false;
    }
    if (usual > 0)
        tns_warn(&w->out->warnings,
                 "%zu visit%s without a recipe: the usual use of a visit is taken", usual,
                 usual == 1 ? "" : "s");
    return true;
}
