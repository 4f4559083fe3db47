/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of a chart file: the keys above its table. */
#ifndef PHOTO_CHART_CARD_HEAD_H
#define PHOTO_CHART_CARD_HEAD_H

#include <tonsure/card.h>

#define TNS_CARD_FIRST_LINE "tonsure-chart 1"

/* One standard deviation of a card against its maker's figures, where a file does not say: those of
   both ColorChecker editions lie 0.85 apart, one Passport that was measured 0.89 from them, dE00.
 */
#define TNS_NOMINAL_DE00 0.7

/* Patches are 0.80-0.87 of the pitch wide on the common charts. */
#define TNS_PATCH_SHARE 0.84

typedef struct tns_card_head {
    bool is_begun;
    unsigned seen;      /* a bit a key */
    int gap_after;      /* the column before the gap, from 1; 0 = none */
    double gap_pitches; /* how much wider it is than a pitch */
    bool has_white;
    char illuminant[TNS_NAME_SIZE]; /* "X, Y, Z" where it has no name */
    tns_xyz white;
    int observer; /* 0 = not said */
} tns_card_head;

/* One "key: value"; the text of the error says which key and what was found, without the line. */
bool tns_card_head_take(tns_card_head *head, tns_card *card, const char *key, const char *value,
                        tns_error *err);

/* A key that must be there and is not, or NULL. */
const char *tns_card_head_missing(const tns_card_head *head);

/* Gives every patch its place. Fails on more patches than a chart may have. */
bool tns_card_head_lay_out(const tns_card_head *head, tns_chart *chart, tns_error *err);

#endif
