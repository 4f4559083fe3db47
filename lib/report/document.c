/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/document.h"
#include "report/sheet.h"

/* One line of UTF-8, whatever it was. */
static char *keep(tns_document *d, const char *text)
{
    char *copy = strdup(text ? text : "");
    d->failed = d->failed || !copy;
    if (copy)
        tns_text_tidy(copy);
    return copy;
}

void tns_document_begin(tns_document *d, const char *over, const char *title, const char *under)
{
    memset(d, 0, sizeof *d);
    d->over = keep(d, over);
    d->title = keep(d, title);
    d->under = keep(d, under);
}

void tns_document_finish(tns_document *d)
{
    for (size_t i = 0; i < d->count; i++)
        for (size_t k = 0; k < d->blocks[i].count; k++)
            free(d->blocks[i].cells[k]);
    free(d->blocks);
    free(d->over);
    free(d->title);
    free(d->under);
    memset(d, 0, sizeof *d);
}

/* The array doubles where its count is a power of two. */
static tns_block *append(tns_document *d, tns_block_kind kind)
{
    if ((d->count & (d->count - 1)) == 0) {
        size_t room = d->count ? 2 * d->count : 1;
        tns_block *more = d->failed ? NULL : realloc(d->blocks, room * sizeof *more);
        d->failed = !more;
        if (!more)
            return NULL;
        d->blocks = more;
    }
    tns_block *block = &d->blocks[d->count++];
    memset(block, 0, sizeof *block);
    block->kind = kind;
    return block;
}

static tns_block *append_cells(tns_document *d, tns_block_kind kind, size_t count,
                               const char *const *cells)
{
    tns_block *block = append(d, kind);
    for (size_t i = 0; block && i < count && i < TNS_CELLS_MAX; i++)
        block->cells[block->count++] = keep(d, cells[i]);
    return block;
}

void tns_document_add(tns_document *d, tns_block_kind kind, const char *text)
{
    append_cells(d, kind, 1, &text);
}

void tns_document_addf(tns_document *d, tns_block_kind kind, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    tns_text_vformat(text, sizeof text, format, args);
    va_end(args);
    tns_document_add(d, kind, text);
}

void tns_document_fact(tns_document *d, const char *name, const char *value)
{
    const char *const cells[] = {name, value};
    if (value && value[0])
        append_cells(d, TNS_BLOCK_FACT, 2, cells);
}

void tns_document_table(tns_document *d, size_t columns, const char *const *names, const int *width)
{
    tns_block *block = append_cells(d, TNS_BLOCK_TABLE, columns, names);
    for (size_t i = 0; block && i < block->count; i++)
        block->width[i] = width[i];
}

void tns_document_row(tns_document *d, size_t columns, const char *const *cells)
{
    append_cells(d, TNS_BLOCK_ROW, columns, cells);
}

/* ---- out ---- */

bool tns_document_format_of(const char *path, tns_document_format *out, tns_error *err)
{
    bool pdf = tns_text_ends_with(path, ".pdf");
    *out = pdf ? TNS_DOCUMENT_PDF : TNS_DOCUMENT_HTML;
    return pdf || tns_text_ends_with(path, ".html") || tns_text_ends_with(path, ".htm") ||
           tns_error_set(err, TNS_ERROR_USAGE, "%s: expected a name that ends with .html or .pdf",
                         path);
}

static bool take_text(char *text, tns_document_bytes *out, tns_error *err)
{
    out->data = text;
    out->length = text ? strlen(text) : 0;
    return text || tns_error_set(err, TNS_ERROR_MEMORY, "document: out of memory");
}

static bool take_sheet(bool done, tns_sheet *sheet, tns_document_bytes *out)
{
    if (done)
        *out = (tns_document_bytes){sheet->data, sheet->used};
    else
        free(sheet->data);
    return done;
}

static bool write_pdf(const tns_document *d, tns_document_bytes *out, tns_error *err)
{
    tns_sheet sheet = {0};
    const tns_pdf_module *pdf = tns_module_load("pdf", err);
    return pdf && take_sheet(pdf->document(d, &sheet, err), &sheet, out);
}

bool tns_document_write(tns_document *d, tns_document_format format, tns_document_bytes *out,
                        tns_error *err)
{
    *out = (tns_document_bytes){0};
    bool done = d->failed ? tns_error_set(err, TNS_ERROR_MEMORY, "document: out of memory")
                : format == TNS_DOCUMENT_PDF ? write_pdf(d, out, err)
                                             : take_text(tns_document_html(d), out, err);
    tns_document_finish(d);
    return done;
}

bool tns_labels_write(const tns_label *labels, size_t count, tns_document_format format,
                      tns_document_bytes *out, tns_error *err)
{
    tns_sheet sheet = {0};
    *out = (tns_document_bytes){0};
    tns_qr *qr = calloc(count ? count : 1, sizeof *qr);
    bool done = qr || tns_error_set(err, TNS_ERROR_MEMORY, "labels: out of memory");
    for (size_t i = 0; done && i < count; i++)
        done = tns_qr_make(labels[i].code, true, &qr[i], err);
    if (done && format == TNS_DOCUMENT_HTML) {
        done = take_text(tns_labels_html(labels, qr, count), out, err);
    } else if (done) {
        const tns_pdf_module *pdf = tns_module_load("pdf", err);
        done = pdf && take_sheet(pdf->labels(labels, qr, count, &sheet, err), &sheet, out);
    }
    free(qr);
    return done;
}

void tns_document_tools(char *text, size_t size)
{
    const tns_pdf_module *pdf = tns_module_load("pdf", NULL);
    const tns_qr_module *qr = tns_module_load("qr", NULL);
    tns_text_format(text, size, "PDF by cairo %s, QR by libqrencode %s",
                    pdf ? pdf->version() : "that is not installed",
                    qr ? qr->version() : "that is not installed");
}
