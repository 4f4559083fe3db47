/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waste, counts and moves: of one bottle each. */
#include <inttypes.h>
#include <string.h>

#include "stock/facts.h"
#include "stock/take.h"
#include "stock/words.h"

static bool came_by(const tns_operation *o, const tns_bottle *b, tns_error *err)
{
    char came[TNS_DAY_TEXT];
    tns_day_write(b->received, came);
    return o->day >= b->received ||
           tns_error_set(err, TNS_ERROR_CONFLICT, "B%" PRId64 " came on %s, later than that", b->id,
                         came);
}

/* ---- waste ---- */

static bool waste_it(tns_operation *o, int64_t id, int64_t amount, tns_error *err)
{
    tns_bottle bottle;
    char want[TNS_AMOUNT_TEXT], there[TNS_AMOUNT_TEXT];
    if (!tns_is_waste_reason(tns_act_reason(o->act)))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "waste: expected --reason: expired, spill, contaminated, leftover or "
                             "patch-test");
    if (!tns_expect_bottle(o->db, id, &bottle, err) || !came_by(o, &bottle, err))
        return false;
    tns_amount_write(amount, bottle.pieces, want);
    tns_amount_write(bottle.on_hand, bottle.pieces, there);
    if (amount > bottle.on_hand)
        return tns_error_set(err, TNS_ERROR_NOT_ENOUGH, "B%" PRId64 ": %s to waste, %s in it", id,
                             want, there);
    tns_entry entry = {.kind = TNS_ENTRY_WASTE, .bottle = id, .amount = -amount};
    return tns_count_stands(o, id, amount, err) && tns_operation_enter(o, &entry, err);
}

bool tns_stock_waste(tns_stock *stock, int64_t bottle, int64_t amount, const tns_stock_act *act,
                     tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    memset(out, 0, sizeof *out);
    if (amount < 1)
        return tns_error_set(err, TNS_ERROR_USAGE, "waste: expected an amount above zero");
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, waste_it(&o, bottle, amount, err), err);
}

/* ---- counts ---- */

static const int64_t COUNT_MAX = 1000000000;

/* A count is of what is in the bottle that day: what was booked after it has the last word. */
static bool is_the_last_word(const tns_operation *o, const tns_bottle *b, tns_error *err)
{
    int64_t later;
    char on[TNS_DAY_TEXT];
    tns_day_write(o->day, on);
    return tns_entry_telling_after(o->db, b->id, o->day, &later, err) &&
           (later == 0 || tns_error_set(err, TNS_ERROR_CONFLICT,
                                        "B%" PRId64 ": entry %" PRId64
                                        " is of a day after %s: count what is in it now",
                                        b->id, later, on));
}

/* More than what came is a slip, unless somebody says how that can be: makers fill generously. */
static bool can_be_in_it(const tns_operation *o, const tns_bottle *b, int64_t amount,
                         tns_error *err)
{
    int64_t came;
    char counted[TNS_AMOUNT_TEXT], full[TNS_AMOUNT_TEXT];
    if (!tns_entry_received(o->db, b->id, &came, err))
        return false;
    tns_amount_write(amount, b->pieces, counted);
    tns_amount_write(came, b->pieces, full);
    return amount <= came || tns_act_reason(o->act)[0] ||
           tns_error_set(err, TNS_ERROR_USAGE,
                         "B%" PRId64
                         ": %s counted, more than the %s that came: say how that can be (--reason)",
                         b->id, counted, full);
}

static bool count_it(tns_operation *o, int64_t id, int64_t amount, tns_error *err)
{
    tns_bottle bottle;
    tns_entry entry = {.kind = TNS_ENTRY_COUNT, .bottle = id};
    if (!tns_expect_bottle(o->db, id, &bottle, err) || !came_by(o, &bottle, err) ||
        !is_the_last_word(o, &bottle, err) || !can_be_in_it(o, &bottle, amount, err))
        return false;
    entry.amount = amount - bottle.on_hand;
    return tns_operation_enter(o, &entry, err);
}

bool tns_stock_count(tns_stock *stock, int64_t bottle, int64_t amount, const tns_stock_act *act,
                     tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    memset(out, 0, sizeof *out);
    if (amount < 0 || amount > COUNT_MAX)
        return tns_error_set(err, TNS_ERROR_USAGE, "count: expected an amount, zero or more");
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, count_it(&o, bottle, amount, err), err);
}

bool tns_bottle_weighed(const tns_bottle *b, int64_t gross_mg, int64_t *amount, tns_error *err)
{
    if (b->pieces || b->tare_mg == 0)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "B%" PRId64 ": it came without a tare: count it by volume", b->id);
    if (gross_mg < b->tare_mg || gross_mg > COUNT_MAX)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "B%" PRId64 ": %" PRId64 " mg is less than the %" PRId64
                             " mg of the empty bottle, or beyond reason",
                             b->id, gross_mg, b->tare_mg);
    /* 1 mg over 1 mg/ml is 1 ml, 1000 ul. */
    *amount = ((gross_mg - b->tare_mg) * 1000 + b->density_mg_ml / 2) / b->density_mg_ml;
    return true;
}

/* ---- moves ---- */

static bool move_it(tns_operation *o, int64_t id, const char *to, tns_error *err)
{
    tns_bottle bottle;
    char place[TNS_PLACE_SIZE];
    tns_entry entry = {.kind = TNS_ENTRY_MOVE, .bottle = id};
    return tns_stock_text("place", to, place, sizeof place, err) &&
           tns_expect_bottle(o->db, id, &bottle, err) && came_by(o, &bottle, err) &&
           tns_facts_place(place, bottle.place, &entry, err) && tns_operation_enter(o, &entry, err);
}

bool tns_stock_move(tns_stock *stock, int64_t bottle, const char *place, const tns_stock_act *act,
                    tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    memset(out, 0, sizeof *out);
    if (!place || !place[0])
        return tns_error_set(err, TNS_ERROR_USAGE, "move: expected a place");
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, move_it(&o, bottle, place, err), err);
}
