/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Clients of the shelf: numbers, to which visits and pots belong, and cards, on which stands what
 * may have to be forgotten.
 *
 * The ledger knows a client as a number alone, C12, for what it knows it keeps. A name, allergies
 * and the readings of visits are on the client's card, in tables that are no part of the ledger:
 * they can be erased without a trace, while what was mixed of which lot for C12 stays. That a card
 * was changed the ledger knows, and whether it is still the same.
 */
#ifndef TONSURE_CLIENT_H
#define TONSURE_CLIENT_H

#include <tonsure/stock.h>

TNS_BEGIN_DECLS

enum { TNS_CLIENT_NAME_SIZE = 96, TNS_ALLERGIES_MAX = 24, TNS_ALLERGY_SIZE = 80 };

typedef struct tns_client_card {
    char name[TNS_CLIENT_NAME_SIZE]; /* "" = not stated */
    size_t allergy_count;
    /* Each a name as it was told, a Colour Index "CI 77266" or a CAS number "1333-86-4". */
    char allergies[TNS_ALLERGIES_MAX][TNS_ALLERGY_SIZE];
} tns_client_card;

typedef struct tns_client {
    int64_t id;     /* from 1; people say C12 */
    tns_day since;  /* when it was added */
    tns_day erased; /* none = it is not */
    /* Not of one that was erased, nor where the store was restored from an export of its ledger:
       what the client is allergic to is then not known, which is not the same as nothing. */
    bool has_card;
    tns_client_card card;
} tns_client;

typedef struct tns_client_list {
    size_t count;
    tns_client *clients; /* owned */
} tns_client_list;

/* By number; `with_erased` those too of whom only the number is left. Finish it in every case. */
TNS_API bool tns_client_list_all(tns_stock *stock, bool with_erased, tns_client_list *out,
                                 tns_error *err);
TNS_API void tns_client_list_finish(tns_client_list *list);

/* TNS_ERROR_NO_SUCH where there is none of that number. */
TNS_API bool tns_client_find(tns_stock *stock, int64_t id, tns_client *out, tns_error *err);

/*
 * One allergy more, or less, of a card that is yet to be kept. Numbers may be told in any way they
 * are written, "C.I. 77266", "CAS 1333-86-4". TNS_ERROR_USAGE of a CAS number with a slip, of one
 * too many, of "none", and of one that is to be dropped but is not there.
 */
TNS_API bool tns_client_card_add_allergy(tns_client_card *card, const char *word, tns_error *err);
TNS_API bool tns_client_card_drop_allergy(tns_client_card *card, const char *word, tns_error *err);

/* Warns of each allergy that a label may hold and nobody find: with digits, but no number that
   could be there; a name of no substance known here, which is looked for as it is spelled. */
TNS_API void tns_client_card_doubt(const tns_client_card *card, tns_warnings *warnings);

/*
 * Adds a client, whose number is in the change. An allergy that looks like a CAS number and has
 * another check digit is TNS_ERROR_USAGE: a slip there would be found by nothing.
 */
TNS_API bool tns_client_add(tns_stock *stock, const tns_client_card *card, const tns_stock_act *act,
                            tns_stock_change *out, tns_error *err);

/*
 * The card anew, whole. The ledger has who changed it and when, and a salted digest, by which a
 * card that is changed by other means is found; nothing else of it. TNS_ERROR_CONFLICT of one that
 * was erased.
 */
TNS_API bool tns_client_set_card(tns_stock *stock, int64_t id, const tns_client_card *card,
                                 const tns_stock_act *act, tns_stock_change *out, tns_error *err);

/* What becomes of a card; what is not said stays as it is. */
typedef struct tns_client_card_change {
    const char *name;   /* anew; NULL = as it is, "" = none any more */
    bool none;          /* all allergies are taken off, before any is added */
    size_t fewer, more; /* how many are taken off, and then added */
    const char *const *fewer_words, *const *more_words;
} tns_client_card_change;

/*
 * Reads the card, changes it and puts it as one operation: of two who change it at once neither
 * loses what the other said. The errors of the calls above; TNS_ERROR_CONFLICT too where the card
 * is not here, unless `none` begins it anew. Doubts of words are among the warnings.
 */
TNS_API bool tns_client_change(tns_stock *stock, int64_t id, const tns_client_card_change *change,
                               const tns_stock_act *act, tns_stock_change *out, tns_error *err);

/*
 * Erases the card and all readings, cancels what is booked, and enters that it was done; what was
 * erased is then wiped from the file and its log too, which takes the store for a moment. Where
 * that could not be, since another program would not let go of it, this fails with TNS_ERROR_IO,
 * though it is erased: done again, it wipes. It does not reach backups and exports.
 */
TNS_API bool tns_client_erase(tns_stock *stock, int64_t id, const tns_stock_act *act,
                              tns_stock_change *out, tns_error *err);

TNS_END_DECLS

#endif
