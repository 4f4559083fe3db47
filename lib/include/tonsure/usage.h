/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was used of each product, week by week: what a plan is made from. */
#ifndef TONSURE_USAGE_H
#define TONSURE_USAGE_H

#include <tonsure/stock.h>

TNS_BEGIN_DECLS

enum { TNS_USAGE_WEEKS = 52 };

typedef struct tns_product_usage {
    char product[TNS_ID_SIZE];
    int64_t amount[TNS_USAGE_WEEKS]; /* the oldest week first */
    int uses[TNS_USAGE_WEEKS];       /* operations: of one pot, whatever bottles it took, one */
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

TNS_END_DECLS

#endif
