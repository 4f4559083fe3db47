/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of the shelf, as in records.h. */
#ifndef TONSURE_STOCK_RECORDS_H
#define TONSURE_STOCK_RECORDS_H

#include <stdint.h>

#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/month.h>
#include <tonsure/order.h>
#include <tonsure/pot.h>
#include <tonsure/products.h>
#include <tonsure/stock.h>

TNS_BEGIN_DECLS

/*
 * Each `parse` reads what its `write` wrote into the same value; `name` stands for the file in
 * errors. What a record does not tell is left zero: of a bottle its tare and drop, of a lot its
 * number, for which small ones of the list's own stand. On failure `out` is empty; finish it in
 * every case.
 */

/* tonsure/stock-change/1: what `action` ("receive", "use", ..) did. */
TNS_API char *tns_stock_change_write(const char *action, const tns_stock_change *change);

typedef struct tns_stock_change_record {
    char action[32];
    tns_stock_change change;
} tns_stock_change_record;

TNS_API bool tns_stock_change_parse(const char *text, size_t length, const char *name,
                                    tns_stock_change_record *out, tns_error *err);
TNS_API void tns_stock_change_record_finish(tns_stock_change_record *record);

/* tonsure/stock-list/1; `within_days` -1 = not only what expires. */
TNS_API char *tns_stock_list_write(const tns_bottle_list *list, int within_days);
TNS_API bool tns_stock_list_parse(const char *text, size_t length, const char *name,
                                  tns_bottle_list *out, int *within_days, tns_error *err);

/* tonsure/stock-log/1; `bottles` are all there are, by number, for their units and lots. */
TNS_API char *tns_stock_log_write(const tns_entry_list *log, const tns_bottle_list *bottles);
/* `bottles` are those that the entries tell of, by number, with product, lot and unit alone. */
TNS_API bool tns_stock_log_parse(const char *text, size_t length, const char *name,
                                 tns_entry_list *log, tns_bottle_list *bottles, tns_error *err);

/* tonsure/stock-recall/1; `written` = the lot was marked now. */
TNS_API char *tns_stock_recall_write(const char *lot, const tns_trace *trace, bool written);

typedef struct tns_stock_recall_record {
    char lot[TNS_LOT_SIZE];
    tns_trace trace;
    bool written;
} tns_stock_recall_record;

TNS_API bool tns_stock_recall_parse(const char *text, size_t length, const char *name,
                                    tns_stock_recall_record *out, tns_error *err);
TNS_API void tns_stock_recall_record_finish(tns_stock_recall_record *record);

/* tonsure/stock-verify/1; `failure` NULL = all is right. */
TNS_API char *tns_stock_verify_write(const tns_stock_verification *found, const tns_error *failure);

typedef struct tns_stock_verify_record {
    tns_stock_verification found;
    tns_error failure; /* its code is TNS_OK where all is right */
} tns_stock_verify_record;

TNS_API bool tns_stock_verify_parse(const char *text, size_t length, const char *name,
                                    tns_stock_verify_record *out, tns_error *err);

/* tonsure/stock-copy/1: of an "export", "import" or "backup" (`copied` NULL = not counted); `cards`
   is the file of the clients' cards, NULL = none. */
TNS_API char *tns_stock_copy_write(const char *action, const char *path, const char *cards,
                                   const tns_stock_copied *copied, bool written);

typedef struct tns_stock_copy_record {
    char action[32], path[1024], cards[1024]; /* cards "": none */
    bool counted, written;
    tns_stock_copied copied; /* where it was counted */
} tns_stock_copy_record;

TNS_API bool tns_stock_copy_parse(const char *text, size_t length, const char *name,
                                  tns_stock_copy_record *out, tns_error *err);

/* tonsure/stock-products/1 */
TNS_API char *tns_stock_products_write(const tns_product_list *list);
TNS_API bool tns_stock_products_parse(const char *text, size_t length, const char *name,
                                      tns_product_list *out, tns_error *err);

/* tonsure/stock-scan/1: what a code says, and what of the shelf it belongs to. */
TNS_API char *tns_stock_scan_write(const tns_scan *scan, const tns_scan_match *match);
TNS_API bool tns_stock_scan_parse(const char *text, size_t length, const char *name, tns_scan *scan,
                                  tns_scan_match *match, tns_error *err);

/* tonsure/stock-orders/1 */
TNS_API char *tns_stock_orders_write(const tns_order_list *list);
TNS_API bool tns_stock_orders_parse(const char *text, size_t length, const char *name,
                                    tns_order_list *out, tns_error *err);

/* tonsure/stock-terms/1 */
TNS_API char *tns_stock_terms_write(const tns_terms_list *list);
TNS_API bool tns_stock_terms_parse(const char *text, size_t length, const char *name,
                                   tns_terms_list *out, tns_error *err);

/* tonsure/report-month/1 */
TNS_API char *tns_report_month_write(const tns_month *month);
TNS_API bool tns_report_month_parse(const char *text, size_t length, const char *name,
                                    tns_month *out, tns_error *err);

TNS_END_DECLS

#endif
