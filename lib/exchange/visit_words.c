/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "exchange/visit_words.h"

/* Longer words are cut, which are none of those below; those behind the first so many tell nothing.
 */
enum { WORDS = 64, WORD = 24 };

typedef struct words {
    size_t count;
    char word[WORDS][WORD];
    char before[WORDS]; /* what stands right before it */
} words;

static bool is_one_of(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (tns_text_same(word, *list))
            return true;
    return false;
}

static bool is_session(const char *word)
{
    static const char *const list[] = {"session", "sitzung",  "behandlung", "termin", "séance",
                                       "SÉANCE",  "seance",   "sesión",     "SESIÓN", "sesion",
                                       "sessão",  "sessione", "sessie",     NULL};
    return is_one_of(word, list);
}

/* German for an appointment of any kind: "Termin 3" may go on to be December's. */
static bool is_appointment(const char *word)
{
    return tns_text_same(word, "termin");
}

static bool is_of_scalps(const char *word)
{
    static const char *const list[] = {"SMP",
                                       "scalp",
                                       "micropigmentation",
                                       "mikropigmentierung",
                                       "trichopigmentation",
                                       "haarpigmentierung",
                                       "kopfhautpigmentierung",
                                       "tricopigmentation",
                                       "tricopigmentación",
                                       "tricopigmentacion",
                                       "tricopigmentazione",
                                       "micropigmentación",
                                       "micropigmentacion",
                                       "micropigmentazione",
                                       NULL};
    return is_one_of(word, list);
}

static bool is_of_touch_up(const char *word)
{
    static const char *const list[] = {
        "touchup",        "retouch", "auffrischung", "auffrischen", "followup", "retouche",
        "nachbehandlung", "retoque", "ritocco",      "nachstechen", NULL};
    return is_one_of(word, list);
}

/* What else is called S1 to S4. */
static bool is_of_others(const char *word)
{
    static const char *const list[] = {"samsung", "galaxy", "phone", "handy",   "tablet", "watch",
                                       "amazon",  "aws",    "cloud", "bucket",  "backup", "audi",
                                       "bahn",    "zug",    "train", "station", "team",   NULL};
    return is_one_of(word, list);
}

static bool is_called_off(const char *word)
{
    static const char *const list[] = {
        "cancelled", "canceled",  "noshow",    "abgesagt",  "storniert", "entfällt",
        "ENTFÄLLT",  "entfaellt", "annulé",    "ANNULÉ",    "annulée",   "ANNULÉE",
        "cancelado", "cancelada", "annullato", "annullata", "afgezegd",  NULL};
    return is_one_of(word, list);
}

/* What turns the word behind it: "nicht abgesagt". */
static bool is_negation(const char *word)
{
    static const char *const list[] = {"not", "nicht", "pas", "non", "niet", "não", NULL};
    return is_one_of(word, list);
}

/* No ink is mixed for these. */
static bool is_of_talks(const char *word)
{
    static const char *const list[] = {"beratung",
                                       "beratungstermin",
                                       "beratungsgespräch",
                                       "vorgespräch",
                                       "erstgespräch",
                                       "consultation",
                                       "consult",
                                       "consulta",
                                       "consulenza",
                                       "consultatie",
                                       NULL};
    return is_one_of(word, list);
}

static bool ends_in(const char *word, const char *end)
{
    size_t n = strlen(word), of = strlen(end);
    return n >= of && tns_text_same(word + n - of, end);
}

/* What has numbers like a client's, a "Behandlungsraum" too. */
static bool is_of_places(const char *word)
{
    static const char *const list[] = {
        "kabine", "cabin",  "cabine", "studio",  "suite",   "platz",    "stuhl", "chair",
        "liege",  "etage",  "floor",  "level",   "ebene",   "gate",     "sala",  "salle",
        "kamer",  "stanza", "typ",    "vitamin", "parking", "terminal", "type",  NULL};
    return ends_in(word, "raum") || ends_in(word, "room") || ends_in(word, "zimmer") ||
           is_one_of(word, list);
}

/* What makes an hour of the number before it, or more than four of it. */
static bool is_of_time(const char *word)
{
    static const char *const list[] = {"am",     "pm",  "uhr",   "h",      "hours",
                                       "hour",   "min", "weeks", "wochen", "stunden",
                                       "stunde", "std", NULL};
    return isdigit((unsigned char)word[0]) || is_one_of(word, list);
}

/* 1 to 4; 0 = it is none of them. In English, German, French, Spanish, Italian, Dutch and
   Portuguese. */
static int number_of(const char *word)
{
    static const char *const list[][26] = {
        {"1",        "1st",      "first",    "one",   "initial", "erste", "ersten",  "erster",
         "eins",     "première", "premiere", "1re",   "1ère",    "1ere",  "primera", "primeira",
         "PREMIÈRE", "1ª",       "1a",       "prima", "eerste",  "1e",    NULL},
        {"2",        "2nd",      "second",   "two",     "zweite",  "zweiten", "zweiter", "zwei",
         "deuxième", "DEUXIÈME", "deuxieme", "seconde", "deux",    "2e",      "2eme",    "2ème",
         "segunda",  "2ª",       "2a",       "dos",     "seconda", "tweede",  "twee",    NULL},
        {"3",    "3rd",       "third",     "three",     "dritte", "dritten", "dritter",
         "drei", "troisième", "TROISIÈME", "troisieme", "trois",  "3e",      "3eme",
         "3ème", "tercera",   "terceira",  "3ª",        "3a",     "tres",    "terza",
         "tre",  "derde",     "drie",      NULL},
        {"4",         "4th",       "fourth",    "four",   "vierte",  "vierten", "vierter", "vier",
         "quatrième", "QUATRIÈME", "quatrieme", "quatre", "4e",      "4eme",    "4ème",    "cuarta",
         "4ª",        "4a",        "cuatro",    "quarta", "quattro", "vierde",  NULL}};
    for (int i = 0; i < 4; i++)
        if (is_one_of(word, list[i]))
            return i + 1;
    return 0;
}

/* The session that one word names; false for a word that names none. */
static bool names_session(const char *word, tns_course_step *kind)
{
    static const struct {
        const char *word;
        tns_course_step kind;
    } list[] = {
        {"erstsitzung", TNS_STEP_1},     {"erstbehandlung", TNS_STEP_1},
        {"ersttermin", TNS_STEP_1},      {"zweitsitzung", TNS_STEP_2},
        {"zweitbehandlung", TNS_STEP_2}, {"zweittermin", TNS_STEP_2},
        {"folgesitzung", TNS_STEP_2},    {"folgebehandlung", TNS_STEP_2},
        {"drittsitzung", TNS_STEP_3},    {"drittbehandlung", TNS_STEP_3},
        {"vervolgsessie", TNS_STEP_2},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (tns_text_same(word, list[i].word)) {
            *kind = list[i].kind;
            return true;
        }
    return false;
}

/* ---- words ---- */

/* Between punctuation and blanks; what is not ASCII is of the word. */
static bool is_between(char c)
{
    unsigned char ascii = (unsigned char)c < 0x80 ? (unsigned char)c : 'a';
    return isspace(ascii) || ispunct(ascii);
}

static void add_word(words *all, const char *text, size_t n, char before)
{
    if (n == 0 || all->count == WORDS)
        return;
    size_t kept = n < WORD - 1 ? n : WORD - 1;
    all->before[all->count] = before;
    memcpy(all->word[all->count], text, kept);
    all->word[all->count++][kept] = '\0';
}

static void split(const char *text, words *all)
{
    const char *begin = text;
    all->count = 0;
    while (*text) {
        text += strspn(text, " \t");
        const char *end = text + strcspn(text, " \t");
        if (memchr(text, '=', (size_t)(end - text)))
            text = end;
        while (text < end) {
            const char *from = text;
            while (text < end && !is_between(*text))
                text++;
            add_word(all, from, (size_t)(text - from), from > begin ? from[-1] : ' ');
            text += text < end;
        }
    }
}

static const char *word_at(const words *all, size_t i)
{
    return i < all->count ? all->word[i] : "";
}

/* ---- kinds ---- */

/* "2/3", the second of three; "2" alone is none. */
static bool is_fraction(const words *all, size_t i)
{
    const char *of = word_at(all, i + 1);
    return isdigit((unsigned char)of[0]) && all->before[i + 1] == '/' &&
           number_of(of) >= number_of(word_at(all, i));
}

/* "Session 2" but not "session 2 pm"; "2nd session" but not "14:02 session". */
static size_t session_at(const words *all, size_t i, tns_course_step *kind)
{
    int before = number_of(word_at(all, i)), after = number_of(word_at(all, i + 1));
    bool numbered = before && is_session(word_at(all, i + 1)) &&
                    (i == 0 || !isdigit((unsigned char)all->word[i - 1][0]));
    bool counted = is_session(all->word[i]) && after &&
                   (is_fraction(all, i + 1) ||
                    (!is_appointment(all->word[i]) && !is_of_time(word_at(all, i + 2))));
    if (!numbered && !counted)
        return 0;
    *kind = (tns_course_step)((counted ? after : before) - 1);
    return 2;
}

/* "SMP 3", but not "SMP 3 pm". */
static size_t smp_at(const words *all, size_t i, tns_course_step *kind)
{
    const char *next = word_at(all, i + 1);
    int number = isdigit((unsigned char)next[0]) ? number_of(next) : 0;
    if (!number || !is_of_scalps(all->word[i]) ||
        (!is_fraction(all, i + 1) && is_of_time(word_at(all, i + 2))))
        return 0;
    *kind = (tns_course_step)(number - 1);
    return 2;
}

/* Of how many words from there on it is the name of a kind; 0 = it is none. */
static size_t kind_at(const words *all, size_t i, tns_course_step *kind)
{
    const char *word = all->word[i];
    bool parted = (tns_text_same(word, "touch") || tns_text_same(word, "follow")) &&
                  tns_text_same(word_at(all, i + 1), "up");
    if (parted || is_of_touch_up(word)) {
        *kind = TNS_STEP_TOUCH_UP;
        return parted ? 2 : 1;
    }
    if (tns_course_step_parse(word, kind) || names_session(word, kind))
        return 1;
    size_t n = session_at(all, i, kind);
    return n ? n : smp_at(all, i, kind);
}

/* A time of day does not matter before it. */
static bool begins_at(const words *all, size_t i)
{
    while (i > 0 && isdigit((unsigned char)all->word[i - 1][0]))
        i--;
    return i == 0;
}

/* Sessions and touch-ups there are of all trades, S1 to S4 are of this one, where no word beside
   them tells otherwise. */
static tns_kind_place place_of(const words *all, size_t i, size_t n, bool title)
{
    tns_course_step kind;
    bool own = tns_course_step_parse(all->word[i], &kind);
    if (own && ((i > 0 && is_of_others(all->word[i - 1])) || is_of_others(word_at(all, i + 1))))
        return TNS_KIND_OF_OTHERS;
    bool alone = begins_at(all, i) || (title && i + n == all->count);
    return own && alone ? TNS_KIND_IN_PLACE : TNS_KIND_AMONG_WORDS;
}

static void read_kinds(tns_visit_words *said, const words *all, bool title)
{
    for (size_t i = 0; i < all->count; i++) {
        tns_course_step kind;
        size_t n = kind_at(all, i, &kind);
        tns_kind_place place = n > 0 ? place_of(all, i, n, title) : TNS_KIND_NOT_NAMED;
        said->of_scalps |= is_of_scalps(all->word[i]);
        if (place <= said->place)
            continue;
        said->kind = kind;
        said->place = place;
    }
}

/* "C12"; 0 = it is none. */
static int64_t client_of(const char *word)
{
    enum { DIGITS = 9 };
    size_t n = strlen(word);
    bool number = (word[0] == 'C' || word[0] == 'c') && n > 1 && n <= 1 + DIGITS &&
                  word[1] != '0' && strspn(word + 1, "0123456789") == n - 1;
    return number ? strtoll(word + 1, NULL, 10) : 0;
}

/* "C3" of a room is none, nor is that of "room no. C3". */
static int64_t client_at(const words *all, size_t i)
{
    static const char *const number[] = {"nr", "no", NULL};
    size_t before = i > 1 && is_one_of(all->word[i - 1], number) ? i - 1 : i;
    return before > 0 && is_of_places(all->word[before - 1]) ? 0 : client_of(all->word[i]);
}

static bool is_of_visits(const char *word)
{
    tns_course_step kind;
    return tns_course_step_parse(word, &kind) || is_of_scalps(word);
}

/* First, last, in brackets or beside the visit: elsewhere it may mean anything. */
static bool names_client(const words *all, size_t i)
{
    return begins_at(all, i) || i + 1 == all->count || strchr("([", all->before[i]) ||
           is_of_visits(all->word[i - 1]) || is_of_visits(word_at(all, i + 1));
}

static bool calls_off(const words *all, size_t i)
{
    const char *word = all->word[i];
    bool absent = tns_text_same(word, "no") && tns_text_same(word_at(all, i + 1), "show");
    return absent || (is_called_off(word) && (i == 0 || !is_negation(all->word[i - 1])));
}

static void read_title(tns_visit_words *said, const words *all)
{
    for (size_t i = 0; i < all->count; i++) {
        said->is_talk |= is_of_talks(all->word[i]);
        int64_t client = client_at(all, i);
        said->called_off |= calls_off(all, i);
        said->several_clients |= client && said->mentioned && client != said->mentioned;
        said->mentioned = client ? client : said->mentioned;
        said->client = client && names_client(all, i) ? client : said->client;
    }
}

void tns_visit_words_read(tns_visit_words *said, const char *text, bool title)
{
    words all;
    split(text, &all);
    read_kinds(said, &all, title);
    if (title)
        read_title(said, &all);
}
