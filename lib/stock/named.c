/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stock/named.h"

#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

#include "base/text.h"

enum {
    LEAST = 3,    /* letters of a word that tells who somebody is: initials do not */
    MOST = 64,    /* letters that two words are compared by */
    DOTS = 0x308, /* combining diaeresis */
    RING = 0x30a  /* combining ring above */
};

/* Letters beside each other in a text. */
typedef struct word {
    const char *at;
    size_t length; /* bytes; 0 = the text has no more of them */
} word;

/* A word in small letters without their marks. */
typedef struct spelling {
    uint32_t letter[MOST];
    size_t count;
} spelling;

static bool is_mark(uint32_t c)
{
    return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_M);
}

static bool is_letter(uint32_t c)
{
    return is_mark(c) || uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L);
}

static word next_word(const char *at)
{
    uint32_t c;
    size_t bytes;
    while ((bytes = tns_text_next(at, &c)) > 0 && !is_letter(c))
        at += bytes;
    word found = {at, 0};
    while ((bytes = tns_text_next(at + found.length, &c)) > 0 && is_letter(c))
        found.length += bytes;
    return found;
}

static word word_after(word w)
{
    return next_word(w.at + w.length);
}

static void add(spelling *s, const char *letters)
{
    for (; *letters && s->count < MOST; letters++)
        s->letter[s->count++] = (unsigned char)*letters;
}

/* Letters that Unicode takes for no other with a mark: as they are typed without, and in full. */
static bool add_own(spelling *s, uint32_t c, bool in_full)
{
    static const struct {
        uint32_t letter;
        char plain[3], full[3];
    } own[] = {{0xdf, "ss", "ss"}, {0xe6, "ae", "ae"}, {0xf0, "d", "d"},
               {0xf8, "o", "oe"},  {0xfe, "th", "th"}, {0x111, "d", "d"},
               {0x127, "h", "h"},  {0x142, "l", "l"},  {0x153, "oe", "oe"}};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (own[i].letter == c) {
            add(s, in_full ? own[i].full : own[i].plain);
            return true;
        }
    return false;
}

/* What some write for a mark on the letter before it: Mueller, Aagaard. */
static const char *in_letters(const spelling *s, uint32_t mark)
{
    uint32_t on = s->count > 0 ? s->letter[s->count - 1] : 0;
    if (mark == DOTS && (on == 'a' || on == 'o' || on == 'u'))
        return "e";
    return mark == RING && on == 'a' ? "a" : "";
}

static void spell_letter(spelling *s, uint32_t c, bool in_full)
{
    ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
    int tag;
    c = uc_tolower(uc_toupper(c)); /* one small letter of those that share a capital */
    int count = uc_decomposition(c, &tag, parts);
    for (int i = 0; i < count; i++)
        spell_letter(s, parts[i], in_full);
    if (count > 0 || add_own(s, c, in_full))
        return;
    if (is_mark(c))
        add(s, in_full ? in_letters(s, c) : "");
    else if (s->count < MOST)
        s->letter[s->count++] = c;
}

static spelling spell(word w, bool in_full)
{
    spelling s = {.count = 0};
    uint32_t c;
    for (size_t at = 0; at < w.length;) {
        at += tns_text_next(w.at + at, &c);
        spell_letter(&s, c, in_full);
    }
    return s;
}

/* The same letters, or with an "s" behind them. */
static bool is_spelt(spelling text, spelling name)
{
    bool genitive = text.count == name.count + 1 && text.letter[name.count] == 's';
    return (genitive || text.count == name.count) &&
           memcmp(text.letter, name.letter, name.count * sizeof *name.letter) == 0;
}

static bool is_of(word text, word name)
{
    for (int way = 0; way < 4; way++)
        if (is_spelt(spell(text, way & 1), spell(name, way & 2)))
            return true;
    return false;
}

static bool tells(word name)
{
    return spell(name, false).count >= LEAST;
}

static bool is_in(word of_text, const char *name)
{
    for (word w = next_word(name); w.length > 0; w = word_after(w))
        if (tells(w) && is_of(of_text, w))
            return true;
    return false;
}

/* Whether a word of the text is that of the name. */
static bool has(const char *text, word of_name)
{
    for (word w = next_word(text); w.length > 0; w = word_after(w))
        if (is_of(w, of_name))
            return true;
    return false;
}

bool tns_text_names(const char *text, const char *name)
{
    size_t words = 0;
    for (word w = next_word(name); w.length > 0; w = word_after(w)) {
        if (!tells(w))
            continue;
        words++;
        if (!has(text, w))
            return false;
    }
    return words > 0;
}

typedef struct written {
    char *out;
    size_t size, used;
} written;

static void put(written *w, const char *text, size_t length)
{
    size_t room = w->size - 1 - w->used;
    size_t n = length < room ? length : room;
    memcpy(w->out + w->used, text, n);
    w->used += n;
    w->out[w->used] = '\0';
}

void tns_text_unname(const char *text, const char *name, const char *number, char *out, size_t size)
{
    bool after_name = false;
    written to = {.out = out, .size = size};
    out[0] = '\0';
    for (word w; *text; text = w.at + w.length) {
        w = next_word(text);
        size_t between = (size_t)(w.at - text);
        bool named = w.length > 0 && is_in(w, name);
        bool beside = named && after_name && strspn(text, " -") == between;
        if (!beside)
            put(&to, text, between);
        if (named && !beside)
            put(&to, number, strlen(number));
        else if (!named)
            put(&to, w.at, w.length);
        after_name = named;
    }
    tns_text_mend(out); /* half a character, where it was cut */
}
