/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The store that a person means, and what a person types of bottles, amounts, times and prices:
 * what is not understood is TNS_ERROR_USAGE, which says what was expected and what was found.
 * Clients, visits and pots are in clinic.h.
 */
#ifndef TONSURE_SHELF_H
#define TONSURE_SHELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tonsure/error.h>
#include <tonsure/export.h>
#include <tonsure/stock.h>

TNS_BEGIN_DECLS

/*
 * The store in force: the argument, else $TONSURE_STORE, else the config file's "store", else
 * stock.db in the user's data folder ($XDG_DATA_HOME/tonsure), which TNS_STOCK_CREATE makes.
 * TNS_STOCK_SCRATCH is for trying what would make the store: it is empty and in memory, unless
 * there is a store. The caller closes it. NULL on failure, as tns_stock_open().
 */
TNS_API tns_stock *tns_service_stock(const char *asked, tns_stock_access how, tns_error *err);

/* Its file, there or not; false where nobody says and there is no data folder. */
TNS_API bool tns_service_store_path(const char *asked, char *out, size_t size);

/* "B17" or "17"; the number of an entry. */
TNS_API bool tns_service_bottle(const char *text, int64_t *out, tns_error *err);
TNS_API bool tns_service_entry(const char *text, int64_t *out, tns_error *err);

/* "2026-11-30", from when it begins in UTC, or "2026-11-30T09:15:00Z": seconds since 1970. */
TNS_API bool tns_service_since(const char *text, int64_t *out, tns_error *err);

/*
 * "0.15ml", "150ul", "3drops" of so many nanoliters each; "3pc" where `pieces` are counted.
 * Exactly, but for drops, which are taken to the nearest microliter: half a microliter is refused.
 */
TNS_API bool tns_service_amount(const char *text, bool pieces, int64_t drop_nl, int64_t *out,
                                tns_error *err);

/* "60d" or "60", "2w"; of "3m" the days of three mean months, 92. */
TNS_API bool tns_service_days(const char *text, int *out, tns_error *err);
TNS_API bool tns_service_months(const char *text, int *out, tns_error *err);

/* "23.41" or "23.41g", with unit "g", in thousandths; exactly. */
TNS_API bool tns_service_thousandths(const char *text, const char *unit, int64_t *out,
                                     tns_error *err);

/* "28.50" in hundredths. */
TNS_API bool tns_service_cents(const char *text, int64_t *out, tns_error *err);
/* The same for people, "-0.05" too. Gives `text`. */
TNS_API const char *tns_service_price(int64_t cents, char text[32]);

TNS_END_DECLS

#endif
