/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An element string is cut into identifier and value by two tables: what is known by name
 * (gs1_element.c), and, for all others, the GS1 table of identifiers whose element has a length
 * that is fixed by its first two digits; whatever is not in that ends at the next FNC1.
 */
#include <string.h>

#include "stock/gs1_parts.h"

static const char GS = 0x1d;

/* Where an element should begin. */
static bool no_element(tns_scan_reader *r, const char *at, size_t length, const char *expected)
{
    char found[TNS_SCAN_SHOWN];
    return tns_error_set(r->err, TNS_ERROR_FORMAT,
                         "\"%s\": expected %s, an article's digits, or a label such as B17",
                         tns_scan_shown(at, length < 12 ? length : 12, found), expected);
}

/* An element that has less than the `length` of its kind. */
static bool too_short(tns_scan_reader *r, const char *element, size_t found, size_t length)
{
    char text[TNS_SCAN_SHOWN];
    return tns_error_set(r->err, TNS_ERROR_FORMAT,
                         "\"%s\": ends too soon: a code that begins with (%.2s) has %zu digits "
                         "there, found %zu; an article's has 8, 12, 13 or 14",
                         tns_scan_shown(element, found, text), text, length, found);
}

/* Elements of fixed length, identifier included, by their first two digits: they need no FNC1
   behind them (General Specifications, figure 7.8.5-2). */
static size_t fixed_length(const char *ai)
{
    static const unsigned char lengths[100] = {
        [0] = 20,  [1] = 16,  [2] = 16,  [3] = 16,  [4] = 18,  [11] = 8,  [12] = 8, [13] = 8,
        [14] = 8,  [15] = 8,  [16] = 8,  [17] = 8,  [18] = 8,  [19] = 8,  [20] = 4, [31] = 10,
        [32] = 10, [33] = 10, [34] = 10, [35] = 10, [36] = 10, [41] = 16,
    };
    return lengths[tns_whole_number(ai, 2)];
}

/* ---- as scanned ---- */

static bool take_scanned(tns_scan_reader *r, const char *code, size_t length)
{
    for (size_t at = 0; at < length;) {
        const char *element = code + at, *end = memchr(element, GS, length - at);
        size_t left = end ? (size_t)(end - element) : length - at;
        if (left == 0) { /* FNC1 in front, behind a fixed length, or at the end */
            at++;
            continue;
        }
        if (left < 2 || !tns_are_digits(element, 2))
            return no_element(r, element, left, "an application identifier of GS1");
        size_t fixed = fixed_length(element), taken = fixed ? fixed : left;
        if (taken > left)
            return too_short(r, element, left, fixed);
        if (!tns_element_take(r, element, tns_element_digits(element, taken), taken))
            return false;
        at += taken;
    }
    return true;
}

/* ---- as printed ---- */

/* "(NN)" to "(NNNN)" at `text`: how many characters, 0 = it is none. */
static size_t bracket_at(const char *text, size_t length)
{
    for (size_t digits = 2; digits <= 4; digits++)
        if (length >= digits + 2 && text[0] == '(' && tns_are_digits(text + 1, digits) &&
            text[digits + 1] == ')')
            return digits + 2;
    return 0;
}

static bool take_printed(tns_scan_reader *r, const char *code, size_t length)
{
    for (size_t at = 0; at < length;) {
        char element[TNS_SCAN_MAX];
        size_t bracket = bracket_at(code + at, length - at), end = at + bracket;
        if (bracket == 0)
            return no_element(r, code + at, length - at,
                              "an application identifier of GS1 in brackets");
        while (end < length && bracket_at(code + end, length - end) == 0)
            end++;
        size_t digits = bracket - 2, size = end - at - bracket;
        while (size > 0 && code[at + bracket + size - 1] == ' ') /* often printed between */
            size--;
        memcpy(element, code + at + 1, digits);
        memcpy(element + digits, code + at + bracket, size);
        if (!tns_element_take(r, element, digits, digits + size))
            return false;
        at = end;
    }
    return true;
}

bool tns_elements_take(tns_scan_reader *r, const char *code, size_t length)
{
    return length > 0 && code[0] == '(' ? take_printed(r, code, length)
                                        : take_scanned(r, code, length);
}
