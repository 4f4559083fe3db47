/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is hashed is plain text that any program can put together again: the fields one after the
 * other as netstrings (D. J. Bernstein, 1997), "5:hello,", so that nothing can move from one field
 * into the next. docs/shelf.md has their order.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include <tonsure/visit.h>

#include "stock/chain.h"

_Static_assert(TNS_HASH_SIZE == crypto_hash_sha256_BYTES, "a hash is SHA-256");

bool tns_chain_init(void)
{
    return sodium_init() >= 0;
}

static void add_text(crypto_hash_sha256_state *state, const char *text)
{
    char head[24];
    size_t length = strlen(text);
    int n = snprintf(head, sizeof head, "%zu:", length);
    crypto_hash_sha256_update(state, (const unsigned char *)head, (size_t)n);
    crypto_hash_sha256_update(state, (const unsigned char *)text, length);
    crypto_hash_sha256_update(state, (const unsigned char *)",", 1);
}

static void add_integer(crypto_hash_sha256_state *state, int64_t value)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, value);
    add_text(state, digits);
}

static void add_day(crypto_hash_sha256_state *state, tns_day day)
{
    char text[TNS_DAY_TEXT];
    tns_day_write(day, text);
    add_text(state, text);
}

void tns_chain_hash(const tns_entry *e, const unsigned char before[TNS_HASH_SIZE],
                    unsigned char out[TNS_HASH_SIZE])
{
    char hex[TNS_HASH_TEXT];
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    tns_hash_write(before, hex);
    add_text(&state, hex);
    add_integer(&state, e->id);
    add_integer(&state, e->operation);
    add_integer(&state, e->time);
    add_integer(&state, e->recorded);
    add_day(&state, e->day);
    add_text(&state, e->actor);
    add_text(&state, tns_entry_kind_name(e->kind));
    add_text(&state, e->product);
    add_integer(&state, e->lot);
    add_integer(&state, e->bottle);
    add_integer(&state, e->amount);
    add_text(&state, e->reason);
    add_integer(&state, e->undoes);
    add_text(&state, e->sets);
    crypto_hash_sha256_final(&state, out);
}

void tns_hash_write(const unsigned char hash[TNS_HASH_SIZE], char out[TNS_HASH_TEXT])
{
    sodium_bin2hex(out, TNS_HASH_TEXT, hash, TNS_HASH_SIZE);
}

bool tns_hash_parse(const char *text, unsigned char out[TNS_HASH_SIZE])
{
    size_t length = 0;
    return strlen(text) == TNS_HASH_TEXT - 1 &&
           sodium_hex2bin(out, TNS_HASH_SIZE, text, TNS_HASH_TEXT - 1, NULL, &length, NULL) == 0 &&
           length == TNS_HASH_SIZE;
}

bool tns_chain_follow(const tns_entry *entry, int64_t *id, unsigned char hash[TNS_HASH_SIZE],
                      tns_error *err)
{
    unsigned char right[TNS_HASH_SIZE];
    if (entry->id != *id + 1)
        return tns_error_set(err, TNS_ERROR_TAMPERED,
                             "entry %" PRId64 " is missing: behind %" PRId64 " comes %" PRId64,
                             *id + 1, *id, entry->id);
    tns_chain_hash(entry, hash, right);
    if (memcmp(right, entry->hash, sizeof right) != 0)
        return tns_error_set(err, TNS_ERROR_TAMPERED,
                             "entry %" PRId64 " is not what was written: its hash does not fit",
                             entry->id);
    *id = entry->id;
    memcpy(hash, right, sizeof right);
    return true;
}

void tns_chain_version(char *out, size_t size)
{
    snprintf(out, size, "libsodium %s", sodium_version_string());
}

void tns_stock_hash(const void *bytes, size_t length, unsigned char out[TNS_HASH_SIZE])
{
    crypto_hash_sha256(out, bytes, length);
}
