/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The plan of one item: what of its stock will be used and what will expire, and what to order, by
 * when. Values alone: what is on the shelf and what visits will take comes from the caller.
 *
 * The stock is followed day by day, first expired first out, through the demand that is expected.
 * Usable is what that uses up in time; the rest will expire unused, on a day that is told.
 *
 * An order is due on a day when waiting for the next look at the shelf would
 * - leave somebody without who is booked, and more likely than not to come (where less service than
 *   the usual is asked for, these count as all others do), or
 * - have more visits go without, until an order made later could be there, than the service allows
 *   to all that one order serves: E[(N - k)+] + late P(N >= k) > (1 - service) n, where N uses are
 *   expected until then, k is what the usable stock is good for, n what an order is, while it is
 *   good, and late the share of visits that are booked too late for an order to follow: who does
 * not order with k left orders with k - 1 if the next is one of these (fill rate, P2: Silver, Pyke
 * and Thomas, 6.7).
 *
 * A use may need several packs: an order is no fewer than hold one. What is used less than once a
 * year, and while one is good, waits for a booking. With stock that expires on the way, N is taken
 * from every such day on, against what is good beyond it: the largest shortage counts (Hall's
 * condition for uses that can be served).
 *
 * For a later day, what is used before it is taken as expected, and only what comes after is in
 * doubt: by then it will be known.
 */
#ifndef TONSURE_PLAN_H
#define TONSURE_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include <tonsure/day.h>
#include <tonsure/demand.h>
#include <tonsure/export.h>
#include <tonsure/reorder.h>

TNS_BEGIN_DECLS

/* A bottle, here or to come. */
typedef struct tns_supply {
    double amount;
    tns_day from;    /* there from then on; none = already */
    tns_day expires; /* by the label; none = without end */
    tns_day opened;  /* none = closed: it is opened when it is needed */
    int pao_months;  /* 0 = as long as labelled */
} tns_supply;

/* What becomes of it. */
typedef struct tns_fate {
    double used, wasted; /* wasted: left on its last day */
    tns_day opened;
    tns_day ends; /* the last day it is good; none = without end */
} tns_fate;

typedef struct tns_outlook {
    double used, wasted, unmet;
    tns_day runs_out; /* the first day that asks for more than there is; none = it lasts */
} tns_outlook;

/*
 * Through the days from the demand's first to `until`. Bottles are used opened ones first, then
 * what expires first, then in the order given. A closed one is opened when half a use or more is
 * expected of it. `fate` has `count` members. O(days + count^2).
 */
TNS_API void tns_supply_follow(const tns_demand *demand, const tns_supply *supply, size_t count,
                               tns_day until, tns_fate *fate, tns_outlook *out);

/* ---- when to order ---- */

typedef struct tns_item {
    const tns_demand *demand; /* its first day is today */
    const tns_supply *supply;
    size_t supplies;
    double pack;             /* what a bottle holds */
    int life_days;           /* that a bottle is good for by its label, when it comes; 0 = 720 */
    int pao_months;          /* 0 = as long as labelled */
    int lead_days;           /* from order to delivery */
    double lead_sd;          /* its spread, days */
    int review_days;         /* when the shelf is looked at again; 0 = 1 */
    double service;          /* share of visits that find what they need; 0 = 0.98 */
    tns_reorder_terms terms; /* in packs; all zero: an order costs nothing */
} tns_item;

typedef enum tns_order_cause {
    TNS_ORDER_NOT_NEEDED,
    TNS_ORDER_BOOKED, /* a booking would find too little */
    TNS_ORDER_SERVICE /* too many of those to come would */
} tns_order_cause;

/* "not-needed", "booked", "service". */
TNS_API const char *tns_order_cause_name(tns_order_cause cause);

/* How things stand on a day if nothing is ordered before the next look. */
typedef struct tns_standing {
    tns_order_cause cause;
    tns_day until;      /* the last day before an order made at the next look is there */
    double usable;      /* that is good until then, of what is there or will be */
    double booked;      /* need by then, by the odds */
    double firm;        /* in full, of those more likely than not */
    double need;        /* in all */
    double short_uses;  /* expected to go without */
    double allowed;     /* that may */
    double uses_served; /* by one order, while it is good */
} tns_standing;

/* If waited on `day`, from today on. `packs` of an order, or as many as hold one use, would be
   bought at a time. */
TNS_API tns_standing tns_item_standing(const tns_item *item, tns_day day, double packs);

typedef struct tns_order_line {
    tns_day by;      /* the last day to order */
    tns_day arrives; /* ordered then */
    double packs;
    double price;         /* of each pack */
    double will_expire;   /* of this order, unused; the rest of it is used */
    tns_day expires_on;   /* when the first of that does; none = nothing does */
    tns_standing because; /* on `by` */
} tns_order_line;

/* Packs to order where an order is due: tns_order_packs() with the newsvendor for what is good for
   a while only: one too few costs another order, one too many its price. */
TNS_API double tns_item_packs(const tns_item *item, tns_day by);

/* What is used in so many days, in the long run; what of one pack is used while it is good. */
TNS_API double tns_item_use(const tns_item *item, double days);
TNS_API double tns_item_pack_use(const tns_item *item);

/*
 * The orders that fall due from today to `until`, in order of time; at most `most`. Each is in the
 * supply of those after it, and has with it what would be due before the next look, or in a week.
 * False without memory.
 */
TNS_API bool tns_item_plan(const tns_item *item, tns_day until, tns_order_line *lines, size_t most,
                           size_t *count, tns_error *err);

/* ---- a bottle more, or a mix of open ones ---- */

/* A shade that is wanted: as a product of its own, or mixed from two that are open. */
typedef struct tns_shade_choice {
    double price, pack; /* of its own bottle */
    double per_year;    /* what is expected to be used of it, amount */
    double open_years;  /* that a bottle is good for once open */
    double part[2];     /* shares of the two in an equal mix; they need not add up to 1 */
    double cost[2];     /* of a unit of each */
} tns_shade_choice;

typedef struct tns_shade_costs {
    double open_per_year, mix_per_year; /* what each costs */
    double wasted_per_year;             /* amount thrown away, opened */
    double even_at;                     /* use a year from which a bottle of its own is cheaper;
                                           INFINITY = never */
} tns_shade_costs;

/* Of bottles that are bought one by one, each used until it is empty or no longer good; a mix costs
   what is taken of the two. */
TNS_API tns_shade_costs tns_shade_open_or_mix(const tns_shade_choice *choice);

TNS_END_DECLS

#endif
