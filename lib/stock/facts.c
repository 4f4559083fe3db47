/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "stock/facts.h"
#include "stock/facts_next.h"
#include "stock/facts_orders.h"
#include "stock/facts_people.h"
#include "stock/sets.h"
#include "stock/sql/usage.h"
#include "stock/words.h"

/* ---- writing ---- */

bool tns_facts_of_product(const tns_product *p, tns_entry *entry, tns_error *err)
{
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "kind", tns_product_kind_name(p->kind));
    tns_json_set_text(json, "pigment", p->pigment);
    tns_json_set_text(json, "unit", tns_unit_name(p->pieces));
    tns_json_set_integer(json, "pao_months", p->pao_months > 0 ? p->pao_months : 0);
    if (p->pao_months == TNS_SINGLE_USE)
        tns_json_set_bool(json, "single_use", true);
    tns_json_set_text(json, "supplier", p->supplier);
    tns_json_set_integer(json, "pack", p->pack);
    tns_json_set_integer(json, "cost_cents", p->cost_cents);
    tns_json_set_integer(json, "lead_days", p->lead_days);
    tns_json_set_integer(json, "density_mg_ml", p->density_mg_ml);
    tns_json_set_text_if(json, "gtin", p->gtin);
    tns_json_set_text_if(json, "states", tns_label_states_name(p->states));
    return tns_sets_finish(json, entry, err);
}

bool tns_facts_of_lot(const tns_lot *lot, tns_entry *entry, tns_error *err)
{
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "product", lot->product);
    tns_json_set_text(json, "name", lot->name);
    tns_json_set_bool(json, "internal", lot->internal);
    tns_sets_day(json, "expires", lot->expires);
    tns_json_set_bool(json, "sterile", lot->sterile);
    return tns_sets_finish(json, entry, err);
}

bool tns_facts_of_bottle(const tns_bottle *b, int64_t lot, tns_entry *entry, tns_error *err)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "lot", lot);
    tns_sets_day(json, "received", b->received);
    tns_json_set_text(json, "place", b->place);
    tns_json_set_integer(json, "tare_mg", b->tare_mg);
    tns_json_set_integer(json, "drop_nl", b->drop_nl);
    return tns_sets_finish(json, entry, err);
}

bool tns_facts_opened(tns_day opened, tns_day was, tns_entry *entry, tns_error *err)
{
    tns_json *json = tns_json_object();
    tns_sets_day(json, "opened", opened);
    tns_sets_day(json, "was", was);
    return tns_sets_finish(json, entry, err);
}

bool tns_facts_place(const char *place, const char *was, tns_entry *entry, tns_error *err)
{
    tns_json *json = tns_json_object();
    tns_json_set_text(json, "place", place);
    tns_json_set_text(json, "was", was);
    return tns_sets_finish(json, entry, err);
}

static bool one_flag(const char *key, bool value, tns_entry *entry, tns_error *err)
{
    tns_json *json = tns_json_object();
    tns_json_set_bool(json, key, value);
    return tns_sets_finish(json, entry, err);
}

bool tns_facts_quarantined(bool quarantined, tns_entry *entry, tns_error *err)
{
    return one_flag("quarantined", quarantined, entry, err);
}

bool tns_facts_retired(bool retired, tns_entry *entry, tns_error *err)
{
    return one_flag("retired", retired, entry, err);
}

bool tns_facts_recalled(bool recalled, tns_entry *entry, tns_error *err)
{
    return one_flag("recalled", recalled, entry, err);
}

/* ---- reading ---- */

static bool get_figure(const tns_json_at *at, const char *key, int *out, tns_error *err)
{
    return tns_json_get_integer(at, key, 0, 1000000, out, err);
}

static bool get_product(const tns_json_at *at, tns_product *p, tns_error *err)
{
    bool single_use = false;
    char word[24], unit[8], states[16] = "";
    bool done = tns_json_get_text(at, "kind", word, sizeof word, err) &&
                tns_json_get_text(at, "unit", unit, sizeof unit, err) &&
                tns_json_get_text(at, "pigment", p->pigment, sizeof p->pigment, err) &&
                tns_json_get_text(at, "supplier", p->supplier, sizeof p->supplier, err) &&
                get_figure(at, "pao_months", &p->pao_months, err) &&
                tns_sets_get_amount(at, "pack", &p->pack, err) &&
                tns_sets_get_amount(at, "cost_cents", &p->cost_cents, err) &&
                get_figure(at, "lead_days", &p->lead_days, err) &&
                get_figure(at, "density_mg_ml", &p->density_mg_ml, err) &&
                tns_json_opt_text(at, "gtin", p->gtin, sizeof p->gtin, err) &&
                tns_json_opt_text(at, "states", states, sizeof states, err) &&
                tns_json_opt_bool(at, "single_use", &single_use, err);
    p->pao_months = single_use ? TNS_SINGLE_USE : p->pao_months;
    p->pieces = done && strcmp(unit, tns_unit_name(true)) == 0;
    if (done && states[0] && !tns_label_states_parse(states, &p->states))
        return tns_json_fail(at, err, TNS_ERROR_FORMAT, "unknown states \"%s\"", states);
    return done && (tns_product_kind_parse(word, &p->kind) ||
                    tns_json_fail(at, err, TNS_ERROR_FORMAT, "an unknown kind \"%s\"", word));
}

static bool get_lot(const tns_json_at *at, tns_lot *lot, tns_error *err)
{
    return tns_json_get_text(at, "product", lot->product, sizeof lot->product, err) &&
           tns_json_get_text(at, "name", lot->name, sizeof lot->name, err) &&
           tns_json_get_bool(at, "internal", &lot->internal, err) &&
           tns_sets_get_day(at, "expires", &lot->expires, err) &&
           tns_json_get_bool(at, "sterile", &lot->sterile, err);
}

static bool get_bottle(const tns_json_at *at, tns_bottle *b, int64_t *lot, tns_error *err)
{
    return tns_sets_get_amount(at, "lot", lot, err) &&
           tns_sets_get_day(at, "received", &b->received, err) &&
           tns_json_get_text(at, "place", b->place, sizeof b->place, err) &&
           tns_sets_get_amount(at, "tare_mg", &b->tare_mg, err) &&
           tns_sets_get_amount(at, "drop_nl", &b->drop_nl, err);
}

static bool get_change(const tns_json_at *at, tns_facts *f, tns_error *err)
{
    memset(f, 0, sizeof *f);
    f->has_opened = tns_json_has(at, "opened");
    f->has_place = tns_json_has(at, "place") && tns_json_has(at, "was");
    f->has_quarantined = tns_json_has(at, "quarantined");
    f->has_recalled = tns_json_has(at, "recalled");
    return (!f->has_opened || (tns_sets_get_day(at, "opened", &f->opened, err) &&
                               tns_sets_get_day(at, "was", &f->opened_was, err))) &&
           (!f->has_place ||
            (tns_json_get_text(at, "place", f->place, sizeof f->place, err) &&
             tns_json_get_text(at, "was", f->place_was, sizeof f->place_was, err))) &&
           tns_json_opt_bool(at, "quarantined", &f->quarantined, err) &&
           tns_json_opt_bool(at, "recalled", &f->recalled, err);
}

bool tns_facts_read(const tns_entry *entry, tns_facts *out, tns_error *err)
{
    memset(out, 0, sizeof *out);
    if (!entry->sets[0])
        return true;
    tns_json_at root;
    tns_json *json = tns_sets_open(entry, &root, err);
    bool done = json && get_change(&root, out, err);
    tns_json_destroy(json);
    return done;
}

/* ---- into the tables ---- */

/* Once, or back. */
static bool apply_retired(tns_db *db, const char *id, const tns_json_at *sets, tns_error *err)
{
    tns_product product;
    bool found, retired;
    if (!tns_json_get_bool(sets, "retired", &retired, err) ||
        !tns_product_find(db, id, &product, &found, err))
        return false;
    if (!found || product.retired == retired)
        return tns_error_set(err, TNS_ERROR_FORMAT, "product %s: %s", id,
                             !found    ? "there is none"
                             : retired ? "it was retired already"
                                       : "it was not retired");
    return tns_product_set_retired(db, id, retired, err);
}

static bool expect_product(tns_db *db, const char *id, tns_error *err)
{
    tns_product product;
    bool found;
    return tns_product_find(db, id, &product, &found, err) &&
           (found || tns_error_set(err, TNS_ERROR_FORMAT, "there is no product \"%.47s\"", id));
}

/* What is told of a product anew is of its kind and unit, for its bottles have them. */
static bool put_product(tns_db *db, const tns_product *p, tns_error *err)
{
    tns_product was;
    bool found;
    if (!tns_product_find(db, p->id, &was, &found, err))
        return false;
    if (found && (was.kind != p->kind || was.pieces != p->pieces))
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "product %s: it is a %s in %s, told anew as a %s in %s", p->id,
                             tns_product_kind_name(was.kind), tns_unit_name(was.pieces),
                             tns_product_kind_name(p->kind), tns_unit_name(p->pieces));
    return tns_product_insert(db, p, err);
}

static bool apply_of_product(tns_db *db, const tns_entry *entry, const tns_json_at *sets,
                             tns_error *err)
{
    return expect_product(db, entry->product, err) &&
           (tns_json_has(sets, "terms")   ? tns_terms_apply(db, entry, sets, err)
            : tns_json_has(sets, "order") ? tns_order_apply(db, entry, sets, err)
                                          : tns_ingredient_apply(db, entry, sets, err));
}

static bool apply_to_product(tns_db *db, const tns_entry *entry, const tns_json_at *sets,
                             tns_error *err)
{
    tns_product product = {0};
    if (tns_json_has(sets, "retired"))
        return apply_retired(db, entry->product, sets, err);
    if (tns_json_has(sets, "place") || tns_json_has(sets, "terms"))
        return apply_of_product(db, entry, sets, err);
    return tns_text_copy(product.id, sizeof product.id, entry->product) &&
           get_product(sets, &product, err) && put_product(db, &product, err);
}

/* What is told of a lot anew is told of that very lot. */
static bool renew_lot(tns_db *db, const tns_lot *was, const tns_lot *lot, tns_error *err)
{
    return ((strcmp(was->product, lot->product) == 0 && strcmp(was->name, lot->name) == 0) ||
            tns_error_set(err, TNS_ERROR_FORMAT, "lot number %" PRId64 " is %s of %s", lot->id,
                          was->name, was->product)) &&
           tns_lot_renew(db, lot, err);
}

static bool apply_to_lot(tns_db *db, const tns_entry *entry, const tns_json_at *sets,
                         tns_error *err)
{
    tns_lot lot = {0}, was = {0};
    tns_facts f;
    bool found;
    if (!tns_lot_find(db, entry->lot, &was, &found, err))
        return false;
    lot.id = entry->lot;
    if (tns_json_has(sets, "name"))
        return get_lot(sets, &lot, err) &&
               (found ? renew_lot(db, &was, &lot, err)
                      : tns_facts_are_of_next(db, tns_lot_next_id, "lot number ", lot.id, err) &&
                            expect_product(db, lot.product, err) && tns_lot_insert(db, &lot, err));
    if (!found)
        return tns_json_fail(sets, err, TNS_ERROR_FORMAT, "there is no such lot");
    return get_change(sets, &f, err) &&
           tns_lot_mark(db, lot.id, f.has_quarantined ? f.quarantined : was.quarantined,
                        f.has_recalled ? f.recalled : was.recalled, err);
}

static bool expect_lot(tns_db *db, int64_t id, tns_error *err)
{
    tns_lot lot;
    bool found;
    return tns_lot_find(db, id, &lot, &found, err) &&
           (found || tns_error_set(err, TNS_ERROR_FORMAT, "there is no lot number %" PRId64, id));
}

static bool apply_to_bottle(tns_db *db, const tns_entry *entry, const tns_json_at *sets,
                            tns_error *err)
{
    tns_bottle bottle = {.id = entry->bottle};
    tns_facts f;
    int64_t lot;
    if (tns_json_has(sets, "pot"))
        return tns_part_apply(db, entry, sets, err);
    if (tns_json_has(sets, "lot"))
        return get_bottle(sets, &bottle, &lot, err) &&
               tns_facts_are_of_next(db, tns_bottle_next_id, "bottle B", bottle.id, err) &&
               expect_lot(db, lot, err) && tns_bottle_insert(db, &bottle, lot, err);
    if (entry->kind == TNS_ENTRY_RECEIVE)
        return tns_json_fail(sets, err, TNS_ERROR_FORMAT, "a delivery without its lot");
    return get_change(sets, &f, err) &&
           (!f.has_opened || tns_bottle_set_opened(db, bottle.id, f.opened, err)) &&
           (!f.has_place || tns_bottle_set_place(db, bottle.id, f.place, err));
}

static bool apply_sets(tns_db *db, const tns_entry *entry, tns_error *err)
{
    tns_json_at root;
    tns_json *json = tns_sets_open(entry, &root, err);
    bool done = json && (entry->bottle       ? apply_to_bottle(db, entry, &root, err)
                         : entry->lot        ? apply_to_lot(db, entry, &root, err)
                         : entry->product[0] ? apply_to_product(db, entry, &root, err)
                                             : tns_people_apply(db, entry, &root, err));
    tns_json_destroy(json);
    return done;
}

bool tns_entry_apply_facts(tns_db *db, const tns_entry *entry, tns_error *err)
{
    return !entry->sets[0] || apply_sets(db, entry, err);
}

bool tns_entry_apply(tns_db *db, const tns_entry *entry, tns_error *err)
{
    return tns_entry_apply_facts(db, entry, err) && tns_used_enter(db, entry, err) &&
           (entry->amount == 0 || tns_bottle_add(db, entry->bottle, entry->amount, err));
}
