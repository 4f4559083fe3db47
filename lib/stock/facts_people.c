/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "stock/chain.h"
#include "stock/facts_next.h"
#include "stock/facts_orders.h"
#include "stock/facts_people.h"
#include "stock/sets.h"
#include "stock/words.h"

/* ---- writing ---- */

bool tns_facts_of_ingredient(int place, const tns_ingredient *ingredient, const char *color_index,
                             tns_entry *entry, tns_error *err)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "place", place);
    tns_json_set_text(json, "name", ingredient ? ingredient->name : "");
    tns_json_set_text(json, "cas", ingredient ? ingredient->cas : "");
    tns_json_set_text(json, "color_index", color_index ? color_index : "");
    return tns_sets_finish(json, entry, err);
}

bool tns_facts_of_card(int64_t client, const unsigned char digest[TNS_HASH_SIZE], tns_entry *entry,
                       tns_error *err)
{
    char text[TNS_HASH_TEXT];
    tns_json *json = tns_json_object();
    tns_hash_write(digest, text);
    tns_json_set_integer(json, "client", client);
    tns_json_set_text(json, "digest", text);
    return tns_sets_finish(json, entry, err);
}

bool tns_facts_of_erasure(int64_t client, tns_entry *entry, tns_error *err)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "client", client);
    tns_json_set_bool(json, "erased", true);
    return tns_sets_finish(json, entry, err);
}

bool tns_facts_of_visit(const tns_visit *v, tns_entry *entry, tns_error *err)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "visit", v->id);
    tns_json_set_integer(json, "client", v->client);
    tns_sets_day(json, "day", v->day);
    tns_json_set_text(json, "kind", tns_visit_kind_name(v->kind));
    tns_json_set_integer(json, "area_mm2", v->area_mm2);
    tns_json_set_integer(json, "pot_ul", v->pot_ul);
    tns_json_set_text(json, "recipe", v->recipe);
    tns_json_set_text(json, "state", tns_visit_state_name(TNS_VISIT_BOOKED));
    tns_json_set_text(json, "was", tns_visit_state_name(TNS_VISIT_CANCELLED));
    return tns_sets_finish(json, entry, err);
}

bool tns_facts_of_pot(const tns_pot *p, tns_entry *entry, tns_error *err)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "pot", p->id);
    tns_json_set_integer(json, "visit", p->visit);
    tns_json_set_integer(json, "discard_by", p->discard_by);
    tns_json_set_text(json, "recipe", p->recipe);
    tns_json_set_text(json, "state", tns_pot_state_name(TNS_POT_MIXED));
    tns_json_set_text(json, "was", tns_pot_state_name(TNS_POT_UNDONE));
    tns_json_set_integer(json, "left_ul", 0);
    return tns_sets_finish(json, entry, err);
}

bool tns_facts_of_part(int64_t pot, int64_t cost_millicents, tns_entry *entry, tns_error *err)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "pot", pot);
    tns_json_set_integer(json, "cost", cost_millicents);
    return tns_sets_finish(json, entry, err);
}

bool tns_facts_visit_state(int64_t visit, tns_visit_state state, tns_visit_state was,
                           tns_entry *entry, tns_error *err)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "visit", visit);
    tns_json_set_text(json, "state", tns_visit_state_name(state));
    tns_json_set_text(json, "was", tns_visit_state_name(was));
    return tns_sets_finish(json, entry, err);
}

bool tns_facts_pot_state(int64_t pot, tns_pot_state state, tns_pot_state was, int64_t left_ul,
                         tns_entry *entry, tns_error *err)
{
    tns_json *json = tns_json_object();
    tns_json_set_integer(json, "pot", pot);
    tns_json_set_text(json, "state", tns_pot_state_name(state));
    tns_json_set_text(json, "was", tns_pot_state_name(was));
    tns_json_set_integer(json, "left_ul", left_ul);
    return tns_sets_finish(json, entry, err);
}

/* ---- reading ---- */

static bool get_visit_state(const tns_json_at *at, const char *key, tns_visit_state *out,
                            tns_error *err)
{
    char word[16];
    return tns_json_get_text(at, key, word, sizeof word, err) &&
           (tns_visit_state_parse(word, out) ||
            tns_json_fail(at, err, TNS_ERROR_FORMAT, "an unknown state \"%s\"", word));
}

static bool get_pot_state(const tns_json_at *at, const char *key, tns_pot_state *out,
                          tns_error *err)
{
    char word[16];
    return tns_json_get_text(at, key, word, sizeof word, err) &&
           (tns_pot_state_parse(word, out) ||
            tns_json_fail(at, err, TNS_ERROR_FORMAT, "an unknown state \"%s\"", word));
}

static bool get_state(const tns_json_at *at, tns_people_facts *f, tns_error *err)
{
    if (tns_json_has(at, "pot"))
        return tns_sets_get_amount(at, "pot", &f->pot, err) &&
               get_pot_state(at, "state", &f->pot_state, err) &&
               get_pot_state(at, "was", &f->pot_was, err);
    return tns_sets_get_amount(at, "visit", &f->visit, err) &&
           get_visit_state(at, "state", &f->visit_state, err) &&
           get_visit_state(at, "was", &f->visit_was, err);
}

bool tns_people_facts_read(const tns_entry *entry, tns_people_facts *out, tns_error *err)
{
    tns_json_at root;
    memset(out, 0, sizeof *out);
    tns_json *json = tns_sets_open(entry, &root, err);
    bool done = json && (entry->bottle ? tns_sets_get_amount(&root, "pot", &out->pot, err) &&
                                             tns_sets_get_number(&root, "cost", &out->cost, err)
                                       : get_state(&root, out, err));
    tns_json_destroy(json);
    return done;
}

static int64_t number_or_0(const tns_json_at *at, const char *key)
{
    int64_t value = 0;
    return tns_json_has(at, key) && tns_sets_get_amount(at, key, &value, NULL) ? value : 0;
}

tns_subject tns_entry_subject(const tns_entry *entry)
{
    tns_subject subject = {0};
    tns_json_at root;
    tns_json *json = entry->sets[0] ? tns_sets_open(entry, &root, NULL) : NULL;
    if (!json)
        return subject;
    subject.pot = number_or_0(&root, "pot");
    subject.visit = number_or_0(&root, "visit");
    subject.client = number_or_0(&root, "client");
    subject.order = number_or_0(&root, "order");
    tns_json_destroy(json);
    return subject;
}

/* ---- into the tables ---- */

bool tns_ingredient_apply(tns_db *db, const tns_entry *entry, const tns_json_at *sets,
                          tns_error *err)
{
    int place;
    tns_ingredient one;
    char color_index[16];
    return tns_json_get_integer(sets, "place", 1, 1000, &place, err) &&
           tns_json_get_text(sets, "name", one.name, sizeof one.name, err) &&
           tns_json_get_text(sets, "cas", one.cas, sizeof one.cas, err) &&
           tns_json_get_text(sets, "color_index", color_index, sizeof color_index, err) &&
           tns_ingredient_insert(db, entry->product, place, one.name, one.cas, color_index, err);
}

/* Only as long as it is mixed: what is closed or undone has its parts. */
static bool expect_mixed(tns_db *db, int64_t pot, tns_error *err)
{
    tns_pot_state state;
    bool found;
    if (!tns_pot_state_of(db, pot, &state, &found, err))
        return false;
    if (!found)
        return tns_error_set(err, TNS_ERROR_FORMAT, "there is no pot P%" PRId64, pot);
    return state == TNS_POT_MIXED ||
           tns_error_set(err, TNS_ERROR_FORMAT, "pot P%" PRId64 " is %s, and takes no part", pot,
                         tns_pot_state_name(state));
}

bool tns_part_apply(tns_db *db, const tns_entry *entry, const tns_json_at *sets, tns_error *err)
{
    int64_t pot, cost;
    return tns_sets_get_amount(sets, "pot", &pot, err) &&
           tns_sets_get_number(sets, "cost", &cost, err) &&
           (entry->kind != TNS_ENTRY_USE || expect_mixed(db, pot, err)) &&
           tns_part_add(db, pot, entry->bottle, -entry->amount, cost, err);
}

/* Clients that were added before there were digests have none. */
static bool apply_digest(tns_db *db, int64_t client, const tns_json_at *sets, tns_error *err)
{
    char text[TNS_HASH_TEXT];
    unsigned char digest[TNS_HASH_SIZE];
    if (!tns_json_has(sets, "digest"))
        return true;
    return tns_json_get_text(sets, "digest", text, sizeof text, err) &&
           (tns_hash_parse(text, digest) ||
            tns_json_fail(sets, err, TNS_ERROR_FORMAT, "digest: expected 64 digits")) &&
           tns_client_set_digest(db, client, digest, err);
}

/* Of who was erased nothing new is entered, and what nobody is cannot be. */
static bool expect_not_erased(tns_db *db, int64_t id, tns_error *err)
{
    tns_client client;
    bool found;
    if (!tns_client_row(db, id, &client, &found, err))
        return false;
    if (!found)
        return tns_error_set(err, TNS_ERROR_FORMAT, "there is no client C%" PRId64, id);
    return client.erased == TNS_NO_DAY ||
           tns_error_set(err, TNS_ERROR_FORMAT, "client C%" PRId64 " was erased", id);
}

static bool apply_to_client(tns_db *db, const tns_entry *entry, const tns_json_at *sets,
                            tns_error *err)
{
    int64_t client;
    if (!tns_sets_get_amount(sets, "client", &client, err))
        return false;
    if (tns_json_has(sets, "erased"))
        return expect_not_erased(db, client, err) &&
               tns_client_set_erased(db, client, entry->day, err);
    return (entry->kind == TNS_ENTRY_CARD
                ? expect_not_erased(db, client, err)
                : (tns_facts_are_of_next(db, tns_client_next_id, "client C", client, err) &&
                   tns_client_insert(db, client, entry->day, err))) &&
           apply_digest(db, client, sets, err);
}

static bool get_visit(const tns_json_at *at, tns_visit *v, tns_error *err)
{
    char kind[16];
    return tns_sets_get_amount(at, "visit", &v->id, err) &&
           tns_sets_get_amount(at, "client", &v->client, err) &&
           tns_sets_get_day(at, "day", &v->day, err) &&
           tns_json_get_text(at, "kind", kind, sizeof kind, err) &&
           tns_sets_get_amount(at, "area_mm2", &v->area_mm2, err) &&
           tns_sets_get_amount(at, "pot_ul", &v->pot_ul, err) &&
           tns_json_get_text(at, "recipe", v->recipe, sizeof v->recipe, err) &&
           get_visit_state(at, "state", &v->state, err) &&
           (tns_visit_kind_parse(kind, &v->kind) ||
            tns_json_fail(at, err, TNS_ERROR_FORMAT, "an unknown kind \"%s\"", kind));
}

static bool expect_visit(tns_db *db, int64_t id, tns_visit *out, tns_error *err)
{
    bool found;
    return tns_visit_row(db, id, out, &found, err) &&
           (found || tns_error_set(err, TNS_ERROR_FORMAT, "there is no visit V%" PRId64, id));
}

/* One step, or one back, from where the visit is. */
static bool check_visit_step(tns_db *db, const tns_people_facts *f, tns_error *err)
{
    static const tns_visit_state steps[][2] = {{TNS_VISIT_BOOKED, TNS_VISIT_OPEN},
                                               {TNS_VISIT_OPEN, TNS_VISIT_CLOSED},
                                               {TNS_VISIT_BOOKED, TNS_VISIT_CANCELLED}};
    tns_visit visit;
    bool may = false;
    if (!expect_visit(db, f->visit, &visit, err))
        return false;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        may |= (f->visit_was == steps[i][0] && f->visit_state == steps[i][1]) ||
               (f->visit_was == steps[i][1] && f->visit_state == steps[i][0]);
    return (may && visit.state == f->visit_was) ||
           tns_error_set(err, TNS_ERROR_FORMAT, "visit V%" PRId64 " is %s, and does not go %s",
                         f->visit, tns_visit_state_name(visit.state),
                         tns_visit_state_name(f->visit_state));
}

static bool begins(const tns_json_at *sets, bool as_all_do, tns_error *err)
{
    return as_all_do ||
           tns_json_fail(sets, err, TNS_ERROR_FORMAT, "it begins as no visit and no pot does");
}

static bool apply_to_visit(tns_db *db, const tns_entry *entry, const tns_json_at *sets,
                           tns_error *err)
{
    tns_visit visit = {0};
    tns_people_facts f = {0};
    if (tns_json_has(sets, "client"))
        return get_visit(sets, &visit, err) && begins(sets, visit.state == TNS_VISIT_BOOKED, err) &&
               tns_facts_are_of_next(db, tns_visit_next_id, "visit V", visit.id, err) &&
               expect_not_erased(db, visit.client, err) && tns_visit_insert(db, &visit, err);
    return get_state(sets, &f, err) && check_visit_step(db, &f, err) &&
           tns_visit_set_state(db, f.visit, f.visit_state, entry->time, err);
}

static bool is_pot_step(tns_pot_state was, tns_pot_state now)
{
    return was != now && (was == TNS_POT_MIXED || now == TNS_POT_MIXED);
}

/* One step, or one back, from where the pot is; and no more is left than was mixed. */
static bool check_pot_step(tns_db *db, const tns_people_facts *f, int64_t left_ul, tns_error *err)
{
    tns_pot_list found = {0};
    const tns_pot_question one = {.pot = f->pot, .with_undone = true};
    bool done = tns_pot_rows(db, &one, &found, err), there = found.count == 1;
    const tns_pot pot = there ? found.pots[0] : (tns_pot){0};
    tns_pot_list_finish(&found);
    if (!done)
        return false;
    if (!there)
        return tns_error_set(err, TNS_ERROR_FORMAT, "there is no pot P%" PRId64, f->pot);
    if (pot.state != f->pot_was || !is_pot_step(f->pot_was, f->pot_state))
        return tns_error_set(err, TNS_ERROR_FORMAT, "pot P%" PRId64 " is %s, and does not go %s",
                             f->pot, tns_pot_state_name(pot.state),
                             tns_pot_state_name(f->pot_state));
    return left_ul <= (f->pot_state == TNS_POT_CLOSED ? pot.ul : 0) ||
           tns_error_set(err, TNS_ERROR_FORMAT, "pot P%" PRId64 ": %" PRId64 " ul left of %" PRId64,
                         f->pot, left_ul, pot.ul);
}

static bool apply_to_pot(tns_db *db, const tns_entry *entry, const tns_json_at *sets,
                         tns_error *err)
{
    tns_pot pot = {.mixed = entry->time};
    tns_people_facts f = {0};
    tns_visit visit;
    if (!get_state(sets, &f, err) || !tns_sets_get_amount(sets, "left_ul", &pot.left_ul, err))
        return false;
    if (!tns_json_has(sets, "visit"))
        return check_pot_step(db, &f, pot.left_ul, err) &&
               tns_pot_set_state(db, f.pot, f.pot_state, pot.left_ul, err);
    pot.id = f.pot;
    pot.state = f.pot_state;
    return begins(sets, pot.state == TNS_POT_MIXED && pot.left_ul == 0, err) &&
           tns_sets_get_amount(sets, "visit", &pot.visit, err) &&
           tns_sets_get_number(sets, "discard_by", &pot.discard_by, err) &&
           tns_json_get_text(sets, "recipe", pot.recipe, sizeof pot.recipe, err) &&
           tns_facts_are_of_next(db, tns_pot_next_id, "pot P", pot.id, err) &&
           expect_visit(db, pot.visit, &visit, err) && tns_pot_insert(db, &pot, entry->day, err);
}

bool tns_people_apply(tns_db *db, const tns_entry *entry, const tns_json_at *sets, tns_error *err)
{
    return tns_json_has(sets, "order")   ? tns_order_apply(db, entry, sets, err)
           : tns_json_has(sets, "pot")   ? apply_to_pot(db, entry, sets, err)
           : tns_json_has(sets, "visit") ? apply_to_visit(db, entry, sets, err)
                                         : apply_to_client(db, entry, sets, err);
}
