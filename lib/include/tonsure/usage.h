/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan is made from: what was used of each product, week by week, and what there is to use.
 */
#ifndef TONSURE_USAGE_H
#define TONSURE_USAGE_H

#include <tonsure/products.h>
#include <tonsure/stock.h>

TNS_BEGIN_DECLS

enum { TNS_USAGE_WEEKS = 52 };

typedef struct tns_product_usage {
    char product[TNS_ID_SIZE];
    int64_t amount[TNS_USAGE_WEEKS]; /* the oldest week first */
    int uses[TNS_USAGE_WEEKS];       /* operations: of one pot, whatever bottles it took, one */
    int known; /* the last so many weeks: since it first came, and since the ledger has uses of any
                  product; before that it is not known that nothing was used */
} tns_product_usage;

typedef struct tns_usage_list {
    size_t count;
    tns_product_usage *products; /* owned; by id; all there are */
} tns_usage_list;

/*
 * The uses, pots included, of the 52 weeks before a Monday, by the day they happened; what was
 * taken back is left out. Finish the list in every case.
 */
TNS_API bool tns_stock_usage(tns_stock *stock, tns_day monday, tns_usage_list *out, tns_error *err);
TNS_API void tns_usage_list_finish(tns_usage_list *list);

/* A bottle of a product; of the bottle what says how long it is good and whether it may be used,
   but no names. Borrowed for the call. */
typedef bool tns_supply_visit(void *user, const tns_product *product, const tns_bottle *bottle,
                              tns_error *err);

/* All bottles of these products in which something is left, product by product, in the order they
   came. Ends where a visit fails. */
TNS_API bool tns_stock_supply(tns_stock *stock, const tns_product_list *products,
                              tns_supply_visit *visit, void *user, tns_error *err);

TNS_END_DECLS

#endif
