/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking from bottles that are in order: what must not be used, what is too little, what is opened.
 */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "stock/facts.h"
#include "stock/facts_people.h"
#include "stock/refusal.h"
#include "stock/take.h"

bool tns_enter_opening(tns_operation *o, const tns_bottle *bottle, const char *reason,
                       tns_error *err)
{
    tns_entry entry = {.kind = TNS_ENTRY_OPEN, .bottle = bottle->id};
    return tns_stock_text("reason", reason, entry.reason, sizeof entry.reason, err) &&
           tns_facts_opened(o->day, bottle->opened, &entry, err) &&
           tns_operation_append(o, &entry, err);
}

void tns_say_why(const tns_stock_act *act, tns_code refusal, char *out, size_t size)
{
    if (refusal != TNS_OK)
        tns_text_format(out, size, "%s, but: %s", tns_code_name(refusal), act->override);
    else
        tns_text_format(out, size, "%s", tns_act_reason(act));
}

void tns_bottle_set_back(tns_bottle *b, tns_day day)
{
    if (b->opened <= day)
        return;
    b->opened = TNS_NO_DAY;
    b->use_by = tns_bottle_use_by(b->expires, b->opened, b->pao_months);
}

void tns_take_order(tns_bottle_list *list, tns_day day)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        const tns_bottle *b = &list->bottles[i];
        if (b->received > day)
            continue;
        list->bottles[kept] = *b;
        tns_bottle_set_back(&list->bottles[kept++], day);
    }
    list->count = kept;
    tns_bottles_sort(list->bottles, kept, day);
}

/* ---- out of one bottle ---- */

bool tns_count_stands(tns_operation *o, int64_t bottle, int64_t amount, tns_error *err)
{
    int64_t counted;
    tns_entry entry = {.kind = TNS_ENTRY_COUNT, .bottle = bottle, .amount = amount};
    if (!tns_entry_counted_after(o->db, bottle, o->day, &counted, err))
        return false;
    tns_text_format(entry.reason, sizeof entry.reason,
                    "it was gone when entry %" PRId64 " counted what was left", counted);
    return counted == 0 || tns_operation_append(o, &entry, err);
}

/* What an amount of a bottle costs, in thousandths of a hundredth; a pot is at most a litre. */
static bool find_cost(tns_operation *o, const tns_bottle *bottle, int64_t amount, int64_t *out,
                      tns_error *err)
{
    tns_product product;
    if (!tns_expect_product(o->db, bottle->product, &product, err))
        return false;
    *out =
        product.pack > 0
            ? (int64_t)((double)amount * 1000 * (double)product.cost_cents / (double)product.pack +
                        0.5)
            : 0;
    return true;
}

static bool set_part(tns_operation *o, const tns_bottle *bottle, int64_t pot, tns_entry *entry,
                     tns_error *err)
{
    int64_t cost;
    return pot == 0 || (find_cost(o, bottle, -entry->amount, &cost, err) &&
                        tns_facts_of_part(pot, cost, entry, err));
}

static bool take(tns_operation *o, const tns_bottle *bottle, int64_t amount, int64_t pot,
                 tns_error *err)
{
    char why[2 * TNS_REASON_SIZE];
    tns_entry entry = {.kind = TNS_ENTRY_USE, .bottle = bottle->id, .amount = -amount};
    tns_bottle now;
    tns_say_why(o->act, tns_bottle_refusal(bottle, o->day), why, sizeof why);
    return tns_stock_text("reason", why, entry.reason, sizeof entry.reason, err) &&
           tns_expect_bottle(o->db, bottle->id, &now, err) && set_part(o, &now, pot, &entry, err) &&
           (bottle->opened != TNS_NO_DAY || tns_enter_opening(o, &now, "", err)) &&
           tns_count_stands(o, bottle->id, amount, err) && tns_operation_append(o, &entry, err);
}

/* ---- out of several ---- */

static bool too_little(const tns_taking *taking, int64_t usable, int64_t all, tns_error *err)
{
    char want[TNS_AMOUNT_TEXT], good[TNS_AMOUNT_TEXT], there[TNS_AMOUNT_TEXT];
    tns_amount_write(taking->amount, taking->pieces, want);
    tns_amount_write(usable, taking->pieces, good);
    tns_amount_write(all, taking->pieces, there);
    if (usable == all)
        return tns_error_set(err, TNS_ERROR_NOT_ENOUGH, "%s: %s asked for, %s on hand",
                             taking->what, want, there);
    return tns_error_set(err, TNS_ERROR_NOT_ENOUGH,
                         "%s: %s asked for, %s on hand, of which %s may be used", taking->what,
                         want, there, good);
}

/* What there is in bottles that may be used, and in all. */
static void add_up(const tns_bottle_list *list, tns_day day, int64_t *usable, int64_t *all)
{
    *usable = *all = 0;
    for (size_t i = 0; i < list->count; i++) {
        *all += list->bottles[i].on_hand;
        if (tns_bottle_refusal(&list->bottles[i], day) == TNS_OK)
            *usable += list->bottles[i].on_hand;
    }
}

/* The first that must not be used; there is one. */
static bool refuse_first(tns_operation *o, const tns_bottle_list *list, tns_error *err)
{
    for (size_t i = 0; i < list->count; i++) {
        tns_bottle bottle;
        tns_code refusal = tns_bottle_refusal(&list->bottles[i], o->day);
        if (refusal != TNS_OK)
            return tns_expect_bottle(o->db, list->bottles[i].id, &bottle, err) &&
                   tns_refuse(&bottle, refusal, err);
    }
    return false;
}

/* A drop comes out of one bottle: what is left of less than one stays, unless all is needed. */
static int64_t whole_unit(const tns_taking *taking, const tns_bottle_list *list, tns_day day)
{
    int64_t whole = 0, unit = taking->unit > 1 ? taking->unit : 1;
    for (size_t i = 0; i < list->count; i++)
        if (tns_bottle_refusal(&list->bottles[i], day) == TNS_OK)
            whole += list->bottles[i].on_hand / unit * unit;
    return whole >= taking->amount ? unit : 1;
}

bool tns_take(tns_operation *o, const tns_taking *taking, const tns_bottle_list *list,
              tns_error *err)
{
    int64_t usable, all, left = taking->amount;
    add_up(list, o->day, &usable, &all);
    if (all < left)
        return too_little(taking, usable, all, err);
    if (usable < left && !o->act->override)
        return refuse_first(o, list, err);
    bool done = true;
    const int64_t unit = whole_unit(taking, list, o->day);
    for (size_t i = 0; done && left > 0; i++) {
        const tns_bottle *b = &list->bottles[i];
        int64_t part = b->on_hand < left ? b->on_hand / unit * unit : left;
        done = part == 0 || take(o, b, part, taking->pot, err);
        left -= part;
    }
    return done;
}
