/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Papers of the clinic, made of plain values: labels for pots and bottles, the ink passport of a
 * visit, order sheets. Each as HTML that needs nothing else, or as PDF; nothing is asked of a
 * network. The store is not known here: tonsure/papers.h makes these values of what is in it.
 */
#ifndef TONSURE_DOCUMENTS_H
#define TONSURE_DOCUMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/day.h>
#include <tonsure/error.h>
#include <tonsure/export.h>

TNS_BEGIN_DECLS

typedef enum tns_document_format { TNS_DOCUMENT_HTML, TNS_DOCUMENT_PDF } tns_document_format;

/* By a file's name: ".html", ".htm" or ".pdf"; TNS_ERROR_USAGE for another. */
TNS_API bool tns_document_format_of(const char *path, tns_document_format *out, tns_error *err);

/* The bytes of a file; free(data). */
typedef struct tns_document_bytes {
    char *data;
    size_t length;
} tns_document_bytes;

/*
 * Of every call below: *out is to be freed where it is done, and empty where it fails.
 * TNS_ERROR_UNSUPPORTED where the module qr, or pdf, is not installed.
 */

/* ---- labels ---- */

enum { TNS_LABEL_LINES = 5, TNS_LABEL_TEXT = 96 };

/* 50 x 25 mm: a QR symbol at the left, a title and lines beside it. */
typedef struct tns_label {
    char code[TNS_LABEL_TEXT]; /* what the QR holds */
    char title[TNS_LABEL_TEXT];
    char lines[TNS_LABEL_LINES][TNS_LABEL_TEXT]; /* "" are left out */
    int strong;                                  /* the line that stands out, from 1; 0 = none */
} tns_label;

/* One a page, each page of the label's size. */
TNS_API bool tns_labels_write(const tns_label *labels, size_t count, tns_document_format format,
                              tns_document_bytes *out, tns_error *err);

/* ---- the ink passport ---- */

/* Whether a label names a thing. */
typedef enum tns_label_word {
    TNS_LABEL_UNREAD, /* nobody entered what is in it */
    TNS_LABEL_WITHOUT,
    TNS_LABEL_NAMES
} tns_label_word;

/* A product that was used, as its label and the shelf tell of it. */
typedef struct tns_passport_part {
    const char *pot;      /* "P5" */
    const char *product;  /* as it is called */
    const char *supplier; /* "" = not stated */
    const char *lot;
    bool internal_lot; /* the maker gave none */
    tns_day expires;   /* of the label; none = not stated */
    int64_t ul;
    const char *color_index; /* "77266, 77499"; "" = not stated */
    const char *ingredients; /* "carbon black (1333-86-4), water"; "" = not stated */
    bool diluent, sterile;
    tns_label_word nickel, chromium; /* chromium (VI) */
    tns_label_word statement;        /* the regulation's, that says what it is for */
    /* Of its pigment, as a palette has it, where nobody entered the label's; NULL or "" = none. */
    const char *known_index, *known_ingredients;
} tns_passport_part;

typedef struct tns_passport {
    const char *clinic; /* "" = not stated */
    const char *visit;  /* "V31" */
    const char *client; /* "C12" */
    const char *name;   /* of the client; "" = left out */
    const char *kind;   /* of the visit: "first session" */
    const char *actor;  /* who did it; "" = not stated */
    tns_day day;
    const char *sites;     /* where: "crown, hairline"; "" = not stated */
    const char *allergies; /* as told before; "" = none told, NULL = not known */
    size_t part_count;
    const tns_passport_part *parts;
    size_t warning_count;
    const char *const *warnings; /* of the mixing: overrides, what was not known */
    tns_day printed;
    bool is_open;     /* the visit is not closed: its amounts are not the last word */
    size_t open_pots; /* of which nobody said yet what was left */
    int64_t left_ul;  /* of the others: what was thrown away of what was mixed */
} tns_passport;

/*
 * What went into the skin, for who carries it: products, lots, Colour Index numbers, ingredients,
 * and the wording that Regulation (EU) 2020/2081 wants on the labels of such inks. It repeats what
 * was entered from labels, and says so; it does not say that a law is met. The QR holds the visit,
 * the day, and each product with its lot and Colour Index, as text, as far as fits.
 */
TNS_API bool tns_passport_write(const tns_passport *passport, tns_document_format format,
                                tns_document_bytes *out, tns_error *err);

/*
 * What labels warn of, a text each: the statement that is lacking, nickel, chromium (VI), a diluent
 * that is not sterile. `out` has room for three and one of each part; how many they are.
 */
enum { TNS_PASSPORT_WARNING = 1200 };
TNS_API size_t tns_passport_label_warnings(const tns_passport *passport,
                                           char (*out)[TNS_PASSPORT_WARNING]);

/* The text of that QR. */
enum { TNS_PASSPORT_CODE = 700 };
TNS_API void tns_passport_code(const tns_passport *passport, char out[TNS_PASSPORT_CODE]);

/* ---- the order sheet ---- */

typedef struct tns_order_sheet_line {
    const char *product;
    const char *gtin; /* "" = not known */
    const char *pack; /* "15 ml" */
    int64_t packs;
    int64_t price_cents; /* of a pack; 0 = not known */
    const char *reason;  /* "" = none */
} tns_order_sheet_line;

typedef struct tns_order_sheet {
    const char *number; /* "O3" */
    const char *supplier;
    const char *clinic; /* "" = not stated */
    const char *state;  /* "proposed" */
    const char *actor;  /* "" = not stated */
    tns_day day;        /* it was proposed, or sent, on */
    tns_day expected;   /* none = not known */
    size_t line_count;
    const tns_order_sheet_line *lines;
    bool reasons; /* also why, for the clinic's own eyes */
} tns_order_sheet;

/* For the supplier: what is ordered, at which prices, and their sum as far as they are known. */
TNS_API bool tns_order_sheet_write(const tns_order_sheet *sheet, tns_document_format format,
                                   tns_document_bytes *out, tns_error *err);

/* ---- figures ---- */

/* A table of texts; a column of a width below 0 is of figures, which stand at the right. */
typedef struct tns_figures_table {
    const char *heading;
    size_t column_count, row_count; /* to 8 columns */
    const char *const *names;
    const int *width;         /* shares of the table's width */
    const char *const *cells; /* row by row */
} tns_figures_table;

typedef struct tns_figures {
    const char *over, *title, *under; /* over, "" = nothing */
    size_t fact_count, table_count, warning_count, note_count;
    const char *const (*facts)[2]; /* a name and a value; one without a value is left out */
    const tns_figures_table *tables;
    const char *const *warnings; /* under a heading of their own */
    const char *const *notes;
} tns_figures;

/* On pages of A4, as many as it takes. */
TNS_API bool tns_figures_write(const tns_figures *figures, tns_document_format format,
                               tns_document_bytes *out, tns_error *err);

/* "PDF by cairo 1.16.0, QR by libqrencode 4.1.1", or what is not installed; for people. */
TNS_API void tns_document_tools(char *text, size_t size);

TNS_END_DECLS

#endif
