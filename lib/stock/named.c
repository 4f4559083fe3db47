/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stock/named.h"

#include <string.h>

#include "base/text.h"

enum { LEAST = 3 }; /* letters of a word that tells who somebody is: initials do not */

/* The base letters of U+00E0 to U+017F; 0 of what is no letter with a mark. */
static const char bases[] = "aaaaaa\0ceeeeiiii\0nooooo\0ouuuuy\0y"
                            "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii\0\0jjkkk"
                            "llllllllllnnnnnnnnnoooooo\0\0rrrrrrssssssssttttttuuuuuuuuuuuu"
                            "wwyyyzzzzzzs";

/* The character at `at`, which it passes; a byte that begins none stands for itself. */
static unsigned take(const char **at)
{
    const unsigned char *s = (const unsigned char *)*at;
    int more = s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 1 : s[0] < 0xf0 ? 2 : s[0] < 0xf5 ? 3 : 0;
    unsigned c = more ? s[0] & (0x3fU >> more) : s[0];
    for (int i = 1; i <= more; i++) {
        if ((s[i] & 0xc0) != 0x80) { /* cut short; perhaps by the end of the text */
            more = 0;
            c = s[0];
            break;
        }
        c = c << 6 | (s[i] & 0x3fU);
    }
    *at += 1 + more;
    return c;
}

/* Marks that stand behind their letter (U+0300 to U+036F). */
static bool is_mark(unsigned c)
{
    return c >= 0x300 && c <= 0x36f;
}

/* Beyond ASCII all but signs, blanks, quotation marks and dashes: nearly all in names are letters.
 */
static bool is_letter(unsigned c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return c >= 0xc0 && c != 0xd7 && c != 0xf7 && !(c >= 0x2000 && c <= 0x206f) &&
           !(c >= 0x3000 && c <= 0x303f);
}

/* The next word of letters from `at` on, and its length; 0 = there is none. */
static const char *next_word(const char *at, size_t *length)
{
    const char *next = at;
    while (*next && !is_letter(take(&next)))
        at = next;
    const char *end = at;
    for (next = at; *next && is_letter(take(&next));)
        end = next;
    *length = (size_t)(end - at);
    return at;
}

static size_t letters_of(const char *word, size_t length)
{
    size_t letters = 0;
    for (const char *at = word; at < word + length;)
        letters += !is_mark(take(&at));
    return letters;
}

/* A small letter without its mark: of Latin to U+017F; Greek and Cyrillic keep theirs. */
static unsigned folded(unsigned c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0xde) || (c >= 0x391 && c <= 0x3a9) ||
        (c >= 0x410 && c <= 0x42f))
        c += 0x20;
    else if (c >= 0x400 && c <= 0x40f)
        c += 0x50;
    return c >= 0xe0 && c <= 0x17f && bases[c - 0xe0] ? (unsigned char)bases[c - 0xe0] : c;
}

/* A word as it is read: letters are folded, and one that stands for two gives both. */
typedef struct reading {
    const char *at, *end;
    unsigned second; /* of two letters in one: the one that is still to come */
} reading;

/* What may stand behind this letter where it is written in two: Mueller, Aagaard. */
static unsigned twin(unsigned c)
{
    switch (c) {
    case 0xc4:
    case 0xd6:
    case 0xdc:
    case 0xd8: /* a, o, u with two dots, o with a stroke */
    case 0xe4:
    case 0xf6:
    case 0xfc:
    case 0xf8:
        return 'e';
    case 0xc5:
    case 0xe5: /* a with a ring */
        return 'a';
    default:
        return 0;
    }
}

/* The two letters of one; false = it is one. */
static bool split(unsigned c, unsigned *first, unsigned *second)
{
    static const struct {
        unsigned both, first, second;
    } pairs[] = {{0xc6, 'a', 'e'}, {0xe6, 'a', 'e'},   {0x152, 'o', 'e'}, {0x153, 'o', 'e'},
                 {0xdf, 's', 's'}, {0x1e9e, 's', 's'}, {0x132, 'i', 'j'}, {0x133, 'i', 'j'}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i].both == c) {
            *first = pairs[i].first;
            *second = pairs[i].second;
            return true;
        }
    return false;
}

/* Marks that follow are passed over; two dots and a ring make a twin of what they stand on. */
static unsigned pass_marks(reading *r, unsigned letter)
{
    unsigned found = 0;
    for (const char *next = r->at; next < r->end; r->at = next) {
        unsigned c = take(&next);
        if (!is_mark(c))
            break;
        if (c == 0x308 && (letter == 'a' || letter == 'o' || letter == 'u'))
            found = 'e';
        else if (c == 0x30a && letter == 'a')
            found = 'a';
    }
    return found;
}

/* The next letter and what may stand behind it (0 = nothing); 0 = there is none. */
static unsigned next_letter(reading *r, unsigned *may_follow)
{
    unsigned first = r->second;
    *may_follow = 0;
    r->second = 0;
    if (first || r->at >= r->end)
        return first;
    unsigned c = take(&r->at);
    if (is_mark(c))
        return next_letter(r, may_follow);
    if (split(c, &first, &r->second))
        return first;
    *may_follow = twin(c);
    unsigned by_mark = pass_marks(r, folded(c));
    if (by_mark)
        *may_follow = by_mark;
    return folded(c);
}

/* Passes the letter if it is the next one. */
static void pass(reading *r, unsigned letter)
{
    reading ahead = *r;
    unsigned none;
    if (letter && next_letter(&ahead, &none) == letter)
        *r = ahead;
}

/* The same but for case and marks, or with an "s" behind it. */
static bool is_of(const char *word, size_t length, const char *name, size_t name_length)
{
    reading text = {.at = word, .end = word + length}, known = {name, name + name_length, 0};
    unsigned c, n, after_c, after_n;
    do {
        c = next_letter(&text, &after_c);
        n = next_letter(&known, &after_n);
        if (after_c != after_n) {
            pass(&text, after_n);
            pass(&known, after_c);
        }
    } while (c == n && c != 0);
    return n == 0 && (c == 0 || (c == 's' && next_letter(&text, &after_c) == 0));
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
    tns_text_mend(out); /* half a character, where it was cut */
}
