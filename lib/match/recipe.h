/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From whole numbers to what a person mixes and reads. */
#ifndef MATCH_RECIPE_H
#define MATCH_RECIPE_H

#include "match/support.h"
#include "match/toplist.h"

/* All of the recipe but the rounding loss. */
void tns_recipe_fill(const tns_problem *problem, const tns_match_request *request,
                     const tns_pick *pick, tns_recipe *out);

/* What it looks like, and how far from the target. */
void tns_recipe_fill_colors(const tns_problem *problem, const tns_match_request *request,
                            const tns_coefficients *mix, tns_recipe *out);

void tns_blend_fill(const tns_problem *problem, const tns_support *support, tns_blend *out);

#endif
