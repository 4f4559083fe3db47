/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document on pages of A4: blocks from top to bottom, tables with their head on each page. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/pdf.h"

static const double WIDTH = 210, HEIGHT = 297, SIDE = 18, TOP = 18, BOTTOM = 18;
static const double PITCH = 1.45; /* of lines, in sizes */
static const double TEXT = 3.5, SMALL = 3, QR_SIDE = 34, NAMES = 38;

typedef struct writer {
    cairo_t *c;
    double y; /* of the next line's top */
    int page;
    const tns_document *d;
    const tns_block *table; /* that rows belong to */
} writer;

typedef enum tone { INK, SOFT, ACCENT, DOUBT, RULE } tone;

static void set_color(writer *w, tone shade)
{
    static const double rgb[][3] = {{0.12, 0.13, 0.13},
                                    {0.35, 0.37, 0.39},
                                    {0.16, 0.40, 0.43},
                                    {0.48, 0.29, 0.02},
                                    {0.80, 0.78, 0.75}};
    cairo_set_source_rgb(w->c, rgb[shade][0], rgb[shade][1], rgb[shade][2]);
}

static void rule(writer *w, tone shade, double y)
{
    set_color(w, shade);
    cairo_set_line_width(w->c, 0.2);
    cairo_move_to(w->c, SIDE, y);
    cairo_line_to(w->c, WIDTH - SIDE, y);
    cairo_stroke(w->c);
}

/* ---- pages ---- */

static void draw_foot(writer *w)
{
    char text[300];
    tns_text_format(text, sizeof text, "%.200s - page %d", w->d->title, w->page);
    tns_pdf_font(w->c, 2.6, false);
    set_color(w, SOFT);
    cairo_move_to(w->c, SIDE, HEIGHT - 10);
    cairo_show_text(w->c, text);
}

static void next_page(writer *w)
{
    draw_foot(w);
    cairo_show_page(w->c);
    w->page++;
    w->y = TOP;
}

static bool has_room(const writer *w, double height)
{
    return w->y + height <= HEIGHT - BOTTOM;
}

/* ---- text ---- */

static void draw_text(writer *w, double x, double width, double size, bool strong, tone shade,
                      const char *text)
{
    char line[TNS_PDF_LINE];
    while (*text) {
        if (!has_room(w, size * PITCH))
            next_page(w);
        tns_pdf_font(w->c, size, strong);
        set_color(w, shade);
        text = tns_pdf_next_line(w->c, text, width, line);
        cairo_move_to(w->c, x, w->y + size);
        cairo_show_text(w->c, line);
        w->y += size * PITCH;
    }
}

static void draw_plain(writer *w, double size, tone shade, const char *text)
{
    draw_text(w, SIDE, WIDTH - 2 * SIDE, size, false, shade, text);
    w->y += 1.2;
}

static void draw_heading(writer *w, const char *text)
{
    w->y += 5;
    if (!has_room(w, 24)) /* with something below it */
        next_page(w);
    rule(w, INK, w->y);
    w->y += 2;
    draw_text(w, SIDE, WIDTH - 2 * SIDE, 4, true, INK, text);
    w->y += 1;
}

static void draw_warning(writer *w, const char *text)
{
    double top = w->y;
    int page = w->page;
    draw_text(w, SIDE + 4, WIDTH - 2 * SIDE - 4, TEXT, false, INK, text);
    set_color(w, DOUBT);
    cairo_rectangle(w->c, SIDE, page == w->page ? top : TOP, 1,
                    w->y - (page == w->page ? top : TOP));
    cairo_fill(w->c);
    w->y += 1.6;
}

static void draw_fact(writer *w, const tns_block *block)
{
    if (!has_room(w, 2 * TEXT * PITCH))
        next_page(w);
    double top = w->y;
    draw_text(w, SIDE, NAMES - 2, TEXT, false, SOFT, block->cells[0]);
    double below = w->y;
    w->y = top;
    draw_text(w, SIDE + NAMES, WIDTH - 2 * SIDE - NAMES, TEXT, false, INK, block->cells[1]);
    w->y = w->y > below ? w->y : below;
}

/* ---- tables ---- */

static const double GAP = 3;

/* Of a column, by the shares of the table's head. */
static double width_of(const tns_block *table, size_t column)
{
    int all = 0;
    for (size_t i = 0; i < table->count; i++)
        all += abs(table->width[i]);
    return (WIDTH - 2 * SIDE) * abs(table->width[column]) / (all ? all : 1);
}

static double height_of(writer *w, const tns_block *row, double size)
{
    size_t most = 1;
    char line[TNS_PDF_LINE];
    tns_pdf_font(w->c, size, false);
    for (size_t i = 0; i < row->count && i < w->table->count; i++) {
        size_t lines = 0;
        for (const char *text = row->cells[i]; *text; lines++)
            text = tns_pdf_next_line(w->c, text, width_of(w->table, i) - GAP, line);
        most = lines > most ? lines : most;
    }
    return (double)most * size * PITCH;
}

static void draw_cell(writer *w, const tns_block *row, size_t i, double x, double size, tone shade)
{
    char line[TNS_PDF_LINE];
    double y = w->y, width = width_of(w->table, i);
    tns_pdf_font(w->c, size, false);
    set_color(w, shade);
    for (const char *text = row->cells[i]; *text; y += size * PITCH) {
        text = tns_pdf_next_line(w->c, text, width - GAP, line);
        double shift = w->table->width[i] < 0 ? width - GAP - tns_pdf_width(w->c, line) : 0;
        cairo_move_to(w->c, x + shift, y + size);
        cairo_show_text(w->c, line);
    }
}

static void draw_row(writer *w, const tns_block *row, double size, tone shade)
{
    double height = height_of(w, row, size), x = SIDE;
    for (size_t i = 0; i < row->count && i < w->table->count; i++) {
        draw_cell(w, row, i, x, size, shade);
        x += width_of(w->table, i);
    }
    w->y += height + 1;
    rule(w, RULE, w->y);
    w->y += 1;
}

static void draw_table_row(writer *w, const tns_block *row)
{
    if (!w->table)
        return;
    if (!has_room(w, height_of(w, row, SMALL) + 2)) {
        next_page(w);
        draw_row(w, w->table, 2.7, SOFT);
    }
    draw_row(w, row, SMALL, INK);
}

static void draw_table_head(writer *w, const tns_block *head)
{
    w->table = head;
    if (!has_room(w, 16))
        next_page(w);
    draw_row(w, head, 2.7, SOFT);
}

/* ---- the whole ---- */

static void draw_head(writer *w)
{
    double width = WIDTH - 2 * SIDE - (w->d->qr.side ? QR_SIDE + 4 : 0);
    if (w->d->qr.side)
        tns_pdf_qr(w->c, &w->d->qr, WIDTH - SIDE - QR_SIDE + 2, TOP - 4, QR_SIDE);
    draw_text(w, SIDE, width, 3, true, ACCENT, w->d->over);
    draw_text(w, SIDE, width, 6.5, true, INK, w->d->title);
    draw_text(w, SIDE, width, TEXT, false, SOFT, w->d->under);
    if (w->d->qr.side && w->y < TOP + QR_SIDE - 8)
        w->y = TOP + QR_SIDE - 8;
    w->y += 2;
}

static void draw_block(writer *w, const tns_block *block)
{
    switch (block->kind) {
    case TNS_BLOCK_HEADING:
        draw_heading(w, block->cells[0]);
        break;
    case TNS_BLOCK_TEXT:
        draw_plain(w, TEXT, INK, block->cells[0]);
        break;
    case TNS_BLOCK_NOTE:
        draw_plain(w, SMALL, SOFT, block->cells[0]);
        break;
    case TNS_BLOCK_WARNING:
        draw_warning(w, block->cells[0]);
        break;
    case TNS_BLOCK_FACT:
        draw_fact(w, block);
        break;
    case TNS_BLOCK_TABLE:
        draw_table_head(w, block);
        break;
    case TNS_BLOCK_ROW:
        draw_table_row(w, block);
        break;
    }
}

bool tns_pdf_document(const tns_document *d, tns_sheet *out, tns_error *err)
{
    writer w = {.y = TOP, .page = 1, .d = d};
    w.c = tns_pdf_begin(WIDTH, HEIGHT, d->title, out);
    draw_head(&w);
    for (size_t i = 0; i < d->count; i++)
        draw_block(&w, &d->blocks[i]);
    draw_foot(&w);
    cairo_show_page(w.c);
    return tns_pdf_end(w.c, "document", err);
}
