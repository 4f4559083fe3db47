/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pot is mixed, and closed: checks, entries of bottles, and the pot's own, in one operation. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "base/text.h"
#include "base/warn_join.h"
#include "stock/contents.h"
#include "stock/facts_people.h"
#include "stock/take.h"

static const int64_t POT_MAX_UL = 1000000; /* a litre */
static const int MINUTES_MAX = 7 * 24 * 60;

/* ---- what the client must not have ---- */

typedef struct contents {
    const tns_product *product;
    const tns_pigment *known;
} contents;

/* Why not, or "". */
static bool is_harmful(const contents *c, const tns_client *client, char *why, size_t size)
{
    bool harmful = false;
    for (size_t i = 0; !harmful && i < client->card.allergy_count; i++) {
        const char *word = client->card.allergies[i];
        harmful = tns_product_holds(c->product, c->known, word, why, size);
    }
    return harmful;
}

/* What a palette knows of a pigment is not what a maker put into the bottle. */
static void warn_of_silent(tns_operation *o, const contents *c, const tns_client *client)
{
    if (c->product->ingredient_count == 0 && client->card.allergy_count > 0)
        tns_warn(&o->out->warnings, TNS_NOBODY_TOLD " %s: C%" PRId64 " may be allergic to it",
                 c->product->id, client->id);
}

/* One slip of the pen, on the card or of the label, must not make a bottle safe. */
static void warn_of_near(tns_operation *o, const contents *c, const tns_client *client)
{
    for (size_t i = 0; i < client->card.allergy_count; i++) {
        const char *word = client->card.allergies[i], *near = tns_product_near(c->product, word);
        if (near)
            tns_warn(&o->out->warnings,
                     "%s has \"%.60s\", which is near \"%.40s\": C%" PRId64 " is allergic to "
                     "that, so look at the label",
                     c->product->id, near, word, client->id);
    }
}

/* ---- one need ---- */

typedef struct supply {
    tns_bottle_list safe, harmful;
    char product[TNS_ID_SIZE], why[200]; /* of the first that is harmful */
} supply;

/* Of what is for one visit alone, those that are closed or were opened for this one. */
static bool add_candidates(tns_operation *o, const tns_product *product, tns_bottle_list *list,
                           tns_error *err)
{
    size_t kept = list->count;
    bool done = tns_bottle_candidates(o->db, product, list, err);
    if (product->pao_months != TNS_SINGLE_USE)
        return done;
    for (size_t i = kept; done && i < list->count; i++) {
        const tns_bottle *b = &list->bottles[i];
        bool ours = b->opened == TNS_NO_DAY;
        done = ours || tns_bottle_is_of_visit(o->db, b->id, o->out->made.visit, &ours, err);
        if (ours)
            list->bottles[kept++] = *b;
    }
    list->count = kept;
    return done;
}

static bool add_bottles(tns_operation *o, const tns_pot_need *need, const tns_client *client,
                        tns_product *product, supply *s, tns_error *err)
{
    char why[200];
    if (!tns_ingredients_find(o->db, product, err))
        return false;
    const contents c = {product, need->known};
    bool harmful = is_harmful(&c, client, why, sizeof why);
    if (harmful && !s->why[0]) {
        tns_text_copy(s->why, sizeof s->why, why);
        tns_text_copy(s->product, sizeof s->product, product->id);
    }
    if (!harmful) {
        warn_of_silent(o, &c, client);
        warn_of_near(o, &c, client);
    }
    return add_candidates(o, product, harmful ? &s->harmful : &s->safe, err);
}

static bool no_such(tns_db *db, const tns_pot_need *need, tns_error *err)
{
    char text[TNS_NEAR_TEXT];
    if (need->diluent && strcmp(need->what, "diluent") == 0)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "there is no diluent on the shelf: stock product add --diluent");
    if (!tns_parts_near(db, need->what, text, sizeof text, err))
        return false;
    return tns_error_set(err, TNS_ERROR_USAGE,
                         "there is no pigment \"%s\" on the shelf: stock product add%s", need->what,
                         text);
}

/* The products of a pigment; else the one of that id. */
static bool find_products(tns_operation *o, const tns_pot_need *need, tns_product **products,
                          size_t *count, tns_error *err)
{
    bool any = need->diluent && strcmp(need->what, "diluent") == 0, found = false;
    if (!tns_products_alike(o->db, need->diluent ? NULL : need->what, products, count, err))
        return false;
    if (*count > 0 && (any || !need->diluent))
        return true;
    free(*products);
    *count = 1;
    *products = calloc(1, sizeof **products);
    if (!*products)
        return tns_error_set(err, TNS_ERROR_MEMORY, "pot: out of memory");
    if (!tns_product_find(o->db, need->what, *products, &found, err))
        return false;
    if (found && (*products)->retired)
        return tns_expect_kept_product(o->db, need->what, *products, err);
    return (found && !(*products)->pieces) || no_such(o->db, need, err);
}

static int64_t usable(const tns_bottle_list *list, tns_day day)
{
    int64_t sum = 0;
    for (size_t i = 0; i < list->count; i++)
        if (tns_bottle_refusal(&list->bottles[i], day) == TNS_OK)
            sum += list->bottles[i].on_hand;
    return sum;
}

/* Harmful ones behind all others, as if they were not there unless the act overrides. */
static bool join(tns_operation *o, const tns_pot_need *need, const tns_client *client, supply *s,
                 tns_error *err)
{
    tns_take_order(&s->safe, o->day);
    tns_take_order(&s->harmful, o->day);
    bool enough = usable(&s->safe, o->day) >= need->ul;
    if (enough || s->harmful.count == 0)
        return true;
    if (!o->act->override)
        return tns_error_set(err, TNS_ERROR_ALLERGEN,
                             "%s must not be used for C%" PRId64 ", for it %s", s->product,
                             client->id, s->why);
    for (size_t i = 0; i < s->harmful.count; i++) {
        tns_bottle *one = tns_list_grow(&s->safe.bottles, &s->safe.count, sizeof *one);
        if (!one)
            return tns_error_set(err, TNS_ERROR_MEMORY, "pot: out of memory");
        *one = s->harmful.bottles[i];
    }
    tns_warn(&o->out->warnings, "overridden: %s %s", s->product, s->why);
    return true;
}

static bool take_need(tns_operation *o, const tns_pot_need *need, const tns_client *client,
                      tns_error *err)
{
    supply s = {0};
    size_t count = 0;
    tns_product *products = NULL;
    const tns_taking taking = {need->what, false, need->ul, o->out->made.pot, need->unit_ul};
    bool done = find_products(o, need, &products, &count, err);
    for (size_t i = 0; done && i < count; i++)
        done = add_bottles(o, need, client, &products[i], &s, err);
    done = done && join(o, need, client, &s, err) && tns_take(o, &taking, &s.safe, err);
    free(products);
    tns_bottle_list_finish(&s.safe);
    tns_bottle_list_finish(&s.harmful);
    return done;
}

/* ---- what there is ---- */

static bool find_client(tns_operation *o, int64_t id, tns_client *client, tns_error *err)
{
    if (!tns_expect_client(o->db, id, client, err) || !tns_client_card_find(o->db, client, err))
        return false;
    return client->has_card || o->act->override ||
           tns_error_set(err, TNS_ERROR_ALLERGEN,
                         "C%" PRId64 " has no card in this store: what it is allergic to is not "
                         "known (stock import --cards brings the card that was left behind)",
                         id);
}

/* What may not be used on the day leaves the list; the others are told whole. */
static bool keep_usable(tns_operation *o, tns_bottle_list *list, char barred[200], tns_error *err)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        tns_code refusal = tns_bottle_refusal(&list->bottles[i], o->day);
        if (refusal == TNS_OK &&
            !tns_expect_bottle(o->db, list->bottles[i].id, &list->bottles[kept++], err))
            return false;
        if (refusal != TNS_OK && !barred[0])
            tns_text_format(barred, 200, "%s", tns_code_name(refusal));
    }
    list->count = kept;
    return true;
}

static bool find_supply(tns_operation *o, int64_t id, const tns_pot_need *need, supply *s,
                        tns_error *err)
{
    size_t count = 0;
    tns_product *products = NULL;
    tns_client client = {.has_card = true};
    bool done =
        (id == 0 || find_client(o, id, &client, err)) &&
        tns_products_alike(o->db, need->diluent ? NULL : need->what, &products, &count, err);
    for (size_t i = 0; done && i < count; i++)
        done = add_bottles(o, need, &client, &products[i], s, err);
    free(products);
    tns_take_order(&s->safe, o->day);
    return done && keep_usable(o, &s->safe, s->why, err);
}

bool tns_pot_supply(tns_stock *stock, int64_t client, const tns_pot_need *need, tns_day on,
                    tns_pot_choice *out, tns_error *err)
{
    supply s = {0};
    tns_stock_change scratch = {0};
    const tns_stock_act nobody = {0};
    tns_operation o = {
        .db = stock->db, .act = &nobody, .out = &scratch, .day = on ? on : tns_day_today(NULL)};
    memset(out, 0, sizeof *out);
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = find_supply(&o, client, need, &s, err);
    tns_db_rollback(stock->db);
    tns_bottle_list_finish(&s.harmful);
    out->bottles = s.safe;
    out->warnings = scratch.warnings;
    tns_text_copy(out->barred, sizeof out->barred, s.why);
    return done;
}

/* ---- the pot ---- */

static bool open_visit(tns_operation *o, const tns_visit *visit, tns_error *err)
{
    tns_entry entry = {.kind = TNS_ENTRY_VISIT};
    if (visit->state == TNS_VISIT_OPEN)
        return true;
    if (visit->state != TNS_VISIT_BOOKED)
        return tns_error_set(err, TNS_ERROR_CONFLICT, "visit V%" PRId64 " is %s: no pot is for it",
                             visit->id, tns_visit_state_name(visit->state));
    return tns_facts_visit_state(visit->id, TNS_VISIT_OPEN, TNS_VISIT_BOOKED, &entry, err) &&
           tns_operation_append(o, &entry, err);
}

static bool enter_pot(tns_operation *o, const tns_pot_order *order, tns_error *err)
{
    int minutes = order->discard_minutes ? order->discard_minutes : TNS_DISCARD_MINUTES;
    tns_pot pot = {.visit = order->visit, .discard_by = o->time + 60 * (int64_t)minutes};
    tns_entry entry = {.kind = TNS_ENTRY_POT};
    const char *why = o->act->override ? o->act->override : tns_act_reason(o->act);
    if (!tns_pot_next_id(o->db, &pot.id, err))
        return false;
    tns_recipe_parts parts;
    o->out->made.pot = pot.id;
    bool told = order->recipe && order->recipe[0];
    return (!told || (tns_recipe_parts_parse(order->recipe, &parts, err) &&
                      tns_recipe_parts_write(&parts, pot.recipe, err))) &&
           tns_stock_text("reason", why, entry.reason, sizeof entry.reason, err) &&
           tns_facts_of_pot(&pot, &entry, err) && tns_operation_append(o, &entry, err);
}

/* Of what was taken for the pot. */
static bool doubt_labels(tns_operation *o, tns_error *err)
{
    tns_product product;
    tns_pot_list made = {0};
    const tns_pot_question one = {.pot = o->out->made.pot};
    bool done = tns_pot_rows(o->db, &one, &made, err);
    for (size_t i = 0; done && made.count > 0 && i < made.pots[0].part_count; i++) {
        done = tns_expect_product(o->db, made.pots[0].parts[i].product, &product, err);
        if (done)
            tns_product_doubt_label(&product, &o->out->warnings);
    }
    tns_pot_list_finish(&made);
    return done;
}

static bool mix_it(tns_operation *o, const tns_pot_order *order, tns_error *err)
{
    tns_visit visit;
    tns_client client;
    if (!tns_expect_visit(o->db, order->visit, &visit, err))
        return false;
    o->out->made = (tns_subject){.client = visit.client, .visit = visit.id};
    bool done = find_client(o, visit.client, &client, err) &&
                tns_expect_nameless(o, client.id, err) && open_visit(o, &visit, err) &&
                enter_pot(o, order, err);
    for (size_t i = 0; done && i < order->need_count; i++)
        done = take_need(o, &order->needs[i], &client, err);
    tns_warn_join(&o->out->warnings, TNS_NOBODY_TOLD);
    return done && doubt_labels(o, err);
}

static bool check_order(const tns_pot_order *order, tns_error *err)
{
    int64_t sum = 0;
    bool sound = order->need_count >= 1 && order->need_count <= TNS_POT_NEEDS_MAX;
    for (size_t i = 0; sound && i < order->need_count; i++) {
        sound = order->needs[i].ul >= 1 && order->needs[i].ul <= POT_MAX_UL;
        sum += order->needs[i].ul;
    }
    if (!sound || sum > POT_MAX_UL)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "pot: expected 1 to %d parts of at least 1 ul, a litre in all",
                             TNS_POT_NEEDS_MAX);
    return (order->discard_minutes >= 0 && order->discard_minutes <= MINUTES_MAX) ||
           tns_error_set(err, TNS_ERROR_USAGE, "pot: it is good for a week at most");
}

bool tns_pot_make(tns_stock *stock, const tns_pot_order *order, const tns_stock_act *act,
                  tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    memset(out, 0, sizeof *out);
    if (!check_order(order, err) || !tns_operation_begin(&o, stock, act, out, err))
        return false;
    bool done = mix_it(&o, order, err);
    const tns_pot_question one = {.pot = out->made.pot};
    if (done && order->made)
        done = tns_pot_rows(o.db, &one, order->made, err);
    return tns_operation_end(&o, done, err);
}

/* ---- closing ---- */

static bool close_it(tns_operation *o, int64_t id, int64_t left_ul, tns_error *err)
{
    tns_pot_list found = {0};
    tns_entry entry = {.kind = TNS_ENTRY_POT};
    const tns_pot_question one = {.pot = id, .with_undone = true};
    if (!tns_pot_rows(o->db, &one, &found, err) || found.count == 0) {
        tns_pot_list_finish(&found);
        return tns_error_set(err, TNS_ERROR_NO_SUCH, "there is no pot P%" PRId64, id);
    }
    tns_pot pot = found.pots[0];
    tns_pot_list_finish(&found);
    o->out->made = (tns_subject){.client = pot.client, .visit = pot.visit, .pot = id};
    if (pot.state != TNS_POT_MIXED)
        return tns_error_set(err, TNS_ERROR_CONFLICT, "pot P%" PRId64 " is %s", id,
                             tns_pot_state_name(pot.state));
    if (left_ul < 0 || left_ul > pot.ul)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "P%" PRId64 ": %" PRId64 " ul left, but only %" PRId64
                             " ul were mixed",
                             id, left_ul, pot.ul);
    char what[64];
    tns_text_format(what, sizeof what, "P%" PRId64 " was mixed", id);
    return tns_expect_nameless(o, pot.client, err) &&
           tns_operation_follows(o, pot.mixed, what, err) &&
           tns_facts_pot_state(id, TNS_POT_CLOSED, TNS_POT_MIXED, left_ul, &entry, err) &&
           tns_operation_enter(o, &entry, err);
}

bool tns_pot_close(tns_stock *stock, int64_t pot, int64_t left_ul, const tns_stock_act *act,
                   tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, close_it(&o, pot, left_ul, err), err);
}
