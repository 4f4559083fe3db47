/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An order for the supplier, or with its reasons for the clinic. */
#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"
#include "report/document.h"

static void add_line(tns_document *d, const tns_order_sheet_line *line)
{
    char packs[32], price[32] = "", sum[32] = "";
    snprintf(packs, sizeof packs, "%" PRId64, line->packs);
    if (line->price_cents) {
        tns_text_cents(line->price_cents, price);
        tns_text_cents(line->price_cents * line->packs, sum);
    }
    const char *const cells[] = {line->product, line->gtin, line->pack, packs, price, sum};
    tns_document_row(d, 6, cells);
}

/* What is known of it; false where a price is missing. */
static bool add_up(const tns_order_sheet *sheet, int64_t *out)
{
    bool whole = true;
    *out = 0;
    for (size_t i = 0; i < sheet->line_count; i++) {
        *out += sheet->lines[i].price_cents * sheet->lines[i].packs;
        whole = whole && sheet->lines[i].price_cents > 0;
    }
    return whole;
}

static void add_lines(tns_document *d, const tns_order_sheet *sheet)
{
    static const char *const heads[] = {"Product", "Article (GTIN)", "Pack",
                                        "Packs",   "Price",          "Sum"};
    static const int width[] = {34, 22, 13, -9, -11, -12};
    char text[32];
    int64_t sum;
    tns_document_add(d, TNS_BLOCK_HEADING, "What is ordered");
    tns_document_table(d, 6, heads, width);
    for (size_t i = 0; i < sheet->line_count; i++)
        add_line(d, &sheet->lines[i]);
    bool whole = add_up(sheet, &sum);
    tns_text_cents(sum, text);
    const char *const cells[] = {
        whole ? "Together" : "Together, as far as prices are known", "", "", "", "", text};
    if (sum > 0)
        tns_document_row(d, 6, cells);
    if (sum > 0)
        tns_document_add(d, TNS_BLOCK_NOTE, "Prices as noted, without tax and carriage.");
}

static void add_reasons(tns_document *d, const tns_order_sheet *sheet)
{
    bool told = false;
    tns_document_add(d, TNS_BLOCK_HEADING, "Why");
    for (size_t i = 0; i < sheet->line_count; i++) {
        tns_document_fact(d, sheet->lines[i].product, sheet->lines[i].reason);
        told = told || sheet->lines[i].reason[0];
    }
    if (!told)
        tns_document_add(d, TNS_BLOCK_TEXT, "No reason was noted.");
}

bool tns_order_sheet_write(const tns_order_sheet *sheet, tns_document_format format,
                           tns_document_bytes *out, tns_error *err)
{
    static const char blank[] = "________________________________"; /* to be written by hand */
    tns_document d;
    char title[80], under[160], code[64], day[TNS_DAY_TEXT], expected[TNS_DAY_TEXT];
    *out = (tns_document_bytes){0};
    tns_day_write(sheet->day, day);
    tns_day_write(sheet->expected, expected);
    tns_text_format(title, sizeof title, "Order %.20s", sheet->number);
    tns_text_format(under, sizeof under, "To %.64s, %s", sheet->supplier, day);
    tns_text_format(code, sizeof code, "TONSURE:%.20s", sheet->number);
    tns_document_begin(&d, sheet->clinic, title, under);
    if (!tns_qr_make(code, true, &d.qr, err)) {
        tns_document_finish(&d);
        return false;
    }
    tns_document_fact(&d, "From", sheet->clinic[0] ? sheet->clinic : blank);
    tns_document_fact(&d, "To", sheet->supplier);
    tns_document_fact(&d, "State", sheet->state);
    tns_document_fact(&d, "Wanted by", expected);
    tns_document_fact(&d, "Ordered by", sheet->actor);
    add_lines(&d, sheet);
    if (sheet->reasons)
        add_reasons(&d, sheet);
    return tns_document_write(&d, format, out, err);
}
