/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A code is one of three things, tried in this order: a label of ours, an article's digits, an
 * element string. An element string is cut into identifier and value by two tables: what is known
 * by name, and, for all others, the GS1 table of identifiers whose element has a length that is
 * fixed by its first two digits; whatever is not in that ends at the next FNC1.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <tonsure/gs1.h>

#include "base/text.h"

static const char GS = 0x1d;
static const char own_prefix[] = "TONSURE:";
static const char own_letters[] = "BPVOL"; /* bottle, pot, visit, order, lot */

enum { CODE_MAX = 400, OWN_DIGITS_MAX = 15, OWN_LETTERS = sizeof own_letters - 1 };

const char *tns_scan_kind_name(tns_scan_kind kind)
{
    static const char *const names[] = {"article", "elements", "own"};
    return (unsigned)kind < sizeof names / sizeof *names ? names[kind] : "";
}

tns_day tns_scan_last_day(const tns_scan *scan)
{
    return scan->expires != TNS_NO_DAY ? scan->expires : scan->best_before;
}

static bool are_digits(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

/* ---- articles ---- */

/* Weights 3 and 1 from the right, the check digit itself left out. */
static char check_digit(const char *digits, size_t length)
{
    int sum = 0;
    for (size_t i = 0; i < length; i++)
        sum += (digits[length - 1 - i] - '0') * (i % 2 ? 1 : 3);
    return (char)('0' + (10 - sum % 10) % 10);
}

static bool take_gtin(const char *digits, size_t length, char out[TNS_GTIN_SIZE], tns_error *err)
{
    char right = check_digit(digits, length - 1);
    if (digits[length - 1] != right)
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "\"%.*s\": the check digit is %c, expected %c: a slip in a digit",
                             (int)length, digits, digits[length - 1], right);
    memset(out, '0', 14 - length);
    memcpy(out + 14 - length, digits, length);
    out[14] = '\0';
    return true;
}

static bool is_article_length(size_t length)
{
    return length == 8 || length == 12 || length == 13 || length == 14;
}

bool tns_gtin_parse(const char *text, char out[TNS_GTIN_SIZE], tns_error *err)
{
    size_t length = strlen(text);
    if (!is_article_length(length) || !are_digits(text, length))
        return tns_error_set(err, TNS_ERROR_USAGE,
                             "expected the 8, 12, 13 or 14 digits of an article, found \"%.40s\"",
                             text);
    if (take_gtin(text, length, out, err))
        return true;
    if (err)
        err->code = TNS_ERROR_USAGE;
    return false;
}

/* ---- dates ---- */

/* Two digits of a year: within 49 years back and 50 ahead (General Specifications, 7.12). */
static int whole_year(int two, int this_year)
{
    int difference = two - this_year % 100;
    int century = this_year / 100 + (difference >= 51 ? -1 : difference <= -50 ? 1 : 0);
    return century * 100 + two;
}

static int two_digits(const char *text)
{
    return (text[0] - '0') * 10 + (text[1] - '0');
}

static bool take_day(const char *digits, tns_day today, tns_day *out)
{
    char text[TNS_DAY_TEXT];
    int year, month = two_digits(digits + 2), day = two_digits(digits + 4);
    tns_day_write(today, text);
    if (sscanf(text, "%4d", &year) != 1 || month < 1 || month > 12)
        return false;
    year = whole_year(two_digits(digits), year);
    tns_text_format(text, sizeof text, "%04d-%02d-%02d", year, month, day ? day : 1);
    if (!tns_day_parse(text, out, NULL))
        return false;
    if (day == 0)
        *out = tns_day_add_months(*out, 1) - 1;
    return true;
}

/* ---- elements ---- */

typedef struct reader {
    tns_scan *out;
    tns_day today;
    tns_error *err;
} reader;

typedef bool take_value(reader *r, const char *ai, const char *value, size_t length);

enum { FOUND_SIZE = 64 };

/* What was scanned, as much as an error may show of it. */
static const char *shown(const char *value, size_t length, char found[FOUND_SIZE])
{
    size_t n = length < FOUND_SIZE ? length : FOUND_SIZE - 1;
    memcpy(found, value, n);
    found[n] = '\0';
    tns_text_tidy(found);
    return found;
}

static bool wrong(reader *r, const char *ai, const char *value, size_t length, const char *expected)
{
    char found[FOUND_SIZE];
    return tns_error_set(r->err, TNS_ERROR_FORMAT, "(%s): expected %s, found \"%s\"", ai, expected,
                         shown(value, length, found));
}

/* Where an element should begin. */
static bool no_element(reader *r, const char *at, size_t length, const char *expected)
{
    char found[FOUND_SIZE];
    return tns_error_set(r->err, TNS_ERROR_FORMAT,
                         "\"%s\": expected %s, an article's digits, or a label such as TONSURE:B17",
                         shown(at, length < 12 ? length : 12, found), expected);
}

/* An element that has less than the `length` of its kind. */
static bool too_short(reader *r, const char *element, size_t found, size_t length)
{
    char text[FOUND_SIZE];
    return tns_error_set(r->err, TNS_ERROR_FORMAT,
                         "\"%s\": ends too soon: a code that begins with (%.2s) has %zu digits "
                         "there, found %zu; an article's has 8, 12, 13 or 14",
                         shown(element, found, text), text, length, found);
}

/* Twice is once, where both say the same. */
static bool put_text(reader *r, const char *ai, const char *value, size_t length, char *to)
{
    if (to[0] && (strlen(to) != length || memcmp(to, value, length) != 0))
        return wrong(r, ai, value, length, "the same as before");
    memcpy(to, value, length);
    to[length] = '\0';
    return true;
}

static bool put_number(reader *r, const char *ai, const char *value, size_t length, int64_t number,
                       int64_t *to)
{
    if (*to != 0 && *to != number)
        return wrong(r, ai, value, length, "the same as before");
    *to = number;
    return true;
}

static bool take_article(reader *r, const char *ai, const char *value, size_t length)
{
    char gtin[TNS_GTIN_SIZE];
    if (!are_digits(value, length))
        return wrong(r, ai, value, length, "14 digits");
    return (take_gtin(value, length, gtin, r->err) || tns_error_prefix(r->err, "(%s)", ai)) &&
           put_text(r, ai, gtin, 14, r->out->gtin);
}

/* The 82 characters of ISO/IEC 646 that an element may hold. */
static bool may_be_in_text(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c != '\0' && strchr("!\"%&'()*+,-./:;<=>?_", c) != NULL);
}

static bool take_text(reader *r, const char *ai, const char *value, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!may_be_in_text(value[i]))
            return wrong(r, ai, value, length, "letters, digits and signs of GS1's set");
    return put_text(r, ai, value, length, strcmp(ai, "10") == 0 ? r->out->lot : r->out->serial);
}

static bool take_date(reader *r, const char *ai, const char *value, size_t length)
{
    tns_day day, *to = strcmp(ai, "11") == 0   ? &r->out->produced
                       : strcmp(ai, "15") == 0 ? &r->out->best_before
                                               : &r->out->expires;
    if (!are_digits(value, length) || !take_day(value, r->today, &day))
        return wrong(r, ai, value, length, "a day as YYMMDD");
    if (*to != TNS_NO_DAY && *to != day)
        return wrong(r, ai, value, length, "the same as before");
    *to = day;
    return true;
}

static int64_t whole_number(const char *digits, size_t length)
{
    int64_t number = 0;
    for (size_t i = 0; i < length; i++)
        number = number * 10 + (digits[i] - '0');
    return number;
}

static bool take_count(reader *r, const char *ai, const char *value, size_t length)
{
    if (!are_digits(value, length))
        return wrong(r, ai, value, length, "a number of up to 8 digits");
    return put_number(r, ai, value, length, whole_number(value, length), &r->out->count);
}

/* (310n): six digits, of which n are decimals of a kilogram. */
static bool take_weight(reader *r, const char *ai, const char *value, size_t length)
{
    int decimals = ai[3] - '0';
    if (!are_digits(value, length) || decimals > 5)
        return wrong(r, ai, value, length, "six digits, with up to 5 decimals");
    int64_t mg = whole_number(value, length);
    for (int i = decimals; i < 6; i++)
        mg *= 10;
    return put_number(r, ai, value, length, mg, &r->out->net_weight_mg);
}

static bool pass_over(reader *r, const char *ai, const char *value, size_t length)
{
    (void)value;
    (void)length;
    if (r->out->other_count < TNS_SCAN_OTHERS)
        tns_text_copy(r->out->others[r->out->other_count], sizeof *r->out->others, ai);
    r->out->other_count++;
    return true;
}

/* Identifiers that mean something here, and how long their values are. */
static const struct known {
    const char *start; /* of the identifier */
    size_t digits;     /* of the whole identifier */
    size_t least, most;
    take_value *take;
} knowns[] = {
    {"01", 2, 14, 14, take_article}, {"10", 2, 1, 20, take_text},   {"11", 2, 6, 6, take_date},
    {"15", 2, 6, 6, take_date},      {"17", 2, 6, 6, take_date},    {"21", 2, 1, 20, take_text},
    {"30", 2, 1, 8, take_count},     {"310", 4, 6, 6, take_weight},
};

/* Elements of fixed length, identifier included, by their first two digits: they need no FNC1
   behind them (General Specifications, figure 7.8.5-2). */
static size_t fixed_length(const char *ai)
{
    static const unsigned char lengths[100] = {
        [0] = 20,  [1] = 16,  [2] = 16,  [3] = 16,  [4] = 18,  [11] = 8,  [12] = 8, [13] = 8,
        [14] = 8,  [15] = 8,  [16] = 8,  [17] = 8,  [18] = 8,  [19] = 8,  [20] = 4, [31] = 10,
        [32] = 10, [33] = 10, [34] = 10, [35] = 10, [36] = 10, [41] = 16,
    };
    return lengths[two_digits(ai)];
}

/* How many digits an identifier has that nothing is made of, to call it by its name. */
static size_t digits_of_other(const char *element, size_t length)
{
    static const char *const three = " 23 24 25 40 41 42 71 ";
    static const char *const four = " 31 32 33 34 35 36 39 43 70 72 80 81 82 ";
    const char start[] = {' ', element[0], element[1], ' ', '\0'};
    size_t digits = strstr(four, start) ? 4 : strstr(three, start) ? 3 : 2;
    return length >= digits && are_digits(element, digits) ? digits : 2;
}

static const struct known *find_known(const char *ai, size_t length)
{
    for (size_t i = 0; i < sizeof knowns / sizeof *knowns; i++)
        if (length >= knowns[i].digits && are_digits(ai, knowns[i].digits) &&
            strncmp(ai, knowns[i].start, strlen(knowns[i].start)) == 0)
            return &knowns[i];
    return NULL;
}

/* One element, of which the identifier has `digits`. */
static bool take_element(reader *r, const char *element, size_t digits, size_t length)
{
    char ai[5];
    const struct known *known = find_known(element, digits);
    memcpy(ai, element, digits);
    ai[digits] = '\0';
    const char *value = element + digits;
    size_t size = length - digits;
    if (!known || known->digits != digits)
        return pass_over(r, ai, value, size);
    if (size < known->least || size > known->most)
        return wrong(r, ai, value, size,
                     known->least == known->most ? "a value of its fixed length"
                                                 : "a value that is not empty nor too long");
    return known->take(r, ai, value, size);
}

/* ---- as scanned ---- */

static bool take_scanned(reader *r, const char *code, size_t length)
{
    for (size_t at = 0; at < length;) {
        const char *element = code + at, *end = memchr(element, GS, length - at);
        size_t left = end ? (size_t)(end - element) : length - at;
        if (left == 0) { /* FNC1 in front, behind a fixed length, or at the end */
            at++;
            continue;
        }
        if (left < 2 || !are_digits(element, 2))
            return no_element(r, element, left, "an application identifier of GS1");
        size_t fixed = fixed_length(element), taken = fixed ? fixed : left;
        const struct known *known = find_known(element, left);
        if (taken > left)
            return too_short(r, element, left, fixed);
        if (!take_element(r, element, known ? known->digits : digits_of_other(element, taken),
                          taken))
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
        if (length >= digits + 2 && text[0] == '(' && are_digits(text + 1, digits) &&
            text[digits + 1] == ')')
            return digits + 2;
    return 0;
}

static bool take_printed(reader *r, const char *code, size_t length)
{
    for (size_t at = 0; at < length;) {
        char element[CODE_MAX];
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
        if (!take_element(r, element, digits, digits + size))
            return false;
        at = end;
    }
    return true;
}

/* ---- the whole ---- */

static bool take_own(const char *code, size_t length, tns_scan *out, tns_error *err)
{
    char found[FOUND_SIZE];
    size_t prefix = sizeof own_prefix - 1, digits = length - prefix - 1;
    const char *name = code + prefix;
    out->kind = TNS_SCAN_OWN;
    if (length < prefix + 2 || digits > OWN_DIGITS_MAX ||
        !memchr(own_letters, name[0], OWN_LETTERS) || !are_digits(name + 1, digits) ||
        whole_number(name + 1, digits) == 0)
        return tns_error_set(err, TNS_ERROR_FORMAT,
                             "\"%s\": no label of this program: expected such as TONSURE:B17",
                             shown(code, length, found));
    out->own = name[0];
    out->number = whole_number(name + 1, digits);
    return true;
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

static bool take_any(const char *code, size_t length, bool elements, bool article, reader *r)
{
    if (length >= sizeof own_prefix - 1 && memcmp(code, own_prefix, sizeof own_prefix - 1) == 0)
        return take_own(code, length, r->out, r->err);
    if (!elements && is_article_length(length) && are_digits(code, length)) {
        r->out->kind = TNS_SCAN_ARTICLE;
        return take_gtin(code, length, r->out->gtin, r->err);
    }
    if (article || length == 0)
        return tns_error_set(r->err, TNS_ERROR_FORMAT,
                             "expected the 8, 12, 13 or 14 digits of an article, found %zu "
                             "characters",
                             length);
    r->out->kind = TNS_SCAN_ELEMENTS;
    return code[0] == '(' ? take_printed(r, code, length) : take_scanned(r, code, length);
}

bool tns_scan_parse(const char *code, size_t length, tns_day today, tns_scan *out, tns_error *err)
{
    bool elements = false, article = false;
    reader r = {.out = out, .today = today, .err = err};
    memset(out, 0, sizeof *out);
    while (length > 0 && (code[length - 1] == '\n' || code[length - 1] == '\r'))
        length--; /* scanners end with Enter */
    if (length >= CODE_MAX)
        return tns_error_set(err, TNS_ERROR_FORMAT, "longer than any code: %zu characters", length);
    return take_symbology(&code, &length, out, &elements, &article, err) &&
           take_any(code, length, elements, article, &r);
}

void tns_own_code_write(char what, int64_t number, char out[TNS_OWN_CODE_SIZE])
{
    tns_text_format(out, TNS_OWN_CODE_SIZE, "%s%c%" PRId64, own_prefix, what, number);
}
