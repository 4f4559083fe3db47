/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a person calls a pigment, or what is in one: an id, a name, a Colour Index, a CAS number, an
 * ingredient. What a client is allergic to is seldom a bottle's name.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "base/text.h"
#include "pigment/allergen.h"
#include "pigment/substance.h"
#include "service/parts.h"

enum { WORD_MAX = TNS_NEAR_WORD };

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
static bool by_substance(const tns_pigment *pigment, uint32_t meant, tns_left_out *out)
{
    for (size_t i = 0; i < pigment->color_index_count; i++)
        if (tns_word_names(pigment->color_index[i], meant)) {
            tns_text_format(out->why, sizeof out->why, "has %s", pigment->color_index[i]);
            return true;
        }
    for (size_t i = 0; i < pigment->ingredient_count; i++)
        if (tns_word_names(pigment->ingredients[i].name, meant) ||
            tns_word_names(pigment->ingredients[i].cas, meant)) {
            tns_text_format(out->why, sizeof out->why, "contains %s", pigment->ingredients[i].name);
            return true;
        }
    return false;
}

/* `meant` = the substances that the word names. */
static bool is_meant(const tns_palette *palette, size_t i, const char *word, uint32_t meant,
                     tns_left_out *out)
{
    const tns_pigment *pigment = &palette->pigments[i];
    tns_text_copy(out->pigment, sizeof out->pigment, pigment->id);
    tns_text_copy(out->why, sizeof out->why, NAMED);
    return word[0] && (tns_palette_index(palette, word) == (int)i ||
                       tns_text_same(word, pigment->name) || by_color_index(pigment, word, out) ||
                       by_ingredient(pigment, word, out) || by_substance(pigment, meant, out));
}

/* ---- what it may have meant ---- */

void tns_near_names(const tns_palette *palette, const char *word, bool ids_only, char *text,
                    size_t size)
{
    tns_near found = {0};
    for (size_t i = 0; i < palette->count; i++) {
        const tns_pigment *pigment = &palette->pigments[i];
        tns_near_offer(&found, word, pigment->id);
        for (size_t k = 0; k < pigment->color_index_count && !ids_only; k++)
            tns_near_offer(&found, word, pigment->color_index[k]);
        for (size_t k = 0; k < pigment->ingredient_count && !ids_only; k++) {
            tns_near_offer(&found, word, pigment->ingredients[k].name);
            tns_near_offer(&found, word, pigment->ingredients[k].cas);
        }
    }
    tns_near_write(&found, text, size);
}

void tns_pigments_meant(const tns_palette *palette, const char *word, char *text, size_t size)
{
    tns_left_out why;
    tns_near found = {0};
    uint32_t meant = tns_word_substances(word);
    for (size_t i = 0; i < palette->count; i++)
        if (is_meant(palette, i, word, meant, &why))
            tns_near_offer(&found, palette->pigments[i].id, palette->pigments[i].id);
    tns_near_write(&found, text, size);
    if (found.count == 0)
        tns_near_names(palette, word, true, text, size);
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
    char names[TNS_NEAR_TEXT], note[80] = "";
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
        uint32_t meant = tns_word_substances(word);
        for (size_t i = 0; i < palette->count; i++) {
            tns_left_out one = {0};
            if (!is_meant(palette, i, word, meant, &one))
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
