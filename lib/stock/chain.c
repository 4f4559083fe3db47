/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is hashed is plain text that any program can put together again: the fields one after the
 * other as netstrings (D. J. Bernstein, 1997), "5:hello,", so that nothing can move from one field
 * into the next. docs/shelf.md has their order.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include <nettle/sha2.h>
#include <nettle/version.h>

#include <tonsure/visit.h>

#include "base/text.h"
#include "stock/chain.h"

_Static_assert(TNS_HASH_SIZE == SHA256_DIGEST_SIZE, "a hash is SHA-256");

bool tns_chain_salt(unsigned char out[TNS_HASH_SIZE], tns_error *err)
{
    return getentropy(out, TNS_HASH_SIZE) == 0 ||
           tns_error_set(err, TNS_ERROR_UNSUPPORTED, "stock: the system gives no random bytes: %s",
                         strerror(errno));
}

/* The text that is hashed: fifteen netstrings of fields that all have their limits. */
typedef struct plain {
    size_t used;
    char text[2048];
} plain;

_Static_assert(sizeof(tns_entry) + 15 * 32 + 2 * TNS_HASH_SIZE < sizeof((plain *)0)->text,
               "all of an entry has room");

static void add_bytes(plain *p, const char *bytes, size_t length)
{
    if (length >= 1000)
        p->text[p->used++] = (char)('0' + length / 1000);
    if (length >= 100)
        p->text[p->used++] = (char)('0' + length / 100 % 10);
    if (length >= 10)
        p->text[p->used++] = (char)('0' + length / 10 % 10);
    p->text[p->used++] = (char)('0' + length % 10);
    p->text[p->used++] = ':';
    memcpy(p->text + p->used, bytes, length);
    p->used += length;
    p->text[p->used++] = ',';
}

static void add_text(plain *p, const char *text)
{
    add_bytes(p, text, strlen(text));
}

static void add_integer(plain *p, int64_t value)
{
    char digits[TNS_DECIMAL_TEXT], *end = digits + sizeof digits, *at = end;
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do
        *--at = (char)('0' + left % 10);
    while (left /= 10);
    if (value < 0)
        *--at = '-';
    add_bytes(p, at, (size_t)(end - at));
}

static void add_day(plain *p, tns_day day)
{
    char text[TNS_DAY_TEXT];
    tns_day_write(day, text);
    add_text(p, text);
}

void tns_chain_hash(const tns_entry *e, const unsigned char before[TNS_HASH_SIZE],
                    unsigned char out[TNS_HASH_SIZE])
{
    char hex[TNS_HASH_TEXT];
    plain p = {.used = 0};
    tns_hash_write(before, hex);
    add_text(&p, hex);
    add_integer(&p, e->id);
    add_integer(&p, e->operation);
    add_integer(&p, e->time);
    add_integer(&p, e->recorded);
    add_day(&p, e->day);
    add_text(&p, e->actor);
    add_text(&p, tns_entry_kind_name(e->kind));
    add_text(&p, e->product);
    add_integer(&p, e->lot);
    add_integer(&p, e->bottle);
    add_integer(&p, e->amount);
    add_text(&p, e->reason);
    add_integer(&p, e->undoes);
    add_text(&p, e->sets);
    tns_stock_hash(p.text, p.used, out);
}

void tns_hash_write(const unsigned char hash[TNS_HASH_SIZE], char out[TNS_HASH_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < TNS_HASH_SIZE; i++) {
        out[2 * i] = digits[hash[i] >> 4];
        out[2 * i + 1] = digits[hash[i] & 15];
    }
    out[TNS_HASH_TEXT - 1] = '\0';
}

/* Beyond 15 for what is no digit. */
static unsigned digit_of(char c)
{
    unsigned digit = (unsigned char)c - (unsigned)'0', letter = (unsigned char)c - (unsigned)'a';
    return digit < 10 ? digit : letter < 6 ? letter + 10 : 16;
}

/* Looked at whole, whatever is in it: of which kind the next digit is nothing foretells. */
bool tns_hash_parse(const char *text, unsigned char out[TNS_HASH_SIZE])
{
    unsigned all = 0;
    if (strlen(text) != TNS_HASH_TEXT - 1)
        return false;
    for (int i = 0; i < TNS_HASH_SIZE; i++) {
        unsigned high = digit_of(text[2 * i]), low = digit_of(text[2 * i + 1]);
        all |= high | low;
        out[i] = (unsigned char)(high << 4 | low);
    }
    return all < 16;
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
    snprintf(out, size, "Nettle %d.%d", nettle_version_major(), nettle_version_minor());
}

void tns_stock_hash(const void *bytes, size_t length, unsigned char out[TNS_HASH_SIZE])
{
    struct sha256_ctx sha;
    sha256_init(&sha);
    sha256_update(&sha, length, bytes);
    sha256_digest(&sha, SHA256_DIGEST_SIZE, out);
}
