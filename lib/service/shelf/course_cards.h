/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The readings on all clients' cards, client by client, and which of them lie beside each other. */
#ifndef SERVICE_SHELF_COURSE_CARDS_H
#define SERVICE_SHELF_COURSE_CARDS_H

#include <tonsure/course.h>

typedef struct tns_card_reading {
    int64_t client;
    const tns_site_reading *at; /* borrowed of the readings' lists */
    tns_reading reading;        /* nothing, where it cannot be read */
    tns_error fault;            /* then why */
} tns_card_reading;

typedef struct tns_card_readings {
    size_t count;
    tns_card_reading *readings; /* client by client */
    size_t client_count;
    int64_t *clients;
    tns_site_reading_list *lists; /* of each of them */
} tns_card_readings;

/* Finish them in every case. */
bool tns_card_readings_find(tns_stock *stock, tns_card_readings *out, tns_error *err);
void tns_card_readings_finish(tns_card_readings *cards);

/*
 * The nearest of the same client's readings of a kind: of the site, of the visit, then the latest;
 * a dot is of the same visit, and has healed. NULL = there is none.
 */
const tns_card_reading *tns_card_readings_nearest(const tns_card_readings *cards,
                                                  const tns_card_reading *to, tns_what what);

#endif
