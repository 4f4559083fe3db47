/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stock/contents.h"

#include "pigment/allergen.h"

bool tns_product_holds(const tns_product *p, const tns_pigment *known, const char *word, char *why,
                       size_t size)
{
    const tns_contents label = {p->id, p->color_index_count, p->ingredient_count, p->color_index,
                                p->ingredients};
    if (tns_contents_hold(&label, word, why, size))
        return true;
    if (!known)
        return false;
    const tns_contents of_pigment = {known->name, known->color_index_count, known->ingredient_count,
                                     known->color_index, known->ingredients};
    return tns_contents_hold(&of_pigment, word, why, size);
}
