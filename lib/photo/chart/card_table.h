/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart file while it is read: its columns, and what is known so far. */
#ifndef PHOTO_CHART_CARD_TABLE_H
#define PHOTO_CHART_CARD_TABLE_H

#include <tonsure/card.h>

#include "photo/chart/card_head.h"

/* What a column of the table holds; a wavelength is its own nanometres. */
typedef enum tns_card_column {
    CARD_NAME,
    CARD_LAB_L,
    CARD_LAB_A,
    CARD_LAB_B,
    CARD_XYZ_X,
    CARD_XYZ_Y,
    CARD_XYZ_Z,
    CARD_SD_L,
    CARD_SD_A,
    CARD_SD_B
} tns_card_column;

enum { CARD_PLAIN_COLUMNS = CARD_SD_B + 1, CARD_COLUMNS_MAX = 140, CARD_WAVES_MAX = 120 };

typedef struct tns_card_table {
    int count;
    tns_card_column kind[CARD_COLUMNS_MAX]; /* or CARD_PLAIN_COLUMNS: a wavelength */
    double wave_nm[CARD_COLUMNS_MAX];       /* of those */
    bool has[CARD_PLAIN_COLUMNS];
    int waves;
    bool is_open; /* the head is over */
} tns_card_table;

typedef struct tns_card_reader {
    const char *name;
    int line;
    tns_card_head head;
    tns_card_table table;
    tns_card *card;
    int line_of[TNS_CHART_PATCHES_MAX];
    tns_xyz xyz[TNS_CHART_PATCHES_MAX]; /* as the file has them, under its own white */
    tns_error *err;
} tns_card_reader;

/* False, with the file's name and the line that is read in front of the text. */
bool tns_card_fail(const tns_card_reader *reader, const char *format, ...) TNS_PRINTF(2, 3);

/* Without the blanks around it; in place. */
char *tns_card_trimmed(char *text);

/* What a column is called in a file; the plain ones by tns_card_column. */
extern const char *const tns_card_words[CARD_PLAIN_COLUMNS];

/* The line that names the columns: the head is over, and every patch gets its place. */
bool tns_card_open_table(tns_card_reader *reader, char *words);

/* A patch's line. */
bool tns_card_read_row(tns_card_reader *reader, char *line);

#endif
