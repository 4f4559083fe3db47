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

/* tonsure/stock-change/1: what `action` ("receive", "use", ..) did. */
TNS_API char *tns_stock_change_write(const char *action, const tns_stock_change *change);

/* tonsure/stock-list/1; `within_days` -1 = not only what expires. */
TNS_API char *tns_stock_list_write(const tns_bottle_list *list, int within_days);

/* tonsure/stock-log/1; `bottles` are all there are, by number, for their units and lots. */
TNS_API char *tns_stock_log_write(const tns_entry_list *log, const tns_bottle_list *bottles);

/* tonsure/stock-recall/1; `written` = the lot was marked now. */
TNS_API char *tns_stock_recall_write(const char *lot, const tns_trace *trace, bool written);

/* tonsure/stock-verify/1; `failure` NULL = all is right. */
TNS_API char *tns_stock_verify_write(const tns_stock_verification *found, const tns_error *failure);

/* tonsure/stock-copy/1: of an "export", "import" or "backup" (`copied` NULL = not counted); `cards`
   is the file of the clients' cards, NULL = none. */
TNS_API char *tns_stock_copy_write(const char *action, const char *path, const char *cards,
                                   const tns_stock_copied *copied, bool written);

/* tonsure/stock-products/1 */
TNS_API char *tns_stock_products_write(const tns_product_list *list);

/* tonsure/stock-scan/1: what a code says, and what of the shelf it belongs to. */
TNS_API char *tns_stock_scan_write(const tns_scan *scan, const tns_scan_match *match);

/* tonsure/stock-orders/1 */
TNS_API char *tns_stock_orders_write(const tns_order_list *list);

/* tonsure/stock-terms/1 */
TNS_API char *tns_stock_terms_write(const tns_terms_list *list);

/* tonsure/report-month/1 */
TNS_API char *tns_report_month_write(const tns_month *month);

TNS_END_DECLS

#endif
