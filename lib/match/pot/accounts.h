/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The accounts that may be given of a reading: every amount as counted but for the usual scatter,
 * or one part of the pot miscounted. A dark film tells them apart badly, and an amount that is only
 * held near its count is then surer than anybody can be.
 */
#ifndef MATCH_POT_ACCOUNTS_H
#define MATCH_POT_ACCOUNTS_H

#include "match/pot/effective.h"

enum { TNS_ACCOUNTS_MAX = TNS_PARTS_MAX + 1 };

typedef struct tns_accounts {
    int count, likeliest;
    tns_effective account[TNS_ACCOUNTS_MAX];
    double chance[TNS_ACCOUNTS_MAX]; /* of each; their sum is 1 */
} tns_accounts;

/* Fails with TNS_ERROR_NUMERIC or TNS_ERROR_MEMORY. */
bool tns_accounts_find(const tns_pot *pot, const tns_evidence *evidence, tns_accounts *out,
                       tns_error *err);

/* One of them by chance; `share` is from 0 to 1. */
int tns_accounts_pick(const tns_accounts *accounts, double share);

/* One standard deviation of a part's factor about its likeliest, over all the accounts. */
double tns_accounts_scatter(const tns_accounts *accounts, int part);

#endif
