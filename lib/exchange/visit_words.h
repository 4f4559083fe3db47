/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What kind of visit the words of a calendar tell of, as people write it: "S1", "Session 1",
 * "2nd session", "1. Sitzung", "touch up".
 *
 * Such a word may stand in an event about something else: the event says what it is about (SMP,
 * scalp), or the word is one of S1 to S4 and begins the text, or ends a title ("Mueller S2").
 * Beside what else is called so ("Samsung S2", "S3 bucket") it is none.
 */
#ifndef EXCHANGE_VISIT_WORDS_H
#define EXCHANGE_VISIT_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include <tonsure/demand.h>

/* Where a kind of visit is named, from nowhere to where it counts by itself. */
typedef enum tns_kind_place {
    TNS_KIND_NOT_NAMED,
    TNS_KIND_OF_OTHERS, /* beside a word that has it too */
    TNS_KIND_AMONG_WORDS,
    TNS_KIND_IN_PLACE
} tns_kind_place;

typedef struct tns_visit_words {
    tns_kind_place place;
    tns_course_step kind; /* the first of the best place */
    bool of_scalps;       /* the event says so */
    bool called_off;      /* its title does */
    bool is_talk;         /* its title does: a consultation */
    bool several_clients;
    int64_t mentioned; /* the C12 of its title; 0 = there is none */
    int64_t client;    /* the same, where it stands as a client does */
} tns_visit_words;

/* One more text of an event. A word with a "=" in it tells nothing. */
void tns_visit_words_read(tns_visit_words *said, const char *text, bool title);

#endif
