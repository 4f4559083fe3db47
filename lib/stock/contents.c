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

void tns_product_doubt_label(const tns_product *p, tns_warnings *warnings)
{
    if (p->kind == TNS_PRODUCT_PIGMENT && p->states == TNS_LABEL_STATES_NOTHING)
        tns_warn(warnings,
                 "the label of %s does not say \"Mixture for use in tattoos or permanent "
                 "make-up\": such an ink must not be used in the European Union",
                 p->id);
}
