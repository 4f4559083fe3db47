/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels, a page each. */
#include <string.h>

#include "report/pdf.h"

static const double WIDTH = 50, HEIGHT = 25, LEFT = 24.4, ROOM = 24.6;

/* So much smaller 24 of the widest letters are still there: what a line of a lot may have. */
static const double SMALLEST = 2.4;

/* What would be wider than its place is set smaller, and cut where that would not be read. */
static void draw_line(cairo_t *c, double y, double size, bool strong, const char *whole)
{
    char text[TNS_PDF_LINE];
    tns_pdf_font(c, size, strong);
    bool cut = *tns_pdf_next_line(c, whole, ROOM * SMALLEST, text) != '\0';
    if (cut)
        strcat(text, "\xe2\x80\xa6"); /* shorter than a line by far: labels' texts are */
    double wide = tns_pdf_width(c, text);
    if (wide > ROOM)
        tns_pdf_font(c, size * ROOM / wide, strong);
    cairo_move_to(c, LEFT, y);
    cairo_show_text(c, text);
}

static void draw_label(cairo_t *c, const tns_label *label, const tns_qr *qr)
{
    double y = 9.4;
    tns_pdf_qr(c, qr, 0.5, 0.75, 23.5);
    draw_line(c, 5.4, 3.6, true, label->title);
    for (int i = 0; i < TNS_LABEL_LINES; i++) {
        bool strong = label->strong == i + 1;
        if (!label->lines[i][0])
            continue;
        draw_line(c, y + (strong ? 0.3 : 0), strong ? 2.7 : 2.4, strong, label->lines[i]);
        y += strong ? 4 : 3.5;
    }
}

bool tns_pdf_labels(const tns_label *labels, const tns_qr *qr, size_t count, tns_sheet *out,
                    tns_error *err)
{
    cairo_t *c = tns_pdf_begin(WIDTH, HEIGHT, "Tonsure labels", out);
    for (size_t i = 0; i < count; i++) {
        draw_label(c, &labels[i], &qr[i]);
        cairo_show_page(c);
    }
    return tns_pdf_end(c, "labels", err);
}
