/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decode/sps.h"

enum { SPS = 33, HEADER = 2, PROFILE_BITS = 88, LEVEL_BITS = 8 };

typedef struct bits {
    const uint8_t *data;
    size_t length, at; /* bytes; bits */
    bool broken;
} bits;

/* After two bytes of 0 a 3 is there for the transport alone (7.4.2). */
static bool is_escape(const bits *b, size_t byte)
{
    return byte >= 2 && b->data[byte] == 3 && b->data[byte - 1] == 0 && b->data[byte - 2] == 0;
}

static unsigned next_bit(bits *b)
{
    if (b->at % 8 == 0 && b->at / 8 < b->length && is_escape(b, b->at / 8))
        b->at += 8;
    if (b->at / 8 >= b->length) {
        b->broken = true;
        return 0;
    }
    unsigned bit = b->data[b->at / 8] >> (7 - b->at % 8) & 1;
    b->at++;
    return bit;
}

static unsigned next_bits(bits *b, int count)
{
    unsigned value = 0;
    while (count-- > 0)
        value = value << 1 | next_bit(b);
    return value;
}

static void skip(bits *b, int count)
{
    while (count-- > 0 && !b->broken)
        next_bit(b);
}

/* ue(v), 9.2: so many zeros, then one bit more than that. */
static uint32_t next_exponential(bits *b)
{
    int zeros = 0;
    while (!b->broken && next_bit(b) == 0)
        zeros++;
    if (zeros > 31)
        b->broken = true;
    return b->broken ? 0 : (1u << zeros) - 1 + next_bits(b, zeros);
}

/* profile_tier_level(), 7.3.3. */
static void skip_profile(bits *b, unsigned more_layers)
{
    unsigned has_profile = 0, has_level = 0;
    skip(b, PROFILE_BITS + LEVEL_BITS);
    for (unsigned i = 0; i < more_layers; i++) {
        has_profile |= next_bit(b) << i;
        has_level |= next_bit(b) << i;
    }
    if (more_layers > 0)
        skip(b, 2 * (8 - (int)more_layers));
    for (unsigned i = 0; i < more_layers; i++)
        skip(b, (has_profile >> i & 1 ? PROFILE_BITS : 0) + (has_level >> i & 1 ? LEVEL_BITS : 0));
}

bool tns_sps_is(const uint8_t *nal, size_t length)
{
    return length > 0 && (nal[0] >> 1 & 63) == SPS;
}

bool tns_sps_size(const uint8_t *nal, size_t length, uint32_t *width, uint32_t *height)
{
    enum { ALL_CHROMA = 3 };
    bits b = {.data = nal, .length = length, .at = 8 * HEADER};
    skip(&b, 4); /* of which video parameter set */
    unsigned more_layers = next_bits(&b, 3);
    skip(&b, 1); /* nesting */
    skip_profile(&b, more_layers);
    next_exponential(&b); /* its number */
    if (next_exponential(&b) == ALL_CHROMA)
        skip(&b, 1); /* planes apart */
    *width = next_exponential(&b);
    *height = next_exponential(&b);
    return !b.broken && more_layers < 7 && *width > 0 && *height > 0;
}
