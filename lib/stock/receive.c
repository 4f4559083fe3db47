/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A product is made known, and bottles of it arrive. */
#include <inttypes.h>
#include <string.h>

#include <tonsure/products.h>

#include "base/text.h"
#include "pigment/identifiers.h"
#include "pigment/substance.h"
#include "stock/facts.h"
#include "stock/facts_people.h"
#include "stock/ledger.h"

enum { BOTTLES_MAX = 1000, WATER = 1000, USUAL_DROP_NL = 40000, MONTHS_MAX = 120, DAYS_MAX = 3650 };

static const int64_t AMOUNT_MAX = 1000000000; /* a cubic metre, or as many pieces */

/* ---- a product ---- */

static const int64_t DROP_MIN_NL = 10000, DROP_MAX_NL = 200000; /* 10 to 200 ul */

static bool is_id(const char *text)
{
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    return text[0] && strspn(text, allowed) == strlen(text);
}

static bool check_product(const tns_product *p, tns_error *err)
{
    if (!is_id(p->id))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "product: expected an id of letters, digits, \".\", \"_\", \"-\", "
                             "found \"%.47s\"",
                             p->id);
    bool reasonable = p->pao_months >= TNS_SINGLE_USE && p->pao_months <= MONTHS_MAX &&
                      p->pack >= 0 && p->pack <= AMOUNT_MAX && p->cost_cents >= 0 &&
                      p->cost_cents <= AMOUNT_MAX && p->lead_days >= 0 &&
                      p->lead_days <= DAYS_MAX && p->density_mg_ml >= 0 &&
                      p->density_mg_ml <= 20 * WATER;
    return reasonable ||
           tns_error_set(err, TNS_ERROR_USAGE, "product %s: a figure outside reason", p->id);
}

/* ---- what is in it ---- */

static bool append_line(tns_operation *o, const tns_product *product, int place,
                        const tns_ingredient *ingredient, const char *color_index, tns_error *err)
{
    tns_entry entry = {.kind = TNS_ENTRY_INGREDIENT};
    return tns_text_copy(entry.product, sizeof entry.product, product->id) &&
           tns_facts_of_ingredient(place, ingredient, color_index, &entry, err) &&
           tns_operation_append(o, &entry, err);
}

static bool append_ingredient(tns_operation *o, const tns_product *product, int place,
                              const tns_ingredient *told, tns_error *err)
{
    tns_ingredient one = {0};
    if (told->cas[0] && !tns_is_cas(told->cas))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "ingredient %s: \"%s\" is no CAS number: its last digit checks the "
                             "others",
                             told->name, told->cas);
    return tns_stock_name("ingredient", told->name, one.name, sizeof one.name, err) &&
           tns_text_copy(one.cas, sizeof one.cas, told->cas) &&
           append_line(o, product, place, &one, NULL, err);
}

static bool append_index(tns_operation *o, const tns_product *p, int place, const char *told,
                         tns_error *err)
{
    char index[TNS_WORD_SIZE];
    return tns_word_read(told, index) == TNS_WORD_INDEX
               ? append_line(o, p, place, NULL, index, err)
               : tns_error_set(err, TNS_ERROR_USAGE,
                               "product %s: expected a Colour Index such as \"CI 77266\", found "
                               "\"%.15s\"",
                               p->id, told);
}

/* One entry a line of the label, for an entry has room for little. */
static bool append_label(tns_operation *o, const tns_product *p, tns_error *err)
{
    int place = 0;
    bool done = true;
    for (size_t i = 0; done && i < p->color_index_count; i++)
        done = append_index(o, p, ++place, p->color_index[i], err);
    for (size_t i = 0; done && i < p->ingredient_count; i++)
        done = append_ingredient(o, p, ++place, &p->ingredients[i], err);
    return done;
}

/* The article's number is of one product alone. */
static bool check_gtin(tns_operation *o, tns_product *p, tns_error *err)
{
    tns_product other;
    char gtin[TNS_GTIN_SIZE];
    bool found = false;
    if (!p->gtin[0])
        return true;
    if (!tns_gtin_parse(p->gtin, gtin, err) || !tns_text_copy(p->gtin, sizeof p->gtin, gtin) ||
        !tns_product_with_gtin(o->db, p->gtin, &other, &found, err))
        return false;
    return !found || strcmp(other.id, p->id) == 0 ||
           tns_error_set(err, TNS_ERROR_CONFLICT, "%s is the article number of %s already", p->gtin,
                         other.id);
}

/* What no palette can have no match would find; what the shelf has of before stays as it is. */
static bool check_pigment(tns_product *p, const char *known, tns_error *err)
{
    return p->kind != TNS_PRODUCT_PIGMENT ||
           (tns_stock_name("pigment", p->pigment, p->pigment, sizeof p->pigment, err) &&
            (tns_is_pigment_id(p->pigment) || strcmp(p->pigment, known) == 0 ||
             tns_error_set(err, TNS_ERROR_USAGE,
                           "product %s: expected a pigment's id of letters, digits, \".\", \"_\", "
                           "\"-\", as palette show lists them, found \"%.47s\"",
                           p->id, p->pigment)));
}

/* The figures of a product, new or anew; `known` = the pigment that it was of until now. */
static bool append_figures(tns_operation *o, tns_product *p, const char *known, tns_error *err)
{
    tns_entry entry = {.kind = TNS_ENTRY_PRODUCT};
    if (p->density_mg_ml == 0)
        p->density_mg_ml = WATER;
    return tns_stock_text("product", p->id, entry.product, sizeof entry.product, err) &&
           check_pigment(p, known, err) &&
           (!p->supplier[0] ||
            tns_stock_name("supplier", p->supplier, p->supplier, sizeof p->supplier, err)) &&
           check_gtin(o, p, err) && tns_facts_of_product(p, &entry, err) &&
           tns_operation_enter(o, &entry, err);
}

/* With what to do instead. */
static bool refuse_known(const tns_product *p, tns_error *err)
{
    const char *kind = tns_product_kind_name(p->kind);
    return p->retired
               ? tns_error_set(err, TNS_ERROR_CONFLICT,
                               "product %s: it was retired, a %s: stock log --product %s has the "
                               "entry that stock undo takes back; anything else needs another id",
                               p->id, kind, p->id)
               : tns_error_set(err, TNS_ERROR_CONFLICT,
                               "product %s: it is there already, a %s: stock product change tells "
                               "its figures anew; anything else needs another id",
                               p->id, kind);
}

static bool append_product(tns_operation *o, const tns_product *product, tns_error *err)
{
    bool found;
    tns_product known, made = *product;
    if (!tns_product_find(o->db, made.id, &known, &found, err))
        return false;
    if (found)
        return refuse_known(&known, err);
    return append_figures(o, &made, "", err) && append_label(o, &made, err);
}

static bool note_use(void *user, const tns_entry *entry, tns_error *err)
{
    (void)err;
    *(bool *)user |= entry->kind == TNS_ENTRY_USE;
    return true;
}

/* Pots are told by what their products are now. */
static bool warn_of_pots(tns_operation *o, const tns_product *known, const tns_product *anew,
                         tns_error *err)
{
    bool used = false;
    const tns_log_subject of = {.product = known->id};
    if (strcmp(known->pigment, anew->pigment) == 0)
        return true;
    if (!tns_entry_walk_of(o->db, &of, 0, note_use, &used, err))
        return false;
    if (used)
        tns_warn(&o->out->warnings, "what was mixed of %s until now is told as %s too", known->id,
                 anew->pigment);
    return true;
}

static bool change_product(tns_operation *o, const tns_product *product, tns_error *err)
{
    tns_product known, anew = *product;
    if (!tns_expect_kept_product(o->db, anew.id, &known, err))
        return false;
    if (known.kind != anew.kind || known.pieces != anew.pieces)
        return tns_error_set(err, TNS_ERROR_CONFLICT,
                             "product %s: its kind and unit stay, for its bottles have them",
                             anew.id);
    return append_figures(o, &anew, known.pigment, err) && warn_of_pots(o, &known, &anew, err);
}

bool tns_stock_add_product(tns_stock *stock, const tns_product *product, const tns_stock_act *act,
                           tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    memset(out, 0, sizeof *out);
    return check_product(product, err) && tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, append_product(&o, product, err), err);
}

bool tns_stock_change_product(tns_stock *stock, const tns_product *product,
                              const tns_stock_act *act, tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    memset(out, 0, sizeof *out);
    return check_product(product, err) && tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, change_product(&o, product, err), err);
}

/* ---- a delivery ---- */

static bool check_delivery(const tns_delivery *d, tns_error *err)
{
    if (d->bottles < 1 || d->bottles > BOTTLES_MAX)
        return tns_error_set(err, TNS_ERROR_USAGE, "receive: expected 1 to %d bottles, found %d",
                             BOTTLES_MAX, d->bottles);
    if (d->amount < 1 || d->amount > AMOUNT_MAX)
        return tns_error_set(err, TNS_ERROR_USAGE, "receive: expected something in each bottle");
    if (d->tare_mg < 0 || d->tare_mg > AMOUNT_MAX)
        return tns_error_set(err, TNS_ERROR_USAGE, "receive: a tare outside reason");
    if (d->drop_nl != 0 && (d->drop_nl < DROP_MIN_NL || d->drop_nl > DROP_MAX_NL))
        return tns_error_set(err, TNS_ERROR_USAGE, "receive: expected a drop of 0.01 to 0.2 ml");
    if (d->lot && !d->lot[0])
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "receive: the lot has no name; is it an internal lot?");
    return true;
}

/* A lot's label does not change once any of it came, be it used up since: bottles of old would
   change with it. What was booked wrongly is taken back first. */
static bool check_known_lot(tns_operation *o, const tns_lot *known, const tns_delivery *d,
                            bool *same, tns_error *err)
{
    bool came = false;
    char expires[TNS_DAY_TEXT];
    *same = known->expires == d->expires && known->sterile == d->sterile;
    if (*same)
        return true;
    tns_day_write(known->expires, expires);
    return tns_lot_was_received(o->db, known->id, &came, err) &&
           (!came || tns_error_set(err, TNS_ERROR_CONFLICT,
                                   "lot %s of %s came as %ssterile, expiring %s: stock undo takes "
                                   "back a delivery that was entered wrongly",
                                   known->name, known->product, known->sterile ? "" : "not ",
                                   expires[0] ? expires : "never"));
}

/* Fills `lot` with the one that the delivery is of, and enters it where it is new or its label is.
 */
static bool enter_lot(tns_operation *o, const tns_product *product, const tns_delivery *d,
                      tns_lot *lot, tns_error *err)
{
    tns_lot known = {0};
    size_t count = 0;
    bool same = false;
    *lot = (tns_lot){.internal = !d->lot, .expires = d->expires, .sterile = d->sterile};
    tns_text_copy(lot->product, sizeof lot->product, product->id);
    if (d->lot && !tns_stock_name("lot", d->lot, lot->name, sizeof lot->name, err))
        return false;
    if (!d->lot)
        tns_text_format(lot->name, sizeof lot->name, "INT-%" PRId64, o->out->operation);
    if (!tns_lot_named(o->db, lot->name, product->id, &known, &count, err) ||
        (count > 0 && !check_known_lot(o, &known, d, &same, err)))
        return false;
    if (count > 0)
        lot->id = known.id;
    else if (!tns_lot_next_id(o->db, &lot->id, err))
        return false;
    lot->internal = count > 0 ? known.internal : lot->internal;
    tns_entry entry = {.kind = TNS_ENTRY_LOT, .lot = lot->id};
    tns_lot other;
    bool similar = false;
    if (!tns_lot_in_other_letters(o->db, lot->name, product->id, &other, &similar, err))
        return false;
    if (similar)
        tns_warn(&o->out->warnings, "there is a lot %s too: is %s the same in other letters?",
                 other.name, lot->name);
    return same || (tns_facts_of_lot(lot, &entry, err) && tns_operation_append(o, &entry, err));
}

static bool enter_bottles(tns_operation *o, const tns_delivery *d, const tns_lot *lot,
                          tns_error *err)
{
    tns_bottle bottle = {.received = o->day,
                         .tare_mg = d->tare_mg,
                         .drop_nl = d->drop_nl ? d->drop_nl : USUAL_DROP_NL};
    tns_entry entry = {.kind = TNS_ENTRY_RECEIVE, .amount = d->amount};
    if (!tns_stock_text("place", d->place, bottle.place, sizeof bottle.place, err) ||
        !tns_stock_text("reason", tns_act_reason(o->act), entry.reason, sizeof entry.reason, err) ||
        !tns_bottle_next_id(o->db, &entry.bottle, err))
        return false;
    bool done = true;
    for (int i = 0; done && i < d->bottles; i++, entry.bottle++)
        done = tns_facts_of_bottle(&bottle, lot->id, &entry, err) &&
               tns_operation_append(o, &entry, err);
    return done;
}

static void warn(tns_operation *o, const tns_product *product, const tns_lot *lot)
{
    char text[TNS_DAY_TEXT];
    tns_day_write(lot->expires, text);
    if (lot->expires != TNS_NO_DAY && o->day > lot->expires)
        tns_warn(&o->out->warnings, "lot %s had expired when it came, on %s", lot->name, text);
    if (product->kind == TNS_PRODUCT_DILUENT && !lot->sterile)
        tns_warn(&o->out->warnings, "lot %s is a diluent that is not sterile: it will not be used",
                 lot->name);
}

bool tns_operation_enter_delivery(tns_operation *o, const tns_delivery *d, tns_error *err)
{
    tns_product product;
    tns_lot lot;
    if (!check_delivery(d, err) || !tns_expect_kept_product(o->db, d->product, &product, err))
        return false;
    if (d->expires == TNS_NO_DAY && !product.pieces)
        return tns_error_set(err, TNS_ERROR_USAGE, "receive: %s: expected the day it expires",
                             product.id);
    if (!enter_lot(o, &product, d, &lot, err) || !enter_bottles(o, d, &lot, err))
        return false;
    warn(o, &product, &lot);
    return true;
}

bool tns_stock_receive(tns_stock *stock, const tns_delivery *delivery, const tns_stock_act *act,
                       tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    memset(out, 0, sizeof *out);
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, tns_operation_enter_delivery(&o, delivery, err), err);
}
