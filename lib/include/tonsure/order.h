/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Suppliers' terms, and orders: proposed, sent, received in one or more deliveries, or cancelled.
 * Both are in the ledger like all else. What is on order is known for each product, so that nothing
 * is ordered twice.
 */
#ifndef TONSURE_ORDER_H
#define TONSURE_ORDER_H

#include <tonsure/stock.h>

TNS_BEGIN_DECLS

enum { TNS_SUPPLIER_SIZE = 64, TNS_PRICES_MAX = 6, TNS_ORDER_LINES_MAX = 200 };

/* ---- terms ---- */

typedef struct tns_price {
    int64_t packs; /* from so many in one order on .. */
    int64_t cents; /* .. each costs so much, in hundredths of the clinic's currency */
} tns_price;

/* What a supplier asks for a product. Packs are those of the product. */
typedef struct tns_terms {
    char product[TNS_ID_SIZE];
    char supplier[TNS_SUPPLIER_SIZE];
    int64_t least_packs; /* no order of fewer; from 1 */
    int64_t step_packs;  /* ordered in multiples of so many; from 1 */
    int lead_days;       /* from order to delivery, on average */
    int spread_tenths;   /* its standard deviation, in tenths of a day */
    size_t price_count;  /* from few packs to many; 0 = the product's cost */
    tns_price prices[TNS_PRICES_MAX];
} tns_terms;

/*
 * In force from now on, in the place of those that were. TNS_ERROR_USAGE for figures outside
 * reason, and for prices that do not begin with fewer packs and go on with more.
 */
TNS_API bool tns_terms_set(tns_stock *stock, const tns_terms *terms, const tns_stock_act *act,
                           tns_stock_change *out, tns_error *err);

typedef struct tns_terms_list {
    size_t count;
    tns_terms *terms; /* owned */
} tns_terms_list;

/* Of a product, or (NULL) of all: by product, then supplier. Finish the list in every case. */
TNS_API bool tns_terms_list_find(tns_stock *stock, const char *product, tns_terms_list *out,
                                 tns_error *err);
TNS_API void tns_terms_list_finish(tns_terms_list *list);

/*
 * What to go by for a product: the terms of its own supplier; where none are told, one pack or more
 * at its cost, within its lead time without spread. Below the first price of the terms its cost
 * holds too.
 */
TNS_API bool tns_terms_of(tns_stock *stock, const char *product, tns_terms *out, tns_error *err);

/* Of a pack where so many are ordered; 0 = not known, as below the first price. */
TNS_API int64_t tns_terms_price(const tns_terms *terms, int64_t packs);

/* The least that may be ordered and is not less than that. */
TNS_API int64_t tns_terms_packs(const tns_terms *terms, int64_t packs);

/* ---- orders ---- */

typedef enum tns_order_state {
    TNS_ORDER_PROPOSED,
    TNS_ORDER_SENT,
    TNS_ORDER_RECEIVED, /* sent, and all of it came */
    TNS_ORDER_CANCELLED
} tns_order_state;

/* "proposed", "sent", "received", "cancelled". */
TNS_API const char *tns_order_state_name(tns_order_state state);

typedef struct tns_order_item {
    char product[TNS_ID_SIZE];
    int64_t packs;      /* ordered */
    int64_t received;   /* of these; may be more */
    int64_t pack;       /* what one holds; 0 = not stated */
    int64_t cost_cents; /* of one; 0 = not known */
    char reason[TNS_REASON_SIZE];
} tns_order_item;

typedef struct tns_order {
    int64_t id; /* from 1; people say O3 */
    char supplier[TNS_SUPPLIER_SIZE];
    tns_order_state state;
    tns_day day;      /* it was proposed */
    tns_day sent;     /* none = it is not */
    tns_day expected; /* none = not known */
    size_t line_count;
    tns_order_item *lines; /* owned by the list */
} tns_order;

typedef struct tns_order_list {
    size_t count;
    tns_order *orders; /* owned */
} tns_order_list;

typedef struct tns_order_question {
    int64_t order;       /* this one only; 0 = all */
    const char *product; /* that have a line of it; NULL = any */
    bool open;           /* proposed or sent, and not all of it came */
} tns_order_question;

/* By number. Finish the list in every case. */
TNS_API bool tns_order_list_find(tns_stock *stock, const tns_order_question *question,
                                 tns_order_list *out, tns_error *err);
TNS_API void tns_order_list_finish(tns_order_list *list);

/* What is to come of a product, in its own unit; of packs whose size is not stated nothing is. */
typedef struct tns_on_order {
    int64_t sent;     /* of orders that were sent, what has not come */
    int64_t proposed; /* of those that are only proposed */
    tns_day expected; /* the first day that some of what was sent should come; none = not known */
} tns_on_order;

/* TNS_ERROR_NO_SUCH of a product that is not there. */
TNS_API bool tns_stock_on_order(tns_stock *stock, const char *product, tns_on_order *out,
                                tns_error *err);

/*
 * Proposes an order of `lines` from a supplier; its number is in the change. A line whose cost is 0
 * takes that of the terms, or of the product. A product that is open in another order already is
 * TNS_ERROR_CONFLICT, unless the act overrides it.
 */
TNS_API bool tns_order_propose(tns_stock *stock, const char *supplier, const tns_order_item *lines,
                               size_t count, const tns_stock_act *act, tns_stock_change *out,
                               tns_error *err);

/*
 * It went out; `expected` none = the act's day and the longest lead of its lines.
 * TNS_ERROR_CONFLICT unless it is proposed.
 */
TNS_API bool tns_order_send(tns_stock *stock, int64_t order, tns_day expected,
                            const tns_stock_act *act, tns_stock_change *out, tns_error *err);

/* Of what has not come nothing will. TNS_ERROR_CONFLICT of one that all came of. */
TNS_API bool tns_order_cancel(tns_stock *stock, int64_t order, const tns_stock_act *act,
                              tns_stock_change *out, tns_error *err);

/*
 * A delivery, booked as by tns_stock_receive(), against the order's line of its product: a bottle
 * is a pack. More than was ordered is booked with a warning; a product that the order has no line
 * of is TNS_ERROR_CONFLICT, as is an order that was not sent.
 */
TNS_API bool tns_order_receive(tns_stock *stock, int64_t order, const tns_delivery *delivery,
                               const tns_stock_act *act, tns_stock_change *out, tns_error *err);

TNS_END_DECLS

#endif
