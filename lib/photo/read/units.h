/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which hairs leave one follicle. */
#ifndef PHOTO_READ_UNITS_H
#define PHOTO_READ_UNITS_H

#include "photo/read/hairs.h"

enum { TNS_UNIT_HAIRS = 5 }; /* four is the usual most, and one may be seen in two pieces */

/* unit_of[i]: the unit, 0 .. *units - 1, of stroke i. False without memory. */
bool tns_units_group(const tns_hairs *hairs, size_t *unit_of, size_t *units);

/* What lies within a unit's outline becomes part of it, however many its pieces. Likewise. */
bool tns_units_unite(const tns_hairs *hairs, size_t *unit_of, size_t *units);

#endif
