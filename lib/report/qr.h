/* SPDX-License-Identifier: GPL-3.0-or-later */
/* QR symbols (ISO/IEC 18004) as values. libqrencode is in the module qr, loaded when one is made.
 */
#ifndef REPORT_QR_H
#define REPORT_QR_H

#include "base/module.h"
#include "report/html.h"

enum { TNS_QR_SIDE_MAX = 177, TNS_QR_QUIET = 4 };

/* Dark cells, row by row, without the quiet zone of four around them. */
typedef struct tns_qr {
    int side; /* 0 = none */
    unsigned char dark[TNS_QR_SIDE_MAX * TNS_QR_SIDE_MAX];
} tns_qr;

typedef struct tns_qr_module {
    tns_module module;
    const char *(*version)(void); /* of libqrencode */
    /* Of text in UTF-8, with a quarter (level Q) or a seventh (M) of it restorable. */
    bool (*make)(const char *text, bool sturdy, tns_qr *out, tns_error *err);
} tns_qr_module;
extern TNS_API const tns_qr_module tns_module_qr;

/* By the module; `sturdy` for labels that will be wet, and small. */
bool tns_qr_make(const char *text, bool sturdy, tns_qr *out, tns_error *err);

/* As an SVG element with its quiet zone, as wide as its place. */
void tns_html_qr(tns_html *html, const tns_qr *qr, const char *attributes);

#endif
