/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mixes of a table, whatever their readings are. */
#ifndef EXCHANGE_SAMPLES_H
#define EXCHANGE_SAMPLES_H

#include <tonsure/exchange.h>

#include "exchange/table.h"

/* Without `spectra` what was measured is left zero, and the table needs no wavelengths. */
tns_sample_set *tns_samples_from_table(const tns_table *table, const char *holdout, bool spectra,
                                       tns_error *err);

#endif
