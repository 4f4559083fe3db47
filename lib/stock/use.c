/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening, and using: first expired, first out. */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "stock/facts.h"
#include "stock/ledger.h"
#include "stock/refusal.h"
#include "stock/take.h"

/* ---- opening ---- */

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
    tns_say_why(o->act, refusal, why, sizeof why);
    return tns_enter_opening(o, &bottle, why, err);
}

bool tns_stock_open_bottle(tns_stock *stock, int64_t bottle, const tns_stock_act *act,
                           tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, open_it(&o, bottle, err), err);
}

/* ---- using ---- */

/* Leaves one bottle in the list. What must not be used is refused before anything else is asked
   of it; another than the next needs a reason, be it the one for which a refusal is overridden. */
static bool pick(tns_operation *o, const char *product, int64_t id, tns_bottle_list *list,
                 tns_error *err)
{
    tns_bottle asked;
    if (!tns_expect_bottle(o->db, id, &asked, err) || !check_day(o, &asked, err))
        return false;
    if (strcmp(asked.product, product) != 0)
        return tns_error_set(err, TNS_ERROR_USAGE, "B%" PRId64 " is %s, not %s", id, asked.product,
                             product);
    tns_bottle_set_back(&asked, o->day);
    tns_code refusal = tns_bottle_refusal(&asked, o->day);
    if (refusal != TNS_OK && !o->act->override)
        return tns_refuse(&asked, refusal, err);
    bool next_is_usable =
        list->count > 0 && tns_bottle_refusal(&list->bottles[0], o->day) == TNS_OK;
    bool is_another = next_is_usable && list->bottles[0].id != id;
    if (is_another && refusal == TNS_OK && !tns_act_reason(o->act)[0])
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

static bool use_it(tns_operation *o, const char *id, int64_t amount, int64_t bottle, tns_error *err)
{
    tns_product product;
    tns_bottle_list list = {0};
    if (!tns_expect_kept_product(o->db, id, &product, err))
        return false;
    bool done = tns_bottle_candidates(o->db, &product, &list, err);
    if (done)
        tns_take_order(&list, o->day);
    done = done && (bottle == 0 || pick(o, id, bottle, &list, err)) &&
           tns_take(o, &(tns_taking){product.id, product.pieces, amount, 0, 0}, &list, err);
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
