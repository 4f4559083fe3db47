/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a palette was taught, in the folder beside it ("mine.learned" of "mine.json"): base.json, as
 * it was before anything was learned; mixes.json; and 1.json, 2.json, .. as it was learned.
 */
#ifndef SERVICE_PALETTE_TAUGHT_H
#define SERVICE_PALETTE_TAUGHT_H

#include "service/palette/kept.h"

typedef struct tns_taught {
    char path[512]; /* of the palette itself */
    char folder[TNS_PATH_SIZE];
    int version;       /* the last one written; 0 = none */
    tns_palette *base; /* NULL = nothing was learned */
    tns_palette *last; /* as last learned; NULL = nothing was */
    tns_kept_mixes kept;
} tns_taught;

/* All that there is beside the palette at `path`; finish it in every case. */
bool tns_taught_load(tns_taught *taught, tns_error *err);

/*
 * Base, mixes and (NULL = it stays) the palette, which is the next version where it was `learned`.
 * The palette last: whatever stops this before leaves it as it was. With `dry_run` no more than
 * what that would fail on.
 */
bool tns_taught_save(const tns_taught *taught, const tns_palette *base, const tns_palette *palette,
                     bool learned, bool dry_run, tns_error *err);

void tns_taught_finish(tns_taught *taught);

#endif
