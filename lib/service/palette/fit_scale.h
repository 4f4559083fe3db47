/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What brings a relative palette that was fitted to the scale of the one that it is put into. */
#ifndef SERVICE_PALETTE_FIT_SCALE_H
#define SERVICE_PALETTE_FIT_SCALE_H

#include "pigment/scale.h"

/*
 * By all that is the same bottle in both, `ties` of each of the fitted: a white says exactly, an
 * ink as well as it is known. Where they contradict each other nobody knows which is another
 * bottle: fails with TNS_ERROR_USAGE and, where there is an `option` that names one (NULL = none),
 * says so. One, of absolute palettes.
 */
bool tns_fit_find_scale(const tns_palette *base, const tns_palette *fitted, const bool *ties,
                        const char *option, tns_scale *scale, tns_error *err);

#endif
