/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening, and using: first expired, first out. */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "stock/facts.h"
#include "stock/ledger.h"
#include "stock/refusal.h"

/* ---- opening ---- */

static bool enter_opening(tns_operation *o, const tns_bottle *bottle, const char *reason,
                          tns_error *err)
{
    tns_entry entry = {.kind = TNS_ENTRY_OPEN, .bottle = bottle->id};
    return tns_stock_text("reason", reason, entry.reason, sizeof entry.reason, err) &&
           tns_facts_opened(o->day, bottle->opened, &entry, err) &&
           tns_operation_append(o, &entry, err);
}

/* The reason to write down: why in spite of a refusal, or why at all. */
static void say_why(const tns_stock_act *act, tns_code refusal, char *out, size_t size)
{
    if (refusal != TNS_OK)
        tns_text_format(out, size, "%s, but: %s", tns_code_name(refusal), act->override);
    else
        tns_text_format(out, size, "%s", tns_act_reason(act));
}

static bool check_day(const tns_operation *o, const tns_bottle *b, tns_error *err)
{
    char came[TNS_DAY_TEXT], on[TNS_DAY_TEXT];
    tns_day_write(b->received, came);
    tns_day_write(o->day, on);
    return o->day >= b->received ||
           tns_error_set(err, TNS_ERROR_CONFLICT, "B%" PRId64 " came on %s, which is after %s",
                         b->id, came, on);
}

static bool open_it(tns_operation *o, int64_t id, tns_error *err)
{
    tns_bottle bottle;
    char opened[TNS_DAY_TEXT], why[2 * TNS_REASON_SIZE];
    if (!tns_expect_bottle(o->db, id, &bottle, err) || !check_day(o, &bottle, err))
        return false;
    tns_day_write(bottle.opened, opened);
    if (bottle.opened != TNS_NO_DAY)
        return tns_error_set(err, TNS_ERROR_CONFLICT, "B%" PRId64 " is open since %s", id, opened);
    tns_code refusal = tns_bottle_refusal(&bottle, o->day);
    if (refusal != TNS_OK && !o->act->override)
        return tns_refuse(&bottle, refusal, err);
    say_why(o->act, refusal, why, sizeof why);
    return enter_opening(o, &bottle, why, err);
}

bool tns_stock_open_bottle(tns_stock *stock, int64_t bottle, const tns_stock_act *act,
                           tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, open_it(&o, bottle, err), err);
}

/* ---- using ---- */

/* What was opened later was then closed. */
static void set_back(tns_bottle *b, tns_day day)
{
    if (b->opened <= day)
        return;
    b->opened = TNS_NO_DAY;
    b->use_by = tns_bottle_use_by(b->expires, b->opened, b->pao_months);
}

/* Those that were there on that day, first expired first. */
static void put_in_order(tns_bottle_list *list, tns_day day)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        const tns_bottle *b = &list->bottles[i];
        if (b->received > day)
            continue;
        list->bottles[kept] = *b;
        set_back(&list->bottles[kept++], day);
    }
    list->count = kept;
    tns_bottles_sort(list->bottles, kept, day);
}

/* Leaves one bottle in the list. What must not be used is refused before anything else is asked
   of it; another than the next needs a reason. */
static bool pick(tns_operation *o, const char *product, int64_t id, tns_bottle_list *list,
                 tns_error *err)
{
    tns_bottle asked;
    if (!tns_expect_bottle(o->db, id, &asked, err) || !check_day(o, &asked, err))
        return false;
    if (strcmp(asked.product, product) != 0)
        return tns_error_set(err, TNS_ERROR_USAGE, "B%" PRId64 " is %s, not %s", id, asked.product,
                             product);
    set_back(&asked, o->day);
    tns_code refusal = tns_bottle_refusal(&asked, o->day);
    if (refusal != TNS_OK && !o->act->override)
        return tns_refuse(&asked, refusal, err);
    bool next_is_usable =
        list->count > 0 && tns_bottle_refusal(&list->bottles[0], o->day) == TNS_OK;
    if (next_is_usable && list->bottles[0].id != id && !tns_act_reason(o->act)[0])
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "B%" PRId64 " comes before B%" PRId64
                             ": to take another, a reason is needed",
                             list->bottles[0].id, id);
    for (size_t i = 0; i < list->count; i++)
        if (list->bottles[i].id == id)
            list->bottles[0] = list->bottles[i];
    list->count = list->count > 0 && list->bottles[0].id == id;
    return true;
}

static bool take(tns_operation *o, const tns_bottle *bottle, int64_t amount, tns_error *err)
{
    char why[2 * TNS_REASON_SIZE];
    tns_entry entry = {.kind = TNS_ENTRY_USE, .bottle = bottle->id, .amount = -amount};
    tns_bottle now;
    say_why(o->act, tns_bottle_refusal(bottle, o->day), why, sizeof why);
    return tns_stock_text("reason", why, entry.reason, sizeof entry.reason, err) &&
           tns_expect_bottle(o->db, bottle->id, &now, err) &&
           (bottle->opened != TNS_NO_DAY || enter_opening(o, &now, "", err)) &&
           tns_operation_append(o, &entry, err);
}

static bool too_little(const tns_product *product, int64_t asked, int64_t usable, int64_t all,
                       tns_error *err)
{
    char want[TNS_AMOUNT_TEXT], good[TNS_AMOUNT_TEXT], there[TNS_AMOUNT_TEXT];
    tns_amount_write(asked, product->pieces, want);
    tns_amount_write(usable, product->pieces, good);
    tns_amount_write(all, product->pieces, there);
    if (usable == all)
        return tns_error_set(err, TNS_ERROR_NOT_ENOUGH, "%s: %s asked for, %s on hand", product->id,
                             want, there);
    return tns_error_set(err, TNS_ERROR_NOT_ENOUGH,
                         "%s: %s asked for, %s on hand, of which %s may be used", product->id, want,
                         there, good);
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

static bool take_all(tns_operation *o, const tns_product *product, const tns_bottle_list *list,
                     int64_t amount, tns_error *err)
{
    int64_t usable, all, left = amount;
    add_up(list, o->day, &usable, &all);
    if (all < amount)
        return too_little(product, amount, usable, all, err);
    if (usable < amount && !o->act->override)
        return refuse_first(o, list, err);
    bool done = true;
    for (size_t i = 0; done && left > 0; i++) {
        const tns_bottle *b = &list->bottles[i];
        int64_t part = b->on_hand < left ? b->on_hand : left;
        done = part == 0 || take(o, b, part, err);
        left -= part;
    }
    return done;
}

static bool use_it(tns_operation *o, const char *id, int64_t amount, int64_t bottle, tns_error *err)
{
    tns_product product;
    tns_bottle_list list = {0};
    if (!tns_expect_product(o->db, id, &product, err))
        return false;
    bool done = tns_bottle_candidates(o->db, &product, &list, err);
    if (done)
        put_in_order(&list, o->day);
    done = done && (bottle == 0 || pick(o, id, bottle, &list, err)) &&
           take_all(o, &product, &list, amount, err);
    tns_bottle_list_finish(&list);
    return done;
}

bool tns_stock_use(tns_stock *stock, const char *product, int64_t amount, int64_t bottle,
                   const tns_stock_act *act, tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    memset(out, 0, sizeof *out);
    if (amount < 1)
        return tns_error_set(err, TNS_ERROR_USAGE, "use: expected an amount above zero");
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, use_it(&o, product, amount, bottle, err), err);
}
