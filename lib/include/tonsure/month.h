/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A month of the shelf, from the ledger: what came and what it cost, what was used, what was wasted
 * and why, which shades were mixed, and what a visit cost. What was taken back is not in it.
 */
#ifndef TONSURE_MONTH_H
#define TONSURE_MONTH_H

#include <tonsure/pot.h>
#include <tonsure/stock.h>

TNS_BEGIN_DECLS

/* Why something was wasted: the reasons of tns_stock_waste(), and what was left in closed pots. */
typedef enum tns_waste {
    TNS_WASTE_EXPIRED,
    TNS_WASTE_SPILL,
    TNS_WASTE_CONTAMINATED,
    TNS_WASTE_LEFTOVER, /* of a bottle */
    TNS_WASTE_PATCH_TEST,
    TNS_WASTE_POT,
    TNS_WASTE_COUNT
} tns_waste;

/* "expired", .., "pot". */
TNS_API const char *tns_waste_name(tns_waste waste);

/*
 * A product of which anything came or went. Amounts are microliters or pieces. Money is hundredths
 * of the clinic's currency: a delivery at its order's price, a part of a pot at what it cost when
 * that was mixed, all else at the product's present cost of a pack.
 */
typedef struct tns_month_product {
    char product[TNS_ID_SIZE];
    bool pieces;
    bool unpriced; /* some of it could not be valued: the sums are too low */
    int64_t received, used, wasted[TNS_WASTE_COUNT];
    int64_t counted; /* what counts found more (+) or less (-) than was booked */
    int64_t spent_cents, used_cents, wasted_cents;
} tns_month_product;

/* All that was wasted of it. */
TNS_API int64_t tns_month_wasted(const tns_month_product *product);

/* A share, in percent, of what was used or wasted; NaN where nothing was. */
TNS_API double tns_month_percent(int64_t wasted, int64_t used, int64_t all_wasted);

/* Pots of the same parts in the same ratios, whatever a recipe calls them; as the first was asked
   for, by pigments and "diluent". */
typedef struct tns_month_shade {
    char recipe[TNS_RECIPE_TEXT_SIZE];
    int64_t pots, ul, left_ul, cost_cents;
} tns_month_shade;

/* A visit that was opened, or for which a pot was mixed; with its pots of the month. */
typedef struct tns_month_visit {
    int64_t id;
    tns_visit_kind kind;
    int64_t pots, ul, left_ul, cost_cents;
} tns_month_visit;

typedef struct tns_month {
    tns_day from, to; /* its first and last day */
    size_t product_count, shade_count, visit_count;
    tns_month_product *products;                   /* owned; by id */
    tns_month_shade *shades;                       /* owned; the most often mixed first */
    tns_month_visit *visits;                       /* owned; by number */
    int64_t spent_cents, used_cents, wasted_cents; /* the sums of the products' */
    int64_t pots, pot_cents;                       /* mixed; the sum of the visits' */
    int64_t pot_cents_a_visit, all_cents_a_visit;  /* pots; used and wasted; -1 = no visits */
    bool unpriced;                                 /* of any product */
} tns_month;

/* "2026-11", as its first day. */
TNS_API bool tns_month_parse(const char *text, tns_day *out, tns_error *err);

/* The month that a day is in (none = today). Finish the month in every case. */
TNS_API bool tns_stock_month(tns_stock *stock, tns_day day, const tns_context *context,
                             tns_month *out, tns_error *err);
TNS_API void tns_month_finish(tns_month *month);

TNS_END_DECLS

#endif
