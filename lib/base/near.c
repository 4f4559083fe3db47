/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/near.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

/* Levenshtein's distance (1966), of small letters. */
static size_t edits(const char *a, const char *b)
{
    size_t row[TNS_NEAR_WORD + 1], n = strlen(b);
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 0; a[i]; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < n; j++) {
            size_t changed = diagonal + (tns_text_lower(a[i]) != tns_text_lower(b[j]));
            diagonal = row[j + 1];
            size_t shorter = row[j] < row[j + 1] ? row[j] + 1 : row[j + 1] + 1;
            row[j + 1] = changed < shorter ? changed : shorter;
        }
    }
    return row[n];
}

static bool holds(const char *text, const char *word)
{
    for (size_t n = strlen(word); n >= 3 && *text; text++) {
        size_t same = 0;
        while (same < n && tns_text_lower(text[same]) == tns_text_lower(word[same]))
            same++;
        if (same == n)
            return true;
    }
    return false;
}

void tns_near_offer(tns_near *found, const char *word, const char *name)
{
    size_t n = strlen(word), m = strlen(name);
    if (n == 0 || n > TNS_NEAR_WORD || m > TNS_NEAR_WORD)
        return;
    size_t apart = holds(name, word) ? 1 : edits(word, name);
    size_t most = n > 6 ? n / 3 : tns_text_lower(word[0]) == tns_text_lower(name[0]) ? 2 : 1;
    if (apart > most || (apart >= n && apart > 1))
        return;
    for (size_t i = 0; i < found->count; i++)
        if (tns_text_same(found->name[i], name))
            return;
    size_t at = found->count;
    for (; at > 0 && apart < found->apart[at - 1]; at--) {
        strcpy(found->name[at], found->name[at - 1]);
        found->apart[at] = found->apart[at - 1];
    }
    strcpy(found->name[at], name);
    found->apart[at] = apart;
    found->count += found->count < TNS_NEAR_MAX;
}

void tns_near_write(const tns_near *near, char *text, size_t size)
{
    text[0] = '\0';
    for (size_t i = 0; i < near->count; i++) {
        size_t used = strlen(text);
        tns_text_format(text + used, size - used, "%s%s", i ? ", " : "; near it: ", near->name[i]);
    }
}
