/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/shelf/cells.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/text.h"

bool tns_cells_begin(tns_cells *c, size_t room, tns_error *err)
{
    *c = (tns_cells){0};
    c->texts = calloc(room + 1, sizeof *c->texts);
    c->cells = calloc(room + 1, sizeof *c->cells);
    return (c->texts && c->cells) || tns_error_set(err, TNS_ERROR_MEMORY, "report: out of memory");
}

void tns_cells_finish(tns_cells *c)
{
    free(c->texts);
    free(c->cells);
    *c = (tns_cells){0};
}

char *tns_cell_next(tns_cells *c)
{
    c->cells[c->used] = c->texts[c->used];
    return c->texts[c->used++];
}

void tns_cell_text(tns_cells *c, const char *text)
{
    tns_text_copy(tns_cell_next(c), TNS_CELL_TEXT, text);
}

void tns_cell_number(tns_cells *c, int64_t number)
{
    tns_text_format(tns_cell_next(c), TNS_CELL_TEXT, "%" PRId64, number);
}

void tns_cell_money(tns_cells *c, int64_t cents)
{
    tns_text_cents(cents, tns_cell_next(c));
}

void tns_cell_amount(tns_cells *c, int64_t amount, bool pieces)
{
    if (pieces)
        tns_text_format(tns_cell_next(c), TNS_CELL_TEXT, "%" PRId64 " pc", amount);
    else
        tns_text_format(tns_cell_next(c), TNS_CELL_TEXT, "%.3f ml", (double)amount / 1000);
}

tns_figures_table tns_cells_as_table(const tns_cells *cells, const tns_cell_table *table,
                                     size_t begin, size_t end)
{
    return (tns_figures_table){.heading = table->heading,
                               .column_count = table->columns,
                               .row_count = (end - begin) / table->columns,
                               .names = table->names,
                               .width = table->width,
                               .cells = cells->cells + begin};
}

bool tns_figures_save(const tns_figures *figures, const char *path, bool dry_run, tns_error *err)
{
    tns_document_format format;
    tns_document_bytes bytes = {0};
    bool done = tns_document_format_of(path, &format, err) &&
                tns_figures_write(figures, format, &bytes, err) &&
                tns_file_put(path, bytes.data, bytes.length, dry_run, err);
    free(bytes.data);
    return done;
}
