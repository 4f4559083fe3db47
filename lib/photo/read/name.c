/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "photo/chart/patches.h"
#include "photo/read/name.h"

static const char PATCH[] = "patch:";

/* Letters without regard to case; blanks, hyphens and underscores are alike. */
static bool same_words(const char *a, const char *b)
{
    for (; *a && *b; a++, b++) {
        char u = strchr(" -_", *a) ? ' ' : tns_text_lower(*a);
        char v = strchr(" -_", *b) ? ' ' : tns_text_lower(*b);
        if (u != v)
            return false;
    }
    return *a == *b;
}

static int find_patch(const tns_chart *chart, const char *name)
{
    for (int i = 0; i < chart->count; i++)
        if (same_words(chart->patch[i].name, name))
            return i;
    return -1;
}

bool tns_region_place(tns_region *region, const tns_chart *chart, const tns_placement *placement,
                      tns_error *err)
{
    size_t length = strlen(PATCH);
    bool is_patch = strncmp(region->place, PATCH, length) == 0;
    int patch = is_patch ? find_patch(chart, region->place + length) : -1;
    if (!is_patch)
        return tns_error_set(err, TNS_ERROR_USAGE, "region %s: expected patch:NAME, found \"%s\"",
                             region->name, region->place);
    if (patch < 0)
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "region %s: the chart %s has no patch \"%s\"; its first is \"%s\"",
                             region->name, chart->kind, region->place + length,
                             chart->patch[0].name);
    region->shape = TNS_SHAPE_POLYGON;
    region->point_count = 4;
    tns_patch_outline(placement, chart, patch, region->points);
    return true;
}

typedef struct word {
    const char *text;
    tns_what what;
} word;

static const word words[] = {
    {"skin", TNS_WHAT_SKIN},     {"scalp", TNS_WHAT_SKIN},  {"hair", TNS_WHAT_STRAND},
    {"strand", TNS_WHAT_STRAND}, {"lock", TNS_WHAT_STRAND}, {"stubble", TNS_WHAT_AREA},
    {"area", TNS_WHAT_AREA},     {"dot", TNS_WHAT_DOT},     {"follicle", TNS_WHAT_DOT},
    {"ink", TNS_WHAT_INK},       {"pigment", TNS_WHAT_INK},
};

/* `text`, `length` letters of a name, is the word or its plural. */
static bool is_word(const char *text, size_t length, const char *singular)
{
    size_t n = strlen(singular);
    if (length == n + 1 && tns_text_lower(text[n]) == 's')
        length = n;
    if (length != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (tns_text_lower(text[i]) != singular[i])
            return false;
    return true;
}

static tns_what word_says(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(text, length, words[i].text))
            return words[i].what;
    return TNS_WHAT_UNKNOWN;
}

tns_what tns_region_what(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    tns_what what = TNS_WHAT_UNKNOWN;
    while (*name) {
        size_t n = strspn(name, letters);
        tns_what said = word_says(name, n);
        if (said != TNS_WHAT_UNKNOWN && what != TNS_WHAT_UNKNOWN && said != what)
            return TNS_WHAT_UNKNOWN;
        what = said != TNS_WHAT_UNKNOWN ? said : what;
        name += n > 0 ? n : 1;
    }
    return what;
}
