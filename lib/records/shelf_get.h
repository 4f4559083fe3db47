/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several of the shelf's records are read by: the other side of shelf.h and clinic.h. */
#ifndef RECORDS_SHELF_GET_H
#define RECORDS_SHELF_GET_H

#include <tonsure/pot.h>

#include "base/json.h"

/* A whole number from `lo` on; `known` is one from 0 on, and 0 where it is null or absent. */
bool tns_json_get_whole(const tns_json_at *object, const char *key, int64_t lo, int64_t *out,
                        tns_error *err);
bool tns_json_get_known(const tns_json_at *object, const char *key, int64_t *out, tns_error *err);

/* "C12", of a letter and a number from 1; `opt` leaves *out where it is null or absent. */
bool tns_json_get_id(const tns_json_at *object, const char *key, char letter, int64_t *out,
                     tns_error *err);
bool tns_json_opt_id(const tns_json_at *object, const char *key, char letter, int64_t *out,
                     tns_error *err);

/* The node itself. */
bool tns_json_id(const tns_json_at *at, char letter, int64_t *out, tns_error *err);

/* 64 hexadecimal digits. */
bool tns_json_get_hash(const tns_json_at *object, const char *key, unsigned char out[TNS_HASH_SIZE],
                       tns_error *err);

/* A price, "0.38", in thousandths of its hundredths; 0 where it is absent. */
bool tns_json_get_price(const tns_json_at *object, const char *key, int64_t *millicents,
                        tns_error *err);

/* "pc" or "ul", whichever key is there, as in "on_hand_ul" of "on_hand_"; a whole number. */
bool tns_json_get_either(const tns_json_at *object, const char *begin, int64_t lo, bool *pieces,
                         int64_t *out, tns_error *err);

bool tns_json_get_bottles(const tns_json_at *object, const char *key, tns_bottle_list *out,
                          tns_error *err);
bool tns_json_get_clients(const tns_json_at *object, const char *key, tns_client_list *out,
                          tns_error *err);
bool tns_json_get_visits(const tns_json_at *object, const char *key, tns_visit_list *out,
                         tns_error *err);
bool tns_json_get_pots(const tns_json_at *object, const char *key, tns_pot_list *out,
                       tns_error *err);
/* A member "readings", of visits. */
bool tns_json_get_readings(const tns_json_at *object, tns_site_reading_list *out, tns_error *err);
/* The node itself; `item` is a tns_client, a tns_visit. */
bool tns_json_client(const tns_json_at *at, void *item, tns_error *err);
bool tns_json_visit(const tns_json_at *at, void *item, tns_error *err);
/* The node itself. */
bool tns_json_pot(const tns_json_at *at, tns_pot *out, tns_error *err);

/*
 * A member "entries". What they say of bottles and lots goes into `bottles`: where those are
 * `told` elsewhere each entry finds its own among them, else they are made, with nothing but a
 * number, product, lot and unit. Numbers of lots are these lists' own.
 */
bool tns_json_get_entries(const tns_json_at *record, bool told, tns_entry_list *out,
                          tns_bottle_list *bottles, tns_error *err);

bool tns_json_get_visit_kind(const tns_json_at *object, tns_visit_kind *out, tns_error *err);

#endif
