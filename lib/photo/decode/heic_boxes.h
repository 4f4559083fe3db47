/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The boxes that a HEIC is made of: ISO/IEC 14496-12, 4.2. */
#ifndef PHOTO_DECODE_HEIC_BOXES_H
#define PHOTO_DECODE_HEIC_BOXES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TNS_HEIC_TYPE(a, b, c, d)                                                                  \
    ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (d))

typedef struct tns_heic_span {
    const unsigned char *at, *end;
} tns_heic_span;

typedef struct tns_heic_box {
    uint32_t type;
    tns_heic_span body;
} tns_heic_box;

/* Bytes. */
size_t tns_heic_left(tns_heic_span s);

/* Big-endian; what is beyond the end is 0. */
uint64_t tns_heic_take(tns_heic_span *s, int size);

/* The box that begins here; what goes beyond the end is cut there. */
bool tns_heic_take_box(tns_heic_span *s, tns_heic_box *out);

#endif
