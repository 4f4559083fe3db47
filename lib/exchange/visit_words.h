/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What kind of visit the words of a calendar tell of, as people write it: "S1", "Session 1",
 * "2nd session", "1. Sitzung", "touch up".
 *
 * Such a word may stand in an event about something else: the event says what it is about (SMP,
 * scalp), or the word is one of S1 to S4 and begins the text, or ends a title ("Mueller S2").
 */
#ifndef EXCHANGE_VISIT_WORDS_H
#define EXCHANGE_VISIT_WORDS_H

#include <stdbool.h>

#include <tonsure/demand.h>

typedef struct tns_visit_words {
    bool named;           /* a kind of visit */
    bool in_place;        /* where it counts by itself */
    bool of_scalps;       /* the event says so */
    tns_course_step kind; /* the first in place, else the first */
} tns_visit_words;

/* One more text of an event. A word with a "=" in it tells nothing. */
void tns_visit_words_read(tns_visit_words *said, const char *text, bool title);

#endif
