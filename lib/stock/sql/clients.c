/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clients, who are in the ledger, and their cards, which are not. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "stock/sql/people.h"

static const char insert_client[] = "INSERT INTO client (id, since) VALUES (?1, ?2)";
static const char set_erased[] = "UPDATE client SET erased = ?2, card = NULL WHERE id = ?1";
static const char set_digest[] = "UPDATE client SET card = ?2 WHERE id = ?1";
static const char next_client[] = "SELECT coalesce(max(id), 0) + 1 FROM client";
static const char find_client[] = "SELECT id, since, erased FROM client WHERE id = ?1";
static const char all_clients[] = "SELECT id, since, erased FROM client ORDER BY id";
static const char there_clients[] =
    "SELECT id, since, erased FROM client WHERE erased IS NULL ORDER BY id";

bool tns_client_insert(tns_db *db, int64_t id, tns_day since, tns_error *err)
{
    const tns_value values[] = {tns_integer(id), tns_integer(since)};
    return tns_db_run(db, insert_client, values, 2, err);
}

bool tns_client_set_erased(tns_db *db, int64_t id, tns_day erased, tns_error *err)
{
    const tns_value values[] = {tns_integer(id), tns_integer_or_null(erased)};
    return tns_db_change(db, set_erased, values, 2, "client C", id, err);
}

bool tns_client_set_digest(tns_db *db, int64_t id, const unsigned char digest[TNS_HASH_SIZE],
                           tns_error *err)
{
    const tns_value values[] = {tns_integer(id), tns_bytes(digest, TNS_HASH_SIZE)};
    return tns_db_change(db, set_digest, values, 2, "client C", id, err);
}

bool tns_client_next_id(tns_db *db, int64_t *out, tns_error *err)
{
    return tns_db_number(db, next_client, NULL, 0, out, err);
}

static void read_client(const tns_query *q, tns_client *client)
{
    memset(client, 0, sizeof *client);
    client->id = tns_query_integer(q, 0);
    client->since = (tns_day)tns_query_integer(q, 1);
    client->erased = (tns_day)tns_query_integer(q, 2);
}

bool tns_client_row(tns_db *db, int64_t id, tns_client *out, bool *found, tns_error *err)
{
    const tns_value value = tns_integer(id);
    tns_query *query = tns_db_ask(db, find_client, &value, 1, err);
    bool done = query != NULL;
    *found = tns_query_row(query, &done, err);
    if (*found)
        read_client(query, out);
    tns_query_end(query);
    return done;
}

bool tns_client_rows(tns_db *db, bool with_erased, tns_client_list *list, tns_error *err)
{
    tns_query *query = tns_db_ask(db, with_erased ? all_clients : there_clients, NULL, 0, err);
    bool done = query != NULL;
    while (tns_query_row(query, &done, err)) {
        tns_client *one = tns_list_grow(&list->clients, &list->count, sizeof *one);
        if (one)
            read_client(query, one);
        else
            done = tns_error_set(err, TNS_ERROR_MEMORY, "clients: out of memory");
    }
    tns_query_end(query);
    return done;
}

/* ---- cards ---- */

static const char put_card[] = "INSERT INTO card (client, name, salt) VALUES (?1, ?2, ?3)"
                               " ON CONFLICT (client) DO UPDATE SET name = excluded.name,"
                               " salt = excluded.salt";
static const char find_seal[] = "SELECT c.card, k.salt FROM client c"
                                " LEFT JOIN card k ON k.client = c.id WHERE c.id = ?1";
static const char find_card[] = "SELECT name FROM card WHERE client = ?1";
static const char remove_card[] = "DELETE FROM card WHERE client = ?1";
static const char put_allergy[] = "INSERT INTO allergy (client, place, word) VALUES (?1, ?2, ?3)";
static const char find_allergies[] = "SELECT word FROM allergy WHERE client = ?1 ORDER BY place";
static const char remove_allergies[] = "DELETE FROM allergy WHERE client = ?1";
static const char remove_readings[] =
    "DELETE FROM reading WHERE visit IN (SELECT id FROM visit WHERE client = ?1)";
static const char card_of_erased[] =
    "SELECT c.id FROM client c WHERE c.erased IS NOT NULL AND (EXISTS (SELECT 1 FROM card k"
    " WHERE k.client = c.id) OR EXISTS (SELECT 1 FROM reading r JOIN visit v ON v.id = r.visit"
    " WHERE v.client = c.id)) LIMIT 1";

bool tns_client_card_put(tns_db *db, int64_t client, const tns_client_card *card,
                         const unsigned char salt[TNS_HASH_SIZE], tns_error *err)
{
    const tns_value values[] = {tns_integer(client), tns_text_value(card->name),
                                salt ? tns_bytes(salt, TNS_HASH_SIZE)
                                     : (tns_value){.kind = TNS_VALUE_NULL}};
    bool done = tns_db_run(db, put_card, values, 3, err) &&
                tns_db_run(db, remove_allergies, values, 1, err);
    for (size_t i = 0; done && i < card->allergy_count; i++) {
        const tns_value allergy[] = {values[0], tns_integer((int64_t)i + 1),
                                     tns_text_value(card->allergies[i])};
        done = tns_db_run(db, put_allergy, allergy, 3, err);
    }
    return done;
}

static bool find_words(tns_db *db, const tns_value *client, tns_client_card *card, tns_error *err)
{
    tns_query *query = tns_db_ask(db, find_allergies, client, 1, err);
    bool done = query != NULL;
    while (card->allergy_count < TNS_ALLERGIES_MAX && tns_query_row(query, &done, err))
        tns_query_text(query, 0, card->allergies[card->allergy_count++], TNS_ALLERGY_SIZE);
    tns_query_end(query);
    return done;
}

bool tns_client_card_find(tns_db *db, tns_client *client, tns_error *err)
{
    const tns_value value = tns_integer(client->id);
    memset(&client->card, 0, sizeof client->card);
    tns_query *query = tns_db_ask(db, find_card, &value, 1, err);
    bool done = query != NULL;
    client->has_card = tns_query_row(query, &done, err);
    if (client->has_card)
        tns_query_text(query, 0, client->card.name, sizeof client->card.name);
    tns_query_end(query);
    return done && (!client->has_card || find_words(db, &value, &client->card, err));
}

bool tns_client_seal_find(tns_db *db, int64_t client, tns_seal *out, tns_error *err)
{
    const tns_value value = tns_integer(client);
    memset(out, 0, sizeof *out);
    tns_query *query = tns_db_ask(db, find_seal, &value, 1, err);
    bool done = query != NULL;
    if (tns_query_row(query, &done, err)) {
        out->has_digest = !tns_query_is_null(query, 0);
        out->has_salt = !tns_query_is_null(query, 1);
        tns_query_bytes(query, 0, out->digest, sizeof out->digest);
        tns_query_bytes(query, 1, out->salt, sizeof out->salt);
    }
    tns_query_end(query);
    return done;
}

bool tns_client_card_remove(tns_db *db, int64_t client, tns_error *err)
{
    const tns_value value = tns_integer(client);
    return tns_db_run(db, remove_readings, &value, 1, err) &&
           tns_db_run(db, remove_allergies, &value, 1, err) &&
           tns_db_run(db, remove_card, &value, 1, err);
}

bool tns_client_card_of_erased(tns_db *db, int64_t *out, tns_error *err)
{
    return tns_db_number(db, card_of_erased, NULL, 0, out, err);
}
