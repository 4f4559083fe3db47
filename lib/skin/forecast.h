/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SKIN_FORECAST_H
#define SKIN_FORECAST_H

#include <tonsure/healed.h>

#include "match/panel.h"

/* tns_healed_forecast() for many mixtures: the panel is of the ways' surfaces and weights. */
bool tns_healed_forecast_on(const tns_panel *ways, const double K[TNS_BANDS],
                            const double S[TNS_BANDS], const tns_viewing *viewing,
                            tns_forecast *out, tns_error *err);

#endif
