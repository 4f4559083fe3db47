/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole lots: quarantine, release, recall. */
#include <string.h>

#include "stock/facts.h"
#include "stock/ledger.h"

bool tns_expect_lot(tns_db *db, const char *asked, const char *product, tns_lot *out,
                    tns_error *err)
{
    tns_lot other;
    size_t count = 0;
    bool similar = false;
    char name[TNS_LOT_SIZE];
    if (!tns_stock_name("lot", asked, name, sizeof name, err) ||
        !tns_lot_named(db, name, product, out, &count, err) ||
        !tns_lot_in_other_letters(db, name, product, &other, &similar, err))
        return false;
    if (count == 0 && similar)
        return tns_error_set(err, TNS_ERROR_NO_SUCH, "there is no lot \"%s\", but there is \"%s\"",
                             name, other.name);
    if (count > 1)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "lot %s is one of %s and of another product: say which (--product)",
                             name, out->product);
    return count == 1 || tns_error_set(err, TNS_ERROR_NO_SUCH, "there is no lot \"%.47s\"%s%.47s",
                                       name, product ? " of " : "", product ? product : "");
}

/* A lot in other letters may be the same one, typed otherwise; it is told of and left alone. */
static bool list_bottles(tns_operation *o, const tns_lot *lot, tns_error *err)
{
    tns_lot other;
    bool similar = false;
    if (!tns_lot_in_other_letters(o->db, lot->name, lot->product, &other, &similar, err))
        return false;
    if (similar)
        tns_warn(&o->out->warnings, "there is a lot %s too, which this does not concern",
                 other.name);
    return tns_bottle_collect(o->db, NULL, lot->id, true, &o->out->bottles, err);
}

/* ---- quarantine ---- */

static bool set_aside(tns_operation *o, const char *name, const char *product, bool aside,
                      tns_error *err)
{
    tns_lot lot;
    tns_entry entry = {.kind = aside ? TNS_ENTRY_QUARANTINE : TNS_ENTRY_RELEASE};
    if (!tns_act_has_reason(o->act, tns_entry_kind_name(entry.kind), err) ||
        !tns_expect_lot(o->db, name, product, &lot, err))
        return false;
    if (lot.quarantined == aside)
        return tns_error_set(err, TNS_ERROR_CONFLICT, "lot %s is %sin quarantine%s", lot.name,
                             aside ? "already " : "not ",
                             lot.recalled && !aside ? ": it is recalled, and stock undo of that "
                                                      "entry of stock log takes it back"
                                                    : "");
    entry.lot = lot.id;
    return tns_stock_text("reason", o->act->reason, entry.reason, sizeof entry.reason, err) &&
           tns_facts_quarantined(aside, &entry, err) && tns_operation_append(o, &entry, err) &&
           list_bottles(o, &lot, err);
}

bool tns_stock_quarantine(tns_stock *stock, const char *lot, const char *product,
                          const tns_stock_act *act, tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, set_aside(&o, lot, product, true, err), err);
}

bool tns_stock_release(tns_stock *stock, const char *lot, const char *product,
                       const tns_stock_act *act, tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, set_aside(&o, lot, product, false, err), err);
}

/* ---- recall ---- */

static bool recall_it(tns_operation *o, const char *name, const char *product, tns_error *err)
{
    tns_lot lot;
    tns_entry entry = {.kind = TNS_ENTRY_RECALL};
    if (!tns_expect_lot(o->db, name, product, &lot, err))
        return false;
    entry.lot = lot.id;
    return (lot.recalled ||
            (tns_stock_text("reason", tns_act_reason(o->act), entry.reason, sizeof entry.reason,
                            err) &&
             tns_facts_recalled(true, &entry, err) && tns_operation_append(o, &entry, err))) &&
           list_bottles(o, &lot, err);
}

bool tns_stock_recall(tns_stock *stock, const char *lot, const char *product,
                      const tns_stock_act *act, tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, recall_it(&o, lot, product, err), err);
}

bool tns_stock_recall_list(tns_stock *stock, const char *lot, const char *product,
                           tns_bottle_list *out, tns_error *err)
{
    tns_lot found;
    *out = (tns_bottle_list){0};
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = tns_expect_lot(stock->db, lot, product, &found, err) &&
                tns_bottle_collect(stock->db, NULL, found.id, true, out, err);
    tns_db_rollback(stock->db);
    tns_day today = tns_day_today(NULL);
    for (size_t i = 0; i < out->count; i++)
        out->bottles[i].status = tns_bottle_status_on(&out->bottles[i], today);
    return done;
}
