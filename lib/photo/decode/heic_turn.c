/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The boxes pitm, iprp and iref: ISO/IEC 14496-12, 8.11.4, 8.11.12 and 8.11.14. */
#include "photo/decode/heic_turn.h"

#include <stdlib.h>

#include "photo/decode/heic_boxes.h"

/* A phone's photo has some ten properties. No id beyond 16 bit is linked: photo/decode/heic_links.h
 */
enum { PROPERTIES_MOST = 255, IDS = 65536 };

/* What is done to a picture: nothing, 1 to 8 as EXIF has it, or what libheif has to do. */
enum { NOTHING = 0, UPRIGHT = 1, MORE = 9 };

typedef struct turns {
    uint32_t photo;                          /* its id */
    int properties;                          /* their number */
    unsigned char does[PROPERTIES_MOST + 1]; /* each, from 1 on */
    int found, of_photo;                     /* how often it is told, and what */
    bool of_others[IDS];
} turns;

/* Mirrored left to right, then turned by quarters against the clock. */
typedef struct motion {
    int mirrored, quarters;
} motion;

static motion motion_of(int orientation)
{
    static const motion of[] = {[1] = {0, 0}, {1, 0}, {0, 2}, {1, 2},
                                {1, 1},       {0, 3}, {1, 3}, {0, 1}};
    return of[orientation];
}

static int orientation_of(motion m)
{
    static const int of[2][4] = {{1, 8, 3, 6}, {2, 5, 4, 7}};
    return of[m.mirrored][m.quarters];
}

/* One after the other. A turn before a mirror is the opposite turn after it. */
static int both(int first, int next)
{
    if (first == NOTHING || next == NOTHING)
        return first + next;
    if (first == MORE || next == MORE)
        return MORE;
    motion a = motion_of(first), b = motion_of(next);
    int quarters = b.mirrored ? 4 - a.quarters : a.quarters;
    return orientation_of((motion){a.mirrored ^ b.mirrored, (quarters + b.quarters) % 4});
}

/* ISO/IEC 23008-12, 6.5.10 and 6.5.12. */
static int done_by(tns_heic_box property)
{
    int value = (int)tns_heic_take(&property.body, 1);
    switch (property.type) {
    case TNS_HEIC_TYPE('i', 'r', 'o', 't'): /* quarters against the clock */
        return orientation_of((motion){0, value & 3});
    case TNS_HEIC_TYPE('i', 'm', 'i', 'r'): /* 0: top and bottom change places; 1: left and right */
        return value & 1 ? 2 : 4;
    case TNS_HEIC_TYPE('c', 'l', 'a', 'p'):
        return MORE;
    default:
        return NOTHING;
    }
}

/* The box of that type; false where there is none, or a second. */
static bool find_one(tns_heic_span in, uint32_t type, tns_heic_span *out)
{
    int found = 0;
    for (tns_heic_box b; tns_heic_take_box(&in, &b);)
        if (b.type == type) {
            *out = b.body;
            found++;
        }
    return found == 1;
}

static bool take_properties(tns_heic_span list, turns *t)
{
    for (tns_heic_box b; tns_heic_take_box(&list, &b);) {
        if (t->properties == PROPERTIES_MOST)
            return false;
        t->does[++t->properties] = (unsigned char)done_by(b);
    }
    return true;
}

/* In the order of the item's own list, whatever the order of the properties in theirs. */
static int take_list(tns_heic_span *of, bool wide, const turns *t)
{
    int done = NOTHING;
    for (int n = (int)tns_heic_take(of, 1); n > 0; n--) {
        int property = (int)tns_heic_take(of, wide ? 2 : 1) & (wide ? 0x7fff : 0x7f);
        done = both(done, property <= t->properties ? t->does[property] : NOTHING);
    }
    return done;
}

static void take_lists(tns_heic_span lists, turns *t)
{
    uint32_t head = (uint32_t)tns_heic_take(&lists, 4);
    tns_heic_take(&lists, 4); /* how many: up to the end */
    while (tns_heic_left(lists) > 0) {
        uint32_t id = (uint32_t)tns_heic_take(&lists, head >> 24 ? 4 : 2);
        int done = take_list(&lists, head & 1, t);
        if (id == t->photo) {
            t->found++;
            t->of_photo = done;
        } else if (id < IDS) {
            t->of_others[id] |= done > UPRIGHT;
        }
    }
}

/* Whether a picture out of which others are made is turned or cropped itself, or may be. */
static bool has_turned_parts(tns_heic_span meta, const turns *t)
{
    tns_heic_span references = {NULL, NULL};
    if (!find_one(meta, TNS_HEIC_TYPE('i', 'r', 'e', 'f'), &references))
        return references.at != NULL;
    int size = tns_heic_take(&references, 4) >> 24 ? 4 : 2; /* by the version */
    for (tns_heic_box link; tns_heic_take_box(&references, &link);) {
        if (link.type != TNS_HEIC_TYPE('d', 'i', 'm', 'g'))
            continue;
        tns_heic_take(&link.body, size + 2);
        while (tns_heic_left(link.body) > 0) {
            uint64_t part = tns_heic_take(&link.body, size);
            if (part < IDS && t->of_others[part])
                return true;
        }
    }
    return false;
}

static int find_turn(tns_heic_span file, turns *t)
{
    tns_heic_span meta, photo, all, list, lists;
    if (!find_one(file, TNS_HEIC_TYPE('m', 'e', 't', 'a'), &meta))
        return UPRIGHT;
    tns_heic_take(&meta, 4);
    bool found = find_one(meta, TNS_HEIC_TYPE('p', 'i', 't', 'm'), &photo) &&
                 find_one(meta, TNS_HEIC_TYPE('i', 'p', 'r', 'p'), &all) &&
                 find_one(all, TNS_HEIC_TYPE('i', 'p', 'c', 'o'), &list) &&
                 find_one(all, TNS_HEIC_TYPE('i', 'p', 'm', 'a'), &lists);
    if (!found || !take_properties(list, t))
        return UPRIGHT;
    bool wide = tns_heic_take(&photo, 4) >> 24;
    t->photo = (uint32_t)tns_heic_take(&photo, wide ? 4 : 2);
    take_lists(lists, t);
    if (t->found != 1 || t->of_photo == NOTHING || t->of_photo == MORE)
        return UPRIGHT;
    return has_turned_parts(meta, t) ? UPRIGHT : t->of_photo;
}

int tns_heic_turn(const unsigned char *bytes, size_t length)
{
    turns *t = calloc(1, sizeof *t);
    int turn = t ? find_turn((tns_heic_span){bytes, bytes + length}, t) : UPRIGHT;
    free(t);
    return turn;
}
