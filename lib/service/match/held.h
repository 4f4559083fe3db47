/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person's own limits cost a match. */
#ifndef SERVICE_MATCH_HELD_H
#define SERVICE_MATCH_HELD_H

#include <tonsure/matcher.h>

/* Of each pigment of the palette, what --only and --without say of it. */
typedef struct tns_held_shelf {
    const tns_palette *palette;
    const bool *wanted, *unwanted;
    int *room; /* for as many as the palette */
} tns_held_shelf;

/*
 * Of a match whose target is out of reach: the limit, of those asked for, without which real
 * amounts come clearly nearer; or all of them, where only together they matter. options "" = the
 * shelf itself is short. --never-darker is lifted with each, for real amounts know it not.
 */
void tns_held_find(const tns_match_order *order, const tns_match_request *request,
                   const tns_match *match, const tns_held_shelf *shelf, const tns_context *context,
                   tns_held *out);

#endif
