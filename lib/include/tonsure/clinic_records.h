/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of clients, visits and pots, as in records.h. */
#ifndef TONSURE_CLINIC_RECORDS_H
#define TONSURE_CLINIC_RECORDS_H

#include <tonsure/pot.h>

TNS_BEGIN_DECLS

/*
 * tonsure/clinic-change/1: what `action` ("client add", "pot mix", ..) did. `pot` is the change's
 * own, NULL = none; its drops are of `drop_nl`, or (0) of each bottle.
 */
TNS_API char *tns_clinic_change_write(const char *action, const tns_stock_change *change,
                                      const tns_pot *pot, int64_t drop_nl);

/* tonsure/clients/1, tonsure/visits/1, tonsure/pots/1 */
TNS_API char *tns_clients_write(const tns_client_list *list);
TNS_API char *tns_visits_write(const tns_visit_list *list);
TNS_API char *tns_pots_write(const tns_pot_list *list);

/* All that there is of a client. */
typedef struct tns_client_file {
    tns_client client;
    tns_visit_list visits;
    tns_pot_list pots;
    tns_site_reading_list readings;
} tns_client_file;

/* tonsure/client/1 */
TNS_API char *tns_client_write(const tns_client_file *file);

TNS_END_DECLS

#endif
