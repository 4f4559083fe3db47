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

/*
 * Each `parse` reads what its `write` wrote, as in stock_records.h: on failure `out` is empty;
 * finish it in every case. Prices are rounded to hundredths, drops to two decimals.
 */
typedef struct tns_clinic_change_record {
    char action[32];
    tns_stock_change change; /* its bottles are those that the entries tell of */
    bool has_pot;
    tns_pot pot;
} tns_clinic_change_record;

TNS_API bool tns_clinic_change_parse(const char *text, size_t length, const char *name,
                                     tns_clinic_change_record *out, tns_error *err);
TNS_API void tns_clinic_change_record_finish(tns_clinic_change_record *record);

/* tonsure/clients/1, tonsure/visits/1, tonsure/pots/1 */
TNS_API char *tns_clients_write(const tns_client_list *list);
TNS_API bool tns_clients_parse(const char *text, size_t length, const char *name,
                               tns_client_list *out, tns_error *err);
TNS_API char *tns_visits_write(const tns_visit_list *list);
TNS_API bool tns_visits_parse(const char *text, size_t length, const char *name,
                              tns_visit_list *out, tns_error *err);
TNS_API char *tns_pots_write(const tns_pot_list *list);
TNS_API bool tns_pots_parse(const char *text, size_t length, const char *name, tns_pot_list *out,
                            tns_error *err);

/* All that there is of a client. */
typedef struct tns_client_file {
    tns_client client;
    tns_visit_list visits;
    tns_pot_list pots;
    tns_site_reading_list readings;
} tns_client_file;

/* tonsure/client/1 */
TNS_API char *tns_client_write(const tns_client_file *file);
TNS_API bool tns_client_parse(const char *text, size_t length, const char *name,
                              tns_client_file *out, tns_error *err);
TNS_API void tns_client_file_finish(tns_client_file *file);

/* A sentence of a visit's. */
typedef struct tns_visit_text {
    char text[1200];
} tns_visit_text;

/* A visit with all that belongs to it. */
typedef struct tns_visit_file {
    tns_visit visit;
    tns_client client;              /* its card has a name only where that was asked for */
    tns_pot_list pots;              /* those that were not taken back */
    tns_site_reading_list readings; /* of days above 0, the follow-ups, behind the visit's own */
    size_t warning_count;
    tns_visit_text *warnings; /* owned: what an ink passport would warn of */
} tns_visit_file;

/* Of all pots, each to a hundredth of the currency, so that what is printed adds up. */
typedef struct tns_visit_sums {
    int64_t ul, left_ul, cost_cents, waste_cents;
    size_t open_pots; /* of which nobody said yet what was left */
    bool unpriced;    /* something of a pot has no cost: the sums are too low */
} tns_visit_sums;
TNS_API tns_visit_sums tns_visit_add_up(const tns_pot_list *pots);

/* tonsure/report-visit/1 */
TNS_API char *tns_report_visit_write(const tns_visit_file *file);
TNS_API bool tns_report_visit_parse(const char *text, size_t length, const char *name,
                                    tns_visit_file *out, tns_error *err);
TNS_API void tns_visit_file_finish(tns_visit_file *file);

TNS_END_DECLS

#endif
