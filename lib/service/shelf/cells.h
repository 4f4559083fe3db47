/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures for a page: texts put down one after the other, which its tables and facts point at. */
#ifndef SERVICE_SHELF_CELLS_H
#define SERVICE_SHELF_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/documents.h>

enum { TNS_CELL_TEXT = 256 };

typedef struct tns_cells {
    size_t used;
    char (*texts)[TNS_CELL_TEXT];
    const char **cells; /* each points at its text */
} tns_cells;

/* A table of a page, of so many columns. */
enum { TNS_CELL_COLUMNS = 7 };

typedef struct tns_cell_table {
    const char *heading;
    size_t columns;
    const char *names[TNS_CELL_COLUMNS];
    int width[TNS_CELL_COLUMNS]; /* shares of the table's width */
} tns_cell_table;

/* Room for so many; finish it in every case. */
bool tns_cells_begin(tns_cells *cells, size_t room, tns_error *err);
void tns_cells_finish(tns_cells *cells);

/* The next one, empty, of TNS_CELL_TEXT bytes. */
char *tns_cell_next(tns_cells *cells);

void tns_cell_text(tns_cells *cells, const char *text);
void tns_cell_number(tns_cells *cells, int64_t number);
void tns_cell_money(tns_cells *cells, int64_t cents);
/* In ml, or so many pieces. */
void tns_cell_amount(tns_cells *cells, int64_t amount, bool pieces);

/* The table of the cells from `begin` until `end`; it points at both. */
tns_figures_table tns_cells_as_table(const tns_cells *cells, const tns_cell_table *table,
                                     size_t begin, size_t end);

/* All or nothing, into a file whose name ends with .html or .pdf. */
bool tns_figures_save(const tns_figures *figures, const char *path, bool dry_run, tns_error *err);

#endif
