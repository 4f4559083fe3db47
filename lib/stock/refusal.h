/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why the shelf forbids it, in words. */
#ifndef STOCK_REFUSAL_H
#define STOCK_REFUSAL_H

#include <tonsure/stock.h>

/* Sets the error of a bottle that must not be used, which tns_bottle_refusal() gave; false. */
bool tns_refuse(const tns_bottle *bottle, tns_code refusal, tns_error *err);

#endif
