/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which pots are of one shade, whatever their recipes call its parts. */
#ifndef STOCK_SHADE_H
#define STOCK_SHADE_H

#include <tonsure/pot.h>
#include <tonsure/visit.h>

/*
 * The parts of the pot's recipe by what the bottles are that were taken: a product's id becomes its
 * pigment's, and any name of a diluent "diluent". No parts of a recipe that is none.
 */
void tns_shade_of_pot(const tns_pot *pot, tns_recipe_parts *out);

/* The same names in the same ratios: carbon-black=1,diluent=14 and diluent=42,carbon-black=3. */
bool tns_shade_is_same(const tns_recipe_parts *one, const tns_recipe_parts *other);

#endif
