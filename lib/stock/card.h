/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told of a client, as it is kept. */
#ifndef STOCK_CARD_H
#define STOCK_CARD_H

#include <tonsure/client.h>

/* Checked, and numbers as one way of writing them has it; no allergy twice. */
bool tns_client_card_tidy(const tns_client_card *told, tns_client_card *out, tns_error *err);

#endif
