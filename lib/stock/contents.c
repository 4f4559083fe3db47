/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stock/contents.h"

#include <string.h>

#include "base/near.h"
#include "base/text.h"
#include "pigment/allergen.h"
#include "pigment/substance.h"

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

static bool is_near(const char *word, const char *name)
{
    char read[TNS_WORD_SIZE], told[TNS_WORD_SIZE];
    tns_near near = {0};
    tns_word_kind kind = tns_word_read(word, read);
    if (kind == TNS_WORD_INDEX || kind == TNS_WORD_CAS ||
        (tns_word_is_known(word) && tns_word_is_known(name)))
        return false;
    tns_word_fold(name, told);
    tns_near_offer(&near, read, told);
    for (const char *rest = told; *rest; rest += strspn(rest, " -,()")) {
        char part[TNS_WORD_SIZE];
        size_t n = strcspn(rest, " -,()");
        tns_text_format(part, sizeof part, "%.*s", (int)n, rest);
        tns_near_offer(&near, read, part);
        rest += n;
    }
    return near.count > 0;
}

const char *tns_product_near(const tns_product *p, const char *word)
{
    for (size_t i = 0; i < p->ingredient_count; i++)
        if (is_near(word, p->ingredients[i].name))
            return p->ingredients[i].name;
    return NULL;
}

void tns_product_doubt_label(const tns_product *p, tns_warnings *warnings)
{
    if (p->kind == TNS_PRODUCT_PIGMENT && p->states == TNS_LABEL_STATES_NOTHING)
        tns_warn(warnings,
                 "the label of %s does not say \"Mixture for use in tattoos or permanent "
                 "make-up\": such an ink must not be used in the European Union",
                 p->id);
}
