/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A DNG of one uncompressed strip, after the Digital Negative Specification 1.4. */
#include <stdlib.h>
#include <string.h>

#include "photo/files.h"
#include "support/testing.h"

enum { BYTE = 1, ASCII = 2, SHORT = 3, LONG = 4, RATIONAL = 5, SRATIONAL = 10, ENTRIES_MAX = 40 };

/* A directory being written; values of over four bytes follow it. */
typedef struct directory {
    unsigned char *file;
    size_t entries, tail; /* `tail`: where the next long value goes */
} directory;

static const int size_of[] = {0, 1, 1, 2, 4, 8, 0, 0, 0, 0, 8};

/* `numbers` of the type; rationals are in millionths. */
static void put(directory *d, unsigned tag, int type, const double *numbers, size_t count)
{
    unsigned char *entry = d->file + 10 + 12 * d->entries++;
    size_t size = (size_t)size_of[type], total = size * count;
    unsigned char *to = total <= 4 ? entry + 8 : d->file + d->tail;
    ck_assert(d->entries <= ENTRIES_MAX);
    put_le(entry, tag, 2);
    put_le(entry + 2, (uint32_t)type, 2);
    put_le(entry + 4, (uint32_t)count, 4);
    if (total > 4) {
        put_le(entry + 8, (uint32_t)d->tail, 4);
        d->tail += total + total % 2;
    }
    for (size_t i = 0; i < count; i++, to += size) {
        bool is_ratio = type == RATIONAL || type == SRATIONAL;
        put_le(to, (uint32_t)(int32_t)lround(is_ratio ? 1e6 * numbers[i] : numbers[i]),
               is_ratio ? 4 : (int)size);
        if (is_ratio)
            put_le(to + 4, 1000000, 4);
    }
}

static void put_one(directory *d, unsigned tag, int type, double number)
{
    put(d, tag, type, &number, 1);
}

static void put_text(directory *d, unsigned tag, const char *text)
{
    double codes[32] = {0};
    for (size_t i = 0; text[i]; i++)
        codes[i] = text[i];
    put(d, tag, ASCII, codes, strlen(text) + 1);
}

static void put_tags(directory *d, const picture *p, const dng_kind *kind, size_t strip_at,
                     size_t strip_size)
{
    static const double bits[] = {16, 16, 16}, version[] = {1, 4, 0, 0}, pattern[] = {0, 1, 1, 2};
    static const double square[] = {2, 2};
    double black[3] = {kind->black, kind->black, kind->black};
    double white[3] = {kind->white, kind->white, kind->white};
    size_t samples = kind->is_bayer ? 1 : 3;
    put_one(d, 254, LONG, 0);
    put_one(d, 256, LONG, p->width);
    put_one(d, 257, LONG, p->height);
    put(d, 258, SHORT, bits, samples);
    put_one(d, 259, SHORT, 1);
    put_one(d, 262, SHORT, kind->is_bayer ? 32803 : 34892);
    put_text(d, 271, "Tonsure");
    put_text(d, 272, "Test");
    put_one(d, 273, LONG, (double)strip_at);
    put_one(d, 274, SHORT, p->orientation ? p->orientation : 1);
    put_one(d, 277, SHORT, (double)samples);
    put_one(d, 278, LONG, p->height);
    put_one(d, 279, LONG, (double)strip_size);
    put_one(d, 284, SHORT, 1);
    if (kind->is_bayer) {
        put(d, 33421, SHORT, square, 2);
        put(d, 33422, BYTE, pattern, 4);
    }
    put(d, 50706, BYTE, version, 4);
    put_text(d, 50708, "Tonsure Test");
    put(d, 50714, LONG, black, samples);
    put(d, 50717, LONG, white, samples);
    put(d, 50721, SRATIONAL, kind->matrix, 9);
    put(d, 50728, RATIONAL, kind->neutral, 3);
    put_one(d, 50778, SHORT, 21); /* D65 */
}

bytes dng_of(const picture *p, const dng_kind *kind)
{
    const size_t head = 8 + 2 + 12 * ENTRIES_MAX + 4 + 512;
    size_t n = (size_t)p->width * (size_t)p->height, samples = kind->is_bayer ? 1 : 3;
    bytes out = {calloc(1, head + 2 * n * samples), head + 2 * n * samples};
    ck_assert(out.data != NULL);
    directory d = {out.data, 0, 8 + 2 + 12 * ENTRIES_MAX + 4};
    memcpy(out.data, "II*\0\x08\0\0\0", 8);
    put_tags(&d, p, kind, head, 2 * n * samples);
    ck_assert(d.tail <= head);
    put_le(out.data + 8, (uint32_t)d.entries, 2);
    const uint16_t *from = p->data;
    unsigned char *to = out.data + head;
    for (size_t i = 0; i < n; i++) {
        size_t x = i % (size_t)p->width, y = i / (size_t)p->width;
        if (kind->is_bayer)
            to += put_le(to, from[3 * i + x % 2 + y % 2], 2);
        for (int c = 0; c < 3 && !kind->is_bayer; c++)
            to += put_le(to, from[3 * i + (size_t)c], 2);
    }
    return out;
}
