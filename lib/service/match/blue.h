/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the best recipe would heal bluer than wanted, why, and what on the shelf would warm it.
 */
#ifndef SERVICE_MATCH_BLUE_H
#define SERVICE_MATCH_BLUE_H

#include <tonsure/service.h>

/*
 * Fills in the answer's blue risk when its surfaces are healed skin, there is a recipe, and the
 * answer has what single scalps may show of it (service/ways.h); of the pigments only those with
 * `may_warm` (one for each of the palette's) are offered.
 */
bool tns_blue_find(const tns_surfaces *on, const bool *may_warm, tns_match_answer *answer,
                   tns_warnings *warnings, tns_error *err);

#endif
