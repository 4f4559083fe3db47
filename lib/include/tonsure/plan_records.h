/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tonsure/plan/1: what visits to come will take, what to order, and what will expire unused. */
#ifndef TONSURE_PLAN_RECORDS_H
#define TONSURE_PLAN_RECORDS_H

#include <stddef.h>
#include <stdint.h>

#include <tonsure/demand.h>
#include <tonsure/intermittent.h>
#include <tonsure/plan.h>
#include <tonsure/stock.h>
#include <tonsure/warnings.h>

TNS_BEGIN_DECLS

/* A pigment, the diluent, or a consumable, of whatever products. Amounts in microliters or pieces.
 */
typedef struct tns_planned_item {
    char id[TNS_ID_SIZE]; /* of the pigment; "diluent"; the consumable's product */
    tns_product_kind kind;
    bool pieces;
    double on_hand;  /* that may be used today */
    double usable;   /* of that, what is used before it expires, within the plan's days */
    tns_day lasts;   /* the last day that finds all it asks for; none = beyond the plan */
    double per_week; /* forecast of what is used in general */
    tns_demand_class pattern;
    tns_demand_method method;
} tns_planned_item;

typedef struct tns_planned_week {
    char item[TNS_ID_SIZE];
    bool pieces;
    tns_day monday;
    double booked;   /* by the odds that visits take place */
    double expected; /* follow-ups, and what will yet be booked */
    double sd;       /* of both */
} tns_planned_week;

enum { TNS_PLAN_REASON = 320, TNS_PLAN_PROPOSED = 32 };

typedef struct tns_planned_order {
    char product[TNS_ID_SIZE], item[TNS_ID_SIZE], supplier[64];
    bool pieces;
    int bottles;
    int64_t pack;
    tns_day by, arrives;
    int64_t cost_cents; /* of all; 0 = not stated */
    tns_order_cause cause;
    char reason[TNS_PLAN_REASON];
    double will_expire; /* of what is ordered */
    tns_day expires_on; /* none = nothing does */
    /* Where most of it would expire: what a year costs, in hundredths, with a bottle of its own and
       as a mix of open ones; 0 = that is not a question. */
    int64_t own_cents, mixed_cents;
    double even_at; /* use a year from which its own is cheaper */
} tns_planned_order;

/* A bottle of which something will be left on its last day. */
typedef struct tns_planned_expiry {
    int64_t bottle;
    char product[TNS_ID_SIZE];
    bool pieces;
    double left;
    tns_day expires;
} tns_planned_expiry;

/* All orders of a plan. */
typedef struct tns_planned_sum {
    size_t orders, unpriced; /* these without a cost */
    int64_t cost_cents;
    double will_expire; /* of them, microliters */
} tns_planned_sum;

/* A pigment that is mixed of others once its own bottles are used up. */
typedef struct tns_planned_mix {
    char pigment[TNS_ID_SIZE]; /* "" = none was asked for */
    char of[240];
    tns_day from; /* none = it lasts */
    tns_planned_sum with, without;
    bool has_color;  /* the palette knows all of it */
    double de00;     /* of opaque layers, D65/10 */
    double strength; /* K + S of the mix, as a share of the pigment's, volume for volume */
    double diluent;  /* so many parts of it more make it as strong; 0 = it is no stronger */
} tns_planned_mix;

typedef struct tns_plan {
    tns_day from, until;
    double service;
    size_t visits, follow_ups, passed_over;
    size_t item_count, week_count, order_count, expiry_count;
    tns_planned_item *items;      /* by id */
    tns_planned_week *weeks;      /* by item, then by week */
    tns_planned_order *orders;    /* by supplier, then by the last day to order */
    tns_planned_expiry *expiries; /* the first to expire first */
    tns_planned_mix mix;
    size_t proposed_count;
    int64_t proposed[TNS_PLAN_PROPOSED]; /* orders that were made of it, by number */
    tns_warnings warnings;
} tns_plan;

/* All arrays are the plan's own. NULL is taken. */
TNS_API void tns_plan_finish(tns_plan *plan);

/* The record; free() it. */
TNS_API char *tns_plan_write(const tns_plan *plan);

/* Of an item that is no pigment and not "diluent" the kind is a consumable. On failure `out` is
 * empty; finish it in every case. */
TNS_API bool tns_plan_parse(const char *text, size_t length, const char *name, tns_plan *out,
                            tns_error *err);

TNS_END_DECLS

#endif
