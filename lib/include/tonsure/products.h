/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The products of a shelf as a whole: what is kept, how much of each is there, and what a scanned
 * code belongs to.
 */
#ifndef TONSURE_PRODUCTS_H
#define TONSURE_PRODUCTS_H

#include <tonsure/gs1.h>
#include <tonsure/stock.h>

TNS_BEGIN_DECLS

/* A product and what there is of it, in its own unit. */
typedef struct tns_product_state {
    tns_product product;
    int64_t on_hand; /* in all bottles */
    int64_t usable;  /* of that, in bottles that may be used on the day */
} tns_product_state;

typedef struct tns_product_list {
    size_t count;
    tns_product_state *products; /* owned; by id */
} tns_product_list;

/* Those that are kept, as of a day (none = today). Finish the list in every case. */
TNS_API bool tns_stock_products(tns_stock *stock, tns_day on, const tns_context *context,
                                tns_product_list *out, tns_error *err);
/* Those too that were retired. */
TNS_API bool tns_stock_all_products(tns_stock *stock, tns_day on, const tns_context *context,
                                    tns_product_list *out, tns_error *err);
TNS_API void tns_product_list_finish(tns_product_list *list);

/*
 * Its figures anew, for all its bottles, those of the past too; what is in it stays as it was told.
 * Its kind and unit stay: TNS_ERROR_CONFLICT for others, and for another product's article number.
 */
TNS_API bool tns_stock_change_product(tns_stock *stock, const tns_product *product,
                                      const tns_stock_act *act, tns_stock_change *out,
                                      tns_error *err);

/*
 * No longer kept: it goes from tns_stock_products() and from plans, is not chosen for a recipe, and
 * nothing more of it comes; its article number is free. Undone, it is kept again.
 * TNS_ERROR_CONFLICT where something is left of it, unless it is told `with_stock`. The act has a
 * reason.
 */
TNS_API bool tns_stock_retire_product(tns_stock *stock, const char *id, bool with_stock,
                                      const tns_stock_act *act, tns_stock_change *out,
                                      tns_error *err);

/* Which entries; zeroed: all of them. A product or a bottle that is not there: TNS_ERROR_USAGE. */
typedef struct tns_log_question {
    int64_t since;       /* recorded at or after */
    const char *product; /* its own, its lots' and its bottles'; or whose lot, NULL = any */
    const char *lot;     /* its own and its bottles'; NULL = of all */
    int64_t bottle;      /* 0 = of all */
} tns_log_question;

/* Oldest first. Finish the list in every case. */
TNS_API bool tns_stock_log_of(tns_stock *stock, const tns_log_question *question,
                              tns_entry_list *out, tns_error *err);

/* What of the shelf a code belongs to. */
typedef struct tns_scan_match {
    char product[TNS_ID_SIZE]; /* "" = none is known by that code */
    bool lot_is_known;         /* that product has, or any one has, a lot of that name; or there is
                                  what the label is of */
    tns_subject subject;       /* of a label of a pot, a visit or an order: it, and of whom */
    tns_bottle_list bottles;   /* of that lot, or the one bottle of a label; owned */
} tns_scan_match;

/* Finish the match in every case. */
TNS_API bool tns_stock_find_scanned(tns_stock *stock, const tns_scan *scan, tns_scan_match *out,
                                    tns_error *err);
TNS_API void tns_scan_match_finish(tns_scan_match *match);

/* The state of a store in a few words, for who checks it. */
typedef struct tns_stock_health {
    int64_t entries;
    unsigned char head[TNS_HASH_SIZE]; /* as kept; tns_stock_verify() computes it anew */
    size_t bottles;                    /* in which something is left */
    size_t expired;                    /* of these, past their last good day */
} tns_stock_health;

/* By the clock of `context` (NULL = the system's). Reads every bottle, and checks nothing. */
TNS_API bool tns_stock_health_of(tns_stock *stock, const tns_context *context,
                                 tns_stock_health *out, tns_error *err);

TNS_END_DECLS

#endif
