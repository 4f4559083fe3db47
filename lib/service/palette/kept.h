/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mixes that are kept to learn from: from what a person has, and into what learns. */
#ifndef SERVICE_PALETTE_KEPT_H
#define SERVICE_PALETTE_KEPT_H

#include <tonsure/learn.h>

#include "service/parts.h"

/* What a person made and read, as a mix to keep; `id` and `time` are the caller's. */
bool tns_kept_from_recipe(const tns_palette *palette, const tns_learn_order *order,
                          const tns_reading *measured, tns_kept_mix *out, tns_error *err);

/* The pot of a tonsure/correct/1 file. */
bool tns_kept_from_correction(const tns_palette *palette, const char *path, tns_kept_mix *out,
                              tns_error *err);

/* Appends a mix, whose id must be new. */
bool tns_kept_add(tns_kept_mixes *mixes, const tns_kept_mix *mix, tns_error *err);

/* Removes one by its id. */
bool tns_kept_forget(tns_kept_mixes *mixes, const char *id, tns_error *err);

/*
 * The mixes by a palette's indices; as many as are kept. `viewings` has as many too, for readings
 * of colors alone.
 */
bool tns_kept_as_mixes(const tns_palette *palette, const tns_kept_mixes *kept,
                       tns_viewing *viewings, tns_mix *out, tns_error *err);

#endif
