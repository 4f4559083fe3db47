/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "pigment/allergen.h"

const char *tns_index_number(const char *text)
{
    bool marked = tns_text_lower(text[0]) == 'c' && tns_text_lower(text[1]) == 'i';
    text += marked ? 2 : 0;
    return text + strspn(text, " ");
}

const char *tns_index_named(const char (*indices)[16], size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(tns_index_number(word), tns_index_number(indices[i])) == 0)
            return indices[i];
    return NULL;
}

const tns_ingredient *tns_ingredient_named(const tns_ingredient *ingredients, size_t count,
                                           const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (tns_text_same(word, ingredients[i].name) || strcmp(word, ingredients[i].cas) == 0)
            return &ingredients[i];
    return NULL;
}

/* ---- for who is allergic ---- */

static bool is_letter(char c)
{
    c = tns_text_lower(c);
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static bool begins_with(const char *text, const char *word)
{
    while (*word && tns_text_lower(*text) == tns_text_lower(*word))
        text++, word++;
    return !*word && !(is_letter(word[-1]) && is_letter(*text));
}

/* As a whole word, or several: "iron" is in "Iron(III) oxide", "ron" is not. */
static bool is_part_of(const char *word, const char *name)
{
    for (const char *at = name; *word && *at; at++)
        if ((at == name || !is_letter(at[-1]) || !is_letter(*word)) && begins_with(at, word))
            return true;
    return false;
}

/* A maker may write the index where the name should be. */
static bool is_meant(const tns_ingredient *one, const char *word)
{
    return (one->cas[0] && strcmp(word, one->cas) == 0) || is_part_of(word, one->name) ||
           strcmp(tns_index_number(word), tns_index_number(one->name)) == 0;
}

static const tns_ingredient *find_meant(const tns_contents *c, const char *word)
{
    for (size_t i = 0; i < c->ingredient_count; i++)
        if (is_meant(&c->ingredients[i], word))
            return &c->ingredients[i];
    return NULL;
}

bool tns_contents_hold(const tns_contents *c, const char *word, char *why, size_t size)
{
    const char *index = tns_index_named(c->indices, c->index_count, word);
    const tns_ingredient *one = find_meant(c, word);
    bool named = is_part_of(word, c->name);
    if (index)
        tns_text_format(why, size, "has %s", index);
    else if (one)
        tns_text_format(why, size, "contains %s%s%s", one->name, one->cas[0] ? ", CAS " : "",
                        one->cas);
    else if (named)
        tns_text_format(why, size, "is %s", c->name);
    return index || one || named;
}
