/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clinic's shelf through the years, by one policy or another. */
#ifndef PLAN_CLINICS_H
#define PLAN_CLINICS_H

#include <stdbool.h>
#include <stddef.h>

#include "plan/world.h"

typedef enum policy_kind {
    BY_PLAN,  /* tns_item_standing() and tns_item_packs(), each morning */
    BY_WEEKS, /* a bottle when what is on hand and on order falls to so many weeks of last year's
                 use */
    BY_ML,    /* or to so many ml, the same for every shade of every clinic */
    AT_ONCE   /* a bottle is there as it is needed, which nobody can have: what expires even so */
} policy_kind;

typedef struct policy {
    policy_kind kind;
    double service; /* of the plan */
    bool mixes;   /* shades between two others, where tns_shade_open_or_mix() says it is cheaper */
    double point; /* of the others: weeks, or ml */
} policy;

/* Of the year that counts. */
typedef struct outcome {
    double visits, served;                 /* served: all it needed was there on the day */
    double used, expired, spilled, bought; /* microlitres */
    double orders, bottles;
    double on_hand; /* at the end, closed bottles too, microlitres */
} outcome;

outcome run_clinic(const clinic *c, uint64_t seed, int n, const policy *p);
void outcome_add(outcome *sum, const outcome *more);
double outcome_service(const outcome *o);
/* Expired, of all that was used or expired. */
double outcome_waste(const outcome *o);
/* At a service between those of ever larger fixed points, of which there are two or more. */
double outcome_waste_at(const outcome *fixed, size_t count, double service);

#endif
