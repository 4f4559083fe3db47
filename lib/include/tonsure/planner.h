/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan of a shelf: what its ledger, its bottles and the visits to come ask for. */
#ifndef TONSURE_PLANNER_H
#define TONSURE_PLANNER_H

#include <tonsure/bookings.h>
#include <tonsure/plan_records.h>
#include <tonsure/stock.h>

TNS_BEGIN_DECLS

/* Zeroed members: the usual. */
typedef struct tns_plan_request {
    tns_day until;                    /* has to be given: after today, within two years */
    const tns_booking_list *bookings; /* beside the store's own visits; NULL = none */
    double service;                   /* share of visits that find what they need: 0.98 */
    int review_days;                  /* when the shelf is looked at again: 1 */
    int64_t order_cost_cents;         /* of placing and receiving one order: 0 */
    tns_course course;
    tns_measuring measuring;
    const tns_context *context;
    const tns_palette
        *palette;    /* borrowed: what it calls a diluent, by whatever name; NULL = none */
    const char *mix; /* a pigment that is not bought, but mixed once it is used up; NULL = none */
    const char *mix_of; /* of what: "carbon-black=3,red-iron-oxide=1" */
} tns_plan_request;

/*
 * Demand is of three kinds: visits that are booked, with a recipe or, without one, the usual use of
 * a visit; their follow-ups, unless that client has one booked; and what will yet be booked, by the
 * last 52 weeks of the ledger. A visit takes place with odds of 0.95. Products of one pigment are
 * one item, of which the product is ordered that costs least a year. One without a pack size cannot
 * be ordered, and a warning says so; without lead time, 7 days are taken.
 *
 * Where a pigment is to be mixed of others, they are taken in its place from the day on which there
 * is too little of it; the plan tells what it costs with and without that, and how far the mix is
 * from the pigment. TNS_ERROR_USAGE of what the shelf has not. Finish the plan in every case.
 */
TNS_API bool tns_service_plan(tns_stock *stock, const tns_plan_request *request, tns_plan *out,
                              tns_error *err);

/*
 * Proposes an order to each supplier of what the plan asks for within so many days of its first, as
 * by tns_order_propose(), and puts their numbers into the plan. What has no supplier is left out,
 * and a warning says so. Each supplier's order is written whole or not at all.
 */
TNS_API bool tns_service_propose(tns_stock *stock, tns_plan *plan, int within_days,
                                 const tns_stock_act *act, tns_error *err);

/* "2026-12-31", or "84d", "12w", "3m" from today on. */
TNS_API bool tns_service_until(const char *text, const tns_context *context, tns_day *out,
                               tns_error *err);

/* "98%" or "0.98", from 0.5 to 0.999. */
TNS_API bool tns_service_share(const char *text, double *out, tns_error *err);

TNS_END_DECLS

#endif
