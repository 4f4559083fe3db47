/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a recipe to a pot of what is on the shelf. */
#include <math.h>
#include <string.h>

#include <tonsure/clinic.h>
#include <tonsure/demand.h>

#include "base/text.h"
#include "service/mixture.h"
#include "service/shelf/pot_rounding.h"

enum { USUAL_DROP_NL = 40000, USUAL_POT_UL = 3000 };

/* What a palette knows of it; of the diluent, where it has but one. */
static const tns_pigment *find_known(const tns_palette *palette, const char *what)
{
    const tns_pigment *only = NULL;
    int index = palette ? tns_palette_index(palette, what) : -1;
    if (index >= 0)
        return &palette->pigments[index];
    for (size_t i = 0; palette && strcmp(what, "diluent") == 0 && i < palette->count; i++) {
        const tns_pigment *p = &palette->pigments[i];
        if (p->kind == TNS_DILUENT && only)
            return NULL;
        only = p->kind == TNS_DILUENT ? p : only;
    }
    return only;
}

/* A product that no pigment is named by is found as what it is. */
static bool name_as_pigment(tns_stock *stock, tns_pot_need *need)
{
    tns_product product;
    if (need->diluent || !tns_stock_product(stock, need->what, &product, NULL))
        return false;
    need->diluent = product.kind == TNS_PRODUCT_DILUENT;
    tns_text_copy(need->what, sizeof need->what, need->diluent ? "diluent" : product.pigment);
    return need->diluent || product.pigment[0];
}

/* A part may be named by a product, which is of a pigment that the palette knows. */
static const tns_pigment *find_part(tns_stock *stock, const tns_palette *palette,
                                    const tns_pot_need *need)
{
    const tns_pigment *known = find_known(palette, need->what);
    tns_pot_need other = *need;
    return known || !name_as_pigment(stock, &other) ? known : find_known(palette, other.what);
}

static void list_needs(tns_stock *stock, const tns_recipe_parts *m, const tns_palette *palette,
                       tns_pot_need *needs)
{
    for (size_t i = 0; i < m->count; i++) {
        const char *what = m->parts[i].what;
        tns_text_copy(needs[i].what, sizeof needs[i].what, what);
        needs[i].diluent = strcmp(what, "diluent") == 0;
        needs[i].known = find_part(stock, palette, &needs[i]);
    }
}

/* Of the first bottle that may be used, of a product where it is said; 0 = there is none. */
static int64_t first_drop(tns_stock *stock, int64_t client, const tns_pot_need *need,
                          const char *product, tns_day on)
{
    int64_t drop_nl = 0;
    tns_pot_choice choice;
    if (tns_pot_supply(stock, client, need, on, &choice, NULL))
        for (size_t i = 0; !drop_nl && i < choice.bottles.count; i++)
            if (!product || strcmp(product, choice.bottles.bottles[i].product) == 0)
                drop_nl = choice.bottles.bottles[i].drop_nl;
    tns_bottle_list_finish(&choice.bottles);
    return drop_nl;
}

/* As it is told, else as it falls from the bottle; what cannot be had is refused later. */
static void find_drops(tns_stock *stock, const tns_visit *visit, const tns_pot_wish *wish,
                       tns_day on, const tns_pot_need *needs, size_t count, int64_t *drop_nl)
{
    for (size_t i = 0; i < count; i++) {
        tns_pot_need other = needs[i];
        drop_nl[i] = wish->drop_nl;
        if (!drop_nl[i])
            drop_nl[i] = first_drop(stock, visit->client, &needs[i], NULL, on);
        if (!drop_nl[i] && name_as_pigment(stock, &other))
            drop_nl[i] = first_drop(stock, visit->client, &other, needs[i].what, on);
        if (!drop_nl[i])
            drop_nl[i] = USUAL_DROP_NL;
    }
}

/* A match made to fill that pot is somewhat more, in whole drops: it is mixed drop by drop. */
static int64_t match_ul(const tns_recipe_parts *match, int64_t wanted)
{
    static const double MORE = 1.25;
    double ml = 0;
    for (size_t i = 0; i < match->count; i++)
        ml += match->parts[i].share;
    double ul = 1000 * ml;
    return ul > (double)wanted && ul < MORE * (double)wanted ? llround(ul) : wanted;
}

static int64_t pot_ul(const tns_visit *visit, const char *recipe, const tns_recipe_parts *parts)
{
    return visit->pot_ul                 ? visit->pot_ul
           : tns_mixture_is_file(recipe) ? match_ul(parts, USUAL_POT_UL)
                                         : USUAL_POT_UL;
}

/* Nobody said how much, and the area tells: a plan counts on that. */
static void tell_of_area(const tns_visit *visit, int64_t ul, tns_warnings *warnings)
{
    double area_cm2 = (double)visit->area_mm2 / 100;
    double enough_ul = tns_measured_pot(NULL, area_cm2, 0);
    if (area_cm2 > 0 && !visit->pot_ul && fabs(enough_ul - (double)ul) > 0.1 * enough_ul)
        tns_warn(warnings, "%.4g ml are for V%lld's %.4g cm2 as a rule, %.4g ml were mixed (--ml)",
                 enough_ul / 1000, (long long)visit->id, area_cm2, (double)ul / 1000);
}

/* A slip in the visit's number would open another's. */
static void tell_of_day(const tns_visit *visit, tns_day on, tns_warnings *warnings)
{
    char booked[TNS_DAY_TEXT], mixed[TNS_DAY_TEXT];
    tns_day day = on == TNS_NO_DAY ? tns_day_today(NULL) : on;
    if (visit->state != TNS_VISIT_BOOKED || visit->day == day)
        return;
    tns_day_write(visit->day, booked);
    tns_day_write(day, mixed);
    tns_warn(warnings, "V%lld was booked for %s, and this pot is of %s", (long long)visit->id,
             booked, mixed);
}

bool tns_service_mix(tns_stock *stock, const tns_pot_wish *wish, const tns_stock_act *act,
                     tns_stock_change *out, tns_error *err)
{
    tns_visit visit;
    tns_recipe_parts m;
    tns_pot_need needs[TNS_POT_NEEDS_MAX] = {0};
    int64_t drop_nl[TNS_POT_NEEDS_MAX];
    char text[TNS_RECIPE_TEXT_SIZE];
    memset(out, 0, sizeof *out);
    if (!tns_visit_find(stock, wish->visit, &visit, err))
        return false;
    const char *recipe = wish->recipe ? wish->recipe : visit.recipe;
    if (!wish->recipe && !recipe[0])
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "pot: V%lld was booked without a recipe: say which (--recipe)",
                             (long long)visit.id);
    if (!tns_mixture_read(recipe, wish->palette, wish->rank, &m, err) ||
        !tns_recipe_parts_write(&m, text, err))
        return false;
    int64_t ul = wish->ul ? wish->ul : pot_ul(&visit, recipe, &m);
    list_needs(stock, &m, wish->palette, needs);
    find_drops(stock, &visit, wish, act ? act->on : TNS_NO_DAY, needs, m.count, drop_nl);
    if (!tns_pot_measure_out(wish, &m, ul, drop_nl, needs, err))
        return false;
    const tns_pot_order order = {.visit = visit.id,
                                 .recipe = text,
                                 .need_count = m.count,
                                 .needs = needs,
                                 .discard_minutes = wish->discard_minutes,
                                 .made = wish->made};
    if (!tns_pot_make(stock, &order, act, out, err))
        return false;
    tns_pot_doubt_portions(wish, recipe, &m, drop_nl, needs, &out->warnings);
    if (!wish->ul)
        tell_of_area(&visit, ul, &out->warnings);
    tell_of_day(&visit, act ? act->on : TNS_NO_DAY, &out->warnings);
    return true;
}
