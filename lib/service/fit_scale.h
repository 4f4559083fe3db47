/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What brings a relative palette that was fitted to the scale of the one that it is put into. */
#ifndef SERVICE_FIT_SCALE_H
#define SERVICE_FIT_SCALE_H

#include <tonsure/palette_records.h>

#include "pigment/scale.h"

/*
 * By all that is the same bottle in both (`ties` of what `into` tells of each): a white says
 * exactly, an ink as well as it is known. Where they contradict each other nobody knows which is
 * another bottle: fails with TNS_ERROR_USAGE and says what would settle it. One, of absolute
 * palettes.
 */
bool tns_fit_find_scale(const tns_palette *base, const tns_palette *fitted,
                        const tns_fit_into *into, tns_scale *scale, tns_error *err);

#endif
