/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a scanner types: the code of an article (EAN-13, EAN-8, UPC-A, GTIN-14), a GS1 element
 * string with lot and dates (GS1-128, DataMatrix, QR), or a label of this program. Pure values; the
 * store is not asked here.
 *
 * By the GS1 General Specifications: application identifiers, their lengths and character set
 * (sections 3 and 7.8, figure 7.11-1), check digits (7.9), dates (7.12).
 */
#ifndef TONSURE_GS1_H
#define TONSURE_GS1_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/day.h>
#include <tonsure/error.h>
#include <tonsure/export.h>

TNS_BEGIN_DECLS

enum { TNS_GTIN_SIZE = 15, TNS_SCAN_FIELD_SIZE = 21, TNS_SCAN_OTHERS = 8 };

typedef enum tns_scan_kind {
    TNS_SCAN_ARTICLE,  /* digits of an article alone */
    TNS_SCAN_ELEMENTS, /* a GS1 element string */
    TNS_SCAN_OWN       /* a label that this program printed */
} tns_scan_kind;

/* "article", "elements", "own". */
TNS_API const char *tns_scan_kind_name(tns_scan_kind kind);

/* What was read; a field that was not there is "", 0 or none. */
typedef struct tns_scan {
    tns_scan_kind kind;
    char symbology[4];                      /* as the scanner said: "]d2"; "" = it did not */
    char gtin[TNS_GTIN_SIZE];               /* (01) or an article's digits, with zeros to 14 */
    char lot[TNS_SCAN_FIELD_SIZE];          /* (10) */
    char serial[TNS_SCAN_FIELD_SIZE];       /* (21) */
    tns_day produced, best_before, expires; /* (11), (15), (17) */
    int64_t count;                          /* (30), of pieces */
    int64_t net_weight_mg;                  /* (310n) */
    char own;                        /* 'B' a bottle, 'P' a pot, 'V' a visit, 'O' an order, .. */
    int64_t number;                  /* of that */
    int other_count;                 /* identifiers that are passed over, .. */
    char others[TNS_SCAN_OTHERS][5]; /* .. the first few of them */
} tns_scan;

/*
 * Reads a code as it was scanned, with its symbology identifier (ISO/IEC 15424: "]d2", "]C1",
 * "]Q3", "]e0", "]E0", ..) or without, FNC1 as the character GS (0x1d); or as it is printed below a
 * symbol, "(01)04012345000016(17)280531(10)A77". Digits alone, 8, 12, 13 or 14 of them, are an
 * article's; "B17", as a label of this program has it beside its QR, is that label.
 *
 * A year of two digits is the one nearest to `today`: at most 49 years back, 50 ahead; day 00 is
 * the last of its month. Check digits, lengths, characters and days must be right, and what is
 * there twice must be the same: TNS_ERROR_FORMAT names the identifier and what was found.
 * Identifiers that are of no use here are passed over by the table of lengths.
 */
TNS_API bool tns_scan_parse(const char *code, size_t length, tns_day today, tns_scan *out,
                            tns_error *err);

/* The last day a scanned thing is good: (17), else (15); none where neither is there. */
TNS_API tns_day tns_scan_last_day(const tns_scan *scan);

/*
 * 8, 12, 13 or 14 digits with a right check digit, with zeros to 14. TNS_ERROR_USAGE tells what is
 * wrong, and what the check digit would be.
 */
TNS_API bool tns_gtin_parse(const char *text, char out[TNS_GTIN_SIZE], tns_error *err);

/* What the QR of an own label holds, "TONSURE:B17"; of capitals and digits, for a small symbol. */
enum { TNS_OWN_CODE_SIZE = 32 };
TNS_API void tns_own_code_write(char what, int64_t number, char out[TNS_OWN_CODE_SIZE]);

TNS_END_DECLS

#endif
