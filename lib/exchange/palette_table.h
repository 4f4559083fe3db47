/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a palette's table before its wavelengths; its writer and its reader share them. */
#ifndef EXCHANGE_PALETTE_TABLE_H
#define EXCHANGE_PALETTE_TABLE_H

#include <tonsure/exchange.h>

#include "base/csv.h"
#include "base/text.h"

enum {
    TNS_COLUMN_PALETTE,
    TNS_COLUMN_MODEL,
    TNS_COLUMN_SCALE,
    TNS_COLUMN_LOAD_UNIT,
    TNS_COLUMN_BASIS,
    TNS_COLUMN_K1,
    TNS_COLUMN_K2,
    TNS_COLUMN_SPECULAR,
    TNS_COLUMN_MEDIUM_N,
    TNS_COLUMN_PIGMENT, /* those before are of the palette, from here on of the pigment */
    TNS_COLUMN_NAME,
    TNS_COLUMN_KIND,
    TNS_COLUMN_ORIGIN,
    TNS_COLUMN_UNCERTAINTY,
    TNS_COLUMN_QUANTITY, /* "K", "S", or "K/S" */
    TNS_PALETTE_COLUMNS
};

static const char *const tns_palette_column[TNS_PALETTE_COLUMNS] = {
    "PALETTE",  "MODEL",   "SCALE", "LOAD_UNIT", "BASIS",  "K1",          "K2",      "SPECULAR",
    "MEDIUM_N", "PIGMENT", "NAME",  "KIND",      "ORIGIN", "UNCERTAINTY", "QUANTITY"};

#endif
