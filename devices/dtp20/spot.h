/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The DTP20's settings, and one spot of it in both the forms that it gives. */
#ifndef DTP20_SPOT_H
#define DTP20_SPOT_H

#include <tonsure/driver.h>

#include "devices/dtp20/protocol.h"
#include "devices/rci/rci.h"

/* What it sends, and how it writes it. */
bool tns_dtp20_configure(tns_rci *rci, tns_error *err);

/*
 * The spot that a command gives, as a spectrum that its color has confirmed. The instrument is left
 * in text mode, also after an error.
 */
bool tns_dtp20_read_spot(tns_rci *rci, const char *command, tns_sample *out, tns_error *err);

#endif
