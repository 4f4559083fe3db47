/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "stock/chain.h"
#include "stock/facts_people.h"
#include "stock/seal.h"

/* Salt and texts as netstrings, like all that the ledger hashes. */
typedef struct plain {
    size_t used;
    unsigned char bytes[TNS_HASH_SIZE + sizeof(tns_client_card) + 16 * (TNS_ALLERGIES_MAX + 2)];
} plain;

static void add(plain *p, const void *bytes, size_t length)
{
    memcpy(p->bytes + p->used, bytes, length);
    p->used += length;
}

static void add_text(plain *p, const char *text)
{
    char length[16];
    tns_text_format(length, sizeof length, "%zu:", strlen(text));
    add(p, length, strlen(length));
    add(p, text, strlen(text));
    add(p, ",", 1);
}

static void digest_of(const tns_client_card *card, const unsigned char salt[TNS_HASH_SIZE],
                      unsigned char out[TNS_HASH_SIZE])
{
    plain p = {0};
    add(&p, salt, TNS_HASH_SIZE);
    add_text(&p, card->name);
    for (size_t i = 0; i < card->allergy_count; i++)
        add_text(&p, card->allergies[i]);
    tns_stock_hash(p.bytes, p.used, out);
}

bool tns_seal_card(tns_operation *o, int64_t client, const tns_client_card *card, tns_entry *entry,
                   tns_error *err)
{
    unsigned char salt[TNS_HASH_SIZE], digest[TNS_HASH_SIZE];
    if (!tns_chain_salt(salt, err))
        return false;
    digest_of(card, salt, digest);
    return tns_facts_of_card(client, digest, entry, err) && tns_operation_enter(o, entry, err) &&
           tns_client_card_put(o->db, client, card, salt, err);
}

static bool check_card(tns_db *db, tns_client *client, int64_t *missing, tns_error *err)
{
    tns_seal seal;
    unsigned char digest[TNS_HASH_SIZE];
    if (!tns_client_card_find(db, client, err) || !tns_client_seal_find(db, client->id, &seal, err))
        return false;
    *missing += !client->has_card && client->erased == TNS_NO_DAY;
    if (!client->has_card || (!seal.has_digest && !seal.has_salt))
        return true;
    digest_of(&client->card, seal.salt, digest);
    return (seal.has_digest && seal.has_salt && memcmp(digest, seal.digest, sizeof digest) == 0) ||
           tns_error_set(err, TNS_ERROR_TAMPERED,
                         "client C%" PRId64 ": its card was changed by other means", client->id);
}

bool tns_seals_check(tns_db *db, int64_t *missing, tns_error *err)
{
    *missing = 0;
    tns_client_list list = {0};
    bool done = tns_client_rows(db, true, &list, err);
    for (size_t i = 0; done && i < list.count; i++)
        done = check_card(db, &list.clients[i], missing, err);
    tns_client_list_finish(&list);
    return done;
}
