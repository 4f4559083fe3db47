/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/difference.h>

#include "base/text.h"
#include "service/words.h"

void tns_say(tns_sentence *s, const char *format, ...)
{
    size_t used = strlen(s->text);
    va_list args;
    va_start(args, format);
    tns_text_vformat(s->text + used, s->size - used, format, args);
    va_end(args);
}

/* "Carbon black" -> "carbon-black": a name that says what the id says is no proper name. */
static bool is_common_name(const tns_pigment *pigment, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        char c = pigment->name[i] == ' ' ? '-' : tns_text_lower(pigment->name[i]);
        if (pigment->id[i] != c)
            return false;
    }
    return pigment->id[length] == '\0';
}

void tns_say_name(tns_sentence *s, const tns_pigment *pigment)
{
    size_t n = strcspn(pigment->name, ",");
    if (n == 0 || is_common_name(pigment, n)) {
        char name[TNS_ID_SIZE];
        snprintf(name, sizeof name, "%s", pigment->id);
        for (char *c = name; n > 0 && *c; c++)
            *c = *c == '-' ? ' ' : *c;
        tns_say(s, "%s", name);
    } else {
        tns_say(s, "%.*s", (int)n, pigment->name);
    }
}

const char *tns_closeness(double de00)
{
    return de00 <= 1 ? "very close" : de00 <= 2 ? "close" : de00 <= TNS_OFF_DE00 ? "near" : "off";
}

/* "slightly ", "much " or nothing at all. */
static const char *degree(double step)
{
    return fabs(step) < 1.5 ? "slightly " : fabs(step) < 4 ? "" : "much ";
}

void tns_say_off(tns_sentence *s, tns_lab target, tns_lab found, const tns_off_words *words)
{
    double dL = found.L - target.L, da = found.a - target.a, db = found.b - target.b;
    const char *before = ", ";
    if (fabs(dL) >= TNS_JUST_SEEN) {
        tns_say(s, "%s%s%s", before, degree(dL), dL > 0 ? words->lighter : words->darker);
        before = " and ";
    }
    if (fabs(db) >= TNS_JUST_SEEN && fabs(db) >= fabs(da))
        tns_say(s, "%s%s%s", before, degree(db), db > 0 ? words->warmer : words->cooler);
    else if (fabs(da) >= TNS_JUST_SEEN)
        tns_say(s, "%s%s%s", before, degree(da), da > 0 ? words->redder : words->greener);
}
