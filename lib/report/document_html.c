/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/document.h"
#include "report/html.h"

extern const char tns_document_style[];

static void add_head(tns_html *html, const char *title)
{
    tns_html_add(html, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width\">\n");
    tns_html_element(html, "title", "", title);
    tns_html_add(html, "\n<style>\n%s</style>\n</head>\n", tns_document_style);
}

/* ---- documents ---- */

/* What encloses blocks of a kind that follow each other. */
static const char *enclosure_of(tns_block_kind kind)
{
    return kind == TNS_BLOCK_FACT ? "dl" : kind == TNS_BLOCK_ROW ? "tbody" : "";
}

static void close_enclosure(tns_html *html, const char *open)
{
    if (open[0])
        tns_html_add(html, strcmp(open, "tbody") == 0 ? "</tbody></table>\n" : "</%s>\n", open);
}

/* A narrow screen breaks only what is longer than a day with its time: a name, a date, a figure
   stay whole, and the table is moved sideways. */
static const char *class_of(int width, const char *cell)
{
    enum { SHORT = 20 };
    return width < 0 ? "class=\"n\"" : strlen(cell) > SHORT ? "class=\"long\"" : "";
}

static void add_cells(tns_html *html, const tns_block *row, const tns_block *table,
                      const char *element)
{
    tns_html_add(html, "<tr>");
    for (size_t i = 0; i < row->count; i++)
        tns_html_element(html, element, class_of(table->width[i], row->cells[i]), row->cells[i]);
    tns_html_add(html, "</tr>\n");
}

static void add_table(tns_html *html, const tns_block *table)
{
    int all = 0;
    for (size_t i = 0; i < table->count; i++)
        all += abs(table->width[i]);
    tns_html_add(html, "<table>\n<colgroup>");
    for (size_t i = 0; i < table->count; i++)
        tns_html_add(html, "<col style=\"width:%.1f%%\">",
                     100.0 * abs(table->width[i]) / (all ? all : 1));
    tns_html_add(html, "</colgroup>\n<thead>");
    add_cells(html, table, table, "th");
    tns_html_add(html, "</thead>\n<tbody>\n");
}

static void add_block(tns_html *html, const tns_block *block)
{
    switch (block->kind) {
    case TNS_BLOCK_HEADING:
        tns_html_element(html, "h2", "", block->cells[0]);
        break;
    case TNS_BLOCK_TEXT:
        tns_html_element(html, "p", "", block->cells[0]);
        break;
    case TNS_BLOCK_NOTE:
        tns_html_element(html, "p", "class=\"note\"", block->cells[0]);
        break;
    case TNS_BLOCK_WARNING:
        tns_html_element(html, "p", "class=\"warning\"", block->cells[0]);
        break;
    case TNS_BLOCK_FACT:
        tns_html_element(html, "dt", "", block->cells[0]);
        tns_html_element(html, "dd", "", block->cells[1]);
        break;
    case TNS_BLOCK_TABLE:
    case TNS_BLOCK_ROW:
        break;
    }
    tns_html_add(html, "\n");
}

static void add_blocks(tns_html *html, const tns_document *d)
{
    const char *open = "";
    const tns_block *table = NULL;
    for (size_t i = 0; i < d->count; i++) {
        const tns_block *block = &d->blocks[i];
        const char *needs = enclosure_of(block->kind);
        if (strcmp(open, needs) != 0 || block->kind == TNS_BLOCK_TABLE) {
            close_enclosure(html, open);
            open = block->kind == TNS_BLOCK_TABLE ? "tbody" : needs;
            if (block->kind == TNS_BLOCK_FACT)
                tns_html_add(html, "<dl>\n");
        }
        if (block->kind == TNS_BLOCK_TABLE)
            add_table(html, table = block);
        else if (block->kind == TNS_BLOCK_ROW && table)
            add_cells(html, block, table, "td");
        else
            add_block(html, block);
    }
    close_enclosure(html, open);
}

static char *finish(tns_html *html)
{
    tns_html_add(html, "</body>\n</html>\n");
    if (!html->failed)
        return html->text;
    free(html->text);
    return NULL;
}

char *tns_document_html(const tns_document *d)
{
    tns_html html = {0};
    add_head(&html, d->title);
    tns_html_add(&html, "<body>\n<main>\n<header>\n<div>");
    tns_html_element(&html, "p", "class=\"over\"", d->over);
    tns_html_element(&html, "h1", "", d->title);
    tns_html_element(&html, "p", "class=\"under\"", d->under);
    tns_html_add(&html, "</div>\n");
    if (d->qr.side)
        tns_html_qr(&html, &d->qr, "class=\"qr\" aria-label=\"QR\"");
    tns_html_add(&html, "</header>\n");
    add_blocks(&html, d);
    tns_html_add(&html, "</main>\n");
    return finish(&html);
}

/* ---- labels ---- */

static void add_cut(tns_html *html, const char *text, size_t letters)
{
    char cut[TNS_LABEL_TEXT];
    size_t length = tns_text_bytes(text, letters);
    length = length < sizeof cut ? length : sizeof cut - 1;
    memcpy(cut, text, length);
    cut[length] = '\0';
    tns_html_text(html, cut);
    if (text[length])
        tns_html_add(html, "&#8230;");
}

/* Letters are about half as wide as they are high; what would be wider than its place is set
   closer, and cut where that would not be read. */
static void add_line(tns_html *html, double y, double size, bool strong, const char *text)
{
    const double room = 24.6;
    size_t letters = tns_text_letters(text, strlen(text));
    double letter = size * (strong ? 0.58 : 0.53), wide = (double)letters * letter;
    tns_html_add(html, "<text x=\"24.4\" y=\"%.2f\" font-size=\"%.2f\"%s", y, size,
                 strong ? " font-weight=\"700\"" : "");
    if (wide > room)
        tns_html_add(html, " textLength=\"%.1f\" lengthAdjust=\"spacingAndGlyphs\"", room);
    tns_html_add(html, ">");
    add_cut(html, text, (size_t)(room * TNS_LABEL_CLOSEST / letter));
    tns_html_add(html, "</text>\n");
}

static void add_label(tns_html *html, const tns_label *label, const tns_qr *qr)
{
    tns_html_add(html, "<svg class=\"label\" viewBox=\"0 0 50 25\" role=\"img\">\n"
                       "<rect width=\"50\" height=\"25\" fill=\"#fff\"/>\n");
    tns_html_qr(html, qr, "x=\"0.5\" y=\"0.75\" width=\"23.5\" height=\"23.5\"");
    add_line(html, 5.4, 3.6, true, label->title);
    double y = 9.4;
    for (int i = 0; i < TNS_LABEL_LINES; i++) {
        if (!label->lines[i][0])
            continue;
        bool strong = label->strong == i + 1;
        add_line(html, y + (strong ? 0.3 : 0), strong ? 2.7 : 2.4, strong, label->lines[i]);
        y += strong ? 4 : 3.5;
    }
    tns_html_add(html, "</svg>\n");
}

char *tns_labels_html(const tns_label *labels, const tns_qr *qr, size_t count)
{
    tns_html html = {0};
    add_head(&html, count == 1 ? labels[0].title : "Labels");
    tns_html_add(&html, "<body class=\"labels\">\n");
    for (size_t i = 0; i < count; i++)
        add_label(&html, &labels[i], &qr[i]);
    return finish(&html);
}
