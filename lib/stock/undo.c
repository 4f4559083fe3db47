/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An operation is taken back by a counter-entry to each of its entries, the last one first. */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "stock/facts.h"
#include "stock/ledger.h"
#include "stock/undo_people.h"

/* ---- what each kind takes ---- */

static bool take_back_opening(tns_operation *o, const tns_entry *e, int64_t last_of_operation,
                              bool alone, tns_entry *counter, bool *skip, tns_error *err)
{
    tns_facts f;
    tns_bottle bottle;
    int64_t taken;
    if (!tns_facts_read(e, &f, err) || !tns_expect_bottle(o->db, e->bottle, &bottle, err) ||
        !tns_entry_last_taking(o->db, e->bottle, last_of_operation, &taken, err))
        return false;
    *skip = taken != 0 || bottle.opened != f.opened;
    if (*skip && alone)
        return tns_undo_conflict(e, err, "something was taken from the bottle since");
    if (*skip)
        tns_warn(&o->out->warnings, "B%" PRId64 " stays open: it was used again", e->bottle);
    return tns_facts_opened(f.opened_was, f.opened, counter, err);
}

static bool take_back_move(tns_operation *o, const tns_entry *e, tns_entry *counter, tns_error *err)
{
    tns_facts f;
    tns_bottle bottle;
    if (!tns_facts_read(e, &f, err) || !tns_expect_bottle(o->db, e->bottle, &bottle, err))
        return false;
    if (strcmp(bottle.place, f.place) != 0)
        return tns_undo_conflict(e, err, "the bottle was moved since");
    return tns_facts_place(f.place_was, f.place, counter, err);
}

static bool take_back_mark(tns_operation *o, const tns_entry *e, tns_entry *counter, tns_error *err)
{
    tns_facts f;
    tns_lot lot = {0};
    bool found;
    if (!tns_facts_read(e, &f, err) || !tns_lot_find(o->db, e->lot, &lot, &found, err))
        return false;
    bool stands = f.has_recalled ? lot.recalled == f.recalled : lot.quarantined == f.quarantined;
    if (!found || !stands)
        return tns_undo_conflict(e, err, "the lot was marked otherwise since");
    return f.has_recalled ? tns_facts_recalled(!f.recalled, counter, err)
                          : tns_facts_quarantined(!f.quarantined, counter, err);
}

static bool take_back_amount(tns_operation *o, const tns_entry *e, tns_entry *counter,
                             tns_error *err)
{
    tns_bottle bottle;
    if (!tns_expect_bottle(o->db, e->bottle, &bottle, err))
        return false;
    if (e->kind == TNS_ENTRY_RECEIVE &&
        (bottle.on_hand != e->amount || bottle.opened != TNS_NO_DAY))
        return tns_undo_conflict(e, err, "the bottle was opened or used since");
    if (bottle.on_hand < e->amount)
        return tns_undo_conflict(e, err, "so much is no longer in the bottle");
    counter->amount = -e->amount;
    return true;
}

/* ---- the whole ---- */

/* Of a lot that is marked otherwise now all bottles are concerned. */
static bool enter_counter(tns_operation *o, tns_entry *counter, tns_error *err)
{
    return tns_stock_text("reason", o->act->reason, counter->reason, sizeof counter->reason, err) &&
           tns_operation_append(o, counter, err) &&
           (!counter->lot || counter->bottle ||
            tns_bottle_collect(o->db, NULL, counter->lot, true, &o->out->bottles, err));
}

/* What cannot be taken back has another way out, which is told. */
static bool refuse_product(const tns_entry *e, tns_error *err)
{
    char why[2 * TNS_ID_SIZE + 120];
    tns_text_format(why, sizeof why,
                    "stock product retire %s takes it from the lists, change tells its figures "
                    "anew",
                    e->product);
    return tns_undo_conflict(e, err, why);
}

static bool refuse_client(const tns_entry *e, tns_error *err)
{
    char why[80];
    if (e->kind == TNS_ENTRY_ERASE)
        return tns_undo_conflict(e, err, "a client is erased, and that is for good");
    tns_text_format(why, sizeof why, "client erase C%" PRId64 " --yes takes it away, for good",
                    tns_entry_subject(e).client);
    return tns_undo_conflict(e, err, why);
}

static bool may_be_taken_back(const tns_entry *e, tns_error *err)
{
    switch (e->kind) {
    case TNS_ENTRY_PRODUCT:
    case TNS_ENTRY_INGREDIENT:
    case TNS_ENTRY_TERMS:
        return refuse_product(e, err);
    case TNS_ENTRY_CARD:
        return tns_undo_conflict(e, err, "what stood on a card is not kept: change it anew");
    case TNS_ENTRY_CLIENT:
    case TNS_ENTRY_ERASE:
        return refuse_client(e, err);
    case TNS_ENTRY_UNDO:
        return tns_undo_conflict(e, err, "of an undoing nothing is left to take back");
    default:
        return true;
    }
}

/* What takes it back, of all that its operation entered; `skip` where nothing is to be entered. */
static bool make_counter(tns_operation *o, const tns_entry_list *all, const tns_entry *e,
                         tns_entry *counter, bool *skip, tns_error *err)
{
    switch (e->kind) {
    case TNS_ENTRY_OPEN:
        return take_back_opening(o, e, all->entries[all->count - 1].id, all->count == 1, counter,
                                 skip, err);
    case TNS_ENTRY_MOVE:
        return take_back_move(o, e, counter, err);
    case TNS_ENTRY_QUARANTINE:
    case TNS_ENTRY_RELEASE:
    case TNS_ENTRY_RECALL:
        return take_back_mark(o, e, counter, err);
    case TNS_ENTRY_VISIT:
        return tns_undo_visit(o, e, counter, skip, err);
    case TNS_ENTRY_POT:
        return tns_undo_pot(o, e, counter, err);
    case TNS_ENTRY_ORDER:
        return tns_undo_order(o, e, counter, skip, err);
    case TNS_ENTRY_RETIRE:
        return tns_undo_retirement(o, e, counter, err);
    case TNS_ENTRY_USE:
        return take_back_amount(o, e, counter, err) && tns_undo_part(e, counter, err);
    case TNS_ENTRY_RECEIVE:
    case TNS_ENTRY_WASTE:
    case TNS_ENTRY_COUNT:
        return take_back_amount(o, e, counter, err);
    case TNS_ENTRY_LOT: /* its name and label harm nobody, and may come again */
    default:
        return *skip = true;
    }
}

static bool take_back(tns_operation *o, const tns_entry_list *all, const tns_entry *e,
                      tns_error *err)
{
    tns_entry counter = {
        .kind = TNS_ENTRY_UNDO, .lot = e->lot, .bottle = e->bottle, .undoes = e->id};
    bool skip = false;
    return may_be_taken_back(e, err) && tns_undo_nameless(o, e, err) &&
           make_counter(o, all, e, &counter, &skip, err) &&
           (skip || enter_counter(o, &counter, err));
}

typedef struct gathering {
    int64_t operation;
    tns_entry_list list;
    bool ended;
} gathering;

/* An operation's entries follow each other; at the first of another the walk may end. */
static bool gather(void *user, const tns_entry *entry, tns_error *err)
{
    gathering *g = user;
    g->ended = entry->operation != g->operation;
    return !g->ended && tns_entry_list_add(&g->list, entry, err);
}

static bool find_operation(tns_operation *o, int64_t entry, gathering *g, tns_error *err)
{
    tns_entry asked;
    bool found;
    if (!tns_entry_find(o->db, entry, &asked, &found, err))
        return false;
    if (!found)
        return tns_error_set(err, TNS_ERROR_NO_SUCH, "there is no entry %" PRId64, entry);
    g->operation = asked.operation;
    return tns_entry_walk(o->db, g->operation, INT64_MIN, gather, g, err) || g->ended;
}

/* Once: of an operation that was taken back some entry has its counter-entry. */
static bool check_once(tns_operation *o, const tns_entry_list *all, tns_error *err)
{
    for (size_t i = 0; i < all->count; i++) {
        int64_t by;
        if (!tns_entry_undoing(o->db, all->entries[i].id, &by, err))
            return false;
        if (by != 0)
            return tns_error_set(err, TNS_ERROR_CONFLICT,
                                 "entry %" PRId64 " was taken back already, by entry %" PRId64,
                                 all->entries[i].id, by);
    }
    return true;
}

static bool undo_it(tns_operation *o, int64_t entry, tns_error *err)
{
    gathering g = {0};
    bool done = tns_act_has_reason(o->act, "undo", err) && find_operation(o, entry, &g, err) &&
                check_once(o, &g.list, err);
    for (size_t i = g.list.count; done && i > 0; i--)
        done = take_back(o, &g.list, &g.list.entries[i - 1], err);
    tns_entry_list_finish(&g.list);
    return done;
}

bool tns_stock_undo(tns_stock *stock, int64_t entry, const tns_stock_act *act,
                    tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    memset(out, 0, sizeof *out);
    if (act && act->on != TNS_NO_DAY)
        return tns_error_set(err, TNS_ERROR_USAGE, "undo: what is taken back is so from today");
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, undo_it(&o, entry, err), err);
}
