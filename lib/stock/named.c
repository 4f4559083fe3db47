/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stock/named.h"

#include <string.h>

enum { LEAST = 3 }; /* letters of a word that tells who somebody is: initials do not */

/* Characters beyond ASCII are taken for letters, as nearly all in names are. */
static bool is_letter(unsigned char c)
{
    return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The next word of letters from `at` on, and its length; 0 = there is none. */
static const char *next_word(const char *at, size_t *length)
{
    while (*at && !is_letter((unsigned char)*at))
        at++;
    for (*length = 0; is_letter((unsigned char)at[*length]);)
        ++*length;
    return at;
}

static size_t letters_of(const char *word, size_t length)
{
    size_t letters = 0;
    for (size_t i = 0; i < length; i++)
        letters += ((unsigned char)word[i] & 0xc0) != 0x80;
    return letters;
}

/* Of ASCII, and of U+00C0 to U+00DE, which UTF-8 writes as 0xC3 and 0x80 to 0x9E. */
static unsigned char folded(const char *word, size_t i)
{
    unsigned char c = (unsigned char)word[i];
    bool latin = i > 0 && (unsigned char)word[i - 1] == 0xc3 && c >= 0x80 && c <= 0x9e;
    return latin || (c >= 'A' && c <= 'Z') ? (unsigned char)(c | 0x20) : c;
}

/* The same but for case, or with an "s" behind it. */
static bool is_of(const char *word, size_t length, const char *name, size_t name_length)
{
    bool genitive = length == name_length + 1 && folded(word, length - 1) == 's';
    bool same = length == name_length || genitive;
    for (size_t i = 0; same && i < name_length; i++)
        same = folded(word, i) == folded(name, i);
    return same;
}

static bool is_in(const char *word, size_t length, const char *name)
{
    size_t n;
    for (const char *at = next_word(name, &n); n > 0; at = next_word(at + n, &n))
        if (letters_of(at, n) >= LEAST && is_of(word, length, at, n))
            return true;
    return false;
}

/* Whether a word of the text is that of the name. */
static bool has(const char *text, const char *name, size_t name_length)
{
    size_t n;
    for (const char *at = next_word(text, &n); n > 0; at = next_word(at + n, &n))
        if (is_of(at, n, name, name_length))
            return true;
    return false;
}

bool tns_text_names(const char *text, const char *name)
{
    size_t n, words = 0;
    bool all = true;
    for (const char *at = next_word(name, &n); all && n > 0; at = next_word(at + n, &n)) {
        if (letters_of(at, n) < LEAST)
            continue;
        words++;
        all = has(text, at, n);
    }
    return all && words > 0;
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
    size_t n;
    bool after_name = false;
    written w = {.out = out, .size = size};
    out[0] = '\0';
    for (const char *at = text, *word; *at; at = word + n) {
        word = next_word(at, &n);
        bool named = n > 0 && is_in(word, n, name);
        bool beside = named && after_name && strspn(at, " -") == (size_t)(word - at);
        if (!beside)
            put(&w, at, (size_t)(word - at));
        if (named && !beside)
            put(&w, number, strlen(number));
        else if (!named)
            put(&w, word, n);
        after_name = named;
    }
}
