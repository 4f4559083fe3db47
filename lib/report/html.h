/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page that is put together piece by piece. What is not ours goes in by tns_html_text alone. */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/export.h>

typedef struct tns_html {
    char *text; /* NULL before anything is added */
    size_t length, room;
    bool failed; /* out of memory; what is added then is lost */
} tns_html;

/* Markup of our own, and numbers: with a decimal point whatever the locale. No text of others. */
void tns_html_add(tns_html *html, const char *format, ...) TNS_PRINTF(2, 3);

/* Any text, as one line: what is markup in it, and quotes, become references. */
void tns_html_text(tns_html *html, const char *text);

/* "<name attributes>text</name>"; attributes are ours and may be "". */
void tns_html_element(tns_html *html, const char *name, const char *attributes, const char *text);

/* Base64 (RFC 4648). */
void tns_html_base64(tns_html *html, const unsigned char *bytes, size_t length);

#endif
