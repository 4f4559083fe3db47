/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A visit as papers tell of it: of each part of each pot, what its bottle, lot and product say,
 * what was read, and what is to be known of it.
 */
#ifndef SERVICE_SHELF_GATHER_H
#define SERVICE_SHELF_GATHER_H

#include <tonsure/papers.h>

enum {
    TNS_GATHERED_WARNING = 560,
    TNS_ALLERGIES_TEXT = TNS_ALLERGIES_MAX * (TNS_ALLERGY_SIZE + 2)
};

/* What the values of a part borrow. */
typedef struct tns_part_texts {
    char pot[24], product[TNS_ID_SIZE], supplier[64], lot[TNS_LOT_SIZE];
    char color_index[200], ingredients[1600], known_index[200], known_ingredients[1600];
} tns_part_texts;

typedef struct tns_gathering {
    tns_stock *stock;
    const tns_palette *palette; /* NULL = nothing is known beyond labels */
    tns_visit visit;
    tns_client client;
    tns_pot_list pots; /* those that were not taken back */
    tns_site_reading_list readings;
    tns_day day; /* it was opened, or is booked for */
    size_t count, room, open_pots;
    int64_t left_ul;
    tns_part_texts *texts;
    tns_passport_part *parts;
    size_t warning_count;
    char (*warnings)[TNS_GATHERED_WARNING];
    const char **warning; /* each of them */
    char *sites;          /* owned; "crown, hairline" */
    char visit_name[24], client_name[24], allergies[TNS_ALLERGIES_TEXT];
} tns_gathering;

/* NULL on failure. */
tns_gathering *tns_gather(tns_stock *stock, int64_t visit, const tns_palette *palette,
                          tns_error *err);
/* NULL is taken. */
void tns_gathering_destroy(tns_gathering *gathering);

/* Borrows from the gathering and the request. */
tns_passport tns_gathering_passport(const tns_gathering *gathering,
                                    const tns_paper_request *request);

/* All that the client's card tells of, "" of none and without a card. */
void tns_list_allergies(const tns_client *client, char out[TNS_ALLERGIES_TEXT]);

/* "first session", "touch-up" */
const char *tns_visit_kind_words(tns_visit_kind kind);

#endif
