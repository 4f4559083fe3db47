/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stock/card.h"

#include <string.h>

#include "base/text.h"
#include "pigment/substance.h"
#include "stock/ledger.h"

/* A number as it is written here, a name as it was told. */
static bool tidy_word(const char *told, char out[TNS_ALLERGY_SIZE], tns_error *err)
{
    char read[TNS_WORD_SIZE];
    if (!tns_stock_name("allergy", told, out, TNS_ALLERGY_SIZE, err))
        return false;
    tns_word_kind kind = tns_word_read(out, read);
    if (kind == TNS_WORD_BROKEN_CAS)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "allergy: %s is no CAS number: its last digit checks the others",
                             read);
    return (kind != TNS_WORD_INDEX && kind != TNS_WORD_CAS) ||
           tns_text_copy(out, TNS_ALLERGY_SIZE, read);
}

static size_t place_of(const tns_client_card *card, const char *word)
{
    char asked[TNS_WORD_SIZE], told[TNS_WORD_SIZE];
    tns_word_read(word, asked);
    for (size_t i = 0; i < card->allergy_count; i++) {
        tns_word_read(card->allergies[i], told);
        if (strcmp(asked, told) == 0)
            return i;
    }
    return card->allergy_count;
}

bool tns_client_card_tidy(const tns_client_card *told, tns_client_card *out, tns_error *err)
{
    *out = (tns_client_card){0};
    if (told->name[0] && !tns_stock_name("name", told->name, out->name, sizeof out->name, err))
        return false;
    for (size_t i = 0; i < told->allergy_count; i++) {
        char word[TNS_ALLERGY_SIZE];
        if (!tidy_word(told->allergies[i], word, err))
            return false;
        if (place_of(out, word) == out->allergy_count)
            strcpy(out->allergies[out->allergy_count++], word);
    }
    return true;
}

/* What people type for "to nothing": it would be looked for on labels, and never be found. */
static bool says_nothing(const char *word)
{
    static const char *const words[] = {"none", "no", "nothing", "nil", "keine", "nichts", "nein"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (tns_text_same(word, words[i]))
            return true;
    return false;
}

bool tns_client_card_add_allergy(tns_client_card *card, const char *told, tns_error *err)
{
    char word[TNS_ALLERGY_SIZE];
    if (!tidy_word(told, word, err))
        return false;
    if (says_nothing(word))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "allergy: \"%s\" is nothing to be allergic to: who has none is "
                             "told none",
                             word);
    if (place_of(card, word) < card->allergy_count)
        return true;
    if (card->allergy_count == TNS_ALLERGIES_MAX)
        return tns_error_set(err, TNS_ERROR_USAGE, "allergy: more than %d", TNS_ALLERGIES_MAX);
    strcpy(card->allergies[card->allergy_count++], word);
    return true;
}

bool tns_client_card_drop_allergy(tns_client_card *card, const char *word, tns_error *err)
{
    size_t at = place_of(card, word);
    if (at == card->allergy_count)
        return tns_error_set(err, TNS_ERROR_USAGE, "allergy: \"%.60s\" is not on the card", word);
    for (; at + 1 < card->allergy_count; at++)
        strcpy(card->allergies[at], card->allergies[at + 1]);
    card->allergy_count--;
    return true;
}

static void doubt_name(const char *word, tns_warnings *warnings)
{
    char text[TNS_NEAR_TEXT];
    tns_near near = {0};
    tns_word_offer(word, &near);
    tns_near_write(&near, text, sizeof text);
    tns_warn(warnings,
             "\"%s\" is no substance known here: it is looked for on labels by this word alone, as "
             "it is spelled%s",
             word, text);
}

void tns_client_card_doubt(const tns_client_card *card, tns_warnings *warnings)
{
    for (size_t i = 0; i < card->allergy_count; i++) {
        char read[TNS_WORD_SIZE];
        tns_word_kind kind = tns_word_read(card->allergies[i], read);
        if (kind == TNS_WORD_DOUBTFUL || kind == TNS_WORD_BROKEN_CAS)
            tns_warn(warnings,
                     "\"%s\" is no Colour Index (5 or 6 digits) and no CAS number: it is looked "
                     "for as a name",
                     card->allergies[i]);
        else if (kind == TNS_WORD_NAME && !tns_word_is_known(card->allergies[i]))
            doubt_name(card->allergies[i], warnings);
    }
}
