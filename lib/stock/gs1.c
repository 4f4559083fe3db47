/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A code is one of three things, tried in this order: a label of ours, an article's digits, an
 * element string.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/gs1.h>

#include "base/text.h"
#include "stock/gs1_parts.h"

static const char own_prefix[] = "TONSURE:";
static const char own_letters[] = "BPVOL"; /* bottle, pot, visit, order, lot */

enum { OWN_DIGITS_MAX = 15, OWN_LETTERS = sizeof own_letters - 1 };

const char *tns_scan_kind_name(tns_scan_kind kind)
{
    static const char *const names[] = {"article", "elements", "own"};
    return (unsigned)kind < sizeof names / sizeof *names ? names[kind] : "";
}

tns_day tns_scan_last_day(const tns_scan *scan)
{
    return scan->expires != TNS_NO_DAY ? scan->expires : scan->best_before;
}

/* "B17": a letter of ours and a number. */
static bool is_own_name(const char *name, size_t length)
{
    return length >= 2 && length - 1 <= OWN_DIGITS_MAX &&
           memchr(own_letters, name[0], OWN_LETTERS) && tns_are_digits(name + 1, length - 1) &&
           tns_whole_number(name + 1, length - 1) > 0;
}

static bool take_own(const char *name, size_t length, tns_scan *out)
{
    out->kind = TNS_SCAN_OWN;
    out->own = name[0];
    out->number = tns_whole_number(name + 1, length - 1);
    return true;
}

static bool take_label(const char *code, size_t length, tns_scan *out, tns_error *err)
{
    char found[TNS_SCAN_SHOWN];
    size_t prefix = sizeof own_prefix - 1;
    if (is_own_name(code + prefix, length - prefix))
        return take_own(code + prefix, length - prefix, out);
    return tns_error_set(err, TNS_ERROR_FORMAT,
                         "\"%s\": no label of this program: expected such as TONSURE:B17",
                         tns_scan_shown(code, length, found));
}

/* What is printed beside the QR, typed by hand; no code of GS1 begins with a letter. */
static bool take_typed(const char *code, size_t length, tns_scan *out)
{
    char name[1 + OWN_DIGITS_MAX];
    if (length < 2 || length > sizeof name)
        return false;
    memcpy(name, code, length);
    name[0] = tns_text_upper(name[0]);
    return is_own_name(name, length) && take_own(name, length, out);
}

/* Which kinds of symbol say what: elements, an article, or whatever their text is. */
static bool take_symbology(const char **code, size_t *length, tns_scan *out, bool *elements,
                           bool *article, tns_error *err)
{
    static const char *const with_elements[] = {"]C1", "]d2", "]Q3", "]e0", "]J1"};
    static const char *const with_articles[] = {"]E0", "]E4", "]I1"};
    static const char *const with_text[] = {"]C0", "]d1", "]Q1", "]Q2", "]A0"};
    if (*length < 3 || (*code)[0] != ']')
        return true;
    memcpy(out->symbology, *code, 3);
    *code += 3;
    *length -= 3;
    for (size_t i = 0; i < 5; i++)
        if (strcmp(out->symbology, with_elements[i]) == 0)
            return *elements = true;
    for (size_t i = 0; i < 3; i++)
        if (strcmp(out->symbology, with_articles[i]) == 0)
            return *article = true;
    for (size_t i = 0; i < 5; i++)
        if (strcmp(out->symbology, with_text[i]) == 0)
            return true;
    tns_text_tidy(out->symbology);
    return tns_error_set(err, TNS_ERROR_FORMAT, "a symbol of a kind that is not known here: \"%s\"",
                         out->symbology);
}

static bool take_any(const char *code, size_t length, bool elements, bool article,
                     tns_scan_reader *r)
{
    if (length >= sizeof own_prefix - 1 && memcmp(code, own_prefix, sizeof own_prefix - 1) == 0)
        return take_label(code, length, r->out, r->err);
    if (!r->out->symbology[0] && take_typed(code, length, r->out))
        return true;
    if (!elements && tns_is_article(length) && tns_are_digits(code, length)) {
        r->out->kind = TNS_SCAN_ARTICLE;
        return tns_gtin_take(code, length, r->out->gtin, r->err);
    }
    if (article || length == 0)
        return tns_error_set(r->err, TNS_ERROR_FORMAT,
                             "expected the 8, 12, 13 or 14 digits of an article, found %zu "
                             "characters",
                             length);
    r->out->kind = TNS_SCAN_ELEMENTS;
    return tns_elements_take(r, code, length);
}

bool tns_scan_parse(const char *code, size_t length, tns_day today, tns_scan *out, tns_error *err)
{
    bool elements = false, article = false;
    tns_scan_reader r = {.out = out, .today = today, .err = err};
    memset(out, 0, sizeof *out);
    while (length > 0 && (code[length - 1] == '\n' || code[length - 1] == '\r'))
        length--; /* scanners end with Enter */
    if (length >= TNS_SCAN_MAX)
        return tns_error_set(err, TNS_ERROR_FORMAT, "longer than any code: %zu characters", length);
    return take_symbology(&code, &length, out, &elements, &article, err) &&
           take_any(code, length, elements, article, &r);
}

void tns_own_code_write(char what, int64_t number, char out[TNS_OWN_CODE_SIZE])
{
    tns_text_format(out, TNS_OWN_CODE_SIZE, "%s%c%" PRId64, own_prefix, what, number);
}
