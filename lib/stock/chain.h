/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hash that ties each entry to all before it. Only chain.c knows Nettle. */
#ifndef STOCK_CHAIN_H
#define STOCK_CHAIN_H

#include <tonsure/stock.h>

/* Of an entry, behind one of hash `before` (zeros for the first). */
void tns_chain_hash(const tns_entry *entry, const unsigned char before[TNS_HASH_SIZE],
                    unsigned char out[TNS_HASH_SIZE]);

enum { TNS_HASH_TEXT = 2 * TNS_HASH_SIZE + 1 };
void tns_hash_write(const unsigned char hash[TNS_HASH_SIZE], char out[TNS_HASH_TEXT]);
bool tns_hash_parse(const char *text, unsigned char out[TNS_HASH_SIZE]);

/* Bytes that nobody can guess, of the kernel. */
bool tns_chain_salt(unsigned char out[TNS_HASH_SIZE], tns_error *err);

/*
 * That an entry follows one of number `id` and hash `hash`, which then become its own. Fails with
 * TNS_ERROR_TAMPERED, naming it.
 */
bool tns_chain_follow(const tns_entry *entry, int64_t *id, unsigned char hash[TNS_HASH_SIZE],
                      tns_error *err);

/* "Nettle 3.8". */
void tns_chain_version(char *out, size_t size);

#endif
