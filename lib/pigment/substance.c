/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/text.h"
#include "pigment/identifiers.h"
#include "pigment/substance.h"

static const char DIGITS[] = "0123456789";

/* What does not say which one of several substances it is: any of them may be meant. */
static const char *const IRON_OXIDE[] = {"iron oxide",
                                         "eisenoxid*",
                                         "eisen oxid",
                                         "oxyde de fer",
                                         "ossido di ferro",
                                         "ossidi di ferro",
                                         "oxido de hierro",
                                         "\303\263xido de hierro",
                                         NULL};
static const char *const CHROMIUM[] = {"chromium", "chrom", "chrome", "cromo", NULL};

/*
 * What inks of this trade are made of and what Regulation (EU) 2020/2081 wants named on labels, in
 * English and German, and of iron oxides, nickel and chromium in French, Italian and Spanish.
 * Indices with their generic names: Colour Index International. CAS numbers, beside their check
 * digits, were held against a second source each, November 2026: colorants against the FDA's list
 * of color additives where it has them, the rest against published lists of substances, which are
 * no maker's data sheets. Of PY97 the number alone was found. Folded; a star stands for the rest of
 * a compound, "nickelsulfat". Nickel and chromium (VI) are one row each for all their salts, since
 * who is allergic is so to the metal.
 */
typedef struct substance {
    const char *index[3], *cas[12], *generic, *names[24];
    const char *const *family;
} substance;

static const substance SUBSTANCES[] = {
    {{"77266"}, {"1333-86-4"}, "bk7", {"carbon black", "soot", "*russ", "*ru\303\237"}, NULL},
    {{"77267"}, {"8021-99-6"}, "bk9", {"bone char", "bone black"}, NULL},
    {{"77489"}, {"1345-25-1"}, NULL, {"iron(ii) oxide", "ferrous oxide"}, IRON_OXIDE},
    {{"77499"},
     {"1317-61-9", "12227-89-3"},
     "bk11",
     {"iron(ii,iii) oxide", "black iron oxide", "iron oxide black", "eisenoxidschwarz",
      "eisenoxid schwarz", "magnetite"},
     IRON_OXIDE},
    {{"77491"},
     {"1309-37-1"},
     "r101",
     {"iron(iii) oxide", "red iron oxide", "iron oxide red", "ferric oxide", "eisenoxidrot",
      "eisenoxid rot", "hematite"},
     IRON_OXIDE},
    {{"77492"},
     {"51274-00-1", "20344-49-4"},
     "y42",
     {"iron hydroxide oxide yellow", "yellow iron oxide", "iron oxide yellow", "eisenoxidgelb",
      "eisenoxid gelb", "goethite"},
     IRON_OXIDE},
    {{"77891"},
     {"13463-67-7", "1317-80-2", "1317-70-0"}, /* whichever, rutile, anatase */
     "w6",
     {"titanium dioxide", "titanium(iv) oxide", "titandioxid*", "titan dioxid", "rutile", "rutil",
      "anatase", "anatas"},
     NULL},
    {{"77288", "77289"},
     {"1308-38-9", "12001-99-9"},
     NULL,
     {"chromium oxide", "chromium hydroxide", "chromium(iii)", "chromoxid*", "chrom(iii)",
      "oxyde de chrome", "ossido di cromo", "oxido de cromo", "\303\263xido de cromo"},
     CHROMIUM},
    {{"56110"}, {"84632-65-5"}, "r254", {NULL}, NULL},
    {{"21095"}, {"5468-75-7"}, "y14", {NULL}, NULL},
    {{"21108"}, {"5567-15-7"}, "y83", {NULL}, NULL},
    {{"11767"}, {"12225-18-2"}, "y97", {NULL}, NULL},
    {{"74160"}, {"147-14-8"}, "b15", {NULL}, NULL},
    {{"74260"}, {"1328-53-6"}, "g7", {NULL}, NULL},
    {{NULL},
     /* the metal; sulfates without water, with six and seven parts; chlorides; nitrate; oxide */
     {"7440-02-0", "7786-81-4", "10101-97-0", "10101-98-1", "7718-54-9", "7791-20-0", "13138-45-9",
      "1313-99-1"},
     NULL,
     {"*nickel*", "*nichel*", "*niquel*", "*n\303\255quel*", "*n\303\215quel*"},
     NULL},
    {{NULL},
     /* any; trioxide; potassium's; sodium's, the second with water; lead's */
     {"18540-29-9", "1333-82-0", "7778-50-9", "7789-00-6", "10588-01-9", "7789-12-0", "7775-11-3",
      "7758-97-6"},
     NULL,
     {"chromium(vi)",
      "chromium vi",
      "cr(vi)",
      "cr vi",
      "cr6+",
      "hexavalent chromium",
      "chrom(vi)",
      "chrom vi",
      "*chromat",
      "*chromate",
      "chromium trioxide",
      "chromtrioxid*",
      "chrome(vi)",
      "chrome vi",
      "chrome hexavalent",
      "cromo(vi)",
      "cromo vi",
      "cromo esavalente",
      "cromo hexavalente",
      "*cromato"},
     CHROMIUM},
};

/* ---- text ---- */

/* Hyphens and dashes of Unicode's U+2010..2015 and minus; the blank that does not break. */
static size_t read_mark(const char *at, char *out)
{
    const unsigned char *u = (const unsigned char *)at;
    *out = tns_text_lower(*at);
    if (u[0] == 0xC2 && u[1] == 0xA0) {
        *out = ' ';
        return 2;
    }
    bool dash = u[0] == 0xE2 &&
                ((u[1] == 0x80 && u[2] >= 0x90 && u[2] <= 0x95) || (u[1] == 0x88 && u[2] == 0x92));
    if (dash)
        *out = '-';
    return dash ? 3 : 1;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* The length without an s of the plural, of words of four letters and more. */
static size_t singular(const char *text, size_t length)
{
    size_t start = length;
    while (start > 0 && is_letter(text[start - 1]))
        start--;
    return length - start >= 4 && text[length - 1] == 's' && text[length - 2] != 's' ? length - 1
                                                                                     : length;
}

void tns_word_fold(const char *text, char out[TNS_WORD_SIZE])
{
    size_t used = 0;
    while (*text && used + 1 < TNS_WORD_SIZE) {
        char c;
        text += read_mark(text, &c);
        if (!is_letter(c))
            used = singular(out, used);
        bool blank = c == ' ' && (used == 0 || out[used - 1] == ' ');
        if (c == '(' && used > 0 && out[used - 1] == ' ')
            used--;
        if (!blank)
            out[used++] = c;
    }
    used = singular(out, used);
    while (used > 0 && out[used - 1] == ' ')
        used--;
    out[used] = '\0';
}

/* Of one word or number. */
static bool are_one(char a, char b)
{
    return (is_letter(a) && is_letter(b)) || (is_digit(a) && is_digit(b));
}

static bool begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* "-free", "frei" and "freies" at the end of a word. */
static bool says_free(const char *after)
{
    after += *after == '-';
    if (!begins(after, "free") && !begins(after, "frei"))
        return false;
    size_t rest = 0;
    while (is_letter(after[4 + rest]))
        rest++;
    return rest == 0 || (rest <= 2 && after[4] == 'e');
}

/* Of a name that may have more letters before the word or behind it. */
static bool occurs(const char *word, size_t length, bool before, bool behind, const char *name)
{
    for (const char *at = name; length > 0 && *at; at++) {
        if (strncmp(at, word, length) != 0)
            continue;
        const char *after = at + length;
        if ((before || at == name || !are_one(at[-1], word[0])) &&
            (behind || !are_one(word[length - 1], *after)) && !says_free(after))
            return true;
    }
    return false;
}

bool tns_word_is_part(const char *word, const char *name)
{
    return occurs(word, strlen(word), false, false, name);
}

/* A name of the table, with its stars. */
static bool is_named(const char *name, const char *text)
{
    bool before = name[0] == '*', behind = tns_text_ends_with(name, "*");
    return occurs(name + before, strlen(name) - before - behind, before, behind, text);
}

/* Where a number that may be broken by blanks ends; NULL = it is another. */
static const char *skip_number(const char *text, const char *number)
{
    for (; *number; text++, number++) {
        text += strspn(text, " ");
        if (*text != *number)
            return NULL;
    }
    return text;
}

/* "-02-0", behind what is the beginning of a CAS number and no index. */
static bool is_rest_of_cas(const char *at)
{
    for (const char *shape = "-00-0"; *shape; shape++, at++) {
        at += strspn(at, " ");
        if (*shape == '0' ? !is_digit(*at) : *at != *shape)
            return false;
    }
    return !is_digit(*at);
}

/* "77491-77499": an index from the first to the last. */
static bool is_in_range(const char *text, const char *index)
{
    size_t n = strspn(index, DIGITS);
    for (const char *at = strchr(text, '-'); at && !index[n]; at = strchr(at + 1, '-')) {
        const char *first = at, *last = at + 1 + strspn(at + 1, " ");
        while (first > text && first[-1] == ' ')
            first--;
        const char *end = first;
        while (first > text && is_digit(first[-1]))
            first--;
        if ((size_t)(end - first) == n && strspn(last, DIGITS) == n &&
            strncmp(first, index, n) <= 0 && strncmp(index, last, n) <= 0)
            return true;
    }
    return false;
}

bool tns_word_has_number(const char *text, const char *number)
{
    number += begins(number, "CI ") ? 3 : 0;
    for (const char *at = text; *at; at++) {
        const char *after = at == text || !is_digit(at[-1]) ? skip_number(at, number) : NULL;
        if (after && !is_digit(*after) && !is_rest_of_cas(after))
            return true;
    }
    return is_in_range(text, number);
}

/* ---- what a word is ---- */

/* Behind "C.I. No.", "CAS:" and the like. */
static const char *skip_marks(const char *at)
{
    static const char *const marks[] = {"colour index", "color index", "c.i",    "ci", "c i", "cas",
                                        "registry",     "number",      "nummer", "nr", "no",  "rn"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        at += strspn(at, " .:#-");
        if (begins(at, marks[i])) {
            at += strlen(marks[i]);
            i = (size_t)-1;
        }
    }
    return at;
}

/* Without its blanks; false where it has anything but digits, hyphens and a colon. */
static bool read_number(const char *at, char *out)
{
    size_t used = 0;
    for (; *at; at++) {
        if (!is_digit(*at) && *at != ' ' && *at != '-' && *at != ':')
            return false;
        if (*at != ' ')
            out[used++] = *at;
    }
    out[used] = '\0';
    return used > 0;
}

static bool looks_like_cas(const char *number)
{
    const char *hyphen = strchr(number, '-');
    return hyphen && strchr(hyphen + 1, '-');
}

static bool is_known(const char *folded);

tns_word_kind tns_word_read(const char *word, char out[TNS_WORD_SIZE])
{
    char folded[TNS_WORD_SIZE], number[TNS_WORD_SIZE], index[TNS_WORD_SIZE + 4];
    tns_word_fold(word, folded);
    if (!read_number(skip_marks(folded), number)) {
        strcpy(out, folded);
        bool doubtful = folded[strcspn(folded, DIGITS)] && !is_known(folded);
        return doubtful ? TNS_WORD_DOUBTFUL : TNS_WORD_NAME;
    }
    tns_text_format(index, sizeof index, "CI %s", number);
    if (tns_is_color_index(index)) {
        strcpy(out, index);
        return TNS_WORD_INDEX;
    }
    bool cas = looks_like_cas(number);
    strcpy(out, cas ? number : folded);
    return !cas ? TNS_WORD_DOUBTFUL : tns_is_cas(number) ? TNS_WORD_CAS : TNS_WORD_BROKEN_CAS;
}

/* ---- substances ---- */

static bool spells(const char *text, const char *key)
{
    while (*key) {
        text += strspn(text, " .-");
        if (*text++ != *key++)
            return false;
    }
    return !is_digit(*text);
}

/* "PBk7", "P.Bk.7", "C.I. Pigment Black 7" of "bk7". */
static bool names_generic(const char *text, const char *generic)
{
    static const char *const colors[][2] = {{"bk", "pigmentblack"}, {"r", "pigmentred"},
                                            {"y", "pigmentyellow"}, {"w", "pigmentwhite"},
                                            {"b", "pigmentblue"},   {"g", "pigmentgreen"}};
    char brief[16], whole[32] = "";
    const char *number = strpbrk(generic, DIGITS);
    size_t letters = (size_t)(number - generic);
    for (size_t i = 0; i < sizeof colors / sizeof *colors; i++)
        if (strlen(colors[i][0]) == letters && begins(generic, colors[i][0]))
            tns_text_format(whole, sizeof whole, "%s%s", colors[i][1], number);
    tns_text_format(brief, sizeof brief, "p%s", generic);
    for (const char *at = text; *at; at++)
        if ((at == text || !are_one(at[-1], *at)) && (spells(at, brief) || spells(at, whole)))
            return true;
    return false;
}

static bool names(const char *folded, const substance *s)
{
    for (size_t i = 0; s->index[i]; i++)
        if (tns_word_has_number(folded, s->index[i]))
            return true;
    for (size_t i = 0; s->cas[i]; i++)
        if (tns_word_has_number(folded, s->cas[i]))
            return true;
    for (size_t i = 0; s->names[i]; i++)
        if (is_named(s->names[i], folded))
            return true;
    return s->generic && names_generic(folded, s->generic);
}

static bool is_known(const char *folded)
{
    for (size_t i = 0; i < sizeof SUBSTANCES / sizeof *SUBSTANCES; i++)
        if (names(folded, &SUBSTANCES[i]))
            return true;
    return false;
}

/* By a name of its family alone, "iron oxides", which leaves open whether it is this one. */
static bool may_name(const char *folded, const substance *s)
{
    bool named = false;
    for (size_t i = 0; s->family && s->family[i]; i++)
        named = named || is_named(s->family[i], folded);
    for (size_t i = 0; named && i < sizeof SUBSTANCES / sizeof *SUBSTANCES; i++)
        if (SUBSTANCES[i].family == s->family && names(folded, &SUBSTANCES[i]))
            return false;
    return named;
}

static bool is_part_of_one(const char *folded, const char *const *several)
{
    for (size_t i = 0; several && several[i]; i++)
        if (tns_word_is_part(folded, several[i]))
            return true;
    return false;
}

static bool may_mean(const char *folded, const substance *s)
{
    return names(folded, s) || may_name(folded, s) || is_part_of_one(folded, s->names) ||
           is_part_of_one(folded, s->family);
}

bool tns_word_is_known(const char *word)
{
    char read[TNS_WORD_SIZE];
    tns_word_read(word, read);
    for (size_t i = 0; i < sizeof SUBSTANCES / sizeof *SUBSTANCES; i++)
        if (may_mean(read, &SUBSTANCES[i]))
            return true;
    return false;
}

bool tns_word_shares(const char *word, const char *text)
{
    char asked[TNS_WORD_SIZE], told[TNS_WORD_SIZE];
    tns_word_read(word, asked);
    tns_word_fold(text, told);
    for (size_t i = 0; i < sizeof SUBSTANCES / sizeof *SUBSTANCES; i++) {
        const substance *s = &SUBSTANCES[i];
        if ((names(told, s) || may_name(told, s)) && may_mean(asked, s))
            return true;
    }
    return false;
}

static void offer_names(const char *word, const char *const *names, tns_near *near)
{
    for (size_t i = 0; names && names[i]; i++) {
        char name[TNS_WORD_SIZE];
        size_t star = names[i][0] == '*';
        tns_text_copy(name, sizeof name, names[i] + star);
        name[strcspn(name, "*")] = '\0';
        tns_near_offer(near, word, name);
    }
}

void tns_word_offer(const char *word, tns_near *near)
{
    char read[TNS_WORD_SIZE];
    tns_word_read(word, read);
    for (size_t i = 0; i < sizeof SUBSTANCES / sizeof *SUBSTANCES; i++) {
        offer_names(read, SUBSTANCES[i].names, near);
        offer_names(read, SUBSTANCES[i].family, near);
    }
}

_Static_assert(sizeof SUBSTANCES / sizeof *SUBSTANCES <= 32, "each has a bit");

uint32_t tns_word_substances(const char *word)
{
    char read[TNS_WORD_SIZE];
    uint32_t all = 0;
    tns_word_read(word, read);
    for (size_t i = 0; i < sizeof SUBSTANCES / sizeof *SUBSTANCES; i++)
        all |= (uint32_t)names(read, &SUBSTANCES[i]) << i;
    return all;
}

bool tns_word_names(const char *text, uint32_t substances)
{
    char folded[TNS_WORD_SIZE];
    tns_word_fold(text, folded);
    for (size_t i = 0; i < sizeof SUBSTANCES / sizeof *SUBSTANCES; i++)
        if (substances >> i & 1 && names(folded, &SUBSTANCES[i]))
            return true;
    return false;
}

const char *tns_substance_cas(size_t index)
{
    for (size_t i = 0; i < sizeof SUBSTANCES / sizeof *SUBSTANCES; i++)
        for (size_t k = 0; SUBSTANCES[i].cas[k]; k++)
            if (index-- == 0)
                return SUBSTANCES[i].cas[k];
    return NULL;
}
