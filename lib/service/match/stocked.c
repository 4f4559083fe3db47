/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shelf as a palette: what there is of each pigment, for whom it is for. */
#include <stdlib.h>
#include <string.h>

#include <tonsure/clinic.h>
#include <tonsure/demand.h>

#include "base/text.h"
#include "base/warn_join.h"
#include "stock/contents.h"

static tns_stocked *make(size_t count, double pot_ml)
{
    tns_stocked *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->pot_ml = pot_ml > 0 ? pot_ml : tns_measured_pot(NULL, 0, 0) / 1000;
    s->there = calloc(count + 1, sizeof *s->there);
    s->most_share = calloc(count + 1, sizeof *s->most_share);
    s->favor = calloc(count + 1, sizeof *s->favor);
    s->why = calloc(count + 1, sizeof *s->why);
    if (s->there && s->most_share && s->favor && s->why)
        return s;
    tns_stocked_destroy(s);
    return NULL;
}

void tns_stocked_destroy(tns_stocked *s)
{
    if (!s)
        return;
    free(s->there);
    free(s->most_share);
    free(s->favor);
    free(s->why);
    free(s->bottles);
    free(s);
}

/* What its product costs, and whether it may be used; those of one mostly stand together. */
static bool look_at_product(tns_stock *stock, tns_stocked *s, const tns_stocked_bottle *last,
                            tns_stocked_bottle *to, tns_error *err)
{
    tns_product product;
    if (last && strcmp(last->product, to->product) == 0) {
        to->cents_per_ml = last->cents_per_ml;
        return true;
    }
    if (!tns_stock_product(stock, to->product, &product, err))
        return false;
    if (product.pack > 0)
        to->cents_per_ml = (double)product.cost_cents * 1000 / (double)product.pack;
    tns_product_doubt_label(&product, &s->warnings);
    return true;
}

static bool keep(tns_stock *stock, tns_stocked *s, int pigment, const tns_bottle_list *list,
                 tns_error *err)
{
    int64_t sum = 0;
    size_t room = s->bottle_count + list->count;
    tns_stocked_bottle *more = realloc(s->bottles, (room ? room : 1) * sizeof *more);
    if (!more)
        return tns_error_set(err, TNS_ERROR_MEMORY, "match: out of memory");
    s->bottles = more;
    for (size_t i = 0; i < list->count; i++) {
        const tns_bottle *b = &list->bottles[i];
        tns_stocked_bottle *to = &s->bottles[s->bottle_count++];
        *to = (tns_stocked_bottle){.pigment = pigment, .bottle = b->id, .ul = b->on_hand};
        tns_text_copy(to->product, sizeof to->product, b->product);
        tns_text_copy(to->lot, sizeof to->lot, b->lot);
        if (!look_at_product(stock, s, i > 0 ? to - 1 : NULL, to, err))
            return false;
        sum += b->on_hand;
    }
    s->there[pigment] = sum > 0;
    s->most_share[pigment] = (double)sum / (s->pot_ml * 1000);
    return true;
}

/* The next bottle of each pigment, so that pigments can be put in order like bottles. */
static bool look_up(tns_stock *stock, const tns_palette *palette, int pigment, int64_t client,
                    tns_day on, tns_stocked *s, tns_bottle_list *next, tns_error *err)
{
    tns_pot_choice choice;
    const tns_pigment *known = &palette->pigments[pigment];
    tns_pot_need need = {.diluent = known->kind == TNS_DILUENT, .known = known};
    tns_text_copy(need.what, sizeof need.what, known->id);
    bool done = tns_pot_supply(stock, client, &need, on, &choice, err) &&
                keep(stock, s, pigment, &choice.bottles, err);
    if (done && choice.bottles.count > 0) {
        next->bottles[next->count++] = choice.bottles.bottles[0];
        tns_warn_all(&s->warnings, &choice.warnings);
    }
    tns_text_format(s->why[pigment], sizeof s->why[pigment], "%.119s",
                    choice.barred[0] ? choice.barred : "not in stock");
    tns_bottle_list_finish(&choice.bottles);
    return done;
}

static void set_favor(tns_stocked *s, tns_bottle_list *next, tns_day on)
{
    tns_bottles_sort(next->bottles, next->count, on ? on : tns_day_today(NULL));
    for (size_t rank = 0; rank < next->count; rank++)
        for (size_t i = 0; i < s->bottle_count; i++)
            if (s->bottles[i].bottle == next->bottles[rank].id)
                s->favor[s->bottles[i].pigment] = (int)rank;
}

tns_stocked *tns_service_stocked(tns_stock *stock, const tns_palette *palette, int64_t client,
                                 tns_day on, double pot_ml, tns_error *err)
{
    tns_stocked *s = make(palette->count, pot_ml);
    tns_bottle_list next = {.bottles = calloc(palette->count + 1, sizeof *next.bottles)};
    bool done = (s && next.bottles) || tns_error_set(err, TNS_ERROR_MEMORY, "match: out of memory");
    for (size_t i = 0; done && i < palette->count; i++)
        done = look_up(stock, palette, (int)i, client, on, s, &next, err);
    if (done) {
        set_favor(s, &next, on);
        tns_warn_join(&s->warnings, TNS_NOBODY_TOLD);
    }
    tns_bottle_list_finish(&next);
    if (done)
        return s;
    tns_stocked_destroy(s);
    return NULL;
}
