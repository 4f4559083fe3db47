/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of samples as CSV and CGATS files hold it: what both readers give. */
#ifndef EXCHANGE_TABLE_H
#define EXCHANGE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/colorimetry.h>
#include <tonsure/error.h>

enum { TNS_TABLE_BANDS_MAX = 512, TNS_TABLE_AMOUNTS_MAX = 32 };

typedef struct tns_table_row {
    char id[64];   /* "" = the table names none */
    size_t line;   /* in the file */
    double *value; /* band_count of them; owned by the table */
    bool has_color;
    tns_color color;
    char backing[64]; /* the id of what it lies on; "" = none */
    double amount[TNS_TABLE_AMOUNTS_MAX];
} tns_table_row;

typedef struct tns_table {
    char name[256]; /* of the file, for errors */
    size_t band_count;
    double wavelength_nm[TNS_TABLE_BANDS_MAX]; /* rising */
    size_t amount_count;
    char amount_name[TNS_TABLE_AMOUNTS_MAX][48]; /* "AMOUNT_white" is "white" */
    size_t count;
    tns_table_row *samples;
    bool states_viewing;   /* colors come with their illuminant and observer */
    char passed_over[112]; /* columns of other names, quoted, with commas */
} tns_table;

/* The tables in a text; NULL on failure. */
tns_table *tns_table_from_csv(const char *text, size_t length, const char *name, tns_error *err);
tns_table *tns_table_from_cgats(const char *text, size_t length, const char *name, tns_error *err);

/* The kind told by content. */
tns_table *tns_table_parse(const char *text, size_t length, const char *name, tns_error *err);

/* NULL is taken. */
void tns_table_destroy(tns_table *table);

/* An empty table with room for `count` samples of `bands` bands; NULL when out of memory. */
tns_table *tns_table_create(const char *name, size_t count, size_t bands, tns_error *err);

/*
 * The wavelength a column's name stands for: "380", "SPEC_380", "nm400", "SPECTRAL_NM_405.5";
 * 0 when it stands for none.
 */
double tns_column_wavelength(const char *name);

/*
 * Takes "AMOUNT_x" into the table's names, and what no reader of tables knows among those passed
 * over. *is_amount tells whether the column is one; false for one too many, a name too long or
 * there already.
 */
bool tns_table_add_amount(tns_table *table, const char *column, bool *is_amount, tns_error *err);

/* An amount: 0 for an empty text, else a number >= 0. */
bool tns_table_read_amount(const tns_table *table, tns_table_row *sample, size_t index,
                           const char *text, tns_error *err);

/* Fails unless the wavelengths rise. */
bool tns_table_check_bands(const tns_table *table, tns_error *err);

/* The sample by id or by number from 1; the only one for NULL. */
const tns_table_row *tns_table_find(const tns_table *table, const char *sample, tns_error *err);

#endif
