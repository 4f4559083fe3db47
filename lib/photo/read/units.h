/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which hairs leave one follicle. */
#ifndef PHOTO_READ_UNITS_H
#define PHOTO_READ_UNITS_H

#include "photo/read/hairs.h"

/* unit_of[i]: the unit, 0 .. *units - 1, of stroke i. False without memory. */
bool tns_units_group(const tns_hairs *hairs, size_t *unit_of, size_t *units);

#endif
