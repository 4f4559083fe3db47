/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The boxes meta and iref: ISO/IEC 14496-12, 4.2, 8.11.1 and 8.11.12. */
#include "photo/decode/heic_links.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/*
 * PARTS_MOST: a grid has up to 256 x 256 tiles. A phone's photo takes 2 steps: its gain map, a grid
 * of tiles. Nobody counts so far that ids beyond 16 bit are needed.
 */
enum { IDS = 65536, STEPS_MOST = 8, PARTS_MOST = 65536 + 256 };

#define TYPE(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (d))

typedef struct span {
    const unsigned char *at, *end;
} span;

typedef struct box {
    uint32_t type;
    span body;
} box;

/* How many others have to be decoded for each, as far as it is known and one step further. */
typedef struct parts {
    uint32_t ids; /* up to the highest that is linked */
    uint32_t known[IDS], next[IDS];
} parts;

static size_t left(span s)
{
    return (size_t)(s.end - s.at);
}

/* Big-endian; what is beyond the end is 0. */
static uint64_t take(span *s, int size)
{
    uint64_t value = 0;
    for (int i = 0; i < size; i++)
        value = value << 8 | (s->at < s->end ? *s->at++ : 0);
    return value;
}

/* The box that begins here; what goes beyond the end is cut there. */
static bool take_box(span *s, box *out)
{
    const unsigned char *start = s->at;
    size_t all = left(*s);
    if (all < 8)
        return false;
    uint64_t size = take(s, 4);
    out->type = (uint32_t)take(s, 4);
    if (size == 1)
        size = take(s, 8);
    if (size == 0 || size > all)
        size = all;
    if (size < (size_t)(s->at - start))
        return false;
    out->body = (span){s->at, start + size};
    s->at = start + size;
    return true;
}

static void add(parts *p, uint32_t whole, uint32_t part)
{
    uint32_t sum = p->next[whole] + 1 + p->known[part], highest = whole > part ? whole : part;
    p->next[whole] = sum <= PARTS_MOST ? sum : PARTS_MOST + 1;
    if (p->ids <= highest)
        p->ids = highest + 1;
}

/* One picture's links. False when they do not fill their box: whoever reads on finds others. */
static bool take_links(box link, int size, parts *p)
{
    uint64_t from = take(&link.body, size), count = take(&link.body, 2);
    if (left(link.body) != count * (uint64_t)size || from >= IDS)
        return false;
    while (left(link.body) > 0) {
        uint64_t to = take(&link.body, size);
        if (to >= IDS)
            return false;
        if (link.type == TYPE('d', 'i', 'm', 'g')) /* is derived from */
            add(p, (uint32_t)from, (uint32_t)to);
        else if (link.type == TYPE('a', 'u', 'x', 'l')) /* is alpha or the like of */
            add(p, (uint32_t)to, (uint32_t)from);
    }
    return true;
}

static bool take_references(span body, parts *p)
{
    int size = take(&body, 4) >> 24 ? 4 : 2; /* by the version */
    for (box link; left(body) > 0;)
        if (!take_box(&body, &link) || !take_links(link, size, p))
            return false;
    return true;
}

/* All there are: which of several counts is libheif's affair. */
static bool take_all(span file, parts *p)
{
    for (box top; take_box(&file, &top);) {
        if (top.type != TYPE('m', 'e', 't', 'a'))
            continue;
        take(&top.body, 4);
        for (box inner; take_box(&top.body, &inner);)
            if (inner.type == TYPE('i', 'r', 'e', 'f') && !take_references(inner.body, p))
                return false;
    }
    return true;
}

/* One step more of each; *grown tells whether there was one. */
static bool step(span file, parts *p, bool *grown)
{
    memset(p->next, 0, p->ids * sizeof *p->next);
    if (!take_all(file, p))
        return false;
    *grown = false;
    for (uint32_t id = 0; id < p->ids; id++) {
        *grown |= p->next[id] != p->known[id];
        p->known[id] = p->next[id];
    }
    return true;
}

static bool is_small(const parts *p)
{
    for (uint32_t id = 0; id < p->ids; id++)
        if (p->known[id] > PARTS_MOST)
            return false;
    return true;
}

static bool check(span file, parts *p, const char *name, tns_error *err)
{
    bool grown = true;
    for (int i = 0; i <= STEPS_MOST && grown; i++)
        if (!step(file, p, &grown))
            return tns_error_set(err, TNS_ERROR_FORMAT,
                                 "%s: broken HEIC: links between its pictures", name);
    if (grown)
        return tns_error_set(err, TNS_ERROR_FORMAT, "%s: broken HEIC: a picture is made of itself",
                             name);
    return is_small(p) ||
           tns_error_set(err, TNS_ERROR_UNSUPPORTED,
                         "%s: a HEIC of over %d parts; export the photo as JPEG", name, PARTS_MOST);
}

bool tns_heic_check_links(const unsigned char *bytes, size_t length, const char *name,
                          tns_error *err)
{
    parts *p = calloc(1, sizeof *p);
    if (!p)
        return tns_error_set(err, TNS_ERROR_MEMORY, "%s: out of memory", name);
    bool ok = check((span){bytes, bytes + length}, p, name, err);
    free(p);
    return ok;
}
