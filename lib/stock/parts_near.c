/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names on the shelf that a part of a recipe may have meant. */
#include "base/near.h"
#include "stock/ledger.h"

/* What is asked for, and what is near it. */
typedef struct offering {
    tns_db *db;
    const char *word;
    tns_near near;
} offering;

static bool offer(void *user, const char *id, tns_error *err)
{
    offering *to = user;
    bool found;
    tns_product product;
    if (!tns_product_find(to->db, id, &product, &found, err))
        return false;
    if (found && !product.pieces && !product.retired) {
        tns_near_offer(&to->near, to->word, id);
        tns_near_offer(&to->near, to->word, product.pigment);
    }
    return true;
}

bool tns_parts_near(tns_db *db, const char *word, char *text, size_t size, tns_error *err)
{
    offering to = {.db = db, .word = word};
    bool done = tns_product_walk(db, offer, &to, err);
    tns_near_write(&to.near, text, size);
    return done;
}
