/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "pigment/allergen.h"
#include "pigment/substance.h"

const char *tns_index_named(const char (*indices)[16], size_t count, const char *word)
{
    char asked[TNS_WORD_SIZE], told[TNS_WORD_SIZE];
    if (tns_word_read(word, asked) != TNS_WORD_INDEX)
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (tns_word_read(indices[i], told) == TNS_WORD_INDEX && strcmp(asked, told) == 0)
            return indices[i];
    return NULL;
}

const tns_ingredient *tns_ingredient_named(const tns_ingredient *ingredients, size_t count,
                                           const char *word)
{
    char asked[TNS_WORD_SIZE];
    tns_word_read(word, asked);
    for (size_t i = 0; i < count; i++)
        if (tns_text_same(word, ingredients[i].name) || strcmp(asked, ingredients[i].cas) == 0)
            return &ingredients[i];
    return NULL;
}

/* ---- for who is allergic ---- */

static bool is_number(const char *word, char out[TNS_WORD_SIZE])
{
    tns_word_kind kind = tns_word_read(word, out);
    return kind == TNS_WORD_INDEX || kind == TNS_WORD_CAS;
}

/* A maker may write a number where the name should be. */
static bool is_meant(const char *word, const char *name)
{
    char asked[TNS_WORD_SIZE], told[TNS_WORD_SIZE];
    bool number = is_number(word, asked);
    tns_word_fold(name, told);
    return (number ? tns_word_has_number(told, asked) : tns_word_is_part(asked, told)) ||
           tns_word_shares(word, name);
}

static bool is_numbered(const char *word, const char *number)
{
    char asked[TNS_WORD_SIZE];
    return (is_number(word, asked) && tns_word_has_number(number, asked)) ||
           tns_word_shares(word, number);
}

static const char *find_index(const tns_contents *c, const char *word)
{
    for (size_t i = 0; i < c->index_count; i++)
        if (is_numbered(word, c->indices[i]))
            return c->indices[i];
    return NULL;
}

static const tns_ingredient *find_meant(const tns_contents *c, const char *word)
{
    for (size_t i = 0; i < c->ingredient_count; i++)
        if (is_meant(word, c->ingredients[i].name) || is_numbered(word, c->ingredients[i].cas))
            return &c->ingredients[i];
    return NULL;
}

bool tns_contents_hold(const tns_contents *c, const char *word, char *why, size_t size)
{
    if (!word[0])
        return false;
    const char *index = tns_index_named(c->indices, c->index_count, word);
    const tns_ingredient *one = index ? NULL : find_meant(c, word);
    bool named = is_meant(word, c->name);
    if (!index && !one && !named)
        index = find_index(c, word);
    if (index)
        tns_text_format(why, size, "has %s", index);
    else if (one)
        tns_text_format(why, size, "contains %s%s%s", one->name, one->cas[0] ? ", CAS " : "",
                        one->cas);
    else if (named)
        tns_text_format(why, size, "is %s", c->name);
    return index || one || named;
}
