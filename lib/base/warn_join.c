/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/warn_join.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Where the name begins, or NULL; *end is the colon behind it. */
static char *name_in(char *text, const char *before, char **end)
{
    size_t n = strlen(before);
    bool begins = strncmp(text, before, n) == 0 && text[n] == ' ';
    *end = begins ? strchr(text + n, ':') : NULL;
    return *end ? text + n + 1 : NULL;
}

/* Puts the other's name behind the one's, where all else is the same. */
static bool join(char *one, char *other, const char *before)
{
    char whole[2 * TNS_WARNING_SIZE], *end, *other_end;
    char *name = name_in(one, before, &end), *more = name_in(other, before, &other_end);
    if (!name || !more || strcmp(end, other_end) != 0)
        return false;
    snprintf(whole, sizeof whole, "%.*s, %s", (int)(end - one), one, more);
    if (strlen(whole) >= TNS_WARNING_SIZE)
        return false;
    strcpy(one, whole);
    return true;
}

static void drop(tns_warnings *warnings, size_t at)
{
    size_t behind = --warnings->count - at;
    memmove(warnings->text[at], warnings->text[at + 1], behind * TNS_WARNING_SIZE);
}

void tns_warn_join(tns_warnings *warnings, const char *before)
{
    for (size_t i = 0; i < warnings->count; i++)
        for (size_t k = i + 1; k < warnings->count;)
            if (join(warnings->text[i], warnings->text[k], before))
                drop(warnings, k);
            else
                k++;
}
