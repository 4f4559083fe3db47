/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The boxes meta and iref: ISO/IEC 14496-12, 4.2, 8.11.1 and 8.11.12. */
#include "photo/decode/heic_links.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "photo/decode/heic_boxes.h"

/*
 * PARTS_MOST: a grid has up to 256 x 256 tiles. A phone's photo takes 2 steps: its gain map, a grid
 * of tiles. Nobody counts so far that ids beyond 16 bit are needed.
 */
enum { IDS = 65536, STEPS_MOST = 8, PARTS_MOST = 65536 + 256 };

/* How many others have to be decoded for each, as far as it is known and one step further. */
typedef struct parts {
    uint32_t ids; /* up to the highest that is linked */
    uint32_t known[IDS], next[IDS];
} parts;

static void add(parts *p, uint32_t whole, uint32_t part)
{
    uint32_t sum = p->next[whole] + 1 + p->known[part], highest = whole > part ? whole : part;
    p->next[whole] = sum <= PARTS_MOST ? sum : PARTS_MOST + 1;
    if (p->ids <= highest)
        p->ids = highest + 1;
}

/* One picture's links. False when they do not fill their box: whoever reads on finds others. */
static bool take_links(tns_heic_box link, int size, parts *p)
{
    uint64_t from = tns_heic_take(&link.body, size), count = tns_heic_take(&link.body, 2);
    if (tns_heic_left(link.body) != count * (uint64_t)size || from >= IDS)
        return false;
    while (tns_heic_left(link.body) > 0) {
        uint64_t to = tns_heic_take(&link.body, size);
        if (to >= IDS)
            return false;
        if (link.type == TNS_HEIC_TYPE('d', 'i', 'm', 'g')) /* is derived from */
            add(p, (uint32_t)from, (uint32_t)to);
        else if (link.type == TNS_HEIC_TYPE('a', 'u', 'x', 'l')) /* is alpha or the like of */
            add(p, (uint32_t)to, (uint32_t)from);
    }
    return true;
}

static bool take_references(tns_heic_span body, parts *p)
{
    int size = tns_heic_take(&body, 4) >> 24 ? 4 : 2; /* by the version */
    for (tns_heic_box link; tns_heic_left(body) > 0;)
        if (!tns_heic_take_box(&body, &link) || !take_links(link, size, p))
            return false;
    return true;
}

/* All there are: which of several counts is libheif's affair. */
static bool take_all(tns_heic_span file, parts *p)
{
    for (tns_heic_box top; tns_heic_take_box(&file, &top);) {
        if (top.type != TNS_HEIC_TYPE('m', 'e', 't', 'a'))
            continue;
        tns_heic_take(&top.body, 4);
        for (tns_heic_box inner; tns_heic_take_box(&top.body, &inner);)
            if (inner.type == TNS_HEIC_TYPE('i', 'r', 'e', 'f') && !take_references(inner.body, p))
                return false;
    }
    return true;
}

/* One step more of each; *grown tells whether there was one. */
static bool step(tns_heic_span file, parts *p, bool *grown)
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

static bool check(tns_heic_span file, parts *p, const char *name, tns_error *err)
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
    bool ok = check((tns_heic_span){bytes, bytes + length}, p, name, err);
    free(p);
    return ok;
}
