/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When to order, and how much: the textbook's formulas, each a function of values. After Silver,
 * Pyke and Thomas, Inventory and Production Management in Supply Chains (4th ed., 2017), unless
 * another source is named.
 *
 * The position is what is usable on hand, plus what is on order, less what is reserved. (R,Q) and
 * (s,Q) order Q as soon as it is at or below s; (s,S) orders up to S; (T,s,S) looks every T only.
 * The demand that s must cover is that of the lead time, plus T where one looks every T only.
 */
#ifndef TONSURE_REORDER_H
#define TONSURE_REORDER_H

#include <stddef.h>

#include <tonsure/export.h>

TNS_BEGIN_DECLS

/* Demand as it is not known: its mean and its variance. */
typedef struct tns_moments {
    double mean, variance;
} tns_moments;

/* Of a time of `periods` that is itself uncertain (sd): variance H v + mean^2 sd^2. */
TNS_API tns_moments tns_demand_over(tns_moments per_period, double periods, double periods_sd);

/* ---- the normal approximation, for what is used in quantity ---- */

/* k with Phi(k) = chance. */
TNS_API double tns_normal_quantile(double chance);

/* s = mean + k sd, so that a cycle has no shortage with this chance (cycle service, P1). */
TNS_API double tns_reorder_point(tns_moments demand, double chance);

/* P1 of a reorder point s: Phi(k). "You would run out once in 1 / (1 - P1) orders." */
TNS_API double tns_cycle_service(tns_moments demand, double s);

/* G(k) = phi(k) - k (1 - Phi(k)): the expected shortage of a standard normal demand above k. */
TNS_API double tns_normal_loss(double k);

/* P2 of a reorder point with lots of Q: 1 - sd G(k) / Q, the share of demand that is met. */
TNS_API double tns_fill_rate(tns_moments demand, double s, double quantity);

/* The s that gives a fill rate, by bisection; never below 0. */
TNS_API double tns_fill_rate_point(tns_moments demand, double quantity, double fill_rate);

/* ---- whole numbers, for what is used seldom ---- */

/*
 * A count fitted to mean and variance: Poisson where they are equal, negative binomial where the
 * variance is more, binomial where it is less (bookings, that come or do not), its n rounded up.
 * After Adan, van Eenige and Resing, Prob. Eng. Inf. Sci. 9 (1995) 623.
 */

/* P(N <= k). */
TNS_API double tns_count_within(tns_moments count, double k);

/* The least whole s with P(N <= s) >= chance. */
TNS_API double tns_count_quantile(tns_moments count, double chance);

/* E[(N - k)+], of whole k: how many go without where k are there. */
TNS_API double tns_count_loss(tns_moments count, double k);

/* ---- how much ---- */

/* sqrt(2 K D / h): cost of an order, demand a year, cost of holding one a year. */
TNS_API double tns_eoq(double order_cost, double demand, double holding);

/* From so many packs on, each costs so much. */
typedef struct tns_price_break {
    double packs, price;
} tns_price_break;

enum { TNS_PRICE_BREAKS = 8 };

/* What a supplier asks for. Zeroed: single packs at no price. */
typedef struct tns_reorder_terms {
    double price;       /* of a pack, when bought singly */
    double least, step; /* packs of an order at the least (MOQ), and in steps of; 0 = 1 */
    double order_cost;  /* of placing and paying one order, whatever is in it */
    double holding;     /* a year's cost of having a pack lie, as a share of its price */
    size_t breaks;
    tns_price_break
        break_at[TNS_PRICE_BREAKS]; /* for all packs of the order; rising, prices fall */
} tns_reorder_terms;

/* Packs that may be ordered: at least `needed`, at least the least, in whole steps. */
TNS_API double tns_packs_allowed(const tns_reorder_terms *terms, double needed);

/* The price of each of so many packs. */
TNS_API double tns_pack_price(const tns_reorder_terms *terms, double packs);

/*
 * The packs of the least cost a year, price breaks for all packs included: the economic quantity at
 * each price where it is valid, and each break itself. Never fewer than `needed`, and, unless that
 * or the terms force it, no more than `most`: what will be used while it is good.
 */
TNS_API double tns_order_packs(const tns_reorder_terms *terms, double packs_a_year, double needed,
                               double most);

/*
 * The newsvendor: what to have of a thing that is good for once, where one too few costs `under`
 * and one too many `over`. The critical ratio under / (under + over) is the chance to aim at.
 */
TNS_API double tns_critical_ratio(double under, double over);
TNS_API double tns_newsvendor(tns_moments demand, double under, double over);
TNS_API double tns_newsvendor_count(tns_moments count, double under, double over);

TNS_END_DECLS

#endif
