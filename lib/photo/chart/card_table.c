/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo/chart/card_table.h"

#include <stdarg.h>
#include <string.h>

#include "base/text.h"

const char *const tns_card_words[CARD_PLAIN_COLUMNS] = {"name", "L", "a",  "b",  "X",
                                                        "Y",    "Z", "uL", "ua", "ub"};

bool tns_card_fail(const tns_card_reader *r, const char *format, ...)
{
    char text[400];
    va_list args;
    va_start(args, format);
    tns_text_vformat(text, sizeof text, format, args);
    va_end(args);
    tns_text_tidy(text);
    return tns_error_set(r->err, TNS_ERROR_FORMAT, "%s:%d: %s", r->name, r->line, text);
}

char *tns_card_trimmed(char *text)
{
    text += strspn(text, " \t");
    size_t n = strlen(text);
    while (n > 0 && strchr(" \t\r", text[n - 1]))
        n--;
    text[n] = '\0';
    return text;
}

static bool read_wavelength(const char *word, double *nm)
{
    return strncmp(word, "nm", 2) == 0 && tns_text_number(word + 2, nm, NULL) && *nm >= 300 &&
           *nm <= 1100;
}

static bool add_column(tns_card_reader *r, const char *word)
{
    tns_card_table *t = &r->table;
    if (t->count == CARD_COLUMNS_MAX)
        return tns_card_fail(r, "patches: expected at most %d columns", CARD_COLUMNS_MAX);
    for (int k = 0; k < CARD_PLAIN_COLUMNS; k++)
        if (strcmp(word, tns_card_words[k]) == 0) {
            if (t->has[k])
                return tns_card_fail(r, "patches: the column %s stands twice", word);
            t->has[k] = true;
            t->kind[t->count++] = (tns_card_column)k;
            return true;
        }
    double nm = 0;
    if (!read_wavelength(word, &nm))
        return tns_card_fail(r,
                             "patches: expected name, L, a, b, X, Y, Z, uL, ua, ub or nm380 .., "
                             "found \"%.40s\"",
                             word);
    if (t->waves > 0 && nm <= t->wave_nm[t->count - 1])
        return tns_card_fail(r, "patches: wavelengths must rise, found \"%.40s\"", word);
    if (t->waves == CARD_WAVES_MAX)
        return tns_card_fail(r, "patches: expected at most %d wavelengths", CARD_WAVES_MAX);
    t->wave_nm[t->count] = nm;
    t->kind[t->count++] = (tns_card_column)CARD_PLAIN_COLUMNS;
    t->waves++;
    return true;
}

static bool has_all(const tns_card_table *t, tns_card_column first)
{
    return t->has[first] && t->has[first + 1] && t->has[first + 2];
}

static bool has_any(const tns_card_table *t, tns_card_column first)
{
    return t->has[first] || t->has[first + 1] || t->has[first + 2];
}

static bool check_columns(const tns_card_reader *r)
{
    const tns_card_table *t = &r->table;
    if (!t->has[CARD_NAME])
        return tns_card_fail(r, "patches: expected a column \"name\"");
    if (has_any(t, CARD_LAB_L) && has_any(t, CARD_XYZ_X))
        return tns_card_fail(r, "patches: expected L, a, b or X, Y, Z, found both");
    const tns_card_column groups[] = {CARD_LAB_L, CARD_XYZ_X, CARD_SD_L};
    for (size_t g = 0; g < 3; g++)
        if (has_any(t, groups[g]) && !has_all(t, groups[g]))
            return tns_card_fail(r, "patches: expected all three of %s, %s, %s",
                                 tns_card_words[groups[g]], tns_card_words[groups[g] + 1],
                                 tns_card_words[groups[g] + 2]);
    return true;
}

/* The colors' own white: what they are adapted from, and what their spectra are judged by. */
static bool check_white(const tns_card_reader *r)
{
    bool has_color = r->table.has[CARD_LAB_L] || r->table.has[CARD_XYZ_X];
    if (has_color && !r->head.has_white)
        return tns_card_fail(r,
                             "expected a line \"white:\" above the patches: D50, D65 or X, Y, Z");
    if (has_color && r->head.observer == 0)
        return tns_card_fail(r, "expected a line \"observer:\" above the patches: 2");
    if (has_color && r->head.observer != TNS_OBSERVER_2)
        return tns_card_fail(
            r, "observer: expected 2, found 10: colors of the 10 degree observer cannot "
               "be turned into those of the chart's; give spectra");
    return true;
}

static bool lay_out(const tns_card_reader *r)
{
    tns_error why;
    return tns_card_head_lay_out(&r->head, &r->card->chart, &why) ||
           tns_card_fail(r, "%s", why.text);
}

bool tns_card_open_table(tns_card_reader *r, char *words)
{
    const char *missing = tns_card_head_missing(&r->head);
    if (missing)
        return tns_card_fail(r, "expected a line \"%s:\" above the patches", missing);
    for (char *word = words; word;) {
        char *comma = strchr(word, ',');
        if (comma)
            *comma = '\0';
        if (!add_column(r, tns_card_trimmed(word)))
            return false;
        word = comma ? comma + 1 : NULL;
    }
    r->table.is_open = true;
    return check_columns(r) && check_white(r) && lay_out(r);
}
