/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an answer is put into words. */
#ifndef SERVICE_WORDS_H
#define SERVICE_WORDS_H

#include <stddef.h>

#include <tonsure/palette.h>

/* Lab steps under which nobody speaks of a direction. */
#define TNS_JUST_SEEN 0.5

/* Text that grows; what does not fit is left out. */
typedef struct tns_sentence {
    char *text;
    size_t size;
} tns_sentence;

void tns_say(tns_sentence *s, const char *format, ...) TNS_PRINTF(2, 3);

/* As it stands in a sentence: what follows a comma ("15 % by mass") is left out. */
void tns_say_name(tns_sentence *s, const tns_pigment *pigment);

/* "very close", "close", "near", "off". */
const char *tns_closeness(double de00);

/* "slightly ", "much " or nothing at all. */
const char *tns_degree(double step);

#endif
