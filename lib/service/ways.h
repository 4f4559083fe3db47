/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What single scalps may show of the recipes of a match in healed skin. */
#ifndef SERVICE_WAYS_H
#define SERVICE_WAYS_H

#include <tonsure/records.h>
#include <tonsure/service.h>

/* One for each recipe of the answer, under its first viewing; NULL and no failure where the surface
   is not healed skin. The caller frees it. */
bool tns_ways_find(const tns_surfaces *on, const tns_match_answer *answer, tns_healed_span **out,
                   tns_error *err);

#endif
