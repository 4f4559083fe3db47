/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an answer is put into words. */
#ifndef SERVICE_WORDS_H
#define SERVICE_WORDS_H

#include <stddef.h>

#include <tonsure/colorimetry.h>
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

/* How a color is called that is off in a direction. */
typedef struct tns_off_words {
    const char *lighter, *darker, *warmer, *cooler, *redder, *greener;
} tns_off_words;

/* ", slightly too dark and much too warm": lightness, and the larger of a* and b*. */
void tns_say_off(tns_sentence *s, tns_lab target, tns_lab found, const tns_off_words *words);

#endif
