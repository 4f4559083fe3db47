/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clients: a number in the ledger, and a card that can be erased. */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "stock/card.h"
#include "stock/facts_people.h"
#include "stock/named.h"
#include "stock/seal.h"

/* ---- what is there ---- */

bool tns_expect_client(tns_db *db, int64_t id, tns_client *out, tns_error *err)
{
    bool found;
    return tns_client_row(db, id, out, &found, err) &&
           (found || tns_error_set(err, TNS_ERROR_NO_SUCH, "there is no client C%" PRId64, id));
}

bool tns_expect_nameless(const tns_operation *o, int64_t id, tns_error *err)
{
    tns_client client = {.id = id};
    const char *const told[] = {o->act->override, tns_act_reason(o->act)};
    if (id == 0)
        return true;
    if (!tns_expect_client(o->db, id, &client, err) || !tns_client_card_find(o->db, &client, err))
        return false;
    for (size_t i = 0; i < 2; i++)
        if (told[i] && tns_text_names(told[i], client.card.name))
            return tns_error_set(err, TNS_ERROR_USAGE,
                                 "the reason has the client's name in it, and a reason stays when "
                                 "a client is erased: write C%" PRId64 " in its place",
                                 id);
    return true;
}

bool tns_client_find(tns_stock *stock, int64_t id, tns_client *out, tns_error *err)
{
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done =
        tns_expect_client(stock->db, id, out, err) && tns_client_card_find(stock->db, out, err);
    tns_db_rollback(stock->db);
    return done;
}

bool tns_client_list_all(tns_stock *stock, bool with_erased, tns_client_list *out, tns_error *err)
{
    *out = (tns_client_list){0};
    if (!tns_db_begin_reading(stock->db, err))
        return false;
    bool done = tns_client_rows(stock->db, with_erased, out, err);
    for (size_t i = 0; done && i < out->count; i++)
        done = tns_client_card_find(stock->db, &out->clients[i], err);
    tns_db_rollback(stock->db);
    return done;
}

/* ---- the card ---- */

static bool add_it(tns_operation *o, const tns_client_card *card, tns_error *err)
{
    int64_t id;
    tns_entry entry = {.kind = TNS_ENTRY_CLIENT};
    if (!tns_client_next_id(o->db, &id, err))
        return false;
    o->out->made.client = id;
    return tns_seal_card(o, id, card, &entry, err);
}

bool tns_client_add(tns_stock *stock, const tns_client_card *card, const tns_stock_act *act,
                    tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    tns_client_card tidy;
    memset(out, 0, sizeof *out);
    return tns_client_card_tidy(card, &tidy, err) &&
           tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, add_it(&o, &tidy, err), err);
}

static bool set_card(tns_operation *o, int64_t id, const tns_client_card *card, tns_error *err)
{
    tns_client client;
    tns_entry entry = {.kind = TNS_ENTRY_CARD};
    if (!tns_expect_client(o->db, id, &client, err))
        return false;
    if (client.erased != TNS_NO_DAY)
        return tns_error_set(err, TNS_ERROR_CONFLICT, "client C%" PRId64 " was erased", id);
    o->out->made.client = id;
    return tns_seal_card(o, id, card, &entry, err);
}

bool tns_client_set_card(tns_stock *stock, int64_t id, const tns_client_card *card,
                         const tns_stock_act *act, tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    tns_client_card tidy;
    memset(out, 0, sizeof *out);
    return tns_client_card_tidy(card, &tidy, err) &&
           tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, set_card(&o, id, &tidy, err), err);
}

static bool change_words(tns_client_card *card, const tns_client_card_change *change,
                         tns_error *err)
{
    if (change->none)
        card->allergy_count = 0;
    for (size_t i = 0; i < change->fewer; i++)
        if (!tns_client_card_drop_allergy(card, change->fewer_words[i], err))
            return false;
    for (size_t i = 0; i < change->more; i++)
        if (!tns_client_card_add_allergy(card, change->more_words[i], err))
            return false;
    return true;
}

static bool change_card(tns_operation *o, int64_t id, const tns_client_card_change *change,
                        tns_error *err)
{
    tns_client client;
    if (!tns_expect_client(o->db, id, &client, err) || !tns_client_card_find(o->db, &client, err))
        return false;
    if (!client.has_card && client.erased == TNS_NO_DAY && !change->none)
        return tns_error_set(err, TNS_ERROR_CONFLICT,
                             "C%" PRId64 " has a card that is not in this store, and may have more "
                             "on it: stock import --cards brings it; --no-allergies, with each "
                             "--allergy beside it, begins it anew",
                             id);
    tns_client_card tidy, *card = &client.card;
    if (change->name && !tns_text_copy(card->name, sizeof card->name, change->name))
        return tns_error_set(err, TNS_ERROR_USAGE, "name: longer than %zu bytes",
                             sizeof card->name - 1);
    if (!change_words(card, change, err) || !tns_client_card_tidy(card, &tidy, err) ||
        !set_card(o, id, &tidy, err))
        return false;
    if (change->more > 0)
        tns_client_card_doubt(&tidy, &o->out->warnings);
    return true;
}

bool tns_client_change(tns_stock *stock, int64_t id, const tns_client_card_change *change,
                       const tns_stock_act *act, tns_stock_change *out, tns_error *err)
{
    tns_operation o;
    return tns_operation_begin(&o, stock, act, out, err) &&
           tns_operation_end(&o, change_card(&o, id, change, err), err);
}

/* ---- erasing ---- */

static bool cancel_bookings(tns_operation *o, int64_t client, tns_error *err)
{
    tns_visit_list booked = {0};
    const tns_visit_question question = {.client = client, .states = 1u << TNS_VISIT_BOOKED};
    bool done = tns_visit_rows(o->db, &question, &booked, err);
    for (size_t i = 0; done && i < booked.count; i++) {
        tns_entry entry = {.kind = TNS_ENTRY_VISIT, .reason = "the client was erased"};
        done = tns_facts_visit_state(booked.visits[i].id, TNS_VISIT_CANCELLED, TNS_VISIT_BOOKED,
                                     &entry, err) &&
               tns_operation_append(o, &entry, err);
    }
    tns_visit_list_finish(&booked);
    return done;
}

/* One that is erased already is left at that. */
static bool erase_it(tns_operation *o, int64_t id, tns_error *err)
{
    tns_client client;
    tns_entry entry = {.kind = TNS_ENTRY_ERASE};
    if (!tns_expect_client(o->db, id, &client, err))
        return false;
    o->out->made.client = id;
    return client.erased != TNS_NO_DAY ||
           (tns_expect_nameless(o, id, err) && cancel_bookings(o, id, err) &&
            tns_facts_of_erasure(id, &entry, err) && tns_operation_enter(o, &entry, err) &&
            tns_client_card_remove(o->db, id, err));
}

bool tns_client_erase(tns_stock *stock, int64_t id, const tns_stock_act *act, tns_stock_change *out,
                      tns_error *err)
{
    tns_operation o;
    memset(out, 0, sizeof *out);
    if (act && act->on != TNS_NO_DAY)
        return tns_error_set(err, TNS_ERROR_USAGE, "erase: what is erased is so from today");
    if (!tns_operation_begin(&o, stock, act, out, err) ||
        !tns_operation_end(&o, erase_it(&o, id, err), err))
        return false;
    return !out->written || tns_db_wipe(stock->db, err) ||
           tns_error_prefix(err,
                            "C%" PRId64 " is erased, but not wiped from the file: erase it "
                            "again",
                            id);
}
