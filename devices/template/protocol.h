/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Exemplar, an instrument that does not exist: lines of text <-> what they say. Pure, so that
 * it can be tested, and fuzzed, without a port.
 *
 * A command is a line; its answer is a line that ends with a checksum: "OK 041*E7", or "NO 3*9B"
 * with the number of what is wrong. The checksum is the sum of the bytes before '*', mod 256.
 */
#ifndef TEMPLATE_PROTOCOL_H
#define TEMPLATE_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/error.h>
#include <tonsure/spectrum.h>

enum { TNS_TEMPLATE_LINE = 256, TNS_TEMPLATE_BANDS = 31 };

/* An answer without "OK" and checksum. A damaged one, or NO, is the error that it should be. */
bool tns_template_answer(const char *line, size_t length, char text[TNS_TEMPLATE_LINE],
                         tns_error *err);

/* "EXEMPLAR 042": its serial number. Else TNS_ERROR_NO_INSTRUMENT. */
bool tns_template_identity(const char *text, char serial[40], tns_error *err);

/* 31 numbers of percent, 400-700 nm by 10 nm, with blanks between them. */
bool tns_template_spectrum(const char *text, tns_spectrum *out, tns_error *err);

#endif
