/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an entry of each kind can be at all, whatever there is on the shelf. */
#ifndef STOCK_KINDS_H
#define STOCK_KINDS_H

#include <tonsure/stock.h>

/* TNS_ERROR_FORMAT for an entry that no operation writes, though its hash is right. */
bool tns_entry_check_kind(const tns_entry *entry, tns_error *err);

#endif
