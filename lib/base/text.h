/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as programs exchange it: numbers with a decimal point whatever the locale, names, times. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/error.h>

/*
 * The whole of `text` (blanks around it allowed) as a finite number. Decimal comma, "nan", "inf",
 * hexadecimal and anything left over fail with TNS_ERROR_FORMAT; the text of the error says what
 * was found and, for a comma, what to write.
 */
bool tns_text_number(const char *text, double *out, tns_error *err);

/* `count` numbers separated by commas, no more and no fewer. */
bool tns_text_numbers(const char *text, double *out, size_t count, tns_error *err);

/* snprintf and strtod with a decimal point whatever the locale. */
int tns_text_format(char *out, size_t size, const char *format, ...) TNS_PRINTF(3, 4);
int tns_text_vformat(char *out, size_t size, const char *format, va_list args) TNS_PRINTF(3, 0);
double tns_text_strtod(const char *text, char **end);

/* Copies into a buffer; false (and an empty buffer) when it does not fit. */
bool tns_text_copy(char *out, size_t size, const char *text);

bool tns_text_ends_with(const char *text, const char *end);

/* Of ASCII letters, whatever the locale; other characters are given back. */
char tns_text_lower(char letter);
char tns_text_upper(char letter);

/* Equal but for the case of ASCII letters. */
bool tns_text_same(const char *a, const char *b);

/* Seconds since 1970 as "2026-11-30T12:00:00Z". */
void tns_text_time(int64_t seconds, char out[32]);

/* The same read, to the letter. */
bool tns_text_read_time(const char *text, int64_t *out);

/* Rounded to so many decimals, for records: the nearest double to that decimal number. */
double tns_round_decimals(double value, int decimals);

/* Rounded to so many significant digits. */
double tns_round_digits(double value, int digits);

enum { TNS_DECIMAL_TEXT = 40 };

/* The digits, with their terminator. Gives the length. */
size_t tns_text_integer(int64_t value, char out[TNS_DECIMAL_TEXT]);

/* Hundredths as a price: "28.50", "-0.05". Gives `out`. */
const char *tns_text_cents(int64_t cents, char out[32]);

/*
 * As "%.15g" prints it in the C locale, but "5.0" for a whole number: what a record holds of a real
 * number. Gives the length, or 0 for what that prints with an exponent, and 0 and from 10^13 on.
 */
size_t tns_text_real(double value, char out[TNS_DECIMAL_TEXT]);

/*
 * Makes any text one line of well-formed UTF-8, in place, never longer: control characters become
 * blanks, broken bytes '?', and a character cut short at the end is dropped.
 */
void tns_text_tidy(char *text);

/* The part of that which concerns UTF-8 alone. */
void tns_text_mend(char *text);

/* True for well-formed UTF-8 without NUL. */
bool tns_text_is_utf8(const char *text, size_t length);

enum { TNS_TEXT_BROKEN = 0xFFFD };

/*
 * The character of UTF-8 at `at`, and its bytes; 0 where the text ends. A byte that begins none is
 * TNS_TEXT_BROKEN.
 */
size_t tns_text_next(const char *at, uint32_t *character);

/* The characters in so many bytes, and the bytes of so many characters (or of all there are). */
size_t tns_text_letters(const char *text, size_t length);
size_t tns_text_bytes(const char *text, size_t letters);

#endif
