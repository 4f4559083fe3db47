/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/decode/heic_boxes.h"

size_t tns_heic_left(tns_heic_span s)
{
    return (size_t)(s.end - s.at);
}

uint64_t tns_heic_take(tns_heic_span *s, int size)
{
    uint64_t value = 0;
    for (int i = 0; i < size; i++)
        value = value << 8 | (s->at < s->end ? *s->at++ : 0);
    return value;
}

bool tns_heic_take_box(tns_heic_span *s, tns_heic_box *out)
{
    const unsigned char *start = s->at;
    size_t all = tns_heic_left(*s);
    if (all < 8)
        return false;
    uint64_t size = tns_heic_take(s, 4);
    out->type = (uint32_t)tns_heic_take(s, 4);
    if (size == 1)
        size = tns_heic_take(s, 8);
    if (size == 0 || size > all)
        size = all;
    if (size < (size_t)(s->at - start))
        return false;
    out->body = (tns_heic_span){s->at, start + size};
    s->at = start + size;
    return true;
}
