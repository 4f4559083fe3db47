/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of `tonsure client`, `visit` and `pot`, and what they share. */
#ifndef CLI_CLINIC_H
#define CLI_CLINIC_H

#include <tonsure/clinic.h>
#include <tonsure/clinic_records.h>
#include <tonsure/course.h>

#include "stock.h"

extern const command cmd_client_add, cmd_client_change, cmd_client_list, cmd_client_show,
    cmd_client_export, cmd_client_erase;
extern const command cmd_visit_book, cmd_visit_list, cmd_visit_open, cmd_visit_close,
    cmd_visit_cancel, cmd_visit_read, cmd_visit_unread;
extern const command cmd_pot_mix, cmd_pot_close, cmd_pot_list, cmd_pot_show, cmd_pot_label;

/* What was read at a site of a visit, as it is typed; NULL = not said. */
typedef struct clinic_reading {
    const char *visit, *reading, *site, *what, *photo;
    int days;
} clinic_reading;

/* Opens the store and puts it on the client's card. Where the reading says its site itself, that is
   it. */
bool clinic_keep_reading(stock_call *s, const clinic_reading *o, tns_error *err);

/* Shows what was done, or why it was not, and closes; the exit status. */
int clinic_end(stock_call *s, const char *action, bool done, const tns_error *err);

/* ---- printing ---- */

void clinic_print_client(const tns_client *client);
void clinic_print_visits(const tns_visit_list *list);
/* Its parts line by line, in drops of so many nanolitres; 0 = of each bottle's own. */
void clinic_print_pot(const tns_pot *pot, int64_t drop_nl);
/* What was read at a site, and when. */
void clinic_print_reading(const cli *c, const tns_site_reading *reading);
void clinic_print_pots(const tns_pot_list *list);

#endif
