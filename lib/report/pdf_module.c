/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "report/pdf.h"

static const double POINTS_A_MM = 72 / 25.4;

static cairo_status_t take(void *closure, const unsigned char *data, unsigned int length)
{
    tns_sheet *out = closure;
    if (out->used + length > out->room) {
        size_t room = 2 * (out->room + length);
        char *more = realloc(out->data, room);
        if (!more)
            return CAIRO_STATUS_NO_MEMORY;
        out->data = more;
        out->room = room;
    }
    memcpy(out->data + out->used, data, length);
    out->used += length;
    return CAIRO_STATUS_SUCCESS;
}

cairo_t *tns_pdf_begin(double width, double height, const char *title, tns_sheet *out)
{
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(take, out, width * POINTS_A_MM, height * POINTS_A_MM);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_t *c = cairo_create(surface);
    cairo_surface_destroy(surface); /* the context holds it */
    cairo_scale(c, POINTS_A_MM, POINTS_A_MM);
    return c;
}

bool tns_pdf_end(cairo_t *c, const char *what, tns_error *err)
{
    cairo_surface_t *surface = cairo_surface_reference(cairo_get_target(c));
    cairo_status_t status = cairo_status(c);
    cairo_destroy(c);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status == CAIRO_STATUS_SUCCESS ||
           tns_error_set(err, TNS_ERROR_IO, "%s: %s", what, cairo_status_to_string(status));
}

/* ---- text ---- */

void tns_pdf_font(cairo_t *c, double size, bool strong)
{
    cairo_select_font_face(c, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                           strong ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(c, size);
}

double tns_pdf_width(cairo_t *c, const char *text)
{
    cairo_text_extents_t extents;
    cairo_text_extents(c, text, &extents);
    return extents.x_advance;
}

/* Behind the letter at `text`, all of its bytes. */
static size_t next_letter(const char *text, size_t at)
{
    for (at++; (text[at] & 0xC0) == 0x80; at++)
        ;
    return at;
}

static bool fits(cairo_t *c, const char *text, size_t length, double width, char *line)
{
    if (length >= TNS_PDF_LINE)
        return false;
    memcpy(line, text, length);
    line[length] = '\0';
    return tns_pdf_width(c, line) <= width;
}

const char *tns_pdf_next_line(cairo_t *c, const char *text, double width, char line[TNS_PDF_LINE])
{
    size_t taken = 0;
    text += strspn(text, " ");
    for (size_t end = 0; text[end];) { /* word by word */
        end += strspn(text + end, " ");
        end += strcspn(text + end, " ");
        if (!fits(c, text, end, width, line))
            break;
        taken = end;
    }
    if (taken == 0 && text[0]) /* a word that is wider than the line */
        for (size_t end = taken = next_letter(text, 0); text[end]; taken = end) {
            end = next_letter(text, end);
            if (!fits(c, text, end, width, line))
                break;
        }
    memcpy(line, text, taken);
    line[taken] = '\0';
    text += taken;
    return text + strspn(text, " ");
}

void tns_pdf_qr(cairo_t *c, const tns_qr *qr, double x, double y, double side)
{
    double cell = side / (qr->side + 2 * TNS_QR_QUIET);
    cairo_set_source_rgb(c, 0, 0, 0);
    for (int row = 0; row < qr->side; row++)
        for (int i = 0; i < qr->side;) {
            int run = 0; /* side by side they are one, so that no hairline shows between */
            while (i + run < qr->side && qr->dark[row * qr->side + i + run])
                run++;
            if (run > 0)
                cairo_rectangle(c, x + (i + TNS_QR_QUIET) * cell, y + (row + TNS_QR_QUIET) * cell,
                                run * cell, cell);
            i += run > 0 ? run : 1;
        }
    cairo_fill(c);
}

#ifdef TNS_WITHOUT_PHOTO
const tns_pdf_module tns_module_pdf = {
    {TNS_VERSION}, cairo_version_string, tns_pdf_document, tns_pdf_labels};
#else
const tns_pdf_module tns_module_pdf = {
    {TNS_VERSION}, cairo_version_string, tns_pdf_document, tns_pdf_labels, tns_pdf_holder};
#endif
