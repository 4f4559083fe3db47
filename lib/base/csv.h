/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Comma-separated text (RFC 4180) as rows of fields. Only base/csv.c knows libcsv.
 *
 * Where the first row has semicolons or tabs, and commas in numbers alone, fields stand between
 * those, as spreadsheets write them where 2.5 is "2,5"; such numbers, with or without a unit,
 * become "2.5". But where any has a point, commas stay as they are: "1,234" may be of thousands
 * there.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <tonsure/error.h>

typedef struct tns_csv_row {
    size_t line;  /* in the file, from 1 */
    size_t count; /* of fields */
    char **field; /* each NUL-terminated, blanks around it removed */
} tns_csv_row;

typedef struct tns_csv {
    char name[256]; /* of the file, for errors */
    char delimiter; /* ',', ';' or '\t' */
    size_t count;   /* rows; blank lines and lines starting with # are not rows */
    tns_csv_row *rows;
} tns_csv;

/* Fails on an unfinished quotation, on NUL bytes and on text that is not UTF-8. */
tns_csv *tns_csv_parse(const char *text, size_t length, const char *name, tns_error *err);
tns_csv *tns_csv_load(const char *path, tns_error *err);

/* NULL is taken. */
void tns_csv_destroy(tns_csv *csv);

/* The column whose header (first row) has that name, ASCII case aside; -1 when there is none. */
int tns_csv_column(const tns_csv *csv, const char *name);

/* A number; the error names file, line and column. Fails when the row is too short. */
bool tns_csv_number(const tns_csv *csv, size_t row, size_t column, double *out, tns_error *err);

/* A field with what ends it, ',' or a line's end: a text between quotation marks, so that blanks
   and commas stay; a whole number. */
void tns_csv_put_text(FILE *to, const char *text, char end);
void tns_csv_put_number(FILE *to, int64_t value, char end);

#endif
