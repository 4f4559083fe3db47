/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several records are built of that tell of clients, visits and pots. */
#ifndef RECORDS_CLINIC_H
#define RECORDS_CLINIC_H

#include <tonsure/pot.h>

#include "base/json.h"

tns_json *tns_json_from_client(const tns_client *client);
tns_json *tns_json_from_visit(const tns_visit *visit);
tns_json *tns_json_from_readings(const tns_site_reading_list *list);
/* Hundredths of the currency as a price. */
void tns_json_set_price(tns_json *json, const char *key, double cents);
tns_json *tns_json_from_clients(const tns_client_list *list);
tns_json *tns_json_from_visits(const tns_visit_list *list);
tns_json *tns_json_from_pots(const tns_pot_list *list);
/* Of drops of so many nanolitres; 0 = of each bottle's own. */
tns_json *tns_json_from_pot(const tns_pot *pot, int64_t drop_nl);

#endif
