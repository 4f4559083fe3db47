/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts and tables of figures under a title, as a page. */
#include "report/document.h"

static void add_table(tns_document *d, const tns_figures_table *table)
{
    tns_document_add(d, TNS_BLOCK_HEADING, table->heading);
    if (table->row_count == 0) {
        tns_document_add(d, TNS_BLOCK_TEXT, "None.");
        return;
    }
    tns_document_table(d, table->column_count, table->names, table->width);
    for (size_t i = 0; i < table->row_count; i++)
        tns_document_row(d, table->column_count, table->cells + i * table->column_count);
}

bool tns_figures_write(const tns_figures *figures, tns_document_format format,
                       tns_document_bytes *out, tns_error *err)
{
    tns_document d;
    *out = (tns_document_bytes){0};
    tns_document_begin(&d, figures->over, figures->title, figures->under);
    for (size_t i = 0; i < figures->fact_count; i++)
        tns_document_fact(&d, figures->facts[i][0], figures->facts[i][1]);
    for (size_t i = 0; i < figures->table_count; i++)
        add_table(&d, &figures->tables[i]);
    if (figures->warning_count > 0)
        tns_document_add(&d, TNS_BLOCK_HEADING, "To be known");
    for (size_t i = 0; i < figures->warning_count; i++)
        tns_document_add(&d, TNS_BLOCK_WARNING, figures->warnings[i]);
    for (size_t i = 0; i < figures->note_count; i++)
        tns_document_add(&d, TNS_BLOCK_NOTE, figures->notes[i]);
    return tns_document_write(&d, format, out, err);
}
