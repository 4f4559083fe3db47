/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the proportions of a recipe to amounts that a hand can dispense. */
#ifndef SERVICE_SHELF_POT_ROUNDING_H
#define SERVICE_SHELF_POT_ROUNDING_H

#include <tonsure/clinic.h>

/*
 * The ul of each part of a pot of so many, in whole units of the wish, or in microlitres. A drop
 * is of `drop_nl`, of each part its own.
 */
bool tns_pot_measure_out(const tns_pot_wish *wish, const tns_recipe_parts *parts, int64_t ul,
                         const int64_t *drop_nl, tns_pot_need *needs, tns_error *err);

/* What there is to say of it, once it is mixed. `recipe` is as it was given, maybe a match's file.
 */
void tns_pot_doubt_portions(const tns_pot_wish *wish, const char *recipe,
                            const tns_recipe_parts *parts, const int64_t *drop_nl,
                            const tns_pot_need *needs, tns_warnings *warnings);

#endif
