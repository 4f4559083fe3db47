/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chromatic adaptation: the color that looks alike under another white. Not a re-measurement. */
#ifndef TONSURE_ADAPTATION_H
#define TONSURE_ADAPTATION_H

#include <tonsure/colorimetry.h>
#include <tonsure/export.h>

TNS_BEGIN_DECLS

typedef enum tns_adaptation { TNS_ADAPT_BRADFORD, TNS_ADAPT_CAT16 } tns_adaptation;

/*
 * Von Kries scaling in the cone space of the transform, complete adaptation. Bradford: Lam 1985 as
 * in ICC.1:2022 annex E; CAT16: Li et al., Color Res. Appl. 42, 703 (2017).
 */
TNS_API tns_xyz tns_adapt(tns_adaptation transform, tns_xyz xyz, tns_xyz from_white,
                          tns_xyz to_white);

TNS_END_DECLS

#endif
