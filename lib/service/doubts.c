/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result is no surer than the readings it stands on: their doubts go with it. */
#include "service/parts.h"

/* In L*, at k = 2: what a photo in good light reaches is about half of it. */
static const double POORLY_KNOWN = 4;

void tns_warn_of_reading(tns_warnings *warnings, const char *what, const tns_reading *reading)
{
    if (reading->has_uncertainty && reading->uncertainty.L > POORLY_KNOWN)
        tns_warn(warnings, "%s is known to +-%.0f in L only", what, reading->uncertainty.L);
    for (size_t i = 0; i < reading->warnings.count; i++)
        tns_warn(warnings, "%s: %s", what, reading->warnings.text[i]);
}
