/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cards are in no entry, but of each the ledger has a digest, so that none is changed unseen. It is
 * salted with bytes that stand on the card alone: once the card is erased, with its salt, the
 * digest tells nothing to whoever guesses.
 */
#ifndef STOCK_SEAL_H
#define STOCK_SEAL_H

#include "stock/ledger.h"

/* Puts the card, and enters that it was: `entry` has its kind. */
bool tns_seal_card(tns_operation *o, int64_t client, const tns_client_card *card, tns_entry *entry,
                   tns_error *err);

/*
 * That each card that is there is the one that was put last; TNS_ERROR_TAMPERED, naming the client.
 * A card of a store that was older than digests has none until it is changed; readings have none.
 * Cards that are not there are counted: they may have stayed behind when the ledger was exported.
 */
bool tns_seals_check(tns_db *db, int64_t *missing, tns_error *err);

#endif
