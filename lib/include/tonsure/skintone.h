/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The individual typology angle of a skin color and its classes. */
#ifndef TONSURE_SKINTONE_H
#define TONSURE_SKINTONE_H

#include <tonsure/colorimetry.h>
#include <tonsure/export.h>

TNS_BEGIN_DECLS

/*
 * ITA = atan2(L* - 50, b*) in degrees, -180..180. With b* < 0 the angle leaves the range skin has
 * (|ITA| > 90): not skin-like, as tns_ita_class says. A gray has +-90, and 0 where L* is 50.
 */
TNS_API double tns_ita(tns_lab lab);

/*
 * Chardon / Del Bino: "very light" > 55, "light" > 41, "intermediate" > 28, "tan" > 10,
 * "brown" > -30, else "dark"; "not skin-like" beyond +-90 degrees.
 */
TNS_API const char *tns_ita_class(double ita_degrees);

TNS_END_DECLS

#endif
