/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the module pdf share. Lengths are millimetres, from the page's upper left. */
#ifndef REPORT_PDF_H
#define REPORT_PDF_H

#include <cairo-pdf.h>

#include "report/sheet.h"

/* A file of pages of that size, into `out`; tns_pdf_end() gives what became of it. */
cairo_t *tns_pdf_begin(double width, double height, const char *title, tns_sheet *out);
bool tns_pdf_end(cairo_t *c, const char *what, tns_error *err);

/* ---- text ---- */

void tns_pdf_font(cairo_t *c, double size, bool strong);
double tns_pdf_width(cairo_t *c, const char *text);

enum { TNS_PDF_LINE = 512 };
/*
 * As many words of `text` as fit in `width`, at least one letter, into `line`; where the next line
 * begins, at the closing NUL behind the last.
 */
const char *tns_pdf_next_line(cairo_t *c, const char *text, double width, char line[TNS_PDF_LINE]);

/* Dark cells, with the quiet zone, in a square of that side. */
void tns_pdf_qr(cairo_t *c, const tns_qr *qr, double x, double y, double side);

/* ---- pages ---- */

bool tns_pdf_document(const tns_document *document, tns_sheet *out, tns_error *err);
bool tns_pdf_labels(const tns_label *labels, const tns_qr *qr, size_t count, tns_sheet *out,
                    tns_error *err);
#ifndef TNS_WITHOUT_PHOTO
bool tns_pdf_holder(const tns_holder *holder, const tns_holder_black *black, tns_paper paper,
                    tns_sheet *out, tns_error *err);
#endif

#endif
