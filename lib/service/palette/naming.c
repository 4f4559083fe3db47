/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a person calls a pigment, or what is in one: an id, a name, a Colour Index, a CAS number, an
 * ingredient. What a client is allergic to is seldom a bottle's name.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "pigment/allergen.h"
#include "pigment/substance.h"
#include "service/parts.h"

enum { NEAR_MAX = 4, WORD_MAX = 80 };

/* Why a pigment is left out that was called by its own name. */
static const char NAMED[] = "named";

/* ---- what a word says of a pigment ---- */

static bool by_color_index(const tns_pigment *pigment, const char *word, tns_left_out *out)
{
    const char *index = tns_index_named(pigment->color_index, pigment->color_index_count, word);
    if (index)
        tns_text_format(out->why, sizeof out->why, "has %s", index);
    return index != NULL;
}

static bool by_ingredient(const tns_pigment *pigment, const char *word, tns_left_out *out)
{
    const tns_ingredient *one =
        tns_ingredient_named(pigment->ingredients, pigment->ingredient_count, word);
    if (one)
        tns_text_format(out->why, sizeof out->why, "contains %s%s%s", one->name,
                        one->cas[0] ? ", CAS " : "", one->cas);
    return one != NULL;
}

/* By another name of what is in it: "1333-86-4" of what has CI 77266. */
static bool by_substance(const tns_pigment *pigment, const char *word, tns_left_out *out)
{
    for (size_t i = 0; i < pigment->color_index_count; i++)
        if (tns_word_shares(word, pigment->color_index[i], true)) {
            tns_text_format(out->why, sizeof out->why, "has %s", pigment->color_index[i]);
            return true;
        }
    for (size_t i = 0; i < pigment->ingredient_count; i++)
        if (tns_word_shares(word, pigment->ingredients[i].name, true) ||
            tns_word_shares(word, pigment->ingredients[i].cas, true)) {
            tns_text_format(out->why, sizeof out->why, "contains %s", pigment->ingredients[i].name);
            return true;
        }
    return false;
}

static bool is_meant(const tns_palette *palette, size_t i, const char *word, tns_left_out *out)
{
    const tns_pigment *pigment = &palette->pigments[i];
    tns_text_copy(out->pigment, sizeof out->pigment, pigment->id);
    tns_text_copy(out->why, sizeof out->why, NAMED);
    return word[0] && (tns_palette_index(palette, word) == (int)i ||
                       tns_text_same(word, pigment->name) || by_color_index(pigment, word, out) ||
                       by_ingredient(pigment, word, out) || by_substance(pigment, word, out));
}

/* ---- what it may have meant ---- */

typedef struct near {
    size_t count;
    const char *name[NEAR_MAX + 1]; /* nearest first; one more than is kept */
    size_t apart[NEAR_MAX + 1];
} near;

/* Levenshtein's distance (1966), of small letters. */
static size_t edits(const char *a, const char *b)
{
    size_t row[WORD_MAX + 1], n = strlen(b);
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 0; a[i]; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < n; j++) {
            size_t changed = diagonal + (tns_text_lower(a[i]) != tns_text_lower(b[j]));
            diagonal = row[j + 1];
            size_t shorter = row[j] < row[j + 1] ? row[j] + 1 : row[j + 1] + 1;
            row[j + 1] = changed < shorter ? changed : shorter;
        }
    }
    return row[n];
}

static bool holds(const char *text, const char *word)
{
    for (size_t n = strlen(word); n >= 3 && *text; text++) {
        size_t same = 0;
        while (same < n && tns_text_lower(text[same]) == tns_text_lower(word[same]))
            same++;
        if (same == n)
            return true;
    }
    return false;
}

/* Keeps a name that the word is part of, or that a third of its letters, changed, would give. */
static void offer(near *found, const char *word, const char *name)
{
    size_t n = strlen(word), m = strlen(name);
    if (n == 0 || n > WORD_MAX || m > WORD_MAX)
        return;
    size_t apart = holds(name, word) ? 1 : edits(word, name);
    size_t most = n > 6 ? n / 3 : tns_text_lower(word[0]) == tns_text_lower(name[0]) ? 2 : 1;
    if (apart > most || (apart >= n && apart > 1))
        return;
    for (size_t i = 0; i < found->count; i++)
        if (tns_text_same(found->name[i], name))
            return;
    size_t at = found->count;
    for (; at > 0 && apart < found->apart[at - 1]; at--) {
        found->name[at] = found->name[at - 1];
        found->apart[at] = found->apart[at - 1];
    }
    found->name[at] = name;
    found->apart[at] = apart;
    found->count += found->count < NEAR_MAX;
}

void tns_near_names(const tns_palette *palette, const char *word, bool ids_only, char *text,
                    size_t size)
{
    near found = {0};
    for (size_t i = 0; i < palette->count; i++) {
        const tns_pigment *pigment = &palette->pigments[i];
        offer(&found, word, pigment->id);
        for (size_t k = 0; k < pigment->color_index_count && !ids_only; k++)
            offer(&found, word, pigment->color_index[k]);
        for (size_t k = 0; k < pigment->ingredient_count && !ids_only; k++) {
            offer(&found, word, pigment->ingredients[k].name);
            offer(&found, word, pigment->ingredients[k].cas);
        }
    }
    text[0] = '\0';
    for (size_t i = 0; i < found.count; i++) {
        size_t used = strlen(text);
        tns_text_format(text + used, size - used, "%s%s", i ? ", " : "; near it: ", found.name[i]);
    }
}

/* ---- lists of words ---- */

/* What nobody would type by mistake for something else. */
static bool may_be_absent(const char *word, const char *names)
{
    char read[TNS_WORD_SIZE];
    tns_word_kind kind = tns_word_read(word, read);
    return word[0] && (!names[0] || kind == TNS_WORD_CAS || kind == TNS_WORD_INDEX);
}

static bool tell_unknown(const tns_palette *palette, const char *option, const char *word,
                         tns_warnings *absent, tns_error *err)
{
    size_t silent = 0;
    char names[4 * (WORD_MAX + 2)], note[80] = "";
    tns_near_names(palette, word, false, names, sizeof names);
    for (size_t i = 0; i < palette->count; i++)
        silent += palette->pigments[i].ingredient_count == 0;
    if (silent > 0)
        tns_text_format(note, sizeof note, "; %zu of its %zu list no ingredients", silent,
                        palette->count);
    if (absent && may_be_absent(word, names)) {
        tns_warn(absent, "%s: nothing in palette %s is called %.*s or is known to hold it%s",
                 option, palette->name, WORD_MAX, word, note);
        return true;
    }
    return tns_error_set(err, TNS_ERROR_USAGE,
                         "%s: palette %s has no pigment \"%.*s\" and none that contains it%s%s",
                         option, palette->name, WORD_MAX, word, note, names);
}

size_t tns_left_out_list(const tns_palette *palette, const tns_left_out *only,
                         const tns_left_out *without, tns_left_out *out)
{
    size_t count = 0;
    for (size_t i = 0; i < palette->count; i++) {
        tns_pigment_kind kind = palette->pigments[i].kind;
        bool wanted = !only || only[i].pigment[0] || kind == TNS_DILUENT;
        if (without[i].pigment[0] && wanted && kind != TNS_ADDITIVE)
            out[count++] = without[i];
    }
    return count;
}

/*
 * The names, among the pigments that stay, of those that may hold what others were left out for,
 * since nobody says what they hold.
 */
static void name_silent(const tns_palette *palette, const tns_left_out *without,
                        const int *pigments, size_t count, char *names, size_t size)
{
    names[0] = '\0';
    bool asked = false;
    for (size_t i = 0; i < palette->count; i++)
        asked = asked || (without[i].pigment[0] && strcmp(without[i].why, NAMED) != 0);
    for (size_t i = 0; i < count && asked; i++) {
        const tns_pigment *pigment = &palette->pigments[pigments[i]];
        size_t used = strlen(names);
        if (pigment->ingredient_count == 0)
            tns_text_format(names + used, size - used, "%s%s", used ? ", " : "", pigment->id);
    }
}

void tns_warn_of_silent(tns_warnings *warnings, const tns_palette *palette,
                        const tns_left_out *without, const int *pigments, size_t count)
{
    char names[TNS_WARNING_SIZE];
    name_silent(palette, without, pigments, count, names, sizeof names);
    if (names[0])
        tns_warn(warnings, "what is in these is not known, so they may hold it too: %s", names);
}

bool tns_pigments_mark(const tns_palette *palette, const char *option, const char *list,
                       tns_left_out *marked, tns_warnings *absent, tns_error *err)
{
    char word[WORD_MAX + 1];
    for (const char *rest = list; tns_next_name(&rest, word, sizeof word);) {
        bool known = false;
        for (size_t i = 0; i < palette->count; i++) {
            tns_left_out one = {0};
            if (!is_meant(palette, i, word, &one))
                continue;
            known = true;
            if (!marked[i].pigment[0])
                marked[i] = one;
        }
        if (!known && !tell_unknown(palette, option, word, absent, err))
            return false;
    }
    return true;
}
